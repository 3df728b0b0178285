"""Tables of two blocks side by side: 01 and 04 (收入 | 支出 并列的表)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from gouji.extract.numbers import is_blank, numbers_in_cell
from gouji.extract.tables_closing import NUMBERED, USES, is_numbered, with_one_closing
from gouji.extract.tables_columns import HEADER_WORDS, column_key
from gouji.extract.tables_sheet import compact, item_name, name_index
from gouji.model.tables import AMOUNT, CLASS_OF_NAME, TOTAL_ROW, Row

if TYPE_CHECKING:
    from gouji.extract.tables_sheet import Sheet
    from gouji.model.figure import Figure
    from gouji.model.tables import TableModel

_RIGHT_ONLY = ("本年支出合计", "结余分配", "年末结转和结余", "年末财政拨款结转和结余")
_OPENING = "年初财政拨款结转和结余"
_TOTAL = "总计"
_PART = re.compile("其中")
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_NOTE = re.compile(r"注|备注|说明|栏次|项目")
_LONGEST_ITEM = 30
_LINES_SHARE = 3
"""One filled cell in so many may miss the sequence before a column is no line-number column."""


@dataclass(slots=True)
class _Block:
    """Where one half of the table stands."""

    side: str
    label: int
    end: int
    lines: int | None = None
    values: dict[int, str] = field(default_factory=dict)


def bind_blocks(sheet: Sheet, model: TableModel) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return income rows and expenditure rows, each with its side, in printed order."""
    names = name_index(model.rows)
    found = _labels(sheet, names)
    first = min((row for row, _ in found), default=0)
    left, right = _halves(sheet, model, found)
    uses = _uses(sheet, model, found, right)
    if right is None:
        sheet.problems.append("未见并列的收入、支出两栏")
        return (), ()
    rows: list[Row] = []
    opening = False
    for row in range(first, sheet.n_rows):
        if left is not None:
            bound = _bind_row(sheet, row, left, found, right)
            if bound is not None:
                key = "年初/" + bound.key if opening and bound.key in _BUDGETS else bound.key
                opening = opening or bound.key == _OPENING
                rows.append(Row(key, bound.label, bound.figures, bound.line, bound.place, "收入"))
        bound = _bind_row(sheet, row, right, found, left)
        if bound is not None:
            rows.append(bound if uses is None else _from_uses(sheet, row, bound, uses))
        if uses is not None and (bound := _bind_row(sheet, row, uses, found, left)) is not None:
            rows.append(bound)
    if model.account == "budget":
        rows = with_one_closing(rows)
    return tuple(rows), _column_keys(left, right)


_BUDGETS = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")


def _column_keys(left: _Block | None, right: _Block) -> tuple[str, ...]:
    keys = [*(left.values.values() if left else ()), *right.values.values()]
    return tuple(dict.fromkeys(keys))


def _labels(sheet: Sheet, names: dict[str, str]) -> dict[tuple[int, int], str]:
    """Return (row, column) → key of every cell that prints a known item."""
    found: dict[tuple[int, int], str] = {}
    for row in range(sheet.n_rows):
        for col, text in enumerate(sheet.texts[row]):
            if len(text) > 1 and not numbers_in_cell(text) and not _PART.match(compact(text)):
                key = names.get(item_name(text))
                if key is None and is_numbered(text):
                    key = NUMBERED.get(item_name(text))
                if key is not None:
                    found[row, col] = key
    return found


def _halves(
    sheet: Sheet, model: TableModel, found: dict[tuple[int, int], str]
) -> tuple[_Block | None, _Block | None]:
    rights = Counter(
        col for (_, col), key in found.items() if key in CLASS_OF_NAME or key in _RIGHT_ONLY
    )
    lefts = Counter(
        col
        for (_, col), key in found.items()
        if key not in CLASS_OF_NAME and key not in (*_RIGHT_ONLY, *USES, _TOTAL)
    )
    at_uses = _where_uses(found)
    if not rights and at_uses is None:
        return None, None
    at_right = rights.most_common(1)[0][0] if rights else at_uses or 0
    at_left = next((col for col, _ in lefts.most_common() if col < at_right), None)
    beside = at_uses is not None and at_uses > at_right
    right = _Block("支出", at_right, at_uses if beside and at_uses else sheet.n_cols)
    left = _Block("收入", at_left, at_right) if at_left is not None else None
    first_row = min((row for row, col in found if col in (at_left, at_right)), default=0)
    for block in (left, right):
        if block is not None:
            _find_columns(sheet, model, block, first_row)
    return left, right


