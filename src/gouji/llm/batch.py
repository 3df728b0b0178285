"""The OpenAI Batch API behind the port (批量接口): cheaper and slower, for screening.

Requests go up as one file, the batch is polled until it ends, and its lines are matched to their
requests by id. The batch's id is kept on disk under the hash of its requests, so that a run that was
interrupted collects what it had submitted instead of paying for it twice. Answers are kept under the
key a chat's are kept under: what either has asked the other never sends.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gouji.llm.answers import wire_schema
from gouji.llm.cache import AnswerCache, key_of
from gouji.llm.chat import KEY, MOST_OUTPUT, validated
from gouji.llm.faults import failure_of, status_of
from gouji.llm.limits import Limits
from gouji.llm.options import ModelOptions, cache_folder
from gouji.llm.port import Reply, Request, Usage, require_reach
from gouji.llm.prompts import TASKS
from gouji.llm.trial import trial_of

if TYPE_CHECKING:
    from openai import OpenAI

_ENDPOINT: Final = "/v1/chat/completions"
_DONE = frozenset({"completed", "failed", "expired", "cancelled"})
_FIRST_WAIT = 2.0
_LONGEST_WAIT = 60.0
_SERVER = 500
_GONE = 404


class Batch:
    """A model asked in batches (批量模型). `wait` is the first pause between two polls, in seconds."""

    def __init__(self, options: ModelOptions, wait: float = _FIRST_WAIT) -> None:
        self._options = options
        self._wait = wait
        self._folder = cache_folder(os.environ) / "batches"
        self._limits = Limits(options)
        self._cache = AnswerCache(cache_folder(os.environ)) if options.use_cache else None

    @property
    def name(self) -> str:
        """What the report calls the model."""
        return self._options.model

    def ask(self, requests: Sequence[Request]) -> list[Reply]:
        """Submit, wait and collect what the limits allow and no run before has answered.

        The trial of a task goes along in the same batch; without it passed its answers are not used.
        """
        require_reach(self._options.base_url)
        tasks = sorted({r.prompt.task for r in requests} & {*TASKS})
        trials = {task: trial for task in tasks if (trial := trial_of(task)) is not None}
        replies = self._replies([*requests, *(t.request for t in trials.values())])
        tried = dict(zip(trials, replies[len(requests) :], strict=True))
        fit = {task: trial.is_passed(tried[task].answer) for task, trial in trials.items()}
        return [
            reply if fit.get(request.prompt.task, True) else Reply(None, "unfit", reply.usage)
            for request, reply in zip(requests, replies, strict=False)
        ]

    def _replies(self, requests: Sequence[Request]) -> list[Reply]:
        kept = [self._kept(request) for request in requests]
        allowed = [
            k is None and self._limits.reserve(r) for r, k in zip(requests, kept, strict=True)
        ]
        sent = iter(self._ask([r for r, a in zip(requests, allowed, strict=True) if a]))
        replies = [
            k or (next(sent) if a else Reply(None, "budget"))
            for k, a in zip(kept, allowed, strict=True)
        ]
        for request, reply, new in zip(requests, replies, allowed, strict=True):
            if new:
                self._settle(request, reply)
        return replies

    def _kept(self, request: Request) -> Reply | None:
        """Return the answer an earlier run was given, or None."""
        text = self._cache.get(key_of(self._options, request)) if self._cache else None
        answer = validated(request, text) if text is not None else None
        return None if answer is None else Reply(answer, None, Usage(cached=1))

    def _settle(self, request: Request, reply: Reply) -> None:
        """Take what a request really cost off the limits, and keep its answer."""
        self._limits.settle(request, reply.usage)
        if reply.answer is not None and self._cache is not None:
            self._cache.put(key_of(self._options, request), reply.answer.model_dump_json())

    def _ask(self, requests: Sequence[Request]) -> list[Reply]:
        if not requests:
            return []
        lines = {f"r{n}": self._line(f"r{n}", r) for n, r in enumerate(requests)}
        server = self._options.base_url or ""  # another server does not know this batch
        note = self._folder / f"{_hash([server, *lines.values()])}.json"
        try:
            with self._client() as client:
                id_ = _submitted(note) or self._submit(client, lines.values(), note)
                said = self._collect(client, id_)
        except Exception as error:  # noqa: BLE001 (the client's own; none may spoil the reports)
            if status_of(error) == _GONE:
                note.unlink(missing_ok=True)  # the server forgot the batch: next time submit anew
            return [Reply(None, failure_of(error), Usage(calls=1)) for _ in requests]
        if said is None:
            return [Reply(None, "deadline") for _ in requests]
        note.unlink(missing_ok=True)
        return [self._reply(r, said.get(f"r{n}")) for n, r in enumerate(requests)]

    def _client(self) -> OpenAI:
        from openai import OpenAI  # noqa: PLC0415 (only with the llm extra)

        key = os.environ.get(KEY) or os.environ.get("OPENAI_API_KEY") or "none"
        return OpenAI(
            api_key=key,
            base_url=self._options.base_url,
            timeout=self._options.timeout,
            max_retries=self._options.retries,
        )

    def _line(self, id_: str, request: Request) -> str:
        schema = {
            "name": request.prompt.task,
            "strict": True,
            "schema": wire_schema(request.answer),
        }
        body = {
            "model": self._options.model.removeprefix("openai:"),
            "temperature": 0,
            "max_tokens": min(request.max_tokens, MOST_OUTPUT),
            "messages": [
                {"role": "system", "content": request.system},
                {"role": "user", "content": request.user},
            ],
            "response_format": {"type": "json_schema", "json_schema": schema},
        }
        line = {"custom_id": id_, "method": "POST", "url": _ENDPOINT, "body": body}
        return json.dumps(line, ensure_ascii=False)

    def _submit(self, client: OpenAI, lines: Sequence[str] | Any, note: Path) -> str:  # noqa: ANN401 (a view of lines)
        data = "\n".join(lines).encode()
        file = client.files.create(file=("gouji.jsonl", data), purpose="batch")
        batch = client.batches.create(
            input_file_id=file.id, endpoint=_ENDPOINT, completion_window="24h"
        )
        note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        note.write_text(json.dumps({"batch": batch.id}), encoding="utf-8")
        return batch.id

    def _collect(self, client: OpenAI, id_: str) -> dict[str, dict[str, Any]] | None:
        """Return the batch's lines by id once it has ended; None where time ran out first."""
        ends, wait = time.monotonic() + self._options.deadline, self._wait
        while (batch := client.batches.retrieve(id_)).status not in _DONE:
            if time.monotonic() + wait > ends:
                return None
            time.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)
        files = (batch.output_file_id, batch.error_file_id)
        return dict(line for f in files if f for line in _lines(client.files.content(f).text))

    def _reply(self, request: Request, said: dict[str, Any] | None) -> Reply:
        if said is None:  # the batch ended and did not take this request up
            return Reply(None, "rejected")
        response = said.get("response") or {}
        body = response.get("body") or {}
        if response.get("status_code") != 200 or not body.get("choices"):  # noqa: PLR2004 (HTTP)
            server = response.get("status_code", 0) >= _SERVER
            return Reply(None, "server_error" if server else "rejected", Usage(calls=1))
        choice, used = body["choices"][0], body.get("usage") or {}
        sent, got = used.get("prompt_tokens", request.size), used.get("completion_tokens", 0)
        usage = Usage(calls=1, input_tokens=sent, output_tokens=got)
        usage += Usage(cost=self._options.cost(sent, got))
        if choice.get("finish_reason") == "length":
            return Reply(None, "cut_off", usage)
        if choice["message"].get("refusal"):
            return Reply(None, "refused", usage)
        answer = validated(request, choice["message"].get("content") or "")
        return Reply(answer, None if answer is not None else "invalid", usage)


def _hash(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _submitted(note: Path) -> str | None:
    """Return the batch these requests were submitted in before, or None."""
    try:
        id_ = json.loads(note.read_text(encoding="utf-8"))["batch"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return id_ if isinstance(id_, str) else None


def _lines(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for line in text.splitlines():
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict) and isinstance(said.get("custom_id"), str):
            yield said["custom_id"], said
