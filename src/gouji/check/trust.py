"""Which cells may have been misread (可信度): a table that fails at large was probably read wrongly.

Published tables come out of a system and are nearly always right, so many failing relations in one
table say more about our reading than about the table. And a page that is a picture may hold the rest of
what its neighbours begin.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from gouji.check.terms import terms_of
from gouji.model.disclosure import Disclosure
from gouji.model.finding import Verdict
from gouji.model.place import CellRef, Place
from gouji.model.relation import AnyRelation, Breach, Sum

MANY = 3
"""From this many failing relations inside one table …"""
LARGE_SHARE = 0.3
"""… and this share of all its relations, its reading is not trusted."""

FAILS_AT_LARGE = "table_fails_at_large"
"""Why nothing is concluded from such a table."""


@dataclass(frozen=True, slots=True)
class Distrust:
    """Grids whose reading is in doubt, with the reason, and pages nobody could read (存疑的表格)."""

    grids: dict[str, str]
    pictures: tuple[int, ...] = ()

    def reason(self, verdict: Verdict) -> str:
        """Return why a failing verdict cannot be believed; empty when it can."""
        for term in terms_of(verdict.relation):
            if term.figure.misread is not None:
                return f"misread:{term.figure.misread.value}"
        for place in _places(verdict.relation):
            if place.cell is not None and place.cell.grid in self.grids:
                return self.grids[place.cell.grid]
        return self._beside_picture(verdict)

    def _beside_picture(self, verdict: Verdict) -> str:
        """A sum on a page beside a picture may go on there: its parts are not all known (扫描页)."""
        if not self.pictures or not isinstance(verdict.relation, Sum):
            return ""
        pages = {t.figure.place.page for t in terms_of(verdict.relation)}
        beside = [n for n in self.pictures if pages & {n - 1, n + 1}]
        return f"beside_picture:{beside[0]}" if beside else ""


def _places(relation: AnyRelation) -> Iterator[Place]:
    """Yield where everything stands that a relation speaks of."""
    if isinstance(relation, Breach):
        yield from (place for _, place in relation.evidence)
    yield from (term.figure.place for term in terms_of(relation))


def distrusted(judged: list[tuple[str, Verdict]], disclosure: Disclosure) -> Distrust:
    """Find the grids whose cells cannot carry a finding (存疑的表格).

    One wrong cell breaks every relation it stands in; that is a finding, not a misreading. So a grid
    is only distrusted when no single cell is common to all that fails in it.
    """
    grids = {t.grid: f"shaky_table:{t.shaky}" for t in disclosure.tables if t.shaky}
    failed: defaultdict[str, list[frozenset[CellRef]]] = defaultdict(list)
    held: Counter[str] = Counter()
    for code, verdict in judged:
        if not code.startswith("FOO"):
            continue
        cells = frozenset(
            t.figure.place.cell for t in terms_of(verdict.relation) if t.figure.place.cell
        )
        touched = {cell.grid for cell in cells}
        if verdict.grade in ("broken", "gross"):
            for grid in touched:
                failed[grid].append(cells)
        elif verdict.grade in ("holds", "holds_by_rounding"):
            held.update(touched)
    for grid, broken in failed.items():
        many = len(broken) >= MANY and len(broken) >= LARGE_SHARE * (len(broken) + held[grid])
        if many and not frozenset.intersection(*broken):
            grids.setdefault(grid, FAILS_AT_LARGE)
    return Distrust(grids, disclosure.document.pictures)
