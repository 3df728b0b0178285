"""Laid-out pages into the blocks of a document (文档组装)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from typing import TYPE_CHECKING

from gouji.read.compose import compose
from gouji.read.flat import flat_grid, flat_zones
from gouji.read.flow import Standing, margins_of, runs_on
from gouji.read.furniture import furniture
from gouji.read.joined import Part, grid_of, joins, repeated_head
from gouji.read.layout import ProseLine
from gouji.read.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gouji.model.document import Block
    from gouji.read.layout import Layout


@dataclass(slots=True)
class _Unit:
    """The lines of a paragraph, or the parts of a table, as they gather."""

    lines: list[Standing] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    rows: list[list[Standing]] = field(default_factory=list)
    """Lines that print a table without rules, each with what stands beside it."""

    def is_prose_on(self, page: int) -> bool:
        return bool(self.lines) and self.lines[0].page == page

    def said(self) -> str:
        said = "".join([line.reading for line in self.lines])
        return said.replace(" ", "").replace("(续表)", "").replace("(续)", "")


def blocks_of(layouts: list[Layout]) -> tuple[Block, ...]:
    """Return paragraphs and grids in reading order."""
    folded = [fold(layout.page.text) for layout in layouts]
    pages = [layout.page for layout in layouts]
    blocks: list[Block] = []
    n_grids = 0
    for unit in _units(layouts, folded):
        if unit.parts:
            n_grids += 1
            blocks.append(replace(grid_of(f"g{n_grids}", unit.parts, pages), index=len(blocks)))
            continue
        if unit.rows:
            rows = [[(line.page, *line.line[:2]) for line in row] for row in unit.rows]
            grid = flat_grid(f"g{n_grids + 1}", rows, pages, folded)
            if grid is not None:
                n_grids += 1
                blocks.append(replace(grid, index=len(blocks)))
            continue
        pieces = [(standing.page, *standing.line[:2]) for standing in unit.lines]
        paragraph = compose(pieces, folded)
        if paragraph.text:
            blocks.append(replace(paragraph, index=len(blocks)))
    return tuple(blocks)


def _items(layouts: list[Layout], folded: list[str]) -> Iterator[Standing | Part]:
    """Yield lines and table parts without page numbers and running heads."""
    dropped = furniture(layouts)
    for number, (layout, text) in enumerate(zip(layouts, folded, strict=True)):
        for part in layout.parts:
            if not isinstance(part, ProseLine):
                yield Part(number, layout.size, part, text)
            elif (number, part.start) not in dropped:
                yield Standing(number, part, text[part.start : part.end].strip(), layout.size)


def _units(layouts: list[Layout], folded: list[str]) -> list[_Unit]:
    items = list(_items(layouts, folded))
    margins = margins_of(item for item in items if isinstance(item, Standing))
    units: list[_Unit] = []
    last = _Unit()
    for item in _with_flat_tables(items):
        if isinstance(item, list):
            units.append(_Unit(rows=item))
            last = _Unit()
            continue
        if isinstance(item, Standing):
            if last.lines and runs_on(last.lines[-1], item, margins):
                last.lines.append(item)
                continue
            last = _Unit(lines=[item])
        elif last.parts and joins(last.parts, item):
            last.parts.append(item)
            continue
        else:
            table = _above_repeated_title(units, item)
            if table:
                last = table
                last.parts.append(item)
                continue
            last = _Unit(parts=[item])
        units.append(last)
    return units


def _with_flat_tables(
    items: list[Standing | Part],
) -> Iterator[Standing | Part | list[list[Standing]]]:
    """Yield the items with the lines of each table that has no rules put together, row by row."""
    for together, run in groupby(items, key=lambda item: isinstance(item, Standing)):
        if not together:
            yield from run
            continue
        rows: list[list[Standing]] = []
        for line in run:
            if isinstance(line, Standing) and line.line.beside and rows:
                rows[-1].append(line)
            elif isinstance(line, Standing):
                rows.append([line])
        zones = flat_zones([" ".join(line.reading for line in row) for row in rows])
        at = 0
        for zone in zones:
            yield from chain.from_iterable(rows[at : zone.start])
            yield rows[zone.start : zone.stop]
            at = zone.stop
        yield from chain.from_iterable(rows[at:])


def _above_repeated_title(units: list[_Unit], part: Part) -> _Unit | None:
    """Return the table that `part` continues under a repeated title, which is dropped (续表)."""
    n = 0
    while n < len(units) and units[-1 - n].is_prose_on(part.index):
        n += 1
    if not n or n == len(units):
        return None
    table = units[-1 - n]
    titles = [unit.said() for unit in units[-n:]]
    before = [unit.said() for unit in units[: -1 - n][-n:]]
    if not table.parts or titles != before or not joins(table.parts, part):
        return None
    if not repeated_head(table.parts[0], part):
        return None
    del units[-n:]
    return table
