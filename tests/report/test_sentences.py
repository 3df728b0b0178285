"""What a finding says."""

from __future__ import annotations

import re
from pathlib import Path

from gouji import check_document
from gouji.check.telling.sentences import SLIPS
from tests.report.handmade import cell, equal, report, rule, wrong_base, wrong_sum


def test_a_change_finding_names_both_figures_the_arithmetic_the_slip_and_the_value() -> None:
    (finding,) = report([(rule("CHG001"), wrong_base())]).findings
    assert finding.message == (
        "增减率 7.83%（第 2 行）与本年收入 9.07 万元（第 2 行）、减少 0.71 万元不能同时成立。"
    )
    assert "0.71÷(9.07+0.71)=7.2597%" in finding.explanation
    assert "7.83% 恰为 0.71÷9.07，疑以本年数为基数。" in finding.explanation
    assert finding.suggestions == ("若增减率为 7.26%，则成立。",)
    assert finding.recomputed is not None
    assert finding.recomputed.low is not None


def test_a_sum_finding_names_the_total_the_sum_and_how_many_parts() -> None:
    (finding,) = report([(rule("SUM001"), wrong_sum())]).findings
    assert finding.message == (
        "支出：合计 9.07 万元（第 3 行）与所列 2 项之和 8.00 万元（第 3 行）不能同时成立。"
    )
    assert finding.suggestions == ("若合计为 8.00 万元，则成立。",)


def test_two_prints_of_one_quantity_say_how_far_apart_they_are() -> None:
    (finding,) = report([(rule("TXT001"), equal(cell("1.00", 1), cell("2.50", 2)))]).findings
    assert "两数相差 1.5 万元。" in finding.explanation


def test_english_sentences_carry_the_same_figures() -> None:
    (chinese,) = report([(rule("CHG001"), wrong_base())]).findings
    (english,) = report([(rule("CHG001"), wrong_base())], lang="en").findings
    assert "cannot both be true" in english.message
    assert figures_in(english.message) == figures_in(chinese.message)
    assert english.fingerprint == chinese.fingerprint


def test_every_slip_the_judge_may_name_has_a_sentence(root: Path) -> None:
    sources = (root / "src/gouji/check").rglob("*.py")
    named = {n for p in sources for n in re.findall(r'\bSlip\(\s*"(\w+)"', p.read_text("utf-8"))}
    assert named
    assert named <= SLIPS.keys()


def test_a_rate_of_execution_calls_each_amount_by_its_own_name() -> None:
    text = "2023年度项目支出绩效自评情况。项目全年预算数为120万元，预算执行数为108万元，预算执行率为85%。"
    (finding,) = [f for f in check_document(text).findings if f.rule == "CMP001"]
    assert "项目执行数 108 万元" in finding.message
    assert "除以预算数 120 万元" in finding.message


def figures_in(sentence: str) -> list[str]:
    return sorted(re.findall(r"\d+\.\d+", sentence))
