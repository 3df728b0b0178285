"""Baselines: what was decided stays out of sight, is counted, and comes back when it should."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from gouji.baseline.file import Noting, read_baseline, report_in, updated, written
from gouji.check.known import without_known
from gouji.cli import app
from gouji.errors import InputError
from gouji.messages import Catalogue
from gouji.model.baseline import Baseline
from gouji.model.report import Decision, Report
from gouji.pipeline import check_document
from gouji.resources import text

FAULTY = Path(__file__).resolve().parents[2] / "fixtures/documents/wanyuan-faulty"
TEXT = (FAULTY / "report.txt").read_text("utf-8")
DAY = Noting("2025-09-30")


@pytest.fixture(scope="module")
def report() -> Report:
    return check_document(TEXT)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def noted(report: Report, *, decisions: dict[str, Decision] | None = None) -> Baseline:
    return updated(Baseline(), [report.decided(decisions or {})], DAY).baseline


# --- checking with a baseline ----------------------------------------------------------------


def test_what_is_known_is_hidden_counted_and_no_reason_to_fail(tmp_path: Path) -> None:
    file, known = FAULTY / "report.txt", tmp_path / "baseline.json"
    assert run("check", file).exit_code == 1
    assert run("baseline", "update", known, file).exit_code == 0
    result = run("check", file, "--baseline", known)
    assert result.exit_code == 0
    head = result.stdout.partition("\n\n")[0].replace("\n", "")
    assert "没有发现不能同时成立的数字" in head
    assert "另有 14 处已列入基线，不再显示。" in head


def test_json_counts_honestly(report: Report) -> None:
    some = {f.fingerprint: Decision(status="dismissed") for f in report.findings[:2]}
    known = Baseline(
        entries=tuple(e for e in noted(report, decisions=some).entries if e.fingerprint in some)
    )
    shown = without_known(report, known, Catalogue())
    assert shown.baseline is not None
    assert shown.baseline.findings == shown.baseline.dismissed == shown.baseline.error == 2
    assert len(shown.findings) == len(report.findings) - 2
    assert shown.checks == report.checks
    left = shown.summary.model_dump(exclude={"headline"})
    assert left == report.summary.model_dump(exclude={"headline"})


def test_a_new_finding_is_shown_beside_known_ones(tmp_path: Path) -> None:
    known = tmp_path / "baseline.json"
    run("baseline", "update", known, FAULTY / "report.txt")
    worse = tmp_path / "report.txt"
    assert TEXT.count("完成年初预算的 103.0%") == 1
    worse.write_text(TEXT.replace("完成年初预算的 103.0%", "完成年初预算的 101.0%"), "utf-8")
    result = run("check", worse, "--baseline", known)
    assert result.exit_code == 1
    assert result.stdout.startswith("发现 1 处")
    assert "101.0%" in result.stdout


def test_the_same_words_of_another_unit_or_year_are_not_known(report: Report) -> None:
    known = noted(report)
    for change in ({"entity": "云岫市青屏区教育局"}, {"fiscal_year": 2023}):
        other = report.model_copy(update={"document": report.document.model_copy(update=change)})
        assert len(without_known(other, known, Catalogue()).findings) == len(report.findings)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "不是有效的 JSON"),
        ("[]", "不是 gouji 的基线文件"),
        ('{"schema": "gouji.report/1"}', "不是 gouji 的基线文件"),
        ('{"schema": "gouji.baseline/1", "entries": [{"rule": 1}]}', "基线文件有误"),
        ("[" * 100_000, "不是有效的 JSON"),
    ],
)
def test_a_corrupt_or_foreign_baseline_is_one_sentence(
    content: str, says: str, tmp_path: Path
) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(content, "utf-8")
    for command in (
        ("check", FAULTY / "report.txt", "--baseline", file),
        ("baseline", "show", file),
        ("baseline", "update", file, FAULTY / "report.txt"),
    ):
        result = run(*command)
        assert result.exit_code == 2
        assert says in result.stderr
        assert result.stderr.count("\n") == 1
    assert file.read_text("utf-8") == content


def test_a_baseline_that_is_not_there_is_an_error_for_check() -> None:
    result = run("check", FAULTY / "report.txt", "--baseline", "nowhere.json")
    assert result.exit_code == 2
    assert "nowhere.json" in result.stderr


# --- fingerprints ----------------------------------------------------------------------------


PARAGRAPHS = TEXT.split("\n")
HEADING = re.compile(r"第[三四]部分|[一二三四五六七八九十]+、|（[一二三]）")
PROSE = next(n for n, p in enumerate(PARAGRAPHS) if p.startswith("第三部分 2024"))
BETWEEN = [n for n, p in enumerate(PARAGRAPHS) if n >= PROSE and HEADING.match(p)]
"""Lines before which a paragraph can be added: none within a table or a sentence."""


@settings(max_examples=10, deadline=None)
@given(
    at=st.sampled_from(BETWEEN),
    added=st.lists(
        st.sampled_from(
            [
                "其他需要说明的情况：无。",
                "本单位加强了内部控制，完善了管理制度。",
                "水资源费 3.21 万元，比上年增加 0.21 万元，增长 7.0%。",
            ]
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_fingerprints_survive_what_is_added_elsewhere(at: int, added: list[str]) -> None:
    """A paragraph more between sections moves offsets and lines, not fingerprints."""
    before = check_document(TEXT)
    longer = "\n".join([*PARAGRAPHS[:at], *added, *PARAGRAPHS[at:]])
    prints = {f.fingerprint for f in check_document(longer).findings}
    assert {f.fingerprint for f in before.findings} <= prints


CORRECTIONS = (
    ("372.13 万元，增长 13.5%", "372.13 万元，增长 15.7%", "CHG001"),
    ("完成年初预算的 96.8%", "完成年初预算的 106.7%", "CMP001"),
    ("截至 2023 年 12 月 31 日", "截至 2024 年 12 月 31 日", "DAT005"),
)


@pytest.mark.parametrize(("wrong", "right", "rule"), CORRECTIONS)
def test_a_correction_takes_its_finding_away_and_leaves_the_other_fingerprints(
    wrong: str, right: str, rule: str, report: Report
) -> None:
    assert TEXT.count(wrong) == 1
    corrected = check_document(TEXT.replace(wrong, right))
    before = {f.fingerprint: f.rule for f in report.findings}
    after = {f.fingerprint for f in corrected.findings}
    lost = [before[p] for p in before if p not in after]
    assert lost == [rule]
    assert after <= before.keys()


# --- updating --------------------------------------------------------------------------------


def test_a_second_update_changes_no_byte(tmp_path: Path) -> None:
    known = tmp_path / "baseline.json"
    run("baseline", "update", known, FAULTY / "report.txt", "--date", "2025-01-02")
    first = known.read_bytes()
    again = run("baseline", "update", known, FAULTY / "report.txt", "--date", "2025-03-04")
    assert known.read_bytes() == first
    assert "新增 0 条，更改 0 条，原有不变 14 条" in again.stdout


def test_the_file_does_not_depend_on_the_order_of_its_sources(report: Report) -> None:
    other = report.model_copy(
        update={"document": report.document.model_copy(update={"fiscal_year": 2023})}
    )
    one, two = ([report, other], [other, report])
    assert written(updated(Baseline(), one, DAY).baseline) == written(
        updated(Baseline(), two, DAY).baseline
    )


def test_a_reviewers_decision_goes_into_the_baseline(tmp_path: Path, report: Report) -> None:
    decision = Decision(status="dismissed", reason="口径不同")
    decided = report.decided({report.findings[0].fingerprint: decision})
    source, known = tmp_path / "report.json", tmp_path / "baseline.json"
    source.write_text(decided.model_dump_json(by_alias=True), "utf-8")
    assert run("baseline", "update", known, source).exit_code == 0
    entries = {e.fingerprint: e for e in read_baseline(known).entries}
    assert entries[report.findings[0].fingerprint].status == "dismissed"
    assert entries[report.findings[0].fingerprint].reason == "口径不同"
    assert entries[report.findings[1].fingerprint].status == "known"


def test_a_status_and_reason_given_change_what_is_noted_and_its_date(report: Report) -> None:
    first = noted(report)
    noting = Noting("2025-10-08", "dismissed", "已复核")
    later = updated(first, [report], noting)
    assert later.changed == len(first.entries)
    assert {(e.status, e.reason, e.date) for e in later.baseline.entries} == {
        ("dismissed", "已复核", "2025-10-08")
    }


def test_what_no_longer_occurs_is_told_and_removed_only_when_asked(tmp_path: Path) -> None:
    known, corrected = tmp_path / "baseline.json", tmp_path / "report.txt"
    run("baseline", "update", known, FAULTY / "report.txt")
    wrong, right, _ = CORRECTIONS[0]
    corrected.write_text(TEXT.replace(wrong, right), "utf-8")
    told = run("baseline", "update", known, corrected)
    assert "已不再出现的 1 条，加 --prune 可删除" in told.stdout
    assert "CHG001" in told.stdout
    assert len(read_baseline(known).entries) == 14
    assert "已删除" in run("baseline", "update", known, corrected, "--prune").stdout
    assert len(read_baseline(known).entries) == 13


def test_other_units_and_rules_left_out_are_never_pruned(report: Report) -> None:
    known = noted(report)
    other = report.document.model_copy(update={"entity": "云岫市青屏区教育局"})
    elsewhere = report.model_copy(update={"document": other, "findings": ()})
    assert updated(known, [elsewhere], DAY).gone == []
    selected = check_document(TEXT, select=["CHG"])
    lost = updated(known, [selected.model_copy(update={"findings": ()})], DAY).gone
    assert {entry.rule for entry in lost} == {"CHG001"}


def test_a_report_shortened_by_a_baseline_prunes_nothing(tmp_path: Path) -> None:
    known, short = tmp_path / "baseline.json", tmp_path / "short.json"
    run("baseline", "update", known, FAULTY / "report.txt")
    run("check", FAULTY / "report.txt", "--baseline", known, "--output", short)
    refused = run("baseline", "update", known, short, "--prune")
    assert refused.exit_code == 2
    assert "--baseline" in refused.stderr
    assert "已不再出现" not in run("baseline", "update", known, short).stdout


def test_show_lists_what_is_known_by_unit(tmp_path: Path) -> None:
    known = tmp_path / "baseline.json"
    run("baseline", "update", known, FAULTY / "report.txt", "--reason", "已口头\u202e说明\x1b[2J")
    shown = run("baseline", "show", known).stdout
    assert "云岫市青屏区水务局 · 2024 年度" in shown
    assert shown.count("已口头[U+202E]说明") == 14
    assert "\x1b" not in shown


def test_a_wrong_date_is_refused(tmp_path: Path) -> None:
    result = run("baseline", "update", tmp_path / "b.json", FAULTY / "report.txt", "--date", "昨天")
    assert result.exit_code == 2
    assert "昨天" in result.stderr


@pytest.mark.parametrize("data", [b'{"schema": "other"}', b'{"schema": "gouji.report/1"}', b"{"])
def test_foreign_json_is_no_report(data: bytes) -> None:
    with pytest.raises(InputError, match=r"x\.json"):
        report_in(data, "x.json")


def test_a_document_is_not_taken_for_a_report() -> None:
    assert report_in("本年收入 9.07 万元".encode(), "x.txt") is None


def test_the_report_says_in_its_schema_what_is_hidden(report: Report) -> None:
    shown = without_known(report, noted(report), Catalogue("en"))
    content: dict[str, Any] = json.loads(shown.model_dump_json(by_alias=True))
    assert content["baseline"]["findings"] == 14
    assert "14 more are in the baseline and not shown." in content["summary"]["headline"]


def test_a_file_written_is_what_its_schema_says(tmp_path: Path, report: Report) -> None:
    path = tmp_path / "baseline.json"
    noted = updated(Baseline(), [report], Noting("2026-01-02", "dismissed", "已核实"))
    path.write_text(written(noted.baseline), "utf-8")
    schema = json.loads(text("schemas", "baseline.v1.schema.json"))
    jsonschema.validate(json.loads(path.read_text("utf-8")), schema)
    jsonschema.validate(json.loads(written(Baseline())), schema)
    wrong = json.loads(path.read_text("utf-8"))
    wrong["entries"][0]["status"] = "maybe"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema)


def test_the_schema_of_a_baseline_is_printed() -> None:
    printed = run("schema", "baseline")
    assert json.loads(printed.stdout)["title"] == "Baseline"
