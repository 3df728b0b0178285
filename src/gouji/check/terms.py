"""The figures and places behind a relation (关系中的数字)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.model.place import Place
from gouji.model.relation import (
    AnyRelation,
    AtMost,
    Breach,
    ChangeRate,
    Direction,
    Equal,
    NotChecked,
    PriorRate,
    Ratio,
    Sum,
    Term,
    Upheld,
)


def terms_of(relation: AnyRelation) -> tuple[Term, ...]:
    """Return the terms a relation ties together, the stated one first."""
    match relation:
        case Sum(total=total, parts=parts):
            return (total, *parts)
        case Equal(left=left, right=right):
            return (left, right)
        case AtMost(parts=parts, whole=whole):
            return (*parts, whole)
        case Ratio(percent=percent, part=part, whole=whole):
            return (percent, *part, *whole)
        case ChangeRate(value=value, change=change, rate=rate, prior=prior):
            return (rate, change, value) if prior is None else (rate, change, value, prior)
        case PriorRate(value=value, prior=prior, rate=rate):
            return (rate, value, prior)
        case Direction(larger=larger, smaller=smaller):
            return (larger, smaller)
        case Breach() | Upheld() | NotChecked():
            return ()


def rests_on_model(relation: AnyRelation) -> bool:
    """Tell whether a language model said what one of the figures is (模型指认)."""
    return any(term.figure.suggested for term in terms_of(relation))


def places_of(relation: AnyRelation) -> Iterator[tuple[str, Place]]:
    """Yield (role, place) of everything a relation rests on."""
    for term in terms_of(relation):
        yield term.role, term.figure.place
    if isinstance(relation, Breach | Upheld | NotChecked):
        yield from relation.evidence
