"""Tie-out: what must agree between the published tables, and what need not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji.check.judge import FAILING, judge
from gouji.check.rule import all_rules
from gouji.check.run import run_rules
from gouji.model.figure import WAN_YUAN, YUAN, Figure
from gouji.model.outline import TableKind
from gouji.model.relation import AtMost
from gouji.model.tables import Table
from tests.check.published import (
    SMALL,
    Accounts,
    Balance,
    Item,
    disclosure,
    printed,
    reprint,
    table_of,
    with_figure,
)

RULES = {r.code: r for r in all_rules() if r.family == "TIE"}
FISCAL = Accounts((Item("2080505", 612_345), Item("2210201", 432_100)), Balance(), Balance(), {})
"""A unit with fiscal money only: pension and housing fund."""


def failing(tables: tuple[Table, ...], code: str) -> list[tuple[str, str]]:
    """Return (subject, grade) of what fails under one rule."""
    judged = run_rules(disclosure(tables), [RULES[code]]).judged
    return [
        (j.verdict.relation.subject, j.verdict.grade) for j in judged if j.verdict.grade in FAILING
    ]


def changed(
    tables: tuple[Table, ...], kind: TableKind, cell: tuple[str, str, str], text: str
) -> tuple[Table, ...]:
    """Return the tables with another amount printed in one cell (row, column, side)."""
    key, column, side = cell
    old = table_of(kind, tables).get(key, column, side)
    assert old is not None
    return with_figure(tables, old, reprint(old, text))


@pytest.mark.parametrize(
    ("code", "kind", "cell"),
    [
        ("TIE001", "income", ("合计", "其他收入", "")),
        ("TIE001", "income", ("合计", "财政拨款收入", "")),
        ("TIE002", "expenditure", ("合计", "本年支出合计", "")),
        ("TIE003", "income_expenditure_summary", ("农林水支出", "金额", "支出")),
        ("TIE004", "appropriation_summary", ("政府性基金预算财政拨款", "金额", "收入")),
        ("TIE005", "appropriation_summary", ("本年收入合计", "金额", "收入")),
        ("TIE007", "general_public_expenditure", ("合计", "小计", "")),
        ("TIE008", "general_public_expenditure", ("213", "小计", "")),
        ("TIE009", "government_fund", ("合计", "年末结转和结余", "")),
        ("TIE014", "basic_expenditure", ("人员经费合计", "金额", "")),
    ],
)
def test_the_same_money_in_two_tables_agrees(
    code: str, kind: TableKind, cell: tuple[str, str, str]
) -> None:
    """Another amount in either table is reported once."""
    tables = printed(SMALL)
    assert failing(tables, code) == []
    assert [grade for _, grade in failing(changed(tables, kind, cell, "12.34"), code)] == ["broken"]


@pytest.mark.parametrize(
    ("code", "kind", "cell"),
    [
        ("TIE006", "general_public_expenditure", ("2010399", "基本支出", "")),
        ("TIE011", "appropriation_summary", ("农林水支出", "合计", "支出")),
        ("TIE012", "government_fund", ("合计", "本年支出/小计", "")),
        ("TIE015", "basic_expenditure", ("30217", "金额", "")),
        ("TIE017", "three_public", ("公务用车保有量", "决算数", "")),
    ],
)
def test_a_part_above_its_whole_turns_the_statement_over(
    code: str, kind: TableKind, cell: tuple[str, str, str]
) -> None:
    """More in the part than in the whole is gross; less is normal."""
    tables = printed(replace(SMALL, economic={"30217": 11_111}))
    assert failing(tables, code) == []
    over = changed(tables, kind, cell, "99999")
    assert [grade for _, grade in failing(over, code)] == ["gross"]
    assert failing(changed(tables, kind, cell, "0"), code) == []


def test_tables_in_yuan_tie_to_tables_in_wan_yuan() -> None:
    """Units may differ from table to table; the coarser digits are the tolerance."""
    coarse, fine = printed(SMALL, WAN_YUAN), printed(SMALL, YUAN)
    mixed = (coarse[0], fine[1], coarse[2], fine[3], fine[4], coarse[5], fine[6], *coarse[7:])
    judged = run_rules(disclosure(mixed), RULES.values()).judged
    assert {j.verdict.grade for j in judged} <= {"holds", "holds_by_rounding"}


def test_a_class_that_differs_by_one_last_digit_is_a_tail() -> None:
    """Tables converted to 万元 apart from each other may differ by one digit."""
    tables = printed(SMALL)
    old = table_of("income_expenditure_summary", tables).get("农林水支出", "金额", "支出")
    assert isinstance(old, Figure)
    near = with_figure(tables, old, reprint(old, str(old.value + old.ulp / old.factor)))
    assert [g for _, g in failing(near, "TIE003")] == ["last_digit"]


def test_older_class_names_tie_to_their_code() -> None:
    """医疗卫生与计划生育支出 is 210 in a summary that kept last decade's names."""
    accounts = replace(SMALL, items=(*SMALL.items, Item("2101101", project=500_000)))
    tables = printed(accounts)
    summary = table_of("income_expenditure_summary", tables)
    rows = tuple(
        replace(r, key="医疗卫生与计划生育支出") if r.key == "卫生健康支出" else r
        for r in summary.rows
    )
    renamed = tuple(replace(summary, rows=rows, _index={}) if t is summary else t for t in tables)
    judged = run_rules(disclosure(renamed), [RULES["TIE003"]]).judged
    assert [j.verdict.relation.subject[:3] for j in judged] == ["201", "210", "213"]
    assert {j.verdict.grade for j in judged} == {"holds"}


