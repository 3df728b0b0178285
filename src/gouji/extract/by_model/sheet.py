"""The sheet a model is shown (题面): sentences with line ids, every number with an id of its own.

Marks use brackets the text itself cannot hold, so that nothing printed can pose as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from gouji.extract.by_model.grounding import UngroundedError, spans
from gouji.extract.claims.mentions import Mention, sort_numbers
from gouji.extract.numbers import at_house, find_numbers
from gouji.llm.answers import NumberSaid
from gouji.llm.prompts import fenced
from gouji.model.document import Document, Paragraph
from gouji.model.figure import Figure

_ENDS = re.compile(r"[。!?]")
_MARKS = str.maketrans("⟦⟧", "[]")
_LONGEST_CONTEXT = 120
_LONGEST_HEAD = 24
_TAIL = 16
"""Characters a sentence may run on after its last number; what a longer end says is of none."""
_HEAD = 40
"""Characters before a sentence's first number that say what it is of; a longer head is of none."""
_CLAUSE = re.compile(r"[,;:。!?]")
Key = tuple[int | None, int]
"""Identity of a printed number: page and start."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a paragraph (句子) with its quantities."""

    paragraph: Paragraph
    start: int
    stop: int
    mentions: tuple[Mention, ...]

    @property
    def text(self) -> str:
        """The sentence as normalised."""
        return self.paragraph.text[self.start : self.stop]

    @property
    def told_from(self) -> int:
        """Where what is said of its numbers begins: some clauses before the first, or the sentence."""
        if not self.mentions:
            return self.start
        stops = _CLAUSE.finditer(self.paragraph.text, self.start, self.mentions[0].start - _HEAD)
        return max((stop.end() for stop in stops), default=self.start)

    @property
    def told_until(self) -> int:
        """Where what is said of its numbers ends: the clause of the last one, or the sentence."""
        if not self.mentions:
            return self.stop
        end = _CLAUSE.search(self.paragraph.text, self.mentions[-1].stop + _TAIL, self.stop)
        return end.end() if end else self.stop


@dataclass(frozen=True, slots=True)
class Shown:
    """A number on the sheet (编号数字)."""

    mention: Mention
    sentence: Sentence
    figure: Figure


@dataclass(slots=True)
class Sheet:
    """Lines and numbers of one request, by id (题面)."""

    lines: dict[str, Sentence] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    """Lines the model is asked about; the others are context."""
    numbers: dict[str, Shown] = field(default_factory=dict)

    def text(self) -> str:
        """Return the fenced text."""
        return fenced("\n".join(self._line(id_, s) for id_, s in self.lines.items()))

    def _line(self, id_: str, sentence: Sentence) -> str:
        ids = {id(s.mention): n for n, s in self.numbers.items() if s.sentence is sentence}
        text, at, made = sentence.paragraph.text, sentence.told_from, ""
        for mention in sentence.mentions:
            made += text[at : mention.stop].translate(_MARKS) + f"⟦{ids[id(mention)]}⟧"
            at = mention.stop
        star = "*" if id_ in self.open else ""
        return f"{star}{id_}: {made}{text[at : sentence.told_until].translate(_MARKS)}"

    def number(self, said: NumberSaid) -> Shown:
        """Return the number an answer names, if its words are those printed there."""
        shown = self.numbers.get(said.id)
        if shown is None:
            raise UngroundedError("unknown_number")
        sentence, token = shown.sentence, shown.mention.token
        for start, stop in spans(sentence.text, said.text):
            first, last = sentence.start + start, sentence.start + stop
            if first <= token.start and token.end <= last:
                others = [
                    t
                    for t in find_numbers(sentence.paragraph.text)
                    if first < t.end and t.start < last and t.start != token.start
                ]
                if not others:
                    return shown
        raise UngroundedError("number_text_differs")


class Figures:
    """The figure of every quantity of the prose, read by our own parser (数字)."""

    def __init__(self, document: Document, known: dict[Key, Figure], house: int | None) -> None:
        self._document = document
        self._known = known
        self._house = house

    def of(self, paragraph: Paragraph, mention: Mention) -> Figure:
        """Return the rules' figure where they have read the number, else the parser's."""
        place = self._document.place(paragraph, mention.start, mention.stop)
        known = self._known.get((place.page, place.start))
        if known is not None:
            return known
        figure = mention.token.figure(place, mention.unit)
        return at_house(replace(figure, unit=mention.unit), self._house)


def sentences(document: Document, skip: frozenset[int]) -> Iterator[Sentence]:
    """Yield the sentences of the prose outside the blocks to skip."""
    for paragraph in document.paragraphs:
        if paragraph.index in skip:
            continue
        mentions = sort_numbers(paragraph.text).mentions
        for start, stop in _bounds(paragraph.text):
            within = tuple(m for m in mentions if start <= m.start < stop)
            yield Sentence(paragraph, start, stop, within)


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _ENDS.finditer(text):
        yield start, found.end()
        start = found.end()
    if start < len(text):
        yield start, len(text)


def sheet_of(
    asked: Iterable[tuple[Sentence, Sentence | None]], figures: Figures | None = None
) -> Sheet:
    """Return the sheet of sentences, each with the one before it as context where that is short."""
    sheet = Sheet()
    ids: dict[tuple[int, int], str] = {}
    for sentence, before in asked:
        if before is not None and len(before.text) <= _longest(before):
            _put(sheet, ids, before, figures)
        sheet.open.add(_put(sheet, ids, sentence, figures))
    return sheet


def _longest(before: Sentence) -> int:
    """A sentence without numbers is a head, or none of this one's business."""
    return _LONGEST_CONTEXT if before.mentions else _LONGEST_HEAD


def _put(
    sheet: Sheet, ids: dict[tuple[int, int], str], sentence: Sentence, figures: Figures | None
) -> str:
    key = (sentence.paragraph.index, sentence.start)
    if key in ids:
        return ids[key]
    ids[key] = id_ = f"L{len(ids) + 1}"
    sheet.lines[id_] = sentence if figures else replace(sentence, mentions=())
    for mention in sentence.mentions if figures else ():
        assert figures is not None  # noqa: S101  # for the type checker: the loop is empty without
        figure = figures.of(sentence.paragraph, mention)
        sheet.numbers[f"n{len(sheet.numbers) + 1}"] = Shown(mention, sentence, figure)
    return id_
