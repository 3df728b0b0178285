"""What a document says of money, this year and the year before, becomes facts that can be kept."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from gouji.pipeline import examine
from gouji.screen.fact import Fact
from gouji.screen.facts import facts_of
from gouji.screen.facts_record import fact_from, record_of

REPORT = """青川县水利局2023年度部门决算

第一部分 部门决算情况说明

一、收入支出决算总体情况说明
2023年度收、支总计804.43万元，与上年度相比，收、支总计各减少299.50万元，下降27.13%。

二、一般公共预算财政拨款支出决算情况说明
2023年度一般公共预算财政拨款支出年初预算为700.00万元，支出决算为750.00万元，完成年初预算的107.14%。

三、“三公”经费支出决算情况说明
“三公”经费支出决算为2.00万元，与上年持平。
公务接待费支出决算为0.50万元，比上年下降20.00%。
因公出国(境)费支出决算为0.00万元，剔除一次性因素比上年减少1.00万元。

四、机关运行经费支出情况
机关运行经费支出56.09万元，较2022年的58.09万元减少2.00万元，下降3.44%。

五、政府采购支出情况
政府采购支出总额4.20万元，比2021年减少1.00万元。
"""


@pytest.fixture(scope="module")
def facts() -> tuple[Fact, ...]:
    return facts_of(examine(REPORT))


def _one(facts: tuple[Fact, ...], item: str, year: int, measure: str = "final") -> Fact:
    (found,) = (f for f in facts if (f.item, f.year, f.measure) == (item, year, measure))
    return found


def test_a_rise_or_fall_implies_last_years_figure_within_an_interval(
    facts: tuple[Fact, ...],
) -> None:
    """804.43 + 299.50 万元: half a unit of each last place either way."""
    fact = _one(facts, "收支总计", 2022)
    assert (fact.source, fact.told, fact.entity) == ("implied", "change", "青川县水利局")
    assert fact.value == Decimal(11039300)
    assert (fact.interval.low, fact.interval.high) == (Decimal(11039200), Decimal(11039400))
    assert [t.role for t in fact.terms] == ["value", "change", "rate"]
    assert "299.50" in fact.quote


def test_no_change_implies_the_same_figure_and_a_bare_rate_implies_no_amount(
    facts: tuple[Fact, ...],
) -> None:
    flat, rate = _one(facts, "三公经费", 2022), _one(facts, "公务接待费", 2022)
    assert (flat.told, flat.value) == ("flat", Decimal(20000))
    assert (rate.told, rate.value, rate.interval.low) == ("rate", None, None)


def test_last_years_figure_is_taken_as_printed_where_it_is_printed(
    facts: tuple[Fact, ...],
) -> None:
    found = [f for f in facts if (f.item, f.year) == ("机关运行经费", 2022)]
    assert {f.source for f in found} == {"printed"}
    assert {f.value for f in found} == {Decimal(580900)}


def test_a_year_made_comparable_and_a_year_longer_ago_are_not_the_year_before(
    facts: tuple[Fact, ...],
) -> None:
    """剔除… is another quantity than the one published; 2021 is not the year before 2023."""
    assert not [f for f in facts if f.year != 2023 and f.item in ("因公出国(境)费", "政府采购支出")]


def test_the_budget_at_the_start_of_the_year_is_a_fact_of_its_own(facts: tuple[Fact, ...]) -> None:
    fact = _one(facts, "一般公共预算财政拨款支出", 2023, "initial_budget")
    assert fact.value == Decimal(7000000)


def test_a_table_gives_facts_by_item_and_by_code_with_their_cells() -> None:
    facts = facts_of(examine("fixtures/documents/yuan-clean/report.pdf"))
    in_tables = [f for f in facts if f.told == "table"]
    opening = next(f for f in in_tables if f.item == "年初结转和结余")
    assert all((opening.page, opening.bbox, opening.row, opening.table, opening.column))
    codes = {f.item for f in in_tables if f.scope == "all" and f.item.isdigit()}
    assert any(len(code) == 7 for code in codes)


def test_a_fact_is_the_same_after_it_was_kept(facts: tuple[Fact, ...]) -> None:
    for fact in facts:
        kept = json.loads(json.dumps(record_of(fact), ensure_ascii=False))
        assert fact_from(kept) == fact


def test_a_document_without_a_fiscal_year_gives_no_facts() -> None:
    assert facts_of(examine("本年收入合计10.00万元，比上年减少1.00万元，下降9.09%。")) == ()
