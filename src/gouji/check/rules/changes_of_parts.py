"""The change of a total is the change of its parts (分项增减之和应等于总数的增减).

What it checks
    Where a total and each part of its complete list print how much they rose or fell against the
    same base, the changes of the parts, rises less falls, add up to the change of the total. A part
    that prints no change of its own may print those of its own parts.

Why it matters
    Each figure of the year may be right and the sentence beside it carried over from another
    version: only the changes show it.

For example
    “三公”经费比上年减少 12.00 万元，其中公务接待费减少 4.00 万元、公务用车费减少 6.00 万元：分项合计减少 10.00 万元。

Not a violation
    Lists that need not be complete; a part whose change is not said; bases that differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gouji.check.rule import rule
from gouji.model.claim import AnyClaim, Breakdown, Change, Difference, Flat
from gouji.model.disclosure import Disclosure
from gouji.model.figure import Figure
from gouji.model.relation import AnyRelation, AtMost, Sum, Term

Key = tuple[str, str, int | None]
"""Item, kind of base, year of the base."""
Moves = dict[Key, list[Term | None]]
"""What is printed of each item's change; None for 持平."""
_BASES = ("prior_year", "initial_budget", "annual_budget", "adjusted_budget", "budget")


@rule(
    "SUM004",
    "changes-of-parts",
    "分项增减之和应等于总数的增减",
    basis="算术：总数的增减＝各分项增减的代数和",
    at_most="warning",
)
def changes_of_parts(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """State change of total = Σ changes of parts, against each base they share (分项增减)."""
    moves = _moves(disclosure.claims)
    lists = {
        claim.subject.item: claim
        for claim in disclosure.of(Breakdown)
        if claim.subject.item and not claim.attached and _is_whole(claim)
    }
    for key, printed in moves.items():
        total = _only(printed)
        claim = lists.get(key[0])
        if total is None or claim is None:
            continue
        gone: list[str] = []
        parts = _parts(claim, key, moves, lists, gone)
        if parts and (not gone or all(term.sign < 0 for term in (total, *parts))):
            yield _relation(claim, total, parts, complete=not gone)


def _relation(claim: Breakdown, total: Term, parts: list[Term], *, complete: bool) -> Sum | AtMost:
    """State the sum; where a part came to nothing from no one says what, only that it cannot have risen."""
    name = f"{claim.subject.text}增减额"
    place = total.figure.place
    whole = Term(total.figure, "total" if complete else "whole", name)
    terms = tuple(_turned(part, total.sign) for part in parts)
    if complete:
        return Sum(subject=name, told_in=place, total=whole, parts=terms)
    return AtMost(subject=name, told_in=place, parts=terms, whole=whole)


def _is_whole(claim: Breakdown) -> bool:
    """Tell a complete list of money whose parts do reach the total: only then do their changes."""
    if not claim.exhaustive or claim.counted:
        return False
    gap = claim.total.base - sum(part.figure.base for part in claim.parts)
    slack = claim.total.ulp + sum(part.figure.ulp for part in claim.parts)
    return abs(gap) <= slack


def _turned(part: Term, sign: int) -> Term:
    return Term(part.figure, "part", part.name, part.sign * sign)


def _parts(
    claim: Breakdown, key: Key, moves: Moves, lists: dict[str, Breakdown], gone: list[str]
) -> list[Term] | None:
    """Return the changes of the parts, those of their own parts where they print none; None if any is unsaid.

    Parts that are nothing now and say no change are noted as `gone`: they did not rise.
    """
    found: list[Term] = []
    for part in claim.parts:
        if part.item is None:
            return None
        own = (part.item, key[1], key[2])
        if own in moves:
            move = _only(moves[own])
            if move is None and any(m is not None for m in moves[own]):
                return None
            found += [move] if move is not None else []
            continue
        if part.figure.value == 0:
            gone.append(part.item)
            continue
        below = lists.get(part.item)
        inner = _parts(below, key, moves, lists, gone) if below and below is not claim else None
        if inner is None:
            return None
        found += inner
    return found


def _only(printed: list[Term | None]) -> Term | None:
    """Return the change, where all prints of it agree."""
    moves = {(m.figure.base, m.sign) if m else None for m in printed}
    return printed[0] if len(moves) == 1 else None


def _moves(claims: Iterable[AnyClaim]) -> Moves:
    """Collect what is printed of each item's rise or fall of money (增减)."""
    found: Moves = {}
    unsaid: set[str] = set()
    for claim in claims:
        if not isinstance(claim, Change | Difference | Flat) or claim.attached:
            continue
        subject, base = claim.subject, claim.base
        if subject.item is None or subject.year is not None or base.kind not in _BASES:
            continue
        move = _move(claim)
        if isinstance(claim, Change) and claim.unspecified:
            unsaid.add(subject.item)
        if move is not None or (isinstance(claim, Flat) and not claim.about):
            year = None if base.kind == "prior_year" else base.year
            found.setdefault((subject.item, base.kind, year), []).append(move)
    return {key: moves for key, moves in found.items() if key[0] not in unsaid}


def _move(claim: Change | Difference | Flat) -> Term | None:
    figure: Figure | None = None
    if isinstance(claim, Change):
        figure = claim.change
    elif isinstance(claim, Difference):
        figure = claim.amount
    if figure is None or figure.dimension != "money" or isinstance(claim, Flat):
        return None
    if claim.direction not in ("up", "down"):
        return None
    return Term(figure, "part", f"{claim.subject.text}增减额", 1 if claim.direction == "up" else -1)
