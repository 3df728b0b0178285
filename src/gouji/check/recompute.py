"""The arithmetic of a relation, written out for a reader (复算)."""

from __future__ import annotations

from gouji.check.bounds import total_of, value_of
from gouji.check.rates import rate_of
from gouji.check.shown import chain, common_unit, decimals_of, exact, in_unit, plain
from gouji.model.finding import Recomputed
from gouji.model.relation import (
    AtMost,
    ChangeRate,
    Direction,
    Equal,
    PriorRate,
    Ratio,
    Sum,
    Term,
)

MORE_DIGITS = 2
"""Digits shown beyond the printed ones of a rate."""


def recomputed(
    relation: Sum | Equal | AtMost | Ratio | ChangeRate | PriorRate | Direction,
) -> Recomputed:
    """Return expression, value and range of what a relation computes (复算)."""
    match relation:
        case Sum():
            return _sum(relation)
        case Equal(left=left, right=right):
            fine = min(left, right, key=lambda t: t.figure.ulp)
            unit = common_unit((left, right))
            return Recomputed(
                f"{_named(left)} ≠ {_named(right)}", exact(in_unit(fine.figure.base, unit))
            )
        case AtMost():
            return _at_most(relation)
        case Direction(larger=larger, smaller=smaller):
            return Recomputed(f"{_named(larger)} {_sign(larger, smaller)} {_named(smaller)}")
        case Ratio() | ChangeRate() | PriorRate():
            return _rate(relation)


def _sum(relation: Sum) -> Recomputed:
    total, parts = relation.total, relation.parts
    unit = common_unit((total, *parts))
    computed = total_of(parts, "printed")
    decimals = decimals_of((total, *parts)) if unit else 2
    value = exact(in_unit(value_of(parts), unit))
    return Recomputed(
        f"{chain(parts, unit)}={value}",
        value,
        None if computed.low is None else plain(in_unit(computed.low, unit), decimals + 1),
        None if computed.high is None else plain(in_unit(computed.high, unit), decimals + 1),
    )


def _at_most(relation: AtMost) -> Recomputed:
    whole, parts = relation.whole, relation.parts
    unit = common_unit((whole, *parts))
    value = exact(in_unit(value_of(parts), unit))
    sign = "≤" if value_of(parts) <= whole.figure.base else ">"
    left = f"{chain(parts, unit)}={value}" if len(parts) > 1 else chain(parts, unit)
    return Recomputed(f"{left} {sign} {chain((whole,), unit)}", value)


def _rate(relation: Ratio | ChangeRate | PriorRate) -> Recomputed:
    rate = rate_of(relation)
    point = rate.point()
    if point is None:
        return Recomputed(rate.expression(None))
    low, high = rate.range("printed")
    digits = rate.printed.figure.decimals + MORE_DIGITS
    return Recomputed(
        rate.expression(plain(point, digits)),
        plain(point, digits),
        None if low is None else plain(low, digits),
        None if high is None else plain(high, digits),
    )


def _sign(left: Term, right: Term) -> str:
    """Return how two figures really stand to each other, as printed."""
    if left.figure.base == right.figure.base:
        return "="
    return ">" if left.figure.base > right.figure.base else "<"


def _named(term: Term) -> str:
    unit = term.figure.unit.name if term.figure.unit else ""
    return f"{term.name} {term.figure.text or '0'} {unit}".strip()
