"""The flags about a model, on the command line and against a real server on loopback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

pytest.importorskip("langchain_openai", reason="the llm extra is not installed")

from gouji.cli import app
from tests.llm.server import serving
from tests.llm.test_chat import ODD, right

pytestmark = pytest.mark.usefixtures("loopback")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOUJI_CACHE", str(tmp_path))
    monkeypatch.setenv("GOUJI_API_KEY", "sk-secret-123")


def run(*flags: str) -> Result:
    return CliRunner().invoke(app, ["check", "-", *flags], input=ODD)


def test_a_model_means_hybrid_and_is_accounted_for_on_the_console_and_in_json() -> None:
    with serving(right) as server:
        model = ("--model", "local", "--base-url", server.url)
        text = run(*model, "--no-cache", "--price", "2/8")
        assert text.exit_code == 0, "a finding by a model is a warning"
        assert "CHG001" in text.stdout
        printed = "".join(text.stdout.split())
        assert "语言模型local：调用1次" in printed
        assert "费用0.00036" in printed
        made = json.loads(run(*model, "-f", "json").stdout)
        assert made["engine"]["extractor"] == "hybrid"
        assert made["engine"]["model"] == "local"
        assert {p["task"] for p in made["model_use"]["prompts"]} == {"claims"}
        assert run(*model, "--fail-on", "warning").exit_code == 1
        assert "sk-secret" not in text.output + json.dumps(made)


def test_engine_rules_calls_nobody() -> None:
    with serving(right) as server:
        flags = ("--model", "local", "--base-url", server.url, "--engine", "rules")
        assert json.loads(run(*flags, "-f", "json").stdout)["model_use"] is None
        assert server.seen == []


def test_a_summary_stands_above_the_account() -> None:
    def reader(request: object) -> object:
        task = request.prompt.task  # type: ignore[attr-defined]
        return {"paragraph": "请对照原文复核所列疑点。"} if task == "summary" else right(request)  # type: ignore[arg-type]

    with serving(reader) as server:  # type: ignore[arg-type]
        flags = ("--model", "local", "--base-url", server.url, "--no-cache", "--price", "2/8")
        shown = run(*flags, "--summary")
        assert "费用0.00072" in "".join(shown.stdout.split()), "both calls are counted"
        assert "摘要（由语言模型撰写，以发现为准）：请对照原文复核所列疑点。" in "".join(
            shown.stdout.split("\n")
        )


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--engine", "hybrid"), "--model"),
        (("--summary",), "--model"),
        (("--model", "local", "--base-url", "http://127.0.0.1:9/v1", "--price", "x"), "--price"),
        (("--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--max-cost", "1"), "--price"),
        (("--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--max-cost", "x"), "--max-cost"),
    ],
)
def test_flags_that_make_no_sense_are_one_sentence(flags: tuple[str, ...], said: str) -> None:
    result = run(*flags)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
