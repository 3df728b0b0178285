"""Named slips (常见笔误): readings under which a broken statement would hold. Hints, never verdicts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from gouji.check.bounds import HUNDRED, cut_off, gap, in_range, ratio_range, total_of, widened
from gouji.check.rates import GrowthByAmount, Rate, rate_of
from gouji.check.shown import amount
from gouji.model.figure import Figure, Interval
from gouji.model.finding import Slip
from gouji.model.relation import ChangeRate, Equal, PriorRate, Ratio, Sum

GROSS = frozenset({"wrong_direction", "scale", "percent_scale"})
"""Slips that turn the statement over: direction, order of magnitude."""

SCALES = tuple(Decimal(10) ** k for k in (1, 2, 3, 4))


def of_sum(relation: Sum) -> tuple[Slip, ...]:
    """Look for a scale slip, or one part left out or counted twice."""
    found: list[Slip] = []
    computed = total_of(relation.parts, "printed")
    total = widened(relation.total, "printed")
    if scale := _scale(total, computed):
        found.append(Slip("scale", {"name": relation.total.name, "factor": scale}))
    for i, part in enumerate(relation.parts):
        if part.figure.base == 0:
            continue
        rest = (*relation.parts[:i], *relation.parts[i + 1 :])
        if rest and gap(total, total_of(rest, "printed")) == 0:
            found.append(Slip("part_extra", {"name": part.name, "figure": amount(part.figure)}))
    return tuple(found[:2])


def of_equal(relation: Equal) -> tuple[Slip, ...]:
    """Look for a scale slip or transposed digits between two prints of one quantity."""
    left, right = relation.left.figure, relation.right.figure
    if scale := _scale(left.interval(), right.interval()):
        return (Slip("scale", {"name": relation.left.name, "factor": scale}),)
    if _transposed(left, right):
        return (Slip("transposed", {"left": amount(left), "right": amount(right)}),)
    return ()


def of_truncation(printed: Figure, point: Fraction) -> tuple[Slip, ...]:
    """Say so when the rate was cut off instead of rounded."""
    cut = cut_off(point / Fraction(printed.factor), printed.decimals)
    return (Slip("truncated", {}),) if cut == Fraction(printed.value) else ()


def of_rate(relation: Ratio | ChangeRate | PriorRate, rate: Rate) -> tuple[Slip, ...]:
    """Look for the base, direction, complement or scale under which a printed rate would hold."""
    printed = rate.printed.figure.interval()
    low, high = rate.range("printed")
    found: list[Slip] = []
    if isinstance(relation, ChangeRate):
        current = ratio_range(
            widened(relation.change, "printed"), widened(relation.value, "printed")
        )
        if in_range(printed, *current):
            found.append(Slip("current_base", {"value": amount(relation.value.figure)}))
    found += other_bases(relation, rate)
    if not isinstance(relation, Ratio) and _fits_backwards(relation):
        found.append(Slip("wrong_direction", {}))
    swapped = _swapped(relation, low, high)
    found += swapped
    if swapped:
        return tuple(found[:3])
    if low is not None and high is not None and in_range(printed, HUNDRED - high, HUNDRED - low):
        found.append(Slip("complement", {}))
    for factor in (10, 100):
        for name, ends in (("×", (low, high)), ("÷", (low, high))):
            if _scaled_fits(
                printed, ends, Fraction(factor) if name == "×" else Fraction(1, factor)
            ):
                found.append(Slip("percent_scale", {"factor": f"{name}{factor}"}))
    return tuple(found[:3])


def _swapped(
    relation: ChangeRate | PriorRate | Ratio, low: Fraction | None, high: Fraction | None
) -> list[Slip]:
    """Look for a rate beside this one that belongs here: two items changed places."""
    siblings = relation.siblings if isinstance(relation, Ratio) else ()
    return [
        Slip("swapped", {"name": s.name, "figure": amount(s.figure)})
        for s in siblings
        if in_range(s.figure.interval(), low, high)
    ][:1]


def other_bases(relation: Ratio | ChangeRate | PriorRate, rate: Rate) -> tuple[Slip, ...]:
    """Look for another printed denominator under which the rate holds."""
    if isinstance(relation, PriorRate):
        return ()
    part = relation.part if isinstance(relation, Ratio) else (relation.change,)
    numerator = total_of(part, "printed")
    printed = rate.printed.figure.interval()
    return tuple(
        Slip("other_base", {"name": other.name, "figure": amount(other.figure)})
        for other in relation.others
        if other.figure.base > 0
        and in_range(printed, *ratio_range(numerator, widened(other, "printed")))
    )[:1]


def zero_base() -> Slip:
    """The base is zero: there is no rate (基数为零)."""
    return Slip("zero_base", {})


def zero_by_zero() -> Slip:
    """Zero divided by zero printed as a rate (零除以零)."""
    return Slip("zero_by_zero", {})


def _fits_backwards(relation: ChangeRate | PriorRate) -> bool:
    turned = rate_of(replace(relation, direction=-relation.direction))
    if isinstance(turned, GrowthByAmount) and turned.base_value() <= 0:
        return False
    return turned.fits("printed")


def _scaled_fits(
    printed: Interval, ends: tuple[Fraction | None, Fraction | None], factor: Fraction
) -> bool:
    low, high = ends
    if low is None or high is None or low <= 0:
        return False
    return in_range(printed, low * factor, high * factor)


def _scale(left: Interval, right: Interval) -> str:
    """Find the power of ten between two figures printed finely enough for it to mean something."""
    if not (_telling(left) and _telling(right)):
        return ""
    for factor in SCALES:
        if gap(left, _times(right, factor)) == 0:
            return f"×{factor:f}"
        if gap(_times(left, factor), right) == 0:
            return f"÷{factor:f}"
    return ""


def _telling(interval: Interval) -> bool:
    """Tell whether a figure is printed to about three digits: fewer match by chance."""
    low, high = interval.low, interval.high
    if low is None or high is None or low <= 0 <= high:
        return False
    return (high - low) * 100 <= max(abs(low), abs(high))


def _times(interval: Interval, factor: Decimal) -> Interval:
    low = None if interval.low is None else interval.low * factor
    high = None if interval.high is None else interval.high * factor
    return Interval(low, high)


def _transposed(left: Figure, right: Figure) -> bool:
    """Tell whether two prints differ by two neighbouring digits in swapped order."""
    one, two = left.text.replace(",", ""), right.text.replace(",", "")
    if left.unit != right.unit or len(one) != len(two) or one == two:
        return False
    differing = [i for i, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
    return (
        len(differing) == 2  # noqa: PLR2004 (a pair)
        and differing[1] == differing[0] + 1
        and one[differing[0]] == two[differing[1]]
        and one[differing[1]] == two[differing[0]]
    )
