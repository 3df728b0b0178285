"""A screen checks what is due, keeps each outcome, and takes up where it was stopped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import select

from gouji.screen.find import Found, find
from gouji.screen.limits import MIB, Limits
from gouji.screen.local import Order, Plan, Tally, plan, screen
from gouji.screen.outcome import Options, Outcome, Submission
from gouji.screen.store import Store
from gouji.screen.store import tables as t
from tests.screen import hostile
from tests.screen.made import CLEAN, FAULTY

ORDER = Order(jobs=2, limits=Limits(seconds=20, memory=512 * MIB))
ROWS = (t.documents, t.results, t.findings, t.verdicts, t.facts)
PASSING = frozenset(
    [
        "id",
        "result_id",
        "document_id",
        "run_id",
        "added_at",
        "examined_at",
        "seconds",
        "cpu_seconds",
        "memory",
    ]
)
"""Columns that differ from run to run, and say nothing of a document."""


def rows(store: Store) -> list[tuple[object, ...]]:
    """Return every row of a store without what differs from run to run."""
    found: list[tuple[object, ...]] = []
    with store.reading() as connection:
        for table in ROWS:
            of_document = t.documents.c.location
            joined = select(of_document, *(c for c in table.c if c.name not in PASSING))
            if table is not t.documents:
                joined = joined.select_from(table)
                if table is not t.results:
                    joined = joined.join(t.results)
                joined = joined.join(t.documents, t.results.c.document_id == t.documents.c.id)
            found += [(table.name, *row) for row in connection.execute(joined)]
    return sorted(found, key=repr)


def nothing(_document: Submission, _outcome: Outcome) -> None:
    """Hear of an outcome and do nothing."""


def go(store: Store, found: Found, order: Order = ORDER) -> tuple[Plan, Tally]:
    todo, tally = plan(store, found, order), Tally()
    screen(store, todo, order, tally, nothing)
    return todo, tally


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "docs"
    inside.mkdir()
    for number in range(6):
        text = (FAULTY if number % 3 == 0 else CLEAN).replace("档案馆", f"第{number}档案馆")
        (inside / f"{number}.txt").write_text(text, "utf-8")
    return inside


def test_every_document_gets_its_row_and_a_second_run_has_nothing_to_do(
    store: Store, folder: Path
) -> None:
    (folder / "empty.pdf").write_bytes(b"")
    todo, tally = go(store, find([str(folder)]))
    assert (todo.total, tally.checked, tally.failures.total()) == (7, 6, 1)
    assert len(list(store.documents())) == 7
    before = rows(store)
    todo, tally = go(store, find([str(folder)]))
    assert (todo.total, todo.standing, tally.done) == (0, 7, 0)
    assert rows(store) == before


def test_only_what_changed_is_done_again(store: Store, folder: Path) -> None:
    go(store, find([str(folder)]))
    changed, touched = folder / "1.txt", folder / "2.txt"
    changed.write_text(FAULTY, "utf-8")
    os.utime(touched, (1_000_000_000, 1_000_000_000))
    todo, tally = go(store, find([str(folder)]))
    assert (todo.total, tally.checked, tally.unchanged) == (2, 1, 1)
    todo, _ = go(store, find([str(folder)]))
    assert todo.total == 0


def test_other_options_and_another_engine_are_done_anew(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(store, find([str(folder)]))
    english = Order(Options(lang="en"), ORDER.limits, jobs=2)
    assert plan(store, find([str(folder)]), english).total == 6
    monkeypatch.setattr("gouji.screen.local.engine_fingerprint", lambda: "another")
    assert plan(store, find([str(folder)]), ORDER).total == 6


def test_failures_are_done_again_when_asked(store: Store, folder: Path) -> None:
    (folder / "empty.pdf").write_bytes(b"")
    go(store, find([str(folder)]))
    again = Order(ORDER.options, ORDER.limits, jobs=2, retry_failed=True)
    todo = plan(store, find([str(folder)]), again)
    assert [Path(d.location).name for d in todo.left] == ["empty.pdf"]


def test_a_limit_leaves_the_rest_for_the_next_run(store: Store, folder: Path) -> None:
    some = Order(ORDER.options, ORDER.limits, jobs=2, limit=4)
    assert go(store, find([str(folder)]), some)[0].total == 4
    assert go(store, find([str(folder)]), some)[0].total == 2
    assert len(list(store.documents())) == 6


def test_a_run_that_was_stopped_is_taken_up(store: Store, store_url: str, folder: Path) -> None:
    seen = 0

    def stop(_document: Submission, _outcome: Outcome) -> None:
        nonlocal seen
        seen += 1
        if seen == 3:
            raise KeyboardInterrupt

    found = find([str(folder)])
    with pytest.raises(KeyboardInterrupt):
        screen(store, plan(store, found, ORDER), ORDER, Tally(), stop)
    assert len(list(store.documents())) == 3
    todo, _ = go(store, found)
    assert todo.total == 3
    with Store.open(store_url) as other:
        assert len(rows(other)) == len(rows(store))


def test_hostile_documents_are_rows_and_stall_nobody(store: Store, folder: Path) -> None:
    (folder / "bomb.pdf").write_bytes(hostile.memory_bomb())
    (folder / "hang.pdf").write_bytes(hostile.endless())
    (folder / "long.pdf").write_bytes(hostile.many_pages(30))
    limits = Limits(seconds=12, memory=320 * MIB, pages=20)
    found = find([str(folder)])
    found.documents.insert(2, Submission("crash", data=hostile.Crashing(b"x")))
    _, tally = go(store, found, Order(limits=limits, jobs=2))
    assert tally.checked == 6
    reasons = {failure.name: failure.reason for failure in store.failures()}
    assert reasons == {
        "bomb.pdf": "memory",
        "hang.pdf": "time",
        "long.pdf": "too_long",
        "crash": "crash",
    }


def test_a_pool_that_breaks_is_started_anew(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gouji.screen.pool import Workers  # noqa: PLC0415 (to break the one that is used)

    real = Workers.submit
    broken: list[Submission] = []

    def submit(self: Workers, submission: Submission, options: Options) -> object:
        future = real(self, submission, options)
        if submission.location.endswith("3.txt") and not broken:
            broken.append(submission)
            self.close()  # as a pool ends that lost its channel
        return future

    monkeypatch.setattr(Workers, "submit", submit)
    _, tally = go(store, find([str(folder)]))
    assert broken
    assert tally.checked == 6
    assert len(list(store.documents())) == 6
