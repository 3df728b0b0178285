"""Pasted text whose lines end where the page's lines ended: how wide they are (硬换行).

A line that reaches the width goes on in the next one, however it ends; where no width can be told,
the words alone decide.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from gouji.read.breaks import ends_sentence, is_caption, opens_paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

_ASCII_WIDTHS = (1.0, 0.5)
"""A digit is as wide as a character where lines are counted, half as wide where they are set."""
_LONG = 15
_NARROWEST, _WIDEST = 20, 60
_ENOUGH = 8
_SHARE = 0.2
"""Of all long lines, how many break off in a sentence."""
_MOST = 0.6
"""Of those, how many end at the edge."""
_HANGING = 1.0
"""A punctuation mark may hang over the edge."""
_DEPENDENT = re.compile(r"其中[,:]|[比较与](?:上|去|同期|年初|\d{4}年)|(?:主要|变动|差异)原因")
"""A sentence that speaks of the one before it."""
_UNBREAKABLE = re.compile(
    r"[(《“‘【〔]*(?:[A-Za-z0-9.,%/+~-]+[万亿元个人]?|.)[)》”’】〕,。;:、!?%]*"
)


class Wrap(NamedTuple):
    """The width at which a text's lines are broken (行宽)."""

    ascii_width: float
    width: float
    """0 where lines break off in a sentence, but not all at one edge."""

    def goes_on(self, line: str, after: str) -> bool:
        """Tell whether `after` goes on where `line` ends: in a sentence, or at the edge."""
        if not line or opens_paragraph(after):
            return False
        if line.endswith((";", ":")) or _DEPENDENT.match(after):
            return True
        if len(line) >= _LONG and _breaks_off(line, after) and not is_caption(after):
            return True
        needed = _HANGING if ends_sentence(line) else _needed(after, self.ascii_width)
        width = _width(line, self.ascii_width)
        return self.width - needed < width <= self.width + _HANGING


def wrap_of(lines: Sequence[str]) -> Wrap | None:
    """Return the width at which most lines break off, None where paragraphs are whole."""
    long = [pair for pair in pairwise([*lines, ""]) if len(pair[0]) >= _LONG]
    broken = [pair for pair in long if _breaks_off(*pair)]
    if len(broken) < max(_ENOUGH, _SHARE * len(long)):
        return None
    best = (0, 0.0, 0.0)
    for ascii_width in _ASCII_WIDTHS:
        rooms = [(_width(a, ascii_width), _needed(b, ascii_width)) for a, b in broken]
        best = max(best, (*_edge(rooms), ascii_width))
    full, width, ascii_width = best
    return Wrap(ascii_width, width if full >= _MOST * len(broken) else 0.0)


def _edge(rooms: list[tuple[float, float]]) -> tuple[int, float]:
    """Return how many lines end at one width, less those that are wider, and that width.

    A line is given with its width and the room that the next word needs.
    """
    best = (0, 0.0)
    for edge in sorted({width for width, _ in rooms if _NARROWEST <= width <= _WIDEST}):
        wider = sum([1 for width, _ in rooms if width > edge + _HANGING])
        full = sum([1 for width, needed in rooms if edge - needed < width <= edge + _HANGING])
        best = max(best, (full - wider, edge))
    return best


def _needed(after: str, ascii_width: float) -> float:
    """Return the room that the first unbreakable piece of a line needs."""
    piece = _UNBREAKABLE.match(after)
    return _width(piece[0], ascii_width) if piece else _HANGING


def _breaks_off(line: str, after: str) -> bool:
    return not (ends_sentence(line) or is_caption(line) or opens_paragraph(after))


def _width(text: str, ascii_width: float) -> float:
    narrow = sum([1 for char in text if char.isascii()])
    return len(text) - narrow * (1 - ascii_width)
