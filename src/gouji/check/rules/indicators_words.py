"""Outcomes in words against their points (定性完成情况与得分应相称).

What it checks
    Full marks beside an outcome that the form's own words call partial or failed (部分达成年度指标,
    未达成), or that stands below its target on one scale (优 promised, 中 reached).

Why it matters
    A qualitative indicator has no figure that could contradict its score; the words are all there is.

For example
    指标值“优”，实际完成值“差”，分值 20，得分 20。

Not a violation
    基本达成 with full marks: the first tier runs from 80 % to 100 %; words on different scales.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.check.rule import rule
from gouji.check.rules.indicators_points import judged_rows
from gouji.check.scoring import falls_short_in_words
from gouji.messages import N_
from gouji.model.indicators import SelfEvaluation
from gouji.model.relation import AnyRelation, Breach, Upheld

TIERS = "自评表填表说明：定性指标分“达成、部分达成、未达成”三档，分别得 100～80%、80～60%、60～0%"


@rule(
    "IND039", "full-though-partial", "部分达成或未达成的不应得满分", basis=TIERS, at_most="warning"
)
def full_though_partial(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Look for full marks beside an outcome in words that is not a full one."""
    for table in tables:
        for row in judged_rows(table):
            if row.actual is None or row.weight is None or row.score is None:
                continue
            promised = row.target.text if row.target else ""
            short = falls_short_in_words(promised, row.actual.text)
            if short is None:
                continue
            if not short or row.score.value < row.weight.value:
                yield Upheld(subject=row.name, evidence=(("row", row.place),))
                continue
            yield Breach(
                subject=row.name,
                grade="broken",
                message=N_("指标“{name}”实际完成情况为“{actual}”，却得满分 {score}"),
                words={
                    "name": row.name,
                    "actual": re.sub(r"\s+", "", row.actual.text),
                    "score": row.score.text,
                },
                evidence=(("row", row.place),),
            )
