"""Passages that do not go together in meaning (语义): asked of the few passages where it may happen.

An answer stands only if both quotes are printed, character for character, and differ in place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from gouji.extract.by_model.cues import Cue, letters
from gouji.extract.by_model.grounding import Account, UngroundedError, length, spans
from gouji.extract.by_model.pieces import Piece
from gouji.llm.answers import PairSaid, PlaceSaid
from gouji.llm.prompts import fenced
from gouji.model.place import Place
from gouji.model.reading import Suggestion, SuggestionKind

_SHORTEST = 4
_NO_DIGITS = re.compile(r"[\d〇一二三四五六七八九十百千万亿]+")
_MOST_WHY = 80
_ALL: frozenset[Cue] = frozenset(("conclusion", "absolute"))
_SIGNS: dict[SuggestionKind, tuple[frozenset[Cue], ...]] = {
    "overreach": (_ALL, frozenset(("exception",))),
    "reason": (frozenset(("reason", "crossed")),),
    "foreign_text": (frozenset(("foreign", "pasted", "instruction", "level", "own")),),
    "wrong_entity": (frozenset(("own", "foreign")),),
}
"""What a pair of each kind must have been shown for: one of each set, in either passage."""
_THRIFT: tuple[frozenset[Cue], ...] = (frozenset(("thrift",)),)


def is_worth_asking(pieces: Sequence[Piece]) -> bool:
    """Tell whether any answer about some pieces could stand: two of them, or one and the unit's name."""
    told = [p for p in pieces if p.cues != {"identity"}]
    every = frozenset[Cue]().union(*(p.cues for p in told))
    if any(all(every & either for either in signs) for signs in _SIGNS.values()):
        return True
    words = [letters(p.text) for p in told]
    return any(one & other for n, one in enumerate(words) for other in words[:n])


def text_of(pieces: Sequence[Piece]) -> str:
    """Return the fenced pieces with their line ids; what a piece is told of stands in 〔〕."""
    return fenced("\n".join(_line(n, p) for n, p in enumerate(pieces, 1)))


def _line(number: int, piece: Piece) -> str:
    label = f"〔{' '.join(piece.label.split())}〕" if piece.label else ""
    return f"L{number}: {label}{' '.join(piece.text.split())}"


def suggestions(
    pieces: Sequence[Piece], pairs: Iterable[PairSaid], account: Account
) -> Iterator[Suggestion]:
    """Yield the pairs whose quotes both stand in the document, each pair once."""
    seen: set[tuple[tuple[int, int], tuple[int, int]]] = set()
    for pair in pairs:
        try:
            first, second = (_place(pieces, p) for p in (pair.first, pair.second))
            _require_apart(first, second)
            _require_sign(pieces, pair)
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


def _require_sign(pieces: Sequence[Piece], pair: PairSaid) -> None:
    """A pair is of a kind only where words speak for it: a model at its wits' end names any two lines."""
    cues = frozenset[Cue]().union(
        *(pieces[int(p.line[1:]) - 1].cues for p in (pair.first, pair.second))
    )
    signs = all(cues & either for either in _SIGNS.get(pair.kind, ()))
    if pair.kind == "contradiction":
        common = letters(pair.first.quote) & letters(pair.second.quote)
        signs = bool(common) or any(
            all(cues & either for either in both) for both in (_SIGNS["overreach"], _THRIFT)
        )
    if not signs:
        raise UngroundedError("cue_missing")


def fit_to_print(why: str) -> str:
    """Return a model's sentence without any number, or nothing: no figure comes from a model."""
    line = " ".join(why.split())
    if _NO_DIGITS.search(line.replace("一致", "").replace("统一", "")) or len(line) > _MOST_WHY:
        return ""
    return line if line.isprintable() else ""
