"""Words into the cells of a lattice (单元格文字)."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gouji.model.place import Box
    from gouji.read.lattice import Lattice, Slot
    from gouji.read.mupdf import Word
    from gouji.read.sheet import Sheet

_OVERHANG = 2.0
_STRADDLE = 0.25
_RUN_OVER = 3.0
"""So many digits of a figure may stand beyond its rule."""
_CENTS = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d\d"
_FIGURE = re.compile(_CENTS)
_FIGURES = re.compile(f"(?:{_CENTS}){{2,}}")


class TextLine(NamedTuple):
    """Words printed on one line, and the box around them."""

    text: str
    box: Box


class Fragment(NamedTuple):
    """The part of a table that stands on one page: its edges, its cells, and the words of each."""

    xs: list[float]
    ys: list[float]
    slots: list[Slot]
    words: list[list[Word]]
    ruled: bool

    @property
    def box(self) -> Box:
        """The outer edges."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def fill(sheet: Sheet, lattices: list[Lattice]) -> tuple[list[Fragment], list[Word]]:
    """Return each lattice with its text, and the words that stand in none.

    A lattice without any text is left out.
    """
    if not lattices:
        return [], sheet.words
    boxes = [lattice.box for lattice in lattices]
    inside: list[list[Word]] = [[] for _ in lattices]
    outside: list[Word] = []
    for word in sheet.words:
        x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
        for box, words in zip(boxes, inside, strict=True):
            if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                words.append(word)
                break
        else:
            outside.append(word)
    filled = (
        _fill(sheet, lattice, words)
        for lattice, words in zip(lattices, inside, strict=True)
        if words
    )
    return list(filled), outside


def _fill(sheet: Sheet, lattice: Lattice, words: list[Word]) -> Fragment:
    xs, ys, slots = lattice
    n_cols = len(xs) - 1
    owner = [0] * (n_cols * (len(ys) - 1))
    for number, (row, col, rowspan, colspan) in enumerate(slots):
        for r in range(row, row + rowspan):
            for c in range(col, col + colspan):
                owner[r * n_cols + c] = number
    content: list[list[Word]] = [[] for _ in slots]
    crossing: list[Word] = []
    last_row, last_col = len(ys) - 2, n_cols - 1
    for word in words:
        x0, y0, x1, y1 = word[:4]
        row = min(max(bisect_right(ys, (y0 + y1) / 2) - 1, 0), last_row)
        col = min(max(bisect_right(xs, (x0 + x1) / 2) - 1, 0), last_col)
        number = owner[row * n_cols + col]
        _, first, _, colspan = slots[number]
        if x0 < xs[first] - _OVERHANG or x1 > xs[first + colspan] + _OVERHANG:
            crossing.append(word)
        content[number].append(word)
    if crossing:
        _split_crossing(sheet, lattice, owner, content, crossing)
    return Fragment(xs, ys, slots, content, ruled=True)


def _split_crossing(
    sheet: Sheet,
    lattice: Lattice,
    owner: list[int],
    content: list[list[Word]],
    crossing: list[Word],
) -> None:
    """Part words that MuPDF joined across a rule; text that runs over its cell stays whole."""
    xs, ys, slots = lattice
    n_cols = len(xs) - 1
    lines = sheet.characters()

    def cell_at(left: float, right: float, row: int) -> int:
        col = min(max(bisect_right(xs, (left + right) / 2) - 1, 0), n_cols - 1)
        return owner[row * n_cols + col]

    for word in crossing:
        row = min(max(bisect_right(ys, (word[1] + word[3]) / 2) - 1, 0), len(ys) - 2)
        chars = _characters(word, lines)
        figures = _figures(word[4], chars)
        whole = False
        parts: list[tuple[int, list[tuple[Box, str]]]] = []
        for piece in figures or [[char] for char in chars]:
            number = cell_at(piece[0][0][0], piece[-1][0][2], row)
            _, first, _, colspan = slots[number]
            over = max(xs[first] - piece[0][0][0], piece[-1][0][2] - xs[first + colspan])
            room = _RUN_OVER if figures else _STRADDLE
            whole = whole or over > room * (piece[0][0][2] - piece[0][0][0])
            if parts and parts[-1][0] == number:
                parts[-1][1].extend(piece)
            else:
                parts.append((number, list(piece)))
        if whole or len(parts) < 2:  # noqa: PLR2004  nothing to part
            continue
        home = next(words for words in content if word in words)
        home.remove(word)
        for number, some in parts:
            box = (some[0][0][0], word[1], some[-1][0][2], word[3])
            content[number].append((*box, "".join([c for _, c in some]), *word[5:]))


def _figures(text: str, chars: list[tuple[Box, str]]) -> list[list[tuple[Box, str]]]:
    """Return the characters of each figure where a word is figures in a row, each with its cents.

    Wide figures may run over the rule between them (跨线数字): where one ends is sure all the same.
    """
    if not chars or _FIGURES.fullmatch(text) is None:
        return []
    return [chars[found.start() : found.end()] for found in _FIGURE.finditer(text)]


def _characters(
    word: Word, lines: dict[tuple[int, int], list[tuple[Box, str]]]
) -> list[tuple[Box, str]]:
    """Return the characters of a word, or nothing when they cannot be told apart."""
    chars = [
        (box, char)
        for box, char in lines.get((word[5], word[6]), ())
        if word[0] - 0.5 <= (box[0] + box[2]) / 2 <= word[2] + 0.5 and not char.isspace()
    ]
    return chars if "".join([char for _, char in chars]) == word[4] else []


def lines_of(words: list[Word]) -> list[TextLine]:
    """Return words as printed lines, top to bottom, each read from the left."""
    return [line_of(row) for row in rows_of(words)]


def rows_of(words: list[Word]) -> list[list[Word]]:
    """Group words that stand at one height, top to bottom, each group from the left."""
    rows: list[tuple[float, float, list[Word]]] = []
    for word in sorted(words, key=_top):
        top, bottom = word[1], word[3]
        if rows:
            row_top, row_bottom, row = rows[-1]
            shared = min(bottom, row_bottom) - max(top, row_top)
            if shared * 2 > min(bottom - top, row_bottom - row_top):
                row.append(word)
                continue
        rows.append((top, bottom, [word]))
    for _, _, row in rows:
        row.sort(key=_left)
    return [row for _, _, row in rows]


def line_of(words: list[Word]) -> TextLine:
    """Return words of one height as one line."""
    if len(words) == 1:
        return TextLine(words[0][4], words[0][:4])
    box = (
        words[0][0],
        min([word[1] for word in words]),
        max([word[2] for word in words]),
        max([word[3] for word in words]),
    )
    return TextLine(" ".join([word[4] for word in words]), box)


def _top(word: Word) -> float:
    return word[1]


def _left(word: Word) -> float:
    return word[0]
