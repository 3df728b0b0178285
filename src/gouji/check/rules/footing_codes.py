"""Footing of the tables by functional code (收入决算表、支出决算表、一般公共预算支出表): both ways.

What it checks
    Across: the total column of every row is the sum of the row's columns. Down: the total row is
    the sum of the classes (类), a class the sum of its 款, a 款 the sum of its 项, in every column.

Why it matters
    A figure entered in the wrong row or column breaks exactly one row and one column: where both
    fail at one cell, that cell is the one to look at.

For example
    2080505 本年支出合计 66.10，基本支出 61.10、项目支出 4.00：两列之和为 65.10，少 1.00。

Not a violation
    A gap that rounding can explain (尾差); a class or 款 printed without rows below it; codes cut or
    printed twice, whose place in the hierarchy is not certain (those rows are not checked).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.check.codes import foot_branches, foot_total
from gouji.check.entries import add_up, column_name, nearer, no_column, row_name, within
from gouji.check.needs import Expenditure, GeneralPublicExpenditure, Income
from gouji.check.rule import rule
from gouji.model.relation import AnyRelation
from gouji.model.tables import CHANGE, EXECUTED, TOTAL_ROW, Table

INCOME_COLUMNS = (
    "本年收入合计",
    "财政拨款收入",
    "上级补助收入",
    "事业收入",
    "经营收入",
    "附属单位上缴收入",
    "其他收入",
)
"""Total column first, then its parts."""
EXPENDITURE_COLUMNS = (
    "本年支出合计",
    "基本支出",
    "项目支出",
    "上缴上级支出",
    "经营支出",
    "对附属单位补助支出",
    "单位预留机动经费",
    "结转下年资金",
)
"""The last two stand in budgets only."""
BUDGETED_INCOME = (
    "一般公共预算财政拨款收入",
    "政府性基金预算财政拨款收入",
    "国有资本经营预算财政拨款收入",
)
OWN_INCOME = ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
GENERAL_COLUMNS = ("小计", "基本支出", "项目支出")
BASIC_AND_PROJECT = ("基本支出", "项目支出")
GENERAL_SPLITS = (
    ("基本支出", "基本支出/人员经费", "基本支出/公用经费"),
    ("年初结转和结余", "年初结转和结余/基本支出结转", "年初结转和结余/项目支出结转和结余"),
    ("本年收入", "本年收入/基本支出", "本年收入/项目支出"),
    ("年末结转和结余", "年末结转和结余/基本支出结转", "年末结转和结余/项目支出结转和结余"),
    (
        "年末结转和结余/项目支出结转和结余",
        "年末结转和结余/项目支出结转",
        "年末结转和结余/项目支出结余",
    ),
)
"""Columns some forms add, each total before its parts (含收入、结转各栏的表样)."""
EVERY_GENERAL_COLUMN = tuple(
    dict.fromkeys((*GENERAL_COLUMNS, *(c for split in GENERAL_SPLITS for c in split)))
)


def cross_foot(
    table: Table, columns: Sequence[str], required: Sequence[str] = (), extra: Sequence[str] = ()
) -> Iterator[AnyRelation]:
    """State for each row that the first column is the sum of the others the form prints.

    `required` columns must be there; `extra` ones count as parts only where the total says so.
    """
    total, *parts = columns
    if table.account == "budget" and not set(parts) & set(table.columns):
        return  # 江苏等地的预算表只列合计一栏
    for needed in (total, *required):
        if needed not in table.columns:
            if not table.empty:
                yield no_column(table, needed)
            return
    printed = [c for c in parts if c in table.columns]
    for row in table.rows:
        if row.key.isdigit() or row.key == TOTAL_ROW:
            whole = within(row, total, f"{row_name(row)} {column_name(total)}")
            added = [within(row, c, c) for c in extra if c in table.columns]
            chosen = nearer(whole, [within(row, c, c) for c in printed], added)
            yield from add_up(row_name(row), whole, chosen)


def income_columns(income: Table) -> tuple[str, ...]:
    """Return the columns that add up to all income, the total first, as final account or budget.

    A budget may print 财政拨款收入 or its three budgets, 单位资金 or what it is made of.
    """
    if income.account == "final":
        return INCOME_COLUMNS
    total, fiscal = INCOME_COLUMNS[:2]
    appropriated = (fiscal,) if fiscal in income.columns else BUDGETED_INCOME
    own = ("单位资金",) if "单位资金" in income.columns else OWN_INCOME
    balances = ("使用非财政拨款结余", "年初结转和结余")
    return (total, *appropriated, "财政专户管理资金", *own, *balances)


@rule(
    "FOO014",
    "income-rows",
    "收入决算表：每行本年收入合计应等于各类收入之和",
    basis="公开02表：每行 栏1＝栏2＋栏3＋…＋栏7",
)
def income_rows(income: Income) -> Iterator[AnyRelation]:
    """State for each row that total income is the sum of its sources."""
    yield from cross_foot(income, income_columns(income), extra=("教育收费",))


@rule(
    "FOO015",
    "income-total",
    "收入决算表：合计行应等于各类科目之和",
    basis="公开02表：合计行每栏＝各“类”级科目之和",
)
def income_total(income: Income) -> Iterator[AnyRelation]:
    """State for each column that the total row is the sum of the classes."""
    yield from foot_total(income, income_columns(income))


@rule(
    "FOO016",
    "income-codes",
    "收入决算表：类级科目应等于所属款级之和，款级应等于所属项级之和",
    basis="公开02表：类＝Σ款，款＝Σ项，逐栏成立",
)
def income_codes(income: Income) -> Iterator[AnyRelation]:
    """State for each column that a row is the sum of the rows directly below it."""
    yield from foot_branches(income, income_columns(income))


@rule(
    "FOO017",
    "expenditure-rows",
    "支出决算表：每行本年支出合计应等于各类支出之和",
    basis="公开03表：每行 栏1＝栏2＋栏3＋…＋栏6",
)
def expenditure_rows(expenditure: Expenditure) -> Iterator[AnyRelation]:
    """State for each row that total expenditure is basic, project and other expenditure."""
    yield from cross_foot(expenditure, EXPENDITURE_COLUMNS, required=BASIC_AND_PROJECT)


@rule(
    "FOO018",
    "expenditure-total",
    "支出决算表：合计行应等于各类科目之和",
    basis="公开03表：合计行每栏＝各“类”级科目之和",
)
def expenditure_total(expenditure: Expenditure) -> Iterator[AnyRelation]:
    """State for each column that the total row is the sum of the classes."""
    yield from foot_total(expenditure, EXPENDITURE_COLUMNS)


@rule(
    "FOO019",
    "expenditure-codes",
    "支出决算表：类级科目应等于所属款级之和，款级应等于所属项级之和",
    basis="公开03表：类＝Σ款，款＝Σ项，逐栏成立",
)
def expenditure_codes(expenditure: Expenditure) -> Iterator[AnyRelation]:
    """State for each column that a row is the sum of the rows directly below it."""
    yield from foot_branches(expenditure, EXPENDITURE_COLUMNS)


@rule(
    "FOO020",
    "general-public-rows",
    "一般公共预算支出表：每行小计应等于基本支出与项目支出之和",
    basis="公开05表：每行 栏1＝栏2＋栏3；分列人员、公用经费或收入、结转的，也是如此",
)
def general_public_rows(general: GeneralPublicExpenditure) -> Iterator[AnyRelation]:
    """State for each row that the total is basic plus project expenditure, as are balances."""
    yield from cross_foot(general, GENERAL_COLUMNS, required=BASIC_AND_PROJECT)
    for split in GENERAL_SPLITS:
        yield from cross_foot_printed(general, split)


@rule(
    "FOO021",
    "general-public-total",
    "一般公共预算支出表：合计行应等于各类科目之和",
    basis="公开05表：合计行每栏＝各“类”级科目之和",
)
def general_public_total(general: GeneralPublicExpenditure) -> Iterator[AnyRelation]:
    """State for each column that the total row is the sum of the classes."""
    yield from foot_total(general, (*EVERY_GENERAL_COLUMN, EXECUTED, CHANGE))


@rule(
    "FOO022",
    "general-public-codes",
    "一般公共预算支出表：类级科目应等于所属款级之和，款级应等于所属项级之和",
    basis="公开05表：类＝Σ款，款＝Σ项，逐栏成立",
)
def general_public_codes(general: GeneralPublicExpenditure) -> Iterator[AnyRelation]:
    """State for each column that a row is the sum of the rows directly below it."""
    yield from foot_branches(general, (*EVERY_GENERAL_COLUMN, EXECUTED, CHANGE))


def cross_foot_printed(table: Table, columns: Sequence[str]) -> Iterator[AnyRelation]:
    """State for each row that a column is the sum of its parts, where a form prints them all."""
    if all(c in table.columns for c in columns):
        yield from cross_foot(table, columns)
