"""Which failing comparisons have one cause (同一原因): the same gap runs through every total above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from gouji.check.bounds import last_place, value_of
from gouji.check.run import Judged
from gouji.check.terms import terms_of
from gouji.model.relation import Equal, Sum

Gap = tuple[Decimal, Decimal]
"""By how much two documents differ in base units, and how far rounding may shift it."""


def by_cause(entries: Iterable[Judged]) -> Iterator[tuple[Judged, ...]]:
    """Yield failing verdicts by cause, the narrowest item of each first.

    Two belong together where a rule fails twice by the same amount, rounding apart. What has no
    amount to compare (a rate alone) stands alone.
    """
    groups: list[tuple[str, Gap | None, list[Judged]]] = []
    for entry in entries:
        gap = _gap(entry)
        for code, known, members in groups:
            if code == entry.rule.code and gap and known and _alike(gap, known):
                members.append(entry)
                break
        else:
            groups.append((entry.rule.code, gap, [entry]))
    for _, _, members in groups:
        yield tuple(sorted(members, key=_breadth))


def _gap(entry: Judged) -> Gap | None:
    match entry.verdict.relation:
        case Sum(total=total, parts=parts):
            apart = total.figure.base - value_of(parts)
        case Equal(left=left, right=right):
            apart = right.figure.base - left.figure.base
        case _:
            return None
    slack = sum((last_place(t.figure) for t in terms_of(entry.verdict.relation)), Decimal(0))
    return abs(apart), slack


def _alike(one: Gap, other: Gap) -> bool:
    """Tell the same amount: rounding explains the difference, and is small beside it."""
    slack = one[1] + other[1]
    return abs(one[0] - other[0]) <= slack and slack * 4 < max(one[0], other[0])


def _breadth(entry: Judged) -> Decimal:
    return max((abs(t.figure.base) for t in terms_of(entry.verdict.relation)), default=Decimal(0))
