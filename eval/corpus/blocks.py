"""What a disclosure is made of before it is rendered: headings, paragraphs, tables (文书的组成)."""

from dataclasses import dataclass, replace
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Cell:
    """One cell of a table, perhaps merged over neighbours (单元格)."""

    text: str = ""
    colspan: int = 1
    rowspan: int = 1
    align: Align = "left"


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is a part (第一部分), 2 a section (一、), 3 a subsection (（一）)."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of prose (段落)."""

    text: str


@dataclass(frozen=True)
class Cover:
    """The cover page: title lines, then the date of publication (封面)."""

    lines: tuple[str, ...]
    date: str


@dataclass(frozen=True)
class Contents:
    """The table of contents (目录)."""

    entries: tuple[Heading, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """One disclosure table with what is printed around it (公开表)."""

    key: str
    title: str
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    widths: tuple[int, ...]
    """Relative column widths."""
    above: tuple[str, ...]
    """Lines between title and grid: table mark, unit's name, year, money unit (表头行)."""
    notes: tuple[str, ...] = ()
    """Lines under the grid (表注)."""
    wide: bool = False
    """Whether the table stands on landscape pages (横向)."""
    tall: bool = False
    """Whether the table may break over two pages (跨页)."""

    def grid(self) -> list[list[str]]:
        """Flatten the table: merged cells print once, the places they cover stay empty."""
        return flatten(self.head + self.body, len(self.widths))

    def body_grid(self) -> list[list[str]]:
        """Flatten the rows under the header."""
        return flatten(self.body, len(self.widths))


Block = Heading | Paragraph | Cover | Contents | Table


def flatten(rows: tuple[Row, ...], n_columns: int) -> list[list[str]]:
    """Lay merged cells out on a rectangular grid."""
    grid: list[list[str]] = [["" for _ in range(n_columns)] for _ in rows]
    taken = [[False] * n_columns for _ in rows]
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while taken[y][x]:
                x += 1
            grid[y][x] = cell.text
            for dy in range(cell.rowspan):
                for dx in range(cell.colspan):
                    taken[y + dy][x + dx] = True
        if not all(taken[y]):
            raise ValueError(f"表格第 {y + 1} 行缺少单元格：{[cell.text for cell in row]}")
    return grid


def edit_paragraph(blocks: list[Block], section: str, old: str, new: str) -> list[Block]:
    """Replace the only occurrence of `old` in the prose under one level-2 heading."""
    inside, hits, edited = False, 0, []
    for block in blocks:
        if isinstance(block, Heading) and block.level <= 2:
            inside = block.text == section
        kept = block
        if inside and isinstance(block, Paragraph) and old in block.text:
            hits += block.text.count(old)
            kept = replace(block, text=block.text.replace(old, new))
        edited.append(kept)
    if hits != 1:
        raise ValueError(f"“{old}”在“{section}”中出现 {hits} 次，应为 1 次")
    return edited
