"""The flags about a model, on the command line and against a real server on loopback."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

pytest.importorskip("langchain_openai", reason="the llm extra is not installed")

from gouji.cli import app
from tests.llm.server import serving
from tests.llm.test_chat import ODD, right

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "eval" / "llm"))
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
        assert "费用未计" in "".join(run(*model, "--no-cache").stdout.split())
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


def test_ctrl_c_in_the_midst_ends_at_once_and_keeps_what_was_answered(tmp_path: Path) -> None:
    odd = import_module("odd")
    path = tmp_path / "odd.txt"
    path.write_text(next(odd.documents(1)).text, encoding="utf-8")
    with serving(odd.perfect, "success", "slow") as server:
        check = ["check", str(path), "--model", "local", "--base-url", server.url]
        command = [sys.executable, "-c", "from gouji.cli import app; app()", *check]
        program = subprocess.Popen(
            [*command, "--concurrency", "1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=_at_a_terminal,  # noqa: PLW1509 (no threads in the child)
        )
        while len(server.seen) < 2:
            assert program.poll() is None
            time.sleep(0.02)
        program.send_signal(signal.SIGINT)
        said = b"".join(program.communicate(timeout=60))
        assert (program.returncode, said) == (130, b"")
        done = CliRunner().invoke(app, check)
        assert "调用1次,取自缓存1次" in "".join(done.stdout.replace("，", ",").split())
        assert len(server.seen) == 3


def _at_a_terminal() -> None:
    """Hear Ctrl-C, whatever started the tests."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_the_rules_report_can_be_summarised_and_a_paragraph_not_used_is_called_so() -> None:
    paragraph = {"paragraph": "共有 77 处疑点。"}
    with serving(lambda _: paragraph) as server:
        flags = ("--model", "local", "--base-url", server.url, "--engine", "rules", "--summary")
        shown = "".join(run(*flags, "--no-cache").stdout.split())
        assert "摘要（语言模型没有写出可用的，以下是核对结论）：" in shown
        assert "77" not in shown
        made = json.loads(run(*flags, "--no-cache", "-f", "json").stdout)
        assert made["summary"]["paragraph"] == made["summary"]["headline"]
        assert (made["engine"]["extractor"], made["engine"]["model"]) == ("rules", "local")
        assert made["model_use"]["calls"] == 1
        assert made["model_use"]["dropped"] == {"summary_not_of_findings": 1}
        paragraph["paragraph"] = "请对照原文复核。"
        shown = "".join(run(*flags, "--no-cache").stdout.split())
        assert "摘要（由语言模型撰写，以发现为准）：请对照原文复核。" in shown
        assert len(server.seen) == 3


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
