"""Where a thing is printed (出处)."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in PDF points of the page as displayed."""


@dataclass(frozen=True, slots=True)
class CellRef:
    """Names one cell of one grid (单元格)."""

    grid: str
    row: int
    col: int


@dataclass(frozen=True, slots=True)
class Place:
    """A span of the source with its quote (出处).

    `start` and `end` count characters of the pasted text, or of the page's text for a PDF.
    `page` is 1-based and None for pasted text; `box` is None where the source has no geometry.
    """

    quote: str
    """The characters as printed, before normalisation."""
    start: int
    end: int
    page: int | None = None
    box: Box | None = None
    cell: CellRef | None = None