def _where_uses(found: dict[tuple[int, int], str]) -> int | None:
    """Return the column that lists expenditure by use (一、基本支出 二、项目支出), if one does."""
    columns = Counter(col for (_, col), key in found.items() if key in USES)
    return columns.most_common(1)[0][0] if columns else None


def _uses(
    sheet: Sheet, model: TableModel, found: dict[tuple[int, int], str], right: _Block | None
) -> _Block | None:
    """Return the block of uses: beside the classes, or in their place (支出用途)."""
    at = _where_uses(found)
    if right is None or at is None:
        return None
    block = _Block("用途", at, sheet.n_cols)
    _find_columns(sheet, model, block, min((r for r, c in found if c == at), default=0))
    return block


def _find_columns(sheet: Sheet, model: TableModel, block: _Block, first_row: int) -> None:
    """Tell line-number columns (行次) from amounts, and name the amounts by their headings."""
    paths = sheet.paths(first_row)
    candidates: list[int] = []
    for col in range(block.label + 1, block.end):
        if block.lines is None and not candidates and _counts_lines(sheet, col, first_row):
            block.lines = col
        else:
            candidates.append(col)
    # 01 has one amount a side; in 04 the income side has one and the expenditure side four.
    by_budget = any(c.key == TOTAL_ROW for c in model.columns)
    single = block.side == "收入" or not by_budget
    for col in candidates:
        key = column_key(model, paths[col]) or _by_leaf(model, paths[col])
        if key is not None and key not in block.values.values():
            block.values[col] = AMOUNT if single and key in (AMOUNT, "合计") else key
    if single:
        if AMOUNT not in block.values.values() and len(candidates) == 1:
            block.values = {candidates[0]: AMOUNT}
        return
    usual = [c.key for c in model.columns[1:]]
    if len(block.values) < len(usual) and len(candidates) == len(usual):
        block.values = dict(zip(candidates, usual, strict=True))
    elif block.values.get(candidates[0] if candidates else -1) == AMOUNT:
        block.values[candidates[0]] = usual[0]


def _by_leaf(model: TableModel, path: tuple[str, ...]) -> str | None:
    return column_key(model, path[-1:]) if path else None


def _counts_lines(sheet: Sheet, col: int, first_row: int) -> bool:
    """Tell whether a column holds consecutive whole numbers."""
    numbers = [
        int(text)
        for row in range(first_row, sheet.n_rows)
        if (text := compact(sheet.texts[row][col])).isdigit()
    ]
    filled = sum(1 for row in range(first_row, sheet.n_rows) if not is_blank(sheet.texts[row][col]))
    if len(numbers) < _LINES_SHARE or len(numbers) * _LINES_SHARE < filled * (_LINES_SHARE - 1):
        return False
    steps = sum(1 for a, b in pairwise(numbers) if b - a == 1)
    return steps * _LINES_SHARE >= (len(numbers) - 1) * (_LINES_SHARE - 1)


def _bind_row(
    sheet: Sheet,
    row: int,
    block: _Block,
    found: dict[tuple[int, int], str],
    other: _Block | None,
) -> Row | None:
    key = found.get((row, block.label)) or _unknown(sheet, row, block)
    if key is not None and _belongs(key, block.side, known=(row, block.label) in found):
        figures = _figures(sheet, row, block)
        line = sheet.texts[row][block.lines] if block.lines is not None else ""
        place = sheet.place(row, block.label)
        label = compact(sheet.texts[row][block.label])
        return Row(key, label, figures, line if line.isdigit() else "", place, block.side)
    if block.side == "支出":
        return _strayed(sheet, row, block, found, other)
    return None


