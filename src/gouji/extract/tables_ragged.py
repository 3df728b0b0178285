"""Tables pasted without the empty places that merged cells leave: rows of uneven length (合并单元格).

A browser and a word processor copy a merged cell as one, so a row of headings has fewer cells than the
rows below it. How far each heading reaches follows from the words: which columns the form has, and
that all of them together are as many as the cells of a row of figures. Where the words allow no
reading or more than one, the table is left as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from gouji.extract.numbers import numbers_in_cell
from gouji.extract.tables_sheet import Sheet, compact
from gouji.model.document import cell_place

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from gouji.model.document import Cell, Grid

Path = tuple[str, ...]
"""Headings from the top down to one column."""
Column = tuple[tuple[int, int], ...]
"""The same by position: row of headings, number of the cell in it."""
Layout = list[Column]

_LABEL = re.compile(r"项目|[类款项]|.*科目.*|.*编码|.*(?:功能|经济)分类.*")
_TOTAL = re.compile(r"(?:本年)?(?:收入|支出)?(?:合计|总计)[::]?")
_LABELS = (2, 3)
"""Columns that name a row: code and name, or two steps of codes and the name."""
_MOST_ROWS = 5
_TRIED = 20_000


class Words(NamedTuple):
    """What the words of a form's headings mean."""

    key: Callable[[Path], Hashable | None]
    """The column that a path of headings names."""
    groups: Callable[[str], bool]
    """Whether a heading may stand over several."""


PLAIN = Words(key=lambda path: path, groups=lambda _: False)
"""A form nobody declared: only the headings over codes and names may stand over several columns."""


def levelled(grid: Grid, words: Words) -> Grid:
    """Return the grid with every cell in its column; as it is where that is not certain."""
    if grid.ruled or grid.flat:
        return grid
    rows = [list(grid.row_cells(row)) for row in range(grid.n_rows)]
    top = _first_figures(grid, rows)
    if top is None:
        top = len(rows) - 1
    widths = _widths(rows[top:])
    if not 1 < top <= _MOST_ROWS:
        return grid
    moved = (_under_headings(grid, rows, top, width, words) for width in widths)
    return next((grid for grid in moved if grid is not None), grid)


def _widths(rows: list[list[Cell]]) -> list[int]:
    """Return how many columns a table may have, by the rows below its headings.

    A closing line alone is one label and a cell for each figure there might be.
    """
    lengths = Counter(len(row) for row in rows)
    width = max(lengths, key=lambda length: (lengths[length], length))
    closing = len(rows) == 1 and rows[0] and _TOTAL.fullmatch(compact(rows[0][0].text))
    blank = len(rows) == 1 and not any(cell.text for cell in rows[0][1:])
    usual = [] if blank else [width]
    return [*usual, *(width + labels - 1 for labels in _LABELS)] if closing else usual


def _under_headings(
    grid: Grid, rows: list[list[Cell]], top: int, width: int, words: Words
) -> Grid | None:
    """Return the grid with every cell in its column, if the headings make so many columns."""
    if len(rows[0]) >= width:
        return None
    sheet = Sheet(grid, None)
    heads = [r for r in range(top) if not sheet.column_numbers(r)]
    texts = [[compact(cell.text) for cell in rows[r]] for r in heads]
    layout = _only_layout(texts, width, words)
    if layout is None:
        return None
    starts, labels = _starts(texts, layout)
    moved: list[Cell] = []
    for number, row in enumerate(rows):
        columns: Sequence[int] | None = starts[heads.index(number)] if number in heads else None
        columns = columns or _columns(row, width, labels, after=number >= top)
        if columns is None:
            return None
        moved += [_moved(grid, cell, col) for cell, col in zip(row, columns, strict=True)]
    return replace(grid, n_cols=width, cells=tuple(moved))


def _moved(grid: Grid, cell: Cell, col: int) -> Cell:
    return replace(cell, col=col, place=cell_place(grid.id, cell.row, col, cell.place))


