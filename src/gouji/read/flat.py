"""Tables copied out of a page with a space between their cells (逐行复制的表格): one printed line a row.

A viewer's copy and most converters print a table so; nothing marks an empty cell. Such lines look
like prose and are none. They are told by where they stand: below a table's title or its money unit,
without a clause among them, with amounts that no unit follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gouji.model.tables import kind_of_title
from gouji.read.breaks import is_label
from gouji.read.tabbed import grid_of

if TYPE_CHECKING:
    from gouji.model.document import Grid
    from gouji.read.tabbed import Span

_TOKEN = re.compile(r"[^\s|]+")
_UNIT_LINE = re.compile(r"单位\s?[:：]\s?(?:人民币)?[万亿百千]*元\s*$")
_AMOUNT = re.compile(r"(?<!\S)[-\u2212]?\d[\d,]*(?:\.\d+)?(?!\S)(?!\s?[年月日号个台辆批人])")
"""A number that stands alone between spaces: no unit, no word beside it."""
_CLAUSE = re.compile(r"[。;!?]|,(?!\d{3})|(?<!\d),|[\d)]\s?[万亿百千]?元|\d\s?%")
_PART = re.compile(r"\s*第[一二三四五六七八九十]{1,3}部分")
_LONGEST = 160
_LONGEST_CAPTION = 60
_CAPTIONS = 4
"""Lines between a title and the table: form mark, unit, filler, year."""
_FEWEST = 3
"""Amounts that make a table."""
_MODELLED_ELSEWHERE = ("project_self_evaluation", "overall_self_evaluation", "evaluation_scores")


def flat_zones(lines: Sequence[str]) -> list[range]:
    """Return the runs of lines that print a table, headings included (表格行)."""
    zones: list[range] = []
    at = 0
    while at < len(lines):
        zone = _zone(lines, at + 1) if _opens(lines[at]) else None
        if zone is None:
            at += 1
            continue
        zones.append(zone)
        at = zone.stop
    return zones


def flat_grid(rows: Sequence[Span], text: str, folded: str, number: int) -> Grid | None:
    """Return the grid of such lines, a cell for each word or number; None where nothing is printed."""
    cells = [
        [(start + m.start(), start + m.end()) for m in _TOKEN.finditer(folded[start:end])]
        for start, end in rows
    ]
    grid = grid_of(f"g{number}", cells, text, folded)
    return None if grid is None else replace(grid, flat=True)


def _opens(line: str) -> bool:
    """Tell a table's title, or the line that says its money unit."""
    if len(line) > _LONGEST_CAPTION:
        return False
    if _UNIT_LINE.search(line):
        return True
    title = line.replace(" ", "")
    kinds = {kind_of_title(title, final_accounts=final) for final in (True, False)}
    return bool(kinds - {None, "other", *_MODELLED_ELSEWHERE})


def _zone(lines: Sequence[str], start: int) -> range | None:
    """Return the table that begins here: up to its last line with an amount."""
    for _ in range(_CAPTIONS):
        if start < len(lines) and is_label(lines[start].strip()):
            start += 1
    last = amounts = 0
    for at in range(start, len(lines)):
        line = lines[at]
        if _ends(line) or (_opens(line) and not _AMOUNT.search(line)):
            break
        if printed := len(_AMOUNT.findall(line)):
            last, amounts = at, amounts + printed
    return range(start, last + 1) if amounts >= _FEWEST else None


def _ends(line: str) -> bool:
    if len(line) > _LONGEST or _CLAUSE.search(line) or _PART.match(line):
        return True
    return is_label(line.strip())
