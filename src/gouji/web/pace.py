"""How often a thing may be asked for (频率)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Pace:
    """A bucket of permissions that fills again at an even pace (令牌桶); safe between threads."""

    def __init__(
        self, burst: int, per_minute: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst = float(burst)
        self._per_second = per_minute / 60.0
        self._clock = clock
        self._left = self._burst
        self._at = clock()
        self._lock = threading.Lock()

    def wait_for(self, count: int = 1) -> float:
        """Take `count` permissions and return 0, or take none and return the seconds to wait.

        More than a whole bucket is granted when the bucket is full, and leaves a debt.
        """
        with self._lock:
            now = self._clock()
            self._left = min(self._burst, self._left + (now - self._at) * self._per_second)
            self._at = now
            needed = min(float(count), self._burst)
            if self._left >= needed:
                self._left -= count
                return 0.0
            return (needed - self._left) / self._per_second
