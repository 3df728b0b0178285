"""Which sentences are asked about, and how much of each is sent: what could hold a statement, no more."""

from __future__ import annotations

import pytest

pytest.importorskip("jinja2", reason="the llm extra is not installed")

from gouji.extract.by_model import read_further
from gouji.llm.scripted import Scripted
from gouji.pipeline import extract_document
from tests.llm.readers import NOTHING

HEAD = "云岫市青屏区水务局2024年度部门决算\n本年收入9.07万元，比上年减少0.71万元，下降7.26%。\n"


def asked(text: str) -> str:
    """Return the sheets of the claims questions about a text."""
    model = Scripted(lambda r: NOTHING[r.prompt.task])
    read_further(extract_document(HEAD + text), model, "hybrid")
    return "\n".join(r.user for r in model.asked if r.prompt.task == "claims")


@pytest.mark.parametrize(
    "text",
    [
        "水利项目年初盘子8.00万元，落地了5.00万元，落地了62.50%。",
        "差旅费3.00万元，比盘子5.00万元少花了2.00万元。",
        "培训费3.00万元，里头人工1.00万元、材料2.00万元。",
    ],
)
def test_numbers_that_may_say_something_together_are_asked_about(text: str) -> None:
    assert text[:3] in asked(text)


@pytest.mark.parametrize(
    "text",
    [
        "全年实际拨款到账4.00万元，上年度拨款的盘子7.80万元。",
        "会议费去年的盘子0.00万元，今年的盘子0.00万元，较之上一年的盘子少花0.00万元。",
        "往年盘子3.00万元。",
    ],
)
def test_amounts_that_no_arithmetic_could_hold_to_anything_are_not(text: str) -> None:
    assert asked(text) == ""


def test_what_is_sent_of_a_sentence_begins_and_ends_near_its_numbers() -> None:
    head = "根据区财政局有关批复和年度工作安排的统一要求，结合本单位各科室全年任务的实际推进情况，"
    tail = "今后将继续按照有关规定做好各项工作，不断提高服务水平。"
    told = "水利项目年初盘子8.00万元，落地了5.00万元，落地了62.50%，"
    sheet = asked(f"{head}{head}{told}这一进度与往年大致是一样的情形，{tail}")
    assert "水利项目年初盘子8.00万元" in sheet
    assert "62.50%" in sheet
    assert sheet.count("根据区财政局") <= 1
    assert "今后将继续" not in sheet


def test_a_long_sentence_without_numbers_is_no_context() -> None:
    odd = "水利项目年初盘子8.00万元，落地了5.00万元，落地了62.50%。"
    long = "本单位全年各项工作按照区委区政府的统一部署扎实推进并取得了新的成效。"
    assert "扎实推进" not in asked(long + odd)
    assert "水利项目情况。" in asked("水利项目情况。" + odd)
