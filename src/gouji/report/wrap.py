"""Breaks Chinese text into lines (折行): anywhere but inside a number or before closing punctuation."""

from __future__ import annotations

import re

from rich.cells import cell_len

_PIECE = re.compile(
    r"[（「《“‘(\[]*(?:[!-'*-Z\\^-~·–—÷×−±≤≥≠]+|.)[，。；：、）」》”’)\]%…！？]*\s*", re.DOTALL
)
"""An unbreakable piece: openers, a run of Latin letters and digits or one character, closers."""


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text; `width` counts columns, of which a Chinese character takes two."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(" ".join(text.split()), width):
        if line and cell_len((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    if line:
        lines.append(line.rstrip())
    return lines


def _pieces(text: str, width: int) -> list[str]:
    """Return the unbreakable pieces; one wider than a whole line is broken all the same."""
    pieces: list[str] = []
    for piece in _PIECE.findall(text):
        pieces.extend([piece] if cell_len(piece.rstrip()) <= width else piece)
    return pieces
