"""Takes documents off the queue and has them checked in bounded processes (承办)."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from gouji.messages import N_, Catalogue, Language, Saying
from gouji.model.stage import Step
from gouji.screen.limits import Limits
from gouji.screen.outcome import Checked, Failed, Outcome, Submission
from gouji.screen.pool import Workers
from gouji.web.entry import Entry
from gouji.web.guard import where
from gouji.web.shelf import Shelf, options_for
from gouji.web.vault import Vault

log = logging.getLogger("gouji.web")

ATTEMPTS = 3
"""Times a document is begun before it is given up: it may be what kills the server."""
IDLE = 5.0
"""Seconds after which the queue is looked at without being told to."""
INTERRUPTED = N_("核查中断了 {times} 次，不再重试；文件可能损坏或含有恶意内容。")
NOT_KEPT = N_("核查结果没能存下来，请重新核查。")


class Runner:
    """One thread that feeds a pool of workers from the queue (承办线程)."""

    def __init__(
        self, shelf: Shelf, vault: Vault, *, jobs: int, lang: Language, limits: Limits
    ) -> None:
        self._shelf = shelf
        self._vault = vault
        self._lang = lang
        self._steps: dict[str, Step | None] = {}
        """Of each document under way, by its location; None until its worker has told."""
        self._workers = Workers(jobs, limits, heard=self._hear)
        self._free = threading.Semaphore(jobs)
        self._called = threading.Event()
        self._ending = threading.Event()
        self.when_settled: Callable[[], None] = lambda: None
        """Is called after each outcome is kept."""
        self._thread = threading.Thread(target=self._run, name="gouji-runner", daemon=True)

    def start(self) -> None:
        """Queue again what an earlier server left unfinished, and begin (开工)."""
        why = Saying(INTERRUPTED, {"times": ATTEMPTS})
        self._shelf.requeue_unfinished(ATTEMPTS, why, self._lang, datetime.now(UTC))
        self._thread.start()

    def call(self) -> None:
        """Say that there is something in the queue (叫号)."""
        self._called.set()

    def stop(self) -> None:
        """End at once; what is being checked goes back to the queue (收工)."""
        self._ending.set()
        self._called.set()
        self._free.release()
        self._thread.join()
        self._workers.close()

    def retell(self, entry: Entry, lang: Language) -> Outcome:
        """Check a document at once to have its report in another language (另一语言)."""
        return self._workers.examine(self.submission(entry), options_for(lang))

    def step(self, entry: Entry) -> Step | None:
        """Return where a document's check is, as its worker told last (当前一步)."""
        return self._steps.get(str(self._vault.original(entry.id)))

    def _hear(self, location: str, step: Step) -> None:
        if location in self._steps:  # else it is settled already, or checked for another language
            self._steps[location] = step

    def submission(self, entry: Entry) -> Submission:
        """Return what a worker is told of a document (送查)."""
        path = self._vault.original(entry.id)
        return Submission(str(path), name=entry.name, size=entry.size)

    def _run(self) -> None:
        while True:
            self._free.acquire()
            entry = self._next()
            if entry is None:
                return
            self._send(entry)

    def _send(self, entry: Entry) -> None:
        submission = self.submission(entry)
        self._steps[submission.location] = None
        try:
            promised = self._workers.submit(submission, options_for(self._lang))
        except Exception as error:  # noqa: BLE001 (a thread's border: without it nothing is ever checked)
            log.error("workers: %s", where(error))  # noqa: TRY400 (its message may quote a document)
            self._steps.pop(submission.location, None)
            self._shelf.put_back(entry.id)
            self._free.release()
            self._ending.wait(IDLE)
            return
        promised.add_done_callback(partial(self._settle, entry, submission))

    def _next(self) -> Entry | None:
        """Wait for the next document; None when the server ends."""
        while not self._ending.is_set():
            self._called.clear()
            try:
                entry = self._shelf.claim(datetime.now(UTC))
            except SQLAlchemyError as error:  # the database is away: try again in a while
                log.error("queue: %s", where(error))  # noqa: TRY400 (its message may quote a document)
                entry = None
            if entry is not None:
                return entry
            self._called.wait(IDLE)
        return None

    def _settle(self, entry: Entry, sent: Submission, done: Future[Outcome]) -> None:
        try:
            outcome = done.result()
            if isinstance(outcome, Checked | Failed):
                self._keep(entry, sent, outcome)
                self.when_settled()
        except CancelledError:
            self._shelf.put_back(entry.id)
        except Exception as error:  # noqa: BLE001 (a thread's border: the next document must be checked)
            log.error("outcome of %s: %s", entry.id, where(error))  # noqa: TRY400 (its message may quote a document)
            with suppress(SQLAlchemyError):  # else it is queued again at the next start
                self._shelf.put_back(entry.id)
        finally:
            self._steps.pop(sent.location, None)
            self._free.release()

    def _keep(self, entry: Entry, sent: Submission, outcome: Checked | Failed) -> None:
        try:
            self._shelf.settle(entry, sent, outcome, self._lang)
        except Exception:
            say = Catalogue(self._lang)
            failed = Failed.told("fault", Saying(NOT_KEPT), say, entry.sha256)
            self._shelf.settle(entry, sent, failed, self._lang)
            raise
