"""The queue and what becomes of its documents, on SQLite and PostgreSQL."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest

from gouji.errors import InputError
from gouji.messages import Catalogue, Saying
from gouji.model.report import Decision
from gouji.read.pdf import DAMAGED
from gouji.screen.limits import Limits
from gouji.screen.outcome import Checked, Failed, Submission
from gouji.screen.store import Store
from gouji.screen.worker import examine_one
from gouji.web.entry import Entry
from gouji.web.runner import ATTEMPTS, INTERRUPTED
from gouji.web.shelf import Shelf, options_for
from gouji.web.vault import new_id
from tests.screen.conftest import postgres_url, store, store_url
from tests.screen.made import CLEAN, FAULTY

__all__ = ["postgres_url", "store", "store_url"]  # fixtures this module takes over

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
GIVEN_UP = Saying(INTERRUPTED, {"times": ATTEMPTS})
CONFIRMED = Decision(status="confirmed")


@pytest.fixture
def shelf(store: Store) -> Shelf:
    return Shelf(store)


def entry(text: str = FAULTY, corrects: Entry | None = None) -> Entry:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Entry(
        id=new_id(),
        name="报告.txt",
        sha256=sha256,
        size=len(text),
        source="text",
        state="queued",
        submitted_at=NOW,
        lineage=corrects.lineage if corrects else f"sha256:{sha256}",
        corrects=corrects.id if corrects else None,
    )


def sent(taken: Entry) -> Submission:
    return Submission(f"/originals/{taken.id}", name=taken.name)


def checked(shelf: Shelf, text: str = FAULTY, corrects: Entry | None = None) -> Entry:
    """Return a document that went all the way."""
    shelf.add(entry(text, corrects))
    taken = shelf.claim(NOW)
    assert taken is not None
    submission = Submission(taken.name, data=text.encode())
    outcome = examine_one(submission, options_for("zh"), Limits())
    assert isinstance(outcome, Checked)
    shelf.settle(taken, sent(taken), outcome, "zh")
    settled = shelf.entry(taken.id)
    assert settled is not None
    return settled


def test_documents_are_taken_in_the_order_they_came(shelf: Shelf) -> None:
    waiting = [entry() for _ in range(3)]
    for each in waiting:
        shelf.add(each)
    found = shelf.entry(waiting[2].id)
    assert found is not None
    assert found.position == 3
    taken = [shelf.claim(NOW) for _ in range(4)]
    assert [t.id if t else None for t in taken] == [*(w.id for w in waiting), None]


def test_no_document_is_taken_twice_by_two_at_once(shelf: Shelf) -> None:
    for _ in range(12):
        shelf.add(entry())
    taken: list[str] = []
    start = Barrier(3)

    def take() -> None:
        start.wait()
        while (found := shelf.claim(NOW)) is not None:
            taken.append(found.id)

    threads = [Thread(target=take) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 12


def test_what_was_being_checked_is_queued_again_and_given_up_in_the_end(shelf: Shelf) -> None:
    shelf.add(entry())
    for _ in range(2):
        assert shelf.claim(NOW) is not None
        assert shelf.requeue_unfinished(3, GIVEN_UP, "zh", NOW) == 1
    taken = shelf.claim(NOW)
    assert taken is not None
    assert shelf.requeue_unfinished(3, GIVEN_UP, "zh", NOW) == 0
    found = shelf.entry(taken.id)
    assert found is not None
    assert (found.state, found.reason) == ("failed", "interrupted")
    assert found.failure(Catalogue()).startswith("核查中断了 3 次")
    assert found.failure(Catalogue("en")).startswith("The check was cut short 3 times")


def test_a_settled_document_tells_its_report_pages_and_counts(shelf: Shelf) -> None:
    done = checked(shelf)
    assert (done.state, done.entity, done.fiscal_year) == ("done", "云岫市青屏区档案馆", 2024)
    assert done.errors == 1
    report = shelf.report(done, "zh")
    assert report is not None
    assert report.findings[0].rule == "CHG001"
    assert shelf.report(done, "en") is None
    (page,) = shelf.pages(done.id)
    assert page.text == FAULTY
    assert "32.00" in {page.text[n.start : n.end] for n in page.numbers}


def test_a_failure_is_said_in_the_language_of_whoever_asks(shelf: Shelf) -> None:
    shelf.add(entry())
    taken = shelf.claim(NOW)
    assert taken is not None
    damaged = InputError(DAMAGED, name="坏.pdf")
    failed = Failed.told("unreadable", Saying.of(damaged), Catalogue("en"))
    shelf.settle(taken, sent(taken), failed, "en")
    found = shelf.entry(taken.id)
    assert found is not None
    assert found.failure(Catalogue()) == str(damaged)
    assert found.failure(Catalogue("en")) == failed.sentence != str(damaged)
    (listed,) = shelf.store.failures()
    assert listed.said(Catalogue()) == str(damaged)


def test_a_failure_kept_before_its_words_were_is_told_as_it_was_said(shelf: Shelf) -> None:
    shelf.add(entry())
    taken = shelf.claim(NOW)
    assert taken is not None
    shelf.settle(taken, sent(taken), Failed("crash", "读取进程崩溃。"), "zh")
    found = shelf.entry(taken.id)
    assert found is not None
    assert (found.state, found.failure(Catalogue("en"))) == ("failed", "读取进程崩溃。")
    assert shelf.check_again(found.id)
    assert not shelf.check_again(found.id)


def test_decisions_belong_to_a_units_report_of_a_year(shelf: Shelf) -> None:
    first, edition = checked(shelf), checked(shelf, FAULTY + "\n附件另发。\n")
    other = checked(shelf, FAULTY.replace("2024", "2023"))
    assert first.lineage == edition.lineage == "final_accounts:2024:云岫市青屏区档案馆"
    shelf.decide(first.lineage, "abc", CONFIRMED)
    assert shelf.decisions(edition)["abc"].status == "confirmed"
    assert shelf.decisions(other) == {}


def test_decisions_go_with_the_last_document_of_their_lineage(shelf: Shelf) -> None:
    first, edition = checked(shelf), checked(shelf, FAULTY + "\n附件另发。\n")
    shelf.decide(first.lineage, "abc", CONFIRMED)
    assert shelf.delete(first.id)
    assert "abc" in shelf.decisions(edition)
    assert shelf.delete(edition.id)
    assert shelf.decisions(edition) == {}
    assert not shelf.delete(edition.id)


def test_a_corrected_version_shares_the_decisions_of_what_it_corrects(shelf: Shelf) -> None:
    nameless = checked(shelf, "收入9.07万元，比上年减少0.71万元，下降7.83%。")
    assert nameless.lineage.startswith("sha256:")
    corrected = checked(shelf, "收入9.07万元，比上年减少0.71万元，下降7.26%。", nameless)
    assert corrected.lineage == nameless.lineage


def test_decisions_follow_a_document_whose_lineage_is_seen_anew(shelf: Shelf) -> None:
    before = entry()
    shelf.decide(before.lineage, "abc", CONFIRMED)
    after = checked(shelf)
    assert after.lineage != before.lineage
    assert "abc" in shelf.decisions(after)
    assert shelf.decisions(before) == {}


def test_a_document_deleted_while_it_is_checked_leaves_nothing(shelf: Shelf, store: Store) -> None:
    shelf.add(entry())
    taken = shelf.claim(NOW)
    assert taken is not None
    assert shelf.delete(taken.id)
    outcome = examine_one(Submission("x", data=CLEAN.encode()), options_for("zh"), Limits())
    assert isinstance(outcome, Checked)
    shelf.settle(taken, sent(taken), outcome, "zh")
    assert shelf.entry(taken.id) is None
    assert list(store.documents()) == []


def test_only_settled_documents_grow_too_old(shelf: Shelf) -> None:
    done = checked(shelf)
    shelf.add(entry())
    assert shelf.settled_before(NOW + timedelta(seconds=1)) == [done.id]
    assert shelf.settled_before(NOW) == []


def test_a_search_takes_words_for_words(shelf: Shelf) -> None:
    checked(shelf)
    for words, count in (("报告", 1), ("青屏 报告", 1), ("100%", 0), ("_", 0), ("' OR 1=1", 0)):
        assert shelf.entries(words=words)[0] == count
    assert shelf.entries("failed")[0] == 0
