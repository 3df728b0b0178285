"""Counts of things (数量应自洽).

What it checks
    Vehicles, people, projects and visits: parts add to their total exactly; visitors are not fewer
    than visits.

Why it matters
    Counts are exact, so no rounding can excuse them.

For example
    车辆 5 辆，其中机要通信用车 1 辆、其他用车 3 辆：分项之和为 4 辆。

Not a violation
    团组 0 个、2 人次 (joined another unit's group); counts in 万人次.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gouji.check.rule import rule
from gouji.model.claim import Breakdown, Level
from gouji.model.relation import AnyRelation, AtMost, Sum, Term


@rule("CNT001", "count-of-parts", "分项数量之和应等于总数", basis="计数")
def count_of_parts(claims: tuple[Breakdown, ...]) -> Iterator[AnyRelation]:
    """State total = Σ parts for every exhaustive list of counts (数量分项)."""
    for claim in claims:
        if not claim.counted or not claim.exhaustive:
            continue
        if any(p.figure.dimension != claim.total.dimension for p in claim.parts):
            continue
        yield Sum(
            subject=claim.subject.text,
            told_in=claim.place,
            total=Term(claim.total, "total", claim.subject.text),
            parts=tuple(Term(p.figure, "part", p.name) for p in claim.parts),
        )


@rule("CNT002", "visitors-and-visits", "接待人次不应少于批次", basis="每批至少一人")
def visitors_and_visits(levels: tuple[Level, ...]) -> Iterator[AnyRelation]:
    """State visits ≤ visitors where both are printed side by side (批次、人次)."""
    for visits, visitors in pairwise(levels):
        if (visits.block, visits.sentence) != (visitors.block, visitors.sentence):
            continue
        if _unit(visits) not in ("批", "批次") or _unit(visitors) not in ("人", "人次"):
            continue
        if "接待" not in visits.subject.text or visitors.value.value == 0 == visits.value.value:
            continue
        yield AtMost(
            subject=visits.subject.text,
            told_in=visitors.place,
            parts=(Term(visits.value, "part", "批次"),),
            whole=Term(visitors.value, "whole", "人次"),
            severe=False,
        )


def _unit(claim: Level) -> str:
    return claim.value.unit.name if claim.value.unit else ""
