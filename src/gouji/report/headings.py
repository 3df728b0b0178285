"""Where in the tables a figure stands (栏目与行名): its cell, the heading of its column, the label of its row."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from gouji.model.disclosure import Disclosure
from gouji.model.document import Cell, Grid
from gouji.model.figure import Figure
from gouji.model.indicators import named_figures
from gouji.model.place import Box, CellRef

MOST_HEAD = 8
"""Rows of headings at most; more above the first figure is no heading."""


def figures_in_cells(disclosure: Disclosure) -> Iterator[tuple[CellRef, Figure]]:
    """Yield the figures of all tables with their cells (表中数字)."""
    for table in disclosure.tables:
        for row in table.rows:
            yield from ((f.place.cell, f) for f in row.figures.values() if f.place.cell)
    for evaluation in disclosure.indicators:
        yield from ((f.place.cell, f) for f, _, _ in named_figures(evaluation) if f.place.cell)


class Cells:
    """Finds the cell that holds a character of a page (定位)."""

    def __init__(self, grids: tuple[Grid, ...]) -> None:
        spans = defaultdict(list)
        for grid in grids:
            for cell in grid.cells:
                place = cell.place
                if place.end > place.start:
                    ref = CellRef(grid.id, cell.row, cell.col)
                    spans[place.page].append((place.start, place.end, ref))
        self._spans = {page: sorted(s, key=lambda x: x[:2]) for page, s in spans.items()}

    def holding(self, page: int | None, offset: int) -> CellRef | None:
        """Return the cell at an offset, or None in the prose."""
        spans = self._spans.get(page, [])
        index = bisect_right(spans, offset, key=lambda s: s[0]) - 1
        if index < 0 or offset >= spans[index][1]:
            return None
        return spans[index][2]


@dataclass(frozen=True, slots=True)
class Heading:
    """What names a cell of a table (栏目): the rows of headings, the cells above it, its row's label."""

    page: int
    """The page the headings stand on: the cell's own where they are printed there again."""
    top: float
    bottom: float
    columns: tuple[Box, ...]
    """Heading cells above the figure."""
    label: Box | None
    """The row's label, on the figure's own page."""


class Headings:
    """Finds the headings of figures (栏目定位)."""

    def __init__(self, disclosure: Disclosure) -> None:
        self._grids = {grid.id: grid for grid in disclosure.document.grids}
        self._cells = Cells(disclosure.document.grids)
        self._first: dict[str, int] = {}
        for ref, _ in figures_in_cells(disclosure):
            self._first[ref.grid] = min(ref.row, self._first.get(ref.grid, ref.row))

    def of(self, page: int, offset: int) -> Heading | None:
        """Return what names the cell at a character of a page; None in prose and in tables without headings."""
        ref = self._cells.holding(page, offset)
        depth = self._first.get(ref.grid, 0) if ref else 0
        if ref is None or not 0 < depth <= MOST_HEAD or ref.row < depth:
            return None
        grid = self._grids[ref.grid]
        above = _again(grid, depth, ref, page) or range(depth)
        cells = [c for c in grid.cells if c.row in above and c.place.box is not None]
        own = cells[0].place.page if cells else None
        printed = [c for c in cells if c.place.page == own and c.text]
        if own is None or not printed:
            return None
        boxes = [c.place.box for c in printed if c.place.box]
        named = [c for c in printed if c.col <= ref.col < c.col + c.colspan]
        return Heading(
            page=own,
            top=min(box[1] for box in boxes),
            bottom=max(box[3] for box in boxes),
            columns=tuple(c.place.box for c in named if c.place.box),
            label=_label(grid, ref, page),
        )


def _again(grid: Grid, depth: int, ref: CellRef, page: int) -> range | None:
    """Return the rows of headings printed again on a later page, the nearest above the cell."""
    first = grid.at(depth - 1, ref.col)
    if first is None or not first.text or first.place.page == page:
        return None
    for row in range(ref.row - 1, depth, -1):
        cell = grid.at(row, ref.col)
        if cell and cell.text == first.text and cell.place.page == page:
            top = row - depth + 1
            rows = [r for r in range(top, row + 1) if _is_on(grid, r, page)]
            return range(rows[0], row + 1) if rows else None
    return None


def _is_on(grid: Grid, row: int, page: int) -> bool:
    return any(c.place.page == page for c in grid.row_cells(row))


def _label(grid: Grid, ref: CellRef, page: int) -> Box | None:
    """Return the box around the words left of a cell in its own row; a code and its name are one label."""
    words: list[Cell] = []
    for cell in grid.row_cells(ref.row):
        if cell.col >= ref.col or cell.place.page != page or cell.place.box is None:
            continue
        if cell.text and (not words or any("\u4e00" <= c <= "\u9fff" for c in cell.text)):
            words.append(cell)
    boxes = [c.place.box for c in words[:2] if c.place.box]
    if not boxes:
        return None
    left, top, right, bottom = zip(*boxes, strict=True)
    return (min(left), min(top), max(right), max(bottom))