def test_a_class_in_the_summary_only_is_not_checked() -> None:
    """An amount whose row was not read in the other table cannot be compared."""
    tables = printed(SMALL)
    cell = ("教育支出", "金额", "支出")
    judged = run_rules(
        disclosure(changed(tables, "income_expenditure_summary", cell, "3.00")), [RULES["TIE003"]]
    ).judged
    assert [j.verdict.reason for j in judged if j.verdict.grade == "not_checked"] == [
        "支出决算表没有读到 205"
    ]


def test_all_money_is_fiscal_only_where_both_summaries_close_alike() -> None:
    """Equality of all and fiscal expenditure is stated only where no other money exists."""
    assert run_rules(disclosure(printed(SMALL)), [RULES["TIE013"]]).judged == ()
    fiscal = printed(FISCAL)
    assert failing(fiscal, "TIE013") == []
    less = changed(fiscal, "appropriation_summary", ("本年支出合计", "合计", "支出"), "0.40")
    assert [g for _, g in failing(less, "TIE013")] == ["broken"]
    assert RULES["TIE013"].at_most == "warning"


def test_economic_and_functional_codes_differ_by_habit() -> None:
    """Social insurance booked elsewhere is no more than a note, and nothing without the item."""
    tables = printed(replace(FISCAL, economic={"30108": 612_345, "30113": 400_000}))
    found = failing(tables, "TIE016")
    assert found == [("30113 科目30113", "broken")]
    assert RULES["TIE016"].at_most == "note"
    assert failing(printed(replace(SMALL, economic={"30108": 500_000})), "TIE016") == []


def test_medical_insurance_may_hold_the_subsidy_of_civil_servants() -> None:
    """30110 with or without 30111 covers the items of 21011."""
    items = (Item("2101101", basic=300_000), Item("2101103", basic=50_000))
    together = printed(Accounts(items, Balance(), Balance(), {"30110": 350_000}))
    apart = printed(Accounts(items, Balance(), Balance(), {"30110": 300_000, "30111": 50_000}))
    assert failing(together, "TIE016") == failing(apart, "TIE016") == []


def test_three_public_expenses_may_exceed_what_basic_expenditure_paid() -> None:
    """Project money pays for vehicles too: the economic table is a part, never the whole."""
    judged = run_rules(disclosure(printed(SMALL)), [RULES["TIE015"]]).judged
    assert all(isinstance(j.verdict.relation, AtMost) for j in judged)
    assert not [j for j in judged if judge(j.verdict.relation).grade in FAILING]


def test_a_nil_fund_table_ties_to_empty_cells_of_the_summary() -> None:
    """A printed zero equals an empty cell; money in one table only does not."""
    tables = printed(FISCAL)
    zero = changed(
        tables, "appropriation_summary", ("本年支出合计", "政府性基金预算财政拨款", "支出"), "0.00"
    )
    assert failing(zero, "TIE009") == []
    some = changed(
        tables, "appropriation_summary", ("本年支出合计", "政府性基金预算财政拨款", "支出"), "5.00"
    )
    assert [g for _, g in failing(some, "TIE009")] == ["broken"]
