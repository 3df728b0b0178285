"""A budget's purchases: goods, works, services, each with what is bought (政府采购支出预算表)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gouji.extract.numbers import numbers_in_cell
from gouji.extract.tables_columns import match_columns
from gouji.extract.tables_sheet import compact, item_name, name_index
from gouji.model.tables import AMOUNT, TOTAL_ROW, Row

if TYPE_CHECKING:
    from gouji.extract.tables_sheet import Sheet
    from gouji.model.tables import TableModel

_ITEM = re.compile("物品|品目名称|采购目录|采购内容")
_HEAD_ROWS = 3
_ITEM_COLUMN = 3


def bind_purchases(sheet: Sheet, model: TableModel) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return the total, the kinds, and below each its purchases, keyed kind/n and kind/n/m.

    A line of a project or an economic item sums the items printed below it.
    """
    names = name_index(model.rows)
    top = next((r for r in range(sheet.n_rows) if _known(sheet, r, names)), sheet.n_rows)
    amounts = match_columns(sheet, model, max(top, 1))
    if AMOUNT not in amounts.values():
        sheet.problems.append("表头栏目无法识别")
        return (), ()
    column = next(c for c, key in amounts.items() if key == AMOUNT)
    deep = _item_column(sheet, top)
    rows: list[Row] = []
    counts = [0, 0]
    kind = TOTAL_ROW
    for at in range(top, sheet.n_rows):
        figure = sheet.figure(at, column)
        start = _first_word(sheet, at, column)
        if figure is None or (start is None and figure.blank):
            continue
        label = compact(sheet.texts[at][start]) if start is not None else ""
        known = _known(sheet, at, names)
        if known:
            kind, counts, key = known, [0, 0], known
        elif start is None or start >= deep:
            counts[1] += 1
            key = f"{kind}/{counts[0]}/{counts[1]}"
        else:
            counts = [counts[0] + 1, 0]
            key = f"{kind}/{counts[0]}"
        rows.append(Row(key, label or key, {AMOUNT: figure}, place=sheet.place(at, start or 0)))
    return tuple(rows), (AMOUNT,)


def _known(sheet: Sheet, row: int, names: dict[str, str]) -> str:
    text = compact(sheet.texts[row][0])
    return names.get(item_name(text), "") if text and not numbers_in_cell(text) else ""


def _item_column(sheet: Sheet, top: int) -> int:
    """Return the column that names what is bought."""
    for row in range(min(top, _HEAD_ROWS)):
        for col, text in enumerate(sheet.texts[row]):
            if _ITEM.search(compact(text)):
                return col
    return _ITEM_COLUMN


def _first_word(sheet: Sheet, row: int, column: int) -> int | None:
    return next((c for c in range(column) if sheet.texts[row][c]), None)
