"""The worst document stands first; one that could hardly be read is unknown, never clean."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gouji.model.report import Decision
from gouji.screen.outcome import Options, Submission
from gouji.screen.ranking import Ranked, ranked, weight_of
from gouji.screen.store import Listed, Store, StoredFinding, scope_of
from tests.screen.made import CLEAN, FAULTY, checked, failed

DOCUMENT = Listed(
    document_id="d",
    result_id=1,
    location="a",
    name="a",
    sha256="",
    kind="final_accounts",
    entity="甲局",
    fiscal_year=2024,
    unit="万元",
    pages=9,
    added_at=datetime(2026, 1, 1, tzinfo=UTC),
    status="checked",
    reason=None,
    sentence=None,
    saying=None,
    headline="",
    gross=0,
    broken=0,
    doubtful=0,
    last_digit=0,
    numbers=120,
    checked=90,
    read=5,
    not_a_quantity=20,
    unread=5,
)
FINDING = StoredFinding(
    document_id="d",
    result_id=1,
    finding_id="F1",
    fingerprint="0",
    rule="CHG001",
    name="change-rate",
    grade="broken",
    severity="error",
    confidence="high",
    message="",
    page=1,
    cluster=None,
    decision=None,
)


def rank(*findings: StoredFinding, document: Listed = DOCUMENT) -> Ranked:
    (only,) = ranked([document], findings)
    return only


def test_gross_weighs_more_than_broken_and_sure_more_than_guessed() -> None:
    broken = weight_of(FINDING)
    assert weight_of(replace(FINDING, grade="gross")) > broken
    for less in ("medium", "low"):
        assert weight_of(replace(FINDING, confidence=less)) < broken
    assert weight_of(replace(FINDING, severity="note")) < weight_of(
        replace(FINDING, severity="warning")
    )


def test_findings_of_one_root_cause_count_little_more_than_one() -> None:
    several = [replace(FINDING, finding_id=f"F{n}") for n in range(1, 6)]
    one_cause = [replace(f, cluster="K1") for f in several]
    assert rank(FINDING).score < rank(*one_cause).score < rank(*several).score


def test_a_table_misread_throughout_does_not_outweigh_everything() -> None:
    hundred = [replace(FINDING, finding_id=f"F{n}") for n in range(100)]
    gross = [replace(f, grade="gross") for f in hundred[:12]]
    assert rank(*hundred).score < rank(*gross).score


def test_what_a_reviewer_dismissed_counts_nothing() -> None:
    dismissed = rank(replace(FINDING, decision="dismissed"))
    assert (dismissed.score, dismissed.state) == (0, "clean")
    assert rank(replace(FINDING, decision="confirmed")).state == "suspect"


@pytest.mark.parametrize(
    ("document", "state"),
    [
        (DOCUMENT, "clean"),
        (replace(DOCUMENT, checked=3, read=2, unread=1), "unknown"),
        (replace(DOCUMENT, checked=20, read=10, unread=90), "unknown"),
        (replace(DOCUMENT, checked=0, read=0, unread=0), "unknown"),
        (replace(DOCUMENT, status="failed", checked=0, read=0, unread=0), "unknown"),
    ],
)
def test_a_document_hardly_read_is_unknown_not_clean(document: Listed, state: str) -> None:
    assert rank(document=document).state == state


def test_a_note_leaves_a_document_unsure_at_most() -> None:
    assert rank(replace(FINDING, severity="note", grade="last_digit")).state == "unsure"


def test_little_coverage_lowers_the_score() -> None:
    poor = replace(DOCUMENT, checked=30, read=10, unread=60)
    assert rank(FINDING, document=poor).score < rank(FINDING).score


def test_the_queue_of_a_store_runs_from_worst_to_clean(store: Store) -> None:
    options = Options()
    faulty = checked(FAULTY)
    store.put(Submission("b/faulty"), faulty, options)
    store.put(Submission("a/short"), checked(CLEAN), options)
    store.put(Submission("c/locked"), failed(), options)
    queue = ranked(store.documents(options), store.findings(options))
    assert [(r.listed.location, r.state) for r in queue] == [
        ("b/faulty", "suspect"),
        ("a/short", "unknown"),
        ("c/locked", "unknown"),
    ]
    for finding in faulty.findings:
        store.decide(scope_of(faulty.document), finding.fingerprint, Decision(status="dismissed"))
    queue = ranked(store.documents(options), store.findings(options))
    assert [r.state for r in queue] == ["unknown"] * 3
