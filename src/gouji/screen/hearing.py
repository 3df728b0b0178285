"""Lets workers tell how far a document is (进度传递): one pipe from all of them to the program that asked.

What is told is a small line, written whole or not at all, and never waited for: a worker that dies
in the middle of telling stops nobody, and a program that does not listen slows no worker.
"""

from __future__ import annotations

import json
import os
import select
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from gouji.model.stage import STAGES, Hear, Step, unheard

Heard = Callable[[str, Step], None]
"""Is told the location of a document and where its check is."""
EVERY = 0.05
"""Seconds between two pages told of one document."""
LONGEST = select.PIPE_BUF // 2
"""Bytes of a line: less than what the kernel writes undivided."""
_MOST_PAGES = 1_000_000


class Teller:
    """The worker's end (报告端)."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def of(self, location: str) -> Hear:
        """Return what tells the steps of one document (逐步报告)."""
        last = (0.0, "")

        def hear(step: Step) -> None:
            nonlocal last
            now = time.monotonic()
            if step.stage == last[1] and now - last[0] < EVERY and step.page != step.pages:
                return
            last = (now, step.stage)
            line = json.dumps([location, *step]).encode()
            if len(line) <= LONGEST:
                with suppress(OSError):  # nobody listens, or not now
                    self._pipe.send_bytes(line)

        return hear


class Listener:
    """The asking program's end (收听端): a thread that passes on what workers tell."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._reader, self.writer = Pipe(duplex=False)
        os.set_blocking(self.writer.fileno(), False)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="gouji-listener", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening (停止收听)."""
        self._ending.set()
        with suppress(OSError):
            self.writer.send_bytes(b"")
        self._thread.join()
        self.writer.close()
        self._reader.close()

    def _listen(self) -> None:
        while not self._ending.is_set():
            try:
                line = self._reader.recv_bytes(LONGEST)
            except (EOFError, OSError):
                return
            if told := parsed(line):
                self._heard(*told)


def parsed(line: bytes) -> tuple[str, Step] | None:
    """Return what a line tells, or None: a worker reads hostile documents, so nothing is believed (解析)."""
    try:
        location, stage, page, pages = json.loads(line)
    except (ValueError, TypeError, RecursionError):
        return None
    counted = isinstance(page, int) and isinstance(pages, int) and 0 <= page <= pages <= _MOST_PAGES
    if not isinstance(location, str) or stage not in STAGES or not counted:
        return None
    return location, Step(stage, page, pages)


_telling: Teller | None = None
"""A worker's way to tell, set once when the process starts."""


def tell_through(pipe: Connection | None) -> None:
    """Have this process tell through a pipe from now on (接通)."""
    global _telling  # noqa: PLW0603 (a process has one such pipe, as it has one standard error)
    _telling = Teller(pipe) if pipe is not None else None


def hearer(location: str) -> Hear:
    """Return what to tell the steps of a document to, in this process (听取者)."""
    return _telling.of(location) if _telling is not None else unheard
