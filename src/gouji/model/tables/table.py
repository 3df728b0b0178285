"""What every published table is once bound: rows by key, columns by key, figures where they cross (表).

A *row key* is a classification code ("2080502", "301"), or the item's standard name
("本年收入合计", "总计", "合计"). A *column key* is the standard column name ("基本支出", "金额").
Keys never depend on the province's layout; positions do, and stay in the figures' places.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from gouji.model.figure import Figure, Unit
from gouji.model.outline import TableKind
from gouji.model.place import Place

Shape = Literal["codes", "blocks", "lanes", "three_public", "items", "procurement"]
"""Rows by code · income beside expenditure · stripes of code, name, amount · “三公” in any layout ·
one item a row · purchases below their kind (货物、工程、服务)."""
Account = Literal["final", "budget"]
"""决算 · 预算: what the figures of a published table are."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column a table may have (栏目): its standard key and the header words that name it."""

    key: str
    aliases: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class TableModel:
    """Declares one published table (表样): how its title, rows and columns are recognised."""

    kind: TableKind
    name: str
    """Standard Chinese title (标准表名)."""
    number: str
    """Usual form mark (公开01表)."""
    titles: tuple[str, ...]
    """Other titles seen for the same table."""
    columns: tuple[Column, ...] = ()
    rows: tuple[Column, ...] = ()
    """Rows known by name, for tables that are not keyed by code."""
    shape: Shape = "codes"
    """How rows and columns are laid out on the page."""
    usual: int = 0
    """How many of `columns` the commonest form prints, in this order; 0 where it varies."""
    account: Account = "final"
    """Whether it is a form of final accounts or of a budget; both share their kind, rows and columns."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a bound table (行): key, label as printed, line number (行次) if printed."""

    key: str
    label: str
    figures: dict[str, Figure]
    """Column key → figure; an empty cell that belongs to the row is a blank figure."""
    line: str = ""
    place: Place | None = None
    side: str = ""
    """收入 or 支出 in tables of two blocks, else empty."""


@dataclass(frozen=True, slots=True)
class Table:
    """A published table, bound (已识别的表): rows in printed order."""

    kind: TableKind
    title: str
    grid: str
    unit: Unit | None
    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    empty: bool = False
    """No amount other than zero is printed (空表)."""
    shaky: str = ""
    """Why the cells' positions cannot be trusted (lost columns, rows of odd width); empty when sound."""
    year: int | None = None
    place: Place | None = None
    notes: tuple[str, ...] = ()
    account: Account = "final"
    """Whether its figures are final (决算数) or budgeted (预算数)."""
    _index: dict[tuple[str, str], Row] = field(default_factory=dict, compare=False, repr=False)

    def row(self, key: str, side: str = "") -> Row | None:
        """Return the first row with this key (and side, where the table has two)."""
        if not self._index:
            for row in self.rows:
                self._index.setdefault((row.key, row.side), row)
                self._index.setdefault((row.key, ""), row)
        return self._index.get((key, side))

    def get(self, key: str, column: str, side: str = "") -> Figure | None:
        """Return the figure where a row and a column cross; None where there is no such cell."""
        row = self.row(key, side)
        return None if row is None else row.figures.get(column)
