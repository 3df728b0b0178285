"""A stretch of a document that may be shown to a model (片段), and how a span of it is placed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from gouji.extract.by_model.attached import STOP, bounds
from gouji.extract.by_model.cues import RANKS, Cue
from gouji.extract.by_model.grounding import spans
from gouji.extract.by_model.openness import SILENT
from gouji.llm.port import tokens_of
from gouji.model.disclosure import Disclosure
from gouji.model.document import Cell, Paragraph
from gouji.model.place import Place

SHORTEST = 4
"""Characters that say something."""
_ID = 4
"""Tokens of a line's id."""
_DUTY = re.compile(
    r"^\s*(?:第[一二三四五六七八九十]+条|[(（]?[\d一二三四五六七八九十]+[)）、.]?)?\s*"
    r"(?:负责|组织|贯彻|拟[订定]|承担|完成.{2,12}交办|推进|指导|监督|参与|制定|统筹|执行|协调|开展|管理|规范|配合|研究|承办)"
)
"""What a unit is there for: nobody says there what was done."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of prose or a cell of words (片段), and how a span of it is placed."""

    text: str
    at: tuple[int, int]
    """Block and start: the printed order."""
    place: Callable[[int, int], Place]
    cues: frozenset[Cue] = frozenset()
    """Why it is shown."""
    label: str = ""
    """What it is told of, where that stands elsewhere: a row's name, the head of a list."""

    @property
    def size(self) -> int:
        """Tokens it takes on the sheet, estimated."""
        return _ID + tokens_of(self.text) + tokens_of(self.label)

    @property
    def rank(self) -> int:
        """How soon it is shown, 0 first."""
        return min((RANKS[cue] for cue in self.cues), default=len(RANKS))


class Prose:
    """The running text of a document, lists of contents and glossary aside (正文)."""

    def __init__(self, disclosure: Disclosure) -> None:
        self._document, outline = disclosure.document, disclosure.outline
        self.paragraphs = [
            p
            for p in disclosure.document.paragraphs
            if outline.section_kind_of(p.index) not in SILENT and len(p.text) >= SHORTEST
        ]
        self.by_index = {p.index: p for p in self.paragraphs}
        self.telling = [
            p
            for p in self.paragraphs
            if outline.section_kind_of(p.index) != "overview" or not _DUTY.match(p.text)
        ]
        """Those that report, duties of the unit aside."""

    def piece(self, paragraph: Paragraph, start: int, stop: int, *cues: Cue) -> Piece:
        """Return a stretch of a paragraph."""
        text = paragraph.text[start:stop]
        begin = start + len(text) - len(text.lstrip())
        return Piece(
            text.strip(),
            (paragraph.index, begin),
            lambda a, b: self._document.place(paragraph, begin + a, begin + b),
            frozenset(cues),
        )

    def clause_at(self, paragraph: Paragraph, at: int, cue: Cue) -> Piece:
        """Return the clause of a paragraph around a character."""
        start, stop = next((a, b) for a, b in bounds(paragraph.text, STOP) if a <= at < b)
        return self.piece(paragraph, start, stop, cue)

    def clauses(self) -> Iterator[tuple[Paragraph, int, int]]:
        """Yield the clauses of what reports."""
        for paragraph in self.telling:
            for start, stop in bounds(paragraph.text, STOP):
                yield paragraph, start, stop


def in_cell(cell: Cell, begin: int = 0) -> Callable[[int, int], Place]:
    """Return how a span is placed of a cell's text from some character on: exactly where that is printed in one piece."""

    def place(first: int, last: int) -> Place:
        whole, start, stop = cell.place, begin + first, begin + last
        if whole.end - whole.start != len(whole.quote) or stop - start >= len(cell.text):
            return whole
        for one, end in spans(whole.quote, cell.text[start:stop]):
            at = whole.start + one
            return replace(whole, quote=whole.quote[one:end], start=at, end=whole.start + end)
        return whole

    return place
