"""A document as others see it (一份文件): who, when, what kind, and its facts; figures that know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from gouji.check.judge import FAILING, judge
from gouji.model.examined import Examined
from gouji.model.place import Place
from gouji.model.relation import Equal, Term
from gouji.screen.entities import Half, half_of
from gouji.screen.fact import Fact
from gouji.screen.facts import facts_of
from gouji.screen.profile import Profile, profile_of


class Quantity(NamedTuple):
    """What two documents may both print (同一数): scope, item and measure of one year."""

    scope: str
    item: str
    measure: str


@dataclass(frozen=True, slots=True)
class PlacedIn(Place):
    """A place that knows its document and what a reader calls its cell (文件内出处)."""

    paper: str = ""
    """Identity of the document among the papers compared."""
    title: str = ""
    """How a reader calls the document."""
    table: str | None = None
    row: str | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as others see it (一份文件)."""

    id: str
    """Its identity: a store's key, or a path."""
    title: str
    """How a reader calls it: its file name."""
    profile: Profile
    facts: tuple[Fact, ...]
    sha256: str = ""
    unit: str | None = None
    """The unit by another's word (a manifest), where the document itself names none."""
    _own: dict[Quantity, tuple[Fact, ...]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def entity(self) -> str | None:
        """The unit's name as printed, else as told (单位名称)."""
        return self.profile.entity or self.unit

    @property
    def half(self) -> Half | None:
        """部门 or 单位: by the name, else by the cover."""
        name = self.entity
        return half_of(name, self.profile.level) if name else self.profile.level

    def own(self) -> Mapping[Quantity, tuple[Fact, ...]]:
        """Return what it prints of its own year, by quantity (本年所印)."""
        if not self._own:
            printed = (f for f in self.facts if not f.is_prior and f.source == "printed")
            self._own.update(_by_quantity(printed))
        return self._own

    def told_of(self, year: int) -> Mapping[Quantity, tuple[Fact, ...]]:
        """Return what it says of another year, printed or implied, by quantity (所述上年数)."""
        return _by_quantity(f for f in self.facts if f.is_prior and f.year == year)

    def initial_budgets(self) -> Mapping[Quantity, tuple[Fact, ...]]:
        """Return what it says the initial budget was, printed or implied (所称年初预算数)."""
        return _by_quantity(
            f for f in self.facts if f.measure == "initial_budget" and not f.is_prior
        )

    def term(self, fact: Fact, role: str, name: str) -> Term:
        """Return a fact's own figure as a term that knows its document."""
        return Term(self.placed(fact, fact.terms[0]).figure, role, name)

    def placed(self, fact: Fact, term: Term) -> Term:
        """Return one of a fact's terms with a place that knows its document."""
        place = term.figure.place
        in_cell = fact.told in ("table", "prior_column")
        cell = (fact.table, fact.row, fact.column) if in_cell else (None, None, None)
        return replace(term, figure=replace(term.figure, place=self._at(place, cell)))

    def clause(self, fact: Fact) -> PlacedIn:
        """Return where a fact is told, as a place that knows its document."""
        return self._at(fact.place, (fact.table, fact.row, fact.column))

    def _at(self, place: Place, cell: tuple[str | None, str | None, str | None]) -> PlacedIn:
        return PlacedIn(
            place.quote,
            place.start,
            place.end,
            place.page,
            place.box,
            None,
            self.id,
            self.title,
            *cell,
        )


def _by_quantity(facts: Iterable[Fact]) -> dict[Quantity, tuple[Fact, ...]]:
    found: defaultdict[Quantity, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[Quantity(fact.scope, fact.item, fact.measure)].append(fact)
    return {quantity: tuple(told) for quantity, told in found.items()}


def paper_of(examined: Examined, identity: str | None = None) -> Paper:
    """Return an examined document as others see it (一份文件)."""
    document = examined.report.document
    return Paper(
        id=identity or document.sha256,
        title=document.name,
        profile=profile_of(examined.disclosure),
        facts=facts_of(examined),
        sha256=document.sha256,
    )


def best(facts: Iterable[Fact]) -> Fact | None:
    """Return the finest print of a quantity, a table's first; None where the prints disagree (自身不一)."""
    known = sorted(facts, key=lambda f: (f.told != "table", f.figure.ulp, f.page or 0))
    if not known:
        return None
    first = Term(known[0].figure, "same", "")
    for other in known[1:]:
        same = Equal(subject="", left=first, right=Term(other.figure, "same", ""))
        if judge(same).grade in FAILING - {"last_digit", "doubtful"}:
            return None
    return known[0]
