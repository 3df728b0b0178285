"""Where an item of the prose stands in the tables (文表对应), from the vocabulary of items (科目词表).

The vocabulary names cells as [table, row, column, side]; `$` is the column of the claim's measure.
Functional items are resolved through the printed names of the rows, economic items by their code.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from gouji import resources
from gouji.model.claim import Measure, Scope, Subject
from gouji.model.disclosure import Disclosure
from gouji.model.figure import Figure
from gouji.model.outline import TableKind
from gouji.model.relation import Term
from gouji.model.tables import Row, Table

MEASURE_COLUMNS: dict[Measure, tuple[str, ...]] = {
    "final": ("决算数",),
    "initial_budget": ("年初预算数",),
    "annual_budget": ("全年预算数",),
    "adjusted_budget": ("全年预算数",),
    "budget": ("全年预算数", "年初预算数"),
}
"""A budget without a name may be either: the caller sees both candidates."""
BUDGETED: frozenset[Measure] = frozenset({"budget", "initial_budget"})
"""Measures of what a budget's own tables print (预算公开)."""

FUNCTIONAL: dict[Scope, tuple[tuple[TableKind, str], ...]] = {
    "general_public": (("general_public_expenditure", "小计"),),
    "appropriation": (("appropriation_summary", "合计"), ("general_public_expenditure", "小计")),
    "all": (("expenditure", "本年支出合计"), ("income_expenditure_summary", "金额")),
    "government_fund": (("government_fund", "本年支出/小计"),),
    "state_capital": (("state_capital", "合计"),),
}
"""Scope → the tables that print expenditure by functional classification, and their column."""
IN_BUDGETS: dict[Scope, tuple[tuple[TableKind, str], ...]] = FUNCTIONAL | {
    "appropriation": (
        ("appropriation_summary", "合计"),
        ("appropriation_expenditure", "小计"),
        ("general_public_expenditure", "小计"),
    ),
    "other": (
        ("general_public_expenditure", "小计"),
        ("appropriation_expenditure", "小计"),
        ("expenditure", "本年支出合计"),
    ),
}
"""A budget lists its classes in prose under no heading of their own; any of its tables may be meant."""


_GENERAL = "一般公共预算"
"""Some forms print “三公” twice: of all appropriations and of the general public budget alone."""


@cache
def _items() -> dict[str, list[list[str]]]:
    vocabulary = resources.data("schemas", "items.json")
    return {item["key"]: item.get("cells", []) for item in vocabulary["items"]}


@cache
def economic_codes() -> dict[str, str]:
    """Return names of economic items → code (经济分类科目)."""
    vocabulary = resources.data("schemas", "items.json")
    codes: dict[str, str] = {}
    for item in vocabulary["economics"]:
        for alias in (item["key"], *item["aliases"]):
            codes.setdefault(alias, item["code"])
    return codes


class Cells:
    """Finds the table figures of an item in one disclosure (单元格检索)."""

    def __init__(self, disclosure: Disclosure) -> None:
        self._budget = disclosure.outline.kind == "budget"
        self._tables = {
            kind: table
            for kind in {t.kind for t in disclosure.tables}
            if (table := disclosure.table(kind)) is not None
        }
        self._narrow = next(
            (t for t in disclosure.tables if t.kind == "three_public" and _GENERAL in t.title), None
        )

    def of_subject(self, subject: Subject) -> tuple[Term, ...]:
        """Return every cell that prints the same quantity as a statement's subject."""
        if self._budget:
            named_item = subject.item if subject.year is None else None
            return self.of_item(named_item, subject.scope, subject.measure) if named_item else ()
        if subject.cells:
            found = tuple(t for key in subject.cells if (t := self._at(*key, scope=subject.scope)))
            return found + self._narrower(subject)
        if subject.item is None:
            return ()
        return self.of_item(subject.item, subject.scope, subject.measure)

    @property
    def own_measure(self) -> Measure:
        """What the document's own tables print (表内所列为决算数或预算数)."""
        return "budget" if self._budget else "final"

    def _is_own(self, measure: Measure) -> bool:
        return measure in BUDGETED if self._budget else measure == "final"

    def _narrower(self, subject: Subject) -> tuple[Term, ...]:
        """A class spoken of as 财政拨款 may be that of the general public budget alone (类级科目)."""
        if subject.scope != "appropriation" or subject.item is None or subject.item in _items():
            return ()
        return self.of_item(subject.item, "general_public", subject.measure)

    def _at(
        self, kind: str, row: str, column: str, side: str, scope: Scope = "other"
    ) -> Term | None:
        table = self._tables.get(kind)  # type: ignore[call-overload]  # kinds come from data
        if kind == "three_public" and scope == "general_public" and self._narrow is not None:
            table = self._narrow
        found = table.row(row, side) if table else None
        figure = found.figures.get(column) if found else None
        if table is None or found is None or figure is None:
            return None
        name = row if found.label == row or not row.isdigit() else f"{row} {found.label}"
        return named(table, name, column, figure)

    def of_item(self, item: str, scope: Scope, measure: Measure) -> tuple[Term, ...]:
        """Return every cell the item may mean; empty when the tables have none."""
        if item in _items():
            return tuple(self._by_vocabulary(item, measure, scope))
        if not self._is_own(measure):
            return ()
        if item in economic_codes():
            return () if self._budget else tuple(self._economic(item))
        return tuple(self._functional(item, scope))

    def of_economic(self, name: str) -> tuple[Term, ...]:
        """Return the cell of an economic item named in a list of uses."""
        return tuple(self._economic(name)) if name in economic_codes() else ()

    def _by_vocabulary(self, item: str, measure: Measure, scope: Scope) -> Iterator[Term]:
        for kind, row, column, *side in _items()[item]:
            columns = MEASURE_COLUMNS.get(measure, ()) if column == "$" else (column,)
            if (column != "$" or self._budget) and not self._is_own(measure):
                continue
            for name in columns:
                if term := self._at(kind, row, name, side[0] if side else "", scope):
                    yield term

    def _economic(self, item: str) -> Iterator[Term]:
        table = self._tables.get("basic_expenditure")
        code = economic_codes()[item]
        if table and (figure := table.get(code, "金额")):
            yield named(table, f"{code} {item}", "金额", figure)

    def _functional(self, item: str, scope: Scope) -> Iterator[Term]:
        path = item.split("/")
        for kind, column in (IN_BUDGETS if self._budget else FUNCTIONAL).get(scope, ()):
            table = self._tables.get(kind)
            if table is None:
                continue
            rows = _rows_named(table, path)
            if len(rows) == 1 and (figure := rows[0].figures.get(column)):
                yield named(table, f"{rows[0].key} {rows[0].label}", column, figure)


def _rows_named(table: Table, path: list[str]) -> list[Row]:
    """Return the rows a path of names means: 类, 类/款 or 类/款/项."""
    if len(path) == 1 or table.kind in ("income_expenditure_summary", "appropriation_summary"):
        if len(path) > 1:
            return []
        return [
            r
            for r in table.rows
            if path[0] in (r.key, r.label) and r.side != "收入" and len(r.key) not in (5, 7)
        ]
    labels = {r.key: r.label for r in table.rows}
    wanted = (3, 5, 7)[: len(path)]
    return [
        r
        for r in table.rows
        if len(r.key) == wanted[-1]
        and all(labels.get(r.key[:n]) == name for n, name in zip(wanted, path, strict=True))
    ]


def named(table: Table, row: str, column: str, figure: Figure) -> Term:
    """Return a table figure under a name a reader can find (表、行、栏)."""
    return Term(figure, "same", f"《{table.title}》{row} {column}")
