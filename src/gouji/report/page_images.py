"""Pictures of a PDF's pages, and where exactly a span of text stands on them (页面图像).

The reader keeps one box a line, which is enough to cite a place; to mark a figure the characters
themselves are asked for. Pictures are grey in eight shades: text stays sharp and files small.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pymupdf

from gouji.model.document import Line, Page
from gouji.model.place import Box

_MUPDF: Any = pymupdf
_FAILURES = (RuntimeError, ValueError, TypeError, IndexError, _MUPDF.mupdf.FzErrorBase)
_FLAGS: int = pymupdf.TEXTFLAGS_WORDS & ~pymupdf.TEXT_PRESERVE_LIGATURES
"""As the reader asks for text: ligatures taken apart, so that characters can be counted."""
_SHADES = 8
_TO_SHADES = bytes(round(round(i * (_SHADES - 1) / 255) * 255 / (_SHADES - 1)) for i in range(256))
_SLACK = 1.0
"""Points by which the middle of a character may stand outside its line's box."""


class _Character(NamedTuple):
    box: Box
    text: str


class PageImages:
    """The pages of one PDF as pictures (页面图像); a damaged page gives none, and no boxes."""

    def __init__(self, pdf: Any) -> None:  # noqa: ANN401 (PyMuPDF publishes no types)
        self._pdf = pdf
        self._characters: dict[int, list[_Character]] = {}

    def png(self, number: int, area: Box | None, scale: float) -> bytes | None:
        """Return a part of a page, or all of it, as a PNG of `scale` pixels a point."""
        try:
            page = self._pdf.load_page(number - 1)
            clip = _MUPDF.Rect(*area) if area else page.rect
            grey = page.get_pixmap(
                matrix=_MUPDF.Matrix(scale, scale), colorspace=_MUPDF.csGRAY, clip=clip, alpha=False
            )
            shades = grey.samples.translate(_TO_SHADES)
            return bytes(
                _MUPDF.Pixmap(_MUPDF.csGRAY, grey.width, grey.height, shades, False).tobytes("png")  # noqa: FBT003 (PyMuPDF takes it by place)
            )
        except _FAILURES:
            return None

    def boxes(self, page: Page, start: int, end: int) -> tuple[Box, ...]:
        """Return the boxes of characters `start … end` of a page's text, one a line they stand on.

        Where the characters of a line cannot be told apart its whole box stands for them.
        """
        lines = [ln for ln in page.lines if ln.box and ln.start < end and start < ln.end]
        return tuple(self._within(page, line, start, end) for line in lines)

    def _within(self, page: Page, line: Line, start: int, end: int) -> Box:
        assert line.box is not None  # noqa: S101 (asked before)
        if start <= line.start and line.end <= end:
            return line.box
        printed = page.text[line.start : line.end]
        characters = self._of_line(page, line.box, "".join(printed.split()))
        first = len("".join(printed[: max(0, start - line.start)].split()))
        count = len("".join(page.text[max(start, line.start) : min(end, line.end)].split()))
        wanted = characters[first : first + count]
        return _around([c.box for c in wanted]) if wanted else line.box

    def _of_line(self, page: Page, box: Box, printed: str) -> list[_Character]:
        """Return the characters of a line in the order they are printed, or none if they differ."""
        if page.number is None:
            return []
        found = [c for c in self._of_page(page.number) if _holds(box, c.box)]
        for order in (None, _from_left, _from_bottom, _from_top):
            ordered = sorted(found, key=order) if order else found
            if "".join([c.text for c in ordered]) == printed:
                return ordered
        return []

    def _of_page(self, number: int) -> list[_Character]:
        if number not in self._characters:
            try:
                self._characters[number] = list(_characters(self._pdf.load_page(number - 1)))
            except _FAILURES:
                self._characters[number] = []
        return self._characters[number]


@contextmanager
def page_images(source: bytes | None) -> Iterator[PageImages | None]:
    """Open the pages of a source; None where it has none (pasted text, a file MuPDF refuses)."""
    if source is None or b"%PDF" not in source[:1024]:
        yield None
        return
    _MUPDF.TOOLS.mupdf_display_errors(on=False)
    _MUPDF.TOOLS.mupdf_display_warnings(on=False)
    try:
        pdf = _MUPDF.open(stream=source, filetype="pdf")
    except _FAILURES:
        yield None
        return
    try:
        yield PageImages(pdf)
    finally:
        pdf.close()
        _MUPDF.TOOLS.reset_mupdf_warnings()


def _characters(page: Any) -> Iterator[_Character]:  # noqa: ANN401 (PyMuPDF publishes no types)
    """Yield the visible characters of a page with their boxes as the page is displayed."""
    turn = page.rotation_matrix if page.rotation else None
    for block in page.get_text("rawdict", flags=_FLAGS)["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                for char in span["chars"]:
                    if char["c"].isspace():
                        continue
                    rect = _MUPDF.Rect(char["bbox"])
                    rect = rect * turn if turn else rect
                    yield _Character((rect.x0, rect.y0, rect.x1, rect.y1), char["c"])


def _holds(outer: Box, inner: Box) -> bool:
    """Tell whether the middle of a box lies within another."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    across = outer[0] - _SLACK <= x <= outer[2] + _SLACK
    return across and outer[1] - _SLACK <= y <= outer[3] + _SLACK


def _from_left(character: _Character) -> float:
    return character.box[0]


def _from_top(character: _Character) -> float:
    return character.box[1]


def _from_bottom(character: _Character) -> float:
    return -character.box[1]


def _around(boxes: list[Box]) -> Box:
    left, top, right, bottom = zip(*boxes, strict=True)
    return (min(left), min(top), max(right), max(bottom))
