"""Grids without a known title (表名): a model names the table, our own binder must then read it whole.

The named cells only prove that the model looked; rows, columns and every figure are the binder's. A
kind that is bound already is not taken again: two tables of one kind would leave neither certain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gouji.extract.bind import bind_grid
from gouji.extract.by_model.cells import CellSheet
from gouji.extract.by_model.grounding import Account, UngroundedError
from gouji.extract.numbers import numbers_in_cell
from gouji.llm.answers import TableSaid
from gouji.llm.port import Request
from gouji.llm.prompts import fenced, request_for
from gouji.model.disclosure import Disclosure
from gouji.model.document import Grid
from gouji.model.outline import NamedGrid
from gouji.model.reading import Engine
from gouji.model.tables import MODEL_OF, Row, Table

_ROWS = 8
_COLUMNS = 14
_LEAST = 4
"""Amounts a grid must print to be worth a question."""
_HEADS = 2


def open_grids(disclosure: Disclosure, engine: Engine) -> Iterator[tuple[Grid, NamedGrid]]:
    """Yield the grids to ask about: those without a name that print amounts; with "llm" all."""
    if disclosure.outline.kind == "budget":
        return
    for grid in disclosure.document.grids:
        named = disclosure.outline.named(grid.id)
        if named is None or (engine != "llm" and named.kind != "other"):
            continue
        amounts = sum(any(n.decimals for n in numbers_in_cell(c.text)) for c in grid.cells)
        if amounts >= _LEAST:
            yield grid, named


def sheet_of(grid: Grid) -> CellSheet:
    """Return the first rows of a grid by cell ids."""
    shown = [c for c in grid.cells if c.row < _ROWS and c.col < _COLUMNS]
    return CellSheet(grid.index, sorted(shown, key=lambda c: (c.row, c.col)))


def request_of(grid: Grid) -> Request:
    """Return the question which table a grid is."""
    return request_for("tables", text=fenced(sheet_of(grid).text()), max_tokens=800)


def bound(
    said: TableSaid, grid: Grid, named: NamedGrid, disclosure: Disclosure, account: Account
) -> Table | None:
    """Return the table, bound by our own reader; None where the answer has no ground."""
    try:
        table = _bound(said, grid, named, disclosure)
    except UngroundedError as error:
        account.dropped[error.reason] += 1
        return None
    account.accepted["tables"] += 1
    return table


def _bound(said: TableSaid, grid: Grid, named: NamedGrid, disclosure: Disclosure) -> Table:
    sheet = sheet_of(grid)
    pointed = [c for c in (*said.header, said.label, said.total) if c is not None]
    cells = [sheet.cell(c) for c in pointed]
    if len({(c.row, c.col) for c in cells}) < _HEADS + 1 or len(said.header) < _HEADS:
        raise UngroundedError("role_missing")
    if said.kind not in MODEL_OF:
        raise UngroundedError("nothing_new")
    if any(t.kind == said.kind for t in disclosure.tables):
        raise UngroundedError("rules_read_otherwise")
    bound = {
        kind: bind_grid(grid, replace(named, kind=kind), disclosure.outline) for kind in MODEL_OF
    }
    table = bound[said.kind]
    if table is None or _read(table) < max(_read(other) for other in bound.values()):
        raise UngroundedError("binder_refused")
    return replace(table, rows=tuple(_suggested(row) for row in table.rows))


def _read(table: Table | None) -> int:
    """Count the figures a binding reads: a grid that is read better as another table is not this one."""
    return 0 if table is None else sum(len(row.figures) for row in table.rows)


def _suggested(row: Row) -> Row:
    return replace(row, figures={key: replace(f, suggested=True) for key, f in row.figures.items()})
