"""Printed lines into paragraphs, by where they stand and how they read (段落还原)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from gouji.read.breaks import continues, ends_sentence, opens_paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gouji.read.layout import ProseLine

_LONG = 15
_GAP = 1.5
_RESIZED = 1.3
_INDENT = 0.9
_DOTS = re.compile(r"[.…·•]{4,}\s*\d*$")
_LEADING_WORD = re.compile(r"[!-~]+")
_HALF_WIDTH = 0.55

Size = tuple[float, float]


class Standing(NamedTuple):
    """A line with its reading, on its page."""

    page: int
    line: ProseLine
    reading: str
    size: Size


class Margins(NamedTuple):
    """Where full lines begin and end on pages of one size."""

    left: float
    right: float


def margins_of(lines: Iterable[Standing]) -> dict[Size, Margins]:
    """Return for each page size where its full lines begin and end."""
    edges: defaultdict[Size, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for standing in lines:
        if len(standing.reading) >= _LONG:
            lefts, rights = edges[standing.size]
            lefts.append(standing.line.box[0])
            rights.append(standing.line.box[2])
    return {
        size: Margins(sorted(lefts)[len(lefts) // 10], sorted(rights)[len(rights) * 9 // 10])
        for size, (lefts, rights) in edges.items()
    }


def runs_on(before: Standing, after: Standing, margins: dict[Size, Margins]) -> bool:
    """Tell whether `after` continues the paragraph that `before` is in."""
    if after.line.beside or before.size != after.size or _DOTS.search(before.reading):
        return False
    margin = margins.get(after.size)
    if margin is None:
        return False
    box, last = after.line.box, before.line.box
    height = box[3] - box[1]
    if not 1 / _RESIZED < (last[3] - last[1]) / height < _RESIZED:
        return False
    if before.page == after.page and box[1] - last[3] > _GAP * height:
        return False
    if margin.right - last[2] > _leading(after.reading) * height:
        return False
    step = (box[0] - last[0]) / height
    if step > _INDENT:
        return False
    at_margin = box[0] - margin.left < _INDENT * height
    if at_margin:
        return not (ends_sentence(before.reading) and opens_paragraph(after.reading))
    return abs(step) <= _INDENT and continues(before.reading, after.reading)


def _leading(reading: str) -> float:
    """Return the room that the first word of a line needs, in units of the line's height."""
    word = _LEADING_WORD.match(reading)
    return max(1.5, 1.0 + _HALF_WIDTH * (word.end() if word else 0))
