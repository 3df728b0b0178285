"""What a cluster writes comes into a store as if it had been checked there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gouji.errors import InputError
from gouji.screen.collect import collect
from gouji.screen.export import TABLES, rows
from gouji.screen.find import find
from gouji.screen.limits import Limits
from gouji.screen.local import Order, Tally, plan_from
from gouji.screen.on_ray import check_batch
from gouji.screen.outcome import Options, Outcome, Submission
from gouji.screen.parts import part_name, read_parts, standing_in, write_part
from gouji.screen.store import Store
from tests.screen import hostile
from tests.screen.made import CLEAN, FAULTY, checked, failed

OPTIONS = Options()


def hear(_tally: Tally) -> None:
    """Hear of progress and do nothing."""


def test_a_part_brings_every_outcome_back_as_it_was(tmp_path: Path) -> None:
    done: list[tuple[Submission, Outcome]] = [
        (Submission("a.txt", name="a", entity="甲局", fiscal_year=2024, size=3), checked(FAULTY)),
        (Submission("b.txt"), checked(CLEAN)),
        (Submission("c.txt"), failed("坏")),
    ]
    write_part(str(tmp_path), "part-1.parquet", done, OPTIONS)
    parts = list(read_parts([str(tmp_path)]))
    assert [(p.submission, p.outcome) for p in parts] == done
    assert {p.options_key for p in parts} == {OPTIONS.key}


def test_parts_collected_twice_leave_the_rows_of_once(store: Store, tmp_path: Path) -> None:
    outcome = checked(FAULTY)
    direct = store.put(Submission("a.txt"), outcome, OPTIONS)
    before = {name: list(rows(store, name)) for name in TABLES}
    store.forget(direct)
    write_part(str(tmp_path), "part-1.parquet", [(Submission("a.txt"), outcome)], OPTIONS)
    for _ in range(2):
        tally = collect(store, [str(tmp_path)], hear)
        assert (tally.checked, tally.findings) == (1, len(outcome.findings))
    after = {name: list(rows(store, name)) for name in TABLES}
    for name, found in after.items():
        for row, earlier in zip(found, before[name], strict=True):
            differing = {key for key in row if row[key] != earlier[key]}
            assert differing <= {"added_at", "examined_at"}


def test_a_batch_done_twice_leaves_one_part(tmp_path: Path) -> None:
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path in paths:
        path.write_text(CLEAN, "utf-8")
    batch = find([str(tmp_path)]).documents
    parts = tmp_path / "parts"
    for _ in range(2):
        told = check_batch(batch, OPTIONS, Limits(), str(parts))
        assert (told.done, told.checked) == (2, 2)
    assert [p.name for p in parts.iterdir()] == [part_name(batch, OPTIONS)]


def test_what_parts_hold_is_not_done_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, "utf-8")
    (tmp_path / "b.txt").write_text(CLEAN, "utf-8")
    found = find([str(tmp_path / "*.txt")])
    parts = str(tmp_path / "parts")
    write_part(parts, "part-1.parquet", [(found.documents[0], checked())], OPTIONS)
    todo = plan_from(standing_in(parts, OPTIONS), found, Order())
    assert [Path(d.location).name for d in todo.left] == ["b.txt"]
    assert standing_in(parts, Options(lang="en")) == {}


def test_a_file_that_is_no_part_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_bytes(b"no parquet")
    with pytest.raises(InputError, match=r"x\.parquet.*不是 gouji 的结果分片"):
        list(read_parts([str(tmp_path)]))
    with pytest.raises(InputError, match="找不到分片"):
        list(read_parts([str(tmp_path / "none")]))


def test_a_cluster_that_loses_a_node_gives_the_rows_of_one_machine(
    root: Path, tmp_path: Path
) -> None:
    pytest.importorskip("ray")
    folder = tmp_path / "docs"
    folder.mkdir()
    text = (root / "fixtures" / "documents" / "yuan-clean" / "report.txt").read_text("utf-8")
    for number in range(16):
        (folder / f"{number:02}.txt").write_text(
            text.replace("2024", f"20{10 + number % 9}"), "utf-8"
        )
    (folder / "bomb.pdf").write_bytes(hostile.memory_bomb())
    (folder / "empty.pdf").write_bytes(b"")
    script = root / "eval" / "bench" / "bench_ray.py"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run(
        [sys.executable, script, folder, "--batch", "3"],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=400,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "documents 18, node lost True, rows that differ 0" in done.stdout
