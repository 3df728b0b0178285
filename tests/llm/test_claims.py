"""Claims by a model: what is grounded is read by our own parser, what is not is dropped and counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("jinja2", reason="the llm extra is not installed")

from gouji import check_document
from gouji.extract import extract
from gouji.extract.by_model import read_further
from gouji.llm.port import Request
from gouji.llm.scripted import Scripted
from gouji.model.claim import Change
from gouji.model.disclosure import Disclosure
from gouji.model.reading import ModelReading
from gouji.read import read_text
from gouji.understand import understand
from tests.llm.readers import lines_of, numbers_of, says

ODD = "本年收入9.07万元，较之上一年多花了0.71万元，涨了7.83%。\n"
TRUE = "本年收入9.07万元，较之上一年多花了0.71万元，涨了8.49%。\n"


def disclosure(text: str) -> Disclosure:
    document = read_text("2024年度部门决算\n" + text, "题目")
    return extract(document, understand(document))


def change(request: Request, **other: Any) -> dict[str, Any]:  # noqa: ANN401 (fields of an answer)
    ((line, text),) = lines_of(request)
    value, amount, rate = numbers_of(text)
    said = {
        "line": line,
        "kind": "change",
        "subject": "本年收入",
        "cue": "多花了",
        "direction": "up",
        "base": "prior_year",
        "value": value,
        "change": amount,
        "rate": rate,
    }
    return {"claims": [{**said, **other}]}


def read(text: str, answer: Callable[[Request], dict[str, Any]]) -> tuple[Disclosure, ModelReading]:
    found = read_further(disclosure(text), Scripted(says("claims", answer)), "hybrid")
    assert found.reading is not None
    return found, found.reading


def test_a_grounded_change_is_read_by_our_own_parser() -> None:
    found, reading = read(ODD, change)
    (claim,) = (c for c in found.of(Change) if c.id == "m1")
    assert claim.value
    assert claim.change
    assert claim.rate
    assert [f.text for f in (claim.value, claim.change, claim.rate)] == ["9.07", "0.71", "7.83"]
    assert claim.subject.item == "本年收入合计"
    assert all(f.suggested for f in (claim.value, claim.change, claim.rate))
    assert reading.accepted["claims"] == 1
    assert not reading.dropped


def test_a_wrong_rate_in_an_odd_wording_is_a_marked_warning() -> None:
    report = check_document("2024年度部门决算\n" + ODD, model=Scripted(says("claims", change)))
    (finding,) = (f for f in report.findings if f.rule == "CHG001")
    assert (finding.severity, finding.confidence) == ("warning", "low")
    assert any("语言模型指认" in s for s in finding.suggestions)
    assert report.engine.extractor == "hybrid"
    assert report.engine.model == "scripted"
    true = check_document("2024年度部门决算\n" + TRUE, model=Scripted(says("claims", change)))
    assert [f.rule for f in true.findings] == []


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"line": "L9"}, "unknown_line"),
        ({"change": {"id": "n9", "text": "0.71万元"}}, "unknown_number"),
        ({"change": {"id": "n2", "text": "0.17万元"}}, "number_text_differs"),
        ({"change": {"id": "n2", "text": "10.71万元"}}, "number_text_differs"),
        ({"change": {"id": "n2", "text": "71万元"}}, "number_text_differs"),
        ({"change": {"id": "n2", "text": "0.71万元,涨了7.83%"}}, "number_text_differs"),
        ({"change": {"id": "n1", "text": "9.07万元"}}, "same_number_twice"),
        ({"subject": "三公经费"}, "quote_not_found"),
        ({"subject": "本"}, "quote_too_short"),
        ({"subject": ""}, "quote_too_short"),
        ({"cue": ""}, "cue_not_beside_number"),
        ({"cue": "减少"}, "cue_not_beside_number"),
        ({"cue": "本年收入"}, "cue_not_beside_number"),
        ({"cue": "0.71"}, "cue_not_beside_number"),
        ({"cue": "万元,涨了"}, "cue_not_beside_number"),
        ({"direction": "down"}, "direction_contradicts_cue"),
        ({"direction": "none"}, "role_missing"),
        ({"change": None, "rate": None}, "role_missing"),
        ({"change": {"id": "n3", "text": "7.83%"}, "rate": None}, "wrong_unit"),
        ({"rate": {"id": "n2", "text": "0.71万元"}, "change": None}, "wrong_unit"),
        ({"kind": "level", "cue": ""}, "nothing_new"),
    ],
)
def test_what_has_no_ground_is_dropped_by_its_reason(other: dict[str, Any], reason: str) -> None:
    found, reading = read(ODD, lambda r: change(r, **other))
    assert reading.dropped == {reason: 1}
    assert not reading.accepted
    assert [c for c in found.claims if c.id.startswith("m")] == []


@pytest.mark.parametrize("text", ["0.71 万元", "0.71万 元", "０．７１万元", "花了0.71"])
def test_spacing_and_width_of_a_quote_do_not_matter(text: str) -> None:
    _, reading = read(ODD, lambda r: change(r, change={"id": "n2", "text": text}))
    assert reading.accepted["claims"] == 1


def test_what_the_rules_read_surely_stands_and_disagreement_is_counted() -> None:
    """Here the rules have read 0.50 as the change; the model calls it the current figure."""
    text = "培训费比上年减少0.50万元，花掉了5.00万元，缩水9.09%。\n"

    def wrong(request: Request) -> dict[str, Any]:
        ((line, marked),) = lines_of(request)
        amount, value, _ = numbers_of(marked)
        claim = {"line": line, "kind": "level", "subject": "培训费", "value": amount}
        same = {**claim, "value": value, "measure": "final"}
        return {"claims": [claim, same]}

    before = disclosure(text)
    found, reading = read(text, wrong)
    assert reading.dropped == {"rules_read_otherwise": 1}
    assert reading.disagreements == 1
    kept = {c.id: c for c in found.claims}
    assert all(kept[c.id] == c for c in before.of(Change))


def test_sentences_the_rules_read_are_not_sent() -> None:
    model = Scripted(says("claims", change))
    plain = "本年收入9.07万元，比上年增加0.71万元，增长8.49%。\n"
    read_further(disclosure(plain), model, "hybrid")
    assert [r for r in model.asked if r.prompt.task == "claims"] == []


def test_other_kinds_are_made_of_the_same_grounds() -> None:
    text = (
        "基本支出300.00万元，在本年支出里头有75.00%。\n"
        "年初给水利项目排了120.00万元，到年底用掉118.00万元，用掉了98.33%。\n"
        "会议费4.00万元，比盘子5.00万元少花了1.00万元。\n"
        "本单位开支400.00万元，里头基本支出300.00万元、项目支出100.00万元。\n"
    )

    def answer(request: Request) -> dict[str, Any]:
        made: list[dict[str, Any]] = []
        for line, marked in lines_of(request):
            n = numbers_of(marked)
            if "里头有" in marked:
                made.append({"line": line, "kind": "share", "subject": "基本支出", "cue": "里头有",
                             "value": n[0], "rate": n[1], "whole_name": "本年支出"})  # fmt: skip
            elif "水利" in marked:
                made.append({"line": line, "kind": "completion", "subject": "水利项目", "cue": "用掉了",
                             "base": "initial_budget", "value": n[1], "base_value": n[0],
                             "rate": n[2]})  # fmt: skip
            elif "会议费" in marked:
                made.append({"line": line, "kind": "difference", "subject": "会议费", "cue": "少花了",
                             "direction": "down", "base": "budget", "value": n[0],
                             "base_value": n[1], "change": n[2]})  # fmt: skip
            else:
                parts = [{"name": "基本支出", "number": n[1]}, {"name": "项目支出", "number": n[2]}]
                made.append({"line": line, "kind": "breakdown", "subject": "本单位开支",
                             "value": n[0], "parts": parts})  # fmt: skip
        return {"claims": made}

    found, reading = read(text, answer)
    assert reading.dropped == {}
    made = [c.type for c in found.claims if c.id.startswith("m")]
    assert made == ["share", "completion", "difference", "breakdown"]
    report = check_document("2024年度部门决算\n" + text, model=Scripted(says("claims", answer)))
    assert [f.rule for f in report.findings] == []
    rules = {c.rule for c in report.checks if c.grade == "holds"}
    assert {"CMP001", "CMP004", "SUM001"} <= rules


def test_a_job_too_large_for_the_model_is_halved() -> None:
    asked: list[int] = []

    class Small(Scripted):
        def ask(self, requests: Any) -> Any:  # noqa: ANN401 (as the port)
            from gouji.llm.port import Reply, Usage  # noqa: PLC0415

            replies = []
            for request in requests:
                n = len(list(lines_of(request)))
                asked.append(n)
                if request.prompt.task == "claims" and n > 1:
                    replies.append(Reply(None, "too_long", Usage(calls=1)))
                else:
                    replies += super().ask([request])
            return replies

    text = "".join(ODD.replace("9.07", f"{n}.07") for n in range(10, 14))
    found = read_further(disclosure(text), Small(says("claims", change)), "hybrid")
    assert found.reading is not None
    assert found.reading.accepted["claims"] == 4
    assert found.reading.failures == {}
    assert max(asked) == 4


def test_engine_llm_reads_every_sentence_by_the_model() -> None:
    plain = "本年收入9.07万元，比上年增加0.71万元，增长8.49%。\n"
    model = Scripted(says("claims", lambda r: change(r, cue="增加")))
    found = read_further(disclosure(plain), model, "llm")
    assert [c.id for c in found.of(Change)] == ["m1"]
