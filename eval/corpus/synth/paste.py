"""Writes a disclosure the way people paste it: clean, wrapped, paged, ragged (粘贴文本的样子)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from blocks import Block, Contents, Cover, Heading, Paragraph, Table, flatten

from synth.chance import Chance
from synth.teller import CLOSE, FIRST_MARK

Wrap = Literal["none", "lines", "pages"]
"""Paragraphs on one line, broken into lines, or cut by page numbers."""
Rows = Literal["padded", "ragged", "filled", "pipes"]
"""Merged cells leave empty places, none at all, repeat their text; or Markdown."""


@dataclass(frozen=True, kw_only=True)
class Paste:
    """How one document came to the clipboard (粘贴方式)."""

    wrap: Wrap
    width: int
    rows: Rows
    dots: bool
    """Whether the contents carry page numbers after dots (目录页码)."""
    gap: str
    """Between paragraphs: a blank line or only a new line with an indent."""


CLEAN = Paste(wrap="none", width=0, rows="padded", dots=False, gap="\n\n")
"""As a careful person pastes."""


def paste_of(chance: Chance) -> Paste:
    """Choose how a document was pasted."""
    wraps: tuple[Wrap, ...] = ("none", "none", "none", "lines", "pages")
    rows: tuple[Rows, ...] = ("padded",) * 7 + ("ragged", "filled", "pipes")
    return Paste(
        wrap=chance.one(wraps),
        width=chance.count(28, 46),
        rows=chance.one(rows),
        dots=chance.odds(0.3),
        gap=chance.one(("\n\n", "\n\n", "\n\n", "\n", "\n\u3000\u3000")),
    )


def to_text(blocks: Sequence[Block], paste: Paste, chance: Chance) -> str:
    """Write blocks as text; marks of numbers stay in."""
    parts: list[str] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        both = isinstance(before, Paragraph) and isinstance(block, Paragraph)
        parts.append("" if before is None else paste.gap if both else "\n\n")
        parts.append(_block(block, paste, chance))
    return "".join(parts) + "\n"


def _block(block: Block, paste: Paste, chance: Chance) -> str:
    match block:
        case Cover(lines, date):
            return "\n\n".join((*lines, date))
        case Contents(entries):
            pages = (f"{'.' * 20}{at + 3}" if paste.dots else "" for at in range(len(entries)))
            named = (f"{e.text}{p}" for e, p in zip(entries, pages, strict=True))
            return "\n\n".join(("目录", *named))
        case Heading(text, _):
            return text
        case Paragraph(text):
            return _wrapped(text, paste, chance)
    return "\n\n".join((block.title, *block.above, "\n".join(_rows(block, paste)), *block.notes))


def _rows(table: Table, paste: Paste) -> list[str]:
    rows = table.head + table.body
    if paste.rows == "ragged":
        return ["\t".join(cell.text for cell in row) for row in rows]
    grid = flatten(rows, len(table.widths))
    if paste.rows == "filled":
        grid = _filled(table)
    if paste.rows == "pipes":
        lines = [f"| {' | '.join(row)} |" for row in grid]
        return [lines[0], "|" + "---|" * len(table.widths), *lines[1:]]
    return ["\t".join(row) for row in grid]


def _filled(table: Table) -> list[list[str]]:
    """Repeat the text of merged header cells in every place they cover (合并单元格填充)."""
    rows, width = table.head + table.body, len(table.widths)
    grid = [[""] * width for _ in rows]
    taken = [[False] * width for _ in rows]
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while taken[y][x]:
                x += 1
            for dy in range(cell.rowspan):
                for dx in range(cell.colspan):
                    taken[y + dy][x + dx] = True
                    grid[y + dy][x + dx] = cell.text
    return grid


def _wrapped(text: str, paste: Paste, chance: Chance) -> str:
    """Break a paragraph where a page's lines end, never inside a number (换行、换页)."""
    if paste.wrap == "none":
        return text
    pieces = re.findall(rf"[{chr(FIRST_MARK)}-\U000ffffd]*[\d.,]+{CLOSE}?|.", text)
    lines, line, shown = [], "", 0
    for piece in pieces:
        width = sum(1 for c in piece if c != CLOSE and ord(c) < FIRST_MARK)
        if shown + width > paste.width and piece[0] not in "，。；：、）%":
            lines.append(line)
            line, shown = "", 0
        line += piece
        shown += width
    lines.append(line)
    if paste.wrap == "lines":
        return "\n".join(lines)
    if len(lines) < 3 or not chance.odds(0.12):
        return text
    cut = chance.count(1, len(lines) - 1)
    page = chance.one(("— {n} —", "-{n}-", "{n}")).format(n=chance.count(8, 30))
    return f"{''.join(lines[:cut])}\n\n{page}\n\n{''.join(lines[cut:])}"
