"""`gouji screen` as a user meets it: one command, one sentence for each mistake, Ctrl-C that keeps its word."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gouji.cli import app
from gouji.screen.store import Store
from tests.screen.made import CLEAN, FAULTY
from tests.screen.test_across import before, now

MANY = 300
"""Documents that take some seconds, so that Ctrl-C comes between two of them."""


def run(*words: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "160"})
    return done.exit_code, done.output


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "docs"
    inside.mkdir()
    (inside / "甲.txt").write_text(FAULTY, "utf-8")
    (inside / "乙.txt").write_text(CLEAN, "utf-8")
    (inside / "空.pdf").write_bytes(b"")
    return inside


def test_one_command_checks_a_folder_and_prints_the_worst(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    code, output = run("screen", folder, "--store", store, "--jobs", "1")
    assert code == 0, output
    assert "找到 3 份文档：待查 3 份" in output
    assert "核查 2 份" in output
    assert "未能核查 1 份：读不了 1" in output
    assert "有矛盾 1" in output
    assert "甲.txt" in output
    code, output = run("screen", "run", folder, "--store", store, "--top", "0")
    assert code == 0
    assert "待查 0 份，已有结果 3 份" in output
    for form, target in (("csv", "out"), ("xlsx", "out.xlsx")):
        code, output = run("screen", "export", store, "-f", form, "-o", tmp_path / target)
        assert code == 0, output
        assert "documents 3 行" in output
    code, output = run("screen", "overview", store, "-o", tmp_path / "o.html", "--reports", "0")
    assert code == 0, output
    assert (tmp_path / "o.html").is_file()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["screen", "/nowhere/at/all"], "找不到"),
        (["screen", ".", "--engine", "llm"], "需要用 --model"),
        (["screen", ".", "--runner", "ray"], "--parts"),
        (["screen", ".", "--select", "QQQ999"], "QQQ999"),
        (["screen", ".", "--select", "XDC999"], "XDC999"),
        (["screen", "export", "none.db"], "没有这个存储"),
        (["screen", "collect", "/nowhere"], "找不到分片"),
    ],
)
def test_a_mistake_is_one_sentence(
    words: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, output = run(*words)
    assert code == 2
    assert says in output
    assert "Traceback" not in output


def test_rules_across_documents_can_be_selected_alone(tmp_path: Path) -> None:
    folder = tmp_path / "years"
    folder.mkdir()
    (folder / "last.txt").write_text(before(), "utf-8")
    (folder / "this.txt").write_text(now(), "utf-8")
    for select, expected in (("XDC", "发现 1 处"), ("XDC002", "发现 0 处")):
        code, output = run(
            "screen", folder, "--store", tmp_path / f"{select}.db", "--select", select
        )
        assert code == 0, output
        assert f"可比的 1 组，本次比对 1 组，{expected}" in output
    code, output = run("screen", folder, "--store", tmp_path / "CHG.db", "--select", "CHG")
    assert code == 0
    assert "跨文件核对" not in output


def test_ctrl_c_stops_cleanly_and_the_next_run_goes_on(folder: Path, tmp_path: Path) -> None:
    for number in range(MANY):
        text = CLEAN.replace("档案馆", f"第{number}档案馆")
        (folder / f"{number}.txt").write_text(text, "utf-8")
    store = tmp_path / "store.db"
    words = ["screen", str(folder), "--store", str(store), "--jobs", "1", "--quiet"]
    # a job in the background inherits an ignored SIGINT, a terminal does not
    at_a_terminal = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    command = [sys.executable, "-c", f"{at_a_terminal}; from gouji.cli import app; app()", *words]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as program:
        end = time.monotonic() + 60
        while not has_rows(store) and time.monotonic() < end:
            time.sleep(0.01)
        program.send_signal(signal.SIGINT)
        _, told = program.communicate(timeout=60)
    done = count(store)
    assert 0 < done < MANY + 3
    assert program.returncode == 130, told
    assert f"已停止：完成 {done}/{MANY + 3} 份；再次运行同一命令即接着做。" in told
    assert "Traceback" not in told
    code, output = run(*words, "--top", "0")
    assert code == 0
    assert f"待查 {MANY + 3 - done} 份，已有结果 {done} 份" in output
    assert count(store) == MANY + 3


def has_rows(path: Path) -> bool:
    """Tell whether a document is in; opening the store properly would take as long as the screening."""
    if not path.exists():
        return False
    with closing(sqlite3.connect(path)) as connection, suppress(sqlite3.OperationalError):
        return bool(connection.execute("SELECT 1 FROM documents").fetchone())
    return False


def count(path: Path) -> int:
    """Return how many documents a store holds."""
    with Store.open(str(path)) as store:
        return len(list(store.documents()))
