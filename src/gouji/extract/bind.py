"""Fills each table's model from its grid (绑定): cells become figures under standard keys."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from gouji.extract.numbers import house_decimals, numbers_in_cell
from gouji.extract.tables_blocks import bind_blocks
from gouji.extract.tables_codes import bind_codes
from gouji.extract.tables_columns import heading_words as heading_words_of_codes
from gouji.extract.tables_flat import bind_flat
from gouji.extract.tables_items import bind_items
from gouji.extract.tables_lanes import bind_lanes
from gouji.extract.tables_purchases import bind_purchases
from gouji.extract.tables_ragged import PLAIN, levelled
from gouji.extract.tables_sheet import Sheet, at_house_precision
from gouji.extract.tables_sources import bind_sources, lists_sources
from gouji.extract.tables_three_public import bind_three_public
from gouji.extract.tables_three_public import heading_words as heading_words_of_items
from gouji.model.document import Paragraph
from gouji.model.tables import Row, Table, model_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from gouji.extract.tables_ragged import Words
    from gouji.model.document import Document, Grid
    from gouji.model.figure import Unit
    from gouji.model.outline import NamedGrid, Outline
    from gouji.model.tables import TableModel

    Binder = Callable[[Sheet, TableModel], tuple[tuple[Row, ...], tuple[str, ...]]]

_BINDERS: dict[str, Binder] = {
    "codes": bind_codes,
    "blocks": bind_blocks,
    "lanes": bind_lanes,
    "three_public": bind_three_public,
    "items": bind_items,
    "procurement": bind_purchases,
}
_HEADINGS: dict[str, Callable[[TableModel], Words]] = {
    "codes": heading_words_of_codes,
    "three_public": heading_words_of_items,
}
_SUSPECT_ROWS = 3
"""So many rows that do not add up, and half of all, speak against the reading, not the report."""


def bind_tables(document: Document, outline: Outline) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """Return the bound tables in printed order, and what could not be read, in plain sentences."""
    grids = {grid.id: grid for grid in document.grids}
    usual_unit = _usual_unit(outline)
    tables: list[Table] = []
    unread: list[str] = [
        f"《{place.quote.strip()}》只见表名,表格内容无法读取" for _, place in outline.bare_titles
    ]
    for named in outline.grids:
        model = _model(named, outline)
        if model is None:
            continue
        table, problems = _bind(grids[named.grid], named, model, named.unit or usual_unit)
        tables.append(table)
        unread.extend(f"《{named.title or model.name}》:{problem}" for problem in problems)
    return tuple(tables), tuple(dict.fromkeys(unread))


def with_levelled_grids(document: Document, outline: Outline) -> Document:
    """Return a document whose rows of uneven length stand under their headings, where that is sure."""
    grids = {grid.id: grid for grid in document.grids}
    moved = {
        named.grid: _levelled(grids[named.grid], _model(named, outline))
        for named in outline.grids
        if named.kind == "other" or _model(named, outline) is not None
    }
    if all(moved[name] is grids[name] for name in moved):
        return document
    blocks = tuple(b if isinstance(b, Paragraph) else moved.get(b.id, b) for b in document.blocks)
    return replace(document, blocks=blocks)


def _levelled(grid: Grid, model: TableModel | None) -> Grid:
    if model is None:
        return levelled(grid, PLAIN)
    words = _HEADINGS.get(model.shape)
    return levelled(grid, words(model)) if words else grid


def bind_grid(grid: Grid, named: NamedGrid, outline: Outline) -> Table | None:
    """Return one grid bound under a name it was given; None where it does not fit that table."""
    model = _model(named, outline)
    if model is None:
        return None
    table, problems = _bind(grid, named, model, named.unit or _usual_unit(outline))
    return table if table.rows and not problems else None


def _model(named: NamedGrid, outline: Outline) -> TableModel | None:
    """Return the declaration a grid is read by: a budget's tables have their own wording."""
    return model_of(named.kind, "budget" if outline.kind == "budget" else "final")


def _usual_unit(outline: Outline) -> Unit | None:
    """The money unit of tables without a mark: what the other tables print, else the prose."""
    counts = Counter(
        g.unit
        for g in outline.grids
        if g.unit is not None and g.unit.dimension == "money" and _model(g, outline) is not None
    )
    return next(iter(counts)) if len(counts) == 1 else outline.unit if not counts else None


