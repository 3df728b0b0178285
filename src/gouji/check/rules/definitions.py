"""Ratios recomputed from their own definition (比率应合其算式).

What it checks
    A ratio printed with its arithmetic, 0/0 included; ratio indicators stated in words inside a table
    cell; the rate an indicator reports against the money rows of its table; the budget adjustment
    rate against the budgets the report prints.

Why it matters
    These ratios are typed by hand beside the numbers they should follow from.

For example
    控制率 100% =（实际支出 0 万元 ÷ 预算安排 0 万元）×100%：零除以零没有比率。

Not a violation
    0/0 printed as 0 or “--”, a convention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.check.rule import rule
from gouji.model.claim import Completion, Level
from gouji.model.disclosure import Disclosure
from gouji.model.figure import Figure
from gouji.model.indicators import Indicator, SelfEvaluation, StatedRatio
from gouji.model.relation import AnyRelation, Equal, Ratio, Term

EXECUTION = re.compile(r"预算(?:资金)?(?:执行|完成)(?:比?率|比例)|资金执行率|支出进度")
ADJUSTMENT = "预算调整率"


@rule("DEF001", "stated-ratio", "比率应等于所列算式的结果", basis="报告自列的算式")
def stated_ratio(ratios: tuple[StatedRatio, ...]) -> Iterator[AnyRelation]:
    """State one ratio for each formula the prose prints with its result."""
    for ratio in ratios:
        yield Ratio(
            subject=ratio.name,
            told_in=ratio.place,
            percent=Term(ratio.percent, "percent", ratio.name),
            part=(Term(ratio.part, "part", ratio.words.get("part") or "分子"),),
            whole=(Term(ratio.whole, "whole", ratio.words.get("whole") or "分母"),),
        )


@rule(
    "DEF002",
    "stated-execution",
    "单元格内所述完成率应等于支出数除以预算数",
    basis="预算完成率＝预算完成数÷（调整）预算数",
)
def stated_execution(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """State the ratio of a money row that an indicator states in words."""
    for table in tables:
        for row in table.budget:
            stated = any(i.actual and i.actual.place == row.place for i in table.indicators)
            executed, rate = row.figures.get("executed"), row.figures.get("rate")
            base = row.figures.get("annual") or row.figures.get("initial")
            if not stated or executed is None or rate is None or base is None:
                continue
            yield Ratio(
                subject=row.label,
                told_in=row.place,
                percent=Term(rate, "percent", "预算完成率"),
                part=(Term(executed, "part", "实际支出数"),),
                whole=(Term(base, "whole", "预算数"),),
            )


@rule(
    "DEF003",
    "execution-indicator",
    "预算执行率指标的实际值应等于资金行的执行率",
    basis="预算执行率＝全年执行数÷全年预算数",
    at_most="warning",
)
def execution_indicator(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """State that an indicator named 预算执行率 reports the execution rate of its own table."""
    for table in tables:
        rate = table.money("rate")
        for row in table.indicators:
            actual = row.actual.value if row.actual else None
            if rate is None or rate.blank or actual is None or actual.dimension != "percent":
                continue
            if EXECUTION.fullmatch(_bare(row)) is None or actual.place == rate.place:
                continue
            yield Equal(
                subject=row.name,
                told_in=row.place,
                left=Term(actual, "value", row.name),
                right=Term(rate, "same", "资金行执行率"),
            )


def _bare(row: Indicator) -> str:
    return re.sub(r"\(.*?\)|%", "", row.name)


@rule(
    "DEF004",
    "adjustment-rate",
    "预算调整率应等于（调整后预算－年初预算）÷年初预算",
    basis="预算调整率＝预算调整数÷年初预算数",
    at_most="warning",
)
def adjustment_rate(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """State the adjustment rate of an overall table against the budgets the report prints."""
    budgets = _budgets(disclosure)
    for table in disclosure.indicators:
        if table.form != "overall" or budgets is None:
            continue
        initial, adjusted = budgets
        for row in table.indicators:
            actual = row.actual.value if row.actual else None
            if ADJUSTMENT not in row.name or actual is None or actual.dimension != "percent":
                continue
            up = adjusted.base >= initial.base
            larger, smaller = (adjusted, initial) if up else (initial, adjusted)
            yield Ratio(
                subject=ADJUSTMENT,
                told_in=row.place,
                percent=Term(actual, "percent", ADJUSTMENT),
                part=(
                    Term(larger, "part", "调整后预算" if up else "年初预算"),
                    Term(smaller, "part", "年初预算" if up else "调整后预算", sign=-1),
                ),
                whole=(Term(initial, "whole", "年初预算"),),
            )


def _budgets(disclosure: Disclosure) -> tuple[Figure, Figure] | None:
    """Return the total initial and adjusted budgets: the largest of each the main text prints."""
    initial = list(_printed(disclosure, ("initial_budget",)))
    adjusted = list(_printed(disclosure, ("annual_budget", "adjusted_budget")))
    if not initial or not adjusted:
        return None
    return max(initial, key=lambda f: f.base), max(adjusted, key=lambda f: f.base)


def _printed(disclosure: Disclosure, kinds: tuple[str, ...]) -> Iterator[Figure]:
    """Yield the budgets of these kinds printed with expenditure of the general public budget."""
    for level in disclosure.of(Level):
        if level.subject.measure in kinds and level.section == "general_public":
            yield level.value
    for claim in disclosure.of(Completion):
        if claim.base.kind in kinds and claim.base.figure and claim.section == "general_public":
            yield claim.base.figure
