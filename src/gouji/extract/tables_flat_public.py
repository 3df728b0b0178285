"""The “三公” table copied without marks between its cells (逐行复制的“三公”经费表): at most twelve numbers.

The form prints six items, each with budget and final figure: pair by pair, or all budgets first. Only
numbers whose parts make their totals are believed, and an item only where no other order or place of
the empty cells would print another amount there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gouji.extract.numbers import blank_figure, numbers_in_cell
from gouji.extract.tables_flat_placed import Slots, makes, settled, spread
from gouji.extract.tables_sheet import compact
from gouji.model.document import cell_place
from gouji.model.place import Place
from gouji.model.tables import Row

if TYPE_CHECKING:
    from gouji.extract.tables_sheet import Sheet
    from gouji.model.figure import Figure

_ABROAD, _RECEPTION = "因公出国", "公务接待"
_ITEMS = (
    "合计",
    "因公出国(境)费",
    "公务用车购置及运行维护费",
    "公务用车购置费",
    "公务用车运行维护费",
    "公务接待费",
)
_TWICE = 2 * len(_ITEMS)
_FEWEST = 4
"""Budget and final figure of the total and of one item."""


def bind_flat_public(sheet: Sheet) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return the items with budget and final figure; nothing where their order is not certain."""
    head = "".join(compact(t) for row in sheet.texts for t in row if not numbers_in_cell(t))
    figures = _figures(sheet)
    at_abroad, at_reception = head.find(_ABROAD), head.find(_RECEPTION)
    if figures is None or not 0 <= at_abroad < at_reception:
        return (), ()
    columns = ("年初预算数" if "年初预算" in head else "全年预算数", "决算数")
    by_pairs = spread(figures, _TWICE, lambda s: _adds_up(s[::2]) and _adds_up(s[1::2]))
    half = len(_ITEMS)
    by_halves = spread(figures, _TWICE, lambda s: _adds_up(s[:half]) and _adds_up(s[half:]))
    in_pairs = [
        *by_pairs,
        *([f for pair in zip(s[:half], s[half:], strict=True) for f in pair] for s in by_halves),
    ]
    return _rows(sheet, settled(in_pairs), columns, figures[-1].place)


def _rows(
    sheet: Sheet, cells: dict[int, Figure | None], columns: tuple[str, str], last: Place
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return a row for each item of which both figures are certain, with what is left empty."""
    if cells.get(0) is None or cells.get(1) is None:
        return (), ()
    empty = _empty_places(sheet, last)
    rows: list[Row] = []
    for number, item in enumerate(_ITEMS):
        first = 2 * number
        if first not in cells or first + 1 not in cells:
            continue
        pair = [cells[at] or blank_figure(next(empty), sheet.unit) for at in (first, first + 1)]
        rows.append(Row(item, item, dict(zip(columns, pair, strict=True)), place=pair[0].place))
    return tuple(rows), columns


def _empty_places(sheet: Sheet, last: Place) -> Iterator[Place]:
    """Yield a place of its own for each empty cell: beside the last amount, where nothing stands."""
    after = Place("", last.end, last.end, last.page, last.box)
    if last.cell is not None:
        for col in range(last.cell.col + 1, sheet.n_cols):
            yield cell_place(last.cell.grid, last.cell.row, col, after)
    while True:
        yield after


def _figures(sheet: Sheet) -> list[Figure] | None:
    """Return the figures in the order printed; None where there are too many or too few."""
    cells = [
        (row, col)
        for row, texts in enumerate(sheet.texts)
        for col, text in enumerate(texts)
        if numbers_in_cell(text) and not sheet.column_numbers(row)
    ]
    found = [sheet.figure(row, col) for row, col in cells]
    figures = [figure for figure in found if figure is not None]
    return figures if len(figures) == len(cells) and _FEWEST <= len(figures) <= _TWICE else None


def _adds_up(column: Slots) -> bool:
    """Tell whether cars are purchase and running, and the total all three."""
    total, abroad, cars, bought, run, reception = column
    return makes(cars, (bought, run)) and makes(total, (abroad, cars, reception))
