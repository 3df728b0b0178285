"""The registry of defects (差错登记): a name, what it is, and how to plant it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from random import Random

from gouji.evaluate.defects.clean import Clean
from gouji.evaluate.labels import Plant

Planter = Callable[[Clean, Random], Iterator[Plant]]
"""Yields vetted plants in random order, as many as are asked for."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of defect, or of control (差错种类)."""

    name: str
    title: str
    """In Chinese, as a reviewer would call it."""
    planter: Planter
    control: bool = False


_KINDS: dict[str, Kind] = {}


def defect(name: str, title: str) -> Callable[[Planter], Planter]:
    """Register a kind of defect (登记差错)."""
    return _registered(name, title, control=False)


def control(name: str, title: str) -> Callable[[Planter], Planter]:
    """Register a change that must stay silent (登记对照)."""
    return _registered(name, title, control=True)


def _registered(name: str, title: str, *, control: bool) -> Callable[[Planter], Planter]:
    def register(planter: Planter) -> Planter:
        if name in _KINDS:
            message = f"kind of defect used twice: {name}"
            raise ValueError(message)
        _KINDS[name] = Kind(name, title, planter, control)
        return planter

    return register


@cache
def all_kinds() -> tuple[Kind, ...]:
    """Return every kind, ordered by name; imports all modules of kinds once."""
    from gouji.evaluate.defects import kinds  # noqa: PLC0415 (kinds import this module)

    for module in iter_modules(kinds.__path__):
        import_module(f"{kinds.__name__}.{module.name}")
    return tuple(_KINDS[name] for name in sorted(_KINDS))
