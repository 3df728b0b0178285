"""A store's documents are held against each other, only where something changed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from sqlalchemy import func, select
from typer.testing import CliRunner

from gouji.cli import app
from gouji.messages import Catalogue
from gouji.model.report import Decision
from gouji.screen.across.again import groups_with, told_to
from gouji.screen.across.pairs import BudgetYears, OwnUnit
from gouji.screen.across.run import compare_store
from gouji.screen.outcome import Options, Submission
from gouji.screen.ranking import ranked
from gouji.screen.store import Store, scope_of
from gouji.screen.store import across as kept
from gouji.screen.store import tables as t
from tests.screen.made import checked
from tests.screen.test_across import before, now

OPTIONS = Options()


def put(store: Store, text: str, name: str) -> str:
    """Check a text and keep it under a name."""
    return store.put(Submission(name, data=text.encode()), checked(text, name), OPTIONS)


def counts(store: Store) -> tuple[int, ...]:
    """Count the rows of the three tables."""
    with store.reading() as connection:
        return tuple(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (t.comparisons, t.comparison_documents, t.across)
        )


def test_a_finding_is_kept_whole_and_counts_to_the_document_that_makes_the_statement(
    store: Store,
) -> None:
    earlier, later = put(store, before(), "2022.txt"), put(store, now(), "2023.txt")
    result = compare_store(store, OPTIONS.key)
    assert (result.groups, result.compared, result.findings) == (1, 1, 1)
    (found,) = kept.found(store, OPTIONS.key)
    assert (found.documents, found.finding.document_id) == ((later, earlier), later)
    (whole,) = kept.findings_of(store, earlier)
    assert {e.document for e in whole.evidence} == {"2022.txt", "2023.txt"}
    assert whole.message == found.finding.message


def test_the_ranking_puts_a_contradiction_between_years_above_a_clean_document(
    store: Store,
) -> None:
    put(store, before(), "2022.txt")
    later = put(store, now(), "2023.txt")
    compare_store(store, OPTIONS.key)
    found = [*store.findings(OPTIONS), *(a.finding for a in kept.found(store, OPTIONS.key))]
    first = ranked(store.documents(OPTIONS), found)[0]
    assert first.listed.document_id == later
    assert "XDC001" in first.rules


def test_nothing_is_compared_twice_and_a_changed_document_is_compared_anew(store: Store) -> None:
    put(store, before(), "2022.txt")
    put(store, now(), "2023.txt")
    put(store, before("白龙县水利局"), "a.txt")
    put(store, now("白龙县水利局"), "b.txt")
    assert compare_store(store, OPTIONS.key).compared == 2
    assert compare_store(store, OPTIONS.key).compared == 0
    put(store, now(change="326.50", rate="28.87"), "2023.txt")
    result = compare_store(store, OPTIONS.key)
    assert (result.groups, result.compared, result.findings) == (2, 1, 1)


def test_a_forgotten_document_takes_its_comparisons_with_it(store: Store) -> None:
    earlier = put(store, before(), "2022.txt")
    put(store, now(), "2023.txt")
    compare_store(store, OPTIONS.key)
    assert counts(store) == (1, 2, 1)
    store.forget(earlier)
    assert counts(store) == (0, 0, 0)
    assert compare_store(store, OPTIONS.key).groups == 0


def test_a_decision_outlives_a_comparison_made_anew(store: Store) -> None:
    put(store, before(), "2022.txt")
    later = put(store, now(), "2023.txt")
    compare_store(store, OPTIONS.key)
    (found,) = kept.found(store, OPTIONS.key)
    report = store.report(later)
    assert report is not None
    decision = Decision(status="dismissed", reason="口径不同")
    store.decide(scope_of(report.document), found.finding.fingerprint, decision)
    put(store, now(more="\n补充说明。\n"), "2023.txt")
    compare_store(store, OPTIONS.key)
    (again,) = kept.found(store, OPTIONS.key)
    assert again.finding.decision == "dismissed"


@pytest.mark.parametrize("times", [1, 2])
def test_an_unbroken_run_and_one_document_at_a_time_come_to_the_same(
    store: Store, times: int
) -> None:
    texts = {"2022.txt": before(), "2023.txt": now(), "c.txt": before("白龙县水利局")}
    for name, text in texts.items():
        put(store, text, name)
        if times > 1:
            compare_store(store, OPTIONS.key)
    compare_store(store, OPTIONS.key)
    assert [a.finding.message for a in kept.found(store, OPTIONS.key)] != []
    assert counts(store) == (1, 2, 1)


def test_a_screen_ends_with_what_the_documents_say_against_each_other(tmp_path: Path) -> None:
    (tmp_path / "2022.txt").write_text(before(), encoding="utf-8")
    (tmp_path / "2023.txt").write_text(now(), encoding="utf-8")
    store = tmp_path / "gouji.db"
    result = CliRunner().invoke(app, ["screen", str(tmp_path / "*.txt"), "--store", str(store)])
    assert result.exit_code == 0, result.output
    assert "跨文件发现 1 处" in result.stdout
    assert "XDC001" in result.stdout
    assert "《2022.txt》" in "".join(result.stdout.split())


ACROSS = Path(__file__).parents[2] / "fixtures" / "across"


@pytest.mark.parametrize(
    ("code", "case", "kind"),
    [
        ("XDC006", "another_budget_of_last_year", BudgetYears),
        ("XDC007", "a_unit_that_spends_part_of_its_department", OwnUnit),
    ],
)
def test_a_kept_comparison_is_told_again_as_what_it_was(
    store: Store, code: str, case: str, kind: type[object]
) -> None:
    """What was kept of two budgets, or of a unit beside its department, is no sum over units."""
    said = yaml.safe_load((ACROSS / f"{code}.yaml").read_text("utf-8"))[case]
    documents = [put(store, text, f"{at}.txt") for at, text in enumerate(said["documents"])]
    compare_store(store, OPTIONS.key)
    identities = {one.document_id: one for one in kept.identities(store, OPTIONS.key)}
    for document in documents:
        (placed,) = groups_with(store, OPTIONS.key, identities[document].sha256)
        assert isinstance(placed.group, kind)
        told = told_to(placed, Catalogue("zh"))
        assert told.failed == len(said["expect"])
        assert {finding.rule for finding in told.findings} <= {code}
