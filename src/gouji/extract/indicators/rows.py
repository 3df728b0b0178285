"""Rows of a performance table as a reader sees them (行): cells in order, gaps kept as columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from gouji.extract.indicators.values import tidy
from gouji.model.document import Cell, Document, Grid
from gouji.model.place import Place


@dataclass(frozen=True)
class RowView:
    """One printed row (表行): its cells that hold something, and how many cells were printed."""

    index: int
    cells: tuple[Cell, ...]
    width: int
    compact: bool = False
    """Empty cells left nothing behind: where a cell stands says only what it comes after."""

    @cached_property
    def tidy(self) -> tuple[str, ...]:
        """The cells' texts without white space."""
        return tuple([tidy(c.text) for c in self.cells])

    @cached_property
    def text(self) -> str:
        """The whole row, without white space."""
        return "".join(self.tidy)


def rows_of(grid: Grid) -> list[RowView]:
    """Return the rows of a grid that hold something."""
    compact = _is_compact(grid)
    by_row: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        by_row.setdefault(cell.row, []).append(cell)
    rows: list[RowView] = []
    for index in sorted(by_row):
        cells = sorted(by_row[index], key=lambda c: c.col)
        filled = tuple([c for c in cells if c.text])
        if filled:
            width = cells[-1].col + cells[-1].colspan if not grid.ruled else grid.n_cols
            rows.append(RowView(index, filled, len(filled) if compact else width, compact))
    return rows


_SHORT_ROWS = 3


def _is_compact(grid: Grid) -> bool:
    """Tell whether each row prints its cells first and is filled up with empty ones (补齐的行)."""
    if grid.ruled:
        return False
    short = 0
    by_row: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        by_row.setdefault(cell.row, []).append(cell)
    for cells in by_row.values():
        filled = [bool(c.text) for c in sorted(cells, key=lambda c: c.col)]
        n = sum(filled)
        if not all(filled[:n]) or len(filled) != grid.n_cols:
            return False
        short += 0 < n <= grid.n_cols - 2
    return short >= _SHORT_ROWS


def span_place(document: Document, cells: tuple[Cell, ...]) -> Place:
    """Return where a run of cells is printed: a row reads as printed, tabs included.

    It names no cell: a row is shown as the statement its figures were taken from. On a page, labels
    merged over several rows stay outside it: they are printed halfway down.
    """
    first = next((c for c in cells if c.rowspan == 1), cells[0]).place
    last = cells[-1].place
    if document.source == "text" and last.end >= first.start:
        text = document.pages[0].text
        return Place(text[first.start : last.end], first.start, last.end)
    page = next((p for p in document.pages if p.number == first.page), None)
    own = [c.place for c in cells if c.rowspan == 1 and c.place.page == first.page] or [first]
    start, end = min(p.start for p in own), max(p.end for p in own)
    quote = page.text[start:end] if page else first.quote
    return Place(quote, start, end, first.page, page.box_of(start, end) if page else None)
