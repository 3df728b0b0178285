"""Tables that a web page's text prints one cell a line, each closed by a pipe (逐格换行的表格).

Crawlers and copied pages leave the cells and lose where a row ends: 合计 |⏎18 |⏎6.28 |⏎公务接待费 |. The
number of columns is the one under which each row begins with words and goes on with figures.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gouji.read.tabbed import grid_of

if TYPE_CHECKING:
    from gouji.model.document import Grid
    from gouji.read.tabbed import Span

_CELL = re.compile(r"[^|\n]{0,60}\|[ \t]*$")
_SHORT = re.compile(r"[^|\n。]{1,40}$")
_FIGURE = re.compile(r"[-+]?\d[\d,.]*\s?%?|[-—–/\s]*")
_FEWEST_CELLS = 6
_WIDEST = 10
_FEWEST_ROWS = 2


def is_stacked(line: str, following: str) -> bool:
    """Tell a line that is one cell: its pipe stands at its end, or alone on the next line."""
    if _CELL.match(line):
        return True
    return following.strip() == "|" and _SHORT.match(line) is not None


def stacked(start: int, end: int, text: str, folded: str, number: int) -> Grid | None:
    """Return the grid that a run of such lines prints; None where no number of columns fits."""
    cells = list(_cells(folded, start, end))
    if len(cells) < _FEWEST_CELLS:
        return None
    texts = [folded[a:b] for a, b in cells]
    width = next((w for w in range(2, _WIDEST + 1) if _fits(texts, w)), None)
    if width is None:
        return None
    rows = [cells[at : at + width] for at in range(0, len(cells), width)]
    return grid_of(f"g{number}", rows, text, folded)


def _cells(folded: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    at = start
    while (stop := folded.find("|", at, end)) >= 0:
        cell = folded[at:stop]
        left = at + len(cell) - len(cell.lstrip())
        found.append((left, max(left, at + len(cell.rstrip()))))
        at = stop + 1
    return found


def _fits(texts: list[str], width: int) -> bool:
    """Tell whether each row under the head begins with words and goes on with figures."""
    rows = [texts[at : at + width] for at in range(0, len(texts), width)]
    head, body = rows[0], rows[1:]
    if len(body) < _FEWEST_ROWS or not all(head) or any(map(_is_figure, head)):
        return False
    return all(row[0] and not _is_figure(row[0]) and all(map(_is_figure, row[1:])) for row in body)


def _is_figure(cell: str) -> bool:
    return _FIGURE.fullmatch(cell) is not None
