"""Prints the edits of planted defects into a disclosure's blocks, so that they reach its PDF (植入版式)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from blocks import Block, Cell, Heading, Paragraph, Row, Table

from gouji.evaluate.labels import Edit
from synth.chance import Chance
from synth.pages import bare
from synth.paste import CLEAN, to_text

GAP = "\n\n"
"""Between blocks, and inside a table between title, lines above, rows and notes."""


@dataclass(frozen=True)
class Edited:
    """A text, and what is replaced in it (改动后的文本)."""

    text: str
    edits: Sequence[Edit]

    def piece(self, start: int, end: int) -> str:
        """Return what stands at `start … end` once the edits are made; insertions at the end count."""
        done, at = [], start
        for edit in sorted(self.edits, key=lambda e: e.start):
            if edit.end < start or edit.start > end:
                continue
            done.append(self.text[at : max(at, edit.start)])
            if edit.start >= start:
                done.append(edit.text)
            at = max(at, min(edit.end, end))
        return "".join([*done, self.text[at:end]])


def with_edits(blocks: Sequence[Block], text: str, edits: Sequence[Edit]) -> list[Block]:
    """Return the blocks of a disclosure pasted clean as `text`, with edits made in that text."""
    plain = [bare(block) for block in blocks]
    edited = Edited(text, edits)
    done: list[Block] = []
    at = 0
    for block in plain:
        written = to_text([block], CLEAN, Chance("planted")).removesuffix("\n")
        if not text.startswith(written, at):
            raise ValueError("文本与种子不符：请用 generate.py --clean 生成，再植入。")
        done += _edited(block, edited, at, at + len(written))
        at += len(written) + len(GAP)
    return done


def _edited(block: Block, edited: Edited, start: int, end: int) -> Iterator[Block]:
    if not any(start <= e.start <= end or start < e.end <= end for e in edited.edits):
        yield block
    elif isinstance(block, Table):
        yield _table(block, edited, start)
    elif isinstance(block, Heading | Paragraph):
        first, *more = edited.piece(start, end).split(GAP)
        yield replace(block, text=first)
        yield from (Paragraph(text) for text in more)
    else:
        raise TypeError(f"没有想到在这里植入：{block}")


def _table(table: Table, edited: Edited, start: int) -> Table:
    """Return a table with the edits made in its title, the lines around it, and its cells."""
    at = start

    def take(text: str, gap: str) -> str:
        nonlocal at
        begin, at = at, at + len(text) + len(gap)
        return edited.piece(begin, begin + len(text))

    title = take(table.title, GAP)
    above = tuple([take(line, GAP) for line in table.above])
    lines = ["\t".join(row) for row in table.grid()]
    printed = [take(line, "\n" if line is not lines[-1] else GAP) for line in lines]
    printed, added = _parted(printed)
    notes = (*added, *(take(note, GAP) for note in table.notes))
    head, body = table.head, table.body
    cells = [line.split("\t") for line in printed]
    rows = list(_rows((*head, *body), cells, len(table.widths)))
    return replace(
        table,
        title=title,
        above=above,
        head=tuple(rows[: len(head)]),
        body=tuple(row for row in rows[len(head) :] if row),
        notes=notes,
    )


def _parted(lines: list[str]) -> tuple[list[str], list[str]]:
    """Take what was inserted as paragraphs under the last row off it."""
    last, *added = re.split(rf"{GAP}+", lines[-1])
    return [*lines[:-1], last], added


def _rows(rows: Sequence[Row], cells: list[list[str]], width: int) -> Iterator[Row]:
    """Yield the rows with the cells' new texts; a row that was taken out is empty."""
    taken = [[False] * width for _ in rows]
    for y, row in enumerate(rows):
        x = 0
        new: list[Cell] = []
        for cell in row:
            while taken[y][x]:
                x += 1
            if len(cells[y]) == width:
                new.append(replace(cell, text=cells[y][x]))
            for dy in range(cell.rowspan):
                for dx in range(cell.colspan):
                    taken[y + dy][x + dx] = True
        yield tuple(new)
