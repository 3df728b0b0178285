"""Runs a dataset through an engine (执行评测): many processes, a progress bar, one log.

Answers are written as they come, so that a run that was stopped is taken up where it ended.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from gouji.errors import InputError
from gouji.evaluate.dataset import Dataset, Sample
from gouji.evaluate.engine import answer
from gouji.evaluate.labels import Answer
from gouji.evaluate.log import Log, header_of, read_log, write_answer, write_header
from gouji.evaluate.reader import RULES, Reader
from gouji.messages import N_


@dataclass(frozen=True, slots=True)
class Order:
    """How to run (执行方式)."""

    reader: Reader = RULES
    jobs: int = 1
    quiet: bool = False
    """No progress bar."""


def run(dataset: Dataset, log: Path, order: Order) -> Log:
    """Answer every sample that the log does not hold yet, and return the whole log."""
    order.reader.require()
    header = header_of(dataset, order.reader, log)
    done: set[str] = set()
    if log.exists() and log.stat().st_size:
        before = read_log(log)
        if not before.header.comparable(header):
            raise InputError(
                N_("{log}: 是另一次运行的记录（数据、引擎或程序不同）；请换一个 --output。"),
                log=log,
            )
        done = set(before.answers)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as file:
        if done or log.stat().st_size:
            _mend_last_line(log)
        else:
            write_header(file, header)
        left = [s for s in dataset.samples if s.id not in done]
        for sample, said in _answers(left, order, shown=len(done)):
            write_answer(file, sample, said)
    return read_log(log)


def _mend_last_line(log: Path) -> None:
    """Cut off a last line that was not written to its end."""
    data = log.read_bytes()
    if not data.endswith(b"\n"):
        log.write_bytes(data[: data.rfind(b"\n") + 1])


def _answers(
    samples: Sequence[Sample], order: Order, *, shown: int = 0
) -> Iterator[tuple[str, Answer]]:
    with _progress(order, len(samples) + shown, shown) as progress:
        if order.jobs == 1:
            for sample in samples:
                yield sample.id, answer(sample, order.reader)
                progress.advance(progress.task_ids[0])
            return
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(order.jobs, mp_context=context) as pool:
            futures = {pool.submit(answer, sample, order.reader): sample.id for sample in samples}
            for future in as_completed(futures):
                yield futures[future], future.result()
                progress.advance(progress.task_ids[0])


@contextmanager
def _progress(order: Order, total: int, completed: int) -> Iterator[Progress]:
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    disable = order.quiet or not sys.stderr.isatty()
    with Progress(*columns, console=console, disable=disable) as progress:
        progress.add_task(order.reader.engine, total=total, completed=completed)
        yield progress
