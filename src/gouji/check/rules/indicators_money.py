"""Money rows of a self-evaluation table (绩效自评表的资金行应自洽).

What it checks
    年度资金总额 against its components, 执行率 against 执行数 and 预算数, the score of the execution
    rate, and the cost indicators against budget and execution.

Why it matters
    These rows are typed from the accounts and should repeat them; a cost ceiling above the whole
    budget tests nothing, and a cost that is not the execution contradicts the line above it.

For example
    全年执行数 14 万元，成本指标实际完成值 41 万元。

Not a violation
    Rounded components; local schemes for the execution score; unit prices (单价、元/人).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from gouji.check.rule import rule
from gouji.check.scoring import GENEROUS, execution_score_fits
from gouji.messages import N_
from gouji.model.figure import Figure
from gouji.model.indicators import BudgetRow, Indicator, MoneyColumn, SelfEvaluation
from gouji.model.relation import AnyRelation, AtMost, Breach, Equal, Ratio, Sum, Term, Upheld

FORM = "项目支出绩效自评表 资金行"
COLUMNS: dict[MoneyColumn, str] = {
    "initial": "年初预算数",
    "annual": "全年预算数",
    "executed": "全年执行数",
}
UNIT_PRICE = ("单价", "均价", "人均", "标准", "每", "均", "单位成本")
OF_SEVERAL_YEARS = ("总投资", "概算", "合同", "造价", "控制价", "招标")
"""Names of what a project costs over all its years: no ceiling of this year's budget."""
WHOLE_COST = ("总额", "总成本", "总支出", "支出成本", "项目成本")
"""Names that say the indicator is the whole cost, whatever its target."""


