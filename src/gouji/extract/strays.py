"""Numbers of grids that no table takes (未能认定的表格中的数字): printed, so they are counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.extract.numbers import numbers_in_cell
from gouji.model.claim import NumberUse, PrintedNumber
from gouji.model.disclosure import Disclosure
from gouji.model.document import Cell, Grid

_CODE = re.compile(r"[1-7]\d{2}(?:\d{2}){0,2}")
"""A classification code (科目编码): 类 of three digits, 款 of five, 项 of seven."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_ORDINAL = re.compile(r"\d{1,3}")
_LEFT = 3
"""Codes and serial numbers stand in the first columns."""


def stray_numbers(disclosure: Disclosure) -> tuple[PrintedNumber, ...]:
    """Return the numbers of every grid without a single figure in a table (无从归属的数字).

    Of a flat grid, whose numbers mostly have no sure column, also those that are in no figure. A number is unread unless it is no quantity: a code, a year, a serial number or a column's number.
    """
    taken = {figure.place.cell for figure in disclosure.figures() if figure.place.cell}
    grids = {cell.grid for cell in taken}
    return tuple(
        number
        for grid in disclosure.document.grids
        if grid.flat or grid.id not in grids
        for number in _numbers_of(grid)
        if number.place.cell not in taken
    )


def _numbers_of(grid: Grid) -> Iterator[PrintedNumber]:
    for row in range(grid.n_rows):
        cells = [c for c in grid.row_cells(row) if numbers_in_cell(c.text)]
        counted = _is_count_of_columns(cells)
        for cell in cells:
            reason = "ordinal" if counted else _no_quantity(cell)
            use: NumberUse = "not_a_quantity" if reason else "unread"
            yield PrintedNumber(cell.place, grid.index, use, reason)


def _is_count_of_columns(cells: list[Cell]) -> bool:
    """Tell a row that only numbers the columns (栏次), one up each."""
    digits = [cell.text.strip() for cell in cells]
    return len(digits) > 1 and all(
        text.isdigit() and int(text) == int(digits[0]) + i for i, text in enumerate(digits)
    )


def _no_quantity(cell: Cell) -> str:
    text = cell.text.strip()
    if _YEAR.fullmatch(text):
        return "year"
    if cell.col < _LEFT and _CODE.fullmatch(text):
        return "code"
    return "ordinal" if cell.col == 0 and _ORDINAL.fullmatch(text) else ""
