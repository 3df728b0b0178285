"""Tables with rules across but none down: columns by where the words stand (三线表).

Tried only between parallel rules of equal length with no ruled table between them, and kept only if
most rows fall into the same columns: prose between the rules of a page head and foot does not.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from gouji.read.cells import Fragment, line_of, rows_of

if TYPE_CHECKING:
    from gouji.model.place import Box
    from gouji.read.cells import TextLine
    from gouji.read.lattice import Slot
    from gouji.read.mupdf import Word
    from gouji.read.rules import Segment

_EQUAL = 3.0
_WIDE = 0.3
_CHUNK_GAP = 0.8
_MOST = 0.6
_LEAST = 2
_GUTTER = 5.0


class _Frame(NamedTuple):
    left: float
    right: float
    levels: list[float]


def aligned(
    words: list[Word], loose: list[Segment], width: float, taken: list[Box]
) -> tuple[list[Fragment], list[Word]]:
    """Return the tables without uprights among the words, and the words that are in none."""
    fragments: list[Fragment] = []
    for frame in _frames(loose, width):
        top, bottom = frame.levels[0], frame.levels[-1]
        if any(box[1] < bottom and box[3] > top for box in taken):
            continue
        inside = [word for word in words if _within(word, frame)]
        fragment = _fragment(rows_of(inside), frame) if inside else None
        if fragment:
            fragments.append(fragment)
            words = [word for word in words if not _within(word, frame)]
    return fragments, words


def _frames(loose: list[Segment], width: float) -> list[_Frame]:
    """Group wide rules that begin and end at the same places."""
    frames: list[_Frame] = []
    for y, left, right in loose:  # from the top
        if right - left < _WIDE * width:
            continue
        for frame in frames:
            if abs(frame.left - left) <= _EQUAL and abs(frame.right - right) <= _EQUAL:
                frame.levels.append(y)
                break
        else:
            frames.append(_Frame(left, right, [y]))
    return [frame for frame in frames if len(frame.levels) >= _LEAST]


def _within(word: Word, frame: _Frame) -> bool:
    x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    return frame.left <= x <= frame.right and frame.levels[0] <= y <= frame.levels[-1]


def _fragment(rows: list[list[Word]], frame: _Frame) -> Fragment | None:
    chunks = [_chunks(row) for row in rows]
    head_end = frame.levels[1] if len(frame.levels) > _LEAST else None
    body = [row for row in chunks if head_end is None or row[0].box[1] > head_end] or chunks
    if head_end is None:
        body = body[1:]
    filled = [row for row in body if len(row) >= _LEAST]
    if len(body) < _LEAST or len(filled) < _MOST * len(body):
        return None
    columns = _columns(filled)
    if len(columns) < _LEAST:
        return None
    xs = [frame.left, *[(a[1] + b[0]) / 2 for a, b in pairwise(columns)], frame.right]
    middles = [(a[0].box[3] + b[0].box[1]) / 2 for a, b in pairwise(chunks)]
    ys = [frame.levels[0], *middles, frame.levels[-1]]
    cells = [cell for number, row in enumerate(chunks) for cell in _cells(number, row, xs)]
    slots = [slot for slot, _ in cells]
    return Fragment(xs, ys, slots, [words for _, words in cells], ruled=False)


def _chunks(row: list[Word]) -> list[TextLine]:
    """Join the words of a row that stand close together."""
    runs = [[row[0]]]
    for word in row[1:]:
        if word[0] - runs[-1][-1][2] > _CHUNK_GAP * (word[3] - word[1]):
            runs.append([])
        runs[-1].append(word)
    return [line_of(run) for run in runs]


def _columns(rows: list[list[TextLine]]) -> list[tuple[float, float]]:
    """Return from where to where each column's text reaches."""
    spans = sorted([(chunk.box[0], chunk.box[2]) for row in rows for chunk in row])
    columns = [spans[0]]
    for left, right in spans[1:]:
        if left - columns[-1][1] > _GUTTER:
            columns.append((left, right))
        elif right > columns[-1][1]:
            columns[-1] = (columns[-1][0], right)
    return columns


def _cells(number: int, row: list[TextLine], xs: list[float]) -> list[tuple[Slot, list[Word]]]:
    """Place the chunks of a row; a chunk over several columns spans them, no column is left out."""
    cells: list[tuple[Slot, list[Word]]] = []
    n_cols = len(xs) - 1
    col = 0
    for chunk in row:
        first = _column(chunk.box[0], xs)
        word = (*chunk.box, chunk.text, 0, 0, 0)
        if first < col:  # two chunks in one column
            cells[-1][1].append(word)
            continue
        last = _column(chunk.box[2], xs)
        cells += [((number, c, 1, 1), []) for c in range(col, first)]
        cells.append(((number, first, 1, last - first + 1), [word]))
        col = last + 1
    cells += [((number, c, 1, 1), []) for c in range(col, n_cols)]
    return cells


def _column(x: float, xs: list[float]) -> int:
    return min(max(sum([1 for edge in xs if edge <= x]) - 1, 0), len(xs) - 2)
