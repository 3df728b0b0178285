"""Laid-out pages into the blocks of a document (文档组装)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gouji.read.compose import compose
from gouji.read.flow import Standing, margins_of, runs_on
from gouji.read.furniture import furniture
from gouji.read.joined import Part, grid_of, joins, repeated_head
from gouji.read.layout import ProseLine
from gouji.read.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gouji.model.document import Block
    from gouji.read.layout import Layout

Unit = list[Standing] | list[Part]
"""The lines of a paragraph, or the parts of a table."""


def blocks_of(layouts: list[Layout]) -> tuple[Block, ...]:
    """Return paragraphs and grids in reading order."""
    folded = [fold(layout.page.text) for layout in layouts]
    pages = [layout.page for layout in layouts]
    blocks: list[Block] = []
    n_grids = 0
    for unit in _units(layouts, folded):
        first = unit[0]
        if isinstance(first, Part):
            n_grids += 1
            parts = [part for part in unit if isinstance(part, Part)]
            blocks.append(replace(grid_of(f"g{n_grids}", parts, pages), index=len(blocks)))
            continue
        pieces = [(s.page, s.line.start, s.line.end) for s in unit if isinstance(s, Standing)]
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


def _units(layouts: list[Layout], folded: list[str]) -> list[Unit]:
    items = list(_items(layouts, folded))
    margins = margins_of(item for item in items if isinstance(item, Standing))
    units: list[Unit] = []
    for item in items:
        last = units[-1][-1] if units else None
        if isinstance(item, Standing):
            if isinstance(last, Standing) and runs_on(last, item, margins):
                units[-1].append(item)  # type: ignore[arg-type]  # a unit of lines
            else:
                units.append([item])
        elif isinstance(last, Part) and joins(last, item):
            units[-1].append(item)  # type: ignore[arg-type]  # a unit of parts
        else:
            table = _under_repeated_title(units, item)
            if table is None:
                units.append([item])
            else:
                table.append(item)
    return units


def _under_repeated_title(units: list[Unit], part: Part) -> list[Part] | None:
    """Return the table that `part` continues under a repeated title, which is dropped (续表)."""
    n = 0
    while n < len(units) and _is_title_on(units[-1 - n], part.index):
        n += 1
    if not n or n == len(units):
        return None
    table = [p for p in units[-1 - n] if isinstance(p, Part)]
    titles = [_said(unit) for unit in units[-n:]]
    before = [_said(unit) for unit in units[: -1 - n][-n:]]
    if not table or titles != before or not joins(table[-1], part):
        return None
    if not repeated_head(table[0], part):
        return None
    del units[-n:]
    units[-1] = table
    return table


def _is_title_on(unit: Unit, page: int) -> bool:
    first = unit[0]
    return isinstance(first, Standing) and first.page == page


def _said(unit: Unit) -> str:
    said = "".join([line.reading for line in unit if isinstance(line, Standing)])
    return said.replace(" ", "").replace("(续表)", "").replace("(续)", "")
