"""Tests reach no network: a model or a web page must never decide whether they pass."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from gouji.llm import port

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection a test might try."""

    def refuse(*_args: object, **_kwargs: object) -> NoReturn:
        pytest.fail("a test tried to reach the network")

    real = socket.socket.__mro__[1].connect  # type: ignore[attr-defined]  # _socket.socket

    def connect(self: socket.socket, address: Any) -> None:  # noqa: ANN401  # any socket address
        if self.family != socket.AF_UNIX:  # worker processes are called through a local socket
            refuse()
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(autouse=True)
def no_model() -> Iterator[None]:
    """Close the network to language models: only scripted ones answer."""
    with port.reach("nowhere"):
        yield


@pytest.fixture
def loopback(no_network: None, no_model: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a test reach a server of its own on this machine, and nothing else."""
    del no_network, no_model  # they run first; this fixture opens what they closed, a little
    real = socket.socket.__mro__[1].connect  # type: ignore[attr-defined]  # _socket.socket

    def connect(self: socket.socket, address: Any) -> None:  # noqa: ANN401  # any socket address
        host = address[0] if isinstance(address, tuple) else ""
        own = self.family == socket.AF_UNIX or host in ("127.0.0.1", "::1", "localhost")
        assert own, f"a test tried to reach {host}"
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", _LOOKUP)
    with port.reach("loopback"):
        yield


_LOOKUP = socket.getaddrinfo


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real documents, or skip: GOUJI_CORPUS names it."""
    named = os.environ.get("GOUJI_CORPUS")
    if not named:
        pytest.skip("set GOUJI_CORPUS to the folder of real documents to run this test")
    if not Path(named).is_dir():  # a mistyped folder must not look like none
        pytest.fail(f"GOUJI_CORPUS names no folder: {named}")
    return Path(named)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the root of the checkout."""
    return ROOT
