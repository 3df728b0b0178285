"""Change claims: amount, rate and direction agree (同比变动应自洽).

What it checks
    A sentence that prints the current figure, the change and the rate. The prior year follows from
    the first two; the rate must follow from them. Where the prior figure is printed too, the change
    must be the difference, and a rate without an amount must follow from the two levels.

Why it matters
    The rate is typed by hand; the wrong base (this year's figure) is the commonest slip in
    published reports.

For example
    本年收入 9.07 万元，比上年减少 0.71 万元，下降 7.83%：应为 7.26%；7.83% 以本年数为基数。

Not a violation
    A gap that rounding to the printed digits can explain (尾差); a zero base stated as such
    (基数为零、无可比性); 基本持平 beside a small change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from gouji.check.rule import rule
from gouji.model.claim import Change, Claim, Flat
from gouji.model.relation import AnyRelation, Breach, ChangeRate, Equal, PriorRate, Sum, Term

ARITHMETIC = "算术：增减额＝本年数−基数，增减率＝增减额÷基数"


def sign_of(claim: Change) -> int:
    """Return +1 for a rise and -1 for a fall."""
    return 1 if claim.direction == "up" else -1


def prior_term(claim: Change | Flat) -> Term | None:
    """Return the printed base of a change, where it is printed."""
    if claim.base.figure is None:
        return None
    return Term(claim.base.figure, "prior", claim.base.text or "基数")


@rule("CHG001", "change-rate", "增减率应等于增减额除以基数", basis=ARITHMETIC)
def change_rate(changes: tuple[Change, ...]) -> Iterator[AnyRelation]:
    """State the rate of each change that prints value, amount and rate (增减率)."""
    siblings = _same_clause(changes)
    for claim in changes:
        if claim.value is None or claim.change is None or claim.rate is None:
            continue
        if claim.direction == "flat":
            continue
        name = claim.subject.text
        prior = prior_term(claim)
        yield ChangeRate(
            subject=name,
            told_in=claim.place,
            value=Term(claim.value, "value", name),
            change=Term(claim.change, "change", "增减额"),
            rate=Term(claim.rate, "rate", "增减率"),
            direction=sign_of(claim),
            prior=prior if prior and prior.figure.dimension == claim.value.dimension else None,
            others=siblings[claim.block, claim.sentence],
        )


@rule("CHG002", "rate-of-levels", "增减率应等于现值与基数之差除以基数", basis=ARITHMETIC)
def rate_of_levels(changes: tuple[Change, ...]) -> Iterator[AnyRelation]:
    """State the rate of each change that prints both levels but no amount (增减率)."""
    for claim in changes:
        if claim.value is None or claim.rate is None or claim.change is not None:
            continue
        prior = prior_term(claim)
        if prior is None or claim.direction == "flat":
            continue
        if prior.figure.dimension != claim.value.dimension:
            continue
        yield PriorRate(
            subject=claim.subject.text,
            told_in=claim.place,
            value=Term(claim.value, "value", claim.subject.text),
            prior=prior,
            rate=Term(claim.rate, "rate", "增减率"),
            direction=sign_of(claim),
        )


@rule("CHG003", "change-amount", "增减额应等于现值与基数之差", basis=ARITHMETIC)
def change_amount(changes: tuple[Change, ...]) -> Iterator[AnyRelation]:
    """State value = base ± change wherever the base is printed (增减额)."""
    for claim in changes:
        prior = prior_term(claim)
        if claim.value is None or claim.change is None or prior is None:
            continue
        if claim.direction == "flat" or prior.figure.dimension != claim.value.dimension:
            continue
        yield Sum(
            subject=claim.subject.text,
            told_in=claim.place,
            total=Term(claim.value, "value", claim.subject.text),
            parts=(prior, Term(claim.change, "change", "增减额", sign_of(claim))),
        )


@rule("CHG004", "change-words", "增减额与增减率的方向词应一致", basis="文义")
def change_words(changes: tuple[Change, ...]) -> Iterator[AnyRelation]:
    """Compare the word before the amount with the word before the rate (方向词)."""
    words = {"up": "增加", "down": "减少", "flat": "持平"}
    for claim in changes:
        other = claim.rate_direction
        if other is None or claim.unspecified or other == claim.direction:
            continue
        if claim.change is not None and claim.change.value == 0:
            continue
        yield Breach(
            subject=claim.subject.text,
            grade="gross",
            message="{subject}的增减额写作“{one}”，增减率却写作“{two}”",
            words={
                "subject": claim.subject.text,
                "one": words[claim.direction],
                "two": words[other],
            },
            evidence=(("change", claim.place),),
        )


@rule("CHG005", "zero-change", "变动为零应写持平", basis="文义", at_most="note")
def zero_change(changes: tuple[Change, ...]) -> Iterator[AnyRelation]:
    """Note a rise or fall of nothing (增减 0.00)."""
    for claim in changes:
        if claim.change is None or claim.change.value != 0 or claim.direction == "flat":
            continue
        if claim.unspecified:
            continue
        if claim.rate is not None and claim.rate.value != 0:
            continue
        yield Breach(
            subject=claim.subject.text,
            grade="last_digit",
            message="{subject}变动为零，应写“持平”",
            words={"subject": claim.subject.text},
            evidence=(("change", claim.place),),
            habitual=True,
        )


@rule("CHG006", "flat", "写明持平的，现值应等于基数", basis=ARITHMETIC)
def flat(claims: tuple[Flat, ...]) -> Iterator[AnyRelation]:
    """State value = base for each claim of no change with both figures (持平)."""
    for claim in claims:
        prior = prior_term(claim)
        if claim.value is None or prior is None or claim.about:
            continue
        if prior.figure.dimension != claim.value.dimension:
            continue
        yield Equal(
            subject=claim.subject.text,
            told_in=claim.place,
            left=Term(claim.value, "value", claim.subject.text),
            right=prior,
        )


def _same_clause(claims: tuple[Change, ...]) -> dict[tuple[int, int], tuple[Term, ...]]:
    """Collect the printed levels of each sentence: bases a writer may have divided by."""
    levels: dict[tuple[int, int], dict[str, Term]] = defaultdict(dict)
    for claim in claims:
        if claim.value is not None and claim.base.figure is not None:
            figure = claim.base.figure
            levels[_where(claim)].setdefault(
                figure.text, Term(figure, "other", claim.base.text or "基数")
            )
    return defaultdict(tuple, {k: tuple(v.values()) for k, v in levels.items()})


def _where(claim: Claim) -> tuple[int, int]:
    return claim.block, claim.sentence
