"""Grids from the parts of a table, over as many pages as it runs (跨页表格).

Parts are joined by where their rules stand, never by the number of columns: a continuation without
a head shows fewer of them.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from gouji.model.document import Cell, Grid
from gouji.model.place import CellRef, Place
from gouji.read.breaks import is_caption
from gouji.read.mended import mend
from gouji.read.normalize import squeeze_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gouji.model.document import Page
    from gouji.read.layout import TablePart

_SAME = 4.0
_LOW = 0.55
_HIGH = 0.4


class Part:
    """A table part on its page, with what its cells say."""

    __slots__ = ("index", "size", "table", "texts")

    def __init__(
        self, index: int, size: tuple[float, float], table: TablePart, folded: str
    ) -> None:
        self.index = index
        self.size = size
        self.table = table
        self.texts = [
            squeeze_cell(folded[start:end]) if start < end else ""
            for _, start, end, _ in table.cells
        ]

    def row(self, number: int) -> list[str]:
        """Return what the cells that begin in a row say."""
        return [
            text
            for cell, text in zip(self.table.cells, self.texts, strict=True)
            if cell.slot[0] == number
        ]

    @property
    def n_rows(self) -> int:
        """Number of rows on this page."""
        return len(self.table.ys) - 1


def joins(parts: Sequence[Part], below: Part) -> bool:
    """Tell whether `below` continues the table of `parts` on the next page (续表)."""
    above = parts[-1]
    if below.index != above.index + 1 or above.size != below.size:
        return False
    if above.table.ruled != below.table.ruled:
        return False
    height = above.size[1]
    if above.table.ys[-1] < height * _LOW or below.table.ys[0] > height * _HIGH:
        return False
    if not _same_columns(above.table.xs, below.table.xs):
        return False
    opening, head = below.row(0), parts[0].row(0)
    if opening == head:
        return True
    another_title = len(opening) == 1 and is_caption(opening[0])
    another_form = bool(opening[0]) and opening[0] == head[0]
    return not another_title and not another_form


def _same_columns(some: list[float], others: list[float]) -> bool:
    """Tell whether the outer edges agree and the edges of one are among those of the other."""
    if abs(some[0] - others[0]) > _SAME or abs(some[-1] - others[-1]) > _SAME:
        return False
    few, many = sorted((some, others), key=len)
    return all(_among(x, many) for x in few)


def _among(x: float, edges: list[float]) -> bool:
    i = bisect_left(edges, x - _SAME)
    return i < len(edges) and edges[i] <= x + _SAME


def repeated_head(first: Part, part: Part) -> int:
    """Return how many rows at the top of a part repeat the head of the first part (表头重复)."""
    repeated = 0
    for number in range(min(first.n_rows, part.n_rows)):
        row = first.row(number)
        if row != part.row(number):
            break
        if any(row):
            repeated = number + 1
    return repeated


def grid_of(name: str, parts: Sequence[Part], pages: Sequence[Page]) -> Grid:
    """Return the grid that the parts print together."""
    edges = _all_edges([part.table.xs for part in parts])
    rows = _Rows(name, edges)
    for part in parts:
        skipped = repeated_head(parts[0], part) if rows.cells else 0
        rows.add(part, pages[part.index], skipped)
    numbers = tuple([pages[part.index].number or 0 for part in parts])
    cells = tuple(rows.cells)
    return Grid(name, rows.count, len(edges) - 1, cells, numbers, ruled=parts[0].table.ruled)


class _Rows:
    """The rows of a grid as they gather, page by page."""

    def __init__(self, name: str, edges: list[float]) -> None:
        self.cells: list[Cell] = []
        self.count = 0
        self._name = name
        self._edges = edges
        self._page: Page | None = None

    def add(self, part: Part, page: Page, skipped: int) -> None:
        """Add a part without the rows of its repeated head."""
        columns = _columns(part.table.xs, self._edges)
        text, number, name = page.text, page.number, self._name
        shift = self.count - skipped
        added: list[Cell] = []
        for (slot, start, end, box), reading in zip(part.table.cells, part.texts, strict=True):
            row, col, rowspan, colspan = slot
            if row < skipped:
                continue
            left = columns[col]
            place = Place(
                text[start:end], start, end, number, box, CellRef(name, row + shift, left)
            )
            width = columns[col + colspan] - left
            added.append(Cell(row + shift, left, reading, place, rowspan, width))
        gone = 0
        if self._page is not None:
            added, gone = mend(self.cells, added, self.count, self._page)
        self.cells += added
        self.count += part.n_rows - skipped - gone
        self._page = page


def _all_edges(many: list[list[float]]) -> list[float]:
    edges = list(many[0])
    for xs in many[1:]:
        for x in xs:
            if not _among(x, edges):
                edges.insert(bisect_left(edges, x), x)
    return edges


def _columns(xs: list[float], edges: list[float]) -> list[int]:
    """Return for each edge of a part its number among all edges."""
    return [min(range(len(edges)), key=lambda i: abs(edges[i] - x)) for x in xs]
