"""Small PDFs drawn by the tests themselves: every name and figure in them is invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

import pymupdf

A4 = (595.0, 842.0)
LANDSCAPE = (842.0, 595.0)

MUPDF: Any = pymupdf
Page: TypeAlias = Any
Draw: TypeAlias = Callable[[Page], object]
Rows: TypeAlias = Sequence[Sequence[str]]
Span: TypeAlias = tuple[int, int, int, int]
"""Row, column, rowspan, colspan."""


class Form(NamedTuple):
    """How a table is drawn."""

    xs: Sequence[float] = (90, 200, 300, 400)
    spans: Sequence[Span] = ()
    without: str = ""
    """Outer sides left undrawn, by their initials: l, r, t, b."""
    filled: bool = False
    """Each rule is a thin filled rectangle a cell, as Word draws it."""


PLAIN = Form()


def pdf(*draws: Draw, size: tuple[float, float] = A4) -> bytes:
    """Return a PDF with one page for each drawing function."""
    document = MUPDF.open()
    for draw in draws:
        draw(document.new_page(width=size[0], height=size[1]))
    return bytes(document.tobytes())


def say(page: Page, x: float, y: float, text: str, size: float = 10) -> None:
    """Print text with its baseline at y."""
    page.insert_text((x, y), text, fontname="china-s", fontsize=size)


def prose(page: Page, y: float, *lines: str, left: float = 90, size: float = 10) -> None:
    """Print lines one below the other; a leading full-width space indents."""
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip("\u3000"))
        say(page, left + indent * size, y + number * size * 1.6, line.lstrip("\u3000"), size)


def table(page: Page, rows: Rows, top: float = 150, form: Form = PLAIN) -> float:
    """Draw a ruled table; return where it ends."""
    xs = form.xs
    ys = [top + i * 20 for i in range(len(rows) + 1)]
    hidden = _hidden(form.spans) | _sides(form.without, len(ys) - 1, len(xs) - 1)
    for r, y in enumerate(ys):
        for c in range(len(xs) - 1):
            if ("across", r, c) not in hidden:
                rule(page, (xs[c], y), (xs[c + 1], y), filled=form.filled)
    for c, x in enumerate(xs):
        for r in range(len(ys) - 1):
            if ("down", r, c) not in hidden:
                rule(page, (x, ys[r]), (x, ys[r + 1]), filled=form.filled)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            for n, line in enumerate(text.split("\n")):
                say(page, xs[c] + 3, ys[r] + 12 + 10 * n, line, 9)
    return ys[-1]


def rule(
    page: Page, start: tuple[float, float], end: tuple[float, float], *, filled: bool = False
) -> None:
    """Draw a straight rule."""
    if filled:
        box = (start[0] - 0.24, start[1] - 0.24, end[0] + 0.24, end[1] + 0.24)
        page.draw_rect(box, color=None, fill=(0, 0, 0))
    else:
        page.draw_line(start, end, width=0.5)


def _sides(without: str, last_row: int, last_col: int) -> set[tuple[str, int, int]]:
    edges = {
        "t": ("across", 0),
        "b": ("across", last_row),
        "l": ("down", 0),
        "r": ("down", last_col),
    }
    hidden = set()
    for side in without:
        way, at = edges[side]
        for n in range(max(last_row, last_col)):
            hidden.add((way, at, n) if way == "across" else (way, n, at))
    return hidden


def _hidden(spans: Sequence[Span]) -> set[tuple[str, int, int]]:
    hidden = set()
    for row, col, rowspan, colspan in spans:
        hidden |= {
            ("across", r, c)
            for r in range(row + 1, row + rowspan)
            for c in range(col, col + colspan)
        }
        hidden |= {
            ("down", r, c) for r in range(row, row + rowspan) for c in range(col + 1, col + colspan)
        }
    return hidden
