"""The switch holds, and scripted models fail as real ones do."""

from __future__ import annotations

import pytest

from gouji.errors import ModelCallError
from gouji.llm import port
from gouji.llm.answers import SummaryAnswer
from gouji.llm.scripted import Failing, Scripted

PROMPT = port.Prompt("summary", "1", "0", "0")
REQUEST = port.Request(PROMPT, "说", "一二三四", SummaryAnswer)


def test_no_test_reaches_a_model_unless_it_serves_one_itself() -> None:
    with pytest.raises(ModelCallError):
        port.require_reach("http://127.0.0.1:1/v1")
    with port.reach("loopback"):
        port.require_reach("http://127.0.0.1:1/v1")
        for url in (None, "https://example.org/v1", "http://127.0.0.1.example.org/v1"):
            with pytest.raises(ModelCallError):
                port.require_reach(url)
    with port.reach("anywhere"):
        port.require_reach(None)


@pytest.mark.parametrize(
    ("said", "failure"),
    [
        ({"paragraph": "好"}, None),
        ('{"paragraph": "好"}', None),
        ('{"paragraph": ', "invalid"),
        ({"paragraph": 3}, "invalid"),
        ({"paragraph": "好", "verdict": "ok"}, "invalid"),
        (None, "refused"),
    ],
)
def test_a_scripted_answer_is_validated_like_any_other(
    said: object, failure: port.Failure | None
) -> None:
    model = Scripted(lambda _: said)  # type: ignore[arg-type,return-value]
    (reply,) = model.ask([REQUEST])
    assert reply.failure == failure
    assert (reply.answer is None) == (failure is not None)
    assert model.asked == [REQUEST]
    assert reply.usage.input_tokens == REQUEST.size == 3


def test_a_failing_model_answers_every_request_with_its_failure() -> None:
    replies = Failing("timeout").ask([REQUEST, REQUEST])
    assert [r.failure for r in replies] == ["timeout", "timeout"]
    assert sum((r.usage for r in replies), port.Usage()).calls == 2
