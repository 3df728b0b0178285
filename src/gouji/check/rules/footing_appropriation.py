"""Footing of the appropriations summary (财政拨款收入支出决算总表), by line and by budget.

What it checks
    Income is the sum of the three budgets; every expenditure line is the sum of its budgets; every
    column adds down; opening balance plus income equals expenditure plus closing balance, in total
    and for each budget alone.

Why it matters
    The three budgets may not be mixed: a figure in the wrong column keeps the total and breaks the
    budget it was taken from.

For example
    卫生健康支出 合计 88.20，一般公共预算 80.00、政府性基金 7.20：两列之和为 87.20，少 1.00。

Not a violation
    A gap that rounding can explain (尾差); an opening balance printed without its three parts.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.check.entries import Entry, add_up, agree, line, no_column, not_checked, row_name, within
from gouji.check.needs import AppropriationSummary
from gouji.check.rule import rule
from gouji.check.rules.footing_summary import (
    CLOSING,
    EXPENDITURE_SIDE,
    INCOME_SIDE,
    lines_before,
)
from gouji.model.relation import AnyRelation
from gouji.model.tables import AMOUNT, TOTAL_ROW, Table

BUDGETS = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
COLUMNS = (TOTAL_ROW, *BUDGETS)
OPENING, CLOSING_BALANCE = "年初财政拨款结转和结余", "年末财政拨款结转和结余"
NOT_SPLIT = "年初财政拨款结转和结余没有分预算列示"


def printed_columns(table: Table) -> list[str]:
    """Return the expenditure columns the form prints, the total column first."""
    return [c for c in COLUMNS if c in table.columns]


def opening_parts(table: Table) -> list[Entry]:
    """Return the opening balance of each budget the form lists."""
    keys = [f"年初/{budget}" for budget in BUDGETS]
    return [
        line(table, key, INCOME_SIDE, name=f"年初结转 {key[3:]}")
        for key in keys
        if table.row(key, INCOME_SIDE) is not None
    ]


@rule(
    "FOO006",
    "appropriation-income",
    "财政拨款收支总表：本年收入合计应等于三本预算财政拨款之和",
    basis="公开04表：本年收入合计＝一般公共预算＋政府性基金预算＋国有资本经营预算财政拨款",
)
def appropriation_income(summary: AppropriationSummary) -> Iterator[AnyRelation]:
    """State that appropriations of the year are the sum of the three budgets."""
    parts = [within(r, AMOUNT) for r in lines_before(summary, INCOME_SIDE, "本年收入合计")]
    total = line(summary, "本年收入合计", INCOME_SIDE)
    yield from add_up("财政拨款本年收入合计", total, parts)


@rule(
    "FOO007",
    "appropriation-columns",
    "财政拨款收支总表：支出各行合计应等于三本预算之和",
    basis="公开04表：每行 栏2＝栏3＋栏4＋栏5",
)
def appropriation_columns(summary: AppropriationSummary) -> Iterator[AnyRelation]:
    """State for each expenditure line that its total column is the sum of the three budgets."""
    if TOTAL_ROW not in summary.columns:
        yield no_column(summary, TOTAL_ROW)
        return
    printed = [b for b in BUDGETS if b in summary.columns]
    if summary.account == "budget" and not printed:
        return
    for row in summary.rows:
        if row.side == EXPENDITURE_SIDE and row.key:
            parts = [within(row, b, b) for b in printed]
            name = f"{row_name(row)} {TOTAL_ROW}"
            yield from add_up(row_name(row), within(row, TOTAL_ROW, name), parts)


@rule(
    "FOO008",
    "appropriation-expenditure",
    "财政拨款收支总表：本年支出合计应等于各类支出之和",
    basis="公开04表：本年支出合计（行59）＝各类支出之和，栏2至栏5逐栏成立",
)
def appropriation_expenditure(summary: AppropriationSummary) -> Iterator[AnyRelation]:
    """State for each column that expenditure of the year is the sum of the classes above it."""
    rows = lines_before(summary, EXPENDITURE_SIDE, "本年支出合计")
    if summary.account == "budget" and not rows:
        return
    for column in printed_columns(summary):
        total = line(summary, "本年支出合计", EXPENDITURE_SIDE, column)
        parts = [within(r, column) for r in rows]
        yield from add_up(f"财政拨款本年支出合计 {column}", total, parts)


@rule(
    "FOO009",
    "appropriation-opening",
    "财政拨款收支总表：年初财政拨款结转和结余应等于三本预算之和",
    basis="公开04表：行28＝行29＋行30＋行31",
)
def appropriation_opening(summary: AppropriationSummary) -> Iterator[AnyRelation]:
    """State that the opening balance is the sum of its three budgets, where these are filled in."""
    total = line(summary, OPENING, INCOME_SIDE)
    parts = opening_parts(summary)
    if not _split(parts) and not total.nothing:
        yield not_checked(OPENING, NOT_SPLIT, [total])
    else:
        yield from add_up(OPENING, total, parts)


@rule(
    "FOO010",
    "appropriation-total-income",
    "财政拨款收支总表：收入总计应等于本年收入加年初结转和结余",
    basis="公开04表：总计（行32）＝本年收入合计＋年初财政拨款结转和结余",
)
def appropriation_total_income(summary: AppropriationSummary) -> Iterator[AnyRelation]:
    """State that the income side closes with income of the year and the opening balance."""
    parts = [line(summary, "本年收入合计", INCOME_SIDE), line(summary, OPENING, INCOME_SIDE)]
    total = line(summary, CLOSING, INCOME_SIDE, name="收入总计")
    yield from add_up("财政拨款收入总计", total, parts)


@rule(
    "FOO011",
    "appropriation-total-expenditure",
    "财政拨款收支总表：支出总计应等于本年支出加年末结转和结余",
    basis="公开04表：总计（行64）＝本年支出合计＋年末财政拨款结转和结余，栏2至栏5逐栏成立",
)
def appropriation_total_expenditure(summary: AppropriationSummary) -> Iterator[AnyRelation]:
    """State for each column that the expenditure side closes with the closing balance added."""
    for column in printed_columns(summary):
        parts = [
            line(summary, key, EXPENDITURE_SIDE, column)
            for key in ("本年支出合计", CLOSING_BALANCE)
        ]
        total = line(summary, CLOSING, EXPENDITURE_SIDE, column, "支出总计")
        yield from add_up(f"财政拨款支出总计 {column}", total, parts)


@rule(
    "FOO012",
    "appropriation-balance",
    "财政拨款收支总表：收入总计应等于支出总计",
    basis="公开04表：收入总计（行32）＝支出总计（行64）栏2",
)
def appropriation_balance(summary: AppropriationSummary) -> Iterator[AnyRelation]:
    """State that both sides close with the same total."""
    left = line(summary, CLOSING, INCOME_SIDE, name="财政拨款收入总计")
    right = line(summary, CLOSING, EXPENDITURE_SIDE, TOTAL_ROW, "财政拨款支出总计")
    yield from agree("财政拨款收、支总计", left, right)


@rule(
    "FOO013",
    "appropriation-budget-balance",
    "财政拨款收支总表：每本预算的收入加年初结转应等于其支出加年末结转",
    basis="公开04表：各本预算 本年收入＋年初结转和结余＝支出总计的同名栏",
)
def appropriation_budget_balance(summary: AppropriationSummary) -> Iterator[AnyRelation]:
    """State for each budget alone that income and opening balance equal its closing total."""
    openings = opening_parts(summary)
    if not _split(openings) and not line(summary, OPENING, INCOME_SIDE).nothing:
        yield not_checked("各本预算收支平衡", NOT_SPLIT)
        return
    for budget in BUDGETS:
        if budget not in summary.columns:
            continue
        parts = [line(summary, budget, INCOME_SIDE, name=f"本年收入 {budget}")]
        parts += [e for e in openings if e.name.endswith(budget)]
        total = line(summary, CLOSING, EXPENDITURE_SIDE, budget, f"支出总计 {budget}")
        yield from add_up(f"{budget}收支平衡", total, parts)


def _split(parts: list[Entry]) -> bool:
    """Tell whether any part of the opening balance is filled in."""
    return any(p.figure is not None and not p.figure.blank for p in parts)
