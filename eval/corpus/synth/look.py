"""How one document prints its tables, and the truth of every printed cell (版式与表格真值)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from blocks import Cell, Row, Table
from layout import head, heads

from synth.books import Books
from synth.chance import CENT, Chance
from synth.teller import Teller

MOST_UPRIGHT = 7
"""Columns an upright page holds; wider tables stand on landscape pages (横向)."""
AIRY = {"合计": "合  计", "项目": "项  目", "总计": "总  计", "栏次": "栏  次", "小计": "小 计"}
"""Labels that forms space out."""


class Fact(NamedTuple):
    """What one cell prints, in the keys of gouji's tables (一个单元格的真值)."""

    kind: str
    row: str
    column: str
    side: str
    text: str
    table: str


@dataclass(frozen=True, kw_only=True)
class Look:
    """Habits of one document's tables."""

    unit: Literal["元", "万元"]
    commas: bool
    nil: str
    """What zero prints as in 01, 04 and 06."""
    nil_items: str
    """What zero prints as in the tables of codes."""
    numbered: bool
    """Whether 01 and 04 have line numbers (行次)."""
    spare_row: bool
    total_last: bool
    """Whether 合计 is the last row of 05 (and of 02, 03)."""
    airy: bool
    """Whether short labels are spaced out: 合 计, 项 目."""
    split_code: bool
    """Whether 类, 款, 项 stand in three cells."""
    column_numbers: bool
    """Whether a row of column numbers (栏次) is printed."""
    surplus: str
    year_titles: bool
    mark: str
    """Form mark: 公开{n}表."""
    unit_line: str
    notes: bool
    all_classes: bool = True
    """Whether 01 and 04 list all classes or only those with money."""


def look_of(chance: Chance, books: Books, *, unit: Literal["元", "万元"]) -> Look:
    """Choose the habits of one document's tables."""
    surplus = "使用非财政拨款结余"
    if books.year <= 2018:
        surplus = "用事业基金弥补收支差额"
    if books.year >= 2023:
        surplus += chance.one(("（含专用结余）", "(含专用结余)"))
    return Look(
        unit=unit,
        commas=chance.odds(0.6) if unit == "元" else chance.odds(0.4),
        nil=chance.one(("", "", "", "0.00", "0.00", "-")),
        nil_items=chance.one(("", "", "", "0.00", "0.00", "—")),
        airy=chance.odds(0.15),
        numbered=chance.odds(0.8),
        spare_row=chance.odds(0.5),
        total_last=False,
        split_code=chance.odds(0.1),
        column_numbers=chance.odds(0.7),
        surplus=surplus,
        year_titles=chance.odds(0.4),
        mark=chance.one(("公开{n}表", "公开{n}表", "附表{n}", "表{n}", "")),
        unit_line=chance.one(("单位：{u}", "金额单位：{u}", "金额单位：人民币{u}")),
        notes=chance.odds(0.6),
    )


@dataclass
class Sheets:
    """Makes cells, remembers what they print and puts titles around grids."""

    look: Look
    books: Books
    tell: Teller
    facts: list[Fact] = field(default_factory=list)
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Lines under the table that is being made."""
    kind: str = ""
    key: str = ""

    def start(self, kind: str, key: str) -> None:
        """Begin a table: what is printed from here on belongs to it."""
        self.kind, self.key = kind, key

    def amount(self, value: Decimal, nil: str) -> str:
        """Print an amount in the tables' unit."""
        if value == 0:
            return nil
        scaled = value / 10000 if self.look.unit == "万元" else value
        rounded = scaled.quantize(CENT, rounding=ROUND_HALF_UP)
        return f"{rounded:,}" if self.look.commas else str(rounded)

    def cell(
        self, value: Decimal, row: str, column: str, side: str = "", *, nil: str | None = None
    ) -> Cell:
        """Print an amount and remember where it stands."""
        text = self.amount(value, self.look.nil if nil is None else nil)
        return self.text(text, row, column, side)

    def text(self, text: str, row: str, column: str, side: str = "") -> Cell:
        """Print a cell as given and remember where it stands."""
        self.facts.append(Fact(self.kind, row, column, side, text, self.key))
        return Cell(text, align="right")

    def finish(
        self, number: int, name: str, top: Sequence[Row], body: Sequence[Row], widths: Sequence[int],
    ) -> Table:  # fmt: skip
        """Put title, mark, unit's name and money unit around a grid."""
        look, books = self.look, self.books
        above = [look.mark.format(n=f"{number:02d}")] if look.mark else []
        above.append(
            f"{'部门' if number % 2 else '单位'}：{books.entity}"
            if look.notes
            else f"编制单位：{books.entity}"
        )
        above.append(f"{books.year}年度")
        above.append(look.unit_line.format(u=look.unit))
        title = f"{books.year}年度{name}" if look.year_titles else name
        return Table(
            key=self.key,
            title=title,
            head=self._aired(top),
            body=self._aired(body),
            widths=tuple(widths),
            above=tuple(above),
            notes=self.notes.pop(self.key, ()),
            wide=len(widths) > MOST_UPRIGHT,
            tall=len(body) > 25,
        )

    def _aired(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """Space short labels out where the document does (合　计)."""
        if not self.look.airy:
            return tuple(rows)
        return tuple(
            tuple(replace(cell, text=AIRY.get(cell.text, cell.text)) for cell in row)
            for row in rows
        )

    def code_cells(self, code: str, name: str) -> tuple[Cell, ...]:
        """Print a code and its name, the code in one cell or in three (类、款、项)."""
        if not self.look.split_code:
            return (Cell(code), Cell(name))
        parts = (code[:3], code[3:5], code[5:7])
        return (*(Cell(part) for part in parts), Cell(name))

    @property
    def code_width(self) -> int:
        """Columns that code and name take."""
        return 4 if self.look.split_code else 2

    def item_head(self, names: Sequence[str]) -> list[Row]:
        """Build the header of a table of codes with one column a name."""
        width = self.code_width
        labels = heads("类", "款", "项") if self.look.split_code else heads("科目编码")
        rows: list[Row] = [
            (head("项目", width), *(head(name, 1, 2) for name in names)),
            (*labels, head("科目名称")),
        ]
        if self.look.column_numbers:
            rows.append((head("栏次", width), *heads(*map(str, range(1, len(names) + 1)))))
        return rows
