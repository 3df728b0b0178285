"""Console, JSON and Markdown: the same report for three readers."""

from __future__ import annotations

import json
from io import StringIO

import jsonschema
import pytest
from rich.cells import cell_len
from rich.console import Console

from gouji.messages import Catalogue
from gouji.model.place import Place
from gouji.model.relation import Breach
from gouji.report.console import print_report
from gouji.report.json import to_json
from gouji.report.markdown import to_markdown
from gouji.resources import text
from tests.report.handmade import Stated, report, rule, wrong_base, wrong_sum

STATED: Stated = [(rule("CHG001"), wrong_base()), (rule("SUM001"), wrong_sum())]


def on_a_terminal(width: int, **options: object) -> str:
    out = StringIO()
    console = Console(file=out, width=width, **options)  # type: ignore[arg-type]  # rich's own options
    print_report(report(STATED), console, Catalogue())
    return out.getvalue()


@pytest.mark.parametrize("width", [24, 40, 80, 160])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert all(cell_len(line) <= width for line in on_a_terminal(width).splitlines())


def test_the_terminal_shows_headline_quotes_arithmetic_and_coverage() -> None:
    shown = on_a_terminal(160)
    assert shown.startswith("发现 2 处不能同时成立")
    assert "「本年收入 9.07 万元，比上年减少 0.71 万元，下降 7.83%」" in shown
    assert "若增减率为 7.26%，则成立。" in shown
    assert "印出的数字" in shown


def test_pasted_text_has_no_pages() -> None:
    assert report(STATED).document.pages == 0
    assert " 页 ·" not in on_a_terminal(160)


def test_colour_is_left_out_where_it_is_not_wanted() -> None:
    assert "\x1b[" in on_a_terminal(80, force_terminal=True, color_system="standard")
    assert "\x1b[3" not in on_a_terminal(80, force_terminal=True, no_color=True)
    assert "\x1b[" not in on_a_terminal(80)


def test_square_brackets_of_a_document_are_no_markup() -> None:
    breach = Breach(
        subject="",
        grade="broken",
        message="写作“{quote}”",
        words={"quote": "[red]XX[/red]"},
        evidence=(("statement", Place("[bold]XX[/bold]", 0, 3)),),
    )
    out = StringIO()
    print_report(report([(rule("RES001"), breach)]), Console(file=out, width=99), Catalogue())
    assert "[red]XX[/red]" in out.getvalue()
    assert "[bold]XX[/bold]" in out.getvalue()


def test_json_is_deterministic_readable_and_follows_its_schema() -> None:
    written = to_json(report(STATED))
    assert written == to_json(report(STATED))
    assert "不能同时成立" in written
    data = json.loads(written)
    assert data["schema"] == "gouji.report/1"
    jsonschema.validate(data, json.loads(text("schemas", "report.v1.schema.json")))


def test_numbers_in_json_are_strings() -> None:
    (evidence, *_) = json.loads(to_json(report(STATED)))["findings"][0]["evidence"][1:]
    assert (evidence["value"], evidence["unit"]) == ("7.83", "%")
    assert (evidence["low"], evidence["high"]) == ("7.825", "7.835")


def test_markdown_escapes_what_comes_from_the_document() -> None:
    breach = Breach(
        subject="",
        grade="broken",
        message="写作“{quote}”",
        words={"quote": "<img src=x> **XX** | `y`"},
        evidence=(("statement", Place("[链接](http://x)", 0, 3)),),
    )
    written = to_markdown(report([(rule("RES001"), breach)]), Catalogue())
    assert "<img" not in written.replace("\\<img", "")
    assert "\\[链接\\]" in written
    assert "\\*\\*XX\\*\\*" in written


def test_markdown_in_english_has_no_chinese_heading() -> None:
    written = to_markdown(report(STATED, lang="en"), Catalogue("en"))
    headings = [line for line in written.splitlines() if line.startswith("#")]
    assert headings[0] == "# Consistency report"
    assert not any("\u4e00" <= c <= "\u9fff" for line in headings for c in line)
