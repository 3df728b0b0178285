"""The text page by page, every number coloured by what became of it (数字去向).

What the reader took for a paragraph or a table is shown as one, from the characters of the page's
own text, so that nothing printed is lost: headers, footers and page numbers stand where they are.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Literal

from gouji.model.document import Document, Grid, Page, Paragraph
from gouji.model.examined import Examined, Fate
from gouji.report.marks import pointed_at

MOST_TEXT = 400_000
"""Characters shown; what is beyond is counted and said to be left out."""

PageKey = int | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of one colour (片段)."""

    text: str
    fate: Fate | None = None
    findings: tuple[str, ...] = ()
    anchor: str = ""
    """Set on the first piece of a place that findings point at."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as shown (单元格): its pieces and how far it spans on this page."""

    pieces: tuple[Piece, ...]
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or text of the page that is none (段落 · 页眉页脚)."""

    kind: Literal["paragraph", "aside"]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as far as it stands on one page (表格)."""

    kind: Literal["table"]
    rows: tuple[tuple[Shown, ...], ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the coverage view (一页): None is the page of pasted text."""

    number: int | None
    blocks: tuple[Passage | Sheet, ...]
    counts: dict[Fate, int]
    findings: tuple[str, ...]
    """Findings that point at something on this page."""
    left_out: int = 0
    """Characters not shown."""


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    fate: Fate | None = None
    finding: str = ""


def anchor_of(page: int | None, start: int) -> str:
    """Return the name of a place of the text that findings point at (锚点)."""
    return f"p{page or 0}-{start}"


def leaves_of(examined: Examined) -> tuple[Leaf, ...]:
    """Return the pages of a document with every number coloured (逐页着色)."""
    document = examined.disclosure.document
    spans = _spans(examined)
    room = MOST_TEXT
    leaves = []
    for index, page in enumerate(document.pages):
        leaves.append(_leaf(document, index, spans[page.number], room))
        room = max(0, room - len(page.text))
    return tuple(leaves)


def coloured(text: str, start: int, spans: Iterable[tuple[int, int, str]]) -> tuple[Piece, ...]:
    """Return a quote that begins at `start`, with the spans of findings in it marked (引文)."""
    marked = [_Span(begin, end, finding=finding) for begin, end, finding in spans]
    return tuple(_Colours(marked, text, start).within(start, start + len(text)))


def _spans(examined: Examined) -> dict[PageKey, list[_Span]]:
    spans: dict[PageKey, list[_Span]] = defaultdict(list)
    for printed in examined.fates:
        place = printed.place
        spans[place.page].append(_Span(place.start, place.end, printed.fate))
    for finding in examined.report.findings:
        for evidence in pointed_at(finding):
            span = _Span(evidence.start, evidence.end, finding=finding.id)
            spans[evidence.page].append(span)
    return spans


def _leaf(document: Document, index: int, spans: Sequence[_Span], room: int) -> Leaf:
    page = document.pages[index]
    end = min(len(page.text), room)
    counts: dict[Fate, int] = {"checked": 0, "read": 0, "not_a_quantity": 0, "unread": 0}
    for span in spans:
        if span.fate is not None:
            counts[span.fate] += 1
    findings = tuple(dict.fromkeys(s.finding for s in spans if s.finding))
    colours = _Colours(
        [s for s in spans if s.start < end], page.text, anchor=partial(anchor_of, page.number)
    )
    blocks = tuple(_blocks(document, index, colours, end))
    return Leaf(page.number, blocks, counts, findings, len(page.text) - end)


class _Colours:
    """Cuts a page's text where its colour changes (着色)."""

    def __init__(
        self,
        spans: Sequence[_Span],
        text: str,
        offset: int = 0,
        anchor: Callable[[int], str] | None = None,
    ) -> None:
        self._text, self._offset, self._anchor = text, offset, anchor
        self._edges = sorted({edge for s in spans for edge in (s.start, s.end)})
        self._fates: dict[int, Fate] = {}
        self._findings: dict[int, list[str]] = defaultdict(list)
        self._begins = {s.start for s in spans if s.finding}
        at = {edge: i for i, edge in enumerate(self._edges)}
        for span in spans:
            for edge in self._edges[at[span.start] : at[span.end]]:
                if span.fate is not None:
                    self._fates[edge] = span.fate
                elif span.finding not in self._findings[edge]:
                    self._findings[edge].append(span.finding)

    def within(self, start: int, end: int) -> Iterator[Piece]:
        """Yield the pieces of a stretch without its line breaks; what findings point at is anchored."""
        return _joined(self._cut(start, end))

    def _cut(self, start: int, end: int) -> Iterator[Piece]:
        first, last = bisect_right(self._edges, start), bisect_left(self._edges, end)
        for begin, stop in pairwise([start, *self._edges[first:last], end]):
            text = unbroken(self._text[begin - self._offset : stop - self._offset])
            if not text:
                continue
            index = bisect_right(self._edges, begin) - 1
            own = self._edges[index] if index >= 0 else -1
            anchor = self._anchor(begin) if self._anchor and begin in self._begins else ""
            yield Piece(text, self._fates.get(own), tuple(self._findings.get(own, ())), anchor)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces with a number and its unit as one where the same findings point at both."""
    held: Piece | None = None
    for piece in pieces:
        if held and held.findings and held.findings == piece.findings and not piece.fate:
            held = replace(held, text=held.text + piece.text)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


_BREAK = re.compile(r"(?<=([!-~]))?[ \t]*\r?\n[ \t]*(?=([!-~]))?")


def unbroken(text: str) -> str:
    """Return text without its line breaks: a space where Latin letters or digits meet (去软换行)."""
    return _BREAK.sub(lambda at: " " if at[1] and at[2] else "", text)


# --- blocks ----------------------------------------------------------------------------------


def _blocks(
    document: Document, index: int, colours: _Colours, end: int
) -> Iterator[Passage | Sheet]:
    """Yield the blocks of a page in the order of its text."""
    page = document.pages[index]
    at = 0
    for start, stop, block in sorted(_placed(document, index), key=lambda placed: placed[:2]):
        if start < at or start >= end:
            continue
        yield from _asides(page, at, start, colours)
        if isinstance(block, Grid):
            yield Sheet("table", tuple(_rows(block, page, colours)))
        else:
            pieces = tuple(colours.within(start, min(stop, end)))
            yield Passage("paragraph", pieces)
        at = stop
    yield from _asides(page, at, end, colours)


def _placed(document: Document, index: int) -> Iterator[tuple[int, int, Paragraph | Grid]]:
    """Yield what stands on a page with its span in the page's text."""
    number = document.pages[index].number
    for block in document.blocks:
        if isinstance(block, Grid):
            spans = [(c.place.start, c.place.end) for c in block.cells if c.place.page == number]
        else:
            runs = [r for r in block.runs if r.page == index and r.offsets]
            spans = [(r.offsets[0], r.offsets[-1] + 1) for r in runs]
        if spans:
            yield min(s[0] for s in spans), max(s[1] for s in spans), block


def _asides(page: Page, start: int, end: int, colours: _Colours) -> Iterator[Passage]:
    """Yield the lines of a page that belong to no paragraph and no table."""
    at = start
    for line in page.text[start:end].splitlines(keepends=True):
        if line.strip():
            yield Passage("aside", tuple(colours.within(at, at + len(line))))
        at += len(line)


def _rows(grid: Grid, page: Page, colours: _Colours) -> Iterator[tuple[Shown, ...]]:
    """Yield the rows of a grid that begin on a page; what hangs over from another page is blank."""
    numbers = sorted({c.row for c in grid.cells if c.place.page == page.number})
    for place, row in enumerate(numbers):
        left = len(numbers) - place
        shown: list[Shown] = []
        for col in range(grid.n_cols):
            cell = grid.at(row, col)
            if cell is None or cell.place.page != page.number:
                shown.append(Shown(()))
            elif (cell.row, cell.col) == (row, col):
                pieces = tuple(colours.within(cell.place.start, cell.place.end))
                shown.append(Shown(pieces, min(cell.rowspan, left), cell.colspan))
        yield tuple(shown)
