"""Points against what was reached (得分应与完成情况相符).

What it checks
    Full marks although the target was missed or nothing was reported, points taken off although it
    was met, scoring standards whose maximum is not the weight, and ladders recomputed.

Why it matters
    Inflated self-scores are what reviews of performance reports look for first.

For example
    指标值 ≥90%，实际完成值 80%，分值 10，得分 10。

Not a violation
    Any known scheme that gives the printed score, once rounded; far overshooting a low target; a
    column of actuals that only repeats the scores (reported on its own).
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.check.rule import rule
from gouji.check.scoring import (
    FAR_ABOVE,
    band_score,
    ladder_scores,
    ratio_of,
    reached,
    some_scheme_gives,
)
from gouji.messages import N_
from gouji.model.indicators import Indicator, SelfEvaluation
from gouji.model.relation import AnyRelation, Breach, Upheld

NOTES = "自评表填表说明：完成指标值得满分，未完成的按比例扣减"
STANDARD = "表内评分标准"
COPIES = 3
PER_CENT = 100
"""A standard of 100 points speaks of shares of the weight, not of points."""


def judged_rows(table: SelfEvaluation) -> Iterator[Indicator]:
    """Yield the rows whose score can be held against target and actual."""
    if copies_scores(table):
        return
    for row in table.indicators:
        if row.weight is None or row.score is None or row.shaky or row.weight.value == 0:
            continue
        if row.ladder is None or row.ladder.direction == "":
            yield row


def copies_scores(table: SelfEvaluation) -> list[Indicator]:
    """Return the rows whose actual only repeats the score, where most of the table does that."""
    same = [
        i
        for i in table.indicators
        if i.actual is not None
        and i.actual.value is not None
        and i.score is not None
        and i.actual.operator == "bare"
        and i.actual.value.unit is None
        and i.actual.value.value == i.score.value
        and i.score.value != 0
        and not (i.target and i.target.value and i.target.value.value == i.score.value)
    ]
    scored = [i for i in table.indicators if i.score is not None]
    return same if len(same) >= COPIES and len(same) * 2 > len(scored) else []


@rule("IND008", "full-though-missed", "未达到指标值的不应得满分", basis=NOTES)
def full_though_missed(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Look for full marks beside an actual that falls short of its target."""
    for table in tables:
        for row in judged_rows(table):
            target, actual, weight, score = row.target, row.actual, row.weight, row.score
            if target is None or actual is None or weight is None or score is None:
                continue
            met = reached(target, actual, row.name + row.level2)
            if met is None:
                continue
            ratio = ratio_of(target, actual)
            fits = ratio is not None and some_scheme_gives(score, weight, ratio)
            if met or score.value < weight.value or fits:
                yield Upheld(subject=row.name, evidence=(("row", row.place),))
                continue
            yield Breach(
                subject=row.name,
                grade="gross",
                message=N_(
                    "指标“{name}”指标值 {target}，实际完成 {actual}，未达到，却得满分 {score}"
                ),
                words=_words(row),
                evidence=(("row", row.place),),
            )


