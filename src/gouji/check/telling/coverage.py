"""What became of every printed number (覆盖率)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal

from gouji.check.run import Ledger
from gouji.check.shown import plain
from gouji.check.terms import places_of
from gouji.model.disclosure import Disclosure
from gouji.model.figure import Figure
from gouji.model.place import Place
from gouji.model.report import Coverage

Spot = tuple[int | None, int]


def coverage_of(disclosure: Disclosure, ledger: Ledger) -> Coverage:
    """Count the numbers of prose and tables by what became of them (数字去向).

    A number is checked when a relation that was really judged rests on it.
    """
    judged = {
        _spot(place)
        for entry in ledger.judged
        if entry.verdict.grade != "not_checked"
        for _, place in places_of(entry.verdict.relation)
    }
    fate: dict[Spot, str] = {}
    for number in disclosure.numbers:
        spot = _spot(number.place)
        if number.use == "not_a_quantity":
            fate[spot] = "not_a_quantity"
        elif spot in judged:
            fate[spot] = "checked"
        else:
            fate[spot] = "read" if number.use == "claimed" else "unread"
    for figure in _tabled(disclosure):
        if not figure.blank:
            spot = _spot(figure.place)
            fate[spot] = "checked" if spot in judged else "read"
    return _count(Counter(fate.values()))


def _tabled(disclosure: Disclosure) -> Iterator[Figure]:
    """Yield the figures of published tables and of performance tables."""
    for table in disclosure.tables:
        for row in table.rows:
            yield from row.figures.values()
    for evaluation in disclosure.indicators:
        yield from _figures_in(evaluation)


def _figures_in(part: object) -> Iterator[Figure]:
    """Yield every figure within a model, however deep."""
    if isinstance(part, Figure):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from _figures_in(item)
    elif isinstance(part, dict):
        yield from _figures_in(tuple(part.values()))
    elif is_dataclass(part):
        for field in fields(part):
            yield from _figures_in(getattr(part, field.name))


def _count(counts: Counter[str]) -> Coverage:
    quantities = counts["checked"] + counts["read"] + counts["unread"]
    share = Decimal(100 * counts["checked"]) / quantities if quantities else Decimal(0)
    return Coverage(
        numbers=counts.total(),
        checked=counts["checked"],
        read=counts["read"],
        not_a_quantity=counts["not_a_quantity"],
        unread=counts["unread"],
        share_checked=plain(share, 1),
    )


def _spot(place: Place) -> Spot:
    """Return where a number begins; its end may or may not hold the unit."""
    return (place.page, place.start)
