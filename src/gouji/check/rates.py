"""Rates and what they follow from (比率): share, completion and change as one kind of problem.

The rate's interval comes from the corners of the figures' intervals; they are exact because each
rate is monotone in every figure.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import Decimal
from fractions import Fraction

from gouji.check.bounds import (
    HUNDRED,
    Stretch,
    in_range,
    last_place,
    ratio_range,
    total_of,
    value_of,
    widened,
)
from gouji.check.shown import chain, common_unit
from gouji.model.figure import Hypothesis, Interval
from gouji.model.relation import ChangeRate, PriorRate, Ratio, Term

Range = tuple[Fraction | None, Fraction | None]


class Rate(ABC):
    """A printed rate and the figures it must follow from (比率及其依据)."""

    printed: Term
    terms: tuple[Term, ...]

    @abstractmethod
    def range(self, hypothesis: Hypothesis, stretch: Stretch | None = None) -> Range:
        """Return the rates the figures allow, in per cent."""

    @abstractmethod
    def base_value(self) -> Decimal:
        """Return the printed (or implied) base in base units."""

    @abstractmethod
    def part_value(self) -> Decimal:
        """Return the printed numerator in base units."""

    @abstractmethod
    def expression(self, result: str | None) -> str:
        """Write the arithmetic; `result` None where there is none."""

    def point(self) -> Fraction | None:
        """Return the rate at the printed values, None without a base."""
        base = self.base_value()
        return None if base == 0 else Fraction(self.part_value()) * HUNDRED / Fraction(base)

    def fits(self, hypothesis: Hypothesis, stretch: Stretch | None = None) -> bool:
        """Tell whether the printed rate is among those the figures allow."""
        extra = (stretch or {}).get(-1, Decimal(0))
        return in_range(widened(self.printed, "printed", extra), *self.range(hypothesis, stretch))

    def fits_with_one_digit(self) -> bool:
        """Tell whether one unit in the last place of one figure makes the rate fit (末位差)."""
        if self.fits("printed", {-1: last_place(self.printed.figure)}):
            return True
        return any(
            self.fits("printed", {i: last_place(t.figure)})
            for i, t in enumerate(self.terms)
            if last_place(t.figure) > 0
        )


class Proportion(Rate):
    """part ÷ whole (占比、完成率)."""

    def __init__(self, relation: Ratio) -> None:
        self.printed = relation.percent
        self.part, self.whole = relation.part, relation.whole
        self.terms = (*relation.part, *relation.whole)

    def range(self, hypothesis: Hypothesis, stretch: Stretch | None = None) -> Range:
        """Return the range of 100·part/whole."""
        part = total_of(self.part, hypothesis, stretch)
        whole = total_of(self.whole, hypothesis, stretch, start=len(self.part))
        return ratio_range(part, whole)

    def base_value(self) -> Decimal:
        """Return the whole."""
        return value_of(self.whole)

    def part_value(self) -> Decimal:
        """Return the part."""
        return value_of(self.part)

    def expression(self, result: str | None) -> str:
        """Write 2.00÷8.00=25.00%."""
        unit = common_unit(self.terms)
        return _division(_group(self.part, unit), _group(self.whole, unit), result)


class GrowthByAmount(Rate):
    """change ÷ (value ∓ change) (增减额 ÷ 上年数)."""

    def __init__(self, relation: ChangeRate) -> None:
        self.printed = relation.rate
        self.value, self.change, self.prior = relation.value, relation.change, relation.prior
        self.direction = relation.direction
        self.terms = (self.value, self.change)

    def range(self, hypothesis: Hypothesis, stretch: Stretch | None = None) -> Range:
        """Return the range of 100·c/(v∓c) from its corners, cut by a printed prior."""
        more = stretch or {}
        value = widened(self.value, hypothesis, more.get(0, Decimal(0)))
        change = widened(self.change, hypothesis, more.get(1, Decimal(0)))
        low = self._at(change.low, value.high)
        high = self._at(change.high, value.low)
        if self.prior is None:
            return low, high
        base = widened(self.prior, hypothesis)
        if not base.meets(self._implied(value, change)):
            return low, high
        by_prior = ratio_range(change, base)
        return _larger(low, by_prior[0]), _smaller(high, by_prior[1])

    def _at(self, change: Decimal | None, value: Decimal | None) -> Fraction | None:
        if change is None or value is None:
            return None
        base = value - self.direction * change
        return None if base <= 0 else Fraction(change) * HUNDRED / Fraction(base)

    def _implied(self, value: Interval, change: Interval) -> Interval:
        if None in (value.low, value.high, change.low, change.high):
            return Interval(None, None)
        low, high = (change.high, change.low) if self.direction > 0 else (change.low, change.high)
        assert value.low is not None and value.high is not None  # noqa: S101, PT018 (narrowed above)
        assert low is not None and high is not None  # noqa: S101, PT018 (narrowed above)
        return Interval(value.low - self.direction * low, value.high - self.direction * high)

    def base_value(self) -> Decimal:
        """Return the prior implied by value and change."""
        return self.value.figure.base - self.direction * self.change.figure.base

    def part_value(self) -> Decimal:
        """Return the change."""
        return self.change.figure.base

    def expression(self, result: str | None) -> str:
        """Write 0.71÷(9.07+0.71)=7.26%."""
        unit = common_unit(self.terms)
        sign = "−" if self.direction > 0 else "+"
        value, change = chain((self.value,), unit), chain((self.change,), unit)
        return _division(change, f"({value}{sign}{change})", result)


class GrowthByPrior(Rate):
    """(value − prior) ÷ prior, signed by the direction word (增减率 = 现值 ÷ 基数 − 1)."""

    def __init__(self, relation: PriorRate) -> None:
        self.printed = relation.rate
        self.value, self.prior = relation.value, relation.prior
        self.direction = relation.direction
        self.terms = (self.value, self.prior)

    def range(self, hypothesis: Hypothesis, stretch: Stretch | None = None) -> Range:
        """Return the range of 100·(v/b − 1), mirrored for a fall."""
        more = stretch or {}
        value = widened(self.value, hypothesis, more.get(0, Decimal(0)))
        prior = widened(self.prior, hypothesis, more.get(1, Decimal(0)))
        low, high = ratio_range(value, prior)
        down, up = (None if x is None else x - HUNDRED for x in (low, high))
        if self.direction > 0:
            return down, up
        return (None if up is None else -up), (None if down is None else -down)

    def base_value(self) -> Decimal:
        """Return the printed prior."""
        return self.prior.figure.base

    def part_value(self) -> Decimal:
        """Return the difference in the stated direction."""
        return self.direction * (self.value.figure.base - self.prior.figure.base)

    def expression(self, result: str | None) -> str:
        """Write (9.07−9.78)÷9.78=−7.26%."""
        unit = common_unit(self.terms)
        value, prior = chain((self.value,), unit), chain((self.prior,), unit)
        pair = f"({value}−{prior})" if self.direction > 0 else f"({prior}−{value})"
        return _division(pair, prior, result)


def rate_of(relation: Ratio | ChangeRate | PriorRate) -> Rate:
    """Return the rate problem a relation states."""
    match relation:
        case Ratio():
            return Proportion(relation)
        case ChangeRate():
            return GrowthByAmount(relation)
        case PriorRate():
            return GrowthByPrior(relation)


def _group(terms: tuple[Term, ...], unit: object) -> str:
    text = chain(terms, common_unit(terms) if unit is not None else None)
    return f"({text})" if len(terms) > 1 else text


def _division(part: str, whole: str, result: str | None) -> str:
    return f"{part}÷{whole}" + (f"={result}%" if result is not None else "")


def _larger(one: Fraction | None, two: Fraction | None) -> Fraction | None:
    return two if one is None else one if two is None else max(one, two)


def _smaller(one: Fraction | None, two: Fraction | None) -> Fraction | None:
    return two if one is None else one if two is None else min(one, two)
