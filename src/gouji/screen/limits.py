"""What one document may cost, and how a worker process is held to it (限额)."""

from __future__ import annotations

import os
import resource
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path

MIB = 1 << 20
GRACE = 5.0
"""Seconds between the pool's own time limit and the kernel's alarm within the worker."""
_WATCH = 1.0
_STATUS = Path("/proc/self/status")
_CLEAR = Path("/proc/self/clear_refs")
_RESET_PEAK = "5"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost (单份限额)."""

    seconds: float = 60.0
    """Time on the clock, from the moment a worker takes the document."""
    memory: int = 1024 * MIB
    """Bytes of private memory of the worker process, its own 100 MiB included."""
    file_size: int = 200 * MIB
    pages: int = 3000


def bind(limits: Limits) -> None:
    """Hold this process to its limits and to its parent's life (设限); called once in a worker.

    Private memory is limited by the kernel, so that an allocation beyond it fails in Python and in
    MuPDF alike. A worker whose parent is gone ends itself.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for ending in (signal.SIGALRM, signal.SIGTERM):
        signal.signal(ending, signal.SIG_DFL)  # at once, even deep within MuPDF
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_WATCH)
    os._exit(0)


def alarm(seconds: float) -> None:
    """Have the kernel end this process after so many seconds; 0 calls it off (闹钟).

    This holds even in a worker that nobody watches any more and that never comes back to Python.
    """
    signal.setitimer(signal.ITIMER_REAL, seconds)


def forget_peak() -> None:
    """Start measuring the peak of resident memory anew (重置内存峰值)."""
    try:
        _CLEAR.write_text(_RESET_PEAK)
    except OSError:  # not every kernel lets a process do so: the peak is then that of its life
        return


def peak_memory() -> int:
    """Return the peak of resident memory since `forget_peak`, in bytes (内存峰值)."""
    try:
        lines = _STATUS.read_text().splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
