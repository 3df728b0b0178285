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
