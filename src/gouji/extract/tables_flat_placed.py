"""Numbers between which empty cells left no trace, put back where they add up (空单元格).

A form's columns must make its totals. Of all ways to spread the printed numbers over the columns, in
their order, those that add up are kept; what stands the same in all of them is read, nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gouji.model.figure import Figure

Slots = Sequence["Figure | None"]
"""One figure or an empty cell for each column of the form."""
Sound = Callable[[Slots], bool]


def spread(figures: Sequence[Figure], width: int, sound: Sound) -> list[Slots]:
    """Return every way to place the figures in order over so many columns that adds up (补位)."""
    found: list[Slots] = []
    for places in combinations(range(width), len(figures)):
        slots: list[Figure | None] = [None] * width
        for at, figure in zip(places, figures, strict=True):
            slots[at] = figure
        if sound(slots):
            found.append(slots)
    return found


def settled(ways: Sequence[Slots]) -> dict[int, Figure | None]:
    """Return column → its figure, or None for an empty cell, where all ways print the same there."""
    if not ways:
        return {}
    return {
        at: column[0]
        for at, column in enumerate(zip(*ways, strict=True))
        if len(_values(column)) == 1
    }


def makes(total: Figure | None, parts: Slots) -> bool:
    """Tell whether parts make their total, up to the rounding of what is printed (尾差)."""
    return balances((total,), parts)


def balances(one: Slots, other: Slots) -> bool:
    """Tell whether both sides come to the same, up to the rounding of what is printed (收支平衡)."""
    printed = [figure.ulp for figure in (*one, *other) if figure is not None]
    slack = sum(printed, start=max(printed, default=Decimal(0))) / 2
    return abs(_sum(one) - _sum(other)) <= slack


def _sum(side: Slots) -> Decimal:
    return sum((figure.base for figure in side if figure is not None), start=Decimal(0))


def _values(column: Slots) -> set[Decimal]:
    return {figure.base if figure is not None else Decimal(0) for figure in column}
