"""A real server of our own on this machine, and a visitor."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

ADDRESS = re.compile(r"http://\S+/")
FORM_TOKEN = re.compile(r'name="csrf-token" content="(\w+)"')
WAIT = 60.0
TEXT = "本单位2024年度收入9.07万元，比上年减少0.71万元，下降7.83%。"
"""Has one finding: the rate takes this year's figure as its base."""


class Server:
    """`gouji serve` in a process of its own, on a free port."""

    def __init__(self, data: Path, *flags: str, **environment: str) -> None:
        self.data = data
        self._flags = flags
        self._environment = environment
        self.start()

    def start(self) -> None:
        """Start the server and wait until it says where it is."""
        command = [sys.executable, "-c", "from gouji.cli import app; app()", "serve"]
        self.log = self.data.with_suffix(".log")
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--port", "0", "--data", str(self.data), *self._flags],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=_environment() | self._environment,
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        found = ADDRESS.search(line)
        if not found:
            self.kill()
            raise AssertionError(line + self.log.read_text("utf-8"))
        self.url = found[0].replace("0.0.0.0", "127.0.0.1")  # noqa: S104 (where it says it listens)

    @property
    def pid(self) -> int:
        """The process of the server."""
        return self._process.pid

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """End it as its owner would."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int:
        if self._process.poll() is None:
            self._process.send_signal(how)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return self._process.wait(30)


class Visitor:
    """A browser without a screen: cookies, the token of forms, redirects not followed."""

    def __init__(self, server: Server, **headers: str) -> None:
        self.server = server
        self.http = httpx.Client(base_url=server.url, headers=headers, timeout=WAIT)

    def token(self, path: str = "/") -> str:
        """Return the token of the forms on a page."""
        found = FORM_TOKEN.search(self.http.get(path).text)
        assert found
        return found[1]

    def submit(self, path: str, **fields: Any) -> httpx.Response:  # noqa: ANN401 (form fields)
        """Send a form of one of our pages."""
        files = fields.pop("files", None)
        return self.http.post(path, data={"form_token": self.token(), **fields}, files=files)

    def submit_to_login(self, token: str) -> httpx.Response:
        """Send the form of the login page."""
        given = {"form_token": self.token("/login"), "token": token}
        return self.http.post("/login", data=given)

    def hand_in(self, data: bytes, name: str = "报告.pdf") -> str:
        """Hand in a file through the API and return its id."""
        answer = self.program.post("/api/v1/documents", files={"file": (name, data)})
        assert answer.status_code == 202, answer.text
        return str(answer.json()["documents"][0]["id"])

    def paste(self, text: str = TEXT, **more: str) -> str:
        """Hand in text through the API and return its id."""
        answer = self.program.post("/api/v1/texts", json={"text": text, **more})
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    def settled(self, id: str) -> dict[str, Any]:  # noqa: A002 (the word for it)
        """Wait for a document and return its status."""
        until = time.monotonic() + WAIT
        while time.monotonic() < until:
            status: dict[str, Any] = self.program.get(f"/api/v1/documents/{id}").json()
            if status["state"] in ("done", "failed"):
                return status
            time.sleep(0.05)
        raise AssertionError(status)

    def report(self, id: str, **headers: str) -> dict[str, Any]:  # noqa: A002 (the word for it)
        """Return a report."""
        answer = self.program.get(f"/api/v1/documents/{id}/report", headers=headers)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    @property
    def program(self) -> httpx.Client:
        """The same address asked by a program: no cookies."""
        if not hasattr(self, "_program"):
            self._program = httpx.Client(
                base_url=self.server.url, headers=self.http.headers, timeout=WAIT
            )
        return self._program

    def close(self) -> None:
        """Let go of all connections."""
        self.http.close()
        self.program.close()


def _environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GOUJI_")}
    return kept | {"PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")}


Serving = Callable[..., Server]


@pytest.fixture(scope="session")
def sample(root: Path) -> bytes:
    """Return a PDF of our own with planted errors."""
    return (root / "fixtures/documents/wanyuan-faulty/report.pdf").read_bytes()


@pytest.fixture
def serve(tmp_path: Path, loopback: None) -> Iterator[Serving]:
    """Start servers of a test's own."""
    del loopback
    started: list[Server] = []

    def start(*flags: str, **environment: str) -> Server:
        started.append(Server(tmp_path / f"data{len(started)}", *flags, **environment))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the tests of a module that do not stop or limit the server."""
    server = Server(tmp_path_factory.mktemp("served") / "data")
    yield server
    server.stop()


@pytest.fixture
def visitor(shared_server: Server, loopback: None) -> Iterator[Visitor]:
    """Visit the module's server."""
    del loopback
    visiting = Visitor(shared_server)
    yield visiting
    visiting.close()


@pytest.fixture
def visit() -> Iterator[Callable[..., Visitor]]:
    """Visit a server of the test's own."""
    visiting: list[Visitor] = []

    def begin(server: Server, **headers: str) -> Visitor:
        visiting.append(Visitor(server, **headers))
        return visiting[-1]

    yield begin
    for each in visiting:
        each.close()
