"""Every rule has cases in fixtures/rules/<CODE>.yaml; each case is pasted text and the failing grades.

A case is checked as a reviewer would check it: read, understood, extracted, then judged by that rule
alone. `expect` lists the grades of its failing verdicts in printed order; `[]` means silence.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from gouji.check.judge import FAILING
from gouji.check.rule import Rule, all_rules
from gouji.check.run import run_rules
from gouji.extract import extract
from gouji.read import read_text
from gouji.understand import understand

FIXTURES = Path(__file__).parents[2] / "fixtures" / "rules"


def _cases() -> list[Any]:
    cases = []
    for path in sorted(FIXTURES.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        code = data.pop("rule")
        cases += [pytest.param(code, case, id=f"{code}-{name}") for name, case in data.items()]
    return cases


def _rule(code: str) -> Rule:
    return next(r for r in all_rules() if r.code == code)


@pytest.mark.parametrize(("code", "case"), _cases())
def test_a_case_yields_the_grades_it_expects(code: str, case: dict[str, Any]) -> None:
    """A rule says of each fixture text exactly what the fixture expects."""
    document = read_text(case["text"], "fixture")
    disclosure = extract(document, understand(document))
    ledger = run_rules(disclosure, [_rule(code)], strict=True)
    grades = [j.verdict.grade for j in ledger.judged if j.verdict.grade in FAILING]
    assert grades == case["expect"], [j.verdict for j in ledger.judged]


BY_MODEL = "SEM"
"""Rules of this family need a model: tests/llm/test_semantic.py has their cases."""
WITH_TEXT = [rule for rule in all_rules() if rule.family != BY_MODEL]


@pytest.mark.parametrize("rule", WITH_TEXT, ids=lambda r: r.code)
def test_every_rule_has_a_passing_and_a_failing_case(rule: Rule) -> None:
    """No rule stands without a case where it speaks and one where it is silent."""
    path = FIXTURES / f"{rule.code}.yaml"
    assert path.exists(), f"{rule.code} has no fixture file"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert data.pop("rule") == rule.code
    assert any(case["expect"] for case in data.values())
    assert any(not case["expect"] for case in data.values())
