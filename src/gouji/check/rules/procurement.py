"""Government procurement: what went to small enterprises stays within the total (政府采购).

What it checks
    Contracts with small and medium enterprises (中小企业) against the total, those with small and
    micro enterprises (小微企业) against the former, and awards inside reserved projects plus awards
    in other projects against the total.

Why it matters
    The reserved and the other projects are apart, so one amount printed for both cannot be right.

For example
    采购总额 21.07 万元，预留项目成交 21.07 万元，其他项目成交 21.07 万元。

Not a violation
    Equal amounts: all of the procurement may have gone to small enterprises.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.check.rule import rule
from gouji.model.claim import AnyClaim, Change, Completion, Level, Share
from gouji.model.disclosure import Disclosure
from gouji.model.figure import Figure
from gouji.model.relation import AnyRelation, AtMost, Term

TOTAL = "政府采购支出"
MEDIUM = "授予中小企业合同金额"
SMALL = "授予小微企业合同金额"
LIMITS: tuple[tuple[tuple[str, ...], str], ...] = (
    ((MEDIUM,), TOTAL),
    ((SMALL,), TOTAL),
    ((SMALL,), MEDIUM),
    (("预留项目中小企业成交金额", "其他项目中小企业成交金额"), TOTAL),
)
"""Items that together stay within another."""


@rule(
    "SUM003",
    "procurement-within-total",
    "授予中小企业的采购金额不应超过采购总额",
    basis="部分不超过整体",
)
def procurement_within_total(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """State the limits of procurement amounts that are printed once each (政府采购)."""
    printed = _printed(disclosure)
    for parts, whole in LIMITS:
        if whole not in printed or any(part not in printed for part in parts):
            continue
        claim, limit = printed[whole]
        terms = tuple(Term(printed[p][1], "part", p) for p in parts)
        if all(t.figure.dimension == limit.dimension for t in terms):
            yield AtMost(
                subject=claim.subject.text,
                told_in=printed[parts[-1]][0].place,
                parts=terms,
                whole=Term(limit, "whole", claim.subject.text),
            )


def _printed(disclosure: Disclosure) -> dict[str, tuple[AnyClaim, Figure]]:
    """Return item → its figure, for items whose prints all agree (采购数)."""
    found: dict[str, list[tuple[AnyClaim, Figure]]] = {}
    for claim in disclosure.claims:
        if not isinstance(claim, Level | Change | Share | Completion) or claim.value is None:
            continue
        if claim.subject.item and claim.subject.measure == "final" and claim.subject.year is None:
            found.setdefault(claim.subject.item, []).append((claim, claim.value))
    return {
        item: prints[0]
        for item, prints in found.items()
        if len({figure.base for _, figure in prints}) == 1
    }
