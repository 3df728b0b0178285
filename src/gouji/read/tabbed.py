"""Tables in pasted text: lines with tabs, or Markdown rows with pipes (粘贴的表格)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from gouji.model.document import Cell, Grid
from gouji.model.place import CellRef, Place
from gouji.read.breaks import is_date, is_label, is_table_title
from gouji.read.markup import marks
from gouji.read.normalize import cut, squeeze_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIPES = re.compile(r"[ \t]*(?:\||[^|\n]{0,200}\|)(?:[^|\n]*\|)+[ \t]*$")
"""Pipes between the cells and after the last one; the first may have none before it."""
_SEPARATOR = re.compile(r"[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$")
_CLOSING = re.compile(r".{0,6}总(?:得)?分")
_FIRST_LABELS = re.compile(r"项目(?:支出)?:?名称|部门(?:\(单位\))?名称|单位名称|项目支出名称")

_FORM_TITLE = re.compile(r"\|?[^|\t]{0,40}(?:自评|评价|评分)[^|\t]{0,12}表(?:\([^()]*\))?[|\t]*")
_TITLE_OF_ACCOUNTS = re.compile(r"[^,;。:|绩评]{2,30}经费[^,;。:|绩评]{0,12}表")
"""Above the rows of pipes that hold a page's own particulars (索引号、发布机构) and its table."""
_INDICATORS = re.compile(r"[一三]级指标")

Span = tuple[int, int]


class Row(NamedTuple):
    """One line that holds a table row."""

    start: int
    end: int
    after_blank: bool


def is_row(line: str) -> bool:
    """Tell whether a line is a table row: it has a tab inside, or pipes around and between."""
    return "\t" in line.strip(" ") or _PIPES.match(line) is not None


def opens_quoted_cell(row: str) -> bool:
    """Tell whether a row's last cell opens a quote: a sheet's cell of several lines (多行单元格)."""
    last = row[row.rfind("\t") + 1 :].lstrip(" ")
    return last.startswith('"') and last.count('"') % 2 == 1


def closes_quoted_cell(rest: str) -> bool:
    """Tell whether what follows closes the quote: before a tab or at its end, no tab earlier."""
    close = rest.find('"')
    return close >= 0 and "\t" not in rest[:close] and rest[close + 1 : close + 2] in {"", "\t"}


def asides(line: str) -> list[Span]:
    """Return the cells of a row that is no row: a title, a label or a note with tabs around it.

    A sheet pasted whole has them above and below its tables (整表粘贴).
    """
    cells = [span for span in _cells(line, 0) if span[0] < span[1]]
    said = [line[start:end] for start, end in cells]
    if _PIPES.match(line):
        return cells if len(said) == 1 and _TITLE_OF_ACCOUNTS.fullmatch(said[0]) else []
    if len(said) == 1 and is_table_title(said[0]):
        return cells
    dates = sum([is_date(cell) for cell in said])
    return cells if dates <= 1 and said and all(is_label(cell) for cell in said) else []


def tables(rows: list[Row], text: str, folded: str, *, first: int) -> list[Grid]:
    """Return the grids that a run of rows prints; the first is numbered `first`.

    A blank line inside a table is taken for a page break: a head repeated after it is dropped.
    """
    grids: list[Grid] = []
    for split in _split(rows, folded):
        grid = grid_of(f"g{first + len(grids)}", split, text, folded)
        if grid is not None:
            grids.append(grid)
    return grids


def _split(rows: list[Row], folded: str) -> Iterator[list[list[Span]]]:
    """Yield the rows of each table, each row as the spans of its cells."""
    table: list[list[Span]] = []
    readings: list[str] = []
    for row in rows:
        line = folded[row.start : row.end]
        if _SEPARATOR.match(line):
            continue
        reading = re.sub(r"\s+", "", line)
        if _INDICATORS.search("".join(readings)) and _opens_form(reading):
            yield table
            table, readings = [], []
        if row.after_blank and readings:
            if reading == readings[0]:
                continue
            another = (reading[:1] == "|") != (readings[0][:1] == "|")
            if another or _CLOSING.match(readings[-1]) or _FIRST_LABELS.match(reading):
                yield table
                table, readings = [], []
        table.append(list(_cells(line, row.start)))
        readings.append(reading)
    if table:
        yield table


def _opens_form(reading: str) -> bool:
    """Tell whether a row begins another form below one that had its indicators: its title, its name."""
    return _FORM_TITLE.fullmatch(reading) is not None or _FIRST_LABELS.match(reading) is not None


def _cells(line: str, start: int) -> Iterator[Span]:
    """Yield the span of each cell of a row, trimmed."""
    mark = "\t"
    end = len(line)
    at = 0
    if _PIPES.match(line.replace("\n", " ")):
        mark = "|"
        at = line.index("|") + 1 if line.lstrip(" \t").startswith("|") else 0
        end = line.rindex("|")
    while True:
        stop = line.find(mark, at, end)
        cell = line[at : end if stop < 0 else stop]
        left = len(cell) - len(cell.lstrip())
        right = max(left, len(cell.rstrip()))
        if (
            "\n" in cell[left:right] and cell[left] == cell[right - 1] == '"'
        ):  # a cell of several lines
            left, right = left + 1, right - 1
        yield start + at + left, start + at + right
        if stop < 0:
            return
        at = stop + 1


def grid_of(name: str, rows: list[list[Span]], text: str, folded: str) -> Grid | None:
    """Return the grid of rows given as the spans of their cells; None where all are empty."""
    n_cols = max(len(row) for row in rows)
    cells = tuple(
        [
            Cell(r, c, _reading(folded[start:end]), _place(CellRef(name, r, c), text, start, end))
            for r, row in enumerate(rows)
            for c, (start, end) in enumerate(row)
        ]
    )
    if not any(cell.text for cell in cells):
        return None
    return Grid(name, len(rows), n_cols, cells, ruled=False)


def _place(cell: CellRef, text: str, start: int, end: int) -> Place:
    return Place(text[start:end], start, end, cell=cell)


def _reading(cell: str) -> str:
    return squeeze_cell(cut(cell, marks(cell, cell=True)).text)
