"""Bounded worker processes (受限进程): a crash, a hang or a bomb costs one document and says so.

Workers come from a fork server that holds gouji loaded and nothing else, so that a new one is there
within milliseconds and inherits no thread, lock or connection of the program that asks.
"""

from __future__ import annotations

import multiprocessing
import signal
from concurrent.futures import CancelledError, Future, InvalidStateError
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from pebble import ProcessExpired, ProcessPool

from gouji.messages import N_, Catalogue, Saying
from gouji.screen import limits as held
from gouji.screen.hearing import Heard, Listener, hearer, tell_through
from gouji.screen.limits import GRACE, Limits
from gouji.screen.outcome import Failed, Options, Outcome, Submission
from gouji.screen.sources import name_of
from gouji.screen.worker import examine_one

TASKS = 200
"""Documents after which a worker is replaced, so that nothing can pile up in it."""
SPARE = 60.0
"""Seconds that a document may take beside its calls to a language model."""

OUT_OF_TIME = N_("{name}：{limit} 秒内没有读完，已中止；文件可能损坏、过于复杂或含有恶意内容。")
CRASHED = N_("{name}：读取进程崩溃（{signal}），已中止；文件可能损坏或含有恶意内容。")
KILLED = N_("{name}：读取进程被系统终止（可能内存不足），没有读完；请减少 --jobs 后重试。")


class Workers:
    """A pool of bounded worker processes (工作进程池); use it in a `with` block or call `close`.

    >>> with Workers(jobs=2) as workers:
    ...     outcome = workers.examine(Submission("report.pdf"), Options())
    """

    def __init__(
        self,
        jobs: int = 1,
        limits: Limits | None = None,
        *,
        tasks: int = TASKS,
        heard: Heard | None = None,
    ) -> None:
        self.jobs = jobs
        self._listener = Listener(heard) if heard else None
        self.limits = limits or Limits()
        self._tasks = tasks
        self._open: set[Future[Outcome]] = set()
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPool:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["gouji.screen.worker", "gouji.screen.preload"])
        return ProcessPool(
            max_workers=self.jobs,
            max_tasks=self._tasks,
            initializer=_begin,
            initargs=(self.limits, self._listener.writer if self._listener else None),
            context=context,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all workers at once, whatever they do (关闭); what is under way counts as cancelled."""
        self._stop()
        if self._listener:
            self._listener.close()

    def _stop(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves it untyped
        self._pool.join()
        for promised in tuple(self._open):
            with suppress(InvalidStateError):  # it came to its end just now
                promised.set_exception(CancelledError())

    def renew(self) -> None:
        """Start anew with fresh workers, whatever became of the old ones (重开)."""
        self._stop()
        self._pool = self._new_pool()

    def patience(self, options: Options) -> float:
        """Return the seconds after which a document under way has surely come to an end (最长等待)."""
        return self._limits_for(options).seconds + GRACE

    def examine(self, submission: Submission, options: Options) -> Outcome:
        """Check one document and wait for it (核查一份)."""
        return self.submit(submission, options).result()

    def submit(self, submission: Submission, options: Options) -> Future[Outcome]:
        """Hand a document over (交付); the future brings an outcome unless the pool is closed."""
        limits = self._limits_for(options)
        promised: Future[Outcome] = Future()
        promised.set_running_or_notify_cancel()
        try:
            task = self._pool.schedule(
                _bounded, args=(submission, options, limits), timeout=limits.seconds
            )
        except RuntimeError as error:  # the pool is closed, or lost its way to the workers
            promised.set_exception(error)
            return promised
        self._open.add(promised)
        promised.add_done_callback(self._open.discard)
        task.add_done_callback(partial(_settle, promised, submission, options, limits))
        return promised

    def _limits_for(self, options: Options) -> Limits:
        """Return the limits of one document: a model's deadline is added to its time."""
        if options.model is None or options.engine == "rules":
            return self.limits
        seconds = max(self.limits.seconds, options.model.deadline + SPARE)
        return Limits(seconds, self.limits.memory, self.limits.file_size, self.limits.pages)


def _begin(limits: Limits, pipe: Connection | None) -> None:
    """Set a worker up: bound, and with a way to tell how far it is."""
    held.bind(limits)
    tell_through(pipe)


def _bounded(submission: Submission, options: Options, limits: Limits) -> Outcome:
    """Check one document within a worker, the kernel's alarm set."""
    held.alarm(limits.seconds + GRACE)
    try:
        return examine_one(submission, options, limits, hearer(submission.location))
    finally:
        held.alarm(0)


def _settle(
    promised: Future[Outcome],
    submission: Submission,
    options: Options,
    limits: Limits,
    task: Future[Outcome],
) -> None:
    """Pass an outcome on, or make one of what ended the worker."""
    say, name = Catalogue(options.lang), submission.name or name_of(submission.location)
    with suppress(InvalidStateError):  # the pool was closed in the meantime
        try:
            promised.set_result(task.result())
        except TimeoutError:
            promised.set_result(_out_of_time(name, limits, say))
        except ProcessExpired as error:
            promised.set_result(_expired(error.exitcode, name, limits, say))
        except (Exception, CancelledError) as error:  # noqa: BLE001 (nobody may wait forever)
            promised.set_exception(error)


def _expired(code: int | None, name: str, limits: Limits, say: Catalogue) -> Failed:
    if code == -signal.SIGALRM:
        return _out_of_time(name, limits, say)
    if code == -signal.SIGKILL:
        return Failed.told("memory", Saying(KILLED, {"name": name}), say)
    why = Saying(CRASHED, {"name": name, "signal": _signal_name(code)})
    return Failed.told("crash", why, say)


def _out_of_time(name: str, limits: Limits, say: Catalogue) -> Failed:
    why = Saying(OUT_OF_TIME, {"name": name, "limit": f"{limits.seconds:g}"})
    return Failed.told("time", why, say)


def _signal_name(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit {code}"
    return signal.Signals(-code).name
