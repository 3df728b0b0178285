"""Screens documents on a Ray cluster (集群筛查): the same function a document, the same limits.

The driver hands out batches, a few for each processor at a time; a batch becomes one Parquet part.
Within a task each document is checked in a bounded worker process as on one machine, so that a
poisoned one costs itself. A batch whose node is lost is done again elsewhere; one that ends its task
time and again is taken apart, until the document that does it stands alone as a row.
"""

from __future__ import annotations

import atexit
import logging
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from gouji.errors import InputError
from gouji.messages import N_
from gouji.screen.find import Found
from gouji.screen.limits import Limits
from gouji.screen.local import Order, Plan, Tally, outcomes, plan_from
from gouji.screen.outcome import Failed, Options, Outcome, Submission
from gouji.screen.parts import part_name, standing_in, write_part
from gouji.screen.pool import Workers
from gouji.screen.stopping import undivided

BATCH = 16
"""Documents of a task: some seconds of work, so that a lost node costs little."""
AHEAD = 2
"""Tasks for each processor: one that runs and one that waits."""
RETRIES = 3
"""Times that Ray itself starts a task anew whose process or node was lost."""
OBJECT_STORE = 100 * 1024 * 1024
"""Bytes: only counts travel, the outcomes go straight into parts."""
LOST = "{name}：集群上反复中断（{error}），没有读完。"


@dataclass(frozen=True, slots=True)
class Told:
    """What a task tells the driver (任务回报)."""

    done: int
    findings: int
    errors: int
    checked: int
    unchanged: int
    failures: dict[str, int] = field(default_factory=dict)
    cpu: float = 0.0


def plan(parts: str, found: Found, order: Order) -> Plan:
    """Return what the parts do not hold yet (计划)."""
    return plan_from(standing_in(parts, order.options), found, order)


def screen(todo: Plan, order: Order, parts: str, tally: Tally, hear: Callable[[], None]) -> None:
    """Check what is due on the cluster, into parts (筛查), counting on `tally`."""
    ray = _ray(order)
    if todo.refused:
        documents = [document for document, _ in todo.refused]
        with undivided():
            write_part(parts, part_name(documents, order.options), todo.refused, order.options)
            for _, failed in todo.refused:
                tally.count(failed)
    driver = _Driver(ray, order, parts)
    for told in driver.results(_batches(todo.left)):
        tally.checked += told.checked
        tally.unchanged += told.unchanged
        tally.findings += told.findings
        tally.errors += told.errors
        tally.cpu += told.cpu
        tally.failures.update(told.failures)
        hear()


def check_batch(batch: Sequence[Submission], options: Options, limits: Limits, parts: str) -> Told:
    """Check a batch in this node's bounded worker and write its part (一批)."""
    order = Order(options=options, limits=limits, jobs=1)
    tally, done = Tally(), []
    for submission, outcome in outcomes(_workers(limits), batch, order):
        tally.count(outcome)
        done.append((submission, outcome))
    done.sort(key=lambda pair: pair[0].location)
    write_part(parts, part_name(batch, options), done, options)
    return _told(tally)


def _told(tally: Tally) -> Told:
    return Told(
        tally.done,
        tally.findings,
        tally.errors,
        tally.checked,
        tally.unchanged,
        dict(tally.failures),
        tally.cpu,
    )


@cache
def _workers(limits: Limits) -> Workers:
    """Return the bounded worker of this Ray process, kept from task to task."""
    workers = Workers(jobs=1, limits=limits)
    atexit.register(workers.close)
    return workers


class _Driver:
    """Keeps a bounded number of tasks on the cluster (派发)."""

    def __init__(self, ray: Any, order: Order, parts: str) -> None:  # noqa: ANN401 (the module)
        self._ray, self._order, self._parts = ray, order, parts
        self._task = ray.remote(num_cpus=1, max_retries=RETRIES)(check_batch)
        self._under_way: dict[Any, Sequence[Submission]] = {}
        self._tries: Counter[str] = Counter()

    def results(self, batches: Iterator[Sequence[Submission]]) -> Iterator[Told]:
        """Yield what each batch came to, as it comes."""
        while True:
            for batch in islice(batches, self._free()):
                self._hand_over(batch)
            if not self._under_way:
                return
            done, _ = self._ray.wait(list(self._under_way), num_returns=1, timeout=1.0)
            for reference in done:
                yield from self._taken(reference)

    def _free(self) -> int:
        """Return how many more tasks the cluster, as it stands now, may have before it."""
        processors = int(self._ray.cluster_resources().get("CPU", 1))
        return max(0, AHEAD * processors - len(self._under_way))

    def _hand_over(self, batch: Sequence[Submission]) -> None:
        order = self._order
        reference = self._task.remote(batch, order.options, order.limits, self._parts)
        self._under_way[reference] = batch

    def _taken(self, reference: Any) -> Iterator[Told]:  # noqa: ANN401 (a Ray reference)
        batch = self._under_way.pop(reference)
        try:
            yield self._ray.get(reference)
        except self._ray.exceptions.RayError as error:
            if len(batch) > 1:  # the document that does it will stand alone
                for one in batch:
                    self._hand_over([one])
                return
            self._tries[batch[0].location] += 1
            if self._tries[batch[0].location] < RETRIES:
                self._hand_over(batch)
                return
            yield self._given_up(batch[0], error)

    def _given_up(self, document: Submission, error: Exception) -> Told:
        failed: Outcome = Failed(
            "fault", LOST.format(name=document.name, error=type(error).__name__)
        )
        options, tally = self._order.options, Tally()
        tally.count(failed)
        write_part(self._parts, part_name([document], options), [(document, failed)], options)
        return _told(tally)


def _batches(documents: Iterable[Submission]) -> Iterator[Sequence[Submission]]:
    left = iter(documents)
    while batch := list(islice(left, BATCH)):
        yield batch


def _ray(order: Order) -> Any:  # noqa: ANN401 (the module)
    """Return Ray, connected: to RAY_ADDRESS if set, else to processes of this machine."""
    try:
        import ray  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise InputError(N_("--runner ray 需要 Ray：pip install 'gouji[ray]'。")) from error
    if not ray.is_initialized():
        own = {} if os.environ.get("RAY_ADDRESS") else _own_machine(order)
        ray.init(log_to_driver=False, logging_level=logging.ERROR, **own)
    return ray


def _own_machine(order: Order) -> dict[str, Any]:
    return {
        "num_cpus": order.jobs,
        "object_store_memory": OBJECT_STORE,
        "include_dashboard": False,
    }