def _bind(
    grid: Grid, named: NamedGrid, model: TableModel, unit: Unit | None
) -> tuple[Table, list[str]]:
    sheet = Sheet(_levelled(grid, model), unit)
    notes: list[str] = []
    bind = bind_flat if grid.flat else _binder(sheet, model)
    rows, columns = bind(sheet, model)
    decimals = house_decimals(f for row in rows for f in row.figures.values())
    rows = tuple(replace(r, figures=at_house_precision(r.figures, decimals)) for r in rows)
    mixed = model.account == "budget" and _PARTS_OF_PARTS & set(columns)
    plain = model.shape == "codes" and not mixed
    shaky = _suspicion(rows, columns) if plain else ""
    problems = [*sheet.problems, *([shaky] if shaky else [])]
    filled = _prints_amounts(sheet)
    if not rows and filled and not problems:
        problems.append("表样未识别")
    stray = _stray(sheet.stray)
    if len(sheet.stray) >= _SUSPECT_ROWS and len(sheet.stray) * 3 > len(rows):
        problems.append(stray)
    elif stray:
        notes.append(stray)
    return (
        Table(
            kind=named.kind,
            title=named.title or model.name,
            grid=grid.id,
            unit=unit,
            rows=rows,
            columns=columns,
            empty=not filled and not any(f.value for row in rows for f in row.figures.values()),
            shaky="；".join(dict.fromkeys(problems)),
            year=named.year,
            place=named.title_place,
            notes=named.notes,
            account=model.account,
        ),
        [*problems, *notes],
    )


def _binder(sheet: Sheet, model: TableModel) -> Binder:
    """Return what reads a table's layout; some budgets list their income by source."""
    by_source = model.kind == "income" and model.account == "budget" and lists_sources(sheet)
    return bind_sources if by_source else _BINDERS[model.shape]


def _prints_amounts(sheet: Sheet) -> bool:
    """Tell whether any number with decimals other than zero is printed, bound or not."""
    return any(
        sheet.is_amount(row, col) and Decimal(number.text) != 0
        for row in range(sheet.n_rows)
        for col, text in enumerate(sheet.texts[row])
        for number in numbers_in_cell(text)
    )


def _stray(stray: list[str]) -> str:
    if not stray:
        return ""
    count = f"等{len(stray)}处" if len(stray) > 1 else ""
    return f"“{stray[0]}”{count}与栏目对不上,未采用"


_PARTS_OF_PARTS = frozenset({"单位资金", "年初结转和结余", "使用非财政拨款结余"})
"""Columns of a budget's income that hold others or count beside the year's: the sums do not tell."""


def _suspicion(rows: tuple[Row, ...], columns: tuple[str, ...]) -> str:
    """Tell whether so many rows fail to add up that the columns themselves must be in doubt."""
    checked = failed = 0
    for row in rows:
        gap = _gap(row, columns)
        if gap is not None:
            checked += 1
            failed += gap
    if failed >= _SUSPECT_ROWS and failed * 2 > checked:
        return f"{checked}行中有{failed}行分项与合计不符,栏目位置不可信"
    return ""


_TOTALS = ("本年收入合计", "本年支出合计", "小计", "合计", "本年支出/小计")
_NOT_PARTS = ("年初", "年末", "本年收入", "基本支出/", "教育收费", "上年", "增减")


def _gap(row: Row, columns: tuple[str, ...]) -> bool | None:
    """Return whether a row's parts miss its total by more than rounding; None if not decidable."""
    total_key = next((k for k in _TOTALS if k in columns), None)
    total = row.figures.get(total_key) if total_key else None
    parts = [
        f for key, f in row.figures.items() if key != total_key and not key.startswith(_NOT_PARTS)
    ]
    if total is None or not parts or not (total.value or any(p.value for p in parts)):
        return None
    missing = [k for k in columns if not k.startswith(_NOT_PARTS) and k not in row.figures]
    if missing:
        return None
    slack = total.ulp + sum((p.ulp for p in parts if not p.blank), Decimal(0))
    return abs(total.base - sum(p.base for p in parts)) > slack
