"""Changes that rounding or habit explains: nothing above a note may be said of them (对照)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from gouji.evaluate.defects.clean import (
    Clean,
    in_prose,
    number_edit,
    plant,
    regrouped,
    reprinted,
    shuffled,
    spot_of,
)
from gouji.evaluate.defects.registry import control
from gouji.evaluate.labels import Plant
from gouji.model.figure import Figure


def _silent(clean: Clean, figure: Figure, digits: str) -> Plant | None:
    """Return the control that prints a figure otherwise; None unless every relation still holds."""
    if digits == clean.printed(figure) or not clean.stays(
        {spot_of(figure): reprinted(figure, digits)}
    ):
        return None
    return plant(clean, [number_edit(clean, figure, digits)], clean.tied(figure), control=True)


@control("last_place_nudged", "末位尾差")
def last_place_nudged(clean: Clean, random: Random) -> Iterator[Plant]:
    """Print a figure one unit higher or lower in its last place where rounding allows both.

    Scores are given, not rounded: one that is told otherwise elsewhere is a slip.
    """
    given = {table.grid for table in clean.disclosure.indicators}
    for figure in shuffled(clean.figures, random):
        printed, cell = clean.printed(figure), figure.place.cell
        if not figure.decimals or (cell is not None and cell.grid in given):
            continue
        one = Decimal(1).scaleb(-figure.decimals) * random.choice((1, -1))
        if figure.value + one > 0:
            made = _silent(clean, figure, regrouped(printed, str(figure.value + one)))
            if made is not None:
                yield made


@control("zeros_dropped", "省略末尾的零")
def zeros_dropped(clean: Clean, random: Random) -> Iterator[Plant]:
    """Print an amount of the prose without its trailing zeros: 299.50 → 299.5, 3.00 → 3."""
    for figure in shuffled(filter(in_prose, clean.figures), random):
        printed = clean.printed(figure)
        if "." in printed and printed.endswith("0"):
            made = _silent(clean, figure, printed.rstrip("0").rstrip("."))
            if made is not None:
                yield made


@control("rate_rounded", "比率少写一位")
def rate_rounded(clean: Clean, random: Random) -> Iterator[Plant]:
    """Print a rate of the prose with one decimal less: 15.51 % → 15.5 %."""
    for figure in shuffled(filter(in_prose, clean.figures), random):
        if figure.dimension == "percent" and figure.decimals:
            place = Decimal(1).scaleb(1 - figure.decimals)
            made = _silent(clean, figure, str(figure.value.quantize(place, ROUND_HALF_UP)))
            if made is not None:
                yield made


@control("separators_added", "加千分位逗号")
def separators_added(clean: Clean, random: Random) -> Iterator[Plant]:
    """Print an amount with its thousands separated: 9829.27 → 9,829.27."""
    for figure in shuffled(clean.figures, random):
        printed = clean.printed(figure)
        whole, dot, decimals = printed.partition(".")
        if figure.dimension == "money" and whole.isdigit():
            made = _silent(clean, figure, f"{int(whole):,}{dot}{decimals}")
            if made is not None:
                yield made
