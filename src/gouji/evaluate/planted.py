"""Planted defects as lines of JSON (植入差错的记录): one line a sample, one or several plants in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gouji.evaluate.labels import Edit, Plant

Line = dict[str, Any]


def line_of(name: str, document: str, sha256: str, plants: Sequence[Plant]) -> Line:
    """Return the line of one sample: the clean document, its hash, and what is planted in it."""
    line: Line = {"id": name, "document": document, "sha256": sha256}
    if len(plants) == 1:
        return line | _entry(plants[0])
    return line | {"plants": [{"id": p.id, **_entry(p)} for p in plants]}


def _entry(plant: Plant) -> Line:
    return {
        "kind": plant.kind,
        "edits": [[e.start, e.end, e.text] for e in plant.edits],
        "cascade": plant.cascade,
        "rules": plant.rules,
        "quote": plant.quote,
        "control": plant.control,
        "quiet": plant.quiet,
    }


def plants_of_line(line: Line) -> tuple[Plant, ...]:
    """Return the plants of a line."""
    return tuple(_plant(entry) for entry in line.get("plants", [line]))


def _plant(entry: Line) -> Plant:
    return Plant(
        id=entry["id"],
        kind=entry["kind"],
        edits=tuple(Edit(*edit) for edit in entry["edits"]),
        cascade=tuple((a, b) for a, b in entry["cascade"]),
        rules=tuple(entry["rules"]),
        quote=entry["quote"],
        control=entry["control"],
        quiet=entry["quiet"],
    )
