"""Screens documents on this machine (本机筛查): bounded workers, one writer, stopped and taken up at will."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from gouji.screen.find import Found
from gouji.screen.fingerprint import engine_fingerprint
from gouji.screen.limits import Limits
from gouji.screen.outcome import Failed, Options, Outcome, Submission, Unchanged
from gouji.screen.pool import Workers
from gouji.screen.stopping import undivided
from gouji.screen.store import Standing, Store

AHEAD = 3
"""Documents handed over for each worker: one under way, and some so that none waits."""
STALLED = 120.0
"""Seconds beyond a document's time without any news, after which the pool is taken for stuck."""
TRIES = 3

Hear = Callable[[Submission, Outcome], None]
"""Hears of every outcome once it is stored."""


@dataclass(frozen=True, slots=True)
class Order:
    """How to screen (筛查方式)."""

    options: Options = field(default_factory=Options)
    limits: Limits = field(default_factory=Limits)
    jobs: int = 1
    retry_failed: bool = False
    limit: int | None = None
    """Most documents to check in this run."""


@dataclass(slots=True)
class Tally:
    """What a run came to (本次筛查)."""

    checked: int = 0
    unchanged: int = 0
    """Files touched since, with the same content."""
    findings: int = 0
    errors: int = 0
    """Findings of grade broken or gross."""
    failures: Counter[str] = field(default_factory=Counter)
    cpu: float = 0.0
    """Seconds of processor in workers."""

    @property
    def done(self) -> int:
        """Documents that came to an outcome."""
        return self.checked + self.unchanged + self.failures.total()

    def count(self, outcome: Outcome) -> None:
        """Count one more outcome."""
        if isinstance(outcome, Unchanged):
            self.unchanged += 1
            return
        if outcome.cost is not None:
            self.cpu += outcome.cost.cpu
        if isinstance(outcome, Failed):
            self.failures[outcome.reason] += 1
            return
        self.checked += 1
        self.findings += len(outcome.findings)
        self.errors += sum(f.severity == "error" for f in outcome.findings)


def due(
    documents: Iterable[Submission], standing: dict[str, Standing], *, retry_failed: bool
) -> Iterator[Submission]:
    """Yield what must be checked (待查): new, changed, left by another engine or waiting, failed if asked.

    A local file of the same size and time is taken as unchanged; one that was only touched is read,
    and left alone if its content is the same.
    """
    engine = engine_fingerprint()
    for document in documents:
        known = standing.get(document.location)
        if known is None or known.engine_fingerprint != engine or _is_open(known, retry_failed):
            yield document
        elif (known.size, known.modified) != (document.size, document.modified):
            yield replace(document, known=known.sha256)
        elif document.modified is None and known.sha256 is not None:
            yield replace(document, known=known.sha256)  # a URL: only its content tells


def _is_open(known: Standing, retry_failed: bool) -> bool:  # noqa: FBT001 (the flag handed on)
    """Tell a document without a result yet: its model's batch goes on, or it failed and is tried again."""
    return known.reason == "waiting" or (known.failed and retry_failed)


def outcomes(
    workers: Workers, documents: Iterable[Submission], order: Order
) -> Iterator[tuple[Submission, Outcome]]:
    """Yield each document with its outcome as it comes (逐份结果); few are under way at a time."""
    yield from _Desk(workers, order).serve(iter(documents))


class _Desk:
    """Hands documents to the pool and takes outcomes, through a broken pool if need be (派发)."""

    def __init__(self, workers: Workers, order: Order) -> None:
        self._workers, self._order = workers, order
        self._under_way: dict[Future[Outcome], Submission] = {}
        self._tries: Counter[str] = Counter()

    def serve(self, documents: Iterator[Submission]) -> Iterator[tuple[Submission, Outcome]]:
        window = AHEAD * self._order.jobs
        patience = self._workers.patience(self._order.options) + STALLED
        while True:
            for document in islice(documents, window - len(self._under_way)):
                self._hand_over(document)
            if not self._under_way:
                return
            done, _ = wait(self._under_way, timeout=patience, return_when=FIRST_COMPLETED)
            if not done:
                self._renew(list(self._under_way.values()))
            for future in done:
                yield from self._taken(future)

    def _hand_over(self, document: Submission) -> None:
        self._under_way[self._workers.submit(document, self._order.options)] = document

    def _taken(self, future: Future[Outcome]) -> Iterator[tuple[Submission, Outcome]]:
        document = self._under_way.pop(future, None)
        if document is None:  # of a pool that was renewed
            return
        error = future.exception()
        if error is None:
            yield document, future.result()
        elif self._tries[document.location] >= TRIES:
            yield document, Failed("fault", f"{document.location}：{error!r}")
        else:
            self._renew([document, *self._under_way.values()])

    def _renew(self, documents: Iterable[Submission]) -> None:
        """Start the workers anew and hand over again what they had."""
        again = list(documents)
        self._under_way.clear()
        self._workers.renew()
        for document in again:
            self._tries[document.location] += 1
            self._hand_over(document)


@dataclass(slots=True)
class Plan:
    """What a run has to do (本次计划)."""

    left: list[Submission]
    """Documents to check."""
    refused: list[tuple[Submission, Failed]]
    """Documents whose row needs no check."""
    standing: int
    """Documents whose result stands."""

    @property
    def total(self) -> int:
        """Outcomes to come."""
        return len(self.left) + len(self.refused)


def plan(store: Store, found: Found, order: Order) -> Plan:
    """Return what must be done of what was found (计划)."""
    return plan_from(store.standing(order.options), found, order)


def plan_from(known: dict[str, Standing], found: Found, order: Order) -> Plan:
    """Return what must be done of what was found, given what is known (计划)."""
    left = list(due(found.documents, known, retry_failed=order.retry_failed))
    by_location = {document.location: failed for document, failed in found.refused}
    places = [document for document, _ in found.refused]
    refused = list(due(places, known, retry_failed=order.retry_failed))
    standing = len(found.documents) + len(places) - len(left) - len(refused)
    left = left[: order.limit]
    refused = refused if order.limit is None else refused[: max(0, order.limit - len(left))]
    return Plan(left, [(d, by_location[d.location]) for d in refused], standing)


def screen(store: Store, todo: Plan, order: Order, tally: Tally, hear: Hear) -> None:
    """Check what is due and store each outcome as it comes (筛查), counting on `tally`.

    Stopping in the midst, by an exception or by kill -9, loses at most what was under way: the next
    run takes up the rest.
    """
    if not todo.total:
        return
    run = store.start_run(order.options, "local")
    with Workers(order.jobs, order.limits) as workers:
        coming = chain(todo.refused, outcomes(workers, todo.left, order))
        for document, outcome in coming:
            with undivided():
                keep(store, document, outcome, order.options, run)
                tally.count(outcome)
            hear(document, outcome)
    store.end_run(run)


def keep(
    store: Store, document: Submission, outcome: Outcome, options: Options, run: str | None
) -> None:
    """Store an outcome (存入结果)."""
    if isinstance(outcome, Unchanged):
        store.touch(document)
    else:
        store.put(document, outcome, options, run)
