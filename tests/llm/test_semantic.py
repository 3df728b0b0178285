"""SEM rules: two quotes that both stand in the document, or nothing; a warning at most."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytest.importorskip("jinja2", reason="the llm extra is not installed")

from gouji import check_document
from gouji.check.rule import all_rules
from gouji.extract.by_model.semantic import fit_to_print
from gouji.llm.port import Request
from gouji.llm.scripted import Scripted
from gouji.model.reading import Engine
from gouji.model.report import Finding, Report
from tests.llm.readers import says

TEXT = """云岫市青屏区水务局2024年度部门决算
本年收入9.07万元，比上年减少0.71万元，下降7.26%。
全部项目均按期完工，达到预期目标。
河道清淤项目因征地受阻，尚未开工。
培训费减少0.50万元，主要原因是增加了培训班次。
确保在校学生的用水安全。我校情况良好，无偏差。
"""
KINDS = {
    "contradiction": ("SEM001", "全部项目均按期完工", "河道清淤项目因征地受阻"),
    "overreach": ("SEM002", "全部项目均按期完工", "因征地受阻,尚未开工"),
    "reason": ("SEM003", "培训费减少", "增加了培训班次"),
    "foreign_text": ("SEM004", "确保在校学生的用水安全", "云岫市青屏区水务局"),
    "wrong_entity": ("SEM005", "我校情况良好", "云岫市青屏区水务局"),
}
_LINE = re.compile(r"^(L\d+): (.*)$", re.MULTILINE)


def pair(kind: str = "overreach", **other: Any) -> dict[str, Any]:  # noqa: ANN401 (fields of an answer)
    _, first, second = KINDS[kind]
    return {
        "kind": kind,
        "first": {"quote": first},
        "second": {"quote": second},
        "why": "前面说全部完工，后面说尚未开工。",
        **other,
    }


def placed(said: dict[str, Any], request: Request) -> dict[str, Any]:
    """Return an answer with the line each quote stands in, where it names none."""
    lines = _LINE.findall(request.user)
    made = dict(said)
    for side in ("first", "second"):
        at = [line for line, text in lines if said[side]["quote"] in text]
        made[side] = {"line": at[0] if at else "L1", **said[side]}
    return made


def checked(*pairs: dict[str, Any], text: str = TEXT) -> Report:
    def answer(request: Request) -> dict[str, Any]:
        return {"pairs": [placed(p, request) for p in pairs]}

    return check_document(text, model=Scripted(says("semantic", answer)))


def suggested(report: Report) -> list[Finding]:
    return [f for f in report.findings if f.rule.startswith("SEM")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_grounded_pair_is_a_warning_with_both_quotes(kind: str) -> None:
    report = checked(pair(kind))
    code, *quotes = KINDS[kind]
    (finding,) = suggested(report)
    assert (finding.rule, finding.severity) == (code, "warning")
    told = [e.quote.replace("，", ",") for e in finding.evidence if e.role in ("first", "second")]
    assert told == quotes
    assert "模型提示" in finding.message
    assert all(TEXT[e.start : e.end] == e.quote for e in finding.evidence)
    assert all(rule.at_most == "warning" for rule in all_rules() if rule.family == "SEM")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"second": {"quote": "河道清淤已经完工"}}, "quote_not_found"),
        ({"second": {"line": "L99", "quote": "尚未开工"}}, "unknown_line"),
        ({"second": {"line": "L1", "quote": "尚未开工"}}, "quote_not_found"),
        ({"second": {"quote": "开工"}}, "quote_too_short"),
        ({"second": {"quote": "项目均按期"}}, "same_passage"),
    ],
)
def test_a_pair_without_two_quotes_is_no_finding(wrong: dict[str, Any], reason: str) -> None:
    report = checked(pair(**wrong))
    assert suggested(report) == []
    assert report.model_use is not None
    assert report.model_use.dropped == {reason: 1}


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("overreach", "全部项目均按期完工", "云岫市青屏区水务局"),
        ("reason", "全部项目均按期完工", "因征地受阻,尚未开工"),
        ("contradiction", "我校情况良好", "云岫市青屏区水务局"),
        ("foreign_text", "全部项目均按期完工", "云岫市青屏区水务局"),
        ("wrong_entity", "因征地受阻,尚未开工", "云岫市青屏区水务局"),
    ],
)
def test_two_lines_named_at_random_are_no_finding(kind: str, first: str, second: str) -> None:
    """Both quotes are printed, but no word of theirs speaks for what the model says of them."""
    report = checked(pair(kind, first={"quote": first}, second={"quote": second}))
    assert suggested(report) == []
    assert report.model_use is not None
    assert report.model_use.dropped == {"cue_missing": 1}


def test_the_same_pair_either_way_round_is_one_finding() -> None:
    turned = pair(first=pair()["second"], second=pair()["first"])
    assert len(suggested(checked(pair(), turned, pair()))) == 1


@pytest.mark.parametrize(
    ("why", "shown"),
    [
        ("前后不一致。", "前后不一致。"),
        ("实际只完成80%。", ""),
        ("只有三个完工。", ""),
        ("长" * 100, ""),
        ("坏\x1b[31m字", ""),
    ],
)
def test_the_models_sentence_holds_no_number_and_nothing_odd(why: str, shown: str) -> None:
    assert fit_to_print(why) == shown
    assert "80" not in suggested(checked(pair(why=why)))[0].message


def test_only_few_lines_are_sent() -> None:
    model = Scripted(says("semantic", lambda _: {"pairs": []}))
    filler = "".join(f"第{n}项工作按照要求推进。\n" for n in range(300))
    check_document(TEXT + filler, model=model)
    (request,) = (r for r in model.asked if r.prompt.task == "semantic")
    assert "全部项目均按期完工" in request.user
    assert "第7项工作" not in request.user


@pytest.mark.parametrize(
    ("told", "engine", "calls"),
    [
        ("全部项目均按期完工。", "hybrid", 0),  # nothing speaks against it
        ("全部项目均按期完工。\n河道清淤项目因征地受阻，尚未开工。", "hybrid", 1),
        ("培训费减少0.50万元，主要原因是增加了培训班次。", "hybrid", 1),
        ("水库由区水务局管理。\n水库由市公司管理。", "hybrid", 0),
        ("水库由区水务局管理。\n水库由市公司管理。", "llm", 1),
    ],
)
def test_no_question_is_asked_that_no_answer_could_stand(
    told: str, engine: Engine, calls: int
) -> None:
    model = Scripted(says("semantic", lambda _: {"pairs": []}))
    head = "云岫市青屏区水务局2024年度部门决算\n本年收入9.07万元，比上年减少0.71万元，下降7.26%。\n"
    check_document(head + told + "\n", model=model, engine=engine)
    assert sum(r.prompt.task == "semantic" for r in model.asked) == calls


def test_without_a_model_the_rules_say_that_they_did_not_run() -> None:
    report = check_document(TEXT)
    reasons = {s.rule: s.reason for s in report.skipped if s.rule.startswith("SEM")}
    assert set(reasons) == {code for code, *_ in KINDS.values()}
    assert set(reasons.values()) == {"没有使用语言模型"}
    assert report.model_use is None
