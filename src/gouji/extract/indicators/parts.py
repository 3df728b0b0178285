"""Tables that a page break left in several grids (续表): which grids continue which.

A continuation has no names and no title of its own: it opens with the head printed again or with
rows, right after a table that was not closed by its total. A merged label that runs over the break is
printed halfway down, across the line that closes the page: it is read as a paragraph between the parts.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from gouji.extract.indicators.head import is_head
from gouji.extract.indicators.rows import RowView, rows_of
from gouji.extract.indicators.values import tidy
from gouji.extract.indicators.words import LABEL_REST, LEVEL1, LEVEL2, PAREN_WEIGHT, TOTAL
from gouji.model.document import Cell, Document, Grid, Paragraph

_BETWEEN = re.compile(r"[-—–·\s\d第页共/]*|(?:.{0,30}[(])?续表?[)]?")
"""What may stand between two parts: nothing, a page number, 续表."""


def in_parts(document: Document) -> list[tuple[Grid, ...]]:
    """Return the grids of the document, those that print one performance table together."""
    groups: list[tuple[Grid, ...]] = []
    rows: list[RowView] = []
    for grid in document.grids:
        own = rows_of(grid)
        if groups and _continues(document, groups[-1][-1], grid, rows, own):
            groups[-1] = (*groups[-1], grid)
            rows += own
        else:
            groups.append((grid,))
            rows = own
    return groups


def _continues(
    document: Document, above: Grid, below: Grid, rows: list[RowView], own: list[RowView]
) -> bool:
    between = document.blocks[above.index + 1 : below.index]
    if not own or not all(
        isinstance(b, Paragraph) and (_BETWEEN.fullmatch(b.text.strip()) or _is_label(b))
        for b in between
    ):
        return False
    if any(isinstance(b, Paragraph) and _is_label(b) for b in between):
        firsts = _labels_between(document, above, below)
        if not (above.ruled and below.ruled) or len(firsts) > 1:
            return False
        if firsts and _set_at(above, below) is None:
            return False
    if abs(above.n_cols - below.n_cols) > _FEWER or not any(is_head(row) for row in rows):
        return False
    if any(TOTAL.fullmatch(t) for row in rows for t in row.tidy[:5]):
        return False
    if is_head(own[0]):
        return True
    if any(is_head(row) for row in own):
        return False
    labels = (t for row in own for t in row.tidy[:4])
    return any(TOTAL.fullmatch(t) or LEVEL1.fullmatch(t) or LEVEL2.fullmatch(t) for t in labels)


_FEWER = 3
"""Columns of labels that a continuation may lack."""


def _is_label(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is a merged label without a weight of its own, or a first level's."""
    text = tidy(paragraph.text)
    if LEVEL1.fullmatch(text) or LABEL_REST.fullmatch(text):
        return True
    return LEVEL2.fullmatch(text) is not None and PAREN_WEIGHT.search(text) is None


def rows_of_parts(document: Document, grids: tuple[Grid, ...]) -> list[RowView]:
    """Return the rows of all parts, numbered through, labels at the break in the rows they head."""
    parts = [rows_of(grid) for grid in grids]
    for n, (above, below) in enumerate(pairwise(grids)):
        labels = _labels_between(document, above, below)
        place = _set_at(above, below)
        if len(labels) == 1 and place is not None:
            part, row, column = place
            parts[n + part] = _with_label(parts[n + part], row, column, labels[0])
    rows: list[RowView] = []
    for own in parts:
        start = rows[-1].index + 1 if rows else 0
        rows += [replace(row, index=row.index + start) for row in own]
    return rows


def _labels_between(document: Document, above: Grid, below: Grid) -> list[Cell]:
    """Return the first-level labels printed between two parts, as merged cells."""
    between = document.blocks[above.index + 1 : below.index]
    return [
        Cell(0, 0, b.text, document.place(b, 0, len(b.text)), rowspan=2)
        for b in between
        if isinstance(b, Paragraph) and LEVEL1.fullmatch(tidy(b.text))
    ]


def _set_at(above: Grid, below: Grid) -> tuple[int, int, int] | None:
    """Return where a label over the break begins: its part (0 or 1), row and column; None if unsure."""
    if not (above.ruled and below.ruled):
        return None
    column, after = _level1_column(above), _level1_column(below)
    if column < 0:
        return None
    row = _headed_by(above)
    if row is not None:
        return 0, row, column
    if after < 0 or any(c.text for c in below.cells if c.row == 0 and c.col <= after):
        return None
    return 1, 0, after


def _level1_column(grid: Grid) -> int:
    """Return where a part prints its first-level labels; -1 where it prints none."""
    found = Counter(c.col for c in grid.cells if LEVEL1.fullmatch(tidy(c.text)))
    return found.most_common(1)[0][0] if found else -1


def _headed_by(grid: Grid) -> int | None:
    """Return the first of the rows at the foot of a part whose own first-level label is blank."""
    column = _level1_column(grid)
    first: int | None = None
    end = grid.n_rows
    for cell in sorted((c for c in grid.cells if c.col == column), key=lambda c: -c.row):
        if cell.text or cell.row + cell.rowspan != end:
            break
        first = end = cell.row
    return first


def _with_label(rows: list[RowView], at: int, column: int, label: Cell) -> list[RowView]:
    """Return the rows with a label set into one of them."""
    cell = replace(label, row=at, col=column)
    return [
        replace(row, cells=tuple(sorted((*row.cells, cell), key=lambda c: c.col)))
        if row.index == at
        else row
        for row in rows
    ]
