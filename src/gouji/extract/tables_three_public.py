"""Table 09: the three public expenses in any layout, made one shape (“三公”经费支出决算表).

Printed as one row of amounts under headings (layout H), with 预算数 and 决算数 as two groups or
alternating, or as one item a row (layout V), with budgets and final figure as columns.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from gouji.extract.numbers import is_blank, numbers_in_cell
from gouji.extract.tables_columns import clean, match_columns
from gouji.extract.tables_items import count_unit
from gouji.extract.tables_ragged import Words
from gouji.extract.tables_sheet import compact, item_name, name_index
from gouji.model.tables import LAST_PLANNED, PLANNED, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gouji.extract.tables_ragged import Path
    from gouji.extract.tables_sheet import Sheet
    from gouji.model.figure import Figure
    from gouji.model.tables import TableModel

_COUNT = re.compile(r"团组数|人次|人数|购置数|保有量|批次")
_CAR = "公务用车购置及运行维护费"
_OF_YEAR = re.compile(r"(20\d\d)年度?(?:“?三公”?经费)?预算(?:数|安排)?")
_HEAD_ROWS = 3
_YEAR = re.compile(r"^20\d\d年度?")


def bind_three_public(sheet: Sheet, model: TableModel) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return a row for each item printed, with the budgets and the final figure as columns."""
    names = name_index(model.rows)
    measures = name_index(model.columns)
    labelled = [
        row for row in range(sheet.n_rows) if _label(sheet, row, names)[1] not in (None, "合计")
    ]
    if len(labelled) > 2:  # noqa: PLR2004  # items stand one under another
        return _bind_down(sheet, model, names)
    only = model.columns[0].key if model.account == "budget" else None
    if only is not None:
        measures |= _by_year(sheet)
    return _bind_across(sheet, names, measures, only)


def _by_year(sheet: Sheet) -> dict[str, str]:
    """Return headings that tell a budget's years apart: 2024年预算数, 2025年预算数 (上年、本年)."""
    texts = {compact(c.text) for c in sheet.grid.cells if c.row < _HEAD_ROWS}
    years = sorted({found[1] for t in texts if (found := _OF_YEAR.fullmatch(t))})
    if len(years) != 2:  # noqa: PLR2004  # last year and this one
        return {}
    own = {years[0]: LAST_PLANNED, years[1]: PLANNED}
    return {t: own[found[1]] for t in texts if (found := _OF_YEAR.fullmatch(t))}


def heading_words(model: TableModel) -> Words:
    """Return what the headings over one row of amounts mean."""
    names = name_index(model.rows)
    measures = name_index(model.columns)

    def key(path: Path) -> tuple[str, str | None] | None:
        steps = [clean(step) for step in path]
        for above, below in pairwise(steps):
            if not (_spans_items(above, names, measures) or below in measures):
                return None
        item, measure = _named(path, names, measures)
        known = _item(steps[-1], names) is not None or steps[-1] in measures
        return (item, measure) if item is not None and known else None

    def groups(text: str) -> bool:
        return clean(text) in measures or _item(clean(text), names) is not None

    return Words(key, groups)


def _spans_items(name: str, names: dict[str, str], measures: dict[str, str]) -> bool:
    return name in measures or "三公" in name or _item(name, names) == _CAR


# --- one item a row --------------------------------------------------------------------------


