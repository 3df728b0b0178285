"""Questions to a model and what becomes of their answers (任务): asked together, halved when too large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from gouji.llm.port import Port, Prompt, Reply, Request, Usage

_TOO_MUCH = frozenset({"too_long", "cut_off"})


@dataclass(frozen=True, slots=True)
class Job:
    """A question about some units, and what takes its answer (任务)."""

    units: Sequence[Any]
    ask: Callable[[Sequence[Any]], Request]
    take: Callable[[Sequence[Any], Any], None]
    """Gets the units asked about and an answer of the request's own class."""


@dataclass(slots=True)
class Calls:
    """Asks jobs and keeps the bill (调用)."""

    port: Port
    usage: Usage = field(default_factory=Usage)
    failures: Counter[str] = field(default_factory=Counter)
    prompts: dict[str, Prompt] = field(default_factory=dict)

    def run(self, jobs: Sequence[Job]) -> None:
        """Ask all jobs at once; a job too large for the model is halved and asked again."""
        while jobs:
            requests = [job.ask(job.units) for job in jobs]
            self.prompts.update({r.prompt.task: r.prompt for r in requests})
            halves: list[Job] = []
            for job, reply in zip(jobs, self.port.ask(requests), strict=True):
                halves += self._settle(job, reply)
            jobs = halves

    def _settle(self, job: Job, reply: Reply) -> list[Job]:
        self.usage += reply.usage
        if reply.answer is not None:
            job.take(job.units, reply.answer)
            return []
        middle = len(job.units) // 2
        if reply.failure in _TOO_MUCH and middle:
            return [
                replace(job, units=job.units[:middle]),
                replace(job, units=job.units[middle:]),
            ]
        self.failures[reply.failure or "invalid"] += 1
        return []
