"""Passages that do not go together in meaning (语义): asked of the few lines where it may happen.

Lines are chosen by words alone (均、全部、未、原因 …) and by the publisher's name, widely: choosing costs
tokens, missing costs recall. An answer stands only if both quotes are printed and differ in place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from gouji.extract.by_model.grounding import Account, UngroundedError, length, spans
from gouji.extract.by_model.openness import SILENT
from gouji.extract.by_model.sheet import Sentence, sentences
from gouji.llm.answers import PairSaid, PlaceSaid
from gouji.llm.prompts import fenced
from gouji.model.disclosure import Disclosure
from gouji.model.document import Cell, Document
from gouji.model.place import Place
from gouji.model.reading import Engine, Suggestion

_ABSOLUTE = re.compile(
    r"均[^等衡线值]|全部|全面完成|所有|一律|圆满|超额|如期|按期|不存在|无偏差|未发现|达到预期|较好|良好|相符|一致|实现了"
)
_EXCEPTION = re.compile(
    r"未完成|未达|尚未|未能|偏低|偏差|不足|滞后|受阻|取消|停办|个别|除[^了以]|出入|不符|未按|为.?差|较差|不合格"
)
_REASON = re.compile(r"原因(?:是|为|在于)|主要是由于|由于")
_DIRECTION = re.compile(r"增加|减少|增长|下降|压减|上升|降低")
_OTHER_ENTITY = re.compile(r"(?:本|我)(?:局|委|办|院|校|镇|乡|街道|中心|所|站|厅)")
_SHORTEST = 4
_WORTH = {"exception": 4, "absolute": 3, "reason": 2, "entity": 1}
_NO_DIGITS = re.compile(r"[\d〇一二三四五六七八九十百千万亿]+")
_MOST_WHY = 80


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or a cell of words (片段), and how a span of it is placed."""

    text: str
    at: tuple[int, int]
    """Block and start: the printed order."""
    place: Callable[[int, int], Place]


def chosen(disclosure: Disclosure, engine: Engine, budget: int) -> list[Piece]:
    """Return the pieces to compare, in printed order, at most `budget` characters of them."""
    every = [p for p in _pieces(disclosure) if len(p.text) >= _SHORTEST]
    if engine == "llm":
        return every
    worth = [(w, p) for p in every if (w := _worth(p.text))]
    kept: list[Piece] = []
    seen: set[str] = set()
    for _, piece in sorted(worth, key=lambda p: -p[0]):  # stable: printed order within a worth
        if len(piece.text) <= budget and piece.text not in seen:
            seen.add(piece.text)
            kept.append(piece)
            budget -= len(piece.text)
    return sorted(kept, key=lambda p: p.at)


def _pieces(disclosure: Disclosure) -> Iterator[Piece]:
    """Yield every sentence, and every cell of words of the performance tables."""
    document, outline = disclosure.document, disclosure.outline
    skip = frozenset(
        p.index for p in document.paragraphs if outline.section_kind_of(p.index) in SILENT
    )
    for sentence in sentences(document, skip):
        yield Piece(
            sentence.text,
            (sentence.paragraph.index, sentence.start),
            _in_sentence(document, sentence),
        )
    evaluated = {table.grid for table in disclosure.indicators}
    for grid in document.grids:
        if grid.id in evaluated:
            for n, cell in enumerate(grid.cells):
                yield Piece(cell.text, (grid.index, n), _in_cell(cell))


def _in_sentence(document: Document, sentence: Sentence) -> Callable[[int, int], Place]:
    def place(start: int, stop: int) -> Place:
        begin = sentence.start
        return document.place(sentence.paragraph, begin + start, begin + stop)

    return place


def _in_cell(cell: Cell) -> Callable[[int, int], Place]:
    return lambda _start, _stop: cell.place


def text_of(pieces: Sequence[Piece]) -> str:
    """Return the fenced pieces with their line ids."""
    lines = (f"L{n}: {' '.join(p.text.split())}" for n, p in enumerate(pieces, 1))
    return fenced("\n".join(lines))


def _worth(text: str) -> int:
    if _EXCEPTION.search(text):
        return _WORTH["exception"]
    if _ABSOLUTE.search(text):
        return _WORTH["absolute"]
    if _REASON.search(text) and _DIRECTION.search(text):
        return _WORTH["reason"]
    return _WORTH["entity"] if _OTHER_ENTITY.search(text) else 0


def suggestions(
    pieces: Sequence[Piece], pairs: Iterable[PairSaid], account: Account
) -> Iterator[Suggestion]:
    """Yield the pairs whose quotes both stand in the document, each pair once."""
    seen: set[tuple[tuple[int, int], tuple[int, int]]] = set()
    for pair in pairs:
        try:
            first, second = (_place(pieces, p) for p in (pair.first, pair.second))
            _require_apart(first, second)
        except UngroundedError as error:
            account.dropped[error.reason] += 1
            continue
        key = ((first.page or 0, first.start), (second.page or 0, second.start))
        if key in seen or key[::-1] in seen:
            continue
        seen.add(key)
        account.accepted["semantic"] += 1
        yield Suggestion(pair.kind, first, second, fit_to_print(pair.why))


def _place(pieces: Sequence[Piece], said: PlaceSaid) -> Place:
    number = int(said.line[1:])
    if not 1 <= number <= len(pieces):
        raise UngroundedError("unknown_line")
    if length(said.quote) < _SHORTEST:
        raise UngroundedError("quote_too_short")
    piece = pieces[number - 1]
    for start, stop in spans(piece.text, said.quote):
        return piece.place(start, stop)
    raise UngroundedError("quote_not_found")


def _require_apart(first: Place, second: Place) -> None:
    if first.page == second.page and first.start < second.end and second.start < first.end:
        raise UngroundedError("same_passage")


def fit_to_print(why: str) -> str:
    """Return a model's sentence without any number, or nothing: no figure comes from a model."""
    line = " ".join(why.split())
    if _NO_DIGITS.search(line.replace("一致", "").replace("统一", "")) or len(line) > _MOST_WHY:
        return ""
    return line if line.isprintable() else ""
