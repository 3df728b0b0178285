"""A document some characters of which are printed otherwise (改印): a PDF with defects nobody typeset.

The pages' texts are counted as one text, page after page, so that a defect is a replacement in it as in
pasted text. Lines, paragraphs, cells and their places follow; what is laid out where does not change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from gouji.errors import InputError
from gouji.evaluate.edits import Span, edited, shifted
from gouji.evaluate.labels import Edit
from gouji.messages import N_
from gouji.model.document import Block, Cell, Document, Grid, Line, Page, Paragraph, Run
from gouji.model.place import CellRef, Place
from gouji.read.normalize import fold, squeeze, squeeze_cell

BREAK = "\f"
"""Stands between two pages: nothing is on both."""

_Char = tuple[str, int, int]
"""A character, the index of its page, its offset there."""
_PageEdits = dict[int, list[Edit]]
"""Index of a page → its edits, counted in the page's text."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The text of all pages, one after the other (全文)."""

    text: str
    starts: tuple[int, ...]
    """Where each page begins."""
    numbers: tuple[int | None, ...]

    def at(self, place: Place) -> Span:
        """Return where a place stands in the whole text."""
        return self.span(place.page, place.start, place.end)

    def span(self, page: int | None, start: int, end: int) -> Span:
        """Return where characters of a page stand in the whole text."""
        begin = self.starts[self.numbers.index(page) if page in self.numbers else 0]
        return (begin + start, begin + end)


def joined(document: Document) -> Joined:
    """Return the text of a document, page after page."""
    starts, at = [], 0
    for page in document.pages:
        starts.append(at)
        at += len(page.text) + len(BREAK)
    text = BREAK.join(page.text for page in document.pages)
    return Joined(text, tuple(starts), tuple(page.number for page in document.pages))


def reprinted(document: Document, edits: Sequence[Edit]) -> Document:
    """Return a document with replacements made; `InputError` where one cuts through a cell or page."""
    pages = _by_page(document, edits)
    printed = tuple(_page(p, pages[i]) if i in pages else p for i, p in enumerate(document.pages))
    index = {page.number: i for i, page in enumerate(document.pages)}
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            blocks.append(_grid(block, pages, printed, index))
        else:
            blocks.append(_paragraph(block, pages))
    for i, added in sorted(pages.items(), reverse=True):
        for edit in reversed(added):
            if edit.text.startswith("\n"):
                blocks.insert(_block_after(document, i, edit.start), _new(i, edit, added))
    numbered = (replace_index(block, n) for n, block in enumerate(blocks))
    return replace(document, pages=printed, blocks=tuple(numbered))


def replace_index(block: Block, index: int) -> Block:
    """Return a block at another position; a grid forgets what it looked up."""
    if isinstance(block, Paragraph):
        return replace(block, index=index)
    return replace(block, index=index, _at={})


def _by_page(document: Document, edits: Sequence[Edit]) -> _PageEdits:
    whole = joined(document)
    pages: defaultdict[int, list[Edit]] = defaultdict(list)
    for edit in sorted(edits, key=lambda e: e.start):
        i = max(n for n, start in enumerate(whole.starts) if start <= edit.start)
        begin = whole.starts[i]
        if edit.end - begin > len(document.pages[i].text):
            raise InputError(N_("改动跨页。"))
        pages[i].append(Edit(edit.start - begin, edit.end - begin, edit.text))
    return dict(pages)


def _page(page: Page, edits: Sequence[Edit]) -> Page:
    lines = (Line(*_grown((ln.start, ln.end), edits), ln.box) for ln in page.lines)
    return replace(page, text=edited(page.text, edits), lines=tuple(lines))


def _grown(span: Span, edits: Sequence[Edit]) -> Span:
    """Return where a span stands once the edits within it and before it are made."""
    within = [e for e in edits if span[0] <= e.start and e.end <= span[1]]
    start, end = shifted(span, [e for e in edits if e not in within])
    return (start, end + sum(len(e.text) - (e.end - e.start) for e in within))


# --- paragraphs ------------------------------------------------------------------------------


def _paragraph(paragraph: Paragraph, pages: _PageEdits) -> Paragraph:
    if not any(run.page in pages for run in paragraph.runs):
        return paragraph
    chars = list(_chars(paragraph))
    for page, edits in pages.items():
        for edit in reversed(edits):
            if not edit.text.startswith("\n"):
                chars = _retyped(chars, page, edit)
    return _of(chars, paragraph.index)


def _chars(paragraph: Paragraph) -> Iterator[_Char]:
    for run in paragraph.runs:
        for n, offset in enumerate(run.offsets):
            yield paragraph.text[run.at + n], run.page, offset


