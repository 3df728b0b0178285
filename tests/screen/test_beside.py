"""`gouji check THIS --previous LAST` puts what last year's report printed beside this year's claims."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from gouji.cli import app
from gouji.resources import text
from tests.screen.test_across import before, now

BUDGET = """青川县水利局2023年部门预算

一、一般公共预算支出情况
2023年一般公共预算财政拨款支出预算为700.00万元。
"""
BASED = """
五、一般公共预算财政拨款支出决算情况说明
2023年度一般公共预算财政拨款支出年初预算为730.00万元，支出决算为750.00万元，完成年初预算的102.74%。
"""


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Write documents of two years and a budget; return their paths."""
    texts = {
        "this": now(more=BASED),
        "last": before(),
        "agrees": now(change="326.50", rate="28.87"),
        "elsewhere": before("白龙县水利局"),
        "budget": BUDGET,
    }
    paths = {}
    for name, content in texts.items():
        paths[name] = tmp_path / f"{name}.txt"
        paths[name].write_text(content, encoding="utf-8")
    return paths


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def test_a_contradiction_with_last_year_fails_the_check(files: dict[str, Path]) -> None:
    result = run("check", files["this"], "--previous", files["last"])
    assert result.exit_code == 1
    assert "XDC001" in result.stdout
    assert "《last.txt》" in result.stdout


def test_two_years_that_agree_pass(files: dict[str, Path]) -> None:
    result = run("check", files["agrees"], "--previous", files["last"])
    assert result.exit_code == 0, result.stdout
    assert "不一致 0 处" in result.stdout


def test_the_json_report_keeps_its_schema_and_names_the_other_document(
    files: dict[str, Path],
) -> None:
    result = run("check", files["this"], "--previous", files["last"], "-f", "json")
    report = json.loads(result.stdout)
    jsonschema.validate(report, json.loads(text("schemas", "report.v1.schema.json")))
    first = report["findings"][0]
    assert first["id"] == "F1"
    assert {e.get("document") for e in first["evidence"]} == {None, "last.txt"}
    assert any(check["rule"] == "XDC002" for check in report["checks"])


def test_a_budget_beside_checks_what_is_called_the_initial_budget(files: dict[str, Path]) -> None:
    result = run("check", files["this"], "--budget", files["budget"], "--fail-on", "warning")
    assert result.exit_code == 1
    assert "XDC003" in result.stdout


def test_a_rule_across_documents_can_be_ignored_and_an_unknown_one_is_refused(
    files: dict[str, Path],
) -> None:
    result = run("check", files["this"], "--previous", files["last"], "--ignore", "XDC001,RES")
    assert result.exit_code == 0, result.stdout
    assert run("check", files["this"], "--ignore", "XDC999").exit_code == 2


@pytest.mark.parametrize("form", ["markdown", "html", "sarif", "xlsx"])
def test_every_format_marks_only_the_document_checked(
    files: dict[str, Path], tmp_path: Path, form: str
) -> None:
    output = tmp_path / f"report.{form}"
    result = run("check", files["this"], "--previous", files["last"], "-f", form, "-o", output)
    assert result.exit_code == 1, result.output
    if form != "xlsx":
        assert "last.txt" in output.read_text("utf-8")


@pytest.mark.parametrize(
    ("flag", "other", "said"),
    [
        ("--previous", "elsewhere", "不是同一个名称"),
        ("--previous", "this", "应为 2022"),
        ("--previous", "budget", "不是决算公开"),
        ("--budget", "last", "不是预算公开"),
    ],
)
def test_a_document_that_is_not_what_the_flag_says_is_refused(
    files: dict[str, Path], flag: str, other: str, said: str
) -> None:
    result = run("check", files["this"], flag, files[other])
    assert result.exit_code == 2
    assert said in result.output


def test_a_selected_rule_across_documents_is_the_only_one_used(files: dict[str, Path]) -> None:
    given = ("check", files["this"], "--previous", files["last"], "--format", "json")
    only = json.loads(run(*given, "--select", "XDC002").stdout)
    assert {check["rule"] for check in only["checks"]} == {"XDC002"}
    assert run("check", files["this"], "--select", "XDC999").exit_code == 2


def test_a_budget_stands_beside_the_budget_of_the_year_before(
    files: dict[str, Path], tmp_path: Path
) -> None:
    later = tmp_path / "later.txt"
    said = "2024年一般公共预算财政拨款支出预算为750.00万元，比2023年预算增加{}万元。"
    head = "青川县水利局2024年部门预算\n\n一、一般公共预算支出情况\n"
    later.write_text(head + said.format("50.00"), encoding="utf-8")
    assert run("check", later, "--previous", files["budget"]).exit_code == 0
    later.write_text(head + said.format("40.00"), encoding="utf-8")
    assert "XDC006" in run("check", later, "--previous", files["budget"]).stdout
    refused = run("check", later, "--previous", files["last"])
    assert refused.exit_code == 2
    assert "不是预算公开" in refused.stderr
