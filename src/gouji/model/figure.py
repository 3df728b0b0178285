"""Numbers as printed, and what values may stand behind the digits (数字及其区间).

The digits are the tolerance: a figure printed with d decimals stands for any value within half a
unit of its last place. Amounts written without their trailing zeros ("3 万元") are also read at
*house precision*, the decimals most amounts of the same table or section carry.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Literal

from gouji.model.place import Place

Dimension = Literal["money", "count", "percent", "points", "score", "ratio", "other"]
Hypothesis = Literal["printed", "house"]
Approximation = Literal["about", "over", "under"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure (计量单位): its name, what it measures, and its size in base units."""

    name: str
    dimension: Dimension
    factor: Decimal


YUAN = Unit("元", "money", Decimal(1))
QIAN_YUAN = Unit("千元", "money", Decimal(1000))
WAN_YUAN = Unit("万元", "money", Decimal(10_000))
YI_YUAN = Unit("亿元", "money", Decimal(100_000_000))
PERCENT = Unit("%", "percent", Decimal(1))
PER_MILLE = Unit("‰", "percent", Decimal("0.1"))
POINT = Unit("个百分点", "points", Decimal(1))
SCORE = Unit("分", "score", Decimal(1))
TIMES = Unit("倍", "ratio", Decimal(1))

MONEY_UNITS = {
    **{u.name: u for u in (YUAN, QIAN_YUAN, WAN_YUAN, YI_YUAN)},
    "百元": Unit("百元", "money", Decimal(100)),
    "百万元": Unit("百万元", "money", Decimal(1_000_000)),
    "千万元": Unit("千万元", "money", Decimal(10_000_000)),
    "万亿元": Unit("万亿元", "money", Decimal(1_000_000_000_000)),
}
"""Every money unit that is printed (金额单位), by name."""
MONEY_NAMES = "|".join(sorted(MONEY_UNITS, key=len, reverse=True))
"""Their names for a pattern, the longest first."""


def counting_unit(name: str, factor: int = 1) -> Unit:
    """Return a unit that counts whole things (个、人、辆…); `factor` is 10 000 for 万人."""
    return Unit(name, "count", Decimal(factor))


_HALVES = tuple(Decimal(5).scaleb(-d - 1) for d in range(12))
"""Half a unit of the last place, by printed decimals."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval in base units (区间); None stands for no bound."""

    low: Decimal | None
    high: Decimal | None

    def __contains__(self, value: Decimal) -> bool:
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def meets(self, other: Interval) -> bool:
        """Tell whether the two intervals share a value."""
        left = self.high is None or other.low is None or other.low <= self.high
        right = other.high is None or self.low is None or self.low <= other.high
        return left and right


class Misread(Enum):
    """Why the digits may not be what was printed (疑似误读)."""

    COMMA_FOR_POINT = "comma_for_point"
    SPLIT_DIGITS = "split_digits"
    REPEATED = "repeated"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed (数字): text, exact value, unit, printed decimals and place."""

    text: str
    """The number's own characters after normalisation, without separators or unit."""
    value: Decimal
    """In the printed unit; the sign is the printed one."""
    unit: Unit | None
    decimals: int
    place: Place
    house: int | None = None
    """Decimals of house precision, when finer than printed; None where they agree or do not apply."""
    approximate: Approximation | None = None
    """约/近 widens by a whole unit, 超/逾 opens the top, 不足 opens the bottom."""
    misread: Misread | None = None
    blank: bool = False
    """An empty cell, read as nothing (0 exactly)."""
    suggested: bool = False
    """A language model said what this number is; the digits are read by our own parser (模型指认)."""

    @property
    def dimension(self) -> Dimension:
        """What the unit measures; "other" without a unit."""
        return "other" if self.unit is None else self.unit.dimension

    @property
    def factor(self) -> Decimal:
        """Base units in one printed unit."""
        return Decimal(1) if self.unit is None else self.unit.factor

    @property
    def base(self) -> Decimal:
        """The printed value in base units (元, 人, %, …)."""
        return self.value * self.factor

    @property
    def ulp(self) -> Decimal:
        """One unit of the last printed place, in base units."""
        return Decimal(1).scaleb(-self.decimals) * self.factor

    def interval(self, hypothesis: Hypothesis = "printed") -> Interval:
        """Return every value, in base units, that could have been printed like this."""
        if self.blank or (self.dimension == "count" and self.factor == 1 and not self.approximate):
            return Interval(self.base, self.base)
        decimals = self.decimals
        if hypothesis == "house" and self.house is not None:
            decimals = max(decimals, self.house)
        half = (
            _HALVES[decimals] if decimals < len(_HALVES) else Decimal(5).scaleb(-decimals - 1)
        ) * self.factor
        match self.approximate:
            case "about":
                return Interval(self.base - 2 * half, self.base + 2 * half)
            case "over":
                return Interval(self.base - half, None)
            case "under":
                return Interval(None, self.base + half)
            case None:
                return Interval(self.base - half, self.base + half)
