"""Findings as a reader meets them on a page (发现卡片): grouped by root cause, terms with their ranges.

The self-contained report and the web page are both made from these.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from gouji.messages import N_, Catalogue
from gouji.model.examined import Examined, RuleCard
from gouji.model.figure import MONEY_UNITS
from gouji.model.report import Evidence, Finding
from gouji.report.colouring import Piece, anchor_of, coloured, unbroken
from gouji.report.labels import CONFIDENCES, SEVERITIES, quote, role, where
from gouji.report.marks import kind_of

MOST_TERMS = 12
"""Terms shown at once; the others stand folded below."""
LONGEST_PASSAGE = 600
_FACTORS = (Decimal(1), Decimal(10_000), Decimal(100_000_000), Decimal("0.1"))

STATUSES = {"confirmed": N_("已确认"), "dismissed": N_("已驳回")}
"""What a reviewer may decide (复核意见)."""


@dataclass(frozen=True, slots=True)
class Term:
    """A figure or a passage of a finding (一项): role, quote, what the digits allow, place."""

    index: int
    """Position among the finding's evidence."""
    role: str
    quote: str
    range: str
    where: str
    page: int | None
    anchor: str
    document: str | None = None
    """Another document it stands in, by its title."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage as printed, its figures marked (原文)."""

    index: int
    role: str
    pieces: tuple[Piece, ...]
    where: str
    page: int | None
    anchor: str
    document: str | None = None
    """Another document it stands in, by its title."""


@dataclass(frozen=True, slots=True)
class Card:
    """One finding (发现), ready to be laid out."""

    finding: Finding
    severity: str
    confidence: str
    rule: str
    """What should hold; in English the rule's short name."""
    passages: tuple[Quoted, ...]
    terms: tuple[Term, ...]
    suggestions: tuple[str, ...]
    """Its own suggestions: what the whole group shares stands with the group."""

    @property
    def id(self) -> str:
        """The finding's number in this report."""
        return self.finding.id

    @property
    def status(self) -> str:
        """Confirmed, dismissed or open."""
        decision = self.finding.decision
        return (decision.status if decision else None) or "open"


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that share a root cause, or a single one (同源发现)."""

    name: str
    cards: tuple[Card, ...]
    shared: tuple[str, ...]
    """Suggestions that all of them make."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The findings' numbers."""
        return tuple(card.id for card in self.cards)


def groups_of(findings: Iterable[Finding], words: Words) -> tuple[Group, ...]:
    """Return the findings grouped by root cause, in the order of each group's first (归组)."""
    members: dict[str, list[Finding]] = {}
    for finding in findings:
        members.setdefault(finding.cluster or finding.id, []).append(finding)
    return tuple(_group(name, own, words) for name, own in members.items())


class Words:
    """What rules and places of one document are called (称呼)."""

    def __init__(self, say: Catalogue, rules: Iterable[RuleCard], pasted: str = "") -> None:
        self.say = say
        self._titles = {rule.code: rule.title for rule in rules}
        self._breaks = [at.end() for at in re.finditer("\n", pasted)]

    def rule(self, finding: Finding) -> str:
        """Return what should hold; in English the rule's short name."""
        short = finding.name.replace("-", " ")
        return self._titles.get(finding.rule, short) if self.say.language == "zh" else short

    def where(self, evidence: Evidence) -> str:
        """Return page, or line of pasted text, with table, row and column."""
        place = where(evidence, self.say)
        if evidence.page is not None or evidence.document:
            return place
        line = self.say(N_("第 {n} 行"), n=bisect_right(self._breaks, evidence.start) + 1)
        return f"{line} / {place}" if place else line


def words_of(examined: Examined, say: Catalogue) -> Words:
    """Return what rules and places of an examined document are called (称呼)."""
    pages = examined.disclosure.document.pages
    pasted = "".join(page.text for page in pages if page.number is None)
    return Words(say, examined.rules, pasted)


