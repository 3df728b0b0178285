"""Whether numbers could be read in another way (另一种读法): ambiguous binding gives no verdict.

A reading that does not hold, where the same numbers hold in other roles, is a wrong reading and no
slip of the document's: 4697.18 万元 budgeted, 2348.59 万元 spent, 50 % is no rate of 200 % misprinted.
A reading that no other explains stands, right
or wrong: that is what the rules are for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from gouji.model.figure import Figure

_HUNDRED = Decimal(100)
_MOST = 4
"""Amounts tried in every order; a statement of more is a list."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The numbers of one statement by role (一种读法)."""

    kind: str
    value: Figure | None
    base: Figure | None
    change: Figure | None
    rate: Figure | None
    whole: Figure | None
    parts: tuple[Figure, ...] = ()
    falls: bool = False
    direction_proven: bool = False
    """The cue itself says up or down."""

    def is_doubtful(self) -> bool:
        """Tell a reading that does not hold where another of the same numbers does."""
        return self._holds() is False and any(self._others())

    def _holds(self) -> bool | None:
        """Tell whether the statement is true as read; None where it holds nothing to compute."""
        match self.kind:
            case "change":
                return self._change_holds()
            case "share":
                return _rated(self.value, self.whole, self.rate)
            case "completion":
                return _rated(self.value, self.base, self.rate)
            case "difference":
                return _summed((self.value, self.change), self.base, falls=self.falls)
            case "breakdown":
                return None if self.value is None else _is_sum(self.parts, self.value)
            case _:
                return None

    def _change_holds(self) -> bool | None:
        found = [
            _changed(self.value, self.change, self.rate, falls=self.falls),
            _summed((self.value, self.change), self.base, falls=self.falls),
            _grown(self.value, self.base, self.rate, falls=self.falls),
        ]
        told = [f for f in found if f is not None]
        return all(told) if told else None

    def _others(self) -> Iterator[bool]:
        """Yield whether each other reading of the numbers holds."""
        own = (self.value, self.base, self.change, self.whole, *self.parts)
        amounts = [f for f in own if f is not None]
        if len(amounts) > _MOST:
            return
        for part, whole in permutations(amounts, 2):
            slip = self.kind == "change" and part is self.change and whole is self.value
            if not (slip and self.direction_proven):  # a rate on this year's figure is a known slip
                yield _rated(part, whole, self.rate) is True
            for falls in (True, False):
                flipped = part is self.value and whole is self.change and falls != self.falls
                if not (self.kind == "change" and flipped and self.direction_proven):
                    yield _changed(part, whole, self.rate, falls=falls) is True
                    yield _grown(part, whole, self.rate, falls=falls) is True
        for one, two, three in permutations(amounts, 3):
            if self.rate is None:
                yield _is_sum((one, two), three)


def _rated(part: Figure | None, whole: Figure | None, rate: Figure | None) -> bool | None:
    """Tell whether part / whole is the rate; None where one is missing."""
    if part is None or whole is None or rate is None:
        return None
    return _meets(_ends(part), _ends(whole), rate)


def _changed(
    value: Figure | None, change: Figure | None, rate: Figure | None, *, falls: bool
) -> bool | None:
    """Tell whether the change is the rate of what was before."""
    if value is None or change is None or rate is None:
        return None
    (low, high), (less, more) = _ends(value), _ends(change)
    prior = (low + less, high + more) if falls else (low - more, high - less)
    return _meets((less, more), prior, rate)


def _grown(
    value: Figure | None, base: Figure | None, rate: Figure | None, *, falls: bool
) -> bool | None:
    """Tell whether the two figures differ by the rate."""
    if value is None or base is None or rate is None:
        return None
    (low, high), (less, more) = _ends(value), _ends(base)
    gap = (less - high, more - low) if falls else (low - more, high - less)
    return _meets(gap, (less, more), rate)


def _meets(part: tuple[Decimal, Decimal], whole: tuple[Decimal, Decimal], rate: Figure) -> bool:
    """Tell whether part / whole in per cent may be printed as a rate, one unit of its last place aside."""
    if whole[0] <= 0:
        return False
    low, high = _ends(rate)
    most, least = part[1] * _HUNDRED / whole[0], part[0] * _HUNDRED / whole[1]
    return least <= high + rate.ulp and low - rate.ulp <= most


def _summed(
    two: tuple[Figure | None, Figure | None], other: Figure | None, *, falls: bool
) -> bool | None:
    """Tell whether value and change make the other figure, or the other and the change the value."""
    value, change = two
    if value is None or change is None or other is None:
        return None
    return _is_sum((value, change), other) if falls else _is_sum((other, change), value)


def _is_sum(parts: tuple[Figure, ...], total: Figure) -> bool:
    ends = [_ends(p) for p in parts]
    low, high = _ends(total)
    return sum(e[0] for e in ends) <= high and low <= sum(e[1] for e in ends)


def _ends(figure: Figure) -> tuple[Decimal, Decimal]:
    """Return the ends of a figure's interval without its sign; an open one ends a tenth away."""
    interval, value = figure.interval(), abs(figure.base)
    if interval.low is None or interval.high is None:
        return (value * 9 / 10, value * 11 / 10)
    half = (interval.high - interval.low) / 2
    return (value - half, value + half)
