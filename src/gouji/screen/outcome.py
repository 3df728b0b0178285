"""What goes into a worker and what comes out of it (送查与结果).

All of it is pickled between processes, so it is small, frozen, and holds no open thing.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from gouji.llm.options import ModelOptions
from gouji.messages import Catalogue, Language, Saying
from gouji.model.examined import Fate
from gouji.model.finding import Confidence, Grade, Severity
from gouji.model.place import Box
from gouji.model.reading import Engine
from gouji.model.report import Coverage, DocumentInfo, Report, Summary
from gouji.report.colouring import Leaf

KEY = 12
"""Hex digits of an options key."""

Reason = Literal[
    "unreadable", "gone", "too_large", "too_long", "time", "memory", "crash", "fault", "waiting"
]
"""读不了 · 找不到或取不到 · 文件过大 · 页数过多 · 超时 · 超出内存 · 读取崩溃 · 内部出错 · 等候批量答复"""


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are checked (核查选项)."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    lang: Language = "zh"
    engine: Engine | None = None
    model: ModelOptions | None = None
    """Needs an engine other than "rules" to count."""
    batch: bool = False
    """Ask the model by its batch API: a document whose batch has not ended waits for a later run."""
    texts: bool = False
    """Also bring back the text of each page with the fate of its numbers."""
    formats: tuple[str, ...] = ()
    """Also bring back the report in these formats of the report registry."""

    @property
    def key(self) -> str:
        """Hash of whatever changes a report (选项键): results are kept one a document and key."""
        model = self.model if self.engine != "rules" else None
        said = {
            "select": sorted(self.select),
            "ignore": sorted(self.ignore),
            "lang": self.lang,
            "engine": (self.engine or "hybrid") if model else "rules",
            "model": [model.model, model.base_url] if model else None,
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:KEY]


@dataclass(frozen=True, slots=True)
class Submission:
    """A document to be checked (送查文档)."""

    location: str
    """A path, an fsspec URL, `archive.zip!/entry`, or any name that tells given data apart."""
    data: bytes | None = field(default=None, repr=False)
    """The document itself; None to have the worker read the location."""
    name: str | None = None
    """How the report calls it; the file name by default."""
    entity: str | None = None
    """The unit a manifest tells; the document's own word comes first."""
    fiscal_year: int | None = None
    """The year a manifest tells."""
    known: str | None = None
    """Hash of a content whose result stands: the same content comes back as `Unchanged`."""
    size: int | None = None
    modified: int | None = None
    """Nanoseconds, for a local file: with the size it tells without reading that nothing changed."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a document cost (耗费): seconds on the clock and of the processor, peak memory in bytes."""

    seconds: float
    cpu: float
    memory: int


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A printed number in a page's text and what became of it (数字去向)."""

    start: int
    end: int
    fate: Fate
    boxes: tuple[Box, ...]
    """Where exactly it stands, one box a line; empty for text."""


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """A quote of a finding in a page's text (引文)."""

    start: int
    end: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page with the fate of each of its numbers (页面文字)."""

    number: int | None
    """None for pasted text."""
    text: str
    width: float
    height: float
    numbers: tuple[NumberSpan, ...]
    """In printed order."""
    quotes: tuple[QuoteSpan, ...] = ()
    """What findings quote, each span once, in printed order."""
    leaf: Leaf | None = None
    """The same text as paragraphs and tables, every number with its fate."""


class FindingRow(NamedTuple):
    """A finding as the store keeps it beside the whole report (发现行)."""

    id: str
    fingerprint: str
    rule: str
    name: str
    grade: Grade
    severity: Severity
    confidence: Confidence
    message: str
    page: int | None
    """Of its first quote."""
    cluster: str | None


class FactRow(NamedTuple):
    """A figure that other documents can be held against, as the store lists it (事实行).

    Numbers are strings, so that no store rounds them; all of the fact is in `Checked.told_json`.
    """

    entity: str | None
    year: int
    own_year: int
    scope: str
    item: str
    measure: str
    label: str
    source: str
    told: str
    value: str | None
    low: str | None
    high: str | None
    unit: str
    page: int | None


@dataclass(frozen=True)
class Checked:
    """A document that was checked (已核查)."""

    sha256: str
    rules_fingerprint: str
    document: DocumentInfo
    summary: Summary
    coverage: Coverage
    report_json: bytes = field(repr=False)
    """The report, `gouji.report/1`, compressed by zlib."""
    findings: tuple[FindingRow, ...]
    verdicts: tuple[tuple[str, str, int], ...]
    """Rule, grade, how many: of the ledger."""
    facts: tuple[FactRow, ...]
    told_json: bytes = field(repr=False)
    """What it tells other documents, profile and facts in full, as JSON compressed by zlib."""
    signature: bytes = field(repr=False)
    """The MinHash of its text, for near-duplicates."""
    cost: Cost
    pages: tuple[PageText, ...] = ()
    """With `Options.texts` only."""
    rendered: tuple[tuple[str, bytes], ...] = ()
    """Format and content, for each of `Options.formats`."""

    @cached_property
    def report(self) -> Report:
        """The report (核查报告)."""
        return Report.model_validate_json(zlib.decompress(self.report_json))


@dataclass(frozen=True, slots=True)
class Failed:
    """A document that could not be checked, and why, in one sentence (未能核查)."""

    reason: Reason
    sentence: str
    sha256: str | None = None
    """None where the content was never read to its end."""
    cost: Cost | None = None
    saying: str | None = None
    """The sentence and its words apart, as `Saying.record` keeps them: for readers of another language."""

    @classmethod
    def told(
        cls, reason: Reason, saying: Saying, say: Catalogue, sha256: str | None = None
    ) -> Failed:
        """Return a failure that can be told in any language (未能核查)."""
        return cls(reason, saying.said(say), sha256, saying=saying.record())


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A document whose content has a result already (未变)."""

    sha256: str


Outcome = Checked | Failed | Unchanged
