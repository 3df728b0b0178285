"""Footing of what only budgets print (预算公开表): 收支预算总表 by source and by use, items, purchases.

What it checks
    In the summary 财政拨款收入 is the sum of its budgets, expenditure by use (基本、项目、预留机动) the
    expenditure of the year, and a class the sum of its 人员经费, 公用经费 and 项目支出. In tables of
    economic items the columns 人员经费 and 公用经费 add up both ways. Purchases add up to goods, works
    and services, and these to the total.

Why it matters
    Units retype the split of a department's table by hand; the total stays right and a part does not.

For example
    一、公共安全支出 合计 120.00，人员经费 80.00、公用经费 15.00、项目支出 20.00：三项之和为 115.00。

Not a violation
    A gap that rounding can explain (尾差); forms that print neither split nor uses.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.check.codes import foot_branches, foot_total
from gouji.check.entries import Entry, add_up, line, minus, row_name, within
from gouji.check.needs import (
    AppropriationBasic,
    AppropriationExpenditure,
    AppropriationSummary,
    BasicExpenditure,
    GeneralPublicExpenditure,
    IncomeExpenditureSummary,
    OperatingExpenses,
    Procurement,
    ThreePublic,
)
from gouji.check.rule import rule
from gouji.check.rules.footing_codes import (
    BASIC_AND_PROJECT,
    BUDGETED_INCOME,
    GENERAL_COLUMNS,
    cross_foot,
    cross_foot_printed,
)
from gouji.check.rules.footing_summary import EXPENDITURE_SIDE, INCOME_SIDE, lines_before
from gouji.check.rules.footing_three_public import printed
from gouji.model.relation import AnyRelation
from gouji.model.tables import AMOUNT, CHANGE, EXECUTED, RESERVE, TOTAL_ROW, Table

FISCAL = "财政拨款收入"
BY_USE = "用途"
"""Side of the lines that list expenditure by use."""
USES = (*BASIC_AND_PROJECT, RESERVE)
SPLIT = ("基本支出/人员经费", "基本支出/公用经费", "项目支出")
"""Columns a unit's summary splits each class by."""
ITEM_COLUMNS = ("人员经费", "公用经费")
KINDS = ("货物", "工程", "服务")


@rule(
    "FOO050",
    "plan-fiscal-income",
    "收支预算总表：财政拨款收入应等于所列三本预算之和",
    basis="收支预算总表（财政拨款收入下分列各本预算的表样）：财政拨款收入＝一般公共预算＋政府性基金＋国有资本经营预算",
)
def plan_fiscal_income(summary: IncomeExpenditureSummary) -> Iterator[AnyRelation]:
    """State that income from appropriations is the sum of the budgets listed below it."""
    if summary.account != "budget" or summary.row(FISCAL, INCOME_SIDE) is None:
        return
    parts = [
        line(summary, key, INCOME_SIDE)
        for key in BUDGETED_INCOME
        if summary.row(key, INCOME_SIDE) is not None
    ]
    if parts:
        yield from add_up(FISCAL, line(summary, FISCAL, INCOME_SIDE), parts)


@rule(
    "FOO051",
    "plan-uses",
    "收支预算总表：按支出用途所列各项之和应等于本年支出合计",
    basis="收支预算总表、财政拨款收支预算总表（分列支出用途的表样）：基本支出＋项目支出＋单位预留机动经费＝本年支出",
)
def plan_uses(
    summary: IncomeExpenditureSummary | None, appropriation: AppropriationSummary | None
) -> Iterator[AnyRelation]:
    """State that expenditure by use adds up to the expenditure of the year."""
    for table, column in ((summary, AMOUNT), (appropriation, TOTAL_ROW)):
        if table is None:
            continue
        parts = [within(r, column) for r in table.rows if r.side == BY_USE]
        if parts:
            total = line(table, "本年支出合计", EXPENDITURE_SIDE, column)
            yield from add_up("按用途的本年支出", total, parts)


@rule(
    "FOO052",
    "plan-split-rows",
    "收支预算总表：各类支出应等于人员经费、公用经费与项目支出之和",
    basis="收支预算总表（支出分列基本支出、项目支出的表样）：每行 合计＝人员经费＋公用经费＋项目支出",
)
def plan_split_rows(summary: IncomeExpenditureSummary) -> Iterator[AnyRelation]:
    """State for each expenditure line that its columns add up to its total."""
    if all(column in summary.columns for column in SPLIT):
        for row in summary.rows:
            if row.side == EXPENDITURE_SIDE and row.key and row.key != "本年支出合计":
                parts = [within(row, c, c.rsplit("/", 1)[-1]) for c in SPLIT]
                yield from add_up(row_name(row), within(row, AMOUNT), parts)


@rule(
    "FOO053",
    "plan-split-columns",
    "收支预算总表：支出各栏总计应等于各类支出之和",
    basis="收支预算总表（支出分列基本支出、项目支出的表样）：每栏 支出总计＝各类之和",
)
def plan_split_columns(summary: IncomeExpenditureSummary) -> Iterator[AnyRelation]:
    """State for each column of the split that the closing line is the sum of the classes."""
    for column in SPLIT:
        if column in summary.columns:
            rows = lines_before(summary, EXPENDITURE_SIDE, "本年支出合计")
            total = line(summary, "本年支出合计", EXPENDITURE_SIDE, column)
            name = f"本年支出合计 {column.rsplit('/', 1)[-1]}"
            yield from add_up(name, total, [within(r, column) for r in rows])


