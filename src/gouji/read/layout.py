"""The text of a page in reading order, and where each thing stands in it (版面文字).

Lines are parted by line feeds, the cells of a table row by tabs. Everything printed is in the page's
text, page numbers too; what becomes a paragraph is decided later.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from gouji.model.document import Line, Page
from gouji.read.aligned import aligned
from gouji.read.cells import Fragment, TextLine, fill, line_of, lines_of, rows_of
from gouji.read.lattice import lattices_of

if TYPE_CHECKING:
    from gouji.model.place import Box
    from gouji.read.lattice import Slot
    from gouji.read.mupdf import Word
    from gouji.read.sheet import Sheet

_APART = 2.5
_ONLY_DIGITS = re.compile(r"[\d.\s\-—]+$")


class ProseLine(NamedTuple):
    """A printed line outside tables: its span in the page's text, its box as read."""

    start: int
    end: int
    box: Box
    beside: bool
    """True when another line stands to its left at the same height."""


class CellText(NamedTuple):
    """A cell: its slot in the fragment, its span in the page's text, its box as displayed."""

    slot: Slot
    start: int
    end: int
    box: Box


class TablePart(NamedTuple):
    """A fragment laid out: its edges as read, and its cells."""

    xs: list[float]
    ys: list[float]
    cells: list[CellText]
    ruled: bool


class Layout(NamedTuple):
    """A page with the parts it is made of, in reading order."""

    page: Page
    size: tuple[float, float]
    parts: list[ProseLine | TablePart]


def lay_out(sheet: Sheet) -> Layout:
    """Return a sheet's text in reading order."""
    lattices, loose = lattices_of(sheet.rules)
    fragments, words = fill(sheet, lattices)
    if len(loose) > 1:
        boxes = [fragment.box for fragment in fragments]
        more, words = aligned(words, loose, sheet.size[0], boxes)
        fragments += more
    things: list[tuple[float, list[TextLine] | Fragment]] = [
        (fragment.ys[0], fragment) for fragment in fragments
    ]
    for row in rows_of(words):
        lines = _parted(row)
        things.append((lines[0].box[1], lines))
    things.sort(key=_top)
    text: list[str] = []
    lines_printed: list[Line] = []
    parts: list[ProseLine | TablePart] = []
    at = 0
    for _, thing in things:
        if isinstance(thing, Fragment):
            part = _table(sheet, thing, text, lines_printed, at)
            parts.append(part)
            at = part.cells[-1].end + 1
            continue
        for number, line in enumerate(thing):
            end = at + len(line.text)
            text += (line.text, "\n")
            lines_printed.append(Line(at, end, sheet.shown(line.box)))
            parts.append(ProseLine(at, end, line.box, beside=number > 0))
            at = end + 1
    page = Page(sheet.number, "".join(text), sheet.width, sheet.height, tuple(lines_printed))
    return Layout(page, sheet.size, parts)


def _top(thing: tuple[float, object]) -> float:
    return thing[0]


def _parted(row: list[Word]) -> list[TextLine]:
    """Part words of one height at wide gaps, unless only a number follows."""
    runs = [[row[0]]]
    for word in row[1:]:
        gap = word[0] - runs[-1][-1][2]
        if gap > _APART * (word[3] - word[1]) and not _ONLY_DIGITS.match(word[4]):
            runs.append([])
        runs[-1].append(word)
    return [line_of(run) for run in runs]


def _table(
    sheet: Sheet, fragment: Fragment, text: list[str], printed: list[Line], at: int
) -> TablePart:
    """Write a fragment's cells row by row."""
    xs, ys, slots, content, ruled = fragment
    shown = sheet.shown if sheet.is_turned else None
    cells: list[CellText] = []
    last_row = -1
    for slot, words in zip(slots, content, strict=True):
        row, col, rowspan, colspan = slot
        if last_row >= 0:
            text.append("\t" if row == last_row else "\n")
            at += 1
        last_row = row
        start = at
        box = (xs[col], ys[row], xs[col + colspan], ys[row + rowspan])
        if len(words) == 1:  # the common case, without a detour
            word = words[0]
            text.append(word[4])
            at += len(word[4])
            printed.append(Line(start, at, shown(word[:4]) if shown else word[:4]))
        elif words:
            at = _lines(sheet, words, text, printed, at)
        cells.append(CellText(slot, start, at, shown(box) if shown else box))
    text.append("\n")
    return TablePart(xs, ys, cells, ruled)


def _lines(sheet: Sheet, words: list[Word], text: list[str], printed: list[Line], at: int) -> int:
    """Write the lines of a cell; return where they end."""
    for line in lines_of(words):
        text += (line.text, "\n")
        printed.append(Line(at, at + len(line.text), sheet.shown(line.box)))
        at += len(line.text) + 1
    text.pop()
    return at - 1
