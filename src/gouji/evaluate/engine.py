"""Runs one sample through an engine (执行一个样本): an answer always, never an exception.

`gouji.pipeline` is asked the way a user asks it: a PDF by its path, text as it is pasted.
"""

from __future__ import annotations

import resource
import time
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from gouji.check.findings import report_of
from gouji.check.rule import all_rules
from gouji.check.run import run_rules
from gouji.errors import GoujiError, InputError
from gouji.evaluate.alignment import located
from gouji.evaluate.answers import answer_of, found
from gouji.evaluate.dataset import Sample
from gouji.evaluate.edits import edited, edits_of, spans_of
from gouji.evaluate.labels import Answer, Cost, Found, Standing
from gouji.messages import Catalogue
from gouji.model.disclosure import Disclosure
from gouji.model.report import Report
from gouji.pipeline import extract_document

ENGINES = ("rules",)
"""Engines that exist; `hybrid` and `llm` come with the language model."""


def require(engine: str) -> None:
    """Refuse an engine that does not exist yet."""
    if engine not in ENGINES:
        raise InputError(f"还没有 {engine} 引擎；现在只能用 --engine rules。")


def answer(sample: Sample) -> Answer:
    """Answer one sample, and say what it cost (应答)."""
    started = time.perf_counter()
    try:
        said = _planted(sample) if sample.plants else _whole(sample)
    except GoujiError as error:
        said = Answer(error=str(error))
    except Exception as error:  # noqa: BLE001 (one document's crash is a result, not the run's end)
        said = Answer(error=f"内部出错：{error!r}")
    cost = Cost(round(time.perf_counter() - started, 4), _memory())
    return replace(said, cost=cost)


def _whole(sample: Sample) -> Answer:
    text = sample.text()
    source = sample.document if text is None else text.encode()
    assert source is not None  # noqa: S101 (a sample is a document or a passage)
    disclosure = extract_document(source, name=sample.id)
    return answer_of(disclosure, _report(disclosure))


def _planted(sample: Sample) -> Answer:
    """Check a document after defects were planted; its own findings are those it had before."""
    clean = sample.clean or sample.document
    assert sample.document is not None  # noqa: S101 (defects are planted in documents)
    assert clean is not None  # noqa: S101 (for the type: one of the two is there)
    edits = edits_of(sample.plants)
    text = edited(clean.read_bytes().decode("utf-8"), edits)
    if sample.document == clean:
        report = _report(extract_document(text.encode(), name=sample.id))
        return Answer(findings=_found(report), standing=_standing(clean))
    disclosure = extract_document(sample.document, name=sample.id)
    written = extract_document(text.encode(), name=sample.id).document
    spans = [spans_of(plant, edits) for plant in sample.plants]
    return Answer(
        findings=_found(_report(disclosure)),
        places=located(written, disclosure.document, spans),
    )


def _found(report: Report) -> tuple[Found, ...]:
    return tuple(found(f) for f in report.findings)


@lru_cache(maxsize=4)
def _standing(document: Path) -> tuple[Standing, ...]:
    """Return what is found in a document before anything is planted."""
    return tuple(
        Standing(f.rule, tuple((e.start, e.end) for e in f.evidence))
        for f in _report(extract_document(document.read_bytes())).findings
    )


def _report(disclosure: Disclosure) -> Report:
    """Check a disclosure; a rule that crashes costs the whole answer, so that a score shows it."""
    rules = all_rules()
    return report_of(disclosure, run_rules(disclosure, rules, strict=True), rules, Catalogue("zh"))


def _memory() -> float:
    """Return the most memory this process has held, in MB (Linux counts in KB)."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