@rule(
    "FOO054",
    "basic-columns",
    "基本支出预算表：每行应等于人员经费与公用经费之和，各栏应自上而下相加",
    basis="基本支出预算表（人员经费、公用经费分栏的表样）：每行 合计＝人员经费＋公用经费；每栏 合计＝Σ类，类＝Σ款",
)
def basic_columns(
    basic: BasicExpenditure | None, fiscal: AppropriationBasic | None
) -> Iterator[AnyRelation]:
    """State rows across and columns down, where both kinds of cost are columns of one list."""
    for table in (basic, fiscal):
        if table is not None and set(ITEM_COLUMNS) <= set(table.columns):
            yield from cross_foot(table, (AMOUNT, *ITEM_COLUMNS))
            yield from foot_total(table, (AMOUNT, *ITEM_COLUMNS))
            yield from foot_branches(table, ITEM_COLUMNS)


@rule(
    "FOO055",
    "fiscal-basic",
    "财政拨款基本支出表、机关运行经费表：合计应等于各类之和，类级应等于款级之和",
    basis="按经济分类的预算表：合计＝Σ类，类＝Σ款",
)
def fiscal_basic(
    fiscal: AppropriationBasic | None, operating: OperatingExpenses | None
) -> Iterator[AnyRelation]:
    """State for the further tables of economic items that they add up."""
    for table in (fiscal, operating):
        if table is not None:
            if not set(ITEM_COLUMNS) <= set(table.columns):
                yield from foot_total(table, (AMOUNT,))
            yield from foot_branches(table, (AMOUNT,))


@rule(
    "FOO056",
    "fiscal-expenditure",
    "财政拨款支出表：每行应等于基本支出与项目支出之和，合计应等于各类之和，上级科目应等于下级之和",
    basis="财政拨款支出预算表（按功能分类）：每行 合计＝基本支出＋项目支出；合计＝Σ类，类＝Σ款，款＝Σ项",
)
def fiscal_expenditure(fiscal: AppropriationExpenditure) -> Iterator[AnyRelation]:
    """State rows across and columns down for appropriations by functional code."""
    columns = (*GENERAL_COLUMNS, *SPLIT[:2])
    yield from cross_foot(fiscal, GENERAL_COLUMNS)
    yield from cross_foot_printed(fiscal, ("基本支出", *SPLIT[:2]))
    yield from foot_total(fiscal, columns)
    yield from foot_branches(fiscal, columns)


@rule(
    "FOO059",
    "plan-change",
    "一般公共预算支出表：增减额应等于本年预算数减上年执行数",
    basis="一般公共预算支出表（列有上年执行数的表样）：每行 增减额＝本年预算数小计－上年执行数",
)
def plan_change(
    general: GeneralPublicExpenditure | None, fiscal: AppropriationExpenditure | None
) -> Iterator[AnyRelation]:
    """State for each row that the change is this year's budget less what last year spent."""
    for table in (general, fiscal):
        if table is None or not {EXECUTED, CHANGE} <= set(table.columns):
            continue
        for row in table.rows:
            parts = [within(row, "小计", "本年预算数"), minus(within(row, EXECUTED, EXECUTED))]
            yield from add_up(row_name(row), within(row, CHANGE, f"{row_name(row)} 增减额"), parts)


@rule(
    "FOO057",
    "purchases",
    "政府采购预算表：合计应等于货物、工程、服务之和，各项应等于所列明细之和",
    basis="政府采购支出预算表：合计＝货物＋工程＋服务；每类＝Σ所列项目；项目＝Σ采购明细",
)
def purchases(procurement: Procurement) -> Iterator[AnyRelation]:
    """State that purchases add up, level by level, wherever a level is printed."""
    kinds = printed(procurement, KINDS, AMOUNT)
    if kinds:
        yield from add_up("政府采购合计", line(procurement, TOTAL_ROW, ""), kinds)
    for row in procurement.rows:
        below = [r for r in procurement.rows if _is_below(row.key, r.key)]
        if below and row.key != TOTAL_ROW:
            parts = [within(r, AMOUNT, r.label) for r in below]
            yield from add_up(f"政府采购 {row.label}", within(row, AMOUNT, row.label), parts)


def _is_below(key: str, other: str) -> bool:
    return other.startswith(f"{key}/") and other.count("/") == key.count("/") + 1


@rule(
    "FOO058",
    "three-public-with-meetings",
    "“三公”经费、会议费、培训费表：总计应等于三者之和",
    basis="“三公”经费、会议费、培训费预算表：合计＝“三公”经费小计＋会议费＋培训费",
)
def three_public_with_meetings(three: ThreePublic) -> Iterator[AnyRelation]:
    """State that the grand total is the three public expenses with meetings and training."""
    if three.account == "budget" and three.row("总计") is not None:
        for column in three.columns:
            parts = printed(three, (TOTAL_ROW, "会议费", "培训费"), column)
            yield from add_up("“三公”经费、会议费、培训费合计", _grand(three, column), parts)


def _grand(three: Table, column: str) -> Entry:
    return line(three, "总计", "", column, "总计")
