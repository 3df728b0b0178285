"""Facts of the prose: levels, budgets, and what a change says of the year before (文中事实)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from gouji.model.claim import (
    AnyClaim,
    Base,
    Change,
    Completion,
    Difference,
    Flat,
    Level,
    Measure,
    Share,
)
from gouji.model.document import Block, Paragraph
from gouji.model.examined import Examined
from gouji.model.figure import Figure
from gouji.model.outline import Outline
from gouji.model.relation import Term
from gouji.model.tables import FUNCTIONAL_CLASSES
from gouji.screen.fact import Fact, FactMeasure, FactSource, Told
from gouji.screen.profile import RemarkKind, remark_kind

_MEASURES: dict[Measure, FactMeasure] = {
    "final": "final",
    "initial_budget": "initial_budget",
    "annual_budget": "annual_budget",
    "adjusted_budget": "adjusted_budget",
    "budget": "budget",
}
_BASES: dict[str, FactMeasure] = {
    "initial_budget": "initial_budget",
    "annual_budget": "annual_budget",
    "adjusted_budget": "adjusted_budget",
}
NOT_COMPARABLE = re.compile(
    r"同口径|可比口径|同比口径|剔除|扣除|还原|不含|不包括|调整后的?上年|调整口径"
)
"""Words that make the year before another quantity than the one published then."""
BY_FUNCTION = ("expenditure", "general_public_expenditure", "appropriation_expenditure")
"""Tables that print classification paths with their codes."""
_SPENT = re.compile("执行|决算|完成|调整")
"""Last year's budget as it was carried out or adjusted is not the one published."""
_SIGN = {"up": -1, "down": 1}
"""What a rise or fall adds to this year's figure to reach last year's."""


def facts_of_claims(examined: Examined) -> Iterator[Fact]:
    """Yield the facts of every claim whose item and scope are sure (文中事实)."""
    outline = examined.disclosure.outline
    reader = _Reader(outline, _paths(examined), examined.disclosure.document.blocks)
    for claim in examined.disclosure.claims:
        if not claim.attached and claim.subject.item:
            yield from reader.read(claim)


def _paths(examined: Examined) -> dict[str, str]:
    """Return classification path (类/款/项) → code, where the document's own tables tell it surely."""
    found: dict[str, set[str]] = {}
    for table in examined.disclosure.tables:
        if table.kind not in BY_FUNCTION or table.shaky:
            continue
        names = {r.key: _plain(r.label) for r in table.rows if r.key.isdigit()}
        for code in names:
            steps = [names.get(code[:size]) for size in (3, 5, 7) if len(code) >= size]
            if all(steps):
                found.setdefault("/".join(s for s in steps if s), set()).add(code)
    return {path: codes.pop() for path, codes in found.items() if len(codes) == 1}


def _differs(claim: AnyClaim) -> bool:
    """Tell whether the words make the year before another quantity than was published then."""
    base = claim.base.text if isinstance(claim, Change | Flat) else ""
    return NOT_COMPARABLE.search(base + claim.subject.text + claim.place.quote) is not None


@cache
def _codes_of_names() -> dict[str, str]:
    """Return the names of functional classes → code."""
    return {name: code for code, names in FUNCTIONAL_CLASSES.items() for name in names}


def _economic_code(claim: AnyClaim) -> str | None:
    """Return the economic code of a subject that stands in the table of basic expenditure."""
    return next(
        (c.row for c in claim.subject.cells if c.table == "basic_expenditure" and c.row.isdigit()),
        None,
    )


