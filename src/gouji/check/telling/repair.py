"""Looks for the one figure whose replacement mends several findings at once (同一处更正).

When one number breaks two or more relations and a single other value satisfies them all without
breaking what held, that value is very likely what should have been printed. It is a suggestion:
the verdicts stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, cast

from gouji.check.bounds import value_of
from gouji.check.judge import FAILING, judge
from gouji.check.run import Judged
from gouji.check.telling.evidence import Key, key_of
from gouji.check.telling.grouping import Draft
from gouji.check.terms import terms_of
from gouji.model.figure import Figure
from gouji.model.relation import AnyRelation, Equal, Sum, Term

ENOUGH = 2
"""A value that mends one relation proves nothing; from two on it does."""

HELD = ("holds", "holds_by_rounding")


@dataclass(frozen=True, slots=True)
class Repair:
    """One replacement and the findings it mends (更正): indices into the drafts."""

    term: Term
    figure: Figure
    mends: tuple[int, ...]


def repairs(drafts: Sequence[Draft], judged: Iterable[Judged]) -> dict[int, Repair]:
    """Return for each draft the replacement that mends it together with others, if there is one."""
    failing: dict[Key, list[int]] = defaultdict(list)
    for i, draft in enumerate(drafts):
        if draft.severity != "note":
            for key in draft.figures():
                failing[key].append(i)
    shared = {key: mine for key, mine in failing.items() if len(mine) >= ENOUGH}
    holding = _holding(judged, shared)
    found: dict[int, Repair] = {}
    for key, mine in sorted(shared.items(), key=lambda item: (-len(item[1]), str(item[0]))):
        repair = _repair(key, mine, drafts, holding[key])
        for i in repair.mends if repair else ():
            found.setdefault(i, cast("Repair", repair))
    return found


def vouched(judged: Iterable[Judged]) -> frozenset[Key]:
    """Return the figures that a sum or an equality confirms (另有印证): they are not what is wrong."""
    return frozenset(
        key
        for entry in judged
        if entry.verdict.grade in HELD and isinstance(entry.verdict.relation, Sum | Equal)
        for term in terms_of(entry.verdict.relation)
        if not term.figure.blank and (key := key_of(term.figure.place))
    )


def _holding(judged: Iterable[Judged], keys: Iterable[Key]) -> dict[Key, list[AnyRelation]]:
    """Return the relations that hold and rest on a figure."""
    wanted = set(keys)
    holding: dict[Key, list[AnyRelation]] = defaultdict(list)
    for entry in judged:
        if entry.verdict.grade in HELD:
            for term in terms_of(entry.verdict.relation):
                if (key := key_of(term.figure.place)) in wanted:
                    holding[key].append(entry.verdict.relation)
    return holding


def _repair(
    key: Key, mine: list[int], drafts: Sequence[Draft], holding: list[AnyRelation]
) -> Repair | None:
    """Return the value of one figure that mends most; None where it mends too few or two tie."""
    relations = {i: drafts[i].first.verdict.relation for i in mine}
    terms = [t for r in relations.values() for t in terms_of(r) if key_of(t.figure.place) == key]
    if not terms:
        return None
    best: list[Repair] = []
    for figure in _candidates(key, relations.values()):
        if any(_fails(_with(r, key, figure)) for r in holding):
            continue
        mends = tuple(i for i, r in relations.items() if not _fails(_with(r, key, figure)))
        best.append(Repair(terms[0], figure, mends))
    best.sort(key=lambda r: -len(r.mends))
    if not best or len(best[0].mends) < ENOUGH:
        return None
    tied = len(best) > 1 and len(best[1].mends) == len(best[0].mends)
    return None if tied else best[0]


def _candidates(key: Key, relations: Iterable[AnyRelation]) -> list[Figure]:
    """Return the values, at the figure's own digits, that a tie or a sum would have there."""
    found: dict[Decimal, Figure] = {}
    for relation in relations:
        for figure, base in _implied(key, relation):
            value = (base / figure.factor).quantize(Decimal(1).scaleb(-figure.decimals))
            if value >= 0 and value != figure.value:
                found.setdefault(value, replace(figure, text=format(value, "f"), value=value))
    return list(found.values())


def _implied(key: Key, relation: AnyRelation) -> Iterator[tuple[Figure, Decimal]]:
    """Yield (figure, the base value the rest of the relation implies for it)."""
    match relation:
        case Equal(left=left, right=right):
            for one, other in ((left, right), (right, left)):
                if key_of(one.figure.place) == key:
                    yield one.figure, other.figure.base
        case Sum(total=total, parts=parts):
            if key_of(total.figure.place) == key:
                yield total.figure, value_of(parts)
            for part in parts:
                if key_of(part.figure.place) == key:
                    rest = value_of(parts) - part.figure.base * part.sign
                    yield part.figure, (total.figure.base - rest) * part.sign
        case _:
            return


def _fails(relation: AnyRelation) -> bool:
    return judge(relation).grade in FAILING


def _with(relation: AnyRelation, key: Key, figure: Figure) -> AnyRelation:
    """Return a relation in which the figure at a place is another."""

    def swapped(value: Any) -> Any:  # noqa: ANN401 (a field of any relation)
        if isinstance(value, Term):
            return replace(value, figure=figure) if key_of(value.figure.place) == key else value
        if isinstance(value, tuple):
            return tuple(swapped(v) for v in value)
        return value

    return replace(
        relation, **{f.name: swapped(getattr(relation, f.name)) for f in fields(relation)}
    )
