"""A fact as plain data and back (事实的存取): what a store keeps, without loss.

The flat fields are there to be queried; `terms` holds every printed figure the fact rests on, so that
a comparison read back from a store is judged exactly as one made in memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gouji.model.figure import (
    MONEY_UNITS,
    PER_MILLE,
    PERCENT,
    POINT,
    SCORE,
    TIMES,
    Figure,
    Unit,
    counting_unit,
)
from gouji.model.place import Box, CellRef, Place
from gouji.model.relation import Term
from gouji.screen.fact import Fact

_UNITS = {u.name: u for u in (*MONEY_UNITS.values(), PERCENT, PER_MILLE, POINT, SCORE, TIMES)}
FLAT = (
    "entity",
    "year",
    "own_year",
    "scope",
    "item",
    "measure",
    "label",
    "source",
    "told",
    "caveat",
    "table",
    "row",
    "column",
)
"""Fields kept under their own names."""


def record_of(fact: Fact) -> dict[str, Any]:
    """Return a fact as plain data (strings, numbers, lists): decimals are strings."""
    interval = fact.interval
    return {
        **{name: getattr(fact, name) for name in FLAT},
        "value": _text(fact.value),
        "low": _text(interval.low),
        "high": _text(interval.high),
        "unit": fact.unit,
        "text": fact.text,
        **_place(fact.place),
        "terms": [_term(term) for term in fact.terms],
    }


def fact_from(record: Mapping[str, Any]) -> Fact:
    """Return the fact a record was made of."""
    return Fact(
        **{name: record[name] for name in FLAT},
        terms=tuple(_term_from(term) for term in record["terms"]),
        place=_place_from(record),
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _place(place: Place) -> dict[str, Any]:
    cell = place.cell
    return {
        "quote": place.quote,
        "page": place.page,
        "bbox": list(place.box) if place.box else None,
        "start": place.start,
        "end": place.end,
        "cell": [cell.grid, cell.row, cell.col] if cell else None,
    }


def _place_from(record: Mapping[str, Any]) -> Place:
    left = record["bbox"]
    box: Box | None = (left[0], left[1], left[2], left[3]) if left else None
    cell = CellRef(*record["cell"]) if record.get("cell") else None
    return Place(record["quote"], record["start"], record["end"], record["page"], box, cell)


def _term(term: Term) -> dict[str, Any]:
    figure = term.figure
    unit = figure.unit
    return {
        "role": term.role,
        "name": term.name,
        "sign": term.sign,
        "text": figure.text,
        "value": _text(figure.value),
        "unit": None if unit is None else [unit.name, unit.dimension, _text(unit.factor)],
        "decimals": figure.decimals,
        "house": figure.house,
        "approximate": figure.approximate,
        "blank": figure.blank,
        **_place(figure.place),
    }


def _term_from(record: Mapping[str, Any]) -> Term:
    figure = Figure(
        text=record["text"],
        value=Decimal(record["value"]),
        unit=_unit_from(record["unit"]),
        decimals=record["decimals"],
        place=_place_from(record),
        house=record["house"],
        approximate=record["approximate"],
        blank=record["blank"],
    )
    return Term(figure, record["role"], record["name"], record["sign"])


def _unit_from(record: list[str] | None) -> Unit | None:
    if record is None:
        return None
    name, dimension, factor = record
    if dimension == "count":
        return counting_unit(name, int(factor))
    return _UNITS[name]
