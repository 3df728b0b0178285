"""A hostile document costs itself and nothing else, and its row says why."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path

import pytest

from gouji.pipeline import check_document
from gouji.screen.limits import MIB, Limits
from gouji.screen.outcome import Checked, Failed, Options, Submission, Unchanged
from gouji.screen.pool import Workers
from tests.screen import hostile
from tests.screen.made import CLEAN, FAULTY

OPTIONS = Options()
LIMITS = Limits(seconds=10, memory=320 * MIB, file_size=8 * MIB, pages=40)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(jobs=2, limits=LIMITS) as pool:
        yield pool


def failed(workers: Workers, data: bytes, options: Options = OPTIONS) -> Failed:
    outcome = workers.examine(Submission("坏.pdf", data=data), options)
    assert isinstance(outcome, Failed), outcome
    assert outcome.sentence.startswith("坏.pdf")
    return outcome


def test_a_worker_reports_what_the_pipeline_reports(workers: Workers, root: Path) -> None:
    path = root / "fixtures" / "documents" / "wanyuan-faulty" / "report.pdf"
    outcome = workers.examine(Submission(str(path)), OPTIONS)
    assert isinstance(outcome, Checked)
    assert outcome.report == check_document(path)
    assert outcome.cost.cpu > 0
    assert 0 < outcome.cost.memory < LIMITS.memory


def test_page_texts_carry_the_fate_of_every_number(workers: Workers) -> None:
    options = Options(texts=True)
    outcome = workers.examine(Submission("a.txt", data=CLEAN.encode()), options)
    assert isinstance(outcome, Checked)
    (page,) = outcome.pages
    assert page.text == CLEAN
    told = {page.text[n.start : n.end]: n.fate for n in page.numbers}
    assert len(page.numbers) == outcome.coverage.numbers
    assert "checked" in told.values()


def test_a_report_comes_back_in_the_formats_asked_for(workers: Workers) -> None:
    options = Options(formats=("json", "markdown"))
    outcome = workers.examine(Submission("a.txt", data=FAULTY.encode()), options)
    assert isinstance(outcome, Checked)
    written = dict(outcome.rendered)
    assert set(written) == {"json", "markdown"}
    assert b"gouji.report/1" in written["json"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "unreadable"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "unreadable"),
        (b"%PDF-1.7\nnothing more", "unreadable"),
        (hostile.locked(), "unreadable"),
        (hostile.many_pages(41), "too_long"),
        (b"%PDF-1.7" + bytes(8 * MIB), "too_large"),
        (hostile.memory_bomb(), "memory"),
        (hostile.endless(), "time"),
        (hostile.Crashing(b"%PDF-1.7"), "crash"),
    ],
    ids=["empty", "picture", "cut", "locked", "long", "large", "bomb", "endless", "crash"],
)
def test_a_hostile_document_is_a_row_with_its_reason(
    workers: Workers, data: bytes, reason: str
) -> None:
    assert failed(workers, data).reason == reason


def test_a_locked_file_is_told_from_a_damaged_one(workers: Workers) -> None:
    assert "密码" in failed(workers, hostile.locked()).sentence


def test_a_reason_is_told_in_the_language_asked_for(workers: Workers) -> None:
    english = Options(lang="en")
    sentence = failed(workers, hostile.many_pages(41), english).sentence
    assert sentence == "坏.pdf: 41 pages, more than the limit of 40; it was not read."


def test_the_neighbours_of_hostile_documents_are_unharmed(workers: Workers) -> None:
    hostiles = [hostile.Crashing(b"x"), hostile.memory_bomb(), hostile.endless(), b""]
    good = [workers.submit(Submission(f"{n}", data=FAULTY.encode()), OPTIONS) for n in range(6)]
    bad = [workers.submit(Submission("bad", data=data), OPTIONS) for data in hostiles]
    good += [workers.submit(Submission(f"{n}", data=FAULTY.encode()), OPTIONS) for n in range(6)]
    expected = check_document(FAULTY, name="0").findings
    for future in good:
        outcome = future.result(timeout=60)
        assert isinstance(outcome, Checked)
        assert outcome.report.findings == expected
    assert all(isinstance(future.result(timeout=60), Failed) for future in bad)


def test_a_location_is_read_by_the_worker_and_a_missing_one_named(
    workers: Workers, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(CLEAN, "utf-8")
    assert isinstance(workers.examine(Submission(str(path)), OPTIONS), Checked)
    gone = workers.examine(Submission(str(tmp_path / "b.txt")), OPTIONS)
    assert isinstance(gone, Failed)
    assert gone.reason == "gone"
    nowhere = workers.examine(Submission("teleport://a/b.pdf"), OPTIONS)
    assert isinstance(nowhere, Failed)
    assert nowhere.reason == "gone"


def test_a_content_that_is_known_is_not_read_again(workers: Workers) -> None:
    data = CLEAN.encode()
    first = workers.examine(Submission("a.txt", data=data), OPTIONS)
    assert isinstance(first, Checked)
    again = workers.examine(Submission("a.txt", data=data, known=first.sha256), OPTIONS)
    assert again == Unchanged(first.sha256)


def children(pid: int) -> list[int]:
    """Return the processes below a process, however deep."""
    told = subprocess.run(
        ["ps", "-eo", "pid=,ppid="],  # noqa: S607 (whatever ps the machine has)
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    parents = [tuple(map(int, line.split())) for line in told.splitlines()]
    found = [child for child, parent in parents if parent == pid]
    return found + [deeper for child in found for deeper in children(child)]


def test_closing_leaves_no_worker_even_in_the_midst_of_a_hang() -> None:
    before = len(workers_of_this())
    with Workers(jobs=2, limits=Limits(seconds=60)) as pool:
        hangs = [pool.submit(Submission("x", data=hostile.endless()), OPTIONS) for _ in range(2)]
        time.sleep(1)
        assert not any(future.done() for future in hangs)
        assert len(workers_of_this()) == before + 2
    assert len(workers_of_this()) == before
    assert wait(hangs, timeout=10).not_done == set()


def workers_of_this() -> list[int]:
    """Return the living workers of this program: what the fork server has forked."""
    below = children(os.getpid())
    states = {pid: Path(f"/proc/{pid}/stat") for pid in below}
    servers = [pid for pid in below if children(pid)]
    forked = {child for server in servers for child in children(server)}
    return [pid for pid in forked if states[pid].exists()]


ORPHANS = """
import sys, time
from gouji.screen.limits import Limits
from gouji.screen.outcome import Options, Submission
from gouji.screen.pool import Workers
from tests.screen import hostile
if __name__ == "__main__":
    pool = Workers(jobs=1, limits=Limits(seconds=4))
    pool.submit(Submission("x", data=hostile.endless()), Options())
    time.sleep(2)
    print("ready", flush=True)
    time.sleep(60)
"""


def test_a_worker_ends_when_its_program_was_killed(root: Path, tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(ORPHANS)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(root), *sys.path])}
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        below = children(program.pid)
        assert below
        os.kill(program.pid, signal.SIGKILL)
    end = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in below) and time.monotonic() < end:
        time.sleep(0.2)
    assert [pid for pid in below if Path(f"/proc/{pid}").exists()] == []