def _plain(label: str) -> str:
    return re.sub(r"[\s\d]", "", label)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads claims of one document into facts (逐句读取)."""

    outline: Outline
    codes: dict[str, str]
    blocks: tuple[Block, ...]

    def read(self, claim: AnyClaim) -> Iterator[Fact]:
        """Yield what a claim says of this year, of its budget and of the year before."""
        if claim.subject.measure == "prior" or claim.subject.year == self._year - 1:
            yield from self._told_of_year_before(claim)
        if claim.subject.year is not None or claim.subject.measure == "prior":
            return
        yield from self._this_year(claim)
        if isinstance(claim, Change | Flat | Completion | Difference):
            yield from self._budget(claim)
        if isinstance(claim, Change | Flat) and self._is_of_year_before(claim):
            yield from self._year_before(claim, "final")
        if isinstance(claim, Change | Flat) and self._is_of_last_budget(claim):
            yield from self._year_before(claim, "initial_budget")

    def _told_of_year_before(self, claim: AnyClaim) -> Iterator[Fact]:
        """Yield a level of last year, printed as such (上年决算数 103 万元)."""
        if not isinstance(claim, Level) or claim.subject.measure not in ("final", "prior"):
            return
        if self.outline.kind != "budget" and not _differs(claim):
            yield self._fact(claim, self._year - 1, "final", (self._value(claim, claim.value),))

    def _this_year(self, claim: AnyClaim) -> Iterator[Fact]:
        if not isinstance(claim, Level | Change | Flat | Completion | Difference | Share):
            return
        measure = _MEASURES.get(claim.subject.measure)
        if claim.value is None or measure is None:
            return
        if self.outline.kind == "budget" and measure in ("budget", "final"):
            measure = "initial_budget"
        yield self._fact(claim, self._year, measure, (self._value(claim, claim.value),))

    def _budget(self, claim: Change | Flat | Completion | Difference) -> Iterator[Fact]:
        measure = _BASES.get(claim.base.kind)
        if measure is None or self.outline.kind == "budget":
            return
        if claim.subject.measure != "final" or claim.base.year not in (None, self._year):
            return
        if claim.base.figure is not None:
            term = Term(claim.base.figure, "value", self._label(claim))
            yield self._fact(claim, self._year, measure, (term,))
        elif isinstance(claim, Change | Flat):
            yield from self._implied(claim, self._year, measure)
        elif isinstance(claim, Difference) and claim.value and claim.amount and claim.direction:
            sign = _SIGN.get(claim.direction)
            if sign is not None:
                terms = (
                    self._value(claim, claim.value),
                    Term(claim.amount, "change", "差额", sign),
                )
                yield self._fact(claim, self._year, measure, terms, "implied", "change")

    def _is_of_year_before(self, claim: Change | Flat) -> bool:
        """Tell a comparison with the year before as it was published then (与上年决算比)."""
        base: Base = claim.base
        if base.kind != "prior_year" or base.year not in (None, self._year - 1):
            return False
        if self.outline.kind == "budget" or "预算" in base.text.replace("公共预算", ""):
            return False
        if claim.subject.measure != "final":
            return False
        return not _differs(claim)

    def _is_of_last_budget(self, claim: Change | Flat) -> bool:
        """Tell a budget's comparison with last year's budget (比2024年预算), not with its execution."""
        if self.outline.kind != "budget" or claim.subject.measure not in (
            "budget",
            "initial_budget",
        ):
            return False
        base: Base = claim.base
        if base.kind != "prior_year" or base.year not in (None, self._year - 1):
            return False
        named = base.text.replace("公共预算", "")
        return "预算" in named and not _SPENT.search(named) and not _differs(claim)

    def _year_before(self, claim: Change | Flat, measure: FactMeasure) -> Iterator[Fact]:
        if claim.base.figure is not None:
            term = Term(claim.base.figure, "value", self._label(claim))
            yield self._fact(claim, self._year - 1, measure, (term,))
        else:
            yield from self._implied(claim, self._year - 1, measure)

    def _implied(self, claim: Change | Flat, year: int, measure: FactMeasure) -> Iterator[Fact]:
        """Yield the base that value and change, value and rate, or 持平 imply (由增减推出)."""
        if claim.value is None:
            return
        value = self._value(claim, claim.value)
        if isinstance(claim, Flat):
            if not claim.about:
                yield self._fact(claim, year, measure, (value,), "implied", "flat")
            return
        if claim.unspecified or claim.direction == "flat":
            return
        sign = _SIGN[claim.direction]
        rate = () if claim.rate is None else (Term(claim.rate, "rate", "增减率", -sign),)
        if claim.change is not None:
            change = Term(claim.change, "change", "增减额", sign)
            yield self._fact(claim, year, measure, (value, change, *rate), "implied", "change")
        elif rate:
            yield self._fact(claim, year, measure, (value, *rate), "implied", "rate")

    @property
    def _year(self) -> int:
        return self.outline.fiscal_year or 0

    def _caveat(self, claim: AnyClaim) -> RemarkKind | None:
        block = self.blocks[claim.block]
        return remark_kind(block.text) if isinstance(block, Paragraph) else None

    def _value(self, claim: AnyClaim, figure: Figure) -> Term:
        return Term(figure, "value", self._label(claim))

    def _label(self, claim: AnyClaim) -> str:
        return claim.subject.text or claim.subject.item or ""

    def _fact(  # noqa: PLR0913 (what makes a sentence a fact)
        self,
        claim: AnyClaim,
        year: int,
        measure: FactMeasure,
        terms: tuple[Term, ...],
        source: FactSource = "printed",
        told: Told = "sentence",
    ) -> Fact:
        item = claim.subject.item or ""
        code = self.codes.get(item) or _codes_of_names().get(item) or _economic_code(claim)
        return Fact(
            entity=self.outline.entity,
            year=year,
            own_year=self._year,
            scope=claim.subject.scope,
            item=code or item,
            measure=measure,
            label=self._label(claim),
            source=source,
            told=told,
            terms=terms,
            place=claim.place,
            caveat=self._caveat(claim),
        )
