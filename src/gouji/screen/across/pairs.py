"""Which documents belong together (文件配对): the same unit in two years, its budget, its units.

Nothing is paired by guess: where two documents could be the partner and differ, neither is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from gouji.messages import N_
from gouji.screen.across.paper import Paper
from gouji.screen.entities import Half, Resolved, member_name, parse_name, resolve

HALF_UNCLEAR = N_("分不清是部门决算还是单位决算，没有配对")
TWO_VERSIONS = N_("同一单位同一年度有几份不同的文件，没有与其他年度配对")
NO_NAME = N_("文件没有写明单位或年度")


@dataclass(frozen=True, slots=True)
class YearPair:
    """Final accounts of one unit for two years running (两年决算)."""

    unit: str
    now: Paper
    before: Paper


@dataclass(frozen=True, slots=True)
class BudgetPair:
    """Budget and final accounts of one unit and year (预算与决算)."""

    unit: str
    final: Paper
    budget: Paper


@dataclass(frozen=True, slots=True)
class BudgetYears:
    """Budgets of one unit for two years running (两年预算)."""

    unit: str
    now: Paper
    before: Paper


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """A department and the unit of its own name, of one kind and year (部门与本级)."""

    unit: str
    department: Paper
    own: Paper


@dataclass(frozen=True, slots=True)
class SameYear:
    """Two documents of one unit, kind and year with different content (同年两份)."""

    unit: str
    one: Paper
    other: Paper


@dataclass(frozen=True, slots=True)
class Members:
    """A department and every unit its accounts or budget take in (部门及其全部单位)."""

    unit: str
    department: Paper
    units: tuple[Paper, ...]


Group = YearPair | BudgetYears | BudgetPair | SameYear | Members | OwnUnit


@dataclass(frozen=True, slots=True)
class Unpaired:
    """A document that could not be paired, and why (未配对)."""

    paper: Paper
    reason: str
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Paired:
    """What belongs together among some documents (配对结果)."""

    groups: tuple[Group, ...]
    unpaired: tuple[Unpaired, ...]


_Slot = tuple[str, str, int]
"""Unit, kind, year."""


def pair(papers: Iterable[Paper], same: Collection[tuple[str, str]] = ()) -> Paired:
    """Pair documents by unit, kind and year (配对).

    `same` names documents that say the same under two forms (a PDF and its text): the second of each
    stands back.
    """
    every = tuple(papers)
    names = resolve(_names(every))
    slots: defaultdict[_Slot, list[Paper]] = defaultdict(list)
    unpaired: list[Unpaired] = []
    for paper in every:
        known = names.get(paper.entity or "", Resolved(None, NO_NAME))
        if known.unit is None or paper.profile.year is None:
            unpaired.append(Unpaired(paper, known.why or NO_NAME, known.words))
        elif paper.profile.kind in ("final_accounts", "budget"):
            slots[known.unit, paper.profile.kind, paper.profile.year].append(paper)
    distinct = {slot: _distinct(found) for slot, found in slots.items()}
    second = {other for _, other in same}
    left = {slot: tuple(p for p in found if p.id not in second) for slot, found in distinct.items()}
    shelf = _Shelf(left, names)
    twice = _Shelf(distinct, names).twice()
    groups: list[Group] = [
        *twice,
        *shelf.years(),
        *shelf.plans(),
        *shelf.budgets(),
        *shelf.members(),
        *shelf.own_units(),
    ]
    return Paired(tuple(groups), (*unpaired, *shelf.unclear()))


def _names(papers: Iterable[Paper]) -> Iterator[str]:
    for paper in papers:
        if paper.entity:
            yield paper.entity
            yield from (member_name(unit, paper.entity) for unit in paper.profile.units)


def _distinct(papers: list[Paper]) -> tuple[Paper, ...]:
    """Keep one of the documents with the same bytes."""
    seen: dict[str, Paper] = {}
    for paper in papers:
        seen.setdefault(paper.sha256 or paper.id, paper)
    return tuple(seen.values())


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Documents by unit, kind and year (书架)."""

    slots: dict[_Slot, tuple[Paper, ...]]
    names: dict[str, Resolved]

    def years(self) -> Iterator[YearPair]:
        """Yield each unit's final accounts with those of the year before."""
        for (unit, kind, year), papers in self.slots.items():
            if kind == "final_accounts":
                for now, before in self._matched(papers, (unit, kind, year - 1)):
                    yield YearPair(unit, now, before)

    def plans(self) -> Iterator[BudgetYears]:
        """Yield each unit's budget with that of the year before."""
        for (unit, kind, year), papers in self.slots.items():
            if kind == "budget":
                for now, before in self._matched(papers, (unit, kind, year - 1)):
                    yield BudgetYears(unit, now, before)

    def own_units(self) -> Iterator[OwnUnit]:
        """Yield each department with the unit of its own name, where there is one of each."""
        for (unit, _, _), papers in self.slots.items():
            whole = [p for p in papers if p.half == "department"]
            own = [p for p in papers if p.half == "unit"]
            if len(whole) == len(own) == 1 and len(papers) == 2:  # noqa: PLR2004 (部门、单位)
                yield OwnUnit(unit, whole[0], own[0])

    def budgets(self) -> Iterator[BudgetPair]:
        """Yield each unit's final accounts with its budget of that year."""
        for (unit, kind, year), papers in self.slots.items():
            if kind == "final_accounts":
                for final, budget in self._matched(papers, (unit, "budget", year)):
                    yield BudgetPair(unit, final, budget)

    def twice(self) -> Iterator[SameYear]:
        """Yield documents of one unit and year that are not the same."""
        for (unit, _, _), papers in self.slots.items():
            for half in ("department", "unit"):
                alike = [p for p in papers if p.half == half]
                yield from (SameYear(unit, alike[0], other) for other in alike[1:])

    def members(self) -> Iterator[Members]:
        """Yield each department whose units are all there, each once."""
        for (unit, kind, year), papers in self.slots.items():
            for paper in papers:
                if paper.half == "department" and paper.profile.units:
                    units = tuple(self._members_of(paper, kind, year))
                    if len(units) == len(paper.profile.units) > 1:
                        yield Members(unit, paper, units)

    def unclear(self) -> Iterator[Unpaired]:
        """Yield documents that have no single partner of their own kind and year."""
        for papers in self.slots.values():
            halves = {p.half for p in papers}
            for paper in papers:
                if len(papers) > 1 and paper.half is None:
                    yield Unpaired(paper, HALF_UNCLEAR)
                elif sum(p.half == paper.half for p in papers) > 1 and None not in halves:
                    yield Unpaired(paper, TWO_VERSIONS)

    def _matched(self, papers: tuple[Paper, ...], there: _Slot) -> Iterator[tuple[Paper, Paper]]:
        others = self.slots.get(there, ())
        for paper in papers:
            partner = _partner(paper, papers, others)
            if partner is not None:
                yield paper, partner

    def _members_of(self, department: Paper, kind: str, year: int) -> Iterator[Paper]:
        for listed in department.profile.units:
            name = member_name(listed, department.entity or "")
            unit = self.names[name].unit if name in self.names else None
            found = self.slots.get((unit or "", kind, year), ())
            own = [p for p in found if p is not department and p.half == "unit"]
            if len(own) == 1 and parse_name(name).core:
                yield own[0]


def _partner(paper: Paper, beside: tuple[Paper, ...], others: tuple[Paper, ...]) -> Paper | None:
    """Return the one document a paper can be held against; None where it is missing or unsure.

    部门 goes with 部门 and 单位 with 单位. A document that does not say goes only with the only one.
    """
    rivals = [p for p in beside if p is not paper and _may_be(p.half, paper.half)]
    fitting = [p for p in others if _may_be(p.half, paper.half)]
    return fitting[0] if len(fitting) == 1 and not rivals else None


def _may_be(one: Half | None, other: Half | None) -> bool:
    return one is None or other is None or one == other
