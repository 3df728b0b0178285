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
from gouji.errors import GoujiError
from gouji.evaluate.alignment import located
from gouji.evaluate.answers import answer_of, found
from gouji.evaluate.dataset import Sample
from gouji.evaluate.edits import edited, edits_of, spans_of
from gouji.evaluate.labels import Answer, Cost, Edit, Found, Spot, Standing
from gouji.evaluate.reader import RULES, Reader
from gouji.evaluate.reprint import Joined, joined, reprinted
from gouji.extract import extract
from gouji.messages import Catalogue
from gouji.model.disclosure import Disclosure
from gouji.model.document import Document
from gouji.model.report import Report
from gouji.pipeline import extract_document
from gouji.read import read_document
from gouji.understand import understand


def answer(sample: Sample, reader: Reader = RULES) -> Answer:
    """Answer one sample, and say what it cost (应答)."""
    started = time.perf_counter()
    try:
        said = _planted(sample, reader) if sample.plants else _whole(sample, reader)
    except GoujiError as error:
        said = Answer(error=str(error))
    except Exception as error:  # noqa: BLE001 (one document's crash is a result, not the run's end)
        said = Answer(error=f"内部出错：{error!r}")
    cost = said.cost or Cost(0, 0)
    seconds = round(time.perf_counter() - started, 4)
    return replace(said, cost=replace(cost, seconds=seconds, memory_mb=_memory()))


def _whole(sample: Sample, reader: Reader) -> Answer:
    text = sample.text()
    source = sample.document if text is None else text.encode()
    assert source is not None  # noqa: S101 (a sample is a document or a passage)
    disclosure, report = _examined(extract_document(source, name=sample.id), reader)
    return replace(answer_of(disclosure, report), cost=_cost(disclosure))


def _planted(sample: Sample, reader: Reader) -> Answer:
    """Check a document after defects were planted; its own findings are those it had before."""
    clean = sample.clean or sample.document
    assert sample.document is not None  # noqa: S101 (defects are planted in documents)
    assert clean is not None  # noqa: S101 (for the type: one of the two is there)
    edits = edits_of(sample.plants)
    if clean.suffix == ".pdf":
        return _reprinted(clean, edits, reader)
    written = extract_document(edited(_text(clean), edits).encode(), name=sample.id)
    if sample.document == clean:
        disclosure, report = _examined(written, reader)
        findings = tuple(found(f) for f in report.findings)
        return Answer(findings=findings, standing=_standing(clean, reader), cost=_cost(disclosure))
    disclosure, report = _examined(extract_document(sample.document, name=sample.id), reader)
    spans = [spans_of(plant, edits) for plant in sample.plants]
    places = located(written.document, disclosure.document, spans)
    findings = tuple(found(f) for f in report.findings)
    return Answer(findings=findings, places=places, cost=_cost(disclosure))


def _reprinted(clean: Path, edits: tuple[Edit, ...], reader: Reader) -> Answer:
    """Check a PDF some characters of which are printed otherwise; places count through all pages."""
    document = reprinted(_pdf(clean), edits)
    disclosure, report = _examined(extract(document, understand(document)), reader)
    findings = tuple(_counted(found(f), joined(document)) for f in report.findings)
    return Answer(findings=findings, standing=_standing(clean, reader), cost=_cost(disclosure))


@lru_cache(maxsize=2)
def _pdf(path: Path) -> Document:
    return read_document(path)


def _counted(finding: Found, whole: Joined) -> Found:
    """Return a finding with its places counted in the text of all pages."""
    spans = ((e.quote, *whole.span(e.page, e.start, e.end)) for e in finding.evidence)
    return replace(finding, evidence=tuple(Spot(*span) for span in spans))


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


@lru_cache(maxsize=4)
def _standing(document: Path, reader: Reader) -> tuple[Standing, ...]:
    """Return what is found in a document before anything is planted."""
    disclosure, report = _examined(extract_document(document), reader)
    whole = joined(disclosure.document)
    return tuple(
        Standing(f.rule, tuple(whole.span(e.page, e.start, e.end) for e in f.evidence))
        for f in report.findings
    )


def _examined(disclosure: Disclosure, reader: Reader) -> tuple[Disclosure, Report]:
    """Check a disclosure; a rule that crashes costs the whole answer, so that a score shows it."""
    rules = all_rules()
    read, ledger = reader.read(disclosure, rules)
    return read, report_of(read, ledger, rules, Catalogue("zh"))


def _cost(disclosure: Disclosure) -> Cost:
    """Return what the model was asked; time and memory are not known yet."""
    reading = disclosure.reading
    if reading is None:
        return Cost(0, 0)
    return Cost(
        seconds=0,
        memory_mb=0,
        calls=reading.calls,
        tokens=reading.input_tokens + reading.output_tokens,
        money=float(reading.cost),
        cached=reading.cached,
        failed=sum(reading.failures.values()),
    )


def _memory() -> float:
    """Return the most memory this process has held, in MB (Linux counts in KB)."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
