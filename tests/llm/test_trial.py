"""A model that answers by chance is not asked what passages mean, and the report says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("langchain_openai", reason="the llm extra is not installed")

from gouji import check_document
from gouji.llm.batch import Batch
from gouji.llm.chat import Chat
from gouji.llm.options import ModelOptions
from gouji.llm.port import Request
from gouji.llm.trial import trial_of
from tests.llm.readers import NOTHING
from tests.llm.server import FaultServer, serving
from tests.llm.test_semantic import TEXT, pair, placed, suggested

pytestmark = pytest.mark.usefixtures("loopback")

OF_TRIAL = "清平县农机服务站"
RIGHT = [
    {"line": "L2", "quote": "均已按期完工"}, {"line": "L3", "quote": "尚未开工"},
    {"line": "L4", "quote": "会议费减少"}, {"line": "L4", "quote": "会议次数增加"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOUJI_CACHE", str(tmp_path))
    monkeypatch.setenv("GOUJI_API_KEY", "sk-secret-123")


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with serving() as state:
        yield state


def said(*places: dict[str, str]) -> dict[str, Any]:
    pairs = zip(places[::2], places[1::2], strict=True)
    return {"pairs": [{"kind": "overreach", "first": a, "second": b, "why": ""} for a, b in pairs]}


def reader(trial: dict[str, Any]) -> Callable[[Request], dict[str, Any]]:
    """Return a model that answers the trial so, and documents rightly."""

    def answer(request: Request) -> dict[str, Any]:
        if request.prompt.task != "semantic":
            return NOTHING[request.prompt.task]
        return trial if OF_TRIAL in request.user else {"pairs": [placed(pair(), request)]}

    return answer


def asked(server: FaultServer) -> list[bool]:
    """Return which questions on meaning were asked: True for the trial."""
    told = [b["messages"][1]["content"] for b in server.seen]
    return [OF_TRIAL in t for t in told if t.startswith("公开单位")]


def options(server: FaultServer, *, use_cache: bool = True) -> ModelOptions:
    return ModelOptions("local", server.url, use_cache=use_cache, timeout=5, deadline=20, retries=0)


def test_a_model_that_finds_the_slips_is_asked_about_documents(server: FaultServer) -> None:
    server.reader = reader(said(*RIGHT))
    model = Chat(options(server))
    for _ in range(2):
        report = check_document(TEXT, model=model.for_document())
        assert len(suggested(report)) == 1
    assert asked(server) == [True, False]
    check_document(TEXT + "本年支出8.00万元。\n", model=Chat(options(server)))
    assert asked(server).count(True) == 1, "the next process knows"


@pytest.mark.parametrize(
    "trial",
    [
        {"pairs": []},
        said(*RIGHT[:2]),
        said(*RIGHT, *[{"line": f"L{n}", "quote": "主要原因是"} for n in (5, 6, 7, 8)]),
        said(*RIGHT[1:3], *RIGHT[:1], *RIGHT[3:]),
    ],
)
def test_a_model_that_names_lines_at_random_is_not(
    server: FaultServer, trial: dict[str, Any]
) -> None:
    server.reader = reader(trial)
    report = check_document(TEXT, model=Chat(options(server)))
    assert suggested(report) == []
    assert report.model_use is not None
    assert report.model_use.failures == {"unfit": 1}
    assert asked(server) == [True]
    assert "没有通过语义试题" in "".join(c.reason for c in report.checks if c.rule == "READ")


def test_a_trial_that_fails_for_another_cause_is_taken_again(server: FaultServer) -> None:
    server.reader = reader(said(*RIGHT))
    model = Chat(options(server, use_cache=False))
    server.always = "500"
    report = check_document(TEXT, model=model.for_document())
    assert report.model_use is not None
    assert "unfit" not in report.model_use.failures
    server.always = "success"
    assert len(suggested(check_document(TEXT, model=model.for_document()))) == 1


@pytest.mark.parametrize(("trial", "found"), [(said(*RIGHT), 1), ({"pairs": []}, 0)])
def test_in_a_batch_the_trial_goes_along(
    server: FaultServer, trial: dict[str, Any], found: int
) -> None:
    server.reader = reader(trial)
    report = check_document(TEXT, model=Batch(options(server), wait=0.01))
    assert len(suggested(report)) == found
    assert len(server.batches) == 1
    assert report.model_use is not None
    assert report.model_use.failures == ({} if found else {"unfit": 1})


def test_the_trial_is_our_own_and_knows_its_answer() -> None:
    trial = trial_of("semantic")
    assert trial is not None
    assert trial.is_passed(trial.request.answer.model_validate(said(*RIGHT)))
    assert trial_of("claims") is None