def _retyped(chars: list[_Char], page: int, edit: Edit) -> list[_Char]:
    """Return characters with one edit made, those after it moved."""
    move = len(edit.text) - (edit.end - edit.start)
    moved = [(c, p, o + move) if p == page and o >= edit.end else (c, p, o) for c, p, o in chars]
    inside = [n for n, (_, p, o) in enumerate(chars) if p == page and edit.start <= o < edit.end]
    if edit.start == edit.end:
        here = [n for n, (_, p, o) in enumerate(chars) if p == page and o == edit.start]
        before = [n for n, (_, p, o) in enumerate(chars) if p == page and o == edit.start - 1]
        if not here and not before:
            return moved
        at = here[0] if here else before[-1] + 1
    elif not inside:
        return moved
    else:
        at = inside[0]
    return [*moved[:at], *_typed(page, edit.start, edit.text), *moved[at + len(inside) :]]


def _typed(page: int, start: int, text: str) -> list[_Char]:
    reading = squeeze(fold(text))
    return [(c, page, start + o) for c, o in zip(reading.text, reading.origin, strict=True)]


def _of(chars: list[_Char], index: int) -> Paragraph:
    runs, at = [], 0
    for page, some in groupby(chars, key=lambda c: c[1]):
        offsets = tuple(o for _, _, o in some)
        runs.append(Run(at, page, offsets))
        at += len(offsets)
    return Paragraph("".join(c for c, _, _ in chars), tuple(runs), index)


def _new(page: int, edit: Edit, edits: Sequence[Edit]) -> Paragraph:
    """Return the paragraph an insertion on a line of its own prints."""
    start = edit.start + sum(len(e.text) - (e.end - e.start) for e in edits if e.end < edit.start)
    text = edit.text.lstrip("\n")
    return _of(_typed(page, start + len(edit.text) - len(text), text), 0)


def _block_after(document: Document, page: int, offset: int) -> int:
    """Return the index of the first block that begins after a place."""
    index = {p.number: i for i, p in enumerate(document.pages)}
    for n, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            first = [(index[c.place.page], c.place.start) for c in block.cells[:1]]
        else:
            first = [(run.page, run.offsets[0]) for run in block.runs[:1]]
        if first and first[0] >= (page, offset):
            return n
    return len(document.blocks)


# --- tables ----------------------------------------------------------------------------------


def _grid(
    grid: Grid, pages: _PageEdits, printed: tuple[Page, ...], index: dict[int | None, int]
) -> Grid:
    if not any(index[c.place.page] in pages for c in grid.cells):
        return grid
    gone = {row for row in range(grid.n_rows) if _is_struck(grid, row, pages, index)}
    cells = [
        _cell(_raised(cell, gone), pages.get(index[cell.place.page], ()), printed, index)
        for cell in grid.cells
        if cell.row not in gone
    ]
    return Grid(
        grid.id,
        grid.n_rows - len(gone),
        grid.n_cols,
        tuple(cells),
        grid.pages,
        grid.index,
        grid.ruled,
    )


def _is_struck(grid: Grid, row: int, pages: _PageEdits, index: dict[int | None, int]) -> bool:
    """Tell whether an edit strikes out a whole row."""
    cells = grid.row_cells(row)
    if not cells or any(c.rowspan > 1 for c in cells):
        return False
    return all(
        any(
            not e.text and e.start <= c.place.start and c.place.end < e.end
            for e in pages.get(index[c.place.page], ())
        )
        for c in cells
    )


def _raised(cell: Cell, gone: set[int]) -> Cell:
    """Return a cell without the rows struck out above it and within it."""
    above = sum(row < cell.row for row in gone)
    within = sum(cell.row < row < cell.row + cell.rowspan for row in gone)
    if not above and not within:
        return cell
    ref = cell.place.cell
    place = cell.place
    if ref is not None:
        place = replace(place, cell=CellRef(ref.grid, ref.row - above, ref.col))
    return replace(cell, row=cell.row - above, rowspan=cell.rowspan - within, place=place)


def _cell(
    cell: Cell, edits: Sequence[Edit], printed: tuple[Page, ...], index: dict[int | None, int]
) -> Cell:
    place = cell.place
    span = (place.start, place.end)
    within = [e for e in edits if span[0] <= e.start and e.end <= span[1] and e.text[:1] != "\n"]
    cut = any(e.start < span[1] and span[0] < e.end for e in edits if e not in within)
    if cut:
        raise InputError(N_("改动横跨单元格的边线。"))
    start, end = _grown(span, [e for e in edits if e in within or not _on(e, span)])
    text = printed[index[place.page]].text[start:end]
    reading = squeeze_cell(fold(text)) if within else cell.text
    return replace(cell, text=reading, place=replace(place, start=start, end=end, quote=text))


def _on(edit: Edit, span: Span) -> bool:
    """Tell whether a new paragraph is put right behind a cell."""
    return edit.text[:1] == "\n" and edit.start == edit.end == span[1]
