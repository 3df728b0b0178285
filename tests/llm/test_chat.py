"""The real client against a server that misbehaves: what the user sees and what the report says."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("langchain_openai", reason="the llm extra is not installed")

from gouji import check_document
from gouji.errors import InputError, ModelCallError
from gouji.llm import chat, port
from gouji.llm.chat import Chat
from gouji.llm.limits import Limits
from gouji.llm.options import ModelOptions, price_of
from gouji.llm.port import Request
from gouji.model.report import ModelUse, Report
from tests.llm.readers import NOTHING, lines_of, numbers_of
from tests.llm.server import FaultServer, serving
from tests.llm.test_guard import without_notes

pytestmark = pytest.mark.usefixtures("loopback")

ODD = "2024年度部门决算\n本年收入9.07万元，较之上一年多花了0.71万元，涨了7.83%。\n"
KEY = "sk-secret-123"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOUJI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("GOUJI_API_KEY", KEY)
    monkeypatch.setenv("LANGSMITH_TRACING", "true")


def right(request: Request) -> dict[str, Any]:
    """Read the odd sentence as a person would."""
    if request.prompt.task != "claims":
        return {"pairs": []} if request.prompt.task == "semantic" else {"subjects": []}
    ((line, text),) = lines_of(request)
    value, amount, rate = numbers_of(text)
    said = {"line": line, "kind": "change", "subject": "本年收入", "cue": "多花了",
            "direction": "up", "base": "prior_year", "value": value, "change": amount,
            "rate": rate}  # fmt: skip
    return {"claims": [said]}


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with serving(right) as state:
        yield state


def options(server: FaultServer, **other: Any) -> ModelOptions:  # noqa: ANN401 (fields of the options)
    made = ModelOptions(
        model="local", base_url=server.url, use_cache=False, timeout=2.0, deadline=20.0, retries=3
    )
    return replace(made, **other)


def checked(server: FaultServer, *plan: str, **other: Any) -> tuple[Report, ModelUse]:  # noqa: ANN401
    server.plan += plan
    report = check_document(ODD, model=Chat(options(server, **other)))
    assert report.model_use is not None
    return report, report.model_use


def notes(report: Report) -> str:
    return "".join(c.reason for c in report.checks if c.rule == "READ")


def found(report: Report) -> bool:
    return any(f.rule == "CHG001" for f in report.findings)


# --- good answers, and faults that pass ------------------------------------------------------


@pytest.mark.parametrize("behaviour", ["success", "fenced", "other_spacing", "thinking"])
def test_a_good_answer_is_used(server: FaultServer, behaviour: str) -> None:
    report, use = checked(server, behaviour)
    assert found(report)
    assert (use.calls, use.retries, use.failures) == (1, 0, {})
    assert (use.input_tokens, use.output_tokens) == (100, 20)
    assert use.accepted == {"claims": 1}
    assert notes(report) == ""


@pytest.mark.parametrize("fault", ["429", "500", "503", "drop", "slow"])
def test_a_passing_fault_is_retried_and_leaves_no_trace_but_a_counter(
    server: FaultServer, fault: str
) -> None:
    report, use = checked(server, fault, timeout=1.0 if fault == "slow" else 5.0)
    assert found(report)
    assert (use.retries, use.failures) == (1, {})


def test_retry_after_is_obeyed(server: FaultServer) -> None:
    begun = time.monotonic()
    _, use = checked(server, "429", "429")
    assert use.retries == 2
    assert time.monotonic() - begun >= 0.1


# --- faults that stay ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "failure", "sent", "said"),
    [
        ("429", "busy", 4, "服务限流"),
        ("500", "server_error", 4, "服务出错"),
        ("drop", "unreachable", 4, "连接不上"),
        ("quota", "rejected", 1, "请求被拒绝"),
        ("400", "rejected", 1, "请求被拒绝"),
        ("401", "rejected", 1, "请求被拒绝"),
        ("too_long", "too_long", 1, "超出上下文长度"),
        ("too_long_code", "too_long", 1, "超出上下文长度"),
        ("501", "server_error", 1, "服务出错"),
        ("content_filter", "refused", 1, "模型拒答"),
        ("own_keys", "invalid", 3, "答复不合格式"),
        ("empty", "invalid", 3, "答复不合格式"),
        ("length", "cut_off", 1, "输出被截断"),
        ("refusal", "refused", 1, "模型拒答"),
        ("invalid_json", "invalid", 3, "答复不合格式"),
        ("schema_violation", "invalid", 3, "答复不合格式"),
        ("obeys", "invalid", 3, "答复不合格式"),
        ("huge", "invalid", 3, "答复不合格式"),
    ],
)
def test_a_lasting_fault_leaves_the_rules_report_and_a_note(
    server: FaultServer, fault: str, failure: str, sent: int, said: str
) -> None:
    server.always = fault
    report, use = checked(server)
    assert without_notes(report) == without_notes(check_document(ODD))
    assert use.failures == {failure: 1}
    assert len(server.seen) == sent, "retries are bounded, and only transient faults are retried"
    assert said in notes(report)


def test_a_server_too_slow_for_the_document_is_given_up(server: FaultServer) -> None:
    server.always = "slow"
    begun = time.monotonic()
    report, use = checked(server, deadline=0.5)
    assert time.monotonic() - begun < 2.5
    assert use.failures == {"deadline": 1}
    assert "超过文档时限" in notes(report)


def test_no_server_at_all_is_a_note(server: FaultServer) -> None:
    gone = replace(options(server), base_url="http://127.0.0.1:9/v1", retries=0)
    report = check_document(ODD, model=Chat(gone))
    assert "连接不上" in notes(report)


# --- lies ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ("hallucinated", "quote_not_found"),
        ("changed_digit", "number_text_differs"),
        ("wrong_ids", "unknown_number"),
    ],
)
def test_a_lie_is_dropped_and_counted(server: FaultServer, lie: str, reason: str) -> None:
    report, use = checked(server, lie)
    assert without_notes(report) == without_notes(check_document(ODD))
    assert use.dropped == {reason: 1}


# --- structured output -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("behaviour", "tries", "method"),
    [
        ("success", 1, "json_schema"),
        ("no_schema", 2, "function_calling"),
        ("prose_to_schema", 2, "function_calling"),
        ("json_mode_only", 3, "json_mode"),
        ("prose_to_all", 3, "json_mode"),
        ("no_grammar", 2, "function_calling"),
    ],
)
def test_the_way_to_structured_output_is_found_and_remembered(
    server: FaultServer, behaviour: str, tries: int, method: str
) -> None:
    server.always = behaviour
    model = Chat(options(server, use_cache=True))
    assert found(check_document(ODD, model=model))
    assert len(server.seen) == tries
    assert model._server.proven == method  # noqa: SLF001 (what is remembered)
    other = ODD.replace("9.07", "9.08")
    check_document(other, model=Chat(options(server, use_cache=True)))
    assert len(server.seen) == tries + 1, "the next process knows"


def test_a_server_that_loads_its_model_is_waited_for(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Loading takes longer than a fault that passes: it is no try, but it is bounded."""
    monkeypatch.setattr(chat, "LOADING_STEP", 0.01)
    report, use = checked(server, *["503"] * 9, retries=1)
    assert found(report)
    assert (use.retries, use.failures) == (9, {})
    monkeypatch.setattr(chat, "LOADING", 0.05)
    server.always = "503"
    report, use = checked(server, retries=1)
    assert use.failures == {"server_error": 1}
    assert len(server.seen) < 40


