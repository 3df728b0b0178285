"""The tables as read, one sheet each, the doubtful cells marked (表格工作表).

A reviewer lays such a sheet beside the page: the cells stand where they are printed, merged ones
merged, amounts are numbers he can add up, and a cell of a finding has its colour and its comment.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from rich.cells import cell_len
from xlsxwriter.worksheet import Worksheet

from gouji.messages import N_, Catalogue
from gouji.model.disclosure import Disclosure
from gouji.model.document import Cell, Grid
from gouji.model.examined import Examined
from gouji.model.figure import Figure
from gouji.model.finding import SEVERITY_ORDER, Severity
from gouji.model.place import CellRef
from gouji.model.report import Finding
from gouji.report.headings import MOST_HEAD, Cells, figures_in_cells
from gouji.report.labels import SEVERITIES, decision_lines, is_dismissed
from gouji.report.workbook import (
    Book,
    Styled,
    Value,
    harmless,
    height_of,
    is_exact,
    number_format,
)

TOP = 3
"""Rows above a table: title, where it is from, an empty one."""
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
LONGEST_COMMENT = 1500


class Doubt(NamedTuple):
    """Why a cell is marked (存疑)."""

    style: str
    comment: str


def write_tables(book: Book, examined: Examined, say: Catalogue) -> None:
    """Write the list of tables and a sheet for each."""
    grids = examined.disclosure.document.grids
    doubts = _doubts(examined, say)
    figures = dict(figures_in_cells(examined.disclosure))
    index = book.sheet(say(N_("表格")))
    _head(book, index, say)
    for number, grid in enumerate(grids, 1):
        title = _title(examined.disclosure, grid) or say(N_("（未认出的表）"))
        sheet = book.sheet(say(N_("表{n} {title}"), n=number, title=title))
        marked = [c for c in grid.cells if CellRef(grid.id, c.row, c.col) in doubts]
        shown = _Sheet(grid, title, index.get_name(), figures, doubts)
        link = f"internal:'{sheet.get_name()}'!A1"
        index.write_url(number, 1, link, book.style("link"), harmless(title)[:250])
        mark = Styled(len(marked), "error" if marked else "plain")
        told: dict[int, Value | Styled] = {
            0: number,
            2: _pages(grid),
            3: grid.n_rows,
            4: grid.n_cols,
            5: mark,
        }
        for col, value in told.items():
            book.write(index, number, col, value)
        _table(book, sheet, shown, say)
    index.autofilter(0, 0, len(grids), 5)


class _Sheet(NamedTuple):
    """What one sheet shows."""

    grid: Grid
    title: str
    contents: str
    """Name of the sheet that lists the tables."""
    figures: dict[CellRef, Figure]
    doubts: dict[CellRef, Doubt]

    @property
    def head(self) -> int:
        """Rows above the first figure; 0 where they are too many to keep in view."""
        first = min((r.row for r in self.figures if r.grid == self.grid.id), default=0)
        return first if first <= MOST_HEAD else 0


def _head(book: Book, index: Worksheet, say: Catalogue) -> None:
    titles = (N_("序号"), N_("表名"), N_("页"), N_("行数"), N_("栏数"), N_("有疑的单元格"))
    for col, (title, width) in enumerate(zip(titles, (7, 60, 12, 8, 8, 14), strict=True)):
        index.set_column(col, col, width)
        index.write_string(0, col, say(title), book.style("head"))
    index.freeze_panes(1, 0)


def _pages(grid: Grid) -> str:
    first, *rest = grid.pages or (0,)
    return f"{first}–{rest[-1]}" if rest else str(first or "")


def _title(disclosure: Disclosure, grid: Grid) -> str:
    named = disclosure.outline.named(grid.id)
    if named is not None and (named.title or named.number):
        return " ".join(dict.fromkeys(p for p in (named.number, named.title) if p))
    own = next((t for t in disclosure.indicators if t.grid == grid.id), None)
    return own.title if own is not None else ""


# --- one table -------------------------------------------------------------------------------


def _table(book: Book, sheet: Worksheet, shown: _Sheet, say: Catalogue) -> None:
    grid = shown.grid
    sheet.write_string(0, 0, harmless(shown.title), book.style("title"))
    sheet.write_url(
        1, 0, f"internal:'{shown.contents}'!A1", book.style("link"), say(N_("返回目录"))
    )
    if grid.pages:
        sheet.write_string(1, 1, say(N_("第 {n} 页"), n=_pages(grid)), book.style("aside"))
    widths = [_width(grid, col) for col in range(grid.n_cols)]
    for col, width in enumerate(widths):
        sheet.set_column(col, col, width)
    for row, tall in _heights(grid, widths):
        sheet.set_row(TOP + row, tall)
    taken: set[tuple[int, int]] = set()
    for cell in grid.cells:
        _cell(book, sheet, cell, shown, taken)
    if shown.head:
        sheet.freeze_panes(TOP + shown.head, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _cell(
    book: Book, sheet: Worksheet, cell: Cell, shown: _Sheet, taken: set[tuple[int, int]]
) -> None:
    """Write one cell where it is printed; a span over a cell already written stays one cell."""
    ref = CellRef(shown.grid.id, cell.row, cell.col)
    covered = {
        (r, c)
        for r in range(cell.row, cell.row + cell.rowspan)
        for c in range(cell.col, cell.col + cell.colspan)
    }
    doubt = shown.doubts.get(ref)
    style = doubt.style if doubt else "cell_head" if cell.row < shown.head else "plain"
    number = _number(cell, shown.figures.get(ref))
    row, col = TOP + cell.row, cell.col
    if len(covered) > 1 and not covered & taken:
        last_row, last_col = row + cell.rowspan - 1, col + cell.colspan - 1
        sheet.merge_range(row, col, last_row, last_col, "", book.style(style, bordered=True))
    taken |= covered
    if number is None:
        sheet.write_string(row, col, harmless(cell.text), book.style(style, bordered=True))
    else:
        look = number_format(number, grouped="," in cell.text)
        sheet.write_number(row, col, number, book.style(style, look, bordered=True))
    if doubt is not None:
        size = {"x_scale": 2.5, "y_scale": 1 + len(doubt.comment) / 90}
        sheet.write_comment(row, col, doubt.comment, {"author": "gouji", **size})


def _number(cell: Cell, figure: Figure | None) -> Decimal | None:
    """Return the number of a cell that is nothing but a figure surely read; else None."""
    text = cell.text.strip()
    if figure is None or figure.misread or not _NUMBER.fullmatch(text):
        return None
    number = Decimal(text.replace(",", ""))
    return number if number == figure.value and is_exact(number) else None


def _width(grid: Grid, col: int) -> float:
    """Return a width that shows most cells of a column on one line."""
    widths = sorted(cell_len(c.text[:200]) for c in grid.cells if c.col == col and c.colspan == 1)
    usual = widths[len(widths) * 9 // 10] if widths else 0
    return min(max(usual + 2, 8), 42)


def _heights(grid: Grid, widths: list[float]) -> Iterator[tuple[int, float]]:
    """Yield each row's height: a merged cell has the width of its columns."""
    texts: dict[int, list[tuple[str, float]]] = defaultdict(list)
    for cell in grid.cells:
        if cell.rowspan == 1:
            width = sum(widths[cell.col : cell.col + cell.colspan])
            texts[cell.row].append((cell.text, width))
    yield from ((row, height_of(told)) for row, told in texts.items())


