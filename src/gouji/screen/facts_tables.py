"""Facts of the published tables: items by the vocabulary's cells, codes by their rows (表中事实)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from gouji.check.rule import all_rules
from gouji.check.run import run_rules
from gouji.check.telling.evidence import row_name
from gouji.check.telling.reasons import say_reason
from gouji.check.terms import places_of
from gouji.extract.numbers import figure_from_cell
from gouji.extract.tables_sheet import item_name
from gouji.extract.vocabulary import vocabulary
from gouji.messages import Catalogue
from gouji.model.claim import CellKey, Scope
from gouji.model.document import Grid
from gouji.model.examined import Examined
from gouji.model.figure import Figure
from gouji.model.outline import Outline, TableKind
from gouji.model.relation import Term
from gouji.model.tables import FUNCTIONAL_CLASSES, LAST_PLANNED, MODEL_OF, Row, Table
from gouji.screen.fact import Fact, FactMeasure, Told

MEASURE_OF_COLUMN: dict[str, FactMeasure] = {
    "年初预算数": "initial_budget",
    "全年预算数": "annual_budget",
    "决算数": "final",
}
CODED: dict[TableKind, tuple[Scope, str]] = {
    "expenditure": ("all", "本年支出合计"),
    "general_public_expenditure": ("general_public", "小计"),
    "basic_expenditure": ("general_public", "金额"),
    "appropriation_expenditure": ("appropriation", "小计"),
    "appropriation_basic": ("appropriation", "金额"),
    "government_fund": ("government_fund", "本年支出/小计"),
    "state_capital": ("state_capital", "合计"),
}
"""Tables of codes: whose money they show, and the column that shows all of it."""
CLASSED: dict[TableKind, tuple[Scope, str]] = {
    "income_expenditure_summary": ("all", "金额"),
    "appropriation_summary": ("appropriation", "合计"),
}
"""Summaries whose expenditure side lists the functional classes by name."""
APPROPRIATED = "财政拨款收入"
"""Stands among all income, but is what sentences call income of fiscal appropriation."""
_CODE_OF_CLASS = {name: code for code, names in FUNCTIONAL_CLASSES.items() for name in names}
PRINTED_TWICE: frozenset[TableKind] = frozenset({"three_public"})
"""云南 prints the three public expenses of all appropriations and of the general public budget; figures in
which they differ are printed in two ways, and so compared with nothing."""
_PRIOR_HEAD = re.compile(
    r"(?:上年度?|上一年度?|去年|(?P<year>20\d\d)年(?:度)?)(?:决算|支出决算|支出|实际)?数?"
)
_DOUBTED = "table_fails_at_large"
_FOOTING = "FOO"


def facts_of_tables(examined: Examined) -> Iterator[Fact]:
    """Yield the facts of every table that was read surely (表中事实)."""
    outline = examined.disclosure.outline
    doubted = _doubted(examined)
    grids = {grid.id: grid for grid in examined.disclosure.document.grids}
    budget = outline.kind == "budget"
    tables = examined.disclosure.tables
    kinds = [table.kind for table in tables]
    for table in tables:
        twice = kinds.count(table.kind) > 1 and table.kind not in PRINTED_TWICE
        unsure = table.shaky or table.grid in doubted or twice
        if unsure or not (table.year is None or table.year == outline.fiscal_year):
            continue
        reader = _Reader(table, _name_of(outline, table), outline, budget=budget)
        yield from reader.items()
        yield from reader.codes()
        if not budget:
            yield from reader.prior_column(grids[table.grid])


def _doubted(examined: Examined) -> frozenset[str]:
    """Return the grids the check itself would not believe (整表存疑)."""
    if not any(check.rule.startswith(_FOOTING) for check in examined.report.checks):
        return _failing_at_large(examined)
    reasons = {say_reason(_DOUBTED, Catalogue("zh")), say_reason(_DOUBTED, Catalogue("en"))}
    places = {
        (e.page, e.start, e.end)
        for check in examined.report.checks
        if check.grade == "not_checked" and check.reason in reasons
        for e in check.evidence
    }
    return frozenset(
        table.grid
        for table in examined.disclosure.tables
        for row in table.rows
        for f in row.figures.values()
        if (f.place.page, f.place.start, f.place.end) in places
    )


def _failing_at_large(examined: Examined) -> frozenset[str]:
    """Return the grids not to be believed where the check was told to leave the sums out (--select)."""
    footing = [rule for rule in all_rules() if rule.code.startswith(_FOOTING)]
    ledger = run_rules(examined.disclosure, footing)
    return frozenset(
        place.cell.grid
        for entry in ledger.judged
        if entry.verdict.reason == _DOUBTED
        for _, place in places_of(entry.verdict.relation)
        if place.cell is not None
    )


def _name_of(outline: Outline, table: Table) -> str:
    named = outline.named(table.grid)
    return (named.number or named.title if named else "") or table.title


@cache
def _places_of_items() -> tuple[tuple[str, Scope, CellKey], ...]:
    """Return each item of the vocabulary with the cells that print it."""
    items = dict.fromkeys(i for found in vocabulary().values() for i in found)
    return tuple(
        (i.key, "appropriation" if i.key == APPROPRIATED else i.scope, cell)
        for i in items
        if i.kind == "item" and not i.units
        for cell in i.cells
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one bound table into facts (逐表读取)."""

    table: Table
    name: str
    outline: Outline
    budget: bool

    def items(self) -> Iterator[Fact]:
        """Yield the items the vocabulary places in this table."""
        for key, scope, cell in _places_of_items():
            if cell.table != self.table.kind:
                continue
            row = self.table.row(cell.row, cell.side)
            if row is None:
                continue
            columns = MEASURE_OF_COLUMN if cell.column == "$" else {cell.column: self._measure}
            for column, measure in columns.items():
                if (figure := row.figures.get(column)) is not None:
                    yield self._fact(key, scope, self._of(measure), row, column, figure)
            before = row.figures.get(LAST_PLANNED) if self.budget else None
            if before is not None and cell.column == "$":
                known = self._fact(key, scope, "initial_budget", row, LAST_PLANNED, before)
                yield replace(known, year=self._own_year - 1, told="prior_column")

    def codes(self) -> Iterator[Fact]:
        """Yield the rows of functional and economic codes, and the classes of the summaries."""
        if self.table.kind in CODED:
            scope, column = CODED[self.table.kind]
            rows = [(r.key, r) for r in self.table.rows if r.key.isdigit()]
        elif self.table.kind in CLASSED:
            scope, column = CLASSED[self.table.kind]
            rows = [(_CODE_OF_CLASS[r.key], r) for r in self.table.rows if r.key in _CODE_OF_CLASS]
        else:
            return
        counted = [key for key, _ in rows]
        for key, row in rows:
            figure = row.figures.get(column)
            if figure is not None and not figure.blank and counted.count(key) == 1:
                yield self._fact(key, scope, self._measure, row, column, figure)

    def prior_column(self, grid: Grid) -> Iterator[Fact]:
        """Yield what a column of last year's figures prints (上年数栏), for tables of one item a row."""
        year = self._own_year - 1
        heads = [
            cell
            for cell in grid.cells
            if (found := _PRIOR_HEAD.fullmatch(cell.text.replace(" ", "")))
            and int(found["year"] or year) == year
        ]
        if len(heads) != 1 or MODEL_OF[self.table.kind].shape not in (
            "codes",
            "items",
            "three_public",
        ):
            return
        head = heads[0]
        told = {fact.row_place: fact for fact in self._by_row()}
        for place, known in told.items():
            cell = grid.at(place, head.col)
            if cell is None or cell.row <= head.row:
                continue
            figure = figure_from_cell(cell.text, cell.place, self.table.unit)
            if figure is not None:
                yield self._prior(known.fact, figure, head.text)

    def _by_row(self) -> Iterator[_InRow]:
        """Yield the one quantity each printed row is about."""
        found: dict[int, list[Fact]] = {}
        for fact in (*self.items(), *self.codes()):
            cell = fact.figure.place.cell
            if fact.measure == "final" and cell is not None:
                found.setdefault(cell.row, []).append(fact)
        for at, facts in found.items():
            if len({(f.scope, f.item) for f in facts}) == 1:
                yield _InRow(at, facts[0])

    def _prior(self, known: Fact, figure: Figure, column: str) -> Fact:
        return Fact(
            entity=known.entity,
            year=self._own_year - 1,
            own_year=self._own_year,
            scope=known.scope,
            item=known.item,
            measure="final",
            label=known.label,
            source="printed",
            told="prior_column",
            terms=(Term(figure, "value", known.label),),
            place=figure.place,
            table=self.name,
            row=known.row,
            column=column,
        )

    @property
    def _own_year(self) -> int:
        return self.outline.fiscal_year or 0

    @property
    def _measure(self) -> FactMeasure:
        return "initial_budget" if self.budget else "final"

    def _of(self, measure: FactMeasure) -> FactMeasure:
        """In a budget every column is the initial budget: it is what 年初预算数 will refer to."""
        return "initial_budget" if self.budget else measure

    def _fact(  # noqa: PLR0913 (what makes a cell a fact)
        self, item: str, scope: Scope, measure: FactMeasure, row: Row, column: str, figure: Figure
    ) -> Fact:
        told: Told = "table"
        label = f"{item}{item_name(row.label).removeprefix(item)}" if item.isdigit() else item
        return Fact(
            entity=self.outline.entity,
            year=self._own_year,
            own_year=self._own_year,
            scope=scope,
            item=item,
            measure=measure,
            label=label,
            source="printed",
            told=told,
            terms=(Term(figure, "value", label),),
            place=figure.place,
            table=self.name,
            row=row_name(row),
            column=column,
        )


@dataclass(frozen=True, slots=True)
class _InRow:
    """A grid's row and the fact it prints (行与事实)."""

    row_place: int
    fact: Fact
