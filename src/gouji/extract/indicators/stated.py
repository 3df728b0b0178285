"""Budget figures that stand in words inside an indicator's cell (文字列示的预算).

年初预算数为100万元,调整后预算数为100万元,实际支出数为100万元 … 预算完成率100%.
"""

from __future__ import annotations

import re

from gouji.extract.numbers import find_numbers
from gouji.model.figure import Figure
from gouji.model.indicators import BudgetRow, Indicator, MoneyColumn
from gouji.model.place import Place

_PHRASES: tuple[tuple[MoneyColumn, re.Pattern[str]], ...] = (
    ("initial", re.compile(r"年初预算(?:数|金额)?(?:为|是)?:?")),
    ("annual", re.compile(r"(?:全年|调整后?)预算(?:数|金额)?(?:为|是)?:?")),
    ("executed", re.compile(r"(?:实际)?(?:支出|执行|完成)数(?:为|是)?:?")),
    ("rate", re.compile(r"(?:预算)?(?:完成|执行)率(?:为|是|达到?)?:?=?")),
)


def stated_budget(indicators: tuple[Indicator, ...]) -> tuple[BudgetRow, ...]:
    """Return the money row an indicator states in words; empty where none states all of it."""
    for indicator in indicators:
        actual = indicator.actual
        if actual is None or len(actual.text) < _SHORTEST:
            continue
        figures = _stated(actual.text, actual.place)
        if {"initial", "executed", "rate"} <= set(figures):
            if indicator.weight is not None:
                figures["weight"] = indicator.weight
            if indicator.score is not None:
                figures["score"] = indicator.score
            return (BudgetRow("total", indicator.name, figures, actual.place),)
    return ()


_SHORTEST = 20


def _stated(text: str, place: Place) -> dict[MoneyColumn, Figure]:
    figures: dict[MoneyColumn, Figure] = {}
    for key, phrase in _PHRASES:
        for found in phrase.finditer(text):
            tokens = find_numbers(text[found.end() : found.end() + 16])
            if tokens and tokens[0].start == 0 and tokens[0].unit is not None:
                figures.setdefault(key, tokens[0].figure(place))
    return figures
