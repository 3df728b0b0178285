"""Shares of a whole (占比应等于部分除以整体).

What it checks
    Every printed share whose part and whole are both known: the whole printed in the sentence, in a
    table, or once elsewhere in the prose; or the sum of the listed parts where the shares add to
    100 and no whole is printed.

Why it matters
    Shares are typed beside figures that come from the system; a swapped pair, another whole, or
    shares forced to add to 100 are common.

For example
    接待费 0.53 万元，占 69%；用车 1.18 万元，占 31%：两个占比互换了位置。

Not a violation
    Rounding; 0 of 0 printed as 0 %; a last digit adjusted so that the shares add to 100 (a note).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from gouji.check.cells import Cells
from gouji.check.choice import first_that_holds
from gouji.check.judge import judge
from gouji.check.rule import rule
from gouji.model.claim import Change, Completion, Level, Share
from gouji.model.disclosure import Disclosure
from gouji.model.figure import Figure
from gouji.model.relation import AnyRelation, Ratio, Term

ARITHMETIC = "算术：占比＝部分÷整体"
HUNDRED = Decimal(100)
FAMILIES = {
    "支出总计": frozenset({"支出总计", "收支总计", "财政拨款收支总计", "财政拨款支出总计"}),
    "收入总计": frozenset({"收入总计", "收支总计", "财政拨款收支总计", "财政拨款收入总计"}),
}
"""Totals that are one figure where a report has no other money than fiscal appropriation."""
SURE_LIST = 3
"""Shares a list needs before one that misses is called wrong: two may be half of a longer list."""


def _percent(claim: Share) -> Term:
    return Term(claim.percent, "percent", "占比")


def _ratio(claim: Share, whole: tuple[Term, ...], siblings: tuple[Term, ...] = ()) -> Ratio | None:
    value = claim.value
    if value is None or any(w.figure.dimension != value.dimension for w in whole):
        return None
    return Ratio(
        subject=claim.subject.text,
        told_in=claim.place,
        percent=_percent(claim),
        part=(Term(value, "part", claim.subject.text),),
        whole=whole,
        siblings=siblings,
    )


def _beside(claim: Share, group: Iterable[Share]) -> tuple[Term, ...]:
    """Return the shares printed beside one, under their subjects' names (并列的占比)."""
    return tuple(
        Term(other.percent, "sibling", other.subject.text)
        for other in group
        if other is not claim and (other.block, other.sentence) == (claim.block, claim.sentence)
    )


@rule("SHR001", "share", "占比应等于部分除以句中整体", basis=ARITHMETIC)
def share(claims: tuple[Share, ...]) -> Iterator[AnyRelation]:
    """State each share whose whole is printed with it (占比)."""
    for claim in claims:
        if claim.whole is None:
            continue
        whole = Term(claim.whole, "whole", claim.whole_text or "整体")
        if relation := _ratio(claim, (whole,), _beside(claim, claims)):
            yield relation


@rule("SHR002", "share-of-table", "占比应等于部分除以表中整体", basis=ARITHMETIC)
def share_of_table(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """State each share whose whole is named but stands only in a table (占比).

    A noun such as 项目支出总额 may mean the whole of several tables: one that fits is enough.
    """
    cells = Cells(disclosure)
    for claim in disclosure.of(Share):
        if claim.whole is not None or claim.whole_item is None:
            continue
        wholes = cells.of_item(claim.whole_item, claim.subject.scope, "final")
        relations = [r for w in wholes if (r := _ratio(claim, (w,)))]
        if relations:
            yield first_that_holds(relations)


@rule("SHR003", "share-of-list", "并列各项的占比应等于各项除以各项之和", basis=ARITHMETIC)
def share_of_list(claims: tuple[Share, ...]) -> Iterator[AnyRelation]:
    """State the shares of a list that prints no whole but surely is one (占比).

    It is one when the shares add to 100, or when all but one of them follow from the sum.
    """
    for group in _lists(claims):
        parts = _distinct([c.value for c in group])
        if len(parts) < 2:  # noqa: PLR2004 (a list has two)
            continue
        whole = tuple(Term(f, "whole", "各项之和") for f in parts)
        relations = [r for c in group if (r := _ratio(c, whole, _beside(c, group)))]
        if _add_to_all([c.percent for c in group]) or _all_but_one_follow(relations):
            yield from relations


@rule(
    "SHR004",
    "share-of-text",
    "占比应等于部分除以文中另处所述的整体",
    basis=ARITHMETIC,
    at_most="warning",
)
def share_of_text(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """State each share whose whole is named and printed once elsewhere in the prose (占比).

    A total goes by the name of its scope or of its side; two different totals leave it open.
    """
    cells = Cells(disclosure)
    for claim in disclosure.of(Share):
        item = claim.whole_item
        if claim.whole is not None or item is None or claim.value is None or claim.attached:
            continue
        if cells.of_item(item, claim.subject.scope, "final"):
            continue
        wholes = _printed(disclosure, FAMILIES.get(item, frozenset({item})), claim)
        if len({w.figure.base for w in wholes}) == 1 and (relation := _ratio(claim, wholes[:1])):
            yield relation


def _printed(disclosure: Disclosure, items: frozenset[str], share: Share) -> tuple[Term, ...]:
    """Return the prints of a whole in the prose of this year (整体)."""
    return tuple(
        Term(value, "whole", claim.subject.text)
        for claim in disclosure.claims
        if isinstance(claim, Level | Change | Completion)
        and (value := claim.value) is not None
        and claim.subject.item in items
        and claim.subject.year == share.subject.year
        and not claim.attached
    )


def _add_to_all(shares: list[Figure]) -> bool:
    """Tell whether shares add to 100 but for their rounding and one adjusted digit."""
    slack = sum((s.ulp / 2 for s in shares), max(s.ulp for s in shares))
    return abs(sum((s.base for s in shares), Decimal(0)) - HUNDRED) <= slack


def _all_but_one_follow(relations: list[Ratio]) -> bool:
    """Tell whether only one share of a list misses the sum; zeros prove nothing."""
    telling = [r for r in relations if r.part[0].figure.value != 0]
    holding = sum(judge(r).grade in ("holds", "holds_by_rounding") for r in telling)
    return len(telling) >= SURE_LIST and holding == len(telling) - 1


def _lists(claims: tuple[Share, ...]) -> Iterator[list[Share]]:
    """Group the shares of one sentence that name no whole."""
    groups: dict[tuple[int, int, str], list[Share]] = defaultdict(list)
    for claim in claims:
        if claim.whole is None and claim.whole_item is None and claim.value is not None:
            groups[claim.block, claim.sentence, claim.whole_text].append(claim)
    yield from groups.values()


def _distinct(figures: list[Figure | None]) -> list[Figure]:
    seen: dict[tuple[int, int], Figure] = {}
    for figure in figures:
        if figure is not None:
            seen.setdefault((figure.place.start, figure.place.end), figure)
    return list(seen.values())
