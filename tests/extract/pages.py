"""Pasted forms drawn as ruled PDFs: labels merged down, names merged across, two pages (版式自评表)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tests.read.drawn import LANDSCAPE, Page, pdf, rule, say

SIZE = 5.5
LEFT, TOP, RIGHT = 30.0, 40.0, 812.0
LINE = 8.5


@dataclass(frozen=True)
class Sheet:
    """Lines above a form and its rows, all of one width (表题与表行)."""

    above: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    head: int
    """Index of the row that heads the indicators."""
    height: int
    """Rows the head takes."""


def sheet_of(text: str) -> Sheet:
    """Return a pasted form as lines and rows of equal width."""
    lines = text.strip("\n").split("\n")
    start = next(i for i, line in enumerate(lines) if "\t" in line)
    table = [line.split("\t") for line in lines[start:] if "\t" in line]
    width = max(len(row) for row in table)
    rows = tuple(tuple(row + [""] * (width - len(row))) for row in table)
    head = next(
        i
        for i, row in enumerate(rows)
        if "二级指标" in row or ("指标名称" in row and "年初指标值" in row)
    )
    after = rows[head + 1]
    split = {"名称", "权重", "符号", "值"} & set(after)
    return Sheet(tuple(line for line in lines[:start] if line), rows, head, 2 if split else 1)


def drawn(sheet: Sheet, cut: int, *, repeat_head: bool) -> bytes:
    """Draw a form over two pages, the second from row `cut` on, its head repeated where asked."""
    head = list(range(sheet.head, sheet.head + sheet.height))
    second = [*head, *range(cut, len(sheet.rows))] if repeat_head else range(cut, len(sheet.rows))

    def first_page(page: Page) -> None:
        top = LANDSCAPE[1] - 40 - _height(sheet, range(cut))
        for n, line in enumerate(reversed(sheet.above)):
            say(page, 300, top - 6 - n * 12, line, 10)
        _rows(page, sheet, list(range(cut)), top)

    return pdf(first_page, lambda page: _rows(page, sheet, list(second), TOP), size=LANDSCAPE)


def _height(sheet: Sheet, indices: Sequence[int]) -> float:
    step = (RIGHT - LEFT) / len(sheet.rows[0])
    return sum(
        LINE * max(len(_wrap(sheet.rows[i][c], step * n - 6)) for c, n in _across(sheet, i)) + 5
        for i in indices
    )


def _rows(page: Page, sheet: Sheet, indices: Sequence[int], top: float) -> None:
    width = len(sheet.rows[0])
    step = (RIGHT - LEFT) / width
    y = top
    for n, i in enumerate(indices):
        spans = _across(sheet, i)
        wrapped = {c: _wrap(sheet.rows[i][c], step * n_cols - 6) for c, n_cols in spans}
        bottom = y + LINE * max(map(len, wrapped.values())) + 5
        above = indices[n - 1] if n else None
        for c, n_cols in spans:
            x, end = LEFT + c * step, LEFT + (c + n_cols) * step
            joined = above is not None and above == i - 1 and _continues(sheet, i, c)
            if not joined:
                rule(page, (x, y), (end, y))
            rule(page, (x, y), (x, bottom))
            for k, text in enumerate(wrapped[c], 1):
                say(page, x + 2, y + LINE * k, text, SIZE)
        rule(page, (RIGHT, y), (RIGHT, bottom))
        y = bottom
    rule(page, (LEFT, y), (RIGHT, y))


def _wrap(text: str, room: float) -> list[str]:
    """Break a cell's text into lines; numbers stay whole."""
    lines = [""]
    for piece in re.findall(r"[≥≤=]?[\d.,%]+|.", text):
        if _width(lines[-1] + piece) > room and lines[-1]:
            lines.append("")
        lines[-1] += piece
    return lines


def _width(text: str) -> float:
    """Return how wide a text is drawn: this font sets figures as wide as characters."""
    return len(text) * SIZE


def _across(sheet: Sheet, i: int) -> list[tuple[int, int]]:
    """Return (column, columns covered): above the head and in closing rows, text covers what follows."""
    cells = sheet.rows[i]
    closing = cells[0] in ("总分", "合计")
    if sheet.head <= i and not closing:
        return [(c, 1) for c in range(len(cells))]
    starts = [c for c, text in enumerate(cells) if text or c == 0]
    ends = [*starts[1:], len(cells)]
    return [(c, end - c) for c, end in zip(starts, ends, strict=True)]


def _continues(sheet: Sheet, i: int, c: int) -> bool:
    """Tell whether a cell only continues the merged label above it."""
    if i < sheet.head + sheet.height or sheet.rows[i][0] in ("总分", "合计"):
        return False
    levels = [
        k for k, text in enumerate(sheet.rows[sheet.head]) if text in ("一级指标", "二级指标")
    ]
    last = max(levels, default=0)
    return c <= last and not any(sheet.rows[i][k] for k in range(c + 1))
