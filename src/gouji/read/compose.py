"""Paragraphs from printed pieces: joined, normalised, each character traced to its page (成段)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gouji.model.document import Paragraph, Run
from gouji.read.markup import marks
from gouji.read.normalize import cut, squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

Piece = tuple[int, int, int]
"""A stretch of one page: index of the page, start, end."""


def compose(pieces: Sequence[Piece], folded: Sequence[str], *, marked: bool = False) -> Paragraph:
    """Return the paragraph that the pieces print; `folded` holds the folded text of each page.

    With `marked`, Markdown, TeX and HTML mark-up is dropped.
    """
    parts: list[str] = []
    origin: list[int] = []
    starts: list[tuple[int, int]] = []  # where a new page begins in the joined text
    for page, start, end in pieces:
        if parts:
            parts.append("\n")
            origin.append(origin[-1])
        if not starts or starts[-1][1] != page:
            starts.append((len(origin), page))
        line = folded[page][start:end]
        kept = cut(line, marks(line) if marked else ())
        parts.append(kept.text)
        origin.extend(range(start, end) if kept.text is line else (start + i for i in kept.origin))
    squeezed = squeeze("".join(parts))
    return Paragraph(squeezed.text, _runs(squeezed.origin, origin, starts))


def _runs(
    kept: Sequence[int], origin: Sequence[int], starts: Sequence[tuple[int, int]]
) -> tuple[Run, ...]:
    if len(starts) == 1:
        return (Run(0, starts[0][1], tuple([origin[i] for i in kept])),)
    runs: list[Run] = []
    at = 0
    for number, (_, page) in enumerate(starts):
        stop = starts[number + 1][0] if number + 1 < len(starts) else len(origin)
        offsets: list[int] = []
        while at + len(offsets) < len(kept) and kept[at + len(offsets)] < stop:
            offsets.append(origin[kept[at + len(offsets)]])
        if offsets:
            runs.append(Run(at, page, tuple(offsets)))
            at += len(offsets)
    return tuple(runs)
