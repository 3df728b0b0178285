"""Interval arithmetic on printed figures (区间运算): exact, no tolerance of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from gouji.model.figure import Figure, Hypothesis, Interval
from gouji.model.relation import Term

Stretch = Mapping[int, Decimal]
"""Index of a term → how far its interval is widened on both sides (one unit of its last place)."""

HUNDRED = 100


def last_place(figure: Figure) -> Decimal:
    """Return the slack a last-digit slip would need: one printed unit, none for exact counts and blanks."""
    if figure.blank or (figure.dimension == "count" and figure.factor == 1):
        return Decimal(0)
    return figure.ulp


def widened(term: Term, hypothesis: Hypothesis, by: Decimal = Decimal(0)) -> Interval:
    """Return a term's interval, widened by `by` on both sides."""
    interval = term.figure.interval(hypothesis)
    low = None if interval.low is None else interval.low - by
    high = None if interval.high is None else interval.high + by
    return Interval(low, high)


def total_of(
    terms: Sequence[Term], hypothesis: Hypothesis, stretch: Stretch | None = None, start: int = 0
) -> Interval:
    """Return the interval of the signed sum of terms."""
    low: Decimal | None = Decimal(0)
    high: Decimal | None = Decimal(0)
    for i, term in enumerate(terms, start):
        part = widened(term, hypothesis, (stretch or {}).get(i, Decimal(0)))
        ends = (part.low, part.high) if term.sign > 0 else (_neg(part.high), _neg(part.low))
        low = None if low is None or ends[0] is None else low + ends[0]
        high = None if high is None or ends[1] is None else high + ends[1]
    return Interval(low, high)


def value_of(terms: Sequence[Term]) -> Decimal:
    """Return the signed sum of the printed values, in base units."""
    return sum((t.figure.base * t.sign for t in terms), Decimal(0))


def gap(left: Interval, right: Interval) -> Decimal:
    """Return how far two intervals are apart; 0 when they share a value."""
    if left.low is not None and right.high is not None and left.low > right.high:
        return left.low - right.high
    if left.high is not None and right.low is not None and right.low > left.high:
        return right.low - left.high
    return Decimal(0)


def ratio_range(part: Interval, whole: Interval) -> tuple[Fraction | None, Fraction | None]:
    """Return the range of 100·part/whole for a positive whole; None where there is no bound.

    Parts of either sign are allowed. A whole that reaches down to zero leaves the quotient unbounded.
    """
    high_whole = None if whole.high is None else Fraction(whole.high)
    low_whole = None if whole.low is None or whole.low <= 0 else Fraction(whole.low)
    return _quotient(part.low, low_whole, high_whole, lower=True), _quotient(
        part.high, low_whole, high_whole, lower=False
    )


def _quotient(
    part: Decimal | None, low: Fraction | None, high: Fraction | None, *, lower: bool
) -> Fraction | None:
    if part is None:
        return None
    far = (part >= 0) == lower
    whole = high if far else low
    if whole is None:
        return Fraction(0) if far else None
    if whole == 0:
        return None
    return Fraction(part) * HUNDRED / whole


def in_range(printed: Interval, low: Fraction | None, high: Fraction | None) -> bool:
    """Tell whether a printed interval and a computed range share a value."""
    left = high is None or printed.low is None or Fraction(printed.low) <= high
    right = low is None or printed.high is None or low <= Fraction(printed.high)
    return left and right


def half_up(value: Fraction, decimals: int) -> Fraction:
    """Round half away from zero to a number of decimals, as finance staff do (四舍五入)."""
    scale = 10**decimals
    scaled = abs(value) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, scale)


def cut_off(value: Fraction, decimals: int) -> Fraction:
    """Truncate toward zero to a number of decimals (截尾)."""
    scale = 10**decimals
    whole = abs(value) * scale // 1
    return Fraction(whole if value >= 0 else -whole, scale)


def _neg(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value
