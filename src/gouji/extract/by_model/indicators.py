"""Indicator rows the rules could not shape (指标行): a model names the cells, our parser reads them.

Only rows the rules themselves call uncertain are asked; what was certain in a row stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from gouji.extract.by_model.cells import CellSheet
from gouji.extract.by_model.grounding import Account, UngroundedError
from gouji.extract.indicators.values import read_actual, read_target, score_figure
from gouji.llm.answers import CellSaid, RowSaid
from gouji.llm.port import Request
from gouji.llm.prompts import fenced, request_for
from gouji.model.disclosure import Disclosure
from gouji.model.document import Cell, Grid
from gouji.model.figure import Figure
from gouji.model.indicators import Actual, Indicator, SelfEvaluation, Target
from gouji.model.reading import Engine

_MOST_CELLS = 24


@dataclass(frozen=True, slots=True)
class OpenRow:
    """An uncertain row and the cells it is printed in (待定的行)."""

    table: int
    """Index into the disclosure's performance tables."""
    row: int
    """Index into the table's indicators."""
    sheet: CellSheet


def open_rows(disclosure: Disclosure, engine: Engine) -> Iterator[OpenRow]:
    """Yield the rows to ask about: those the rules are not sure of; with "llm" all."""
    grids = {g.id: g for g in disclosure.document.grids}
    for at, table in enumerate(disclosure.indicators):
        grid = grids.get(table.grid)
        for row, indicator in enumerate(table.indicators):
            if grid is not None and (engine == "llm" or indicator.shaky):
                cells = _cells(grid, indicator)
                if cells:
                    yield OpenRow(at, row, CellSheet(grid.index, cells))


def _cells(grid: Grid, indicator: Indicator) -> list[Cell]:
    place = indicator.place
    found = [
        c
        for c in grid.cells
        if c.text
        and c.place.page == place.page
        and place.start <= c.place.start
        and c.place.end <= place.end
    ]
    return sorted(found, key=lambda c: (c.row, c.col)) if len(found) <= _MOST_CELLS else []


def request_of(rows: list[OpenRow], tables: tuple[SelfEvaluation, ...]) -> Request:
    """Return the question what the cells of some rows are."""
    heads = " | ".join(tables[rows[0].table].columns)
    return request_for("indicators", text=fenced("\n".join(
        [f"栏: {heads}", *(r.sheet.text() for r in rows)]
    )))  # fmt: skip


def shaped(said: RowSaid, rows: list[OpenRow], account: Account) -> tuple[OpenRow, RowSaid] | None:
    """Return the row an answer speaks of, if all its cells are of that row."""
    try:
        return _shaped(said, rows)
    except UngroundedError as error:
        account.dropped[error.reason] += 1
        return None


def _shaped(said: RowSaid, rows: list[OpenRow]) -> tuple[OpenRow, RowSaid]:
    own = next((r for r in rows if said.name.id in r.sheet.cells), None)
    if own is None:
        raise UngroundedError("unknown_cell")
    every = [said.name, said.target, said.actual, said.weight, said.score]
    cells = [own.sheet.cell(c) for c in every if c is not None]
    if len({(c.row, c.col) for c in cells}) != len(cells):
        raise UngroundedError("same_number_twice")
    if said.weight is None and said.target is None:
        raise UngroundedError("role_missing")
    for number in filter(None, (said.weight, said.score)):
        cell = own.sheet.cell(number)
        if score_figure(cell.text, cell.place) is None:
            raise UngroundedError("wrong_unit")
    return own, said


def with_row(table: SelfEvaluation, own: OpenRow, said: RowSaid) -> SelfEvaluation:
    """Return the table with one row read as a model pointed; every figure is our parser's."""
    old = table.indicators[own.row]

    def cell(pointed: CellSaid | None) -> Cell | None:
        return None if pointed is None else own.sheet.cell(pointed)

    target, actual = cell(said.target), cell(said.actual)
    new = replace(
        old,
        name=old.name or own.sheet.cell(said.name).text,
        target=_target(read_target(target.text, target.place)) if target else old.target,
        actual=_actual(read_actual(actual.text, actual.place)) if actual else old.actual,
        actual_place=actual.place if actual else old.actual_place,
        weight=_score(cell(said.weight)) or old.weight,
        score=_score(cell(said.score)) or old.score,
        shaky="",
    )
    rows = (*table.indicators[: own.row], new, *table.indicators[own.row + 1 :])
    return replace(table, indicators=rows)


def _score(cell: Cell | None) -> Figure | None:
    return None if cell is None else _suggested(score_figure(cell.text, cell.place))


def _suggested(figure: Figure | None) -> Figure | None:
    return None if figure is None else replace(figure, suggested=True)


def _target(target: Target) -> Target:
    return replace(target, value=_suggested(target.value), upper=_suggested(target.upper))


def _actual(actual: Actual) -> Actual:
    return replace(actual, value=_suggested(actual.value))
