"""What of an answer is believed (核实): words must stand in the text, ids exist, digits be our own.

A quote is compared character for character after the document's own normalisation, white space
aside; never fuzzily. What fails is dropped and counted by its reason.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

Reason = Literal[
    "unknown_line",
    "line_not_asked",
    "unknown_number",
    "number_text_differs",
    "quote_not_found",
    "quote_too_short",
    "cue_not_beside_number",
    "direction_contradicts_cue",
    "wrong_unit",
    "role_missing",
    "same_number_twice",
    "number_passed_over",
    "other_reading_holds",
    "other_paragraph",
    "rules_read_otherwise",
    "nothing_new",
    "unknown_cell",
    "cell_text_differs",
    "unknown_subject",
    "not_in_list",
    "binder_refused",
    "same_passage",
    "cue_missing",
]
"""Why an answer was dropped (弃用原因)."""

_FULL_WIDTH = range(0xFF10, 0xFF1A)


class UngroundedError(Exception):
    """An answer, or a part of one, has no ground in the document (无据)."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(slots=True)
class Account:
    """Counts what was asked, believed and dropped (取舍台账)."""

    asked: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    disagreements: int = 0


def spans(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Yield every span of a text that prints a quote, white space aside (逐字对照)."""
    squeezed, origin = _squeezed(text)
    wanted, _ = _squeezed(quote)
    at = squeezed.find(wanted) if wanted else -1
    while at >= 0:
        yield origin[at], origin[at + len(wanted) - 1] + 1
        at = squeezed.find(wanted, at + 1)


def same(one: str, other: str) -> bool:
    """Tell whether two texts are the same characters, white space aside."""
    return _squeezed(one)[0] == _squeezed(other)[0]


def length(quote: str) -> int:
    """Return how many characters a quote prints."""
    return len(_squeezed(quote)[0])


@lru_cache(maxsize=1024)
def _squeezed(text: str) -> tuple[str, tuple[int, ...]]:
    kept = [(_fold(c), i) for i, c in enumerate(text) if not c.isspace()]
    return "".join(c for c, _ in kept), tuple(i for _, i in kept)


def _fold(character: str) -> str:
    """Return the half-width form of a character; ①, ½ and ㎡ stay, they are no digits."""
    folded = unicodedata.normalize("NFKC", character)
    if len(folded) != 1 or (folded.isdigit() and ord(character) not in _FULL_WIDTH):
        return character
    return folded
