"""Footing of the fund and state capital tables (政府性基金、国有资本经营), with their carry-over.

What it checks
    As for the other tables of codes: rows across, classes down. Where a form prints balances:
    opening balance plus income minus expenditure is the closing balance, row by row.

Why it matters
    These are the only published tables that carry balances by item; a broken row means money that
    came from nowhere or went nowhere.

For example
    年初结转 12.00、本年收入 40.00、本年支出 45.00，年末结转却印 9.00：应为 7.00。

Not a violation
    Money recovered by the treasury or moved between budgets (收回存量资金、调出资金) breaks the
    carry-over without an error, so that relation is never more than a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.check.codes import foot_branches, foot_total
from gouji.check.entries import add_up, minus, row_name, within
from gouji.check.needs import GeneralPublicExpenditure, GovernmentFund, StateCapital
from gouji.check.rule import rule
from gouji.check.rules.footing_codes import cross_foot, cross_foot_printed
from gouji.model.relation import AnyRelation
from gouji.model.tables import TOTAL_ROW, Table

FUND_SPENT = ("本年支出/小计", "本年支出/基本支出", "本年支出/项目支出")
CAPITAL_SPENT = ("合计", "基本支出", "项目支出")
OPENING, RECEIVED, CLOSING = "年初结转和结余", "本年收入", "年末结转和结余"
BALANCES = (OPENING, RECEIVED, CLOSING)


def carry_over(table: Table, spent: str) -> Iterator[AnyRelation]:
    """State for each row that the closing balance is opening plus income minus expenditure."""
    if not all(c in table.columns for c in (*BALANCES, spent)):
        return
    for row in table.rows:
        if row.key.isdigit() or row.key == TOTAL_ROW:
            parts = [within(row, OPENING, OPENING), within(row, RECEIVED, RECEIVED)]
            parts.append(minus(within(row, spent, "本年支出")))
            name = f"{row_name(row)} {CLOSING}"
            yield from add_up(name, within(row, CLOSING, name), parts)


@rule(
    "FOO023",
    "fund-rows",
    "政府性基金表：每行本年支出应等于基本支出与项目支出之和",
    basis="公开07表：每行 栏3＝栏4＋栏5",
)
def fund_rows(fund: GovernmentFund) -> Iterator[AnyRelation]:
    """State for each row that expenditure is basic plus project expenditure."""
    yield from cross_foot(fund, FUND_SPENT, required=FUND_SPENT[1:])
    basic = FUND_SPENT[1]
    yield from cross_foot_printed(fund, (basic, "基本支出/人员经费", "基本支出/公用经费"))


@rule(
    "FOO024",
    "fund-carry-over",
    "政府性基金表：年末结转和结余应等于年初结转加本年收入减本年支出",
    basis="公开07表：每行 栏6＝栏1＋栏2－栏3（有调出资金的除外）",
    at_most="warning",
)
def fund_carry_over(fund: GovernmentFund) -> Iterator[AnyRelation]:
    """State for each row that balances carry over."""
    yield from carry_over(fund, FUND_SPENT[0])


@rule(
    "FOO025",
    "fund-total",
    "政府性基金表：合计行应等于各类科目之和",
    basis="公开07表：合计行每栏＝各“类”级科目之和",
)
def fund_total(fund: GovernmentFund) -> Iterator[AnyRelation]:
    """State for each column that the total row is the sum of the classes."""
    yield from foot_total(fund, (*FUND_SPENT, *BALANCES))


@rule(
    "FOO026",
    "fund-codes",
    "政府性基金表：类级科目应等于所属款级之和，款级应等于所属项级之和",
    basis="公开07表：类＝Σ款，款＝Σ项，逐栏成立",
)
def fund_codes(fund: GovernmentFund) -> Iterator[AnyRelation]:
    """State for each column that a row is the sum of the rows directly below it."""
    yield from foot_branches(fund, (*FUND_SPENT, *BALANCES))


@rule(
    "FOO027",
    "capital-rows",
    "国有资本经营表：每行合计应等于基本支出与项目支出之和",
    basis="公开08表：每行 栏1＝栏2＋栏3",
)
def capital_rows(capital: StateCapital) -> Iterator[AnyRelation]:
    """State for each row that expenditure is basic plus project expenditure."""
    yield from cross_foot(capital, CAPITAL_SPENT, required=CAPITAL_SPENT[1:])


@rule(
    "FOO028",
    "capital-carry-over",
    "国有资本经营表：年末结转和结余应等于年初结转加本年收入减本年支出",
    basis="公开08表（含收入、结转各栏的表样）：年末＝年初＋本年收入－本年支出",
    at_most="warning",
)
def capital_carry_over(capital: StateCapital) -> Iterator[AnyRelation]:
    """State for each row that balances carry over, where the form prints them."""
    yield from carry_over(capital, CAPITAL_SPENT[0])


@rule(
    "FOO029",
    "capital-total",
    "国有资本经营表：合计行应等于各类科目之和",
    basis="公开08表：合计行每栏＝各“类”级科目之和",
)
def capital_total(capital: StateCapital) -> Iterator[AnyRelation]:
    """State for each column that the total row is the sum of the classes."""
    yield from foot_total(capital, (*CAPITAL_SPENT, *BALANCES))


@rule(
    "FOO030",
    "capital-codes",
    "国有资本经营表：类级科目应等于所属款级之和，款级应等于所属项级之和",
    basis="公开08表：类＝Σ款，款＝Σ项，逐栏成立",
)
def capital_codes(capital: StateCapital) -> Iterator[AnyRelation]:
    """State for each column that a row is the sum of the rows directly below it."""
    yield from foot_branches(capital, (*CAPITAL_SPENT, *BALANCES))


@rule(
    "FOO031",
    "general-public-carry-over",
    "一般公共预算支出表：年末结转和结余应等于年初结转加本年收入减本年支出",
    basis="公开05表（含收入、结转各栏的表样）：年末＝年初＋本年收入－本年支出",
    at_most="warning",
)
def general_public_carry_over(general: GeneralPublicExpenditure) -> Iterator[AnyRelation]:
    """State for each row that balances carry over, where the form prints them."""
    yield from carry_over(general, "小计")
