"""Ambiguous binding gives no verdict: a wrong reading is told from a wrong figure by arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("jinja2", reason="the llm extra is not installed")

from gouji import check_document
from gouji.extract.by_model import read_further
from gouji.llm.port import Request
from gouji.llm.scripted import Scripted
from gouji.model.claim import Change
from gouji.model.disclosure import Disclosure
from gouji.model.report import Report
from gouji.pipeline import extract_document
from tests.llm.readers import lines_of, numbers_of, says

HEAD = "2024年度部门决算\n"


def roles(kind: str, *names: str, **other: Any) -> Callable[[Request], dict[str, Any]]:  # noqa: ANN401 (fields of an answer)
    """Return a model that gives the numbers of each marked line these roles, "" for none."""

    def answer(request: Request) -> dict[str, Any]:
        claims = []
        for line, text in lines_of(request):
            numbers = numbers_of(text)
            said = {n: number for n, number in zip(names, numbers, strict=True) if n}
            claims.append({"line": line, "kind": kind, **other, **said})
        return {"claims": claims}

    return answer


def read(text: str, answer: Callable[[Request], dict[str, Any]]) -> tuple[Disclosure, Report]:
    model = Scripted(says("claims", answer))
    found = read_further(extract_document(HEAD + text), model, "hybrid")
    return found, check_document(HEAD + text, model=model)


def dropped(report: Report) -> dict[str, int]:
    assert report.model_use is not None
    return dict(report.model_use.dropped)


SPENT = "办公费年初盘子4697.18万元，实打实花去2348.59万元，花去了{}%。\n"


def test_budget_and_spending_turned_round_are_no_misprinted_rate() -> None:
    turned = roles(
        "completion", "value", "base_value", "rate", subject="办公费", cue="花去了", base="budget"
    )
    right = roles(
        "completion", "base_value", "value", "rate", subject="办公费", cue="花去了", base="budget"
    )
    _, report = read(SPENT.format("50.00"), turned)
    assert (report.findings, dropped(report)) == ((), {"other_reading_holds": 1})
    _, report = read(SPENT.format("50.00"), right)
    assert (report.findings, dropped(report)) == ((), {})
    _, report = read(SPENT.format("57.00"), right)
    assert [f.rule for f in report.findings] == ["CMP001"]


def test_a_rise_called_a_completion_is_no_finding() -> None:
    text = "水利项目落到556.97万元，从上年掉下来274.33万元，掉了33.00%。\n"
    called = roles(
        "completion", "value", "base_value", "rate", subject="水利项目", cue="掉了", base="budget"
    )
    _, report = read(text, called)
    assert (report.findings, dropped(report)) == ((), {"other_reading_holds": 1})


def test_a_rate_on_this_years_figure_is_still_a_finding() -> None:
    """The commonest slip looks like a share; the cue says that it is a rise."""
    text = "本年收入9.07万元，较之上一年多花了0.71万元，涨了7.83%。\n"
    said = roles(
        "change", "value", "change", "rate", subject="本年收入", cue="多花了", direction="up", base="prior_year"
    )  # fmt: skip
    _, report = read(text, said)
    assert [f.rule for f in report.findings] == ["CHG001"]


def test_an_amount_between_a_statements_own_is_not_passed_over() -> None:
    text = "整块资金1640.42万元之中，绿化养护1246.72万元，得了76.00%。\n"
    said = roles(
        "share", "value", "", "rate", subject="整块资金", cue="得了", whole_name="整块资金"
    )
    _, report = read(text, said)
    assert dropped(report) == {"number_passed_over": 1}


def test_a_prior_figure_that_is_not_printed_is_left_out() -> None:
    """A small model puts the current figure there, or one it has worked out: the change stands without."""
    text = "本年收入9.07万元，较之上一年多花了0.71万元，涨了8.49%。\n"
    for prior in ({"id": "n1", "text": "9.07万元"}, {"id": "n2", "text": "8.36万元"}):
        said = roles(
            "change", "value", "change", "rate", subject="本年收入", cue="多花了", direction="up",
            base="prior_year", base_value=prior, whole=prior, whole_name="全部",
        )  # fmt: skip
        found, report = read(text, said)
        (claim,) = (c for c in found.of(Change) if c.id == "m1")
        assert claim.base.figure is None
        assert (report.findings, dropped(report)) == ((), {})
