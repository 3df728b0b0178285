"""Tie-out of the summary to the detail tables (收入支出决算总表与收入、支出、财政拨款各表).

What it checks
    The same money printed in two tables is the same: income by source in the summary and in the
    income table, expenditure by class in the summary and in the expenditure table, appropriations
    of each budget in both summaries. What is a part never exceeds its whole.

Why it matters
    The tables come from one system; where they differ, one of them was edited or pasted from
    another version of the accounts.

For example
    收入支出决算总表 卫生健康支出 88.19，支出决算表 210 卫生健康支出 88.91：同一数印作两个。

Not a violation
    A difference of one unit in the last printed digit after conversion to 万元 (尾差); fiscal money
    below all money, since units also have business or other income.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.check.codes import classes_of, sound_codes
from gouji.check.entries import (
    Entry,
    add_up,
    agree,
    entry,
    not_checked,
    row_name,
    stay_within,
    table_name,
    total_entry,
)
from gouji.check.needs import (
    AppropriationSummary,
    Expenditure,
    GeneralPublicExpenditure,
    GovernmentFund,
    Income,
    IncomeExpenditureSummary,
    StateCapital,
)
from gouji.check.rule import rule
from gouji.check.rules.footing_appropriation import BUDGETS
from gouji.check.rules.footing_codes import GENERAL_COLUMNS, INCOME_COLUMNS
from gouji.model.relation import AnyRelation
from gouji.model.tables import AMOUNT, CLASS_OF_NAME, TOTAL_ROW, Row, Table

IN, OUT = "收入", "支出"


def class_entry(table: Table, code: str, column: str) -> Entry | None:
    """Return a class of a summary, where classes stand under their names, current or older."""
    for row in table.rows:
        if row.side == OUT and CLASS_OF_NAME.get(row.key) == code:
            return entry(table, row.key, column, OUT)
    return None


def coded(table: Table, row: Row, column: str) -> Entry:
    """Return a cell of a coded row as named among several tables."""
    return entry(table, row.key, column)


def classes_agree(
    summary: Table, column: str, detail: Table, detail_column: str
) -> Iterator[AnyRelation]:
    """State that each class has the same amount in a summary and in a detail table."""
    classes = classes_of(detail)
    if detail.account == "budget" and not (classes and column in summary.columns):
        return  # 江苏等地的预算表只按用途列示，或不分科目
    for code, row in classes.items():
        there = coded(detail, row, detail_column)
        here = class_entry(summary, code, column) or Entry(
            f"{table_name(summary)} {row.label}", None
        )
        yield from agree(row_name(row), here, there)
    for row in summary.rows:
        code = CLASS_OF_NAME.get(row.key, "")
        here = entry(summary, row.key, column, OUT)
        if row.side == OUT and code and code not in classes and not here.nothing:
            yield not_checked(row.key, f"{table_name(detail)}没有读到 {code}", [here])


@rule(
    "TIE001",
    "income-sources",
    "收入支出决算总表的各项收入应与收入决算表合计行一致",
    basis="公开01表 行27、行1至3之和、行4至8 ＝ 公开02表合计行 栏1、栏2、栏3至7",
)
def income_sources(summary: IncomeExpenditureSummary, income: Income) -> Iterator[AnyRelation]:
    """State that income in all, from appropriations, and from each other source agrees."""
    total, fiscal, *others = INCOME_COLUMNS
    opened = "年初结转和结余" in income.columns  # a budget may count what is carried over as income
    here = entry(summary, "总计" if opened else total, AMOUNT, IN)
    yield from agree(total, here, total_entry(income, total))
    if fiscal not in income.columns:
        yield from _each_budget(summary, income)
        others = [o for o in others if o in income.columns]
    else:
        yield from _fiscal(summary, income)
    for source in others:
        here = entry(summary, source, AMOUNT, IN)
        if source in income.columns or not here.nothing:
            yield from agree(source, here, total_entry(income, source))


def _each_budget(summary: Table, income: Table) -> Iterator[AnyRelation]:
    """State that income from each budget agrees, where the income table prints a column for each."""
    for budget in BUDGETS:
        source = f"{budget}收入"
        if source in income.columns:
            here = entry(summary, source, AMOUNT, IN)
            yield from agree(source, here, total_entry(income, source))


def _fiscal(summary: Table, income: Table) -> Iterator[AnyRelation]:
    """State that appropriations of the summary add up to the column of the income table."""
    fiscal = INCOME_COLUMNS[1]
    listed = (f"{b}收入" for b in BUDGETS if summary.row(f"{b}收入", IN) is not None)
    budgets = [entry(summary, key, AMOUNT, IN) for key in listed]
    if budgets or summary.account == "final":
        yield from add_up(fiscal, total_entry(income, fiscal), budgets)
    if summary.row(fiscal, IN) is not None:
        yield from agree(fiscal, entry(summary, fiscal, AMOUNT, IN), total_entry(income, fiscal))


@rule(
    "TIE002",
    "expenditure-total",
    "收入支出决算总表的本年支出合计应与支出决算表合计一致",
    basis="公开01表 本年支出合计（行58）＝公开03表 合计行 栏1",
)
def summary_expenditure_total(
    summary: IncomeExpenditureSummary, expenditure: Expenditure
) -> Iterator[AnyRelation]:
    """State that expenditure of the year agrees in both tables."""
    here = entry(summary, "本年支出合计", AMOUNT, OUT)
    yield from agree("本年支出合计", here, total_entry(expenditure, "本年支出合计"))


@rule(
    "TIE003",
    "expenditure-classes",
    "收入支出决算总表的各类支出应与支出决算表同类科目一致",
    basis="公开01表 各类支出（行32至57）＝公开03表 同名“类”级科目 栏1",
)
def summary_expenditure_classes(
    summary: IncomeExpenditureSummary, expenditure: Expenditure
) -> Iterator[AnyRelation]:
    """State that each functional class agrees in both tables."""
    yield from classes_agree(summary, AMOUNT, expenditure, "本年支出合计")


@rule(
    "TIE004",
    "budgets",
    "收入支出决算总表的三本预算财政拨款收入应与财政拨款收支总表一致",
    basis="公开01表 行1、行2、行3＝公开04表 行1、行2、行3",
)
def budgets_agree(
    summary: IncomeExpenditureSummary, appropriation: AppropriationSummary
) -> Iterator[AnyRelation]:
    """State that income from each budget agrees in both summaries."""
    for budget in BUDGETS:
        here = entry(summary, f"{budget}收入", AMOUNT, IN)
        yield from agree(f"{budget}收入", here, entry(appropriation, budget, AMOUNT, IN))


@rule(
    "TIE005",
    "fiscal-income",
    "收入决算表的财政拨款收入应与财政拨款收支总表本年收入合计一致",
    basis="公开02表 合计行 栏2＝公开04表 本年收入合计（行27）",
)
def fiscal_income(income: Income, appropriation: AppropriationSummary) -> Iterator[AnyRelation]:
    """State that appropriations of the year agree in both tables."""
    if income.account == "budget" and "财政拨款收入" not in income.columns:
        return
    there = entry(appropriation, "本年收入合计", AMOUNT, IN)
    yield from agree("财政拨款收入", total_entry(income, "财政拨款收入"), there)


@rule(
    "TIE006",
    "general-within-all",
    "一般公共预算支出表的各科目支出应不超过支出决算表同一科目",
    basis="公开05表 各科目 合计、基本支出、项目支出 ≤ 公开03表 同一科目的同名栏",
)
def general_within_all(
    general: GeneralPublicExpenditure, expenditure: Expenditure
) -> Iterator[AnyRelation]:
    """State for each code and column that general public money does not exceed all money."""
    pairs = tuple(zip(GENERAL_COLUMNS, ("本年支出合计", *GENERAL_COLUMNS[1:]), strict=True))
    rows = [r for r in (general.row(TOTAL_ROW), *sound_codes(general).values()) if r is not None]
    found = {TOTAL_ROW, *sound_codes(expenditure)}
    if expenditure.account == "budget" and len(found) == 1:
        rows = rows[:1]
    for row in rows:
        if row.key not in found:
            yield not_checked(row_name(row), f"{table_name(expenditure)}没有读到 {row.key}")
            continue
        for column, whole in pairs:
            if general.account == "budget" and column not in general.columns:
                continue
            subject = f"{row_name(row)} {whole}"
            part = entry(general, row.key, column)
            yield from stay_within(subject, [part], entry(expenditure, row.key, whole))


@rule(
    "TIE007",
    "general-total",
    "财政拨款收支总表的一般公共预算支出应与一般公共预算支出表合计一致",
    basis="公开04表 本年支出合计（行59）栏3＝公开05表 合计行 栏1",
)
def general_total(
    appropriation: AppropriationSummary, general: GeneralPublicExpenditure
) -> Iterator[AnyRelation]:
    """State that general public expenditure agrees in both tables."""
    if appropriation.account == "budget" and BUDGETS[0] not in appropriation.columns:
        return
    here = entry(appropriation, "本年支出合计", BUDGETS[0], OUT)
    yield from agree("一般公共预算财政拨款支出", here, total_entry(general, GENERAL_COLUMNS[0]))


@rule(
    "TIE008",
    "general-classes",
    "财政拨款收支总表一般公共预算栏的各类支出应与一般公共预算支出表一致",
    basis="公开04表 各类支出 栏3＝公开05表 同名“类”级科目 栏1",
)
def general_classes(
    appropriation: AppropriationSummary, general: GeneralPublicExpenditure
) -> Iterator[AnyRelation]:
    """State that each functional class agrees in both tables."""
    yield from classes_agree(appropriation, BUDGETS[0], general, GENERAL_COLUMNS[0])


@rule(
    "TIE009",
    "fund",
    "财政拨款收支总表的政府性基金各数应与政府性基金表合计行一致",
    basis="公开04表 行2、行30、行59栏4、行60栏4＝公开07表 合计行 栏2、栏1、栏3、栏6",
)
def fund_agrees(appropriation: AppropriationSummary, fund: GovernmentFund) -> Iterator[AnyRelation]:
    """State that income, expenditure and balances of the funds agree in both tables."""
    columns = ("年初结转和结余", "本年收入", "本年支出/小计", "年末结转和结余")
    yield from _budget_agrees(appropriation, BUDGETS[1], fund, columns)


@rule(
    "TIE010",
    "capital",
    "财政拨款收支总表的国有资本经营预算各数应与国有资本经营表合计行一致",
    basis="公开04表 本年支出合计（行59）栏5＝公开08表 合计行 栏1；表样有收入、结转的同",
)
def capital_agrees(
    appropriation: AppropriationSummary, capital: StateCapital
) -> Iterator[AnyRelation]:
    """State that expenditure of the state capital budget agrees, and balances where printed."""
    columns = ("年初结转和结余", "本年收入", "合计", "年末结转和结余")
    yield from _budget_agrees(appropriation, BUDGETS[2], capital, columns)


@rule(
    "TIE011",
    "fiscal-within-all",
    "财政拨款收支总表的各类支出应不超过支出决算表同类科目",
    basis="公开04表 各类支出 栏2 ≤ 公开03表 同名“类”级科目 栏1",
)
def fiscal_within_all(
    appropriation: AppropriationSummary, expenditure: Expenditure
) -> Iterator[AnyRelation]:
    """State for each class, and in total, that fiscal money does not exceed all money."""
    here = entry(appropriation, "本年支出合计", TOTAL_ROW, OUT)
    yield from stay_within("本年支出合计", [here], total_entry(expenditure, "本年支出合计"))
    for code, row in classes_of(expenditure).items():
        part = class_entry(appropriation, code, TOTAL_ROW)
        if part is not None:
            yield from stay_within(row_name(row), [part], coded(expenditure, row, "本年支出合计"))


@rule(
    "TIE012",
    "budgets-within-all",
    "三本预算的支出之和应不超过支出决算表合计",
    basis="公开03表 合计行 栏1 ≥ 公开05表、07表、08表本年支出合计之和",
)
def budgets_within_all(
    expenditure: Expenditure,
    general: GeneralPublicExpenditure,
    fund: GovernmentFund | None,
    capital: StateCapital | None,
) -> Iterator[AnyRelation]:
    """State that the detail tables of the three budgets together stay within all expenditure."""
    parts = [total_entry(general, GENERAL_COLUMNS[0])]
    if fund is not None:
        parts.append(total_entry(fund, "本年支出/小计"))
    if capital is not None:
        parts.append(total_entry(capital, "合计"))
    filled = [p for p in parts if p.figure is not None]
    whole = total_entry(expenditure, "本年支出合计")
    yield from stay_within("三本预算支出之和", filled or parts, whole)


@rule(
    "TIE013",
    "all-money-fiscal",
    "资金全部来自财政拨款时，本年支出合计应与财政拨款支出合计一致",
    basis="公开01表总计＝公开04表总计时，公开03表 合计行 栏1＝公开04表 本年支出合计（行59）栏2",
    at_most="warning",
)
def all_money_fiscal(
    summary: IncomeExpenditureSummary,
    appropriation: AppropriationSummary,
    expenditure: Expenditure,
) -> Iterator[AnyRelation]:
    """State that all expenditure is fiscal where both summaries close with the same total."""
    every, fiscal = (entry(t, "总计", AMOUNT, IN).figure for t in (summary, appropriation))
    if every is None or fiscal is None or every.base != fiscal.base or every.blank:
        return
    there = entry(appropriation, "本年支出合计", TOTAL_ROW, OUT)
    yield from agree("本年支出合计", total_entry(expenditure, "本年支出合计"), there)


def _budget_agrees(
    appropriation: Table, budget: str, detail: Table, columns: tuple[str, str, str, str]
) -> Iterator[AnyRelation]:
    """State opening balance, income, expenditure and closing balance of one budget."""
    ours = (
        (f"年初/{budget}", AMOUNT, IN),
        (budget, AMOUNT, IN),
        ("本年支出合计", budget, OUT),
        ("年末财政拨款结转和结余", budget, OUT),
    )
    for (key, our_column, side), column in zip(ours, columns, strict=True):
        if column in detail.columns:
            here = entry(appropriation, key, our_column, side)
            yield from agree(f"{budget} {column}", here, total_entry(detail, column))
