"""Stops a run between two documents (停止): Ctrl-C or a polite request to end halves nothing.

Signals belong to the whole process, and so does what is kept here.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ASKED = (signal.SIGINT, signal.SIGTERM)


class _Stopping:
    undivided = False
    """Something is being done that must not be left half done."""
    asked = False
    """A request to stop came meanwhile."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM raise KeyboardInterrupt, but for what is `undivided` (可停止).

    What the caller's shell had told the process to ignore stays ignored.
    """
    before = {sign: signal.getsignal(sign) for sign in ASKED}
    for sign, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(sign, _stop)
    try:
        yield
    finally:
        _Stopping.asked = False
        for sign, handler in before.items():
            signal.signal(sign, handler)


@contextmanager
def undivided() -> Iterator[None]:
    """Put a stop off until this is done (不可分): what is stored is counted, too."""
    _Stopping.undivided = True
    try:
        yield
    finally:
        _Stopping.undivided = False
    if _Stopping.asked:
        _Stopping.asked = False
        raise KeyboardInterrupt


def _stop(_sign: int, _frame: FrameType | None) -> None:
    if _Stopping.undivided:
        _Stopping.asked = True
        return
    raise KeyboardInterrupt
