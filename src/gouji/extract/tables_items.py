"""Tables of one item a row: 10 state assets (国有资产占用情况表)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gouji.extract.numbers import numbers_in_cell
from gouji.extract.tables_columns import match_columns
from gouji.extract.tables_sheet import compact, item_name, name_index
from gouji.model.figure import Unit, counting_unit
from gouji.model.tables import Row

if TYPE_CHECKING:
    from gouji.extract.tables_sheet import Sheet
    from gouji.model.tables import TableModel

_HEADER_ROWS = 4


def bind_items(sheet: Sheet, model: TableModel) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return one row for each known item; counts carry the unit their label prints."""
    names = name_index(model.rows)
    column = _value_column(sheet, model)
    key = model.columns[0].key
    rows: list[Row] = []
    for at in range(sheet.n_rows):
        label_col, row_key = _label(sheet, at, names)
        if row_key is None or any(r.key == row_key for r in rows):
            continue
        label = compact(sheet.texts[at][label_col])
        unit = count_unit(label) or (counting_unit("辆") if row_key != "设备" else None)
        figure = sheet.figure(at, column, unit) if column is not None else None
        figures = {key: figure} if figure is not None else {}
        line = sheet.texts[at][label_col + 1] if label_col + 1 != column else ""
        rows.append(
            Row(row_key, label, figures, line if line.isdigit() else "", sheet.place(at, label_col))
        )
    return tuple(rows), (key,)


def _value_column(sheet: Sheet, model: TableModel) -> int | None:
    matched = match_columns(sheet, model, min(_HEADER_ROWS, sheet.n_rows))
    if matched:
        return max(matched)
    last = sheet.n_cols - 1
    filled = [r for r in range(sheet.n_rows) if numbers_in_cell(sheet.texts[r][last])]
    return last if filled else None


def _label(sheet: Sheet, row: int, names: dict[str, str]) -> tuple[int, str | None]:
    for col, text in enumerate(sheet.texts[row]):
        if text:
            key = names.get(item_name(text)) or _equipment(item_name(text))
            return col, key
    return 0, None


def _equipment(name: str) -> str | None:
    return "设备" if "设备" in name and "100万" in name else None


def count_unit(label: str) -> Unit | None:
    """Return the unit in brackets at the end of a label: 公务用车保有量(辆)."""
    for name in ("台、辆", "台、套", "台(套)", "批次", "人次", "辆", "台", "套", "个", "人", "批"):
        if label.endswith(f"({name})"):
            return counting_unit(name)
    return None
