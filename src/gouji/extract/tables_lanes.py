"""Table 06: stripes of code, name and amount side by side (基本支出决算表).

A number belongs to the code in its own stripe (lane). Reading a row from left to right gives the
same in a sound row, and in a row that lost empty cells it still ties each amount to the code
before it; a number with no code before it belongs to nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gouji.extract.numbers import blank_figure, is_blank, numbers_in_cell
from gouji.extract.tables_codes import bind_codes
from gouji.extract.tables_sheet import compact, item_name, name_index
from gouji.model.tables import AMOUNT, TOTAL_ROW, Row

if TYPE_CHECKING:
    from gouji.extract.numbers import CellNumber
    from gouji.extract.tables_sheet import Sheet
    from gouji.model.tables import TableModel

_CODE = re.compile(r"3\d{2}(?:\d{2,3})?")
_CODE_AND_NAME = re.compile(r"(3\d{2}(?:\d{2})?)[.、\-]?([\u4e00-\u9fff].*)")
_SUBCODE = re.compile(r"\d{2}")
_HEAD_ROWS = 5
_HEAD_CODE = re.compile(r"编码|代码|^经济分类$|^科目$")


@dataclass(slots=True)
class _Lane:
    """What is being read of one stripe in one row."""

    key: str
    label: str
    col: int
    amount: tuple[CellNumber, int] | None = None
    doubtful: bool = False


def bind_lanes(sheet: Sheet, model: TableModel) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return one row for each code and total, stripe by stripe in printed order."""
    totals = name_index(model.rows)
    starts = _lane_starts(sheet)
    if len(starts) <= 1 and _splits_by_column(sheet):
        return _bind_list(sheet, model)
    rows: list[Row] = []
    seen: set[str] = set()
    for at in range(sheet.n_rows):
        for lane in _lanes(sheet, at, totals, starts):
            if lane.key in seen:
                if lane.amount is not None:
                    sheet.stray.append(lane.key)
                continue
            seen.add(lane.key)
            rows.append(_row(sheet, at, lane))
    return tuple(rows), (AMOUNT,)


def _splits_by_column(sheet: Sheet) -> bool:
    """Tell whether personnel and running costs are columns of one list, not stripes."""
    heads = {compact(t) for row in sheet.texts[:_HEAD_ROWS] for t in row}
    return "人员经费" in heads and any(h.endswith("公用经费") for h in heads)


def _bind_list(sheet: Sheet, model: TableModel) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    rows, columns = bind_codes(sheet, model)
    total = next((r for r in rows if r.key == TOTAL_ROW), None)
    if total is None:
        return rows, columns
    split = [
        Row(f"{name}合计", total.label, {AMOUNT: total.figures[name]}, place=total.place)
        for name in ("人员经费", "公用经费")
        if name in total.figures
    ]
    return (*rows, *split), columns


def _lane_starts(sheet: Sheet) -> list[int]:
    """Return the columns of codes, by the headings; empty where they cannot be told."""
    for row in range(min(_HEAD_ROWS, sheet.n_rows)):
        starts = [c for c, text in enumerate(sheet.texts[row]) if _HEAD_CODE.search(compact(text))]
        if len(starts) > 1:
            return starts
    return []


def _lanes(sheet: Sheet, row: int, totals: dict[str, str], starts: list[int]) -> list[_Lane]:
    lanes: list[_Lane] = []
    code_then_name = False
    for col, text in enumerate(sheet.texts[row]):
        word = compact(text)
        if not word:
            continue
        fresh = _new_lane(sheet, row, col, totals, starts)
        if fresh is not None and lanes and _repeats(fresh, lanes[-1]):
            continue  # a merged cell filled with its text
        if fresh is not None:
            lanes.append(fresh)
            code_then_name = not fresh.label
        elif code_then_name and len(lanes[-1].key) in (3, 5) and _SUBCODE.fullmatch(word):
            lanes[-1].key += word  # 类 | 款 in cells of their own
        elif numbers := numbers_in_cell(text):
            _take_amount(lanes, numbers, col, starts, sheet)
            code_then_name = False
        elif lanes and code_then_name:
            lanes[-1].label = word
            code_then_name = False
        elif lanes and lanes[-1].amount is None and lanes[-1].key.isdigit() and not is_blank(text):
            lanes[-1].label += word
    return lanes


def _repeats(fresh: _Lane, last: _Lane) -> bool:
    """Tell a total's label printed again beside itself."""
    return fresh.key == last.key and not last.key.isdigit() and last.amount is None


def _new_lane(
    sheet: Sheet, row: int, col: int, totals: dict[str, str], starts: list[int]
) -> _Lane | None:
    word = compact(sheet.texts[row][col])
    key = totals.get(item_name(word))
    if key is None and col + 1 < sheet.n_cols:
        # A scan may cut the label in two: 公用经 | 费合计.
        both_halves = word + compact(sheet.texts[row][col + 1])
        key = totals.get(item_name(both_halves)) if both_halves != word else None
    if key is not None and not numbers_in_cell(word):
        return _Lane(key, word if word in totals else key, col)
    both = _CODE_AND_NAME.fullmatch(word)
    if both:
        return _Lane(both[1], both[2], col)
    if _CODE.fullmatch(word) and (col in starts or _name_follows(sheet, row, col)):
        return _Lane(word, "", col)
    return None


def _name_follows(sheet: Sheet, row: int, col: int) -> bool:
    """Tell a code from an amount without decimals: a code has its name in the next cell."""
    after = [compact(t) for t in sheet.texts[row][col + 1 :] if t.strip()]
    while after and _SUBCODE.fullmatch(after[0]):
        del after[0]
    return bool(after) and not numbers_in_cell(after[0])


def _take_amount(
    lanes: list[_Lane],
    numbers: tuple[CellNumber, ...],
    col: int,
    starts: list[int],
    sheet: Sheet,
) -> None:
    """Give a number to the lane it stands in, if that lane has none yet."""
    lane = lanes[-1] if lanes else None
    crossed = (
        lane is not None
        and lane.key.isdigit()
        and sheet.grid.ruled
        and any(lane.col < start <= col for start in starts)
    )
    if lane is None or crossed or len(numbers) != 1 or lane.amount is not None:
        if lane is not None and len(numbers) != 1:
            lane.doubtful = True
        sheet.stray.append(numbers[0].text)
        return
    lane.amount = (numbers[0], col)


def _row(sheet: Sheet, row: int, lane: _Lane) -> Row:
    place = sheet.place(row, lane.col)
    if lane.amount is not None:
        number, col = lane.amount
        return Row(lane.key, lane.label, {AMOUNT: sheet.made(number, row, col)}, place=place)
    if lane.doubtful:
        return Row(lane.key, lane.label, {}, place=place)
    col = min(lane.col + 2, sheet.n_cols - 1)
    return Row(
        lane.key, lane.label, {AMOUNT: blank_figure(sheet.place(row, col), sheet.unit)}, place=place
    )
