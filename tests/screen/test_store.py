"""The store keeps one outcome a document, whole, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, func, select, text

from gouji.errors import InputError
from gouji.model.report import Decision
from gouji.pipeline import examine
from gouji.screen.facts import facts_of
from gouji.screen.limits import Limits
from gouji.screen.outcome import Checked, Options, Submission
from gouji.screen.profile import profile_of
from gouji.screen.store import Store, scope_of
from gouji.screen.store import tables as t
from gouji.screen.worker import examine_one
from tests.screen.made import CLEAN, FAULTY, checked, failed

OPTIONS = Options()


def counts(store: Store) -> dict[str, int]:
    """Count the rows of every table."""
    with store.reading() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in t.metadata.sorted_tables
        }


def test_a_report_comes_back_as_it_was_put(store: Store) -> None:
    outcome = checked(FAULTY)
    document = store.put(Submission("a.txt"), outcome, OPTIONS)
    assert store.report(document) == outcome.report
    (listed,) = store.documents()
    assert listed.document_id == document
    assert (listed.status, listed.broken) == ("checked", outcome.summary.broken)
    assert listed.broken > 0
    assert listed.added_at.tzinfo is not None
    found = list(store.findings())
    assert [f.fingerprint for f in found] == [f.fingerprint for f in outcome.report.findings]


def test_putting_twice_leaves_the_rows_of_once(store: Store) -> None:
    first = store.put(Submission("a.txt"), checked(FAULTY), OPTIONS)
    once = counts(store)
    assert store.put(Submission("a.txt"), checked(FAULTY), OPTIONS) == first
    assert counts(store) == once


def test_a_changed_file_replaces_what_was_found_before(store: Store) -> None:
    document = store.put(Submission("a.txt"), checked(FAULTY), OPTIONS)
    store.put(Submission("a.txt"), checked(CLEAN), OPTIONS)
    assert list(store.findings()) == []
    report = store.report(document)
    assert report is not None
    assert report.summary.broken == 0


def test_a_file_that_turns_unreadable_keeps_no_old_finding(store: Store) -> None:
    store.put(Submission("a.txt"), checked(FAULTY), OPTIONS)
    document = store.put(Submission("a.txt"), failed("读不了"), OPTIONS)
    assert list(store.findings()) == []
    assert store.report(document) is None
    assert [(f.reason, f.sentence) for f in store.failures()] == [("unreadable", "读不了")]
    store.put(Submission("a.txt"), checked(), OPTIONS)
    assert store.failures() == []


def test_results_under_other_options_stand_beside_each_other(store: Store) -> None:
    english = Options(lang="en")
    document = store.put(Submission("a.txt"), checked(FAULTY), OPTIONS)
    store.put(Submission("a.txt"), failed(), english)
    assert store.standing(OPTIONS)["a.txt"].failed is False
    assert store.standing(english)["a.txt"].failed is True
    assert store.report(document, OPTIONS) is not None
    assert store.report(document, english) is None
    assert len(list(store.documents(OPTIONS))) == 1


def test_forgetting_a_document_leaves_nothing_but_decisions(store: Store) -> None:
    outcome = checked(FAULTY)
    document = store.put(Submission("a.txt"), outcome, OPTIONS)
    scope = scope_of(outcome.document)
    store.decide(scope, outcome.findings[0].fingerprint, Decision(status="confirmed", by="甲"))
    assert store.forget(document)
    assert not store.forget(document)
    left = {name: n for name, n in counts(store).items() if n}
    assert left == {"decisions": 1}


def test_what_a_document_tells_others_comes_back_whole(store: Store, root: Path) -> None:
    path = root / "fixtures" / "documents" / "yuan-clean" / "report.txt"
    examined = examine(path)
    outcome = examine_one(Submission(str(path)), OPTIONS, Limits())
    assert isinstance(outcome, Checked)
    document = store.put(Submission(str(path)), outcome, OPTIONS)
    (told,) = store.told(OPTIONS)
    assert told.document_id == document
    assert told.facts == facts_of(examined)
    assert told.profile == profile_of(examined.disclosure)
    assert counts(store)["facts"] == len(told.facts) > 100


def test_a_decision_outlives_a_new_check_and_can_be_taken_back(store: Store) -> None:
    outcome = checked(FAULTY)
    document = store.put(Submission("a.txt"), outcome, OPTIONS)
    fingerprint = outcome.findings[0].fingerprint
    scope = scope_of(outcome.document)
    kept = store.decide(scope, fingerprint, Decision(status="dismissed", reason="口径不同"))
    assert kept.at
    store.put(Submission("a.txt"), outcome, OPTIONS)
    report = store.report(document)
    assert report is not None
    assert report.findings[0].decision == kept
    store.decide(scope, fingerprint, Decision(status="confirmed", by="乙"))
    assert store.decisions(scope)[fingerprint].status == "confirmed"
    assert store.undecide(scope, fingerprint)
    assert store.decisions(scope) == {}


def test_old_uploads_are_forgotten_and_nothing_else(store: Store) -> None:
    store.put(Submission("upload:1"), checked(), OPTIONS)
    store.put(Submission("/data/a.txt"), checked(), OPTIONS)
    soon = datetime.now(UTC) + timedelta(seconds=1)
    assert store.forget_before(soon - timedelta(days=1), "upload:") == 0
    assert store.forget_before(soon, "upload:") == 1
    assert [d.location for d in store.documents()] == ["/data/a.txt"]


def test_two_writers_at_once_neither_double_nor_lose_a_row(store_url: str) -> None:
    outcome, start = checked(FAULTY), Barrier(2)

    def write() -> None:
        with Store.open(store_url) as store:
            start.wait()
            for number in range(15):
                store.put(Submission(f"{number}.txt"), outcome, OPTIONS)

    writers = [Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with Store.open(store_url) as store:
        assert len(list(store.documents())) == 15
        assert counts(store)["findings"] == 15 * len(outcome.findings)
        assert counts(store)["reports"] == 15


def test_the_migrations_make_the_tables_that_the_code_writes(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, t.metadata) == []


def test_a_store_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    Store.open(str(path)).close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(InputError, match="升级 gouji"):
        Store.open(str(path))


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("/nowhere/at/all/store.db", "所在文件夹不存在"),
        ("oracle7://host/name", "不支持这种数据库"),
        ("postgresql://nobody@127.0.0.1:1/none", "打不开存储"),
        ("://", "不是数据库地址"),
    ],
)
def test_a_store_that_cannot_be_opened_says_why(url: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        Store.open(url)


def test_a_password_is_not_told(tmp_path: Path) -> None:
    del tmp_path
    with pytest.raises(InputError) as raised:
        Store.open("postgresql://someone:secret@127.0.0.1:1/none")
    assert "secret" not in str(raised.value)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"%PDF-1.7" * 100)
    with pytest.raises(InputError, match=r"report\.pdf.*打不开存储"):
        Store.open(str(path))
