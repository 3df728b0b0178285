"""The published report, gouji.report/1 (核查报告). Numbers are strings; the shape is frozen by its schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from gouji.model.finding import Confidence, Grade, Severity


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Engine(_Frozen):
    """What produced the report (引擎)."""

    version: str
    rules_fingerprint: str
    """Hash of the rules' sources: two reports with the same one were judged alike."""
    extractor: Literal["rules", "llm", "hybrid"]
    model: str | None


class DocumentInfo(_Frozen):
    """The document checked (文档)."""

    name: str
    sha256: str
    kind: str
    entity: str | None
    fiscal_year: int | None
    pages: int
    unit: str | None


class Summary(_Frozen):
    """Relations judged, by grade, and one sentence (概要)."""

    gross: int
    broken: int
    doubtful: int
    last_digit: int
    holds: int
    holds_by_rounding: int
    not_checked: int
    no_power: int
    headline: str
    paragraph: str | None = None
    """A paragraph for people, written by a language model from the findings alone; None without one."""


class Coverage(_Frozen):
    """What became of every printed number (覆盖率)."""

    numbers: int
    checked: int
    read: int
    not_a_quantity: int
    unread: int
    share_checked: str
    """checked ÷ (checked + read + unread), in per cent with one decimal."""


class Evidence(_Frozen):
    """One quote with its place and, for a figure, its interval in base units (证据)."""

    role: str
    quote: str
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    start: int
    end: int
    value: str | None = None
    unit: str | None = None
    low: str | None = None
    high: str | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    document: Annotated[str | None, Field(exclude_if=lambda name: name is None)] = None
    """Name of the document it stands in, where a finding speaks of several; else left out."""


class RecomputedValue(_Frozen):
    """The arithmetic (复算)."""

    expression: str
    value: str | None
    low: str | None
    high: str | None


Status = Literal["confirmed", "dismissed"]
"""属实 · 不成立"""


class Decision(_Frozen):
    """What a reviewer decided about a finding (复核意见), kept under its fingerprint."""

    status: Status | None = None
    """None for a comment without a decision."""
    reason: str = ""
    """Why it was dismissed."""
    comment: str = ""
    by: str = ""
    at: str = ""
    """When, ISO 8601 in UTC."""


class Finding(_Frozen):
    """Statements that cannot all be true (发现)."""

    id: str
    fingerprint: str
    """Stable over runs and over corrections elsewhere in the document."""
    rule: str
    name: str
    grade: Grade
    severity: Severity
    confidence: Confidence
    message: str
    explanation: str
    evidence: tuple[Evidence, ...]
    recomputed: RecomputedValue | None
    suggestions: tuple[str, ...]
    cluster: str | None
    """Findings with the same cluster share a root cause."""
    decision: Decision | None = None
    """None where no reviewer has looked at it."""


class Check(_Frozen):
    """One line of the ledger (核对记录): every relation judged, passed ones too."""

    rule: str
    grade: Grade
    reason: str
    evidence: tuple[Evidence, ...]


class Skipped(_Frozen):
    """A rule that could not run (未执行的规则)."""

    rule: str
    reason: str


class PromptUsed(_Frozen):
    """A prompt sent to a language model (提示词)."""

    task: str
    version: str
    sha256: str
    """Hash of the prompt file."""
    schema_sha256: str
    """Hash of the JSON Schema its answers must fit."""


class ModelUse(_Frozen):
    """What a language model was asked, what it cost, and what was believed (模型用量与取舍)."""

    calls: int
    """Calls sent, retries not counted."""
    cached: int
    """Answers taken from the cache: nothing was sent for them."""
    retries: int
    input_tokens: int
    output_tokens: int
    cost: str
    """In the currency of the prices given; "0" without prices."""
    asked: dict[str, int]
    """Task → things asked about: sentences, tables, rows, subjects."""
    accepted: dict[str, int]
    """Task → answers grounded in the document that add something."""
    dropped: dict[str, int]
    """Reason → answers that were not believed."""
    disagreements: int
    """Numbers the model reads in another role than the rules, whose reading stands."""
    failures: dict[str, int]
    """Failure → calls without a usable answer."""
    prompts: tuple[PromptUsed, ...]


class Hidden(_Frozen):
    """Findings a baseline knows, which the report leaves out (已列入基线): by severity, by status."""

    findings: int
    error: int
    warning: int
    note: int
    known: int
    confirmed: int
    dismissed: int


class Report(_Frozen):
    """The result of checking one document (核查报告)."""

    schema_: Literal["gouji.report/1"] = Field("gouji.report/1", alias="schema")
    engine: Engine
    document: DocumentInfo
    summary: Summary
    coverage: Coverage
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]
    skipped: tuple[Skipped, ...]
    model_use: ModelUse | None = None
    """None where no language model was used."""
    baseline: Hidden | None = None
    """None without a baseline; the ledger and the summary count everything all the same."""

    def decided(self, decisions: Mapping[str, Decision]) -> Report:
        """Return the report with each finding's decision by fingerprint; others lose theirs (附复核意见)."""
        findings = tuple(
            f.model_copy(update={"decision": decisions.get(f.fingerprint)}) for f in self.findings
        )
        return self.model_copy(update={"findings": findings})

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, populate_by_name=True
    )
