"""Totals and their parts in prose (文字分项应等于总数).

What it checks
    总计 … 其中 a、b、c: the parts reach the total where the list is exhaustive; no part is above the
    total.

Why it matters
    Prose totals are typed; a part from another scope or a copied row shows here.

For example
    基本支出 911.70 万元，其中人员经费 489.18 万元、公用经费 46.89 万元：分项之和为 536.07 万元。

Not a violation
    Rounding of each part; lists opened by 其中 that do not claim to be complete.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.check.rule import rule
from gouji.model.claim import Breakdown
from gouji.model.relation import AnyRelation, AtMost, NotChecked, Sum, Term


def _same_dimension(claim: Breakdown) -> bool:
    dimension = claim.total.dimension
    return all(p.figure.dimension == dimension for p in claim.parts)


def _parts(claim: Breakdown) -> tuple[Term, ...]:
    return tuple(Term(p.figure, "part", p.name) for p in claim.parts)


def _total(claim: Breakdown) -> Term:
    return Term(claim.total, "total", claim.subject.text)


@rule("SUM001", "parts-of-total", "分项之和应等于总数", basis="算术：总数＝各分项之和")
def parts_of_total(claims: tuple[Breakdown, ...]) -> Iterator[AnyRelation]:
    """State total = Σ parts for every exhaustive list of amounts (分项)."""
    for claim in claims:
        if claim.counted or not claim.exhaustive or not _same_dimension(claim):
            continue
        if _surely_its_parts(claim):
            yield Sum(
                subject=claim.subject.text,
                told_in=claim.place,
                total=_total(claim),
                parts=_parts(claim),
            )
        else:
            yield _doubted(claim)


def _surely_its_parts(claim: Breakdown) -> bool:
    """Doubt a list of other paragraphs whose items outgrow the total: it belongs to another one.

    The standard list of a total is its own all the same.
    """
    if claim.standard:
        return True
    total, page = claim.total, claim.total.place.page
    for part in claim.parts:
        apart = part.figure.place.page != page or part.figure.place.start >= claim.place.end
        if apart and part.figure.base > total.base:
            return False
    return True


def _doubted(claim: Breakdown) -> NotChecked:
    evidence = (("total", claim.place),)
    return NotChecked(subject=claim.subject.text, reason="list_of_another_total", evidence=evidence)


@rule("SUM002", "part-within-total", "其中数不应大于总数", basis="部分不超过整体")
def part_within_total(claims: tuple[Breakdown, ...]) -> Iterator[AnyRelation]:
    """State part ≤ total for every part of a list that need not be complete (其中数)."""
    for claim in claims:
        if claim.exhaustive or not _same_dimension(claim):
            continue
        if not _surely_its_parts(claim):
            yield _doubted(claim)
            continue
        for part in _parts(claim):
            yield AtMost(
                subject=claim.subject.text, told_in=claim.place, parts=(part,), whole=_total(claim)
            )
