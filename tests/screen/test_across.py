"""Documents of one unit are held against each other, and only where they belong together.

Every rule has cases in fixtures/across/<CODE>.yaml: pasted documents, and the failing grades.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from gouji.check.judge import FAILING
from gouji.messages import Catalogue
from gouji.pipeline import examine
from gouji.screen.across.compare import Compared, compare, judge_group
from gouji.screen.across.pairs import pair
from gouji.screen.across.paper import Paper, paper_of
from gouji.screen.across.rulebook import across_rules

FIXTURES = Path(__file__).parents[2] / "fixtures" / "across"

BEFORE = """{unit}2022年度部门决算

一、收入支出决算总体情况说明
2022年度收、支总计1130.93万元，比上年增加30.00万元，增长2.72%。
本年支出合计1100.00万元。年末结转和结余30.93万元。

六、机关运行经费支出情况
机关运行经费支出58.09万元。

三、“三公”经费支出决算情况说明
公务接待费支出决算为0.80万元。
"""
NOW = """{unit}2023年度部门决算

一、收入支出决算总体情况说明
2023年度收、支总计804.43万元，比上年减少{change}万元，下降{rate}%。
年初结转和结余30.93万元。

六、机关运行经费支出情况
机关运行经费支出56.09万元，比上年减少2.00万元，下降3.44%。

三、“三公”经费支出决算情况说明
公务接待费支出决算为0.80万元，与上年持平。
"""
UNIT = "青川县水利局"


def papers(*texts: str) -> list[Paper]:
    """Read pasted documents; their names tell them apart."""
    return [
        paper_of(examine(text, name=f"文件{at}.txt"), f"paper-{at}")
        for at, text in enumerate(texts)
    ]


def now(unit: str = UNIT, change: str = "299.50", rate: str = "27.13", more: str = "") -> str:
    """Return this year's account; last year's total would be 1103.93."""
    return NOW.format(unit=unit, change=change, rate=rate) + more


def before(unit: str = UNIT, more: str = "") -> str:
    """Return last year's account; its total is 1130.93."""
    return BEFORE.format(unit=unit) + more


def compared(*texts: str) -> Compared:
    return compare(papers(*texts))


def _cases() -> list[Any]:
    cases = []
    for path in sorted(FIXTURES.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        code = data.pop("rule")
        cases += [pytest.param(code, case, id=f"{code}-{name}") for name, case in data.items()]
    return cases


@pytest.mark.parametrize(("code", "case"), _cases())
def test_a_case_yields_the_grades_it_expects(code: str, case: dict[str, Any]) -> None:
    groups = pair(papers(*case["documents"])).groups
    judged = [j for group in groups for j in judge_group(group) if j.rule.code == code]
    assert [j.verdict.grade for j in judged if j.verdict.grade in FAILING] == case["expect"]


@pytest.mark.parametrize("code", [r.code for r in across_rules()])
def test_every_rule_has_a_passing_and_a_failing_case(code: str) -> None:
    data = yaml.safe_load((FIXTURES / f"{code}.yaml").read_text(encoding="utf-8"))
    assert data.pop("rule") == code
    assert any(case["expect"] for case in data.values())
    assert any(not case["expect"] for case in data.values())


def test_a_finding_names_both_documents_and_both_figures() -> None:
    (found,) = compared(before(), now()).findings
    finding = found.finding
    assert (found.unit, found.year, found.papers) == (UNIT, 2023, ("paper-1", "paper-0"))
    assert (finding.rule, finding.grade, finding.severity) == ("XDC001", "broken", "error")
    assert {e.document for e in finding.evidence} == {"文件0.txt", "文件1.txt"}
    assert {e.value for e in finding.evidence} >= {"1130.93", "804.43", "299.50"}
    for said in ("《文件0.txt》", "《文件1.txt》", "1130.93 万元", "1103.93 万元"):
        assert said in finding.message
    assert all(e.quote for e in finding.evidence)


def test_the_message_has_its_english() -> None:
    result = compare(papers(before(), now()), Catalogue("en"))
    assert "cannot both be true" in result.findings[0].finding.message


def test_accounts_that_agree_yield_nothing_and_the_ledger_says_what_was_judged() -> None:
    result = compared(before(), now(change="326.50", rate="28.87"))
    assert result.findings == ()
    judged = {rule for rule, grade, _ in result.verdicts if grade in ("holds", "holds_by_rounding")}
    assert judged == {"XDC001", "XDC002"}


def test_neither_the_order_nor_the_names_of_the_documents_change_a_fingerprint() -> None:
    one = compare(papers(before(), now())).findings[0].finding.fingerprint
    two = compare(list(reversed(papers(before(), now())))).findings[0].finding.fingerprint
    other = compare([paper_of(examine(t, name=f"改名{len(t)}")) for t in (before(), now())])
    assert one == two == other.findings[0].finding.fingerprint


def test_a_year_restated_by_the_accounts_own_words_is_a_note_at_most() -> None:
    said = "\n二、其他说明\n上年决算数已按本年口径进行了追溯调整，与上年公开数不同。\n"
    result = compared(before(), now(more=said))
    assert {a.finding.severity for a in result.findings} == {"note"}


def test_a_reorganised_unit_is_a_warning_at_most() -> None:
    said = "\n二、其他说明\n本单位于2023年由两家单位合并组建。\n"
    result = compared(before(), now(more=said))
    assert {a.finding.severity for a in result.findings} == {"warning"}


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (UNIT, "青川县水务局"),
        ("实验小学", "实验小学"),
        ("青川县人民政府办公室", "青川县委办公室"),
    ],
)
def test_documents_of_other_or_unsure_units_are_not_compared(earlier: str, later: str) -> None:
    result = compared(before(earlier), now(later))
    assert result.groups == 0
    assert result.findings == ()


