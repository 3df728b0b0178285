"""Figures for tests, written as they are printed."""

from __future__ import annotations

from decimal import Decimal

from gouji.model.figure import PERCENT, WAN_YUAN, Figure, Unit, counting_unit
from gouji.model.place import Place
from gouji.model.relation import Term

NOWHERE = Place("", 0, 0)


def figure(text: str, unit: Unit | None = WAN_YUAN, house: int | None = None) -> Figure:
    """Return the figure a printed number stands for."""
    plain = text.replace(",", "")
    decimals = len(plain.partition(".")[2])
    return Figure(plain, Decimal(plain), unit, decimals, NOWHERE, house)


def term(text: str, role: str = "part", sign: int = 1, house: int | None = None) -> Term:
    """Return an amount in 万元 in a role."""
    return Term(figure(text, house=house), role, role, sign)


def percent(text: str) -> Term:
    """Return a rate."""
    return Term(figure(text, PERCENT), "percent", "percent")


def count(text: str, role: str = "part") -> Term:
    """Return a count of vehicles."""
    return Term(figure(text, counting_unit("辆")), role, role)
