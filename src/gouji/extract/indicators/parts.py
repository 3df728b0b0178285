"""Tables that a page break left in several grids (续表): which grids continue which.

A continuation has no names and no title of its own: it opens with the head printed again or with
rows, right after a table that was not closed by its total.
"""

from __future__ import annotations

import re
from dataclasses import replace

from gouji.extract.indicators.head import is_head
from gouji.extract.indicators.rows import RowView, rows_of
from gouji.extract.indicators.words import LEVEL1, LEVEL2, TOTAL
from gouji.model.document import Document, Grid, Paragraph

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
        isinstance(b, Paragraph) and _BETWEEN.fullmatch(b.text.strip()) for b in between
    ):
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


def rows_of_parts(grids: tuple[Grid, ...]) -> list[RowView]:
    """Return the rows of all parts, numbered through."""
    rows: list[RowView] = []
    for grid in grids:
        start = rows[-1].index + 1 if rows else 0
        rows += [replace(row, index=row.index + start) for row in rows_of(grid)]
    return rows
