"""Tests reach no network: a model or a web page must never decide whether they pass."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection a test might try."""

    def refuse(*_args: object, **_kwargs: object) -> NoReturn:
        pytest.fail("a test tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real documents, or skip: GOUJI_CORPUS names it."""
    named = os.environ.get("GOUJI_CORPUS")
    if not named or not Path(named).is_dir():
        pytest.skip("set GOUJI_CORPUS to the folder of real documents to run this test")
    return Path(named)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the root of the checkout."""
    return ROOT