def test_a_department_is_not_compared_with_its_own_office() -> None:
    own_office = before(f"{UNIT}（本级）").replace("部门决算", "单位决算")
    assert compared(own_office, now()).groups == 0


def test_two_years_apart_is_not_the_year_before() -> None:
    assert compared(before().replace("2022", "2021"), now()).groups == 0


def test_a_second_version_with_other_figures_leaves_no_pair_of_years_and_says_so() -> None:
    other = before().replace("1130.93", "1140.93")
    result = compared(before(), other, now())
    assert {a.finding.rule for a in result.findings} == {"XDC005"}
    assert [u.reason for u in result.unpaired]


def test_two_forms_of_one_report_with_the_same_figures_count_as_one() -> None:
    """A PDF and its text, or a page published again."""
    result = compared(before(), before(more="\n补充说明。\n"), now())
    assert [a.finding.rule for a in result.findings] == ["XDC001"]


def test_one_gap_that_runs_through_every_total_is_one_finding() -> None:
    more = "\n二、支出决算情况说明\n本年支出合计{}万元，比上年增加10.00万元，增长{}%。\n"
    later = now(more=more.format("1083.00", "0.93"))
    result = compared(before(), later.replace("1130.93", "1103.93"))
    (found,) = [a.finding for a in result.findings if a.finding.rule == "XDC001"]
    assert "同样的差额还见于" in found.message
    assert {"1130.93", "1100.00"} <= {e.value for e in found.evidence}


def test_the_same_file_handed_in_twice_is_one_document() -> None:
    texts: Sequence[str] = (before(), now())
    twice = [*papers(*texts), *papers(*texts)]
    assert len(compare(twice).findings) == len(compare(papers(*texts)).findings) == 1


def test_where_most_disagrees_one_finding_says_that_the_documents_differ_in_scope() -> None:
    other = before()
    for figure, wrong in (("1130.93", "2130.93"), ("58.09", "88.09"), ("0.80", "1.80"),
                          ("30.93万元。", "77.77万元。")):  # fmt: skip
        other = other.replace(figure, wrong)
    more = "\n二、支出决算情况说明\n本年支出合计800.00万元，比上年减少10.00万元，下降1.23%。\n"
    result = compared(other, now(more=more))
    merged = [a for a in result.findings if a.finding.rule == "XDC001"]
    assert len(merged) == 1
    assert merged[0].finding.severity == "warning"
    assert "范围或口径可能不同" in merged[0].finding.message
