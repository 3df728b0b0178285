"""A grid as a sheet: text by position, headings by column, figures with their places (表格视图)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gouji.extract.numbers import blank_figure, is_blank, numbers_in_cell
from gouji.model.document import cell_place
from gouji.model.place import Place

if TYPE_CHECKING:
    from gouji.extract.numbers import CellNumber
    from gouji.model.document import Cell, Grid
    from gouji.model.figure import Figure, Unit
    from gouji.model.tables import Column

_SPACE = re.compile(r"\s+")
_LINE_NUMBERS = re.compile(r"栏次|行次")
_NO_HEADING = re.compile(r"\d+|栏次|行次|[类款项]+")
"""Words of the heading rows that name no column of figures."""
_AMOUNT = re.compile(r"[-\u2212]?\d[\d,\s]*[.,]\s?\d+")
_NUMBERING = re.compile(
    r"^(?:2\d{2}(?=[\u4e00-\u9fff])|\d{0,3}[一二三四五六七八九十]{1,3}[、.]|\(?[一二三四五六七八九十\d]{1,2}[)、.](?!\d)|其中[::]|[①-⑳])+"
)
_REMARK = re.compile(r"\((?:个|人|辆|台|套|台、辆|台、套|批次?|人次|元|万元|团|次|组)\)$")
_QUOTES = re.compile("[\"'“”‘’]")
LINE_ROW_LENGTH = 2
"""At least so many consecutive numbers make a row of column numbers (栏次)."""


def compact(text: str) -> str:
    """Return a text without white space."""
    return _SPACE.sub("", text)


def item_name(text: str) -> str:
    """Return an item's name without numbering, quotes and the unit it is counted in."""
    text = _QUOTES.sub("", compact(text))
    text = _NUMBERING.sub("", text)
    return _REMARK.sub("", text).strip(":：、")


def name_index(columns: tuple[Column, ...]) -> dict[str, str]:
    """Return every name and alias of declared rows or columns → its key."""
    index: dict[str, str] = {}
    for column in columns:
        for name in (column.key, *column.aliases):
            index.setdefault(item_name(name), column.key)
    return index


@dataclass(slots=True)
class Sheet:
    """One grid to be bound (待识别的表): texts by position; a spanning cell stands at its top left."""

    grid: Grid
    unit: Unit | None
    texts: list[list[str]] = field(init=False)
    cells: list[list[Cell | None]] = field(init=False)
    problems: list[str] = field(default_factory=list)
    """Why no position of this table can be trusted, in plain sentences."""
    stray: list[str] = field(default_factory=list)
    """Rows or numbers that could not be bound; the rest of the table still can."""

    def __post_init__(self) -> None:
        grid = self.grid
        self.texts = [[""] * grid.n_cols for _ in range(grid.n_rows)]
        self.cells = [[None] * grid.n_cols for _ in range(grid.n_rows)]
        for cell in grid.cells:
            self.texts[cell.row][cell.col] = cell.text.strip()
            self.cells[cell.row][cell.col] = cell

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return self.grid.n_rows

    @property
    def n_cols(self) -> int:
        """Number of columns."""
        return self.grid.n_cols

    def place(self, row: int, col: int) -> Place:
        """Return the place of a position; an empty place beside its neighbour where no cell is."""
        cell = self.cells[row][col]
        if cell is None:
            cell = self.grid.at(row, col)
        if cell is not None and (cell.row, cell.col) == (row, col) and cell.place.cell:
            return cell.place
        if cell is not None:
            return cell_place(self.grid.id, row, col, cell.place)
        left = next((c for c in reversed(self.cells[row][:col]) if c is not None), None)
        near = left or next((c for c in self.grid.cells if c.row <= row), self.grid.cells[0])
        empty = Place("", near.place.end, near.place.end, near.place.page, near.place.box)
        return cell_place(self.grid.id, row, col, empty)

    def figure(self, row: int, col: int, unit: Unit | None = None) -> Figure | None:
        """Return the figure of a position: blank where empty, None where words or two numbers."""
        text = self.texts[row][col]
        unit = unit or self.unit
        if is_blank(text):
            return blank_figure(self.place(row, col), unit)
        numbers = numbers_in_cell(text)
        return numbers[0].figure(self.place(row, col), unit) if len(numbers) == 1 else None

    def made(self, number: CellNumber, row: int, col: int) -> Figure:
        """Return the figure of one of several numbers read from a cell."""
        return number.figure(self.place(row, col), self.unit)

    def is_number(self, row: int, col: int) -> bool:
        """Tell whether a position holds numbers and nothing else."""
        return bool(numbers_in_cell(self.texts[row][col]))

    def is_amount(self, row: int, col: int) -> bool:
        """Tell whether a position holds a number with decimals."""
        return _AMOUNT.fullmatch(self.texts[row][col]) is not None

    def column_numbers(self, row: int) -> dict[int, int]:
        """Return column → number of a row that only numbers the columns (栏次 1 2 3 …), or nothing."""
        found: dict[int, int] = {}
        words = False
        for col, text in enumerate(self.texts[row]):
            if text.isdigit():
                found[col] = int(text)
            elif numbers_in_cell(text):
                return {}
            elif len(text) > 2 and not _LINE_NUMBERS.search(compact(text)):  # noqa: PLR2004  # 类, 款, 项 or scraps of them stand beside
                words = True
        values = list(found.values())
        in_order = values == list(range(1, len(values) + 1))
        return found if in_order and len(values) >= LINE_ROW_LENGTH + words else {}

    def paths(self, rows: int) -> list[tuple[str, ...]]:
        """Return, for each column, its headings from top to bottom over the first `rows` rows."""
        lines = [r for r in range(rows) if not self.column_numbers(r)]
        texts = self._ruled_headings(lines) if self.grid.ruled else self._loose_headings(lines)
        found: list[tuple[str, ...]] = []
        for col in range(self.n_cols):
            path: list[str] = []
            for line in texts:
                text = line[col]
                if not text or _NO_HEADING.fullmatch(text):
                    continue
                if not path or path[-1] != text:
                    path.append(text)
            found.append(tuple(path))
        return found

    def _ruled_headings(self, lines: list[int]) -> list[list[str]]:
        covering = [[self.grid.at(row, col) for col in range(self.n_cols)] for row in lines]
        return [[compact(cell.text) if cell else "" for cell in line] for line in covering]

    def _loose_headings(self, lines: list[int]) -> list[list[str]]:
        """Spread each heading to the right, as far as its parent reaches and something is below."""
        texts = [[compact(text) for text in self.texts[row]] for row in lines]
        spread: list[list[str]] = []
        for at, line in enumerate(texts):
            filled: list[str] = []
            left = ""
            for col, text in enumerate(line):
                if text or any(above[col] for above in texts[:at]):
                    left = text
                below = any(deeper[col] for deeper in texts[at + 1 :])
                filled.append(text or (left if below else ""))
            spread.append(filled)
        return spread


def at_house_precision(figures: dict[str, Figure], decimals: int | None) -> dict[str, Figure]:
    """Return the figures with the table's decimals noted on those printed with fewer."""
    if decimals is None:
        return figures
    return {
        key: replace(f, house=decimals)
        if not f.blank
        and f.decimals < decimals
        and f.dimension in ("money", "other")
        and not _is_whole_yuan(f)
        else f
        for key, f in figures.items()
    }


def _is_whole_yuan(figure: Figure) -> bool:
    """Tell an amount in whole 元 among amounts in 分: rounded by hand as often as exact."""
    return figure.decimals == 0 and figure.unit is not None and figure.unit.name == "元"
