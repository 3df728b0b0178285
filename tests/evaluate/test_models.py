"""Runs with a language model, against a real server on loopback: figures, cost, and what the log keeps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

pytest.importorskip("langchain_openai", reason="the llm extra is not installed")

from gouji.cli import app
from gouji.llm.prompts import TASKS
from tests.llm.server import FaultServer, serving
from tests.llm.test_chat import ODD, right

pytestmark = pytest.mark.usefixtures("loopback")
KEY = "sk-secret-123"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOUJI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("GOUJI_API_KEY", KEY)


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """Return one passage in a wording no grammar knows, judged wrong: 0.71 ÷ 8.36 is no 7.83 %."""
    line = {"id": "odd", "text": ODD, "consistent": False}
    (tmp_path / "p.jsonl").write_text(json.dumps(line), "utf-8")
    (tmp_path / "card.yaml").write_text("name: t\npassages: p.jsonl\n", "utf-8")
    return tmp_path


def run(dataset: Path, server: FaultServer | None, log: str, *flags: str) -> Result:
    model = ("--model", "local", "--base-url", server.url) if server else ()
    where = ("-o", str(dataset / log))
    return CliRunner().invoke(app, ["eval", "run", str(dataset), *model, *flags, *where])


def kept(dataset: Path, log: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    header, *answers = map(json.loads, (dataset / log).read_text("utf-8").splitlines())
    return header["header"], answers


def test_a_model_reads_what_the_rules_left_and_what_it_cost_is_scored(dataset: Path) -> None:
    with serving(right) as server:
        done = run(dataset, server, "a.jsonl", "--no-cache", "--price", "2/8")
        assert done.exit_code == 0, done.output
    alone = run(dataset, None, "b.jsonl")
    assert alone.exit_code == 0, alone.output
    figures = json.loads((dataset / "a.summary.json").read_text("utf-8"))["figures"]
    without = json.loads((dataset / "b.summary.json").read_text("utf-8"))["figures"]
    assert figures["passages.flagged"]["part"] == 1
    assert without["passages.flagged"]["part"] == 0
    assert figures["cost.calls"]["part"] == len(server.seen) == 1
    assert figures["cost.tokens"]["part"] == 120
    assert figures["cost.money"]["part"] == pytest.approx((100 * 2 + 20 * 8) / 1_000_000)
    assert "模型调用" in done.output
    assert "费用" in done.output


def test_the_log_names_engine_model_and_prompts_and_no_key(dataset: Path) -> None:
    with serving(right) as server:
        run(dataset, server, "a.jsonl", "--no-cache", "--engine", "llm")
        header, (answer,) = kept(dataset, "a.jsonl")
        assert (header["engine"], header["model"]) == ("llm", "local")
        assert set(header["prompts"]) == set(TASKS)
        assert answer["answer"]["cost"]["calls"] >= 1
        assert KEY not in (dataset / "a.jsonl").read_text("utf-8")
        assert server.url not in (dataset / "a.jsonl").read_text("utf-8")


def test_a_second_run_takes_its_answers_from_the_cache(dataset: Path) -> None:
    with serving(right) as server:
        run(dataset, server, "a.jsonl")
        asked = len(server.seen)
        run(dataset, server, "b.jsonl")
        assert len(server.seen) == asked
    _, (answer,) = kept(dataset, "b.jsonl")
    assert answer["answer"]["cost"]["cached"] == 1
    assert "calls" not in answer["answer"]["cost"]


def test_calls_that_fail_are_counted_and_leave_the_rules_reading(dataset: Path) -> None:
    with serving(right, always="invalid_json") as server:
        done = run(dataset, server, "a.jsonl", "--no-cache")
    assert done.exit_code == 0, done.output
    _, (answer,) = kept(dataset, "a.jsonl")
    assert answer["answer"]["cost"]["failed"] == 1
    assert "error" not in answer["answer"]


def test_logs_of_two_engines_do_not_mix(dataset: Path) -> None:
    run(dataset, None, "a.jsonl")
    with serving(right) as server:
        refused = run(dataset, server, "a.jsonl")
    assert refused.exit_code == 2
    assert "--output" in refused.output


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--engine", "hybrid"), "--model"),
        (("--engine", "rules", "--model", "local"), "--engine rules"),
        (("--model", "local", "--base-url", "http://127.0.0.1:9/v1", "--max-cost", "1"), "--price"),
    ],
)
def test_flags_that_make_no_sense_are_one_sentence(
    dataset: Path, flags: tuple[str, ...], said: str
) -> None:
    refused = run(dataset, None, "a.jsonl", *flags)
    assert refused.exit_code == 2
    assert said in refused.output
    assert "Traceback" not in refused.output
    assert not (dataset / "a.jsonl").exists()
