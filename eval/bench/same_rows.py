"""Tells whether two stores hold the same (逐行比较): every row, without what differs from run to run."""

from collections.abc import Iterator

from gouji.screen.export import TABLES, rows
from gouji.screen.store import Store

PASSING = frozenset(["added_at", "examined_at", "seconds", "cpu_seconds", "memory"])
"""Columns that tell when and how fast, and nothing of a document."""


def told(store: Store) -> Iterator[tuple[object, ...]]:
    """Yield every exported row of a store, reports included."""
    for name in TABLES:
        for row in rows(store, name):
            yield (name, *(value for column, value in row.items() if column not in PASSING))
    for listed in store.documents():
        yield ("report", listed.location, store.report(listed.document_id))


def differences(one: Store, two: Store) -> list[tuple[object, ...]]:
    """Return the first rows that only one of two stores has."""
    differ = []
    first, second = sorted(told(one), key=repr), sorted(told(two), key=repr)
    if len(first) != len(second):
        differ.append(("rows", len(first), len(second)))
    differ += [(a, b) for a, b in zip(first, second, strict=False) if a != b]
    return differ[:5]
