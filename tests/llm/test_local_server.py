"""A server started for an evaluation never outlives it, however the evaluation ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "eval" / "llm"
SERVER = """
import os, signal, sys
from http.server import BaseHTTPRequestHandler, HTTPServer
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *_): pass
if sys.argv[2] == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
PROGRAM = """
import subprocess, sys, time
import local_server
real = subprocess.Popen
def started(*given, **named):
    process = real(*given, **named)
    print(process.pid, flush=True)
    return process
subprocess.Popen = started
command = [sys.executable, "-c", sys.argv[1], sys.argv[2], sys.argv[3]]
with local_server.serving(command, int(sys.argv[2]), grace=0.5) as url:
    print("serving", url, flush=True)
    if sys.argv[4] == "fail":
        raise ValueError
    while sys.argv[4] == "wait":
        time.sleep(0.05)
"""


def run(how: str, temper: str = "willing") -> tuple[subprocess.Popen[str], int]:
    """Start a program that serves; return it once it does, and the server's process."""
    port = free_port()
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, SERVER, str(port), temper, how],
        cwd=FOLDER,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        preexec_fn=_ignoring,  # noqa: PLW1509 (no threads here)
    )
    assert program.stdout is not None
    server = int(program.stdout.readline())
    assert program.stdout.readline() == f"serving http://127.0.0.1:{port}/v1\n"
    return program, server


def _ignoring() -> None:
    """Ignore Ctrl-C, as a shell's & has its programs do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def ended(program: subprocess.Popen[str]) -> int:
    with program:
        return program.wait(20)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, FileNotFoundError):
        return False
    return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"


@pytest.mark.parametrize(("how", "code"), [("end", 0), ("fail", 1)])
def test_a_server_ends_with_the_block_it_serves(how: str, code: int) -> None:
    program, server = run(how)
    assert ended(program) == code
    assert not is_alive(server)


@pytest.mark.parametrize("temper", ["willing", "stubborn"])
@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, -signal.SIGINT)],
)
def test_a_signal_ends_the_server_too_by_force_where_it_must(
    number: signal.Signals, code: int, temper: str
) -> None:
    """SIGINT reaches the program even where a shell had it ignored in the background."""
    program, server = run("wait", temper)
    program.send_signal(number)
    assert ended(program) == code
    assert not is_alive(server)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux ends orphans on request")
def test_a_program_killed_outright_leaves_no_server() -> None:
    program, server = run("wait")
    program.kill()
    ended(program)
    until = time.monotonic() + 10
    while is_alive(server):
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_port_that_another_serves_is_not_taken_for_ones_own() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        program = subprocess.run(
            [sys.executable, "-c", PROGRAM, SERVER, port, "willing", "end"],
            cwd=FOLDER,
            capture_output=True,
            text=True,
            check=False,
        )
    assert program.returncode == 1
    assert f"port {port} is taken" in program.stderr
    assert program.stdout == ""