# --- doubts ----------------------------------------------------------------------------------


MISREAD = N_("数字可能误读，未据以核对；请对照原页。")


def _doubts(examined: Examined, say: Catalogue) -> dict[CellRef, Doubt]:
    """Return the cells that findings rest on, and those whose digits may be misread."""
    doubts = {
        ref: Doubt("grey", say(MISREAD))
        for ref, figure in figures_in_cells(examined.disclosure)
        if figure.misread
    }
    found: dict[CellRef, list[Finding]] = defaultdict(list)
    at = Cells(examined.disclosure.document.grids)
    for finding in examined.report.findings:
        for evidence in finding.evidence:
            if evidence.document:
                continue
            ref = at.holding(evidence.page, evidence.start)
            if ref is not None and finding not in found[ref]:
                found[ref].append(finding)
    return doubts | {ref: _doubt(findings, say) for ref, findings in found.items()}


def _doubt(findings: list[Finding], say: Catalogue) -> Doubt:
    severities: list[Severity] = [f.severity for f in findings if not is_dismissed(f)]
    style = min(severities, key=SEVERITY_ORDER.__getitem__, default="grey")
    told = (
        "\n".join((f"{f.id} {say(SEVERITIES[f.severity])}：{f.message}", *decision_lines(f.decision, say)))
        for f in findings
    )  # fmt: skip
    return Doubt(style, harmless("\n".join(told))[:LONGEST_COMMENT])
