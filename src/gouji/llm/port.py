"""The port to a language model (端口): requests in, replies out, and one switch for the network.

A port answers in the order asked and never raises for a single call: a reply says why it failed.
`reach` closes the network to every client at once; tests close it, and open loopback where they serve.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol
from urllib.parse import urlsplit

from pydantic import BaseModel

from gouji.errors import ModelCallError

Failure = Literal[
    "unreachable",
    "timeout",
    "deadline",
    "busy",
    "server_error",
    "refused",
    "rejected",
    "too_long",
    "cut_off",
    "invalid",
    "budget",
    "cancelled",
    "unfit",
]
"""连接不上 · 超时 · 超过文档时限 · 限流 · 服务出错 · 拒答 · 请求无效 · 超出上下文 · 输出截断 · 格式不符 · 超出限额 · 已取消 ·
没有通过试题"""
Reach = Literal["anywhere", "loopback", "nowhere"]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as loaded (提示词): its task, version and the hashes a report names."""

    task: str
    version: str
    sha256: str
    """Of the prompt file."""
    schema_sha256: str
    """Of the answer's JSON Schema."""


_LETTERS = re.compile(r"[A-Za-z_]+")


def tokens_of(text: str) -> int:
    """Return about how many tokens a text has (词元): ¾ a character of Chinese or figures, ¼ a Latin one."""
    letters = sum(len(word) for word in _LETTERS.findall(text))
    return (len(text) - letters) * 3 // 4 + letters // 4


@dataclass(frozen=True, slots=True)
class Request:
    """One question (请求): what to say to the model and the shape its answer must have."""

    prompt: Prompt
    system: str
    user: str
    answer: type[BaseModel]
    max_tokens: int = 2000

    @property
    def size(self) -> int:
        """Tokens sent, estimated (see `tokens_of`)."""
        return tokens_of(self.system) + tokens_of(self.user)


@dataclass(frozen=True, slots=True)
class Usage:
    """What calls cost (用量). `input_tokens` and `output_tokens` count what was really sent."""

    calls: int = 0
    cached: int = 0
    retries: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal = Decimal(0)

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.calls + other.calls,
            self.cached + other.cached,
            self.retries + other.retries,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cost + other.cost,
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that fits its schema, or why there is none (答复)."""

    answer: BaseModel | None
    failure: Failure | None = None
    usage: Usage = Usage()


class Port(Protocol):
    """A language model, however it is reached (模型端口)."""

    @property
    def name(self) -> str:
        """What the report calls the model."""
        ...

    def ask(self, requests: Sequence[Request]) -> list[Reply]:
        """Return one reply a request, in order."""
        ...


_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class _Network:
    reach: Reach = "anywhere"


@contextmanager
def reach(limit: Reach) -> Iterator[None]:
    """Limit where clients may connect while the block runs (网络开关)."""
    before, _Network.reach = _Network.reach, limit
    try:
        yield
    finally:
        _Network.reach = before


def require_reach(url: str | None) -> None:
    """Raise `ModelCallError` unless the switch lets a client connect to a URL; None is a hosted API."""
    host = urlsplit(url).hostname if url else None
    if _Network.reach == "nowhere" or (_Network.reach == "loopback" and host not in _LOOPBACK):
        raise ModelCallError(f"the network is closed to language models: {host or 'hosted API'}")