@rule("IND009", "reduced-though-met", "达到指标值的不应扣分", basis=NOTES, at_most="warning")
def reduced_though_met(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Look for points taken off although the target was met and not far overshot."""
    for table in tables:
        for row in judged_rows(table):
            target, actual, weight, score = row.target, row.actual, row.weight, row.score
            if target is None or actual is None or weight is None or score is None:
                continue
            ratio = ratio_of(target, actual)
            if not reached(target, actual, row.name) or ratio is None or ratio > FAR_ABOVE:
                continue
            explained = row.explanation is not None
            if score.value >= weight.value or explained or some_scheme_gives(score, weight, ratio):
                yield Upheld(subject=row.name, evidence=(("row", row.place),))
                continue
            yield Breach(
                subject=row.name,
                grade="broken",
                message=N_(
                    "指标“{name}”指标值 {target}，实际完成 {actual}，已达到，却只得 {score} 分（分值 {weight}）"
                ),
                words=_words(row),
                evidence=(("row", row.place),),
            )


@rule(
    "IND010",
    "full-without-actual",
    "没有实际完成值的不应得满分",
    basis="自评表“实际完成值”为得分依据",
    at_most="warning",
)
def full_without_actual(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Look for full marks in a row whose actual is empty while other rows of the table fill it."""
    for table in tables:
        filled = sum(i.actual is not None for i in table.indicators)
        if "actual" not in table.columns or filled * 2 <= len(table.indicators):
            continue
        for row in judged_rows(table):
            if row.target is None or row.weight is None or row.score is None:
                continue
            if row.actual is not None or row.score.value < row.weight.value:
                continue
            yield Breach(
                subject=row.name,
                grade="broken",
                message=N_("指标“{name}”没有实际完成值，却得满分 {score}"),
                words=_words(row),
                evidence=(("row", row.place),),
            )


@rule(
    "IND021",
    "worded-actual",
    "指标值为数值的，实际完成值应为数值",
    basis="得分须由实际完成值与指标值比较得出",
    at_most="warning",
)
def worded_actual(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Look for a numeric target, an actual in words, and points taken off: no number stands behind it."""
    for table in tables:
        for row in table.indicators:
            target, actual, weight, score = row.target, row.actual, row.weight, row.score
            if target is None or target.value is None or actual is None or row.shaky:
                continue
            if actual.operator != "words" or _says_number(actual.text):
                continue
            if weight is None or score is None or not 0 < score.value < weight.value:
                continue
            yield Breach(
                subject=row.name,
                grade="doubtful",
                message=N_(
                    "指标“{name}”指标值 {target} 是数值，实际完成值“{actual}”没有数，却得 {score} 分（分值 {weight}）"
                ),
                words=_words(row),
                evidence=(("row", row.place),),
            )


def _says_number(text: str) -> bool:
    return any(c.isdigit() for c in text)


# --- printed standards ------------------------------------------------------------------------


@rule("IND011", "standard-maximum", "评分标准的最高分应等于该项分值", basis=STANDARD)
def standard_maximum(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Look for a scoring standard that can give more, or at most less, than the weight."""
    for table in tables:
        for row in table.indicators:
            ladder, weight = row.ladder, row.weight
            if ladder is None or weight is None or ladder.maximum is None or row.shaky:
                continue
            if ladder.maximum is weight or ladder.maximum.value >= PER_CENT:
                continue
            most = ladder.maximum
            if most.value == weight.value or (most.value < weight.value and not ladder.direction):
                yield Upheld(subject=row.name, evidence=(("row", row.place),))
                continue
            over = row.score is not None and row.score.value > most.value
            message = (
                N_("指标“{name}”的评分标准最高 {most} 分，分值却是 {weight} 分，且得了 {score} 分")
                if over
                else N_("指标“{name}”的评分标准最高 {most} 分，分值却是 {weight} 分")
            )
            yield Breach(
                subject=row.name,
                grade="broken",
                message=message,
                words={**_words(row), "most": most.text},
                evidence=(("row", row.place), ("standard", ladder.place)),
            )


@rule(
    "IND012",
    "standard-recomputed",
    "得分应符合表内评分标准",
    basis=STANDARD,
    at_most="warning",
)
def standard_recomputed(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Recompute ladders: steps and bands from the rate, deductions by item from the score itself."""
    for table in tables:
        for row in table.indicators:
            possible = _possible(row)
            if not possible or row.score is None or row.shaky:
                continue
            if row.score.value in possible:
                yield Upheld(subject=row.name, evidence=(("row", row.place),))
                continue
            yield Breach(
                subject=row.name,
                grade="broken",
                message=N_(
                    "指标“{name}”实际完成 {actual}，按评分标准应得 {possible} 分，所印得分 {score}"
                ),
                words={**_words(row), "possible": "或".join(dict.fromkeys(map(str, possible)))},
                evidence=(
                    ("row", row.place),
                    ("standard", row.ladder.place if row.ladder else row.place),
                ),
            )


def _possible(row: Indicator) -> tuple[object, ...]:
    ladder, actual = row.ladder, row.actual
    if ladder is None or ladder.maximum is None:
        return ()
    if ladder.direction == "items" and ladder.deduct is not None and ladder.deduct.value > 0:
        maximum, cost = ladder.maximum.value, ladder.deduct.value
        if row.weight is not None and row.weight.value != maximum:
            return ()
        steps = int(maximum / cost) + 1
        return tuple(dict.fromkeys([maximum - cost * n for n in range(steps)] + [maximum * 0]))
    if actual is None or actual.value is None or actual.operator not in ("bare", "equal"):
        return ()
    if actual.value.dimension != "percent":
        return ()
    rate = actual.value.value
    return band_score(ladder, rate) if ladder.steps else ladder_scores(ladder, rate)


def _words(row: Indicator) -> dict[str, str]:
    return {
        "name": row.name,
        "target": row.target.text if row.target else "",
        "actual": row.actual.text if row.actual else "",
        "weight": row.weight.text if row.weight else "",
        "score": row.score.text if row.score else "",
    }
