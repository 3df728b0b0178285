"""The public functions: what counts as a path, what is refused, and that nothing else is ever raised."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import gouji

SAMPLE = Path(__file__).resolve().parents[1] / "fixtures/documents/wanyuan-faulty"
WRONG_BASE = "本年收入 9.07 万元，比上年减少 0.71 万元，下降 7.83%。"
SENTENCES = [
    WRONG_BASE,
    "支出决算为 12.30 万元，完成年初预算的 98.4%。",
    "其中：基本支出 3.00 万元，占 37.5%；项目支出 5.00 万元，占 62.5%。",
    "2024年度收入支出决算总表\n项目\t行次\t金额\n总计\t31\t12.3\n",
    "（一）",
    "\t|\t|12,3\n",
    "\ud800",
    "\x00",
    "[bold]",
    "{name}",
]
relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_the_public_names_are_there_and_load_when_asked_for() -> None:
    assert all(getattr(gouji, name) for name in gouji.__all__)
    script = "import sys, gouji; print('gouji.pipeline' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = gouji.nothing


@pytest.mark.parametrize("source", [str(SAMPLE / "report.txt"), SAMPLE / "report.txt"])
def test_a_path_is_read(source: str | Path) -> None:
    report = gouji.check_document(source)
    assert report.document.name == "report.txt"
    assert report.document.entity == "云岫市青屏区水务局"


def test_bytes_and_pasted_text_are_read_and_may_be_named() -> None:
    data = (SAMPLE / "report.txt").read_bytes()
    of_bytes = gouji.check_document(data, name="粘贴")
    of_text = gouji.check_document(data.decode(), name="粘贴")
    assert of_bytes == of_text
    assert of_text.document.name == "粘贴"


def test_a_single_pasted_sentence_is_no_path() -> None:
    report = gouji.check_document(WRONG_BASE)
    assert [f.rule for f in report.findings] == ["CHG001"]


def test_a_name_of_no_file_is_an_input_error_that_names_it() -> None:
    with pytest.raises(gouji.InputError, match=r"没有这份报告\.pdf"):
        gouji.check_document("没有这份报告.pdf")


def test_a_text_about_something_else_is_refused_in_either_language() -> None:
    with pytest.raises(gouji.InputError, match="不像决算公开报告"):
        gouji.check_document("从前有一座山，山上有 3 个人。\n")
    with pytest.raises(gouji.InputError, match="does not look like"):
        gouji.check_document("从前有一座山，山上有 3 个人。\n", lang="en")


def test_pdf_and_text_of_one_report_agree_on_what_is_wrong() -> None:
    pdf, txt = (gouji.check_document(SAMPLE / f"report.{kind}") for kind in ("pdf", "txt"))
    assert [f.rule for f in pdf.findings] == [f.rule for f in txt.findings]
    assert [f.suggestions for f in pdf.findings] == [f.suggestions for f in txt.findings]


@relaxed
@given(st.binary(max_size=400))
def test_random_bytes_raise_only_input_errors(data: bytes) -> None:
    with suppress(gouji.InputError):
        gouji.check_document(data)


@relaxed
@given(st.lists(st.sampled_from(SENTENCES) | st.text(max_size=20), max_size=12))
def test_any_pasted_text_yields_a_report_or_an_input_error(pieces: list[str]) -> None:
    try:
        report = gouji.check_document("".join(pieces) + "\n")
    except gouji.InputError:
        return
    assert report.model_dump_json(by_alias=True)
