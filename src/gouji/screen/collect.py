"""Loads parts into a store (汇集): as often as one likes, each outcome is there once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gouji.screen.local import Tally
from gouji.screen.parts import read_parts
from gouji.screen.store import Made, Store


def collect(store: Store, places: Iterable[str], hear: Callable[[Tally], None]) -> Tally:
    """Put every outcome of these parts into the store (汇集), each in one transaction."""
    tally = Tally()
    for part in read_parts(places):
        store.put_made(part.submission, part.outcome, Made(part.options_key, part.engine))
        tally.count(part.outcome)
        hear(tally)
    return tally
