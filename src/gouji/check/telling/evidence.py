"""Figures and places as a reader meets them: quote, page, table, row and column (证据)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from gouji.check.shown import exact
from gouji.check.terms import terms_of
from gouji.messages import N_, Catalogue
from gouji.model.disclosure import Disclosure
from gouji.model.figure import Figure
from gouji.model.indicators import named_figures, named_words
from gouji.model.place import CellRef, Place
from gouji.model.relation import AnyRelation, Breach, NotChecked, Upheld
from gouji.model.report import Evidence
from gouji.model.tables import Row

Key = tuple[int | None, int, int]
"""Identity of a printed thing: page, start, end."""

STATEMENT = "statement"
"""Role of the clause that makes the statement."""


def key_of(place: Place) -> Key:
    """Return the identity of a place."""
    return (place.page, place.start, place.end)


@dataclass(frozen=True, slots=True)
class CellName:
    """What a reader calls a cell (单元格名): table, row, column."""

    table: str
    row: str
    column: str


class Guide(Protocol):
    """Names places for a reader (指路): `Atlas` within one document; others may across several."""

    @property
    def say(self) -> Catalogue:
        """The language spoken."""
        ...

    def cell(self, place: Place) -> CellName | None:
        """Return the name of a cell; None for a place in the prose."""
        ...

    def table(self, grid: str) -> str:
        """Return the short name of a grid."""
        ...

    def where(self, place: Place) -> str:
        """Return a place in the reader's words."""
        ...

    def page(self, place: Place) -> str:
        """Return the page, or for pasted text the line."""
        ...

    def of_relation(self, relation: AnyRelation) -> Iterator[Evidence]:
        """Yield what a relation rests on."""
        ...

    def with_statement(self, relation: AnyRelation) -> tuple[Evidence, ...]:
        """Return a finding's evidence: the clause that makes the statement, then its figures."""
        ...


