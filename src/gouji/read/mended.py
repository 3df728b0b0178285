"""Rows and spans that a page break cuts in two (跨页断行)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gouji.read.breaks import ends_sentence, opens_paragraph
from gouji.read.normalize import squeeze_cell

if TYPE_CHECKING:
    from gouji.model.document import Cell, Page

_SHORTEST = 8
_FULL = 1.0
_PADDING = 8.0


def mend(above: list[Cell], below: list[Cell], count: int, page: Page) -> tuple[list[Cell], int]:
    """Mend what the break between two pages cut; return the cells below and the rows that are gone.

    `above` holds the cells so far, `count` rows of them, the last on `page`; cells that go on below
    are replaced there. A row is taken for cut only where a full line of text runs into it.
    """
    last = {
        (cell.col, cell.colspan): i
        for i, cell in enumerate(above)
        if cell.row + cell.rowspan == count
    }
    below = _mend_spans(above, below, count, last)
    first = [cell for cell in below if cell.row == count]
    rest = [cell for cell in first if cell.text]
    pairs = [(last.get((cell.col, cell.colspan)), cell) for cell in rest]
    if not rest or any(cell.rowspan > 1 for cell in first) or len(rest) == len(last):
        return below, 0
    cut = all(i is not None and _goes_on(above[i], cell) for i, cell in pairs)
    if not cut or not any(_is_full(above[i], page) for i, _ in pairs if i is not None):
        return below, 0
    for i, cell in pairs:
        if i is not None:
            above[i] = _whole(above[i], cell)
    return [_moved_up(cell) for cell in below if cell.row > count], 1


def _mend_spans(
    above: list[Cell], below: list[Cell], count: int, last: dict[tuple[int, int], int]
) -> list[Cell]:
    """Let a cell above span the empty merged cell that continues it below."""
    left: list[Cell] = []
    for cell in below:
        i = last.get((cell.col, cell.colspan))
        if cell.row == count and cell.rowspan > 1 and not cell.text and i is not None:
            upper = above[i]
            if upper.text:
                above[i] = replace(upper, rowspan=upper.rowspan + cell.rowspan)
                continue
        left.append(cell)
    return left


def _goes_on(upper: Cell, lower: Cell) -> bool:
    """Tell whether words of one cell may run on into the other; numbers never do."""
    return (
        bool(upper.text)
        and any(char > "\u2e80" for char in lower.text)
        and not ends_sentence(upper.text)
        and not opens_paragraph(lower.text)
    )


def _is_full(cell: Cell, page: Page) -> bool:
    """Tell whether the last line in a cell reaches its right side."""
    place = cell.place
    if len(cell.text) < _SHORTEST or place.box is None:
        return False
    line = page.box_of(place.end - 1, place.end)
    if line is None:
        return False
    padding = min(line[0] - place.box[0], _PADDING)
    return place.box[2] - line[2] - padding < _FULL * (line[3] - line[1])


def _moved_up(cell: Cell) -> Cell:
    ref = cell.place.cell
    place = cell.place if ref is None else replace(cell.place, cell=replace(ref, row=ref.row - 1))
    return replace(cell, row=cell.row - 1, place=place)


def _whole(upper: Cell, lower: Cell) -> Cell:
    """Return one cell; its place is that of the upper part, its quote is whole."""
    place = replace(upper.place, quote=f"{upper.place.quote}\n{lower.place.quote}")
    return replace(upper, text=squeeze_cell(f"{upper.text}\n{lower.text}"), place=place)
