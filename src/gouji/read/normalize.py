"""Normalised text that remembers where each character is printed (规范化与偏移).

Two steps. `fold` replaces characters one for one (half-width forms, unified ideographs), so offsets
stay as they are. `squeeze` then removes white space and, for pasted text, mark-up, and reports for
every character that is left where it came from.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from gouji.read.radicals import SUPPLEMENT

if TYPE_CHECKING:
    from collections.abc import Iterable

_FOLDED_BLOCKS = (
    range(0x2F00, 0x2FD6),  # Kangxi radicals
    range(0xF900, 0xFB00),  # compatibility ideographs
    range(0xFE10, 0xFE1A),  # vertical punctuation
    range(0xFE30, 0xFE70),  # vertical and small forms
    range(0xFF00, 0xFFF0),  # full-width and half-width forms
    range(0x2F800, 0x2FA20),  # compatibility ideographs, supplement
)
"""Blocks folded by NFKC. Enclosed numbers, superscripts, fractions and ㎡ are not among them: folding
them would print a digit that is not in the document."""


def _folding() -> dict[int, str]:
    table = {}
    for block in _FOLDED_BLOCKS:
        for code in block:
            folded = unicodedata.normalize("NFKC", chr(code))
            if folded != chr(code) and len(folded) == 1:
                table[code] = folded
    table.update({ord(radical): ideograph for radical, ideograph in SUPPLEMENT.items()})
    return table


_FOLDING = _folding()

_ZERO_WIDTH = (
    "\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\ufffe"
    "\x00-\x08\x0e-\x1b\x7f"
)
_GAP = re.compile(rf"[\s{_ZERO_WIDTH}]+")
_NUMBERED = re.compile(r"(?:^|[;。!?:\n])\s*(\d{1,2})\.$")
_AMOUNT = re.compile(r"\d[\d,]*\s*(?:[万亿千]?元|%)")
_GROUP = re.compile(r"\d{3}(?!\d)")


class Squeezed(NamedTuple):
    """Text without odd white space, and for each character its index in the text it came from."""

    text: str
    origin: list[int] | range


def fold(text: str) -> str:
    """Return the text with half-width forms and unified ideographs, of the same length."""
    return text if text.isascii() else text.translate(_FOLDING)


def squeeze(folded: str) -> Squeezed:
    """Remove white space from prose; join a number that odd spaces split (段落规范化)."""
    gaps = (gap.span() for gap in _GAP.finditer(folded))
    return cut(folded, ((start, end, _in_prose(folded, start, end)) for start, end in gaps))


def squeeze_cell(folded: str) -> str:
    """Remove white space from a cell's text, but not inside numbers (单元格规范化)."""
    if _GAP.search(folded) is None:
        return folded
    return _GAP.sub(lambda m: _in_cell(folded, *m.span()), folded).strip()


def cut(text: str, edits: Iterable[tuple[int, int, str]]) -> Squeezed:
    """Apply edits, each replacing a slice by at most one character."""
    parts: list[str] = []
    origin: list[int] = []
    last = 0
    for start, end, new in edits:
        parts.append(text[last:start])
        origin.extend(range(last, start))
        if new:
            parts.append(new)
            origin.append(start)
        last = end
    if not last:
        return Squeezed(text, range(len(text)))
    parts.append(text[last:])
    origin.extend(range(last, len(text)))
    return Squeezed("".join(parts), origin)


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _in_prose(text: str, start: int, end: int) -> str:
    """Return what is left of a gap in prose: a space or nothing."""
    if start == 0 or end == len(text):
        return ""
    left, right = text[start - 1], text[end]
    if _is_word(left) and _is_word(right):
        return " " if _has_space(text, start, end) else ""
    if not right.isdigit():
        return ""
    if left == "%":
        return " "
    if left not in ".," or not text[max(0, start - 2) : start - 1].isdigit():
        return ""
    if left == ",":
        return "" if _GROUP.match(text, end) else " "
    return " " if _is_item_number(text, start, end) else ""


def _is_item_number(text: str, start: int, end: int) -> bool:
    """Tell whether "1. 2023 年" is an item number and a year rather than a split decimal."""
    number = _NUMBERED.search(text, max(0, start - 8), start)
    if number is None:
        return False
    opened_by = text[number.start() : number.start(1)].strip()
    if opened_by == ":":
        return number.group(1) == "1" and _AMOUNT.match(text, end) is None
    return True


def _in_cell(text: str, start: int, end: int) -> str:
    if start == 0 or end == len(text):
        return ""
    left, right = text[start - 1], text[end]
    inside = left.isascii() and right.isascii() and (left.isalnum() or left in ".,%")
    return " " if inside and (right.isalnum() or right in ".,") else ""


def _has_space(text: str, start: int, end: int) -> bool:
    return any(char.isspace() for char in text[start:end])
