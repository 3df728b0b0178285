"""Models that follow a script (脚本模型): for tests and evaluation, without any network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from gouji.llm.port import Failure, Reply, Request, Usage

Answer = BaseModel | dict[str, Any] | str | None
Script = Callable[[Request], Answer]
"""Returns an answer, a raw reply to be validated, or None where the model refuses."""


class Scripted:
    """A model whose answers come from a function (脚本模型); `asked` keeps every request."""

    def __init__(self, script: Script, name: str = "scripted") -> None:
        self._script = script
        self._name = name
        self.asked: list[Request] = []

    @property
    def name(self) -> str:
        """What the report calls the model."""
        return self._name

    def ask(self, requests: Sequence[Request]) -> list[Reply]:
        """Answer each request by the script; an answer that fits no schema fails as a real one does."""
        self.asked += requests
        return [self._reply(request) for request in requests]

    def _reply(self, request: Request) -> Reply:
        usage = Usage(calls=1, input_tokens=request.size)
        said = self._script(request)
        if said is None:
            return Reply(None, "refused", usage)
        try:
            if isinstance(said, str):
                answer = request.answer.model_validate_json(said)
            else:
                raw = said.model_dump() if isinstance(said, BaseModel) else said
                answer = request.answer.model_validate(raw)
        except ValidationError:
            return Reply(None, "invalid", usage)
        return Reply(answer, None, usage)


class Failing:
    """A model that fails every call in one way (总是失败的模型)."""

    def __init__(self, failure: Failure, name: str = "failing") -> None:
        self._failure: Failure = failure
        self._name = name

    @property
    def name(self) -> str:
        """What the report calls the model."""
        return self._name

    def ask(self, requests: Sequence[Request]) -> list[Reply]:
        """Fail every request."""
        return [Reply(None, self._failure, Usage(calls=1)) for _ in requests]
