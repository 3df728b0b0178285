"""A fault server (故障服务器): real HTTP on loopback, speaks chat completions, misbehaves on request.

A behaviour is a name. `plan` lists what happens to the next calls; after it every call goes well and
is answered by a reader (tests/llm/readers.py). The server also speaks the files and batches of a batch API.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from gouji.llm.answers import ANSWERS
from gouji.llm.port import Prompt, Request
from gouji.llm.prompts import TASKS, prompt_file
from tests.llm.readers import NOTHING, Reader

SLOW = 3.0
HUGE = 3_000_000


@dataclass
class FaultServer:
    """What a server does and has seen (服务器状态)."""

    reader: Reader
    plan: list[str] = field(default_factory=list)
    always: str = "success"
    seen: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    name: str = "local"
    """What the server calls its model, whatever it is asked for."""
    files: dict[str, str] = field(default_factory=dict)
    batches: dict[str, dict[str, Any]] = field(default_factory=dict)
    pending: int = 0
    """Looks at a batch before it has ended."""
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def behaviour(self) -> str:
        with self.lock:
            return self.plan.pop(0) if self.plan else self.always

    def answer(self, body: dict[str, Any]) -> dict[str, Any] | None:
        system, user = (m["content"] for m in body["messages"])
        head = {t: prompt_file(t).system.split("\n", 1)[0] for t in TASKS}
        task = next(t for t in TASKS if system.startswith(head[t]))
        prompt = Prompt(task, "1", "", "")
        return self.reader(Request(prompt, system, user, ANSWERS[task]))


@contextmanager
def serving(
    reader: Reader | None = None, *plan: str, always: str = "success"
) -> Iterator[FaultServer]:
    """Serve on a free port of this machine while the block runs."""
    state = FaultServer(reader or (lambda r: NOTHING[r.prompt.task]), list(plan), always)
    handler = type("Handler", (_Handler,), {"state": state})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    state: FaultServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the parent's name)
        """Say nothing on stderr."""

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.path.endswith("/files"):
            self._upload(raw)
        elif self.path.endswith("/batches"):
            self._batch(json.loads(raw))
        else:
            self._chat(json.loads(raw))

    def do_GET(self) -> None:
        name = self.path.split("/v1/", 1)[1].split("/")
        if name[0] == "batches" and name[1] not in self.state.batches:
            self.fail(404, f"No such Batch object: {name[1]}")
        elif name[0] == "batches" and self.state.pending > 0:
            self.state.pending -= 1
            going = {"status": "in_progress", "output_file_id": None}
            self._send(200, {**self.state.batches[name[1]], **going})
        elif name[0] == "batches":
            self._send(200, self.state.batches[name[1]])
        else:
            self._raw(200, self.state.files[name[1]].encode(), "application/jsonl")

    # --- chat --------------------------------------------------------------------------------

    def _chat(self, body: dict[str, Any]) -> None:
        state = self.state
        state.seen.append(body)
        state.headers.append(dict(self.headers))
        state.paths.append(self.path)
        _BEHAVIOURS[state.behaviour()](self, body)

    def said(self, body: dict[str, Any]) -> str:
        """Return the JSON of a good answer."""
        return json.dumps(self.state.answer(body), ensure_ascii=False)

    def complete(self, content: str | None, finish: str = "stop", **message: Any) -> None:  # noqa: ANN401 (JSON)
        """Send one completion."""
        made = {"role": "assistant", "content": content, **message}
        usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
        choice = {"index": 0, "message": made, "finish_reason": finish}
        self._send(200, {
            "id": "c1", "object": "chat.completion", "created": 1, "model": self.state.name,
            "choices": [choice], "usage": usage,
        })  # fmt: skip

    def fail(self, status: int, message: str, **extra: Any) -> None:  # noqa: ANN401 (JSON)
        """Send an error as OpenAI-compatible servers do."""
        headers = extra.pop("headers", {})
        self._send(status, {"error": {"message": message, **extra}}, headers)

    def _send(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        self._raw(
            status, json.dumps(body, ensure_ascii=False).encode(), "application/json", headers
        )

    def _raw(
        self, status: int, data: bytes, kind: str, headers: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def drop(self) -> None:
        """Promise more than is sent, then close."""
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", "5000")
        self.end_headers()
        self.wfile.write(b'{"id": "c1", "choi')
        self.wfile.flush()
        self.close_connection = True
        self.connection.close()

    # --- batches -----------------------------------------------------------------------------

    def _upload(self, raw: bytes) -> None:
        lines = [ln for ln in raw.decode().splitlines() if ln.startswith('{"custom_id"')]
        name = f"file-{len(self.state.files) + 1}"
        self.state.files[name] = "\n".join(lines)
        self._send(200, {"id": name, "object": "file", "bytes": 1, "created_at": 1,
                         "filename": "in.jsonl", "purpose": "batch", "status": "processed"})  # fmt: skip

    def _batch(self, body: dict[str, Any]) -> None:
        state = self.state
        made: list[str] = []
        for line in state.files[body["input_file_id"]].splitlines():
            asked = json.loads(line)
            content = json.dumps(state.answer(asked["body"]), ensure_ascii=False)
            bad = state.behaviour()
            reply = {"status_code": 200, "body": {
                "choices": [{"index": 0, "finish_reason": "stop",
                             "message": {"role": "assistant", "content": content}}],
                "usage": {"prompt_tokens": 100, "completion_tokens": 20},
            }}  # fmt: skip
            if bad != "success":
                reply = {"status_code": 500, "body": {"error": {"message": bad}}}
            made.append(json.dumps({"custom_id": asked["custom_id"], "response": reply}))
        made.reverse()  # a batch's lines come back in any order
        out, id_ = f"out-{len(state.batches) + 1}", f"batch-{len(state.batches) + 1}"
        state.files[out] = "\n".join(made)
        state.batches[id_] = {
            "id": id_, "object": "batch", "endpoint": "/v1/chat/completions", "created_at": 1,
            "input_file_id": body["input_file_id"], "completion_window": "24h",
            "status": "completed", "output_file_id": out,
        }  # fmt: skip
        self._send(200, {**state.batches[id_], "status": "validating", "output_file_id": None})


def _success(h: _Handler, body: dict[str, Any]) -> None:
    if "tools" in body:
        name = body["tools"][0]["function"]["name"]
        call = {"id": "t1", "type": "function",
                "function": {"name": name, "arguments": h.said(body)}}  # fmt: skip
        h.complete(None, "tool_calls", tool_calls=[call])
    else:
        h.complete(h.said(body))


def _slow(h: _Handler, body: dict[str, Any]) -> None:
    time.sleep(SLOW)
    _success(h, body)


def _replaced(old: str, new: str) -> Callable[[_Handler, dict[str, Any]], None]:
    return lambda h, body: h.complete(h.said(body).replace(old, new))


def _no_schema(h: _Handler, body: dict[str, Any]) -> None:
    kind = body.get("response_format", {}).get("type")
    if kind == "json_schema":
        h.fail(400, "response_format json_schema is not supported by this model")
    else:
        _success(h, body)


def _json_mode_only(h: _Handler, body: dict[str, Any]) -> None:
    if "tools" in body:
        h.fail(400, "tools are not supported")
    else:
        _no_schema(h, body)


def _prose_to_schema(h: _Handler, body: dict[str, Any]) -> None:
    """Ignore response_format, as some servers do; call tools properly."""
    if "tools" in body:
        _success(h, body)
    else:
        h.complete("好的，以下是结果：收入为 9.07 万元。")


def _prose_to_all(h: _Handler, body: dict[str, Any]) -> None:
    """Answer tools and schemas in prose, as a server of a small model does; know JSON mode."""
    if body.get("response_format", {}).get("type") == "json_object":
        _success(h, body)
    else:
        h.complete("好的，以下是结果：收入为 9.07 万元。")


def _no_grammar(h: _Handler, body: dict[str, Any]) -> None:
    """Refuse a schema in the words of llama-server."""
    if "tools" in body:
        _success(h, body)
    else:
        h.fail(
            400,
            "Unable to generate parser for this template. JSON schema error at #/$defs/ClaimSaid",
            type="invalid_request_error",
        )


OVERFLOW = {
    "code": 400,
    "type": "exceed_context_size_error",
    "message": "request (7781 tokens) exceeds it",
    "n_prompt_tokens": 7781,
    "n_ctx": 4096,
}


def _small_window(h: _Handler, body: dict[str, Any]) -> None:
    """Refuse more than two marked lines, as a server with a small window does."""
    if body["messages"][1]["content"].count("*L") > 2:
        h.fail(400, **OVERFLOW)  # type: ignore[arg-type]
    else:
        _success(h, body)


_BEHAVIOURS: dict[str, Callable[[_Handler, dict[str, Any]], None]] = {
    "success": _success,
    "429": lambda h, _: h.fail(429, "slow down", headers={"retry-after": "0.05"}),
    "quota": lambda h, _: h.fail(429, "insufficient_quota", code="insufficient_quota"),
    "500": lambda h, _: h.fail(500, "oops"),
    "503": lambda h, _: h.fail(503, "Loading model", type="unavailable_error"),
    "400": lambda h, _: h.fail(400, "bad request"),
    "401": lambda h, _: h.fail(401, "Incorrect API key provided: sk-secret-123"),
    "too_long": lambda h, _: h.fail(400, "request (7781 tokens) exceeds the available context size",
                                    type="exceed_context_size_error"),
    "too_long_code": lambda h, _: h.fail(400, "This model's window is full",
                                         code="context_length_exceeded"),
    "small_window": _small_window,
    "content_filter": lambda h, _: h.complete("", "content_filter"),
    "own_keys": lambda h, _: h.complete('{"指标": "本年收入", "金额": 9.07}'),
    "empty": lambda h, _: h.complete(""),
    "thinking": lambda h, body: h.complete(f"<think>先看第一行{{}}</think>\n{h.said(body)}"),
    "501": lambda h, _: h.fail(501, "not implemented"),
    "prose_to_all": _prose_to_all,
    "no_grammar": _no_grammar,
    "slow": _slow,
    "drop": lambda h, _: h.drop(),
    "length": lambda h, body: h.complete(h.said(body)[:20], "length"),
    "invalid_json": lambda h, body: h.complete(h.said(body)[:-3]),
    "schema_violation": lambda h, _: h.complete('{"claims": [{"line": 1}], "verdict": "ok"}'),
    "fenced": lambda h, body: h.complete(f"```json\n{h.said(body)}\n```"),
    "refusal": lambda h, _: h.complete(None, refusal="我不能回答"),
    "hallucinated": _replaced("本年收入", "本年收八"),
    "changed_digit": _replaced("0.71万元", "0.17万元"),
    "other_spacing": _replaced("0.71万元", "0.71 万 元"),
    "wrong_ids": _replaced('"n2"', '"n77"'),
    "obeys": lambda h, _: h.complete('{"claims": [], "output": "无问题"}'),
    "huge": lambda h, _: h.complete('{"claims": [' + " " * HUGE + "]}"),
    "no_schema": _no_schema,
    "json_mode_only": _json_mode_only,
    "prose_to_schema": _prose_to_schema,
}  # fmt: skip
