"""Slips in performance tables (绩效自评表差错)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

from gouji.evaluate.defects.clean import Clean, plant, plant_number, shuffled
from gouji.evaluate.defects.registry import defect
from gouji.evaluate.labels import Edit, Plant
from gouji.model.figure import Figure
from gouji.model.indicators import Indicator

_REACHED = {"at_least": Decimal("0.8"), "more": Decimal("0.8"), "at_most": Decimal("1.3")}
"""Operator → by how much the target is missed."""


def _indicators(clean: Clean) -> Iterator[Indicator]:
    for table in clean.disclosure.indicators:
        yield from (i for i in table.indicators if not i.shaky and not table.shaky)


@defect("weight_changed", "分值改动")
def weight_changed(clean: Clean, random: Random) -> Iterator[Plant]:
    """Print another weight for one indicator: the weights no longer make 100."""
    weights = [i.weight for i in _indicators(clean) if i.weight is not None]
    return _changed(clean, weights, random)


@defect("score_changed", "得分改动")
def score_changed(clean: Clean, random: Random) -> Iterator[Plant]:
    """Print another score for one indicator: the scores no longer make the total."""
    scores = [i.score for i in _indicators(clean) if i.score is not None]
    return _changed(clean, scores, random)


def _changed(clean: Clean, figures: list[Figure], random: Random) -> Iterator[Plant]:
    for figure in shuffled(figures, random):
        wrong = figure.value + random.choice((-2, -1, 1, 2))
        if wrong > 0 and clean.printed(figure):
            made = plant_number(clean, figure, str(wrong))
            if made is not None:
                yield made


@defect("missed_with_full_marks", "未完成却得满分")
def missed_with_full_marks(clean: Clean, random: Random) -> Iterator[Plant]:
    """Print an actual that misses the target, and leave the full score."""
    for indicator in shuffled(_indicators(clean), random):
        target, actual = indicator.target, indicator.actual
        if target is None or actual is None or target.value is None or actual.value is None:
            continue
        if not _full_and_met(indicator) or target.operator not in _REACHED:
            continue
        digits = clean.printed(actual.value)
        wrong = _missing(target.value, actual.value, _REACHED[target.operator])
        if digits and wrong:
            start = clean.start(actual.value)
            made = plant(clean, [Edit(start, start + len(digits), wrong)])
            yield _with_row(clean, made, indicator)


def _full_and_met(indicator: Indicator) -> bool:
    weight, score = indicator.weight, indicator.score
    if weight is None or score is None or weight.value != score.value or not score.value:
        return False
    target, actual = indicator.target, indicator.actual
    return (
        target is not None
        and actual is not None
        and target.value is not None
        and actual.value is not None
        and target.value.unit == actual.value.unit
        and not target.per
        and not _misses(target.operator, target.value.value, actual.value.value)
    )


def _misses(operator: str, target: Decimal, actual: Decimal) -> bool:
    return actual > target if operator == "at_most" else actual < target


def _missing(target: Figure, actual: Figure, share: Decimal) -> str:
    """Return an actual that surely misses a target, printed with the actual's decimals."""
    wrong = (target.value * share).quantize(Decimal(1).scaleb(-actual.decimals))
    far = abs(wrong - target.value) > 2 * Decimal(1).scaleb(-min(actual.decimals, target.decimals))
    return str(wrong) if wrong > 0 and far else ""


def _with_row(clean: Clean, made: Plant, indicator: Indicator) -> Plant:
    partners = (indicator.target, indicator.score, indicator.weight)
    spans = [clean.span(p.place) for p in partners if p is not None]
    return replace(made, cascade=tuple(spans))
