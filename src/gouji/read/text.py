"""Reads pasted text: paragraphs with their soft line breaks mended, tables from tabs or pipes (文本).

Offsets are indices into the text exactly as given, line ends included.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from gouji.errors import InputError
from gouji.messages import N_
from gouji.model.document import Block, Document, Line, Page, Paragraph
from gouji.read.breaks import continues, continues_overleaf, is_page_number
from gouji.read.compose import Piece, compose
from gouji.read.flat import flat_grid, flat_zones
from gouji.read.markup import marks
from gouji.read.normalize import cut, fold, squeeze
from gouji.read.padded import broken_rows
from gouji.read.stacked import is_stacked, stacked
from gouji.read.streamed import Stream, streams
from gouji.read.tabbed import (
    Row,
    asides,
    closes_quoted_cell,
    grid_of,
    is_row,
    opens_quoted_cell,
    tables,
)
from gouji.read.wrapped import Wrap, wrap_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE_END = re.compile(r"\r\n|[\n\r\f\v\x85\u2028\u2029]")
_REMEMBERED = 500
_QUOTED_LINES = 12


@dataclass(frozen=True, slots=True)
class _Printed:
    """One line of the input: where it stands, whether a blank line comes before it."""

    start: int
    end: int
    after_blank: bool
    kind: Literal["prose", "row", "cell", "flat", "number", "stream"]
    after_number: bool = False
    """A page number stands between this line and the one before."""


def read_text(text: str, name: str) -> Document:
    """Return pasted text as a document of one page without a number (粘贴文本)."""
    if not text.strip():
        raise InputError(N_("{name}：没有文字；请粘贴报告全文后再试。"), name=name)
    folded = fold(text)
    flowing = streams(folded)
    lines = _lines(folded, flowing)
    page = Page(None, text, lines=tuple([Line(line.start, line.end) for line in lines]))
    blocks = [
        replace(block, index=i) for i, block in enumerate(_blocks(text, folded, lines, flowing))
    ]
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(name, digest, "text", (page,), tuple(blocks))


def _lines(folded: str, flowing: list[Stream]) -> list[_Printed]:
    """Return the lines that hold something, trimmed; a form that ran together as one."""
    printed: list[_Printed] = []
    at = 0
    for stream in flowing:
        printed += _own_lines(folded, at, stream.start)
        printed.append(_Printed(stream.start, stream.end, after_blank=True, kind="stream"))
        at = stream.end
    return printed + _own_lines(folded, at, len(folded))


def _own_lines(folded: str, begin: int, stop: int) -> list[_Printed]:
    spans = _spans(folded, begin, stop)
    broken = broken_rows([folded[start:end] for start, end, _ in spans])
    printed: list[_Printed] = []
    i = 0
    while i < len(spans):
        start, end, at = spans[i]
        if i in broken:
            after_blank = i == 0 or spans[i - 1][2] < at - 1
            printed.append(_Printed(start, spans[broken[i]][1], after_blank, "row"))
            i = broken[i] + 1
            continue
        before = i == 0 or spans[i - 1][2] < at - 1
        after = i + 1 == len(spans) or spans[i + 1][2] > at + 1
        line = folded[start:end]
        i += 1
        if is_stacked(line, folded[slice(*spans[i][:2])] if i < len(spans) else ""):
            printed.append(_Printed(start, end, before, "cell"))
            continue
        if not is_row(line):
            # The first line of a page copied alone is its number; nothing stands above it.
            alone = i == 1 or (before and after)
            number_line = is_page_number(line.strip(), alone=alone)
            printed.append(_Printed(start, end, before, "number" if number_line else "prose"))
            continue
        while opens_quoted_cell(line) and i < len(spans):
            more = [span[1] for span in spans[i : i + _QUOTED_LINES]]
            end = next((stop for stop in more if closes_quoted_cell(folded[end:stop])), 0)
            if not end:
                end = start + len(line)
                break
            i += more.index(end) + 1
            line = folded[start:end]
        said = [_Printed(start + a, start + b, before, "prose") for a, b in asides(line)]
        printed += said or [_Printed(start, end, before, "row")]
    return printed


def _spans(folded: str, begin: int, stop: int) -> list[tuple[int, int, int]]:
    """Return start, end and number of each line that is not blank, of a stretch of the text."""
    spans: list[tuple[int, int, int]] = []
    number = 0
    for line_end in _LINE_END.finditer(folded[:stop] + "\n", begin):
        if folded[begin : line_end.start()].strip():
            spans.append((begin, line_end.start(), number))
        begin, number = line_end.end(), number + 1
    return spans


def _blocks(text: str, folded: str, lines: list[_Printed], flowing: list[Stream]) -> list[Block]:
    """Return the blocks: each run of table rows becomes grids, each run of prose paragraphs."""
    blocks: list[Block] = []
    n_grids = 0
    printed = _with_flat_tables(_without_numbers(lines), folded)
    wrap = wrap_of([_reading(folded, line) for line in printed if line.kind == "prose"])
    cells = {stream.start: stream.cells for stream in flowing}
    for kind, run in groupby(printed, key=lambda line: line.kind):
        if kind == "stream":
            for line in run:
                n_grids += 1
                grid = grid_of(f"g{n_grids}", [cells[line.start]], text, folded)
                blocks += [grid] if grid is not None else []
            continue
        if kind == "row":
            rows = [Row(line.start, line.end, line.after_blank) for line in run]
            grids = tables(rows, text, folded, first=n_grids + 1)
            n_grids += len(grids)
            blocks.extend(grids)
            continue
        together = list(run)
        if kind == "flat":
            lines_of = [[(0, line.start, line.end)] for line in together]
            grid = flat_grid(f"g{n_grids + 1}", lines_of, (Page(None, text),), (folded,))
            if grid is not None:
                n_grids += 1
                blocks.append(grid)
            continue
        if kind == "cell":
            first, last = together[0].start, together[-1].end
            grid = stacked(first, last, text, folded, n_grids + 1)
            if grid is not None:
                n_grids += 1
                blocks.append(grid)
                continue
        blocks.extend(_paragraphs(folded, together, wrap))
    return blocks


def _without_numbers(lines: list[_Printed]) -> list[_Printed]:
    """Drop page numbers; the line after one knows of it."""
    kept: list[_Printed] = []
    number = False
    for line in lines:
        if line.kind != "number":
            kept.append(replace(line, after_number=True) if number else line)
        number = line.kind == "number"
    return kept


def _with_flat_tables(lines: list[_Printed], folded: str) -> list[_Printed]:
    """Mark the lines that print a table without anything between its cells."""
    marked = list(lines)
    for kind, run in groupby(range(len(lines)), key=lambda at: lines[at].kind):
        if kind == "prose":
            numbers = list(run)
            said = [folded[lines[at].start : lines[at].end] for at in numbers]
            for zone in flat_zones(said):
                for at in zone:
                    marked[numbers[at]] = replace(lines[numbers[at]], kind="flat")
    return marked


def _paragraphs(folded: str, lines: Iterable[_Printed], wrap: Wrap | None) -> list[Paragraph]:
    """Join the lines of prose that one paragraph was broken into (软换行)."""
    paragraphs: list[list[Piece]] = []
    said = last = ""  # the open paragraph as it reads so far, and its last line
    margin = 0
    for line in lines:
        reading, indent = _reading(folded, line), _indent(folded, line)
        beside = not line.after_blank and indent <= margin
        full = beside and wrap is not None and wrap.goes_on(last, reading)
        over = line.after_number and continues_overleaf(said, reading)
        if paragraphs and (full or over or continues(said, reading)):
            paragraphs[-1].append((0, line.start, line.end))
            said = (said + reading)[-_REMEMBERED:]
        else:
            paragraphs.append([(0, line.start, line.end)])
            said = reading
        last, margin = reading, indent
    composed = (compose(paragraph, (folded,), marked=True) for paragraph in paragraphs)
    return [paragraph for paragraph in composed if paragraph.text]


def _indent(folded: str, line: _Printed) -> int:
    printed = folded[line.start : line.end]
    return len(printed) - len(printed.lstrip())


def _reading(folded: str, line: _Printed) -> str:
    printed = folded[line.start : line.end]
    return squeeze(cut(printed, marks(printed)).text).text