def test_too_much_for_the_window_is_halved_until_it_fits(server: FaultServer) -> None:
    """llama-server says so by `type` alone: 400, exceed_context_size_error, n_ctx."""
    server.always, server.reader = "small_window", lambda r: NOTHING[r.prompt.task]
    lines = "".join(
        f"本年收入{n}.07万元，较之上一年多花了0.71万元，涨了8.49%。\n" for n in range(3, 9)
    )
    report = check_document("2024年度部门决算\n" + lines, model=Chat(options(server)))
    assert report.model_use is not None
    assert report.model_use.failures == {}
    asked = [b["messages"][1]["content"].count("*L") for b in server.seen]
    assert sorted(asked) == [1, 1, 2, 2, 3, 3, 6]


def test_chat_completions_are_used_and_nothing_else(server: FaultServer) -> None:
    """The responses API answers 200 on some servers and ignores the schema."""
    server.always = "json_mode_only"
    checked(server)
    assert set(server.paths) == {"/v1/chat/completions"}


def test_the_report_names_the_model_that_answered(server: FaultServer) -> None:
    """A local server answers to any name; its reply says what it serves."""
    server.name = "qwen-coder-1.5b"
    kept = options(server, use_cache=True, model="gpt-9")
    for _ in range(2):  # the second answer comes from the cache
        report = check_document(ODD, model=Chat(kept))
        assert report.engine.model == "gpt-9 (qwen-coder-1.5b)"
    server.name = "gpt-9\x1b[31m"
    assert check_document(ODD, model=Chat(options(server, model="x"))).engine.model == "x"


