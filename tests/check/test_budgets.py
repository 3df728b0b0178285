"""Published budgets of three forms: every table is read and tied, and a figure changed by hand is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.model.claim import Level
from gouji.model.report import Report
from gouji.pipeline import check_document, extract_document

SAMPLES = Path(__file__).parents[2] / "fixtures" / "documents"
FORMS = ("budget-shanghai-unit", "budget-national", "budget-jiangsu")


def changed(form: str, row: str, old: str, new: str, *, nth: int = 1) -> Report:
    """Check a sample in which one amount of the nth row that begins so is another."""
    text = (SAMPLES / form / "report.txt").read_text("utf-8")
    at = -1
    for _ in range(nth):
        at = text.index(f"\n{row}", at + 1)
    end = text.index("\n", at + 1)
    line = text[at:end]
    assert old in line
    return check_document(text[:at] + line.replace(old, new) + text[end:])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["txt", "pdf"])
def test_a_balanced_budget_is_read_whole_and_says_nothing(form: str, kind: str) -> None:
    path = SAMPLES / form / f"report.{kind}"
    disclosure = extract_document(path)
    report = check_document(path)
    assert disclosure.outline.kind == "budget"
    assert disclosure.unread == ()
    assert {table.account for table in disclosure.tables} == {"budget"}
    assert report.findings == ()
    assert report.coverage.unread == 0
    assert float(report.coverage.share_checked) > 98


@pytest.mark.parametrize(
    ("form", "row", "old", "new", "rules"),
    [
        ("budget-shanghai-unit", "2、政府性基金", "7,900,200.00", "7,009,200.00", {"FOO052"}),
        ("budget-shanghai-unit", "收入总计", "1,940,000.25", "1,904,000.25", {"TIE031", "FOO053"}),
        ("budget-shanghai-unit", "213\t03\t06", "3,460,000.00", "3,640,000.00", {"FOO016"}),
        ("budget-shanghai-unit", "302\t1\t", "900,000.25", "909,000.25", {"FOO032"}),
        ("budget-shanghai-unit", "10.00\t0.00", "8.80", "8.60", {"FOO036"}),
        ("budget-shanghai-unit", "10.00\t0.00", "194.00", "914.00", {"TIE037"}),
        ("budget-shanghai-unit", "2. “农林水支出", "984.02", "948.02", {"TXT001"}),
        ("budget-national", "上年结转", "50.00", "55.00", {"FOO003"}),
        ("budget-national", "213\t农林水支出", "1,030.00", "1,300.00", {"FOO014"}),
        ("budget-national", "一、本年收入", "1,600.00", "1,650.00", {"FOO006"}),
        ("budget-national", "2130301\t行政运行", "60.00", "66.00", {"FOO059"}),
        ("budget-national", "13.00\t0.00", "13.00", "14.00", {"FOO036"}),
        ("budget-jiangsu", "2.政府性基金预算", "20.00", "22.00", {"FOO051"}),
        ("budget-jiangsu", "1,650.00\t1,150.00", "480.00", "408.00", {"TIE032"}),
        ("budget-jiangsu", "30201\t办公费", "238.00", "283.00", {"FOO055"}),
        ("budget-jiangsu", "60.00\t15.00", "25.00", "52.00", {"FOO058"}),
        ("budget-jiangsu", "一、货物A", "60.50", "65.50", {"FOO057"}),
    ],
)
def test_a_figure_typed_anew_breaks_the_relation_it_stands_in(
    form: str, row: str, old: str, new: str, rules: set[str]
) -> None:
    found = {finding.rule for finding in changed(form, row, old, new).findings}
    assert rules <= found, found


def test_an_amount_in_whole_yuan_is_rounding_not_doubt() -> None:
    report = changed("budget-shanghai-unit", "合计", "13,166,200.75", "13,166,201", nth=3)
    assert report.findings == ()


def test_a_heading_in_the_glossary_does_not_own_what_follows_it() -> None:
    """（二）机关运行经费 of the glossary once took the expenditure told in the next part."""
    disclosure = extract_document(SAMPLES / "budget-shanghai-unit" / "report.txt")
    told = [c for c in disclosure.of(Level) if c.subject.item == "机关运行经费"]
    assert [c.value.text for c in told] == ["194.00"]


def test_a_note_that_calls_a_filled_table_empty_is_found() -> None:
    path = SAMPLES / "budget-shanghai-unit" / "report.txt"
    line = "10.00\t0.00\t1.20\t8.80\t0.00\t8.80\t194.00"
    note = "注：本单位2025年无“三公”经费和机关运行经费预算，故本表为空表。"
    text = path.read_text("utf-8")
    assert line in text
    report = check_document(text.replace(line, f"{line}\n\n{note}"))
    assert {finding.rule for finding in report.findings} == {"NIL001"}
