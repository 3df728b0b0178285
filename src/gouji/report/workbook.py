"""A workbook that holds what a document prints as text, never as a formula (工作簿).

Every text goes through `harmless`: Excel may act on a leading = + - @, also after the sheet was saved
as CSV and opened again. Numbers are written as numbers only where a double holds all their digits.
The bytes depend on the content alone: no clock, no random id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import NamedTuple

from rich.cells import cell_len
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gouji.report.legible import legible

Value = str | int | Decimal | None
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the day of making, which would differ from run to run."""
EXACT_DIGITS = 15
"""Significant digits a double keeps."""
LONGEST_TEXT = 32_000
"""A little under what one cell may hold."""
WHOLE = "0"
SLACK = 1.2
"""A number is never broken, so lines are not quite full."""
LINE_HEIGHT = 15.0
TALLEST = 400.0
"""Points; a row may not be higher than 409."""
_RISKY = re.compile(r"[=+\-@\t\n＝＋－＠]")
_PLAIN = re.compile(r"[+-]?[\d,]*\.?\d+[%‰]?|[-－—]+")
"""A number or a dash, which no program takes for a formula."""
_UNFIT_NAME = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31

STYLES: dict[str, dict[str, object]] = {
    "plain": {},
    "bold": {"bold": True},
    "title": {"bold": True, "font_size": 14, "text_wrap": False},
    "left": {"align": "left"},
    "cell_head": {"bold": True, "align": "center", "bg_color": "#F2F2F2"},
    "head": {"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "border": 1},
    "error": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "warning": {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
    "note": {"bg_color": "#DDEBF7", "font_color": "#1F4E78"},
    "good": {"bg_color": "#E2EFDA", "font_color": "#375623"},
    "grey": {"bg_color": "#EDEDED", "font_color": "#595959"},
    "link": {"font_color": "#0563C1", "underline": 1, "text_wrap": False},
    "aside": {"font_color": "#595959", "text_wrap": False},
}


class Styled(NamedTuple):
    """A value with the name of its style."""

    value: Value
    style: str


class Column(NamedTuple):
    """A column of a list: its title, and its width in characters."""

    title: str
    width: float


def harmless(text: str) -> str:
    """Return a text no spreadsheet program acts on; what had to change begins with an apostrophe."""
    shown = legible(text)
    if len(shown) > LONGEST_TEXT:
        shown = shown[:LONGEST_TEXT] + "…"
    risky = _RISKY.match(shown) and not _PLAIN.fullmatch(shown)
    return f"'{shown}" if risky else shown


def is_exact(number: Decimal) -> bool:
    """Tell whether a double keeps every digit of a number."""
    return number.is_finite() and len(number.as_tuple().digits) <= EXACT_DIGITS


class Book:
    """A workbook being written, with its styles (工作簿)."""

    def __init__(self, target: BytesIO, author: str) -> None:
        self._workbook = Workbook(target, {"in_memory": True})
        self._workbook.set_properties({"author": author, "created": EPOCH})
        self._formats: dict[tuple[str, str, bool], Format] = {}
        self._names: set[str] = set()

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet; its name is made fit and unlike the others."""
        fit = _UNFIT_NAME.sub(" ", legible(name)).strip()[:LONGEST_NAME] or "-"
        again = 2
        while fit.lower() in self._names:
            mark = f" ({again})"
            fit, again = fit[: LONGEST_NAME - len(mark)] + mark, again + 1
        self._names.add(fit.lower())
        sheet = self._workbook.add_worksheet(fit)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        return sheet

    def style(self, name: str, number: str = "", *, bordered: bool = False) -> Format:
        """Return the format of a style, with a number format if one is given."""
        key = (name, number, bordered)
        if key not in self._formats:
            look: dict[str, object] = {"text_wrap": True, "valign": "top", **STYLES[name]}
            if number:
                look["num_format"] = number
            if number == WHOLE and "align" not in look:
                look["align"] = "center"
            if bordered:
                look |= {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter"}
            self._formats[key] = self._workbook.add_format(look)
        return self._formats[key]

    def write(self, sheet: Worksheet, row: int, col: int, value: Value | Styled) -> None:
        """Write one value: text as text, a number as a number where that loses nothing."""
        value, style = value if isinstance(value, Styled) else (value, "plain")
        if isinstance(value, Decimal) and not is_exact(value):
            value = format(value, "f")
        if value is None:
            sheet.write_blank(row, col, None, self.style(style))
        elif isinstance(value, str):
            sheet.write_string(row, col, harmless(value), self.style(style))
        else:
            sheet.write_number(row, col, value, self.style(style, number_format(value)))

    def list(
        self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Value | Styled]]
    ) -> Worksheet:
        """Add a sheet with a head that stays in view, a filter on each column, and rows."""
        sheet = self.sheet(name)
        for n, column in enumerate(columns):
            sheet.set_column(n, n, column.width)
            sheet.write_string(0, n, column.title, self.style("head"))
        last = 0
        for last, row in enumerate(rows, 1):
            for n, value in enumerate(row):
                self.write(sheet, last, n, value)
            sheet.set_row(last, height(row, columns))
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return sheet

    def close(self) -> None:
        """Write everything out."""
        self._workbook.close()


@contextmanager
def workbook(author: str) -> Iterator[tuple[Book, BytesIO]]:
    """Open a workbook; its bytes are whole when the context ends."""
    target = BytesIO()
    book = Book(target, author)
    yield book, target
    book.close()


def height(row: Sequence[Value | Styled], columns: Sequence[Column]) -> float:
    """Return the height of a row that shows its longest text; not every program finds it itself."""
    texts = [v.value if isinstance(v, Styled) else v for v in row]
    return height_of(
        (t, c.width) for t, c in zip(texts, columns, strict=True) if isinstance(t, str)
    )


def height_of(texts: Iterable[tuple[str, float]]) -> float:
    """Return the height that shows each text within its width."""
    lines = (
        sum(ceil(cell_len(x) * SLACK / (width - 1)) or 1 for x in text[:LONGEST_TEXT].split("\n"))
        for text, width in texts
    )
    return min(max(lines, default=1) * LINE_HEIGHT + 2, TALLEST)


def number_format(number: int | Decimal, *, grouped: bool = True) -> str:
    """Return the format that shows a number with the decimals it is printed with."""
    decimals = 0
    if isinstance(number, Decimal):
        exponent = number.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    whole = "#,##0" if grouped and isinstance(number, Decimal) else WHOLE
    return f"{whole}.{'0' * decimals}" if decimals else whole
