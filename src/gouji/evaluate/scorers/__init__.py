"""Scorers (评分): labels and an answer → figures that add up over documents.

Every figure is a ratio: `Scored.ratios["claims.recall"] = (found, labelled)`. Over a dataset both
sides are summed, so a figure never depends on the order or the grouping of samples. What stands in
brackets is a breakdown: `claims.recall[share]`.
"""

from __future__ import annotations

from collections.abc import Callable

from gouji.evaluate.labels import Answer, Labels
from gouji.evaluate.scorers import (
    claims,
    findings,
    grids,
    indicators,
    passages,
    pictures,
    plants,
    reading,
    tables,
)
from gouji.evaluate.scorers.scored import Scored

Scorer = Callable[[Labels, Answer, Scored], None]

SCORERS: tuple[Scorer, ...] = (
    grids.score,
    tables.score,
    indicators.score,
    claims.score,
    findings.score,
    passages.score,
    pictures.score,
    plants.score,
    reading.score,
)


def score(labels: Labels, answer: Answer) -> Scored:
    """Score one answer by every scorer that its labels call for (评分)."""
    scored = Scored()
    for scorer in SCORERS:
        scorer(labels, answer, scored)
    return scored
