"""What a document prints, fit to be shown (可显示文字): nothing hidden in it acts on the reader's program.

Control characters are illegal in XML and act on a terminal; marks that turn the direction of writing
round make a line read as what it is not. Both become visible.
"""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def legible(text: str) -> str:
    """Return a text that XML may hold and that reads in the order it is written; tab and line feed stay."""
    text = _CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _TURNING.sub(lambda mark: f"[U+{ord(mark[0]):04X}]", text)


def one_line(text: str) -> str:
    """Return a legible text on one line."""
    return " ".join(legible(text).split())


def cut(text: str, longest: int) -> str:
    """Return a legible text on one line, cut where it is long."""
    line = one_line(text)
    return line if len(line) <= longest else line[: longest - 1] + "…"
