"""A budget's income listed by source, one a row, with a subtotal each (收入预算总表 的竖列表样)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gouji.extract.tables_sheet import compact, item_name, name_index
from gouji.model.tables import TOTAL_ROW, Row

if TYPE_CHECKING:
    from gouji.extract.tables_sheet import Sheet
    from gouji.model.figure import Figure
    from gouji.model.tables import TableModel

_SUBTOTAL = "小计"
_AMOUNTS = ("金额", "预算数", "预算金额")
_TOTAL = "本年收入合计"


def lists_sources(sheet: Sheet) -> bool:
    """Tell a list of sources from a table of codes: three columns, one amount, subtotals below."""
    heads = [compact(t) for t in sheet.texts[0]] if sheet.n_rows else []
    subtotals = sum(_SUBTOTAL in map(compact, row) for row in sheet.texts)
    return bool(heads) and heads[-1] in _AMOUNTS and subtotals > 1


def bind_sources(sheet: Sheet, model: TableModel) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return one total row whose columns are the sources: the shape of the usual form."""
    names = name_index(model.columns)
    last = sheet.n_cols - 1
    figures: dict[str, Figure] = {}
    group = ""
    for at in range(1, sheet.n_rows):
        words = [compact(t) for t in sheet.texts[at][:last] if t]
        group = words[0] if len(words) > 1 or sheet.cells[at][0] is not None else group
        key = _key(names, group, words)
        figure = sheet.figure(at, last)
        if key is not None and figure is not None:
            figures.setdefault(key, figure)
    if _TOTAL not in figures:
        sheet.problems.append("表头栏目无法识别")
        return (), ()
    return (Row(TOTAL_ROW, TOTAL_ROW, figures, place=figures[_TOTAL].place),), tuple(figures)


def _key(names: dict[str, str], group: str, words: list[str]) -> str | None:
    """Return the column a subtotal or the grand total stands for; parts of a source have none."""
    if not words:
        return None
    if words[-1] == _SUBTOTAL:
        return names.get(item_name(group))
    return _TOTAL if names.get(item_name(words[-1])) == _TOTAL else None
