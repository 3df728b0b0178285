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
from gouji.check.recompute import recomputed
from gouji.model.figure import Hypothesis
from gouji.model.finding import Grade, Slip, Verdict
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
FAILING: frozenset[Grade] = frozenset({"gross", "broken", "doubtful", "last_digit"})
"""Grades that become findings."""

Graded = tuple[Grade, tuple[Slip, ...]]


def judge(relation: AnyRelation) -> Verdict:
    """Grade one relation (评级); the arithmetic is written out only where there is something to show."""
    match relation:
        case Breach():
            return Verdict(relation, relation.grade)
        case Upheld():
            return Verdict(relation, "holds")
        case NotChecked():
            return Verdict(relation, "not_checked", reason=relation.reason)
    grade, found = _graded(relation)
    shown = recomputed(relation) if grade in FAILING else None
    return Verdict(relation, grade, shown, slips=found)


def _graded(
    relation: Sum | Equal | AtMost | Ratio | ChangeRate | PriorRate | Direction,
) -> Graded:
    match relation:
        case Sum():
            return _sum(relation)
        case Equal():
            return _equal(relation)
        case AtMost():
            return _at_most(relation), ()
        case Direction():
            return _direction(relation), ()
        case Ratio() | ChangeRate() | PriorRate():
            return _rate(relation)


def _sum(relation: Sum) -> Graded:
    grade = _linear_grade(relation.total, relation.parts)
    if grade != "broken":
        return grade, ()
    return _with_slips(slips.of_sum(relation))


def _with_slips(found: tuple[Slip, ...]) -> Graded:
    """A slip of direction or magnitude turns a broken statement over."""
    return ("gross" if any(s.name in slips.GROSS for s in found) else "broken"), found


def _linear_grade(total: Term, parts: tuple[Term, ...]) -> Grade:
    terms = (total, *parts)
    point = value_of(parts)
    if point == total.figure.base and all(t.figure.house is None for t in terms):
        return "holds"
    apart = gap(widened(total, "printed"), total_of(parts, "printed"))
    if apart == 0:
        house = gap(widened(total, "house"), total_of(parts, "house"))
        if house > _house_place(terms):
            return "doubtful"
        return "holds" if _rounds_to(point, total) else "holds_by_rounding"
    # A printed 0 is no figure cut off in its last place.
    slack = max((last_place(t.figure) for t in terms if t.figure.value != 0), default=Decimal(0))
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


def _equal(relation: Equal) -> Graded:
    left, right = relation.left, relation.right
    coarse, fine = (left, right) if left.figure.ulp >= right.figure.ulp else (right, left)
    one, two = widened(left, "printed"), widened(right, "printed")
    apart = gap(one, two)
    rounds = _rounds_to(fine.figure.base, coarse)
    touching = apart == 0 and (one.high == two.low or two.high == one.low)
    if rounds or (apart == 0 and not touching):
        house = gap(widened(left, "house"), widened(right, "house"))
        if house > _house_place((left, right)):
            return "doubtful", ()
        return ("holds" if rounds else "holds_by_rounding"), ()
    slack = max(last_place(left.figure), last_place(right.figure))
    found = slips.of_equal(relation)
    return ("last_digit", found) if apart <= slack and slack > 0 else _with_slips(found)


def _at_most(relation: AtMost) -> Grade:
    whole, parts = relation.whole, relation.parts
    if value_of(parts) <= whole.figure.base:
        return "holds"
    apart = _excess(relation, "printed")
    if apart <= 0:
        return "doubtful" if _excess(relation, "house") > 0 else "holds_by_rounding"
    slack = max(last_place(t.figure) for t in (whole, *parts))
    return "last_digit" if apart <= slack else "gross"


def _excess(relation: AtMost, hypothesis: Hypothesis) -> Decimal:
    """Return by how much the parts surely exceed the whole; 0 or less when they need not."""
    low = total_of(relation.parts, hypothesis).low
    high = widened(relation.whole, hypothesis).high
    return Decimal(0) if low is None or high is None else low - high


def _direction(relation: Direction) -> Grade:
    larger, smaller = relation.larger, relation.smaller
    if larger.figure.base > smaller.figure.base:
        return "holds"
    one, two = widened(larger, "printed"), widened(smaller, "printed")
    possible = one.high is None or two.low is None or one.high >= two.low
    if not possible:
        return "gross"
    exact_counts = larger.figure.dimension == "count" and larger.figure.base == smaller.figure.base
    return "broken" if relation.strict and exact_counts else "holds_by_rounding"


def _rate(relation: Ratio | ChangeRate | PriorRate) -> Graded:
    rate = rate_of(relation)
    if rate.base_value() == 0:
        return _without_base(relation, rate)
    point = rate.point()
    if rate.fits("printed"):
        return _grade_of_fit(rate, point), ()
    if point is not None and rate.fits_with_one_digit():
        return "last_digit", slips.of_truncation(rate.printed.figure, point)
    return _with_slips(slips.of_rate(relation, rate))


def _grade_of_fit(rate: Rate, point: Fraction | None) -> Grade:
    figure = rate.printed.figure
    low, high = rate.range("printed")
    rounds = point is not None and half_up(
        point / Fraction(figure.factor), figure.decimals
    ) == Fraction(figure.value)
    wide = high is None or low is None or (high > NO_POWER_SPREAD * low and high - low > 1)
    if wide and not rounds:
        return "no_power"
    if not rate.fits("house"):
        return "doubtful"
    return "holds" if rounds else "holds_by_rounding"


def _without_base(relation: Ratio | ChangeRate | PriorRate, rate: Rate) -> Graded:
    """Judge a rate whose base is printed as zero (基数为零): no rate can be computed."""
    if rate.part_value() != 0:
        return "broken", (slips.zero_base(), *slips.other_bases(relation, rate))
    printed = rate.printed.figure.base
    if printed == 0:
        return "holds", ()
    return ("broken" if printed == HUNDRED else "no_power"), (slips.zero_by_zero(),)
