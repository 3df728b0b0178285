"""Slips between the cells of a table (表格错位)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from random import Random

from gouji.evaluate.defects.clean import Clean, plant, plant_numbers, reprinted, shuffled, spot_of
from gouji.evaluate.defects.registry import defect
from gouji.evaluate.edits import Span
from gouji.evaluate.labels import Edit, Plant
from gouji.model.figure import MONEY_UNITS, Figure
from gouji.model.tables import Row, Table

BY_CODE = frozenset(
    {"income", "expenditure", "general_public_expenditure", "government_fund", "state_capital"}
)
"""Tables of one row a line, keyed by functional code."""
_UNIT = re.compile(r"(?:金额)?单位[:：]\s*(?:人民币)?\s*(万元|元)")


def _neighbours(clean: Clean) -> list[tuple[Row, Row]]:
    """Return every two rows that stand one under the other, on lines of their own."""
    return [
        (above, below)
        for table in clean.disclosure.tables
        for above, below in pairwise(table.rows)
        if table.kind in BY_CODE and _line(clean, below) == _line(clean, above) + 1
    ]


def _line(clean: Clean, row: Row) -> int:
    """Return the printed row: a line of a paste, a row of a PDF's grid, where names are wrapped."""
    figures = list(row.figures.values())
    if not figures:
        return -2
    cell = figures[0].place.cell
    if figures[0].place.page is not None and cell is not None:
        return cell.row
    return clean.text.count("\n", 0, clean.start(figures[0]))


@defect("row_copied_down", "照抄上一行")
def row_copied_down(clean: Clean, random: Random) -> Iterator[Plant]:
    """Print the figures of the row above once more, under this row's code and name."""
    for above, below in shuffled(_neighbours(clean), random):
        printed = [
            (figure, clean.printed(above.figures[column]))
            for column, figure in below.figures.items()
            if column in above.figures and clean.printed(figure)
        ]
        kept = [(f, d) for f, d in printed if d]
        if len(kept) == len(printed) and (made := plant_numbers(clean, kept)):
            yield made


@defect("cell_shifted", "数字错行")
def cell_shifted(clean: Clean, random: Random) -> Iterator[Plant]:
    """Print a figure one row too low: it changes places with the cell under it."""
    for above, below in shuffled(_neighbours(clean), random):
        columns = [c for c in above.figures if c in below.figures]
        random.shuffle(columns)
        for column in columns:
            one, two = above.figures[column], below.figures[column]
            if made := _exchanged(clean, one, two):
                yield made
                break


def _exchanged(clean: Clean, one: Figure, two: Figure) -> Plant | None:
    top, bottom = clean.printed(one), clean.printed(two)
    if not top or (not bottom and not two.blank) or one.base == two.base:
        return None
    changes = {spot_of(one): reprinted(one, bottom), spot_of(two): reprinted(two, top)}
    if spot_of(one) == spot_of(two) or not (broken := clean.broken_by(changes)):
        return None
    start, at = clean.start(one), clean.start(two)
    if not bottom:  # an empty cell, or one with a dash: the dash changes places too
        nil = clean.text[slice(*clean.span(two.place))]
        edits = [Edit(start, start + len(top), nil), Edit(at, at + len(nil), top)]
    else:
        edits = [Edit(start, start + len(top), bottom), Edit(at, at + len(bottom), top)]
    return plant(clean, edits, broken)


@defect("child_lost", "漏列下级科目")
def child_lost(clean: Clean, random: Random) -> Iterator[Plant]:
    """Leave out a row of the classification; its parent keeps the total, its sisters stand.

    The parent's row no longer adds up: whatever is said of it is said of the lost row.
    """
    rows = [
        (row, table)
        for table in clean.disclosure.tables
        if table.kind in BY_CODE
        for row in table.rows
        if _is_leaf_with_sisters(row, table)
    ]
    for row, table in shuffled(rows, random):
        figures = [f for f in row.figures.values() if clean.printed(f)]
        broken = clean.broken_by({spot_of(f): reprinted(f, "") for f in figures})
        sums = [e for e in broken if e.rule.code.startswith("FOO")]
        span = _printed_row(clean, figures[0]) if sums else None
        if span:
            made = plant(clean, [Edit(*span, "")], sums)
            above = {clean.span(f.place) for f in _above(row, table)}
            yield replace(made, cascade=tuple(sorted({*made.cascade, *above})))


def _above(row: Row, table: Table) -> Iterator[Figure]:
    """Yield the figures of the rows that hold a row, all columns."""
    for other in table.rows:
        if row.key.startswith(other.key) and other is not row:
            yield from (f for f in other.figures.values() if not f.blank)


def _printed_row(clean: Clean, figure: Figure) -> Span | None:
    """Return the whole row a figure stands in, its line end too; None where cells span rows."""
    if figure.place.page is None:
        start = clean.text.rfind("\n", 0, clean.start(figure)) + 1
        return (start, clean.text.find("\n", start) + 1)
    ref = figure.place.cell
    grids = (g for g in clean.disclosure.document.grids if ref and g.id == ref.grid)
    cells = [c for g in grids for c in g.cells if ref and c.row <= ref.row < c.row + c.rowspan]
    if not cells or any(c.rowspan > 1 for c in cells):
        return None
    spans = [clean.span(c.place) for c in cells]
    return (min(s for s, _ in spans), max(e for _, e in spans) + 1)


def _is_leaf_with_sisters(row: Row, table: Table) -> bool:
    if not row.key.isdigit() or len(row.key) not in (5, 7):
        return False
    others = [r.key for r in table.rows if r is not row]
    parent = row.key[:-2]
    return not any(k.startswith(row.key) for k in others) and any(
        k.startswith(parent) and len(k) == len(row.key) for k in others
    )


@defect("table_unit_swapped", "表格单位写错")
def table_unit_swapped(clean: Clean, random: Random) -> Iterator[Plant]:
    """Print 元 over a table of 万元, or the other way round."""
    for table in shuffled(clean.disclosure.tables, random):
        figures = [f for r in table.rows for f in r.figures.values() if clean.printed(f)]
        mark = _unit_mark(clean, table, figures)
        if mark is None:
            continue
        other = "元" if mark.group(1) == "万元" else "万元"
        broken = clean.broken_by({spot_of(f): _in(f, other) for f in figures})
        if broken:
            yield plant(clean, [Edit(mark.start(1), mark.end(1), other)], broken)


def _unit_mark(clean: Clean, table: Table, figures: list[Figure]) -> re.Match[str] | None:
    """Return the unit printed between a table's title and its first figure."""
    if table.place is None or not figures:
        return None
    first = min(clean.start(f) for f in figures)
    begin = min(clean.span(table.place)[0], first)
    found = list(_UNIT.finditer(clean.text, begin, first))
    return found[0] if len(found) == 1 else None


def _in(figure: Figure, unit: str) -> Figure:
    return replace(figure, unit=MONEY_UNITS[unit])
