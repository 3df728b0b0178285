"""Small work on a document's original, in bounded processes of its own (杂务).

An original is as hostile when its pages are drawn or its report is exported as when it was checked.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from gouji.errors import Phrases
from gouji.messages import N_, Catalogue, Language
from gouji.model.report import Report
from gouji.screen import limits as held
from gouji.screen.limits import GRACE, Limits
from gouji.web.problems import Refusal

P = ParamSpec("P")
T = TypeVar("T")

WORKERS = 2
WAITING = 32
"""Errands that may wait for a worker."""
TASKS = 500
NICE = 5
"""Drawing yields to answering visitors."""
LARGEST_PICTURE = 24_000_000
"""Pixels of a page image; a page of any size fits into it at a smaller scale."""

BUSY = N_("服务器正忙，请 {seconds} 秒后再试。")
OUT_OF_TIME = N_("{limit} 秒内没有做完，已中止")
CRASHED = N_("处理进程中断（可能内存不足，或文件损坏）")
NOT_DRAWN = N_("这一页已损坏")


class ErrandError(Exception):
    """An errand came to nothing, for a reason that is a sentence of the catalogue (未成)."""

    def __init__(self, sentence: str, **words: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.words = words

    @property
    def phrases(self) -> Phrases:
        """The reason as a word of another sentence, to be said in any language."""
        return Phrases([(self.sentence, self.words)])


class Errands:
    """A small pool of bounded processes (杂务进程)."""

    def __init__(self, seconds: float = 30.0) -> None:
        self._limits = Limits(seconds=seconds)
        self._room = threading.BoundedSemaphore(WORKERS + WAITING)
        context = multiprocessing.get_context("forkserver")
        self._pool = ProcessPool(
            max_workers=WORKERS,
            max_tasks=TASKS,
            initializer=_begin,
            initargs=(self._limits,),
            context=context,
        )

    def close(self) -> None:
        """End the processes at once (关闭)."""
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble types most of itself
        self._pool.join()

    def run(self, task: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do a task in a process and wait for it (执行); raises `ErrandError` when it ends badly."""
        if not self._room.acquire(blocking=False):
            raise Refusal(429, BUSY, headers={"retry-after": "2"}, seconds=2)
        try:
            future = self._pool.schedule(
                _bounded,
                args=(self._limits.seconds, task, *args),
                kwargs=kwargs,
                timeout=self._limits.seconds,
            )
            result: T = future.result()
        except TimeoutError as error:
            raise ErrandError(OUT_OF_TIME, limit=f"{self._limits.seconds:g}") from error
        except (ProcessExpired, MemoryError) as error:
            raise ErrandError(CRASHED) from error
        finally:
            self._room.release()
        return result


def _begin(limits: Limits) -> None:
    held.bind(limits)
    os.nice(NICE)


def _bounded(seconds: float, task: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    held.alarm(seconds + GRACE)
    try:
        return task(*args, **kwargs)
    finally:
        held.alarm(0)


# --- what is done in a worker ----------------------------------------------------------------


def draw(original: Path, number: int, scale: float) -> bytes | None:
    """Return a page of a PDF as PNG, or None when it cannot be drawn (绘制页面)."""
    from gouji.report.page_images import page_images  # noqa: PLC0415 (PyMuPDF stays out of the server)

    with page_images(original.read_bytes()) as pages:
        return None if pages is None else pages.png(number, None, scale)


def compare(store_url: str, key: str, lang: Language) -> int:
    """Bring a store's comparisons of documents up to date (跨文件比对); return how many were new."""
    from gouji.screen.across.run import compare_store  # noqa: PLC0415 (the engine stays out of the server)
    from gouji.screen.store import Store  # noqa: PLC0415

    with Store.open(store_url) as store:
        return compare_store(store, key, lang).compared


@dataclass(frozen=True, slots=True)
class Order:
    """An export to be made (导出任务)."""

    original: Path
    name: str
    format: str
    lang: Language
    report: Report
    """The report as it is kept, with the decisions."""


def export(order: Order) -> bytes:
    """Return a report in a format, decisions and all (导出); raises `InputError`.

    The document is read again for what a report does not hold, its text and tables; the findings are
    those that were kept, so that what is handed on is what was decided about.
    """
    from gouji.pipeline import examine  # noqa: PLC0415 (the engine stays out of the server)
    from gouji.report.formats import format_of  # noqa: PLC0415
    from gouji.screen.across.rulebook import across_cards  # noqa: PLC0415

    data = order.original.read_bytes()
    examined = examine(data, name=order.name, lang=order.lang)
    rules = (*examined.rules, *across_cards())
    kept = replace(examined, report=order.report, rules=rules)
    return format_of(order.format).written(kept, data, Catalogue(order.lang))
