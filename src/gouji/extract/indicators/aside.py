"""Money rows that stand to the side of their head (错位的资金行).

The head's first cell (项目资金) spans the rows below it. Copied as text, a merged cell may leave nothing
behind: the rows are short by the cells it covered, and every figure stands a column too far left. Such
a row is put back where its labels end at the labels' columns and its figures suit the columns they
come to stand in: the rate is the execution over the budget, no score exceeds its weight. A row that
finds no such place is not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gouji.extract.indicators.rows import RowView
from gouji.extract.indicators.values import as_score, tidy
from gouji.extract.numbers import numbers_in_cell
from gouji.model.indicators import MoneyColumn

_SHIFTS = (1, -1, 2, -2, 3, -3)
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?%?|[-—–_一/]+")
_DIGITS = re.compile(r"\d")
_MONEY: tuple[MoneyColumn, ...] = ("initial", "annual", "executed")
_SCORES: tuple[MoneyColumn, ...] = ("weight", "score")
_HALF = Decimal("0.51")


@dataclass(frozen=True, slots=True)
class MoneyHead:
    """The head of the money rows as it is printed (资金表头): where each column stands, how many cells."""

    at: Mapping[MoneyColumn, int]
    width: int

    @property
    def first(self) -> int:
        """Where the figures begin."""
        return min(self.at.values())

    @property
    def last(self) -> int:
        """Where the last column stands."""
        return max(self.at.values())


def set_right(rows: Sequence[RowView], head: MoneyHead) -> list[RowView | None]:
    """Return the money rows with their cells under the head; None for a row that has no sure place.

    The rows below the total stand as it does: a component that leaves its first figure out does not
    show by itself that it is short.
    """
    result: list[RowView | None] = []
    beside: RowView | None = None
    by = 0
    for row in rows:
        own = _shift_of(row, head)
        if beside is not None and own == 0 and _is_money(row):
            own = by if row.width == beside.width and _stands(row, head, by) else None
        if own and beside is None:
            beside, by = row, own
        result.append(None if own is None else _moved(row, head, own))
    return result


def _shift_of(row: RowView, head: MoneyHead) -> int | None:
    """Return how far a row stands left of its columns; None where no place suits it.

    A row that stands under its head stays, unless its own rate proves another place.
    """
    if not _is_money(row):
        return 0
    here = _stands(row, head, 0)
    if here and _holds(row, head, 0) is not False:
        return 0
    there = [s for s in _SHIFTS if _stands(row, head, s)]
    proved = [s for s in there if _holds(row, head, s)]
    if proved:
        return proved[0]
    if here:
        return 0
    fitting = [s for s in there if row.width + s == head.width]
    if fitting:
        return fitting[0]
    before = any(c.col < head.first for c in row.cells if _FIGURE.fullmatch(tidy(c.text)))
    return None if before and row.width < head.width else 0


def _is_money(row: RowView) -> bool:
    """Tell whether a row is words followed by several figures."""
    kinds = "".join("f" if _FIGURE.fullmatch(t) else "w" for t in row.tidy)
    return re.fullmatch("w+f{2,}w*", kinds) is not None


def _stands(row: RowView, head: MoneyHead, shift: int) -> bool:
    """Tell whether, so shifted, words stand beside the columns and figures within them, each its kind."""
    by_col = {col: key for key, col in head.at.items()}
    for cell, text in zip(row.cells, row.tidy, strict=True):
        col = cell.col + shift
        if col < 0:
            return False
        if not _FIGURE.fullmatch(text):
            if col >= head.first:
                return False
            continue
        if not head.first <= col <= head.last:
            return False
        key = by_col.get(col)
        if "%" in text and key is not None and key in _MONEY:
            return False
        if key in _SCORES and _DIGITS.search(text) and as_score(text) is None:
            return False
    return True


def _holds(row: RowView, head: MoneyHead, shift: int) -> bool | None:
    """Tell whether rate and score, so shifted, follow from the money; None where nothing says so."""
    cells = {c.col + shift: t for c, t in zip(row.cells, row.tidy, strict=True)}
    values = {k: v for k, col in head.at.items() if (v := _value(cells.get(col, ""))) is not None}
    if "weight" in values and "score" in values and values["score"][0] > values["weight"][0]:
        return False
    rate, done = values.get("rate"), values.get("executed")
    bases = [values[k][0] for k in ("annual", "initial") if k in values and values[k][0]]
    if rate is None or done is None or not bases:
        return None
    value, decimals = rate
    step = _HALF * Decimal(10) ** -decimals
    return any(abs(done[0] * 100 / base - value) <= step for base in bases)


def _value(text: str) -> tuple[Decimal, int] | None:
    numbers = numbers_in_cell(text) if _DIGITS.search(text) else ()
    return (Decimal(numbers[0].text), numbers[0].decimals) if len(numbers) == 1 else None


def _moved(row: RowView, head: MoneyHead, shift: int) -> RowView:
    """Return a row with its cells where they belong."""
    if not shift:
        return row
    cells = tuple([replace(c, col=c.col + shift) for c in row.cells])
    return replace(row, cells=cells, width=max(row.width + shift, head.width))
