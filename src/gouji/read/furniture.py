"""Page numbers, running heads and feet: printed on the page, no part of what it says (页眉页脚)."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from gouji.read.breaks import is_page_number
from gouji.read.layout import ProseLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gouji.read.layout import Layout

_HEAD = 0.10
_FOOT = 0.88
_MARGIN_LINES = 2
_SHARE = 0.4
_LEAST = 3
_DIGITS = re.compile(r"\d+|\s+")
_SLACK = 8.0


def furniture(layouts: list[Layout]) -> set[tuple[int, int]]:
    """Return the lines that repeat in the margins, by index of the page and start of the line."""
    found: set[tuple[int, int]] = set()
    seen: Counter[tuple[str, int]] = Counter()
    margins = [list(_margin_lines(layout)) for layout in layouts]
    for lines in margins:
        seen.update({_key(line, reading) for line, reading in lines})
    enough = max(_LEAST, len(layouts) * _SHARE)
    for number, lines in enumerate(margins):
        for line, reading in lines:
            if is_page_number(reading, alone=True) or seen[_key(line, reading)] >= enough:
                found.add((number, line.start))
    return found


def _margin_lines(layout: Layout) -> Iterator[tuple[ProseLine, str]]:
    """Yield the first and last lines of a page that stand in its margins."""
    height = layout.size[1]
    head = [p for p in layout.parts[:_MARGIN_LINES] if isinstance(p, ProseLine)]
    foot = [p for p in layout.parts[-_MARGIN_LINES:] if isinstance(p, ProseLine)]
    for line in dict.fromkeys(head + foot):
        if line.box[3] < height * _HEAD or line.box[1] > height * _FOOT:
            yield line, layout.page.text[line.start : line.end].strip()


def _key(line: ProseLine, reading: str) -> tuple[str, int]:
    return _DIGITS.sub("", reading), round(line.box[1] / _SLACK)
