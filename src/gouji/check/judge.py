"""The only place that grades (评级): relation → verdict, by exact intervals and two hypotheses.

A relation is *broken* only if no values behind the printed digits satisfy it, neither as printed nor
at house precision. See docs/architecture.md for the grades and docs/adr/0004 for their order.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from gouji.check import slips
from gouji.check.bounds import (
    HUNDRED,
    gap,
    half_up,
    last_place,
    total_of,
    value_of,
    widened,
)
from gouji.check.rates import Rate, rate_of
from gouji.check.shown import chain, common_unit, decimals_of, exact, in_unit, plain
from gouji.model.figure import Hypothesis
from gouji.model.finding import Grade, Recomputed, Verdict
from gouji.model.relation import (
    AnyRelation,
    AtMost,
    Breach,
    ChangeRate,
    Direction,
    Equal,
    NotChecked,
    PriorRate,
    Ratio,
    Sum,
    Term,
    Upheld,
)

NO_POWER_SPREAD = 2
"""A rate whose possible values differ by more than this factor contradicts almost nothing."""


def judge(relation: AnyRelation) -> Verdict:
    """Grade one relation (评级)."""
    match relation:
        case Sum():
            return _sum(relation)
        case Equal():
            return _equal(relation)
        case AtMost():
            return _at_most(relation)
        case Ratio() | ChangeRate() | PriorRate():
            return _rate(relation)
        case Direction():
            return _direction(relation)
        case Breach():
            return Verdict(relation, relation.grade)
        case Upheld():
            return Verdict(relation, "holds")
        case NotChecked():
            return Verdict(relation, "not_checked", reason=relation.reason)


def _sum(relation: Sum) -> Verdict:
    total, parts = relation.total, relation.parts
    unit = common_unit((total, *parts))
    computed = total_of(parts, "printed")
    decimals = decimals_of((total, *parts)) if unit else 2
    shown = Recomputed(
        f"{chain(parts, unit)}={exact(in_unit(value_of(parts), unit))}",
        exact(in_unit(value_of(parts), unit)),
        None if computed.low is None else plain(in_unit(computed.low, unit), decimals + 1),
        None if computed.high is None else plain(in_unit(computed.high, unit), decimals + 1),
    )
    grade = _linear_grade(total, parts)
    found = slips.of_sum(relation) if grade in ("broken", "last_digit") else ()
    if grade == "broken" and any(s.name in slips.GROSS for s in found):
        grade = "gross"
    return Verdict(relation, grade, shown, slips=found)


def _linear_grade(total: Term, parts: tuple[Term, ...]) -> Grade:
    apart = gap(widened(total, "printed"), total_of(parts, "printed"))
    if apart == 0:
        house = gap(widened(total, "house"), total_of(parts, "house"))
        if house > _house_place((total, *parts)):
            return "doubtful"
        return "holds" if _rounds_to(value_of(parts), total) else "holds_by_rounding"
    slack = max(last_place(t.figure) for t in (total, *parts))
    return "last_digit" if apart <= slack else "broken"


def _house_place(terms: tuple[Term, ...]) -> Decimal:
    """Return one unit of the last place at house precision: a cut-off digit raises no doubt."""
    return max(
        Decimal(1).scaleb(-max(t.figure.decimals, t.figure.house or 0)) * t.figure.factor
        for t in terms
    )


def _rounds_to(point: Decimal, total: Term) -> bool:
    """Tell whether a computed value, rounded to the printed digits, is what is printed."""
    figure = total.figure
    if figure.blank:
        return point == 0
    place = Decimal(1).scaleb(-figure.decimals)
    return (point / figure.factor).quantize(place, ROUND_HALF_UP) == figure.value


def _equal(relation: Equal) -> Verdict:
    left, right = relation.left, relation.right
    coarse, fine = (left, right) if left.figure.ulp >= right.figure.ulp else (right, left)
    unit = common_unit((left, right))
    shown = Recomputed(f"{_shown(left)} ≠ {_shown(right)}", exact(in_unit(fine.figure.base, unit)))
    one, two = widened(left, "printed"), widened(right, "printed")
    apart = gap(one, two)
    rounds = _rounds_to(fine.figure.base, coarse)
    touching = apart == 0 and (one.high == two.low or two.high == one.low)
    if rounds or (apart == 0 and not touching):
        house = gap(widened(left, "house"), widened(right, "house"))
        if house > _house_place((left, right)):
            return Verdict(relation, "doubtful", shown)
        if rounds:
            return Verdict(relation, "holds", Recomputed(f"{_shown(left)} = {_shown(right)}"))
        return Verdict(relation, "holds_by_rounding", shown)
    slack = max(last_place(left.figure), last_place(right.figure))
    grade: Grade = "last_digit" if apart <= slack and slack > 0 else "broken"
    found = slips.of_equal(relation)
    if grade == "broken" and any(s.name in slips.GROSS for s in found):
        grade = "gross"
    return Verdict(relation, grade, shown, slips=found)


def _shown(term: Term) -> str:
    unit = term.figure.unit.name if term.figure.unit else ""
    return f"{term.name} {term.figure.text or '0'} {unit}".strip()


def _at_most(relation: AtMost) -> Verdict:
    whole, parts = relation.whole, relation.parts
    unit = common_unit((whole, *parts))
    within = value_of(parts) <= whole.figure.base
    shown = Recomputed(
        f"{chain(parts, unit)}={exact(in_unit(value_of(parts), unit))} "
        f"{'≤' if within else '>'} {chain((whole,), unit)}",
        exact(in_unit(value_of(parts), unit)),
    )
    if within:
        return Verdict(relation, "holds", shown)
    apart = _excess(relation, "printed")
    if apart <= 0:
        grade: Grade = "doubtful" if _excess(relation, "house") > 0 else "holds_by_rounding"
        return Verdict(relation, grade, shown)
    slack = max(last_place(t.figure) for t in (whole, *parts))
    return Verdict(relation, "last_digit" if apart <= slack else "gross", shown)


def _excess(relation: AtMost, hypothesis: Hypothesis) -> Decimal:
    """Return by how much the parts surely exceed the whole; 0 or less when they need not."""
    low = total_of(relation.parts, hypothesis).low
    high = widened(relation.whole, hypothesis).high
    return Decimal(0) if low is None or high is None else low - high


def _direction(relation: Direction) -> Verdict:
    larger, smaller = relation.larger, relation.smaller
    shown = Recomputed(f"{_shown(larger)} > {_shown(smaller)}")
    if larger.figure.base > smaller.figure.base:
        return Verdict(relation, "holds", shown)
    one, two = widened(larger, "printed"), widened(smaller, "printed")
    possible = one.high is None or two.low is None or one.high >= two.low
    if not possible:
        return Verdict(relation, "gross", shown)
    exact_counts = larger.figure.dimension == "count" and larger.figure.base == smaller.figure.base
    return Verdict(
        relation, "broken" if relation.strict and exact_counts else "holds_by_rounding", shown
    )


def _rate(relation: Ratio | ChangeRate | PriorRate) -> Verdict:
    rate = rate_of(relation)
    printed = rate.printed.figure
    if (special := _without_base(relation, rate)) is not None:
        return special
    low, high = rate.range("printed")
    point = rate.point()
    shown = _shown_rate(rate, low, high, point)
    if rate.fits("printed"):
        return Verdict(relation, _grade_of_fit(rate, low, high, point), shown)
    if point is not None and rate.fits_with_one_digit():
        return Verdict(relation, "last_digit", shown, slips=slips.of_truncation(printed, point))
    found = slips.of_rate(relation, rate)
    grade: Grade = "gross" if any(s.name in slips.GROSS for s in found) else "broken"
    return Verdict(relation, grade, shown, slips=found)


def _grade_of_fit(
    rate: Rate, low: Fraction | None, high: Fraction | None, point: Fraction | None
) -> Grade:
    figure = rate.printed.figure
    rounds = point is not None and half_up(
        point / Fraction(figure.factor), figure.decimals
    ) == Fraction(figure.value)
    wide = high is None or low is None or (high > NO_POWER_SPREAD * low and high - low > 1)
    if wide and not rounds:
        return "no_power"
    if not rate.fits("house"):
        return "doubtful"
    return "holds" if rounds else "holds_by_rounding"


def _without_base(relation: Ratio | ChangeRate | PriorRate, rate: Rate) -> Verdict | None:
    """Judge a rate whose base is printed as zero (基数为零): no rate can be computed."""
    if rate.base_value() != 0:
        return None
    printed = rate.printed.figure
    shown = Recomputed(rate.expression(None))
    if rate.part_value() == 0:
        if printed.base == 0:
            return Verdict(relation, "holds", shown, reason="zero_by_zero")
        found = (slips.zero_by_zero(),)
        return Verdict(
            relation, "broken" if printed.base == HUNDRED else "no_power", shown, slips=found
        )
    fitting = slips.other_bases(relation, rate)
    return Verdict(relation, "broken", shown, slips=(slips.zero_base(), *fitting))


def _shown_rate(
    rate: Rate, low: Fraction | None, high: Fraction | None, point: Fraction | None
) -> Recomputed:
    digits = rate.printed.figure.decimals + 2
    return Recomputed(
        rate.expression(None if point is None else plain(point, digits)),
        None if point is None else plain(point, digits),
        None if low is None else plain(low, digits),
        None if high is None else plain(high, digits),
    )