@rule("IND001", "budget-components", "年度资金总额应等于各项资金之和", basis=FORM)
def budget_components(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """State total = components for each money column that prints components."""
    for table in tables:
        total = next((r for r in table.budget if r.key == "total"), None)
        if total is None or len(table.budget) < 2:  # noqa: PLR2004 (a total and a part)
            continue
        for column, name in COLUMNS.items():
            whole = total.figures.get(column)
            if whole is None:
                continue
            printed = _parts(table, column, whole)
            if not any(not f.blank for _, f in printed):
                continue
            yield Sum(
                subject=name,
                told_in=total.place,
                total=Term(whole, "total", f"{total_name(total)}{name}"),
                parts=tuple(Term(f, "part", r.label or name) for r, f in printed),
                severe=len(printed) > 1,
            )


def _parts(
    table: SelfEvaluation, column: MoneyColumn, whole: Figure
) -> list[tuple[BudgetRow, Figure]]:
    """Return the rows that should add up: sources of money with or without levels of government.

    地方资金 beside 中央财政资金 is a part of its own, below 当年财政拨款 a part of that: the nearer
    reading counts.
    """
    rows = [(r, r.figures[column]) for r in table.budget[1:] if column in r.figures]
    sources = [(r, f) for r, f in rows if r.key in ("fiscal", "carried", "other")]
    readings = [_outermost(reading) for reading in (sources, rows) if reading]
    gap = lambda parts: abs(whole.base - sum(f.base for _, f in parts))  # noqa: E731
    return min(readings, key=gap, default=[])


def _outermost(parts: list[tuple[BudgetRow, Figure]]) -> list[tuple[BudgetRow, Figure]]:
    """Leave out rows that only divide the row above them (其中:中央 60、省级 40 under 100)."""
    kept: list[tuple[BudgetRow, Figure]] = []
    at = 0
    while at < len(parts):
        kept.append(parts[at])
        at = _after_children(parts, at)
    return kept


def _after_children(parts: list[tuple[BudgetRow, Figure]], at: int) -> int:
    whole = parts[at][1].base
    running = whole * 0
    for i in range(at + 1, len(parts)):
        running += parts[i][1].base
        if whole and running == whole and (i > at + 1 or parts[i][0].label.startswith("其中")):
            return i + 1
    return at + 1


def total_name(row: BudgetRow) -> str:
    """Return the reader's name of the total row."""
    return "年度资金总额" if row.key == "total" else row.label


@rule("IND002", "execution-rate", "执行率应等于全年执行数除以全年预算数", basis=FORM)
def execution_rate(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """State one ratio for each money row that prints rate, budget and execution."""
    for table in tables:
        for row in table.budget:
            rate, executed = row.figures.get("rate"), row.figures.get("executed")
            annual, initial = row.figures.get("annual"), row.figures.get("initial")
            base = annual or initial
            if rate is None or rate.blank or executed is None or base is None or base.blank:
                continue
            others = (Term(initial, "whole", "年初预算数"),) if annual and initial else ()
            yield Ratio(
                subject=f"{total_name(row)}执行率",
                told_in=row.place,
                percent=Term(rate, "percent", "执行率"),
                part=(Term(executed, "part", "全年执行数"),),
                whole=(Term(base, "whole", "全年预算数" if annual else "年初预算数"),),
                others=others,
            )


@rule(
    "IND003",
    "execution-score",
    "执行率得分应与执行率相称",
    basis="自评表填表说明：得分＝分值×执行率（各地另有办法）",
    at_most="warning",
)
def execution_score(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Look at the execution score: wrong only where no known scheme gives it and its sign is wrong."""
    for table in tables:
        row = next((r for r in table.budget if r.key == "total"), None)
        if row is None:
            continue
        rate, weight, score = (row.figures.get(k) for k in ("rate", "weight", "score"))
        if rate is None or weight is None or score is None or rate.blank or weight.value == 0:
            continue
        share = Fraction(rate.value) / 100
        full = score.value >= weight.value
        wrong = (full and share < GENEROUS) or (not full and share == 1)
        if execution_score_fits(score, weight, share) or not wrong:
            yield Upheld(subject="执行率得分", evidence=(("row", row.place),))
            continue
        yield Breach(
            subject="执行率得分",
            grade="broken",
            message=N_("执行率 {rate}%，分值 {weight}，得分 {score}：得分与执行率不相称"),
            words={"rate": rate.text, "weight": weight.text, "score": score.text},
            evidence=(("row", row.place),),
        )


@rule(
    "IND020",
    "execution-score-missing",
    "执行率有分值的应有得分",
    basis=FORM,
    at_most="warning",
)
def execution_score_missing(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Look for a money row with weight and rate but no score beside a printed total (漏计得分)."""
    for table in tables:
        row = next((r for r in table.budget if r.key == "total"), None)
        if row is None or table.total is None or table.total.score is None:
            continue
        rate, weight, score = (row.figures.get(k) for k in ("rate", "weight", "score"))
        if rate is None or weight is None or rate.blank or weight.value == 0:
            continue
        if score is not None:
            yield Upheld(subject="执行率得分", evidence=(("row", row.place),))
            continue
        yield Breach(
            subject="执行率得分",
            grade="broken",
            message=N_("执行率 {rate}%，分值 {weight}，却没有得分；总分 {total} 未计这一项"),
            words={"rate": rate.text, "weight": weight.text, "total": table.total.score.text},
            evidence=(("row", row.place), ("total", table.total.place)),
        )


# --- cost ------------------------------------------------------------------------------------


def cost_rows(table: SelfEvaluation) -> list[Indicator]:
    """Return the indicator that states the project's whole cost: in money, not per unit.

    Where several costs are printed, only one named as the whole (…总额) can be meant.
    """
    rows = [
        i
        for i in table.indicators
        if "成本" in i.level1 + i.level2
        and "社会成本" not in i.level2
        and "生态" not in i.level2
        and i.target is not None
        and i.target.value is not None
        and i.target.value.dimension == "money"
        and not i.target.per
        and not any(word in i.name for word in UNIT_PRICE)
        and not any(word in i.name for word in OF_SEVERAL_YEARS)
        and not i.shaky
    ]
    if len(rows) > 1:
        rows = [i for i in rows if any(word in i.name for word in WHOLE_COST)]
    return rows if len(rows) == 1 else []


def _at_odds(table: SelfEvaluation) -> bool:
    """Tell whether the total prints nothing beside components that do: IND001 says so already."""
    columns: tuple[MoneyColumn, ...] = ("annual", "executed")
    for column in columns:
        total = table.money(column)
        parts = [f for r in table.budget[1:] if (f := r.figures.get(column)) is not None]
        if total is not None and total.base == 0 and any(f.base > 0 for f in parts):
            return True
    return False


@rule(
    "IND013",
    "cost-target-budget",
    "成本指标值不应高于项目预算",
    basis="成本指标以项目预算为限",
)
def cost_target_budget(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """State that a cost ceiling is within the larger of initial and annual budget."""
    for table in tables:
        budgets = [b for k in ("annual", "initial") if (b := table.money(k)) and not b.blank]
        if not budgets or _at_odds(table):
            continue
        budget = max(budgets, key=lambda f: f.base)
        for row in cost_rows(table):
            target = row.target
            if target is None or target.value is None or target.operator == "at_least":
                continue
            yield AtMost(
                subject=row.name,
                told_in=row.place,
                parts=(Term(target.value, "part", "成本指标值"),),
                whole=Term(budget, "budget", "项目预算"),
            )


@rule(
    "IND014",
    "cost-actual-execution",
    "成本指标的实际完成值应与全年执行数一致",
    basis="项目总成本即项目支出",
)
def cost_actual_execution(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """State that the whole cost reached equals the execution, in whatever unit it is printed."""
    for table in tables:
        executed, annual = table.money("executed"), table.money("annual")
        if executed is None or executed.blank or _at_odds(table):
            continue
        for row in cost_rows(table):
            if row.actual is None or row.actual.value is None or row.target is None:
                continue
            shown = row.actual.value
            target = row.target.value
            actual = _in_unit_of(shown, target)
            if actual is None:
                continue
            whole = target is not None and annual is not None and target.base == annual.base
            named = any(word in row.name for word in WHOLE_COST)
            if not whole and not named and actual.base <= executed.base:
                continue
            yield Equal(
                subject=row.name,
                told_in=row.place,
                left=Term(actual, "value", "成本指标实际完成值"),
                right=Term(executed, "executed", "全年执行数"),
                severe=whole or actual.base > executed.base,
            )


def _in_unit_of(figure: Figure, target: Figure | None) -> Figure | None:
    """Give a bare number the unit of its target; None where it is printed in another dimension."""
    if figure.unit is None and target is not None:
        return replace(figure, unit=target.unit)
    return figure if figure.dimension == "money" else None
