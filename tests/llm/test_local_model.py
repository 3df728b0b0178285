"""A real server with a real, tiny model: shapes only, never content (SmolLM2-135M knows no Chinese).

Runs where `make local-model MODEL=smollm2-135m` has been run, or GOUJI_LOCAL_MODEL names the folder
with `llama-server` and `smollm2-135m.gguf`; elsewhere it is skipped.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("langchain_openai", reason="the llm extra is not installed")

from pydantic import BaseModel, ConfigDict, Field

from gouji import check_document
from gouji.llm.chat import Chat
from gouji.llm.options import ModelOptions
from gouji.llm.port import Prompt, Request
from tests.llm.test_guard import ODD, without_notes

FOLDER = Path(
    os.environ.get("GOUJI_LOCAL_MODEL", Path(__file__).resolve().parents[2] / ".local-model")
)
SERVER, MODEL = FOLDER / "llama-server", FOLDER / "smollm2-135m.gguf"
KEY = "sk-local-test"
CONTEXT = 2048

pytestmark = [
    pytest.mark.llm_local,
    pytest.mark.usefixtures("loopback"),
    pytest.mark.skipif(
        not (SERVER.exists() and MODEL.exists()),
        reason="no local server or model: make local-model MODEL=smollm2-135m",
    ),
]


class Word(BaseModel):
    """An answer that any model can give when a grammar holds its hand."""

    model_config = ConfigDict(extra="forbid")
    year: str = Field(pattern=r"^20[0-9]{2}$")
    kind: str = Field(pattern=r"^[a-c]$")


def start(port: int) -> subprocess.Popen[bytes]:
    command = [str(SERVER), "-m", str(MODEL), "--host", "127.0.0.1", "--port", str(port)]
    command += ["-c", str(CONTEXT), "-np", "1", "-t", "2", "-cram", "64", "-a", "smollm2"]
    command += ["--no-ui", "--offline", "--api-key", KEY]
    return subprocess.Popen(
        command,
        env={**os.environ, "OMP_WAIT_POLICY": "PASSIVE"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1):
            return True
    except urllib.error.HTTPError as error:
        error.close()
    except OSError:
        pass
    return False


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    number = free_port()
    process = start(number)
    try:
        yield number
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def options(port: int, monkeypatch: pytest.MonkeyPatch) -> ModelOptions:
    """Return options for the server once it has loaded."""
    monkeypatch.setenv("GOUJI_API_KEY", KEY)
    ends = time.monotonic() + 60
    while not is_healthy(port):
        assert time.monotonic() < ends, "the server does not become healthy"
        time.sleep(0.2)
    url = f"http://127.0.0.1:{port}/v1"
    return ModelOptions("any-name", url, use_cache=False, timeout=60, deadline=120, retries=1)


def question(words: str = "Which year? Answer in JSON.", answer: type[BaseModel] = Word) -> Request:
    return Request(Prompt("word", "1", "", ""), "You answer in JSON.", words, answer, 64)


def test_an_answer_by_grammar_fits_its_schema(options: ModelOptions) -> None:
    chat = Chat(options)
    (reply,) = chat.ask([question()])
    assert reply.failure is None
    assert isinstance(reply.answer, Word)
    assert (reply.usage.calls, reply.usage.retries) == (1, 0)
    assert reply.usage.input_tokens > 0
    assert reply.usage.output_tokens > 0
    assert chat.name == "any-name (smollm2)"


def test_side_by_side_questions_come_back_in_order(options: ModelOptions) -> None:
    replies = Chat(options).ask([question(f"Year {n}?") for n in range(4)])
    assert all(isinstance(r.answer, Word) for r in replies)


def test_an_answer_without_end_is_cut_off(
    options: ModelOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Long(BaseModel):
        """More than the model may say."""

        model_config = ConfigDict(extra="forbid")
        words: str = Field(pattern=r"^[a-z]{400}$")

    monkeypatch.setattr("gouji.llm.chat.MOST_OUTPUT", 8)
    (reply,) = Chat(options).ask([question("Say it.", Long)])
    assert (reply.answer, reply.failure) == (None, "cut_off")


def test_more_than_the_window_holds_is_too_long(options: ModelOptions) -> None:
    (reply,) = Chat(options).ask([question("word " * 4 * CONTEXT)])
    assert (reply.answer, reply.failure, reply.usage.retries) == (None, "too_long", 0)


def test_a_wrong_key_is_refused_at_once(
    options: ModelOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOUJI_API_KEY", "sk-wrong")
    (reply,) = Chat(options).ask([question()])
    assert (reply.failure, reply.usage.retries) == ("rejected", 0)


def test_a_question_given_up_leaves_the_server_free(options: ModelOptions) -> None:
    class Endless(BaseModel):
        """Takes longer than its caller waits."""

        model_config = ConfigDict(extra="forbid")
        words: str = Field(pattern=r"^[a-z]{1500}$")

    hasty = replace(options, timeout=0.3, retries=0)
    (reply,) = Chat(hasty).ask([question("Say it.", Endless)])
    assert reply.failure == "timeout"
    begun = time.monotonic()
    (reply,) = Chat(options).ask([question()])
    assert reply.failure is None
    assert time.monotonic() - begun < 30


def test_a_server_still_loading_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUJI_API_KEY", KEY)
    number = free_port()
    process = start(number)
    try:
        while not is_listening(number):
            assert process.poll() is None
            time.sleep(0.005)
        url = f"http://127.0.0.1:{number}/v1"
        chat = Chat(ModelOptions("x", url, use_cache=False, timeout=60, deadline=60, retries=2))
        (reply,) = chat.ask([question()])
        assert reply.failure is None
    finally:
        process.terminate()
        process.wait()


def test_a_server_that_died_is_a_clean_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUJI_API_KEY", KEY)
    number = free_port()
    process = start(number)
    while not is_healthy(number):
        assert process.poll() is None
        time.sleep(0.1)
    chat = Chat(
        ModelOptions("x", f"http://127.0.0.1:{number}/v1", use_cache=False, timeout=20, retries=0)
    )
    process.kill()
    process.wait()
    (reply,) = chat.ask([question()])
    assert reply.failure == "unreachable"


def test_a_model_that_understands_nothing_changes_no_verdict(options: ModelOptions) -> None:
    """The whole cascade, with a model that fills every schema and knows no Chinese."""
    report = check_document(ODD, model=Chat(options))
    assert report.model_use is not None
    assert report.model_use.calls > 0
    rules = check_document(ODD)
    assert without_notes(report)["findings"] == without_notes(rules)["findings"]


def is_listening(number: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.connect(("127.0.0.1", number))
        except OSError:
            return False
        return True
