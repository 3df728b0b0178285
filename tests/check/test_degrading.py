"""What happens when a rule fails, and when a writer repeats one slip throughout."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gouji import check_document
from gouji.check.findings import report_of
from gouji.check.rule import Rule
from gouji.check.run import run_rules
from gouji.errors import RuleCrashError
from gouji.extract import extract
from gouji.messages import Catalogue
from gouji.model.disclosure import Disclosure
from gouji.model.relation import AnyRelation, Upheld
from gouji.read import read_text
from gouji.understand import understand

TEXT = "一、收入决算情况说明\n本年收入合计 9.07 万元，比上年减少 0.71 万元，下降 7.26%。\n"


def broken_rule(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """Fail after the first relation, as a bug of ours would."""
    yield Upheld(subject="x")
    raise ZeroDivisionError(disclosure.document.name)


CRASHING = Rule("CHG999", "crash", "应不出错", "测试", "error", broken_rule)


def disclosure_of(text: str) -> Disclosure:
    document = read_text(text, "fixture")
    return extract(document, understand(document))


def test_a_rule_that_crashes_costs_that_rule_and_says_so() -> None:
    """The rest of the report stands; the crash is visible, not silent."""
    disclosure = disclosure_of(TEXT)
    ledger = run_rules(disclosure, [CRASHING])
    assert [s.rule.code for s in ledger.skipped] == ["CHG999"]
    report = report_of(disclosure, ledger, (CRASHING,), Catalogue("zh"))
    assert any("CHG999" in check.reason for check in report.checks)


def test_a_strict_run_lets_the_crash_out() -> None:
    """Tests must see the bug."""
    with pytest.raises(RuleCrashError, match="CHG999"):
        run_rules(disclosure_of(TEXT), [CRASHING], strict=True)


def test_a_slip_repeated_throughout_is_one_finding() -> None:
    """Seven placeholders in seven paragraphs are one card that lists them all."""
    lines = [f"{n}.安排会议费 XX 万元，用于第{n}次全体会议。" for n in range(1, 8)]
    report = check_document("\n".join([TEXT, *lines]) + "\n")
    cards = [f for f in report.findings if f.rule == "RES003"]
    assert len(cards) == 1
    assert "7 处" in cards[0].message
    assert len(cards[0].evidence) >= len(lines)


SLIPPED = """一般公共预算财政拨款支出决算表
单位：万元
科目编码	科目名称	小计	基本支出	项目支出
201	一般公共服务支出	100.00	60.00	40.00
20101	人大事务	70.00	40.00	30.00
2010101	行政运行	70.00	40.00	30.00
20103	政府办公厅（室）及相关机构事务	55.00	45.00	10.00
2010301	行政运行	33.00	30.00	3.00
213	农林水支出	22.00	15.00	7.00
21301	农业农村	200.00	120.00	80.00
2130104	事业运行	18.00	11.00	7.00
合计	41.00	20.00	21.00
"""


def test_a_table_nothing_was_concluded_from_is_named() -> None:
    """Misread or slipped in print, the reader must look at the table; silence would look fine."""
    report = check_document("清溪县粮食局2024年度部门决算\n第二部分 决算表\n" + SLIPPED + TEXT)
    assert [f.rule for f in report.findings if f.severity == "error"] == []
    doubted = [c.reason for c in report.checks if c.rule == "READ" and "原表错行" in c.reason]
    assert len(doubted) == 1
    assert "一般公共预算财政拨款支出决算表" in doubted[0]


def test_a_table_with_one_fault_is_not_doubted() -> None:
    """One wrong total is a finding, and the rest of its table stands."""
    sound = (
        SLIPPED.replace("70.00\t40.00\t30.00", "45.00\t15.00\t30.00")
        .replace("33.00\t30.00\t3.00", "55.00\t45.00\t10.00")
        .replace("200.00\t120.00\t80.00", "22.00\t15.00\t7.00")
        .replace("18.00\t11.00\t7.00", "22.00\t15.00\t7.00")
        .replace("41.00\t20.00\t21.00", "131.00\t75.00\t47.00")
    )
    report = check_document("清溪县粮食局2024年度部门决算\n第二部分 决算表\n" + sound + TEXT)
    assert [f.rule for f in report.findings if f.severity == "error"] != []
    assert not any("原表错行" in c.reason for c in report.checks)
