"""The batch API: submitted once, collected in any order, resumed after an interruption."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("openai", reason="the llm extra is not installed")

from gouji import check_document
from gouji.llm.batch import Batch
from gouji.llm.chat import Chat
from gouji.llm.options import ModelOptions
from gouji.llm.port import Request
from gouji.llm.prompts import request_for
from tests.llm.server import FaultServer, serving
from tests.llm.test_chat import ODD, right

pytestmark = pytest.mark.usefixtures("loopback")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOUJI_CACHE", str(tmp_path))
    monkeypatch.setenv("GOUJI_API_KEY", "sk-secret-123")


@pytest.fixture
def server() -> Iterator[FaultServer]:
    def reader(request: Request) -> dict[str, object] | None:
        if request.prompt.task == "summary":
            return {"paragraph": request.user.split("\n")[1]}
        return right(request)

    with serving(reader) as state:
        yield state


def batch(server: FaultServer, **other: float) -> Batch:
    options = ModelOptions(
        "local", server.url, timeout=5, retries=0, deadline=other.get("deadline", 20)
    )
    return Batch(options, wait=0.01)


def asked(n: int) -> list[Request]:
    return [request_for("summary", text=f"<<<\n第{i}份\n>>>") for i in range(n)]


def test_answers_come_back_to_their_own_requests(server: FaultServer) -> None:
    replies = batch(server).ask(asked(5))
    said = [getattr(r.answer, "paragraph", None) for r in replies]
    assert said == [f"第{i}份" for i in range(5)]
    assert sum(r.usage.input_tokens for r in replies) == 500
    assert len(server.batches) == 1
    assert batch(server).ask([]) == []


def test_what_passes_a_limit_is_not_submitted(server: FaultServer) -> None:
    model = Batch(ModelOptions("local", server.url, max_calls=2, deadline=20), wait=0.01)
    assert [r.failure for r in model.ask(asked(3))] == [None, None, "budget"]
    assert server.files["file-1"].count("custom_id") == 2


def test_a_bad_line_spoils_no_other(server: FaultServer) -> None:
    server.plan = ["success", "500", "success"]
    assert [r.failure for r in batch(server).ask(asked(3))] == [None, "server_error", None]


def test_a_batch_is_looked_at_until_it_has_ended(server: FaultServer) -> None:
    server.pending = 3
    assert [r.failure for r in batch(server).ask(asked(2))] == [None, None]
    assert (server.pending, len(server.batches)) == (0, 1)


def test_a_batch_that_outlasts_the_deadline_is_collected_by_a_later_run(
    server: FaultServer,
) -> None:
    server.pending = 1000
    assert [r.failure for r in batch(server, deadline=0.1).ask(asked(2))] == ["deadline"] * 2
    server.pending = 0
    assert [r.failure for r in batch(server).ask(asked(2))] == [None, None]
    assert len(server.batches) == 1


def test_an_interrupted_batch_is_collected_not_paid_for_again(
    server: FaultServer, tmp_path: Path
) -> None:
    first = batch(server, deadline=0.0)
    first._collect = lambda *_: None  # type: ignore[method-assign]  # noqa: SLF001 (time runs out)
    assert [r.failure for r in first.ask(asked(2))] == ["deadline", "deadline"]
    assert len(list((tmp_path / "batches").iterdir())) == 1
    again = batch(server).ask(asked(2))
    assert [r.failure for r in again] == [None, None]
    assert len(server.batches) == 1
    assert list((tmp_path / "batches").iterdir()) == []


def test_a_document_is_checked_through_a_batch(server: FaultServer) -> None:
    report = check_document(ODD, model=batch(server))
    assert any(f.rule == "CHG001" for f in report.findings)
    assert report.model_use is not None
    assert report.model_use.accepted == {"claims": 1}


def test_no_server_is_a_failure_of_each_request() -> None:
    gone = Batch(ModelOptions("local", "http://127.0.0.1:9/v1", retries=0, timeout=1))
    assert [r.failure for r in gone.ask(asked(2))] == ["unreachable", "unreachable"]


def test_a_batch_the_server_forgot_is_submitted_anew(server: FaultServer, tmp_path: Path) -> None:
    first = batch(server)
    first._collect = lambda *_: None  # type: ignore[method-assign]  # noqa: SLF001 (time runs out)
    first.ask(asked(1))
    server.batches.clear()
    assert [r.failure for r in batch(server).ask(asked(1))] == ["rejected"]
    assert list((tmp_path / "batches").iterdir()) == []
    assert [r.failure for r in batch(server).ask(asked(1))] == [None]


def test_a_batch_that_ends_without_an_answer_is_no_timeout(server: FaultServer) -> None:
    model = batch(server)
    model._collect = lambda *_: {}  # type: ignore[method-assign]  # noqa: SLF001 (it failed at once)
    assert [r.failure for r in model.ask(asked(2))] == ["rejected", "rejected"]


def test_a_second_run_submits_nothing(server: FaultServer) -> None:
    first = batch(server).ask(asked(3))
    second = batch(server).ask([*asked(3), *asked(4)[3:]])
    assert [r.answer for r in second[:3]] == [r.answer for r in first]
    assert [(r.usage.cached, r.usage.calls) for r in second] == [(1, 0)] * 3 + [(0, 1)]
    assert server.files["file-3"].count("custom_id") == 1, "only the new one"
    batch(server).ask([*asked(4)])
    assert len(server.batches) == 2


def test_what_failed_is_asked_again(server: FaultServer) -> None:
    server.plan = ["success", "500"]
    assert [r.failure for r in batch(server).ask(asked(2))] == [None, "server_error"]
    assert [r.failure for r in batch(server).ask(asked(2))] == [None, None]
    assert server.files["file-3"].count("custom_id") == 1


def test_a_chat_does_not_ask_what_a_batch_has_answered(server: FaultServer) -> None:
    options = ModelOptions("local", server.url, timeout=5, retries=0, deadline=20)
    report = check_document(ODD, model=Batch(options, wait=0.01))
    sent = len(server.seen)
    again = check_document(ODD, model=Chat(options))
    assert (len(server.seen), len(server.batches)) == (sent, 1)
    assert again.findings == report.findings
    assert again.model_use is not None
    assert (again.model_use.calls, again.model_use.cached) == (0, 1)


def test_without_a_cache_a_batch_is_submitted_again(server: FaultServer) -> None:
    options = ModelOptions("local", server.url, use_cache=False, timeout=5, retries=0, deadline=20)
    for _ in range(2):
        Batch(options, wait=0.01).ask(asked(1))
    assert len(server.batches) == 2
