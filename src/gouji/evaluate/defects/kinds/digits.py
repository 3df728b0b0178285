"""Slips of the hand in one number (数字笔误)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from gouji.evaluate.defects.clean import (
    Clean,
    in_prose,
    plant,
    plant_number,
    regrouped,
    shuffled,
    spot_of,
)
from gouji.evaluate.defects.registry import defect
from gouji.evaluate.labels import Edit, Plant
from gouji.model.figure import MONEY_UNITS, Figure
from gouji.model.relation import Equal, Sum

Misprint = Callable[[str, Random], str | None]
"""Digits as printed → digits as misprinted, None where that is not possible."""


def _each(clean: Clean, random: Random, misprint: Misprint) -> Iterator[Plant]:
    for figure in shuffled(clean.figures, random):
        digits = clean.printed(figure)
        wrong = misprint(digits, random)
        if wrong is None or wrong == digits:
            continue
        if (made := plant_number(clean, figure, wrong)) is not None:
            yield made


@defect("digit_transposed", "数字换位")
def digit_transposed(clean: Clean, random: Random) -> Iterator[Plant]:
    """Swap two neighbouring digits of a figure: 553.65 → 535.65."""
    return _each(clean, random, _transposed)


def _transposed(digits: str, random: Random) -> str | None:
    places = [
        i
        for i in range(len(digits) - 1)
        if digits[i : i + 2].isdigit()
        and digits[i] != digits[i + 1]
        and not (i == 0 and digits[1] == "0")
    ]
    if not places:
        return None
    at = random.choice(places)
    return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


@defect("digit_dropped", "漏一位数字")
def digit_dropped(clean: Clean, random: Random) -> Iterator[Plant]:
    """Leave out a digit before the point: 553.65 → 53.65."""
    return _each(clean, random, _dropped)


def _dropped(digits: str, random: Random) -> str | None:
    whole, dot, decimals = digits.replace(",", "").partition(".")
    if len(whole.lstrip("-")) == 1:
        return None
    at = random.randrange(len(whole) - len(whole.lstrip("-")), len(whole))
    rest = whole[:at] + whole[at + 1 :]
    if len(rest) > 1 and rest.startswith("0"):
        return None
    return regrouped(digits, rest + dot + decimals)


@defect("decimal_shifted", "小数点错位")
def decimal_shifted(clean: Clean, random: Random) -> Iterator[Plant]:
    """Move the point by one place: 553.65 → 5536.5 or 55.365."""
    return _each(clean, random, _point_moved)


def _point_moved(digits: str, random: Random) -> str | None:
    whole, dot, decimals = digits.replace(",", "").partition(".")
    if not dot or not int(whole + decimals):
        return None
    if random.choice((True, False)) and len(whole) > 1:
        return regrouped(digits, f"{whole[:-1]}.{whole[-1]}{decimals}")
    right = f"{int(whole + decimals[0])}"
    return regrouped(digits, right + (f".{decimals[1:]}" if decimals[1:] else ""))


@defect("unit_swapped", "元与万元混用")
def unit_swapped(clean: Clean, random: Random) -> Iterator[Plant]:
    """Print 元 for 万元 after an amount of the prose, or the other way round."""
    other = {"万元": "元", "元": "万元"}
    for figure in shuffled(filter(in_prose, clean.figures), random):
        unit = figure.unit.name if figure.unit else ""
        end = clean.end(figure)
        if unit not in other or not clean.text[:end].endswith(unit):
            continue
        broken = clean.broken_by({spot_of(figure): _in_unit(figure, other[unit])})
        if broken:
            yield plant(clean, [Edit(end - len(unit), end, other[unit])], broken)


def _in_unit(figure: Figure, unit: str) -> Figure:
    return replace(figure, unit=MONEY_UNITS[unit])


@defect("total_off_by_one", "合计差一")
def total_off_by_one(clean: Clean, random: Random) -> Iterator[Plant]:
    """Print a total one too high or too low, as after a wrong carry: 553.65 → 554.65."""
    totals = {e.verdict.relation.total.figure for e in clean.of(Sum)}  # type: ignore[union-attr]  # of(Sum) yields sums
    for figure in shuffled(sorted(totals, key=clean.start), random):
        digits = clean.printed(figure)
        if not digits:
            continue
        whole, dot, decimals = digits.replace(",", "").partition(".")
        one = random.choice((1, -1)) if int(whole) > 1 else 1
        wrong = regrouped(digits, f"{int(whole) + one}{dot}{decimals}")
        if (made := plant_number(clean, figure, wrong)) is not None:
            yield made


@defect("restatement_changed", "前后两处不一")
def restatement_changed(clean: Clean, random: Random) -> Iterator[Plant]:
    """Change one digit of a quantity of the prose that is printed a second time elsewhere."""
    twice = {
        term.figure
        for entry in clean.of(Equal)
        if isinstance(relation := entry.verdict.relation, Equal)
        for term in (relation.left, relation.right)
        if in_prose(term.figure)
    }
    for figure in shuffled(sorted(twice, key=clean.start), random):
        digits = clean.printed(figure)
        wrong = _one_digit(digits, random)
        if wrong and (made := plant_number(clean, figure, wrong)) is not None:
            yield made


def _one_digit(digits: str, random: Random) -> str | None:
    places = [i for i, c in enumerate(digits[:-1]) if c.isdigit()]
    if not places:
        return None
    at = random.choice(places)
    other = random.choice([c for c in "123456789" if c != digits[at]])
    return digits[:at] + other + digits[at + 1 :]
