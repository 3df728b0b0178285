"""What a file or a pasted text holds, before anything is understood: output of read (文档).

A document is a sequence of blocks in reading order. A block is a paragraph (段落) or a grid (表格).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

from gouji.model.place import Box, CellRef, Place


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line (行): its span in the page's text and its box."""

    start: int
    end: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page (页): its number, size in points, full text, and lines. Pasted text is one page, number None."""

    number: int | None
    text: str
    width: float = 0.0
    height: float = 0.0
    lines: tuple[Line, ...] = ()

    def box_of(self, start: int, end: int) -> Box | None:
        """Return the smallest box around the lines that hold the span, or None without geometry."""
        if self.number is None:
            return None
        boxes = [ln.box for ln in self.lines if ln.box and ln.start < end and start < ln.end]
        if not boxes:
            return None
        left, top, right, bottom = zip(*boxes, strict=True)
        return (min(left), min(top), max(right), max(bottom))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of normalised text and where it comes from (对应关系).

    Characters `at … at+len(offsets)-1` of the paragraph's text come from `page` at `offsets`.
    """

    at: int
    page: int
    """Index into `Document.pages`, not a page number."""
    offsets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (段落) after normalisation: soft line breaks and odd spaces are gone.

    `text` holds half-width digits and punctuation (NFKC: （ becomes (, ， becomes ,) and no white space
    except between two ASCII words or two separate numbers.
    """

    text: str
    runs: tuple[Run, ...]
    index: int = 0
    """Position among the document's blocks."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell (单元格): position, spans, text as printed, and its place."""

    row: int
    col: int
    text: str
    """Normalised like a paragraph; white space inside numbers is kept for `numbers` to judge."""
    place: Place
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed (表格): one grid even where it runs over several pages.

    Every visible cell appears once; a cell that spans is stored at its top left.
    """

    id: str
    n_rows: int
    n_cols: int
    cells: tuple[Cell, ...]
    pages: tuple[int, ...] = ()
    """Page numbers (1-based) the grid stands on; empty for pasted text."""
    index: int = 0
    """Position among the document's blocks."""
    ruled: bool = True
    """False when columns come from tabs or alignment, not from rules: shape is less sure."""
    flat: bool = False
    """One printed line a row and a cell for each word of it: where empty cells were is not known."""
    _at: dict[tuple[int, int], Cell] = field(default_factory=dict, compare=False, repr=False)

    def at(self, row: int, col: int) -> Cell | None:
        """Return the cell that covers a position, spans included, or None."""
        if not self._at:
            for cell in self.cells:
                for r in range(cell.row, cell.row + cell.rowspan):
                    for c in range(cell.col, cell.col + cell.colspan):
                        self._at.setdefault((r, c), cell)
        return self._at.get((row, col))

    def row_cells(self, row: int) -> tuple[Cell, ...]:
        """Return the cells whose top is in `row`, left to right."""
        return tuple(c for c in self.cells if c.row == row)


Block = Paragraph | Grid
Source = Literal["pdf", "text"]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read (文档): pages for places, blocks in reading order for meaning."""

    name: str
    sha256: str
    source: Source
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    pictures: tuple[int, ...] = ()
    """Numbers of pages that are a picture without text (扫描页): what they print is not known."""
    notes: tuple[str, ...] = ()
    """What could not be read, in plain sentences (e.g. pages without a text layer)."""

    @property
    def grids(self) -> tuple[Grid, ...]:
        """All grids in reading order."""
        return tuple(b for b in self.blocks if isinstance(b, Grid))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs in reading order."""
        return tuple(b for b in self.blocks if isinstance(b, Paragraph))

    def place(self, paragraph: Paragraph, start: int, end: int) -> Place:
        """Return where characters `start … end` of a paragraph are printed.

        A span over a page break is placed on the page of its first character; the quote is whole.
        """
        runs = paragraph.runs
        first = bisect_right([r.at for r in runs], start) - 1
        last = bisect_right([r.at for r in runs], max(start, end - 1)) - 1
        run = runs[first]
        page = self.pages[run.page]
        begin = run.offsets[start - run.at]
        if first == last:
            stop = run.offsets[max(start, end - 1) - run.at] + 1
            quote = page.text[begin:stop]
        else:
            stop = run.offsets[-1] + 1
            tail = runs[last]
            tail_page = self.pages[tail.page].text
            quote = page.text[begin:stop]
            for middle in runs[first + 1 : last]:
                text = self.pages[middle.page].text
                quote += text[middle.offsets[0] : middle.offsets[-1] + 1]
            quote += tail_page[tail.offsets[0] : tail.offsets[max(start, end - 1) - tail.at] + 1]
        return Place(quote, begin, stop, page.number, page.box_of(begin, stop))


def cell_place(grid_id: str, row: int, col: int, place: Place) -> Place:
    """Return a place that also names its cell."""
    return Place(
        place.quote, place.start, place.end, place.page, place.box, CellRef(grid_id, row, col)
    )
