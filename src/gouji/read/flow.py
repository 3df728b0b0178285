"""Printed lines into paragraphs, by where they stand and how they read (段落还原)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from gouji.read.breaks import continues, ends_sentence, is_caption, is_date, opens_paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gouji.model.place import Box
    from gouji.read.layout import ProseLine

_LONG = 15
_TAIL = 200
_GAP = 1.5
_RESIZED = 1.5
_SPACED = 1.25
_INDENT = 0.9
_FIRST_LINE = 5.0
_CENTRED = 3.0
_SYMMETRIC = 1.0
_DOTS = re.compile(r"[.…·•]{4,}\s*\d*$")
_UNBREAKABLE = re.compile(
    r"[(《“‘【〔]*(?:[A-Za-z0-9.,%/+~-]+[万亿元个人]?|.)[)》”’】〕,。;:、!?%]*"
)
_SLACK = 0.5
_FULL = 1.5
_HALF_WIDTH = 0.55
_REST_OF_TITLE = re.compile(r"(?:公开)?(?:情况)?(?:说明|报告|总表|明细表|表|公开)$")

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
    if after.line.beside or before.size != after.size or _DOTS.search(before.reading[-_TAIL:]):
        return False
    margin = margins.get(after.size)
    if margin is None:
        return False
    box, last = after.line.box, before.line.box
    height = _height(before, after)
    if not height:
        return False
    if before.page == after.page and box[1] - last[3] > _GAP * height:
        return False
    far = last[0] - margin.left > _FIRST_LINE * height
    if far or _is_centred(last, margin, _CENTRED):
        centred = _is_centred(box, margin, _CENTRED) and before.page == after.page
        return centred and _titles_run_on(before.reading, after.reading)
    if _is_centred(box, margin, _CENTRED) and _is_centred(last, margin, 0):
        return _REST_OF_TITLE.match(after.reading) is not None
    needed = _FULL if ends_sentence(before.reading) else _leading(after.reading)
    if margin.right - last[2] > needed * height:
        return _breaks_off(before.reading, after.reading) and (
            abs(box[0] - margin.left) < _INDENT * height
        )
    step = (box[0] - last[0]) / height
    if step > _INDENT:
        return False
    at_margin = box[0] - margin.left < _INDENT * height
    if at_margin:
        whole = ends_sentence(before.reading) or is_caption(before.reading)
        return not (whole and opens_paragraph(after.reading))
    return abs(step) <= _INDENT and continues(before.reading, after.reading)


def _breaks_off(before: str, after: str) -> bool:
    """Tell a sentence that goes on where a ragged edge ends its line early (行末参差)."""
    if len(before) < _LONG or is_caption(before) or opens_paragraph(after):
        return False
    return not ends_sentence(before) and continues(before[-_TAIL:], after)


def _height(before: Standing, after: Standing) -> float:
    """Return how high the lines of a text are set; 0 where the second is of another size (字号)."""
    box, last = after.line.box, before.line.box
    height, above = box[3] - box[1], last[3] - last[1]
    if 1 / _RESIZED < above / height < _RESIZED:
        return height
    alike = 1 / _SPACED < _pitch(before) / _pitch(after) < _SPACED
    return min(height, above) if alike else 0


def _pitch(standing: Standing) -> float:
    """Return how wide a character of a line is set (字距).

    Digits of a taller font make a line taller, not its characters wider.
    """
    box, reading = standing.line.box, standing.reading
    return (box[2] - box[0]) / sum([_HALF_WIDTH if c.isascii() else 1 for c in reading] or [1])


def _is_centred(box: Box, margin: Margins, least: float) -> bool:
    """Tell whether a line is centred, with at least some room on both sides (in line heights)."""
    left, right = box[0] - margin.left, margin.right - box[2]
    height = box[3] - box[1]
    return left >= least * height and abs(left - right) < _SYMMETRIC * height


def _titles_run_on(before: str, after: str) -> bool:
    """Tell whether two centred lines are one title (标题折行)."""
    if ends_sentence(before) or opens_paragraph(after) or is_date(before):
        return False
    return _REST_OF_TITLE.match(after) is not None or not is_caption(before)


def _leading(reading: str) -> float:
    """Return the room that the first unbreakable piece of a line needs, in line heights.

    A bracket does not end a line, nor does punctuation begin one (避头尾).
    """
    piece = _UNBREAKABLE.match(reading)
    width = sum(
        [_HALF_WIDTH if c.isalnum() and c.isascii() else 1 for c in piece[0]] if piece else [1]
    )
    return width + _SLACK
