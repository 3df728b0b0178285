"""How one place prints its tables, and the cells they are made of (版式与单元格)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from blocks import Align, Cell, Row, Table

CHINESE = "一二三四五六七八九十"
CENT = Decimal("0.01")


def ordinal(number: int) -> str:
    """Write a small number in Chinese (一、十二、二十六)."""
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else ("十" if tens == 1 else CHINESE[tens - 1] + "十")
    return lead + (CHINESE[ones - 1] if ones else "")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How one place prints its tables (版式)."""

    entity: str
    year: int
    unit: Literal["元", "万元"]
    above: Callable[["Layout", str], tuple[str, ...]]
    title: Callable[["Layout", str], str]
    numbered: bool = True
    """Whether 01 and 04 have a column of line numbers (行次)."""
    spare_row: bool = False
    """Whether 01 has an empty row before the closing line (空行)."""
    commas: bool = True
    nil: str = ""
    """What a zero prints as in the summaries 01 and 04."""
    nil_lines: str = ""
    """What a zero prints as in the lanes of 06."""
    nil_items: str = ""
    """What a zero prints as in 02, 03 and 05."""
    total_last_in_05: bool = False
    code_head: str = "科目编码"
    surplus: str = "使用非财政拨款结余（含专用结余）"
    notes: dict[str, tuple[str, ...]]
    wide: frozenset[str]
    tall: frozenset[str]

    def money(self, amount: Decimal, nil: str | None = None) -> str:
        """Print an amount in the table's unit, two decimals, half up."""
        if amount == 0:
            return self.nil if nil is None else nil
        value = amount / 10000 if self.unit == "万元" else amount
        rounded = value.quantize(CENT, rounding=ROUND_HALF_UP)
        return f"{rounded:,}" if self.commas else str(rounded)

    def finish(
        self, key: str, name: str, head: Sequence[Row], body: Sequence[Row], widths: Sequence[int]
    ) -> Table:
        """Put title, mark and notes around a grid."""
        return Table(
            key=key,
            title=self.title(self, name),
            head=tuple(head),
            body=tuple(body),
            widths=tuple(widths),
            above=self.above(self, key),
            notes=self.notes[key],
            wide=key in self.wide,
            tall=key in self.tall,
        )


def head(text: str, colspan: int = 1, rowspan: int = 1) -> Cell:
    """Make a header cell."""
    return Cell(text, colspan, rowspan, "center")


def heads(*texts: str) -> Row:
    """Make a row of plain header cells."""
    return tuple(head(text) for text in texts)


def cells(*texts: str, align: Align = "right") -> Row:
    """Make cells of one alignment."""
    return tuple(Cell(text, align=align) for text in texts)
