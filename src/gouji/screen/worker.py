"""Checks one document: the very function that the local runner, Ray and the web page call (核查一份).

`examine_one` never raises for what a document holds: it returns what was found, or why nothing
could be. What no function can return from, a crash or an endless loop, `pool` turns into the same.
"""

from __future__ import annotations

import hashlib
import time
import zlib
from contextlib import suppress
from dataclasses import replace

from gouji.check.findings import rules_fingerprint
from gouji.errors import InputError
from gouji.llm.port import Port
from gouji.messages import N_, Catalogue, Saying
from gouji.model.examined import Examined
from gouji.model.stage import Hear, Step, unheard
from gouji.pipeline import examine
from gouji.report.formats import format_of
from gouji.screen import limits as held
from gouji.screen.facts import facts_of
from gouji.screen.limits import MIB, Limits
from gouji.screen.outcome import (
    Checked,
    Cost,
    Failed,
    Options,
    Outcome,
    Reason,
    Submission,
    Unchanged,
)
from gouji.screen.profile import profile_of
from gouji.screen.rows import (
    LEVEL,
    finding_row,
    page_texts,
    told_rows,
    verdict_rows,
)
from gouji.screen.sources import GoneError, TooLargeError, name_of, read
from gouji.screen.twins import signature_of

NOTHING = Cost(0.0, 0.0, 0)

TOO_LARGE = N_("{name}：文件超过 {limit} MB 的上限，没有读取。")
TOO_LONG = N_("{name}：共 {pages} 页，超过 {limit} 页的上限，没有读取。")
OUT_OF_MEMORY = N_("{name}：读取时内存超过 {limit} MB 的上限，已中止；文件可能损坏或含有恶意内容。")
WAITING = N_("{name}：已交批量接口，尚未答完；稍后再运行同一命令即续取，不会重复提交。")
FAULT = N_("{name}：gouji 内部出错，请报告：{error}")

_NO_MEMORY = ("malloc", "calloc", "realloc", "out of memory")
"""How MuPDF says that the kernel refused it memory."""


def examine_one(
    submission: Submission, options: Options, limits: Limits, hear: Hear = unheard
) -> Outcome:
    """Check one document within its limits (核查一份): the report and what the store keeps of it.

    `hear` is told each step.
    """
    clock, cpu = time.perf_counter(), time.process_time()
    held.forget_peak()
    outcome = _outcome(submission, options, limits, hear)
    if isinstance(outcome, Unchanged):
        return outcome
    seconds = round(time.perf_counter() - clock, 4)
    cost = Cost(seconds, round(time.process_time() - cpu, 4), held.peak_memory())
    return replace(outcome, cost=cost)


def _outcome(submission: Submission, options: Options, limits: Limits, hear: Hear) -> Outcome:
    say = Catalogue(options.lang)
    name = submission.name or name_of(submission.location)
    sha256: str | None = None
    try:
        data = read(submission, limits.file_size)
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 == submission.known:
            return Unchanged(sha256)
        return _checked(data, sha256, name, (options, limits, hear))
    except TooLargeError:
        why = Saying(TOO_LARGE, {"name": name, "limit": limits.file_size // MIB})
        return Failed.told("too_large", why, say)
    except GoneError as error:
        return Failed.told("gone", Saying.of(error), say)
    except _LeftError as left:
        return Failed.told(left.reason, Saying(left.why, {"name": name, **left.words}), say, sha256)
    except InputError as error:
        if not _is_memory(error):
            return Failed.told("unreadable", Saying.of(error), say, sha256)
    except MemoryError:
        pass
    except Exception as error:  # noqa: BLE001 (one document must never stop the others)
        if not _is_memory(error):
            why = Saying(FAULT, {"name": name, "error": repr(error)})
            return Failed.told("fault", why, say, sha256)
    why = Saying(OUT_OF_MEMORY, {"name": name, "limit": limits.memory // MIB})
    return Failed.told("memory", why, say, sha256)


def _checked(data: bytes, sha256: str, name: str, under: tuple[Options, Limits, Hear]) -> Checked:
    options, limits, hear = under
    _require_short(data, limits)
    examined = examine(
        data,
        select=options.select,
        ignore=options.ignore,
        name=name,
        lang=options.lang,
        model=_port(options),
        engine=options.engine,
        hear=hear,
    )
    report = examined.report
    if options.batch and report.model_use is not None and "deadline" in report.model_use.failures:
        raise _LeftError("waiting", WAITING)
    hear(Step("reporting"))
    facts, told = told_rows(profile_of(examined.disclosure), facts_of(examined))
    return Checked(
        sha256=sha256,
        rules_fingerprint=rules_fingerprint(),
        document=report.document,
        summary=report.summary,
        coverage=report.coverage,
        report_json=zlib.compress(report.model_dump_json(by_alias=True).encode(), LEVEL),
        findings=tuple(finding_row(f) for f in report.findings),
        verdicts=verdict_rows(report),
        facts=facts,
        told_json=told,
        signature=signature_of(page.text for page in examined.disclosure.document.pages),
        cost=NOTHING,
        pages=page_texts(examined, data) if options.texts else (),
        rendered=_rendered(examined, data, options),
    )


def _rendered(examined: Examined, source: bytes, options: Options) -> tuple[tuple[str, bytes], ...]:
    """Return the report in the formats asked for (成文); one it cannot be written in is left out."""
    say, written = Catalogue(options.lang), []
    for name in options.formats:
        with suppress(InputError):
            written.append((name, format_of(name).written(examined, source, say)))
    return tuple(written)


class _LeftError(Exception):
    """A document is not checked for now, and why (暂不核查)."""

    def __init__(self, reason: Reason, why: str, **words: int) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.why = why
        self.words = words


def _require_short(data: bytes, limits: Limits) -> None:
    """Count the pages of a PDF before any is read."""
    if b"%PDF" not in data[:1024]:
        return
    from gouji.read.mupdf import DamagedPdfError, count_pages  # noqa: PLC0415 (only for a PDF)

    try:
        pages = count_pages(data)
    except DamagedPdfError:
        return  # reading it will say so, in its own words
    if pages > limits.pages:
        raise _LeftError("too_long", TOO_LONG, pages=pages, limit=limits.pages)


def _port(options: Options) -> Port | None:
    if options.model is None or options.engine == "rules":
        return None
    if options.batch:
        from gouji.llm.batch import Batch  # noqa: PLC0415 (only where a model is used)

        return Batch(options.model)
    from gouji.llm.chat import Chat  # noqa: PLC0415 (only where a model is used)

    return Chat(options.model)


def _is_memory(error: BaseException | None) -> bool:
    """Tell whether an error, or one behind it, is refused memory (是否内存不足)."""
    while error is not None:
        if isinstance(error, MemoryError) or any(w in str(error).lower() for w in _NO_MEMORY):
            return True
        error = error.__cause__ or error.__context__
    return False
