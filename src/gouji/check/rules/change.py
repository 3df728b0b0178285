"""Change claims: amount, rate and direction agree (同比变动应自洽).

What it checks
    A sentence that prints the current figure, the change and the rate. The prior year follows from
    the first two; the rate must follow from them. Where the prior figure is printed too, the change
    must be the difference.

Why it matters
    The rate is typed by hand; the wrong base (this year's figure) is the commonest slip in
    published reports.

For example
    本年收入 9.07 万元，比上年减少 0.71 万元，下降 7.83%：应为 7.26%；7.83% 以本年数为基数。

Not a violation
    A gap that rounding to the printed digits can explain (尾差); a zero base stated as such
    (基数为零、无可比性).
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.check.rule import rule
from gouji.model.claim import Change
from gouji.model.relation import AnyRelation, ChangeRate, Term

ARITHMETIC = "算术：增减率＝增减额÷基数"


@rule("CHG001", "change-rate", "增减率应等于增减额除以上年数", basis=ARITHMETIC)
def change_rate(changes: tuple[Change, ...]) -> Iterator[AnyRelation]:
    """State one relation for each change claim that prints value, amount and rate."""
    for claim in changes:
        if claim.value is None or claim.change is None or claim.rate is None:
            continue
        if claim.direction == "flat":
            continue
        name = claim.subject.text
        yield ChangeRate(
            subject=name,
            told_in=claim.place,
            value=Term(claim.value, "value", name),
            change=Term(claim.change, "change", "增减额"),
            rate=Term(claim.rate, "rate", "增减率"),
            direction=1 if claim.direction == "up" else -1,
            prior=Term(claim.base.figure, "prior", claim.base.text) if claim.base.figure else None,
        )
