"""Names places in several documents for a reader (跨文件指路)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gouji.check.telling.evidence import STATEMENT, CellName, evidence_at, key_of
from gouji.check.terms import terms_of
from gouji.messages import N_, Catalogue
from gouji.model.figure import Figure
from gouji.model.place import Place
from gouji.model.relation import AnyRelation, Breach, NotChecked, Upheld
from gouji.model.report import Evidence
from gouji.screen.across.paper import PlacedIn


@dataclass(frozen=True, slots=True)
class Signpost:
    """Names the document with every place (文件与出处)."""

    say: Catalogue
    own: str = ""
    """Identity of the document a report is of: its evidence needs no name."""

    def cell(self, place: Place) -> CellName | None:
        """Return the name of a cell; None for a place in the prose."""
        if not isinstance(place, PlacedIn) or place.table is None:
            return None
        return CellName(place.table, place.row or "", place.column or "")

    def table(self, grid: str) -> str:
        """Return the grid's own name: facts keep their table's."""
        return grid

    def where(self, place: Place) -> str:
        """Return 《2022年度部门决算.pdf》第 12 页 / 公开01表 总计 行 金额 栏."""
        cell = self.cell(place)
        if cell is None:
            return self.page(place)
        named = self.say(
            N_("{table} {row} 行 {column} 栏"), table=cell.table, row=cell.row, column=cell.column
        )
        return f"{self.page(place)} / {named}"

    def page(self, place: Place) -> str:
        """Return the document and the page; the document alone for pasted text."""
        title = place.title if isinstance(place, PlacedIn) else ""
        if place.page is None:
            return self.say(N_("《{name}》"), name=title)
        return self.say(N_("《{name}》第 {n} 页"), name=title, n=place.page)

    def of_relation(self, relation: AnyRelation) -> Iterator[Evidence]:
        """Yield what a relation rests on: its figures, or the passages a pattern saw."""
        for term in terms_of(relation):
            yield self._evidence(term.role, term.figure.place, term.figure)
        if isinstance(relation, Breach | Upheld | NotChecked):
            for role, place in relation.evidence:
                yield self._evidence(role, place)

    def with_statement(self, relation: AnyRelation) -> tuple[Evidence, ...]:
        """Return the clause that makes the statement, then the figures."""
        rest = tuple(self.of_relation(relation))
        told = relation.told_in
        if told is None or any((e.page, e.start, e.end) == key_of(told) for e in rest):
            return rest
        return (self._evidence(STATEMENT, told), *rest)

    def _evidence(self, role: str, place: Place, figure: Figure | None = None) -> Evidence:
        other = isinstance(place, PlacedIn) and place.paper != self.own
        title = place.title if isinstance(place, PlacedIn) and other else None
        return evidence_at(role, place, self.cell(place), figure, title)