_RAN_TOGETHER = 20
"""Cells of one row that no printed table has."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """Names every place of one document (地图)."""

    disclosure: Disclosure
    say: Catalogue
    _cells: dict[CellRef, tuple[str, str, str]] = field(default_factory=dict)
    _tables: dict[str, str] = field(default_factory=dict)
    _lines: list[int] = field(default_factory=list)
    _made: dict[tuple[str, Key, str], Evidence] = field(default_factory=dict)

    def cell(self, place: Place) -> CellName | None:
        """Return the name of a cell; None for a place in the prose."""
        if place.cell is None:
            return None
        if not self._cells:
            for cell, name in _cells_of(self.disclosure):
                self._cells.setdefault(cell, name)
        found = self._cells.get(place.cell)
        if found is None and self._ran_together(place.cell.grid):
            return None
        if found is None:
            return CellName(
                self.table(place.cell.grid), str(place.cell.row + 1), str(place.cell.col + 1)
            )
        grid, row, column = found
        return CellName(self.table(grid), row, column)

    def table(self, grid: str) -> str:
        """Return the short name of a grid: form mark, else title, else its id."""
        if grid not in self._tables:
            self._tables[grid] = self._name(grid)
        return self._tables[grid]

    def _ran_together(self, name: str) -> bool:
        """Tell whether a form's cells ran together into one row: their numbers name nothing."""
        grid = next((g for g in self.disclosure.document.grids if g.id == name), None)
        return grid is not None and grid.n_rows == 1 and grid.n_cols >= _RAN_TOGETHER

    def _name(self, grid: str) -> str:
        named = self.disclosure.outline.named(grid)
        if named and (named.number or named.title):
            return named.number or named.title
        own = next((t for t in self.disclosure.indicators if t.grid == grid), None)
        if own is not None and own.project is not None:
            return f"{own.title}“{own.project.text}”"
        return own.title if own is not None else "" if named else grid

    def where(self, place: Place) -> str:
        """Return a place in the reader's words: 第 12 页 / 公开03表 2080505 行 基本支出 栏."""
        parts = [self.page(place)]
        if cell := self.cell(place):
            parts.append(
                self.say(
                    N_("{table} {row} 行 {column} 栏"),
                    table=cell.table,
                    row=cell.row,
                    column=cell.column,
                )
            )
        return " / ".join(p for p in parts if p)

    def page(self, place: Place) -> str:
        """Return the page, or for pasted text the line."""
        if place.page is not None:
            return self.say(N_("第 {n} 页"), n=place.page)
        return self.say(N_("第 {n} 行"), n=self.line(place.start))

    def line(self, offset: int) -> int:
        """Return the 1-based line of pasted text that holds an offset."""
        if not self._lines:
            self._lines.append(0)
            for page in self.disclosure.document.pages[:1]:
                self._lines.extend(found.end() for found in re.finditer("\n", page.text))
        return bisect_right(self._lines, offset)

    def of_figure(self, role: str, figure: Figure) -> Evidence:
        """Return the evidence a figure gives."""
        index = (role, key_of(figure.place), figure.text)
        if (made := self._made.get(index)) is not None:
            return made
        made = self.of_place(role, figure.place, figure)
        self._made[index] = made
        return made

    def of_place(self, role: str, place: Place, figure: Figure | None = None) -> Evidence:
        """Return the evidence a passage gives, and the figure read there if any."""
        return evidence_at(role, place, self.cell(place), figure)

    def of_relation(self, relation: AnyRelation) -> Iterator[Evidence]:
        """Yield what a relation rests on: its figures, or the passages a pattern rule saw."""
        for term in terms_of(relation):
            yield self.of_figure(term.role, term.figure)
        if isinstance(relation, Breach | Upheld | NotChecked):
            for role, place in relation.evidence:
                yield self.of_place(role, place)

    def with_statement(self, relation: AnyRelation) -> tuple[Evidence, ...]:
        """Return a finding's evidence: the clause that makes the statement, then its figures."""
        rest = tuple(self.of_relation(relation))
        told = relation.told_in
        if told is None or told.cell is not None:
            return rest
        if any((e.page, e.start, e.end) == key_of(told) for e in rest):
            return rest
        return (self.of_place(STATEMENT, told), *rest)


def evidence_at(
    role: str,
    place: Place,
    cell: CellName | None,
    figure: Figure | None,
    document: str | None = None,
) -> Evidence:
    """Return a place as evidence, with its cell's name and the figure read there if any (证据)."""
    interval = figure.interval() if figure else None
    return Evidence(
        role=role,
        quote=place.quote,
        page=place.page,
        bbox=place.box,
        start=place.start,
        end=place.end,
        table=cell.table if cell else None,
        row=cell.row if cell else None,
        column=cell.column if cell else None,
        value=format(figure.value, "f") if figure else None,
        unit=figure.unit.name if figure and figure.unit else None,
        low=_end(interval.low) if interval else None,
        high=_end(interval.high) if interval else None,
        document=document,
    )


def row_name(row: Row) -> str:
    """Return what a reader calls a row: its code, else its label."""
    return row.key if row.key.isdigit() else (row.label or row.key)


def _cells_of(disclosure: Disclosure) -> Iterator[tuple[CellRef, tuple[str, str, str]]]:
    """Yield each cell with its grid, row and column; performance tables name their rows too."""
    for table in disclosure.tables:
        for row in table.rows:
            for column, figure in row.figures.items():
                if figure.place.cell is not None:
                    yield figure.place.cell, (table.grid, row_name(row), column)
    for evaluation in disclosure.indicators:
        cells = [(f.place, name, column) for f, name, column in named_figures(evaluation)]
        for place, name, column in (*cells, *named_words(evaluation)):
            if place.cell is not None:
                yield place.cell, (evaluation.grid, name, column)


def _end(bound: Decimal | None) -> str | None:
    return None if bound is None else exact(bound)
