"""Averages within the bounds of what they average (平均数不能越出上下限).

What it checks
    A total rate of execution against "no project below", an average score against the number of
    projects in each grade, and the number of indicators named against the rows of the table.

Why it matters
    The average is computed, the enumeration is typed; both cannot be true when one lies outside the
    other's bounds.

For example
    总体进度 60.96%，却称预算结余率大于 10% 的项目 0 个：若无一个，总体不会低于 90%。

Not a violation
    Grades that leave projects unnamed; scales other than 优、良、中、差.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest

from gouji.check.bands import printed_bands, usual
from gouji.check.graded import GradedCounts, graded_counts
from gouji.check.rule import rule
from gouji.check.scoring import GRADES
from gouji.messages import N_
from gouji.model.claim import Completion, Level, Rated
from gouji.model.disclosure import Disclosure
from gouji.model.figure import Figure
from gouji.model.indicators import SelfEvaluation
from gouji.model.place import Place
from gouji.model.relation import AnyRelation, Breach, NotChecked, Upheld

ARITHMETIC = "平均数介于最小值与最大值之间"
OVERALL = re.compile("(?:总体|平均|整体|综合|合计).{0,6}(?:进度|执行率|支出率)|(?:进度|执行率)总体")
THRESHOLD = re.compile(
    "(结余率|结转率|执行率|支出率|进度|完成率)(大于|超过|高于|低于|小于|不足|未达到?)(?:了|到)?$"
)
REST = ("结余率", "结转率")
NOBODY = re.compile("没有|无|不存在")
ABOVE = ("大于", "超过", "高于")
FULL = Decimal(100)
AVERAGE = re.compile("平均")
COUNTED = re.compile("(数量|质量|时效|成本|效益|满意度|三级)指标$")
NEAR = 2
"""Blocks between an average and the enumeration of grades it belongs to."""


@rule(
    "IND044",
    "no-project-below",
    "总体执行率应与“无低于”的说法相容",
    basis=ARITHMETIC,
    at_most="warning",
)
def no_project_below(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """Hold a total rate against a count of zero projects beyond a threshold, in one sentence."""
    for limit, count in _nobody_beyond(disclosure):
        found = THRESHOLD.search(limit.subject.text)
        total = _overall_before(limit, disclosure)
        overall = _percent(total) if total else None
        if found is None or limit.value is None or total is None or overall is None:
            continue
        above = found[2] in ABOVE
        rest = found[1] in REST
        bound = FULL - limit.value.value if rest else limit.value.value
        floor = above == rest
        broken = overall.value < bound if floor else overall.value > bound
        evidence = (("percent", total.place), ("statement", limit.place), ("count", count))
        if not broken:
            yield Upheld(subject=total.subject.text, evidence=evidence)
            continue
        yield Breach(
            subject="总体执行率",
            told_in=limit.place,
            grade="broken",
            message=(
                N_(
                    "总体执行率 {overall}%，却称{limit} {percent}% 的项目 0 个：若无一个，总体不会低于 {bound}%"
                )
                if floor
                else N_(
                    "总体执行率 {overall}%，却称{limit} {percent}% 的项目 0 个：若无一个，总体不会高于 {bound}%"
                )
            ),
            words={
                "overall": overall.text,
                "limit": found[0],
                "percent": limit.value.text,
                "bound": format(bound, "f"),
            },
            evidence=evidence,
        )


def _overall_before(limit: Rated, disclosure: Disclosure) -> Rated | Completion | None:
    """Return the last total rate before a threshold in the same sentence."""
    found: Rated | Completion | None = None
    for claim in disclosure.claims:
        if not isinstance(claim, Rated | Completion) or _percent(claim) is None:
            continue
        same = (claim.block, claim.sentence) == (limit.block, limit.sentence)
        if same and claim.place.start < limit.place.start:
            total = OVERALL.search(claim.subject.text + claim.place.quote)
            found = claim if total else found
    return found


def _percent(claim: Rated | Completion) -> Figure | None:
    figure = claim.percent if isinstance(claim, Completion) else claim.value
    return figure if figure is not None and figure.dimension == "percent" else None


def _nobody_beyond(disclosure: Disclosure) -> Iterator[tuple[Rated, Place]]:
    """Yield a threshold and what says that nothing lies beyond it (没有…, …的项目 0 个)."""
    claims = [c for c in disclosure.claims if isinstance(c, Rated | Level)]
    for limit, count in zip_longest(claims, claims[1:]):
        if not isinstance(limit, Rated) or _percent(limit) is None:
            continue
        if NOBODY.match(limit.subject.text):
            yield limit, limit.place
        elif isinstance(count, Level) and count.value.value == 0:
            same = (limit.block, limit.sentence) == (count.block, count.sentence)
            if same and "项目" in count.subject.text:
                yield limit, count.place


@rule("IND045", "average-score", "平均得分应在各等级界限之内", basis=ARITHMETIC, at_most="warning")
def average_score(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """Hold an average score against the number of projects of each grade named beside it."""
    if not usual(printed_bands(disclosure.document)):
        return
    groups = graded_counts(disclosure.of(Level))
    for claim in disclosure.of(Rated):
        if claim.type != "score" or claim.value is None or not AVERAGE.search(claim.subject.text):
            continue
        near = [g for g in groups if abs(g.block - claim.block) <= NEAR and g.total > 0]
        if len(near) != 1:
            continue
        low, high = _bounds(near[0])
        evidence = (
            ("score", claim.place),
            *(("count", level.place) for level in near[0].counts.values()),
        )
        if low <= claim.value.value <= high:
            yield Upheld(subject=claim.subject.text, evidence=evidence)
            continue
        yield Breach(
            subject=claim.subject.text,
            grade="broken",
            message=N_("平均得分 {score}，按所列各等级的项目数应在 {low} 至 {high} 之间"),
            words={
                "score": claim.value.text,
                "low": format(low.quantize(Decimal("0.1")), "f"),
                "high": format(high.quantize(Decimal("0.1")), "f"),
            },
            evidence=evidence,
        )


def _bounds(group: GradedCounts) -> tuple[Decimal, Decimal]:
    """Return the least and greatest average that so many projects of each grade can have.

    Source: domain notes §4.3 (优 90–100, 良 from 80 or 75, 中 from 60, 差 below 60).
    """
    ends = {name: (low, high) for name, low, high in GRADES}
    named = [(Decimal(group.number(g)), *ends.get(g, (Decimal(0), FULL))) for g in group.counts]
    total = Decimal(group.total)
    low = sum((n * least for n, least, _ in named), Decimal(0)) / total
    return low, sum((n * most for n, _, most in named), Decimal(0)) / total


@rule(
    "IND046",
    "indicator-count",
    "文中指标个数应与自评表行数一致",
    basis="自评表所列三级指标",
    at_most="note",
)
def indicator_count(
    tables: tuple[SelfEvaluation, ...], levels: tuple[Level, ...]
) -> Iterator[AnyRelation]:
    """Hold the number of 数量指标 and the like against the rows of the only table, where it is sound."""
    if len(tables) != 1 or any(row.shaky for row in tables[0].indicators):
        return
    (table,) = tables
    rows = Counter(_kind(row.level1 + row.level2) for row in table.indicators)
    for claim in levels:
        found = COUNTED.search(claim.subject.text)
        if (
            found is None
            or claim.value.unit is None
            or claim.value.unit.name not in ("个", "项", "条")
        ):
            continue
        if "完成" in claim.subject.text or "达" in claim.subject.text:
            continue
        kind = found[1]
        if kind != "三级" and kind not in rows:
            yield NotChecked(
                subject=found[0], reason="rows_in_doubt", evidence=(("count", claim.place),)
            )
            continue
        printed = len(table.indicators) if kind == "三级" else rows[kind]
        if int(claim.value.value) == printed:
            yield Upheld(subject=found[0], evidence=(("count", claim.place),))
            continue
        yield Breach(
            subject=found[0],
            grade="doubtful",
            message=N_("文中{kind} {count} 个，自评表中 {rows} 个"),
            words={"kind": found[0], "count": claim.value.text, "rows": str(printed)},
            evidence=(("count", claim.place), ("table", table.place)),
        )


def _kind(labels: str) -> str:
    """Return the kind of indicator its labels name (产出指标·数量指标 → 数量)."""
    found = re.search("数量|质量|时效|成本|效益|满意度", labels)
    return found[0] if found else ""
