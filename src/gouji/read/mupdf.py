"""PyMuPDF as gouji uses it: silent, untyped, and with one kind of failure (PDF 引擎).

PyMuPDF carries no complete types, so its documents, pages and text pages are `Any` here.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pymupdf

if TYPE_CHECKING:
    from collections.abc import Iterator

MupdfDocument: TypeAlias = Any
MupdfPage: TypeAlias = Any
MupdfText: TypeAlias = Any

_MUPDF: Any = pymupdf
_FAILURES = (RuntimeError, ValueError, TypeError, IndexError, _MUPDF.mupdf.FzErrorBase)

WORD_FLAGS: int = pymupdf.TEXTFLAGS_WORDS & ~pymupdf.TEXT_PRESERVE_LIGATURES
"""Text as words, ligatures taken apart."""


class DamagedPdfError(Exception):
    """MuPDF cannot open, count, load or read pages (PDF 损坏)."""


@contextmanager
def damage() -> Iterator[None]:
    """Turn whatever MuPDF raises inside into `DamagedPdfError`."""
    try:
        yield
    except _FAILURES as error:
        raise DamagedPdfError(str(error)) from error


@contextmanager
def opened(data: bytes) -> Iterator[MupdfDocument]:
    """Open a PDF; MuPDF says nothing on standard error while it is open."""
    _MUPDF.TOOLS.mupdf_display_errors(on=False)
    _MUPDF.TOOLS.mupdf_display_warnings(on=False)
    with damage():
        pdf = _MUPDF.open(stream=data, filetype="pdf")
    try:
        yield pdf
    finally:
        pdf.close()
        _MUPDF.TOOLS.reset_mupdf_warnings()


def count_pages(data: bytes) -> int:
    """Return how many pages a PDF has, 0 if it is locked (页数)."""
    with opened(data) as pdf, damage():
        return 0 if pdf.needs_pass else int(pdf.page_count)


Word = tuple[float, float, float, float, str, int, int, int]
"""Left, top, right, bottom, text, and the numbers of block, line and word."""

Turn = tuple[float, float, float, float, float, float]
"""A matrix that turns points by a multiple of a right angle."""

UPRIGHT: Turn = (1, 0, 0, 1, 0, 0)


class Fetched(NamedTuple):
    """What MuPDF tells about a page: each of its passes is made once."""

    text: MupdfText
    words: list[Word]
    drawings: list[dict[str, Any]]
    unturned: tuple[float, float]
    """Width and height before the page's own rotation, which words and drawings do not follow."""
    rotation: Turn


def fetch(page: MupdfPage) -> Fetched:
    """Read a page's words and drawings."""
    text = page.get_textpage(flags=WORD_FLAGS)
    size, rotation = page.rect, UPRIGHT
    if page.rotation:
        a, b, c, d, e, f = page.rotation_matrix
        size, rotation = page.cropbox, (a, b, c, d, e, f)
    unturned = (size.width, size.height)
    return Fetched(text, text.extractWORDS(), page.get_cdrawings(), unturned, rotation)


def is_picture(page: MupdfPage) -> bool:
    """Tell whether an image covers most of the page (扫描页)."""
    with damage():
        area = abs(page.rect)
        return any(abs(_MUPDF.Rect(image["bbox"])) * 2 > area for image in page.get_image_info())