def _group(name: str, findings: list[Finding], words: Words) -> Group:
    shared: tuple[str, ...] = ()
    if len(findings) > 1:
        common = set(findings[0].suggestions).intersection(*(f.suggestions for f in findings))
        shared = tuple(s for s in findings[0].suggestions if s in common)
    return Group(name, tuple(_card(f, shared, words) for f in findings), shared)


def _card(finding: Finding, shared: tuple[str, ...], words: Words) -> Card:
    say = words.say
    numbered = list(enumerate(finding.evidence))
    figures = [(i, e) for i, e in numbered if kind_of(e) == "figure"]
    return Card(
        finding=finding,
        severity=say(SEVERITIES[finding.severity]),
        confidence=say(CONFIDENCES[finding.confidence]),
        rule=words.rule(finding),
        passages=tuple(
            _quoted(i, e, finding, words) for i, e in numbered if kind_of(e) == "passage"
        ),
        terms=tuple(_term(i, e, words) for i, e in figures),
        suggestions=tuple(s for s in finding.suggestions if s not in shared),
    )


def _term(index: int, evidence: Evidence, words: Words) -> Term:
    return Term(
        index=index,
        role=role(evidence, words.say),
        quote=_quote(evidence, words.say),
        range=range_of(evidence),
        where=words.where(evidence),
        page=evidence.page,
        anchor="" if evidence.document else anchor_of(evidence.page, evidence.start),
        document=evidence.document,
    )


def _quoted(index: int, evidence: Evidence, finding: Finding, words: Words) -> Quoted:
    text = evidence.quote[:LONGEST_PASSAGE]
    inner = [
        (e.start, e.end, finding.id)
        for e in finding.evidence
        if kind_of(e) == "figure" and _within(e, evidence) and e.end <= evidence.start + len(text)
    ]
    pieces = coloured(text, evidence.start, inner)
    if len(text) < len(evidence.quote):
        pieces = (*pieces, Piece("…"))
    first = min((start for start, _, _ in inner), default=evidence.start)
    return Quoted(
        index=index,
        role=role(evidence, words.say),
        pieces=pieces or (Piece(_quote(evidence, words.say)),),
        where=words.where(evidence),
        page=evidence.page,
        anchor="" if evidence.document else anchor_of(evidence.page, first),
        document=evidence.document,
    )


def _quote(evidence: Evidence, say: Catalogue) -> str:
    return quote(evidence.model_copy(update={"quote": unbroken(evidence.quote)}), say)


def _within(inner: Evidence, outer: Evidence) -> bool:
    same_page = (inner.document, inner.page) == (outer.document, outer.page)
    return same_page and outer.start <= inner.start and inner.end <= outer.end


def range_of(evidence: Evidence) -> str:
    """Return the values a figure's digits allow, in its printed unit: 142.875–142.885 (取值范围)."""
    if evidence.value is None or (evidence.low is None and evidence.high is None):
        return ""
    low = Decimal(evidence.low) if evidence.low is not None else None
    high = Decimal(evidence.high) if evidence.high is not None else None
    if low is not None and low == high:
        return f"= {_plain(Decimal(evidence.value))}"
    factor = _factor(evidence, low, high)
    if low is None:
        return f"≤ {_plain(high / factor)}" if high is not None else ""
    if high is None:
        return f"≥ {_plain(low / factor)}"
    return f"{_plain(low / factor)} – {_plain(high / factor)}"


def _factor(evidence: Evidence, low: Decimal | None, high: Decimal | None) -> Decimal:
    """Return base units in one printed unit; 万人 is printed as 人, so the range itself tells."""
    if evidence.unit in MONEY_UNITS:
        return MONEY_UNITS[evidence.unit].factor
    value = Decimal(evidence.value or 0)
    for factor in _FACTORS:
        base = value * factor
        if (low is None or low <= base) and (high is None or base <= high):
            return factor
    return Decimal(1)


def _plain(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    return "0" if text in ("-0", "") else text.replace("-", "−")