def _first_figures(grid: Grid, rows: list[list[Cell]]) -> int | None:
    """Return the first row below the headings: it holds an amount, or begins with a code."""
    sheet = Sheet(grid, None)
    for number, row in enumerate(rows):
        amounts = any(sheet.is_amount(number, col) for col in range(len(row)))
        if amounts or (row and re.fullmatch(r"\d{3,7}", compact(row[0].text))):
            return number
    return None


def _columns(row: list[Cell], width: int, labels: int, *, after: bool) -> Sequence[int] | None:
    """Return the columns of a row of figures or of column numbers; None for one of another length."""
    if len(row) == width:
        return range(width)
    named = not numbers_in_cell(row[0].text) if row else False
    total = after and named and _TOTAL.fullmatch(compact(row[0].text))
    if named and labels > 1 and len(row) == width - labels + 1 and (total or not after):
        return [0, *range(labels, width)]
    if not after and len(row) == width - labels:
        return range(labels, width)
    blank = not any(cell.text for cell in row[1:])
    return range(len(row)) if blank and len(row) < width else None


def _only_layout(rows: list[list[str]], width: int, words: Words) -> Layout | None:
    """Return the one way to read the headings as `width` different columns, if there is one."""
    puzzle = _Puzzle(rows, width, words)
    found = list(puzzle.layouts(1, [((0, at),) for at in range(len(rows[0]))]))
    if not found or puzzle.tries < 0:
        return None
    most = max(_spent(rows, layout) for layout in found)
    best = [layout for layout in found if _spent(rows, layout) == most]
    return best[0] if len(best) == 1 else None


def _spent(rows: list[list[str]], layout: Layout) -> int:
    """Count the columns of 本年支出: expenditure is what forms divide the most."""
    return sum([1 for column in layout if rows[0][column[0][1]] == "本年支出"])


@dataclass(slots=True)
class _Puzzle:
    """The headings, row by row, and the number of columns they must make."""

    rows: list[list[str]]
    width: int
    words: Words
    tries: int = _TRIED

    def layouts(self, level: int, open_: Layout) -> Iterator[Layout]:
        """Yield each way to hand the headings of a row and those below it to the columns so far."""
        if level < len(self.rows):
            for shared in self._shares(level, 0, open_):
                yield from self.layouts(level + 1, shared)
        elif len(open_) == self.width:
            keys = {self._key(column) for column in open_}
            if len(keys) == self.width and None not in keys:
                yield open_

    def _shares(self, level: int, at: int, open_: Layout) -> Iterator[Layout]:
        """Yield each way to hand the rest of a row, in its order, to columns still open."""
        row = self.rows[level]
        self.tries -= 1
        if self.tries < 0:
            return
        if not open_:
            if at == len(row):
                yield []
            return
        first, rest = open_[0], open_[1:]
        text = self.rows[first[-1][0]][first[-1][1]]
        label = _LABEL.fullmatch(text) is not None
        may_divide = label or self.words.groups(text)
        if self._key(first) is not None or (may_divide and level + 1 < len(self.rows)):
            for more in self._shares(level, at, rest):
                yield [first, *more]
        under: Layout = []
        for number in range(at, len(row) if may_divide else at):
            column = (*first, (level, number))
            key = self._key(column)
            twice = key is not None and key in [self._key(other) for other in under]
            if twice or (key is None and not self.words.groups(row[number])):
                return
            under.append(column)
            if len(under) > 1 or label:
                for more in self._shares(level, number + 1, rest):
                    yield [*under, *more]

    def _key(self, column: Column) -> Hashable | None:
        path = tuple([self.rows[level][at] for level, at in column])
        if all(_LABEL.fullmatch(step) for step in path):
            return ("label", path[-1])
        return self.words.key(path)


def _starts(rows: list[list[str]], layout: Layout) -> tuple[list[list[int]], int]:
    """Return the column at which each heading begins, and how many columns of labels come first."""
    starts = [[0] * len(row) for row in rows]
    for col, column in reversed(list(enumerate(layout))):
        for level, at in column:
            starts[level][at] = col
    labels = 0
    for column in layout:
        if not all(_LABEL.fullmatch(rows[level][at]) for level, at in column):
            break
        labels += 1
    return starts, labels
