"""Rules of a page: the straight lines a table is drawn with (表格线).

Word draws one thin filled rectangle a cell, LibreOffice strokes lines, Excel strokes rectangles: all
become horizontal and vertical rules here, merged where they run on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gouji.model.place import Box

THIN = 3.0
"""A filled rectangle no thicker than this, in points, is a rule."""

NEAR = 3.0
"""Rules closer than this, in points, are one rule."""

_LEVEL = 1.0
_SHORT = 1.0

Segment = tuple[float, float, float]
"""Where a rule lies (y of a horizontal, x of a vertical one), and from where to where it runs."""


class Rules(NamedTuple):
    """Horizontal and vertical rules of a page, each sorted and merged."""

    across: list[Segment]
    down: list[Segment]


def rules_of(drawings: Iterable[dict[str, Any]]) -> Rules:
    """Return the rules among a page's vector drawings."""
    across: list[Segment] = []
    down: list[Segment] = []
    for drawing in drawings:
        stroked = "s" in drawing["type"]
        if stroked and drawing.get("stroke_opacity") == 0:
            continue
        lines = False
        for item in drawing["items"]:
            kind = item[0]
            if kind == "re":
                _rectangle(item[1], across, down, stroked=stroked)
            elif kind == "l":
                if stroked:
                    _line(item[1], item[2], across, down)
                lines = True
            elif kind == "qu":
                _rectangle(_around(item[1]), across, down, stroked=stroked)
        if lines and not stroked:
            _rectangle(drawing["rect"], across, down, stroked=False)
    return Rules(merged(across), merged(down))


def _line(
    start: tuple[float, float],
    end: tuple[float, float],
    across: list[Segment],
    down: list[Segment],
) -> None:
    (x0, y0), (x1, y1) = start, end
    if abs(y0 - y1) <= _LEVEL:
        if abs(x0 - x1) > _SHORT:
            across.append(((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    elif abs(x0 - x1) <= _LEVEL:
        down.append(((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _rectangle(box: Box, across: list[Segment], down: list[Segment], *, stroked: bool) -> None:
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    if height <= THIN and width > height:
        across.append(((y0 + y1) / 2, x0, x1))
    elif width <= THIN:
        if height > width:
            down.append(((x0 + x1) / 2, y0, y1))
    elif stroked:
        across += ((y0, x0, x1), (y1, x0, x1))
        down += ((x0, y0, y1), (x1, y0, y1))


def _around(quad: Sequence[tuple[float, float]]) -> Box:
    xs = [point[0] for point in quad]
    ys = [point[1] for point in quad]
    return (min(xs), min(ys), max(xs), max(ys))


def merged(segments: list[Segment]) -> list[Segment]:
    """Return the segments in order, those that lie on one line and run on made one."""
    segments.sort()
    result: list[Segment] = []
    i, n = 0, len(segments)
    while i < n:
        first = segments[i][0]
        j = i + 1
        while j < n and segments[j][0] - first <= NEAR:
            j += 1
        run = segments[i:j]
        at = sum([segment[0] for segment in run]) / (j - i)
        run.sort(key=_begin)
        _, start, end = run[0]
        for _, begin, stop in run:
            if begin > end + NEAR:
                result.append((at, start, end))
                start, end = begin, stop
            elif stop > end:
                end = stop
        result.append((at, start, end))
        i = j
    return result


def _begin(segment: Segment) -> float:
    return segment[1]
