"""What became of every printed number (覆盖率)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from gouji.check.run import Ledger
from gouji.check.shown import plain
from gouji.check.terms import places_of
from gouji.model.claim import NumberUse
from gouji.model.disclosure import Disclosure
from gouji.model.examined import Fate, PrintedFate
from gouji.model.place import Place
from gouji.model.report import Coverage

Spot = tuple[int | None, int]


def fates_of(disclosure: Disclosure, ledger: Ledger) -> tuple[PrintedFate, ...]:
    """Return every printed number of prose and tables with what became of it (数字去向).

    A number is checked when a relation that was really judged rests on it.
    """
    judged = {
        _spot(place)
        for entry in ledger.judged
        if entry.verdict.grade != "not_checked"
        for _, place in places_of(entry.verdict.relation)
    }
    found: dict[Spot, PrintedFate] = {}
    for number in (*disclosure.strays, *disclosure.numbers):
        spot = _spot(number.place)
        found[spot] = PrintedFate(number.place, _fate(number.use, judged=spot in judged))
    for figure in disclosure.figures():
        if not figure.blank:
            spot = _spot(figure.place)
            found[spot] = PrintedFate(figure.place, "checked" if spot in judged else "read")
    return tuple(found.values())


def _fate(use: NumberUse, *, judged: bool) -> Fate:
    if use == "not_a_quantity":
        return "not_a_quantity"
    if judged:
        return "checked"
    return "read" if use == "claimed" else "unread"


def coverage_of(fates: Iterable[PrintedFate]) -> Coverage:
    """Count the printed numbers by what became of them (覆盖率)."""
    counts = Counter(f.fate for f in fates)
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
