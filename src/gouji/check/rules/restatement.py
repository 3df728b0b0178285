"""The same quantity printed twice in prose (前后应一致).

What it checks
    Prints of one item, scope, measure and year in different sentences; total income against total
    expenditure (收、支总计); the changes of one figure stated in two places.

Why it matters
    Sections are written by different people; a figure corrected in one place stays wrong in another.

For example
    第三节基本支出 999.73 万元，第六节 999.72 万元。

Not a violation
    Different scopes (全口径 beside 财政拨款), budgets beside finals, other years.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from gouji.check.rule import rule
from gouji.model.claim import AnyClaim, Change, Completion, Flat, Level, Measure, Share
from gouji.model.disclosure import Disclosure
from gouji.model.figure import Dimension, Figure
from gouji.model.relation import AnyRelation, Equal, Term

VALUED = (Level, Change, Flat, Share, Completion)
Key = tuple[str, str, str, Measure, int | None, Dimension]
FUNDS = frozenset({"government_fund", "state_capital"})
"""Sections whose transfers and balances are those of one fund (上级补助收入, 上年结余)."""
PAIRS = (("收入总计", "支出总计"), ("财政拨款收入总计", "财政拨款支出总计"))


@rule("REP001", "same-figure-twice", "同一数在文中各处应一致", basis="同一口径同一指标只有一个数")
def same_figure_twice(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """State that all prints of one item agree with the commonest one (前后一致)."""
    for prints in _prints(disclosure).values():
        reference = _commonest(prints)
        for claim, value in prints:
            if value.place == reference[1].place:
                continue
            yield Equal(
                subject=claim.subject.text,
                told_in=claim.place,
                left=Term(value, "value", f"此处{claim.subject.text}"),
                right=Term(reference[1], "same", f"另处{reference[0].subject.text}"),
                severe=claim.section == reference[0].section and not claim.attached,
            )


@rule(
    "REP002", "income-equals-expenditure", "收入总计应等于支出总计", basis="公开01表、公开04表 总计"
)
def income_equals_expenditure(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """State 收入总计 = 支出总计 where the prose prints both (收支平衡)."""
    first: dict[str, tuple[AnyClaim, Figure]] = {}
    for (item, _, _, measure, year, _), prints in _prints(disclosure).items():
        if measure == "final" and year is None and not prints[0][0].attached:
            first.setdefault(item, prints[0])
    for income, expenditure in PAIRS:
        if income in first and expenditure in first:
            (one, left), (two, right) = first[income], first[expenditure]
            yield Equal(
                subject=one.subject.text,
                told_in=one.place,
                left=Term(left, "value", one.subject.text),
                right=Term(right, "same", two.subject.text),
            )


@rule(
    "REP003",
    "same-change-twice",
    "同一指标各处所述的增减额应一致",
    basis="同一本年数只有一个上年数",
    at_most="warning",
)
def same_change_twice(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """State that a figure printed twice with its change has one change (增减额一致)."""
    groups: dict[tuple[str, str, Decimal], list[Change]] = defaultdict(list)
    for claim in disclosure.of(Change):
        item = claim.subject.item
        if item is None or claim.value is None or claim.change is None or claim.attached:
            continue
        if claim.base.kind == "prior_year" and claim.direction != "flat":
            groups[item, claim.subject.text, claim.value.base].append(claim)
    for changes in groups.values():
        for other in changes[1:]:
            yield _same_change(changes[0], other)


def _same_change(first: Change, other: Change) -> AnyRelation:
    assert first.change and other.change  # noqa: S101, PT018 (filtered by the caller)
    return Equal(
        subject=first.subject.text,
        told_in=other.place,
        left=Term(other.change, "change", f"此处{other.subject.text}增减额"),
        right=Term(first.change, "same", f"另处{first.subject.text}增减额"),
    )


def _prints(disclosure: Disclosure) -> dict[Key, list[tuple[AnyClaim, Figure]]]:
    """Group the valued claims by what they state; one entry a printed figure."""
    groups: dict[Key, list[tuple[AnyClaim, Figure]]] = defaultdict(list)
    seen: set[tuple[Key, int | None, int]] = set()
    for claim in disclosure.claims:
        value = claim.value if isinstance(claim, VALUED) else None
        subject = claim.subject
        if value is None or subject.item is None or subject.measure == "other":
            continue
        year = None if subject.year == disclosure.outline.fiscal_year else subject.year
        fund = claim.section if claim.section in FUNDS else subject.scope
        whose = (subject.item, fund, subject.reach)
        key = (*whose, subject.measure, year, value.dimension)
        if (key, value.place.page, value.place.start) not in seen:
            seen.add((key, value.place.page, value.place.start))
            groups[key].append((claim, value))
    return groups


def _commonest(prints: list[tuple[AnyClaim, Figure]]) -> tuple[AnyClaim, Figure]:
    counts = Counter(value.base for _, value in prints)
    top, _ = max(counts.items(), key=lambda pair: pair[1])
    return next(p for p in prints if p[1].base == top)
