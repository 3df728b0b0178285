"""A model server that ends with the program that started it (本地服务).

The server is a process group of its own: Ctrl-C at the terminal and the SIGTERM of `make` or `timeout`
reach this program alone, which then ends the group, by force where it does not go by itself. On Linux
the kernel does so even where this program is killed outright.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import FrameType

CONTEXT = 8192
PORT = 18117
"""Always the same: the server's address is part of a kept answer's key."""
START = 120.0
"""Seconds a server may take until it is healthy …"""
GRACE = 10.0
"""… and to go once it is told to."""
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PARENT_DEATH = 1
"""PR_SET_PDEATHSIG of Linux's prctl."""


def llama_server(server: Path, model: Path, port: int = PORT) -> list[str]:
    """Return the command that serves a model to one caller at a time."""
    command = [str(server), "-m", str(model), "--host", "127.0.0.1", "--port", str(port)]
    command += ["-c", str(CONTEXT), "-np", "1", "-t", str(os.cpu_count() or 2), "-fa", "on"]
    return [*command, "-cram", "256", "-a", "local", "--no-ui", "--offline"]


@contextmanager
def serving(command: Sequence[str], port: int = PORT, grace: float = GRACE) -> Iterator[str]:
    """Run a server while the block runs, however the block ends; yield its base URL."""
    require_free(port)
    environment = {**os.environ, "OMP_WAIT_POLICY": "PASSIVE"}  # else any other process stalls it
    with _signals_raised():
        process = subprocess.Popen(  # noqa: S603 (the server named on the command line)
            command,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 (no threads yet)
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/health", process)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            _end(process, grace)


def require_free(port: int) -> None:
    """End the program where another serves at the port: its answers would not be this model's."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a run has just ended
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise SystemExit(f"port {port} is taken: is another evaluation running?") from None


@contextmanager
def _signals_raised() -> Iterator[None]:
    """Turn the first signal to end into an exception; further ones wait until all is cleared away."""

    def raised(number: int, _frame: FrameType | None) -> NoReturn:
        for each in _ENDING:
            signal.signal(each, signal.SIG_IGN)
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, raised) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGTERM)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server is healthy: 503 while it loads its model."""
    ends = time.monotonic() + START
    while time.monotonic() < ends:
        if process.poll() is not None:
            raise SystemExit(f"the server ended with code {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 (our own server on loopback)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SystemExit("the server did not become healthy")


def _end(process: subprocess.Popen[bytes], grace: float) -> None:
    """End the server and whatever it has started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(grace)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue
        break
    process.wait()