def _bind_down(
    sheet: Sheet, model: TableModel, names: dict[str, str]
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    first = next(r for r in range(sheet.n_rows) if _label(sheet, r, names)[1] is not None)
    columns = match_columns(sheet, model, max(first, 1))
    rows: list[Row] = []
    for at in range(first, sheet.n_rows):
        col, key = _label(sheet, at, names)
        if key is None or any(row.key == key and _prints(row) for row in rows):
            continue
        label = compact(sheet.texts[at][col])
        unit = count_unit(label) if _COUNT.search(label) else None
        figures = {
            name: figure
            for at_col, name in sorted(columns.items())
            if (figure := sheet.figure(at, at_col, unit)) is not None
        }
        line = next((t for t in sheet.texts[at][col + 1 : min(columns, default=0)] if t), "")
        if any(row.key == key for row in rows) and all(f.blank for f in figures.values()):
            continue
        rows = [row for row in rows if row.key != key]
        rows.append(Row(key, label, figures, line if line.isdigit() else "", sheet.place(at, col)))
    return tuple(rows), tuple(columns[c] for c in sorted(columns))


def _prints(row: Row) -> bool:
    """Tell an item from its mere heading: 一、“三公”经费支出 over (一)支出合计."""
    return any(not figure.blank for figure in row.figures.values())


def _label(sheet: Sheet, row: int, names: dict[str, str]) -> tuple[int, str | None]:
    for col, text in enumerate(sheet.texts[row]):
        if text:
            if numbers_in_cell(text):
                continue
            return col, names.get(item_name(text)) or names.get(_short(text))
    return 0, None


def _short(text: str) -> str:
    """Return a label without the words forms add to it: 其中:, 支出, 财政拨款."""
    name = re.sub(r"^(?:其中[::]|国内公务接待费?[::])", "", item_name(text))
    return re.sub(r"\((?:个|人|辆|批次?|人次)\)", "", name)


# --- one row of amounts ----------------------------------------------------------------------


def _bind_across(
    sheet: Sheet, names: dict[str, str], measures: dict[str, str], only: str | None = None
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    first = _first_amounts(sheet, measures)
    heads = first if first is not None else sheet.n_rows
    items = {
        col: (item, measure or only)
        for col, (item, measure) in _items(sheet, heads, names, measures).items()
    }
    by_row = _measure_rows(sheet, heads, measures)
    cells: dict[tuple[int, int], tuple[str, str]] = {}
    for col, (item, measure) in items.items():
        if by_row:
            cells.update({(row, col): (item, name) for row, name in by_row.items()})
        elif measure is not None and first is not None:
            cells[first, col] = (item, measure)
    columns = tuple(dict.fromkeys(by_row.values() or (m for _, m in items.values() if m)))
    found = list(cells.values())
    if not items or not columns or len(set(found)) != len(found):
        sheet.problems.append("表头栏目无法识别")
        return (), ()
    if first is None:
        return (), columns
    for row in by_row or (first,):
        if any(sheet.is_number(row, c) and (row, c) not in cells for c in range(sheet.n_cols)):
            sheet.problems.append("数据行的数字与栏目对不上")
            return (), columns
    return _rows_of(sheet, cells, names), columns


def _rows_of(
    sheet: Sheet, cells: dict[tuple[int, int], tuple[str, str]], names: dict[str, str]
) -> tuple[Row, ...]:
    rows: dict[str, dict[str, Figure]] = {}
    places: dict[str, tuple[int, int]] = {}
    for (row, col), (item, measure) in sorted(cells.items()):
        figure = sheet.figure(row, col)
        if figure is not None:
            rows.setdefault(item, {})[measure] = figure
            places.setdefault(item, (row, col))
    order = [k for k in dict.fromkeys(names.values()) if k in rows]
    return tuple(Row(item, item, rows[item], place=sheet.place(*places[item])) for item in order)


def _first_amounts(sheet: Sheet, measures: dict[str, str]) -> int | None:
    """Return the first row of amounts: no words but a measure, and not the columns' numbers."""
    for row in range(1, sheet.n_rows):
        if sheet.column_numbers(row):
            continue
        texts = [t for t in sheet.texts[row] if not is_blank(t)]
        numbers = [t for t in texts if numbers_in_cell(t)]
        others = [t for t in texts if not numbers_in_cell(t)]
        named = len(others) == 1 and clean(others[0]) in measures and others[0] == texts[0]
        if (numbers and not others) or (named and (numbers or _alone(sheet, row))):
            return row
    return None


def _alone(sheet: Sheet, row: int) -> bool:
    """Tell whether a measure starts an empty row of amounts rather than heading a column."""
    cell = sheet.cells[row][0]
    return cell is not None and bool(cell.text) and cell.colspan == 1 and row == sheet.n_rows - 1


def _measure_rows(sheet: Sheet, first: int, measures: dict[str, str]) -> dict[int, str]:
    """Return row → measure where each row of amounts starts with 预算数 or 决算数."""
    found: dict[int, str] = {}
    for row in range(first, sheet.n_rows):
        start = next((t for t in sheet.texts[row] if t), "")
        key = measures.get(clean(start))
        if key is not None and key not in found.values():
            found[row] = key
    return found


def _items(
    sheet: Sheet, heads: int, names: dict[str, str], measures: dict[str, str]
) -> dict[int, tuple[str, str | None]]:
    """Return column → (item, measure or None) of each column whose headings name an item."""
    found: dict[int, tuple[str, str | None]] = {}
    grouped: set[int] = set()
    for col, path in enumerate(sheet.paths(heads)):
        item, measure = _named(path, names, measures)
        if any("三公" in clean(step) for step in path):
            grouped.add(col)
        if item is not None:
            found[col] = (item, measure)
    return _tell_totals(found, grouped)


def _named(
    path: Sequence[str], names: dict[str, str], measures: dict[str, str]
) -> tuple[str | None, str | None]:
    """Return the item and the measure that a path of headings names."""
    item: str | None = None
    measure: str | None = None
    for step in path:
        name = clean(step)
        if (key := measures.get(compact(step)) or measures.get(name)) is not None:
            measure = key
        elif (key := _item(name, names)) is not None:
            # 小计 under the cars is the cars' own total; 购置费 under them stays its own.
            item = item if key == "合计" and item == _CAR else key
    return item, measure


def _item(name: str, names: dict[str, str]) -> str | None:
    if "三公" in name:
        return "合计"
    plain = item_name(_YEAR.sub("", name))
    return names.get(plain) or _cut(plain, names)


def _tell_totals(
    found: dict[int, tuple[str, str | None]], grouped: set[int]
) -> dict[int, tuple[str, str | None]]:
    """Where 三公 has a 小计 of its own, the 合计 beside it also holds 会议费 and 培训费: 总计."""
    if not any(found[col][0] == "合计" for col in grouped if col in found):
        return found
    return {
        col: ("总计", measure) if item == "合计" and col not in grouped else (item, measure)
        for col, (item, measure) in found.items()
    }


def _cut(name: str, names: dict[str, str]) -> str | None:
    """Return the only item a heading cut by the scan can begin."""
    if len(name) < 5:  # noqa: PLR2004  # 公务用车 begins three of them
        return None
    keys = {key for known, key in names.items() if known.startswith(name)}
    return keys.pop() if len(keys) == 1 else None
