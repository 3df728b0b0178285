"""Words into the cells of a lattice (单元格文字)."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gouji.model.place import Box
    from gouji.read.lattice import Lattice, Slot
    from gouji.read.mupdf import Word
    from gouji.read.sheet import Sheet

_OVERHANG = 2.0
_STRADDLE = 0.25


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
    for word in crossing:
        row = min(max(bisect_right(ys, (word[1] + word[3]) / 2) - 1, 0), len(ys) - 2)
        parts: list[tuple[int, list[tuple[Box, str]]]] = []
        whole = False
        for box, char in _characters(word, lines):
            middle = (box[0] + box[2]) / 2
            col = min(max(bisect_right(xs, middle) - 1, 0), n_cols - 1)
            number = owner[row * n_cols + col]
            _, first, _, colspan = slots[number]
            over = max(xs[first] - box[0], box[2] - xs[first + colspan])
            whole = whole or over > _STRADDLE * (box[2] - box[0])
            if parts and parts[-1][0] == number:
                parts[-1][1].append((box, char))
            else:
                parts.append((number, [(box, char)]))
        if whole or len(parts) < 2:  # noqa: PLR2004  nothing to part
            continue
        home = next(words for words in content if word in words)
        home.remove(word)
        for number, chars in parts:
            box = (chars[0][0][0], word[1], chars[-1][0][2], word[3])
            content[number].append((*box, "".join([c for _, c in chars]), *word[5:]))


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