def test_strict_schemas_are_sent(server: FaultServer) -> None:
    checked(server)
    sent = server.seen[0]["response_format"]
    assert sent["type"] == "json_schema"
    assert sent["json_schema"]["strict"] is True
    assert sent["json_schema"]["schema"]["additionalProperties"] is False
    assert server.seen[0]["temperature"] == 0


# --- cache, limits, secrets ------------------------------------------------------------------


def test_a_second_run_sends_nothing(server: FaultServer) -> None:
    kept = options(server, use_cache=True)
    first = check_document(ODD, model=Chat(kept))
    sent = len(server.seen)
    second = check_document(ODD, model=Chat(kept))
    assert len(server.seen) == sent
    assert second.model_use is not None
    assert (second.model_use.calls, second.model_use.input_tokens) == (0, 0)
    assert second.model_use.cached == 1
    assert second.findings == first.findings
    check_document(ODD, model=Chat(replace(kept, use_cache=False)))
    check_document(ODD, model=Chat(replace(kept, model="other")))
    assert len(server.seen) == sent + 2


def test_a_broken_cache_is_no_reason_to_fail(server: FaultServer, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    assert found(check_document(ODD, model=Chat(options(server, use_cache=True))))


@pytest.mark.parametrize(
    "limit",
    [
        {"max_calls": 0},
        {"max_tokens": 100},
        {"max_cost": Decimal("0.0001"), "price": price_of("2/8")},
    ],
)
def test_a_limit_stops_calls_and_says_so(server: FaultServer, limit: dict[str, Any]) -> None:
    report, use = checked(server, **limit)
    assert server.seen == []
    assert use.failures == {"budget": 1}
    assert "达到限额" in notes(report)


def test_tokens_cost_what_the_prices_say(server: FaultServer) -> None:
    _, use = checked(server, price=price_of("2/8"))
    assert Decimal(use.cost) == Decimal("0.00036")
    assert price_of("3") == (Decimal(3), Decimal(3))
    for bad in ("a/b", "-1", "1/NaN", ""):
        with pytest.raises(InputError):
            price_of(bad)


def test_each_document_has_its_own_limits(server: FaultServer) -> None:
    model = Chat(options(server, max_calls=1))
    for _ in range(2):
        report = check_document(ODD, model=model.for_document())
        assert found(report)
    assert isinstance(model._limits, Limits)  # noqa: SLF001 (its own)


def test_no_key_and_no_text_reaches_a_log(
    server: FaultServer, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        report, _ = checked(server, "401", "500", "drop")
        checked(server)
    out = capsys.readouterr()
    logged = caplog.text + out.out + out.err + report.model_dump_json()
    assert KEY not in logged
    assert "多花了" not in caplog.text + out.out + out.err
    assert any(KEY in h.get("Authorization", h.get("authorization", "")) for h in server.headers)


def test_a_hosted_model_without_a_key_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GOUJI_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    with port.reach("anywhere"), pytest.raises(InputError, match="GOUJI_API_KEY"):
        Chat(ModelOptions("openai:some-model", use_cache=False))
    with port.reach("anywhere"), pytest.raises(InputError, match="提供方"):
        Chat(ModelOptions("nobody:some-model", use_cache=False))


def test_a_closed_network_closes_the_client(server: FaultServer) -> None:
    model = Chat(options(server))
    with port.reach("nowhere"), pytest.raises(ModelCallError):
        model.ask([])
    assert chat.METHODS[0] == "json_schema"


def test_many_documents_with_faults_all_finish_with_the_right_verdict(
    server: FaultServer, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Five in a hundred calls go wrong in some way; no verdict does (GOUJI_MANY says how many)."""
    caplog.set_level(logging.DEBUG)
    many = int(os.environ.get("GOUJI_MANY", "40"))
    faults = [
        "500",
        "429",
        "drop",
        "length",
        "invalid_json",
        "refusal",
        "hallucinated",
        "changed_digit",
    ]
    base = Chat(options(server, concurrency=8))
    wrong, failed = 0, 0
    for n in range(many):
        text = ODD.replace("9.07", f"{n + 10}.07")
        server.plan = [faults[n // 20 % len(faults)]] if n % 20 == 7 else []
        report = check_document(text, model=base.for_document())
        rules = check_document(text)
        errors = sum(f.severity == "error" for f in report.findings)
        wrong += errors != sum(f.severity == "error" for f in rules.findings)
        assert report.model_use is not None
        failed += bool(report.model_use.failures)
        assert found(report) == (not report.model_use.failures and not report.model_use.dropped)
    assert wrong == 0
    assert failed <= many // 20
    assert len(server.seen) <= many * 23 // 20
    told = caplog.text + "".join(capsys.readouterr())
    assert KEY not in told
    assert "多花了" not in told
