"""What a document's calls may still cost (限额): reserved before a call, settled after it."""

from __future__ import annotations

import time
from decimal import Decimal

from gouji.llm.options import ModelOptions
from gouji.llm.port import Request, Usage

_EXPECTED = 4
"""An answer is expected to take one in so many of the tokens it may take."""


class Limits:
    """Counts calls, tokens and cost of one document against its limits (限额)."""

    def __init__(self, options: ModelOptions) -> None:
        self._options = options
        self._calls = 0
        self._tokens = 0
        self._cost = Decimal(0)
        self._ends: float | None = None

    def seconds_left(self) -> float:
        """Return the seconds left for the document; the clock starts with the first call."""
        now = time.monotonic()
        if self._ends is None:
            self._ends = now + self._options.deadline
        return max(0.0, self._ends - now)

    def reserve(self, request: Request) -> bool:
        """Take a call's expected cost off the limits; False where it would pass one."""
        options = self._options
        sent, got = request.size, request.max_tokens // _EXPECTED
        cost = options.cost(sent, got)
        if options.max_calls is not None and self._calls + 1 > options.max_calls:
            return False
        if options.max_tokens is not None and self._tokens + sent + got > options.max_tokens:
            return False
        if options.max_cost is not None and self._cost + cost > options.max_cost:
            return False
        self._calls += 1
        self._tokens += sent + got
        self._cost += cost
        return True

    def settle(self, request: Request, usage: Usage) -> None:
        """Replace what was expected of a call by what it took."""
        sent, got = request.size, request.max_tokens // _EXPECTED
        self._tokens += usage.input_tokens + usage.output_tokens - sent - got
        self._cost += usage.cost - self._options.cost(sent, got)
