"""The “三公” table copied without marks between its cells (逐行复制的“三公”经费表): twelve numbers.

The form prints six items, each with budget and final figure: pair by pair, or all budgets first. Only
numbers whose parts make their totals in one of the two orders, and not in the other, are believed.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from gouji.extract.numbers import numbers_in_cell
from gouji.extract.tables_sheet import compact
from gouji.model.tables import Row

if TYPE_CHECKING:
    from gouji.extract.tables_sheet import Sheet
    from gouji.model.figure import Figure

_ABROAD, _RECEPTION = "因公出国", "公务接待"
_ITEMS = (
    "合计",
    "因公出国(境)费",
    "公务用车购置及运行维护费",
    "公务用车购置费",
    "公务用车运行维护费",
    "公务接待费",
)
_TWICE = 2 * len(_ITEMS)


def bind_flat_public(sheet: Sheet) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return six rows with budget and final figure; nothing where their order is not certain."""
    head = "".join(compact(t) for row in sheet.texts for t in row if not numbers_in_cell(t))
    figures = _figures(sheet)
    at_abroad, at_reception = head.find(_ABROAD), head.find(_RECEPTION)
    if figures is None or not 0 <= at_abroad < at_reception:
        return (), ()
    budget = "年初预算数" if "年初预算" in head else "全年预算数"
    by_pairs = list(zip(figures[::2], figures[1::2], strict=True))
    by_halves = list(zip(figures[: len(_ITEMS)], figures[len(_ITEMS) :], strict=True))
    sound = [pairs for pairs in (by_pairs, by_halves) if _adds_up(pairs)]
    if not sound or (len(sound) > 1 and _values(by_pairs) != _values(by_halves)):
        return (), ()
    rows = [
        Row(item, item, {budget: planned, "决算数": spent}, place=planned.place)
        for item, (planned, spent) in zip(_ITEMS, sound[0], strict=True)
    ]
    return tuple(rows), (budget, "决算数")


def _figures(sheet: Sheet) -> list[Figure] | None:
    """Return the twelve figures in the order printed; None where there are more or fewer."""
    cells = [
        (row, col)
        for row, texts in enumerate(sheet.texts)
        for col, text in enumerate(texts)
        if numbers_in_cell(text) and not sheet.column_numbers(row)
    ]
    found = [sheet.figure(row, col) for row, col in cells]
    figures = [figure for figure in found if figure is not None]
    return figures if len(figures) == len(cells) == _TWICE else None


def _adds_up(pairs: list[tuple[Figure, Figure]]) -> bool:
    """Tell whether cars are purchase and running, and the total all three, for both columns."""
    for column in zip(*pairs, strict=True):
        total, abroad, cars, bought, run, reception = column
        if not (_makes(cars, (bought, run)) and _makes(total, (abroad, cars, reception))):
            return False
    return True


def _makes(total: Figure, parts: tuple[Figure, ...]) -> bool:
    slack = sum((f.ulp for f in (total, *parts)), start=total.ulp) / 2
    return abs(total.base - sum(p.base for p in parts)) <= slack


def _values(pairs: list[tuple[Figure, Figure]]) -> list[object]:
    return [figure.base for figure in chain.from_iterable(pairs)]
