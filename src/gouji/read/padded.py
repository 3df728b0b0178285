"""Table rows that a web page's text fills up with pipes, some broken over several lines (补齐竖线的表格).

A crawler prints a cell's own line break as one: 资金情况 (万元) |⏎全年预算数 | 得分 | |||. Each row has as many
pipes as the table has columns, so a row goes on until it has them all.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_FEWEST_COLUMNS = 4
_FEWEST_ROWS = 3
_LONGEST_ROW = 6
"""Lines that one row may take."""


def broken_rows(lines: Sequence[str]) -> dict[int, int]:
    """Return the rows that are broken over several lines: number of the first line → of the last."""
    broken: dict[int, int] = {}
    start = 0
    while start < len(lines):
        stop = start
        while stop < len(lines) and _belongs(lines, stop):
            stop += 1
        broken.update(_in_run(lines, start, stop))
        start = max(stop, start + 1)
    return broken


def _belongs(lines: Sequence[str], at: int) -> bool:
    """Tell whether a line has a pipe, or is a piece of a cell beside a line that has."""
    if "|" in lines[at]:
        return "\t" not in lines[at]
    return (
        at + 1 < len(lines) and lines[at + 1].lstrip().startswith("|") and len(lines[at]) < _PIECE
    )


_PIECE = 40


def _in_run(lines: Sequence[str], start: int, stop: int) -> dict[int, int]:
    counts = [line.count("|") for line in lines[start:stop]]
    full = Counter(n for n in counts if n >= _FEWEST_COLUMNS)
    if not full:
        return {}
    width, times = full.most_common(1)[0]
    if times < _FEWEST_ROWS or max(full) > width or all(n == width for n in counts):
        return {}
    rows = [line.lstrip() for line in lines[start:stop] if line.count("|") == width]
    fenced = sum([row.startswith("|") for row in rows]) * 2 > len(rows)
    """Rows begin with a pipe, so what stands above one is a caption, not the row's first cell."""
    found: dict[int, int] = {}
    at = start
    while at < stop:
        end, pipes = at, counts[at - start]
        while pipes < width and end + 1 < stop and end - at < _LONGEST_ROW:
            end += 1
            pipes += counts[end - start]
        above = end > at and fenced and counts[end - start] == width
        if above or pipes != width or not lines[end].rstrip().endswith("|"):
            at += 1
            continue
        if end > at:
            found[at] = end
        at = end + 1
    return found
