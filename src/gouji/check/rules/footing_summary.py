"""Footing of the summary table (收入支出决算总表): each closing line is the sum of the lines above.

What it checks
    Income of the year is the sum of its sources, expenditure of the year the sum of the functional
    classes; each closing total (总计) adds the balances; both closing totals are one number.

Why it matters
    The table is the first page a reader sees and every other table ties to it.

For example
    财政拨款收入 120.00、其他收入 3.50，本年收入合计却印 125.30：两项之和为 123.50，相差 1.80。

Not a violation
    A gap that rounding of the items can explain (尾差); lines a form does not print; lines after
    "其中", which are parts of the line above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.check.entries import add_up, agree, line, not_checked, within
from gouji.check.needs import IncomeExpenditureSummary
from gouji.check.rule import rule
from gouji.model.relation import AnyRelation
from gouji.model.tables import AMOUNT, Row, Table

INCOME_SIDE, EXPENDITURE_SIDE = "收入", "支出"
CLOSING = "总计"
_CHINESE = "[一二三四五六七八九十]{1,3}"
_NUMBERS = (
    re.compile(f"{_CHINESE}[、.]"),
    re.compile(rf"\({_CHINESE}\)"),
    re.compile(r"\d{1,2}[、.]"),
    re.compile(r"\(\d{1,2}\)"),
)


def lines_before(table: Table, side: str, key: str) -> list[Row]:
    """Return the item rows of a side above a row; "其中" rows are parts of another and left out.

    A budget numbers parts of a line below it (一、财政拨款收入 1.一般公共预算资金): these are left out
    too, and a closing line that stands before its parts has them below.
    """
    rows = [r for r in table.rows if r.side == side]
    at = next((i for i, r in enumerate(rows) if r.key == key), len(rows))
    if table.account == "budget" and at < len(rows) and level_of(rows[at]):
        return lines_below(rows, at)
    listed = [r for r in rows[:at] if r.key and not r.key.startswith(("其中", "年初/"))]
    return _outermost(listed) if table.account == "budget" else listed


def level_of(row: Row) -> int:
    """Return how deep the number before a line stands: 一、 1, (一) 2, 1. 3, (1) 4; 0 without one."""
    return next((n for n, mark in enumerate(_NUMBERS, 1) if mark.match(row.label)), 0)


def lines_below(rows: Sequence[Row], at: int) -> list[Row]:
    """Return the lines one level below a numbered line that stands before its parts (一、 … (一))."""
    top, below = level_of(rows[at]), 0
    found: list[Row] = []
    for row in rows[at + 1 :]:
        level = level_of(row)
        if not level or level <= top:
            break
        below = below or level
        if level == below:
            found.append(row)
    return found


def _outermost(rows: list[Row]) -> list[Row]:
    """Return the lines that are no part of another: the highest number, and those without one."""
    top = min((level for r in rows if (level := level_of(r))), default=0)
    return [r for r in rows if level_of(r) in (0, top)]


@rule(
    "FOO001",
    "summary-income",
    "收入支出决算总表：本年收入合计应等于各项收入之和",
    basis="公开01表：本年收入合计（行27）＝一般公共预算财政拨款收入＋…＋其他收入（行1至8）",
)
def summary_income(summary: IncomeExpenditureSummary) -> Iterator[AnyRelation]:
    """State that income of the year is the sum of the sources listed above it."""
    parts = [within(r, AMOUNT) for r in lines_before(summary, INCOME_SIDE, "本年收入合计")]
    total = line(summary, "本年收入合计", INCOME_SIDE)
    yield from add_up("本年收入合计", total, parts)


@rule(
    "FOO002",
    "summary-expenditure",
    "收入支出决算总表：本年支出合计应等于各类支出之和",
    basis="公开01表：本年支出合计（行58）＝各支出功能分类“类”级科目之和（行32至57）",
)
def summary_expenditure(summary: IncomeExpenditureSummary) -> Iterator[AnyRelation]:
    """State that expenditure of the year is the sum of the functional classes above it."""
    parts = [within(r, AMOUNT) for r in lines_before(summary, EXPENDITURE_SIDE, "本年支出合计")]
    total = line(summary, "本年支出合计", EXPENDITURE_SIDE)
    yield from add_up("本年支出合计", total, parts)


@rule(
    "FOO003",
    "summary-total-income",
    "收入支出决算总表：收入总计应等于本年收入加年初结转和结余及动用的结余",
    basis="公开01表：总计（行31）＝本年收入合计＋使用非财政拨款结余（含专用结余）＋年初结转和结余",
)
def summary_total_income(summary: IncomeExpenditureSummary) -> Iterator[AnyRelation]:
    """State that the income side closes with income, surplus used and the opening balance."""
    added = ("本年收入合计", "使用非财政拨款结余", "年初结转和结余")
    yield from _closing(summary, INCOME_SIDE, added)


@rule(
    "FOO004",
    "summary-total-expenditure",
    "收入支出决算总表：支出总计应等于本年支出加结余分配和年末结转和结余",
    basis="公开01表：总计（行62）＝本年支出合计＋结余分配＋年末结转和结余",
)
def summary_total_expenditure(summary: IncomeExpenditureSummary) -> Iterator[AnyRelation]:
    """State that the expenditure side closes with expenditure, distribution and closing balance."""
    yield from _closing(summary, EXPENDITURE_SIDE, ("本年支出合计", "结余分配", "年末结转和结余"))


@rule(
    "FOO005",
    "summary-balance",
    "收入支出决算总表：收入总计应等于支出总计",
    basis="公开01表：收入总计（行31）＝支出总计（行62）",
)
def summary_balance(summary: IncomeExpenditureSummary) -> Iterator[AnyRelation]:
    """State that both sides close with the same total."""
    left = line(summary, CLOSING, INCOME_SIDE, name="收入总计")
    right = line(summary, CLOSING, EXPENDITURE_SIDE, name="支出总计")
    yield from agree("收、支总计", left, right)


def _closing(table: Table, side: str, added: tuple[str, ...]) -> Iterator[AnyRelation]:
    """State a closing total; a line between that we do not know leaves the composition open."""
    subject = f"{side}总计"
    known = [line(table, key, side) for key in added if table.row(key, side) is not None]
    rows = lines_before(table, side, CLOSING)
    keys = [r.key for r in rows]
    start = keys.index(added[0]) if added[0] in keys else len(keys)
    others = [within(r, AMOUNT) for r in rows[start:] if r.key not in added]
    if unknown := [e for e in others if not e.nothing]:
        yield not_checked(subject, f"“{unknown[0].name}”一行是否计入总计不明", unknown)
    elif table.row(added[0], side) is None:
        yield not_checked(subject, f"没有读到：{added[0]}")
    else:
        yield from add_up(subject, line(table, CLOSING, side, name=subject), known)