def _unknown(sheet: Sheet, row: int, block: _Block) -> str | None:
    """Return the key of an item gouji does not know: it may be part of a total all the same."""
    text = compact(sheet.texts[row][block.label])
    if not text or len(text) > _LONGEST_ITEM or not _WORDS.search(text) or _NOTE.match(text):
        return None
    if text in HEADER_WORDS or not all(_is_figure(sheet, row, col) for col in block.values):
        return None
    return ("其中:" if _PART.match(text) else "") + item_name(text)


def _is_figure(sheet: Sheet, row: int, col: int) -> bool:
    return is_blank(sheet.texts[row][col]) or bool(numbers_in_cell(sheet.texts[row][col]))


def _belongs(key: str, side: str, *, known: bool = True) -> bool:
    if side == "用途" or key in USES:
        return known and side == "用途" and key in USES
    if key == _TOTAL or not known:
        return True
    return (key in CLASS_OF_NAME or key in _RIGHT_ONLY) == (side == "支出")


def _figures(sheet: Sheet, row: int, block: _Block) -> dict[str, Figure]:
    """Figures of one half of a row; two numbers in a cell spill to the right where it is empty."""
    figures: dict[str, Figure] = {}
    spilled: dict[int, Figure] = {}
    for col, key in sorted(block.values.items()):
        numbers = numbers_in_cell(sheet.texts[row][col])
        room = col + 1 in block.values and is_blank(sheet.texts[row][col + 1])
        if len(numbers) == 2 and room:  # noqa: PLR2004  # this cell and its neighbour's
            figures[key] = sheet.made(numbers[0], row, col)
            spilled[col + 1] = sheet.made(numbers[1], row, col)
        elif col in spilled:
            figures[key] = spilled[col]
        elif (figure := sheet.figure(row, col)) is not None:
            figures[key] = figure
    return figures


def _from_uses(sheet: Sheet, row: int, bound: Row, uses: _Block) -> Row:
    """Return a closing line whose amount stands under the uses: its label spans both lists."""
    amounts = sorted(uses.values)
    blank = all(f.blank for f in bound.figures.values())
    if not amounts or not blank or sheet.texts[row][uses.label] or bound.key in CLASS_OF_NAME:
        return bound
    figure = sheet.figure(row, amounts[0])
    if figure is None or figure.blank:
        return bound
    return replace(bound, figures={next(iter(bound.figures), AMOUNT): figure})


def _strayed(
    sheet: Sheet,
    row: int,
    block: _Block,
    found: dict[tuple[int, int], str],
    left: _Block | None,
) -> Row | None:
    """An expenditure row whose cells were shifted: read only in the order label, line, amounts."""
    labels = [
        col
        for col in range(sheet.n_cols)
        if (key := found.get((row, col))) is not None
        and _belongs(key, "支出")
        and (key != _TOTAL or (left is not None and col > left.label))
    ]
    if not labels:
        return None
    col = labels[-1]
    if left is not None and col <= left.label:
        return None
    after = [
        (c, n) for c in range(col + 1, sheet.n_cols) for n in numbers_in_cell(sheet.texts[row][c])
    ]
    line = ""
    if block.lines is not None and after and after[0][1].text.isdigit():
        line = after.pop(0)[1].text
    keys = [block.values[c] for c in sorted(block.values)]
    figures: dict[str, Figure] = {}
    if not after:
        figures = {
            key: figure
            for key, c in zip(keys, range(col + 1, sheet.n_cols), strict=False)
            if (figure := sheet.figure(row, min(c + 1, sheet.n_cols - 1))) is not None
            and figure.blank
        }
    elif len(after) == len(keys):
        figures = {k: sheet.made(n, row, c) for k, (c, n) in zip(keys, after, strict=True)}
    else:
        sheet.stray.append(found[row, col])
    label = compact(sheet.texts[row][col])
    return Row(found[row, col], label, figures, line, sheet.place(row, col), "支出")
