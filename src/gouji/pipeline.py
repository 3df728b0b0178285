"""The table of contents (总目): read → understand → extract → check → report.

A source is bytes (a PDF or text), a path, or a `str`. A `str` is pasted text when it has a line
break or more than 255 characters, or when it neither names a file nor looks like a path (a
separator, a suffix, or a bare name).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import replace

from gouji.check.cascade import run_cascade
from gouji.check.findings import examined
from gouji.check.known import without_known
from gouji.check.run import run_rules
from gouji.check.selection import selected
from gouji.check.telling.notices import recognised
from gouji.errors import InputError, Phrases
from gouji.extract import extract
from gouji.llm.port import Port
from gouji.messages import N_, Catalogue, Language
from gouji.model.baseline import Baseline
from gouji.model.claim import Breakdown, Change, Completion, Difference, Share
from gouji.model.disclosure import Disclosure
from gouji.model.document import Document
from gouji.model.examined import Examined
from gouji.model.reading import Engine
from gouji.model.report import Report
from gouji.model.stage import Hear, Step, unheard
from gouji.read import read_document, read_text
from gouji.understand import understand

Source = bytes | str | os.PathLike[str]

LONGEST_PATH = 255
PASTED = "粘贴文本"
_PATH = re.compile(r"^\S*[/\\]\S*$|\.[A-Za-z]\w{0,4}$|^[^\s元%％]*$")
"""A separator without white space, a suffix, or a bare name that speaks of no money."""
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
"""Lone surrogates, which no report can print: one stands for one, so that offsets hold."""


def check_document(  # noqa: PLR0913 (the options of one check, all by name)
    source: Source,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    name: str | None = None,
    lang: Language = "zh",
    model: Port | None = None,
    engine: Engine | None = None,
    summary: bool = False,
    baseline: Baseline | None = None,
) -> Report:
    """Check one document and return the report (核查一份文档); the options are those of `examine`."""
    return examine(
        source,
        select=select,
        ignore=ignore,
        name=name,
        lang=lang,
        model=model,
        engine=engine,
        summary=summary,
        baseline=baseline,
    ).report


def examine(  # noqa: PLR0913 (the options of one check, all by name)
    source: Source,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    name: str | None = None,
    lang: Language = "zh",
    model: Port | None = None,
    engine: Engine | None = None,
    summary: bool = False,
    baseline: Baseline | None = None,
    hear: Hear = unheard,
) -> Examined:
    """Check one document and return the report with all it rests on (核查一份文档，连同所据).

    `select` and `ignore` name rule codes ("CHG001") or families ("CHG"). With a `model` it reads
    what the rules left open (engine "hybrid", the default then) or everything ("llm"); `summary`
    asks it for a paragraph on the findings. Findings a `baseline` knows are left out. `hear` is told each
    step. Raises `InputError` when the source cannot be read or is
    no fiscal report; a failing model raises nothing, the report says what it left unread.
    """
    rules = selected(select, ignore)
    say = Catalogue(lang)
    disclosure = extract_document(source, name=name, hear=hear)
    if not _is_fiscal(disclosure):
        raise _refusal(disclosure.document).speaking(say)
    hear(Step("checking"))
    if model is None or engine == "rules":
        result = examined(disclosure, run_rules(disclosure, rules), rules, say)
        result = _without_known(result, baseline, say)
        return _summarised(result, model) if summary and model is not None else result
    further = _read_further(disclosure, model, engine or "hybrid")
    ledger = (
        run_rules(further, rules) if engine == "llm" else run_cascade(disclosure, further, rules)
    )
    result = _without_known(examined(further, ledger, rules, say), baseline, say)
    return _summarised(result, model) if summary else result


def _without_known(result: Examined, baseline: Baseline | None, say: Catalogue) -> Examined:
    if baseline is None:
        return result
    return replace(result, report=without_known(result.report, baseline, say))


def _read_further(disclosure: Disclosure, model: Port, engine: Engine) -> Disclosure:
    from gouji.extract.by_model import read_further  # noqa: PLC0415 (only where a model is used)

    return read_further(disclosure, model, engine)


def _summarised(result: Examined, model: Port) -> Examined:
    from gouji.report.summary import summarised  # noqa: PLC0415 (only where a model is used)

    return replace(result, report=summarised(result.report, model))


def extract_document(
    source: Source, *, name: str | None = None, hear: Hear = unheard
) -> Disclosure:
    """Read and extract one document without checking it (提取一份文档)."""
    hear(Step("reading"))
    document = _read(source, name, hear)
    hear(Step("understanding"))
    outline = understand(document)
    hear(Step("extracting"))
    return extract(document, outline)


EVALUATIONS = ("project_self_evaluation", "overall_self_evaluation")
NOT_FISCAL = N_("{name}：这不像决算公开报告：没有找到决算表，也没有可核对的收支数字。")
NOT_READ = N_("{name}：{notes}读到的部分里没有决算表，也没有可核对的收支数字；请换一份完整的文件。")


def _refusal(document: Document) -> InputError:
    """Return why a document cannot be checked, damage first (不予核查)."""
    if not document.notes:
        return InputError(NOT_FISCAL, name=document.name)
    notes = Phrases(recognised(note) for note in document.notes)
    return InputError(NOT_READ, name=document.name, notes=notes)


def _read(source: Source, name: str | None, hear: Hear) -> Document:
    if isinstance(source, str) and _is_pasted(source):
        return read_text(_HALF_CHARACTER.sub("\ufffd", source), name or PASTED)
    return read_document(source, name=name, hear=hear)


def _is_pasted(text: str) -> bool:
    """Tell pasted text from a path (是否粘贴文本); a path names a file or at least looks like one."""
    if "\n" in text or "\r" in text or len(text) > LONGEST_PATH:
        return True
    if os.path.isfile(text):  # noqa: PTH113 (never raises on a text too long for a path)
        return False
    return not _PATH.search(text)


def _is_fiscal(disclosure: Disclosure) -> bool:
    """Tell whether anything in a document speaks of an entity's money (是否财政报告)."""
    if disclosure.outline.kind != "other" or disclosure.tables:
        return True
    if disclosure.indicators or any(g.kind in EVALUATIONS for g in disclosure.outline.grids):
        return True
    related = (Breakdown, Change, Completion, Difference, Share)
    return any(c.subject.item or isinstance(c, related) for c in disclosure.claims)
