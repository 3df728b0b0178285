"""Execution against the budget (完成率与预决算差异).

What it checks
    Completion rates from the figures and the budget they name (年初、全年、调整后); comparison words
    (大于、小于、等于预算数) and stated differences against the same two figures.

Why it matters
    The three budgets are three different bases; a rate of the adjusted budget is often printed as
    one of the initial budget.

For example
    年初预算 1,000.00 万元，调整后 1,080.00 万元，决算 1,080.00 万元，完成年初预算的 100%：应为 108%。

Not a violation
    A rate above 100 %; 0 of 0 printed as 0 %; no rate where the budget is 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gouji.check.cells import Cells
from gouji.check.choice import first_that_holds
from gouji.check.rule import rule
from gouji.model.claim import Completion, Difference, Level, Measure
from gouji.model.disclosure import Disclosure
from gouji.model.figure import Figure
from gouji.model.relation import AnyRelation, Breach, Direction, Equal, Ratio, Sum, Term

HUNDRED = Decimal(100)
ARITHMETIC = "算术：完成率＝决算数÷所称预算数"

BUDGETS: dict[str, Measure] = {
    "initial_budget": "initial_budget",
    "annual_budget": "annual_budget",
    "adjusted_budget": "annual_budget",
    "budget": "budget",
}
"""Base kind of a claim → the measure its budget is printed under."""

_BUDGET_NOUN = re.compile(r"(?:(?:年初|全年|调整后?的?)预算数?|预算数)$")
NAMES: dict[Measure, str] = {
    "initial_budget": "年初预算数",
    "annual_budget": "全年预算数",
    "adjusted_budget": "调整后预算数",
    "budget": "预算数",
}


@rule("CMP001", "completion", "完成率应等于决算数除以所称的预算数", basis=ARITHMETIC)
def completion(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """State each completion rate whose budget is printed (完成率)."""
    for claim in disclosure.of(Completion):
        value, base, percent = claim.value, claim.base.figure, claim.percent
        if value is None or base is None or percent is None:
            continue
        if value.dimension != base.dimension:
            continue
        yield _ratio(claim, value, Term(base, "budget", _budget_name(claim)), percent, disclosure)


@rule("CMP002", "completion-of-table", "完成率应等于决算数除以表中预算数", basis=ARITHMETIC)
def completion_of_table(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """State each completion rate whose budget stands only in a table (完成率)."""
    cells = Cells(disclosure)
    for claim in disclosure.of(Completion):
        value, percent = claim.value, claim.percent
        if value is None or percent is None or claim.base.figure is not None:
            continue
        measure = BUDGETS.get(claim.base.kind)
        if measure is None or claim.subject.item is None:
            continue
        budgets = cells.of_item(claim.subject.item, claim.subject.scope, measure)
        relations: list[AnyRelation] = [
            _ratio(claim, value, Term(b.figure, "budget", b.name), percent, disclosure)
            for b in budgets
            if b.figure.dimension == value.dimension
        ]
        if relations:
            yield first_that_holds(relations)


@rule("CMP003", "difference-word", "决算数与预算数的大小应与所述一致", basis="文义")
def difference_word(claims: tuple[Difference, ...]) -> Iterator[AnyRelation]:
    """State the comparison a sentence makes in words (大于、小于、等于)."""
    for claim in claims:
        value, base = claim.value, claim.base.figure
        if value is None or base is None or claim.direction is None:
            continue
        if value.dimension != base.dimension:
            continue
        final = Term(value, "value", _spent_name(claim))
        budget = Term(base, "budget", _budget_name(claim))
        if claim.direction == "flat":
            yield Equal(subject=_spent_name(claim), told_in=claim.place, left=final, right=budget)
            continue
        larger, smaller = (final, budget) if claim.direction == "up" else (budget, final)
        yield Direction(
            subject=_spent_name(claim), told_in=claim.place, larger=larger, smaller=smaller
        )


@rule("CMP004", "difference-amount", "预决算差额应等于决算数减预算数", basis="算术")
def difference_amount(claims: tuple[Difference, ...]) -> Iterator[AnyRelation]:
    """State value = budget ± stated difference (差额、节约)."""
    for claim in claims:
        value, base, amount = claim.value, claim.base.figure, claim.amount
        if value is None or base is None or amount is None:
            continue
        if not value.dimension == base.dimension == amount.dimension:
            continue
        sign = -1 if _falls(claim, value, base) else 1
        yield Sum(
            subject=_spent_name(claim),
            told_in=claim.place,
            total=Term(value, "value", _spent_name(claim)),
            parts=(
                Term(base, "budget", _budget_name(claim)),
                Term(amount, "change", "差额", sign),
            ),
        )


@rule(
    "CMP005",
    "completion-and-difference",
    "完成率与所述的超支、结余应一致",
    basis="文义与算术：完成率＝决算数÷预算数",
    at_most="warning",
)
def completion_and_difference(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """Hold a completion rate against the comparison beside it, where no budget is printed (大于、小于)."""
    for rate in disclosure.of(Completion):
        value, percent = rate.value, rate.percent
        if value is None or percent is None or rate.base.figure is not None or value.value == 0:
            continue
        for told in disclosure.of(Difference):
            if not _about_the_same(rate, told):
                continue
            if told.amount is not None and told.amount.dimension == value.dimension:
                yield _with_difference(rate, told, value, percent)
                break
            if told.amount is None and told.direction is not None and _against(percent, told):
                yield _told_apart(rate, told, percent)
                break


def _about_the_same(rate: Completion, told: Difference) -> bool:
    """Tell whether rate and comparison are of one figure and, as far as is said, of one budget."""
    if told.value is None or rate.value is None or told.base.figure is not None:
        return False
    same = (told.block, told.value.place.start) == (rate.block, rate.value.place.start)
    return same and told.base.kind in ("budget", rate.base.kind)


def _with_difference(rate: Completion, told: Difference, value: Figure, percent: Figure) -> Ratio:
    assert told.amount is not None  # noqa: S101 (filtered by the caller)
    sign = 1 if told.direction == "down" else -1
    return Ratio(
        subject=rate.subject.text,
        told_in=rate.place,
        percent=Term(percent, "percent", "完成率"),
        part=(Term(value, "part", rate.subject.text),),
        whole=(
            Term(value, "whole", rate.subject.text),
            Term(told.amount, "change", "差额", sign),
        ),
    )


def _against(percent: Figure, told: Difference) -> bool:
    """Tell a rate that is surely on the other side of 100 than the words say."""
    interval = percent.interval("printed")
    above = interval.low is not None and interval.low > HUNDRED
    below = interval.high is not None and interval.high < HUNDRED
    return (above and told.direction != "up") or (below and told.direction != "down")


def _told_apart(rate: Completion, told: Difference, percent: Figure) -> Breach:
    return Breach(
        subject=rate.subject.text,
        grade="broken",
        message="{subject}完成{base}的{rate}%，却说决算数{word}预算数",
        words={
            "subject": rate.subject.text,
            "base": rate.base.text or "预算",
            "rate": percent.text,
            "word": {"up": "大于", "down": "小于", "flat": "等于"}[told.direction or "flat"],
        },
        evidence=(("percent", rate.place), ("difference", told.place)),
    )


def _falls(claim: Difference, value: Figure, base: Figure) -> bool:
    """Tell the sign of a difference; one printed without a word takes the sign of the figures."""
    if claim.direction is None or claim.direction == "flat":
        return value.base < base.base
    return claim.direction == "down"


def _budget_name(claim: Completion | Difference) -> str:
    """Return what the budget is called: a word for the execution (预算执行率) names none."""
    named = claim.base.text
    if "预算" in named and "执行" not in named:
        return named
    return NAMES.get(BUDGETS.get(claim.base.kind, "budget"), "预算数")


def _spent_name(claim: Completion | Difference) -> str:
    """Return what the spent amount is called: a sentence may begin with its budget (全年预算数…，执行数…)."""
    bare = _BUDGET_NOUN.sub("", claim.subject.text)
    return claim.subject.text if bare == claim.subject.text else f"{bare}执行数"


def _ratio(
    claim: Completion, value: Figure, budget: Term, percent: Figure, disclosure: Disclosure
) -> Ratio:
    return Ratio(
        subject=_spent_name(claim),
        told_in=claim.place,
        percent=Term(percent, "percent", "完成率"),
        part=(Term(value, "part", _spent_name(claim)),),
        whole=(budget,),
        others=_other_budgets(claim, budget.figure, disclosure),
    )


def _other_budgets(claim: Completion, used: Figure, disclosure: Disclosure) -> tuple[Term, ...]:
    """Collect the budgets of the same sentence that the rate does not name."""
    found = [
        Term(level.value, "other", NAMES[level.subject.measure])
        for level in disclosure.of(Level)
        if level.block == claim.block
        and level.sentence == claim.sentence
        and level.subject.measure in NAMES
        and level.value.place.start != used.place.start
        and level.value.dimension == used.dimension
    ]
    return tuple(found[:3])
