"""Screening with a language model: call by call, or by batches that a later run collects."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

pytest.importorskip("langchain_openai", reason="the llm extra is not installed")

from gouji.cli import app
from tests.llm.server import FaultServer, serving
from tests.llm.test_chat import ODD, right

pytestmark = pytest.mark.usefixtures("loopback")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GOUJI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("GOUJI_API_KEY", "sk-secret-123")
    inside = tmp_path / "docs"
    inside.mkdir()
    for n in (1, 2):
        told = ODD.replace("2024年度", f"青屏区第{n}小学2024年度").replace("9.07", f"{n}9.07")
        (inside / f"{n}.txt").write_text(told, "utf-8")
    return inside


def run(server: FaultServer, folder: Path, *flags: str) -> str:
    store = str(folder.parent / "store.db")
    model = ["--model", "local", "--base-url", server.url, "--jobs", "1"]
    done = CliRunner().invoke(
        app, ["screen", str(folder), "--store", store, *model, *flags], env={"COLUMNS": "160"}
    )
    assert done.exit_code == 0, done.output
    return done.output


def test_each_document_is_read_with_the_model(folder: Path) -> None:
    with serving(right) as server:
        assert run(server, folder).count("CHG001") == 2
        assert len(server.seen) == 2


def test_batches_are_submitted_by_one_run_and_collected_by_another(folder: Path) -> None:
    with serving(right) as server:
        server.pending = 1000
        first = run(server, folder, "--batch")
        assert "未能核查 2 份：等候批量答复 2" in first
        assert len(server.batches) == 2
        again = run(server, folder, "--batch")
        assert "待查 2 份" in again
        assert len(server.batches) == 2, "what was submitted is not paid for again"
        server.pending = 0
        last = run(server, folder, "--batch")
        assert "核查 2 份" in last
        assert last.count("CHG001") == 2
        assert len(server.batches) == 2
        assert server.seen == []
        assert "待查 0 份" in run(server, folder, "--batch")


def test_a_batch_without_a_model_is_one_sentence(folder: Path) -> None:
    done = CliRunner().invoke(app, ["screen", str(folder), "--batch"])
    assert done.exit_code == 2
    assert "--batch 需要用 --model 指定语言模型。" in done.output
