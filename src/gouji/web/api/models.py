"""What the API takes and gives, version 1 (接口数据)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from gouji.messages import Catalogue
from gouji.model.place import Box
from gouji.model.report import Status
from gouji.model.stage import Stage
from gouji.web.entry import Entry, SourceKind, State
from gouji.web.neighbours import Relation

LONGEST_WORDS = 4000
"""Characters of a reason or a comment."""


class _Model(BaseModel):
    model_config = ConfigDict(use_attribute_docstrings=True, extra="forbid")


class ProgressOut(_Model):
    """Where a check is at this moment, as its worker told (进度)."""

    stage: Stage
    """reading, understanding, extracting, checking, reporting: in this order."""
    page: int | None
    """Page being read, from 1; null in the other stages and for text."""
    pages: int | None


class DocumentOut(_Model):
    """A document handed in (送审件)."""

    id: str
    name: str
    """As its sender calls it, without control characters."""
    sha256: str
    size: int
    """Bytes."""
    source: SourceKind
    state: State
    position: int | None
    """Place in the queue, the next one is 1; null outside it."""
    progress: ProgressOut | None
    """Only while it is being checked."""
    submitted_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    elapsed: float
    """Seconds since it was handed in, or from then until it was settled."""
    deleted_after: datetime | None
    """When it will be deleted by itself; null if never."""
    failure: str | None
    """Why it could not be checked, in one sentence in the language asked for."""
    reason: str | None
    """The same in one word: unreadable, too_large, too_long, time, memory, crash, fault, interrupted."""
    corrects: str | None
    """The document this one is a corrected version of, as its sender says."""
    entity: str | None
    fiscal_year: int | None
    pages: int
    """Of a PDF; 0 for text."""
    errors: int
    """Findings that cannot be true (错误)."""
    warnings: int
    notes: int


class DocumentList(_Model):
    """Documents, the latest first (送审件列表)."""

    total: int
    """All that match, not only these."""
    documents: list[DocumentOut]


class Refused(_Model):
    """A file that was not taken, and why (未收)."""

    name: str
    detail: str


class Accepted(_Model):
    """What became of an upload (收件结果)."""

    documents: list[DocumentOut]
    refused: list[Refused]
    """Files that cannot be checked; the others were taken."""


class TextIn(_Model):
    """Text to be checked (送审文本)."""

    text: str = Field(min_length=1)
    name: str = Field("", max_length=500)
    corrects: str | None = None
    """The id of the document that this is a corrected version of."""


class Number(_Model):
    """A printed number and what became of it (数字去向)."""

    start: int
    end: int
    fate: Literal["checked", "read", "not_a_quantity", "unread"]
    boxes: list[Box]
    """Where it stands, in points from the page's top left, one box a line; empty for text."""


class PageOut(_Model):
    """A page with its text (页面); pasted text is one page without a number."""

    index: int
    """1 for the first."""
    number: int | None
    width: float
    """Points; 0 for text."""
    height: float
    text: str
    numbers: list[Number]
    """Every printed number; `start` and `end` count characters of `text`."""


class PageSize(_Model):
    """A page without its text (页面尺寸)."""

    index: int
    number: int | None
    width: float
    height: float
    characters: int


class DecisionIn(_Model):
    """What a reviewer decides about a finding (复核意见)."""

    status: Status | None = None
    """"confirmed", "dismissed" (needs a reason), or null for a comment alone."""
    reason: str = Field("", max_length=LONGEST_WORDS)
    comment: str = Field("", max_length=LONGEST_WORDS)
    by: str = Field("", max_length=100)


class DecisionOut(_Model):
    """A decision as it is kept (复核意见)."""

    fingerprint: str
    status: Status | None
    reason: str
    comment: str
    by: str
    at: str
    """When, ISO 8601 in UTC."""


class DecisionList(_Model):
    """The decisions that apply to a document's findings (复核意见列表)."""

    decisions: list[DecisionOut]


class ExportFormat(_Model):
    """A format the report can be had in (导出格式)."""

    name: str
    title: str
    media_type: str
    href: str


class OtherOut(_Model):
    """Another document that was compared (邻件)."""

    id: str | None
    """Under which it can be asked for here; null for one that was screened and never opened."""
    name: str
    fiscal_year: int | None


class ComparisonOut(_Model):
    """A comparison with other documents of the same unit (一次比对)."""

    relation: Relation
    """What the others are: previous, next (years), previous_budget, next_budget, budget, final,
    other_version, department, units."""
    documents: list[OtherOut]
    compared: int
    """Relations that could be decided."""
    at_odds: int
    """Those that failed; their findings (X1, X2, …) stand in the report."""


class ComparisonsOut(_Model):
    """What a document was compared with (与其他文件的比对)."""

    state: Literal["pending", "done", "failed"]
    comparisons: list[ComparisonOut]
    nothing: str | None
    """Why there is nothing to compare, in one sentence; null where there is something."""


class Health(_Model):
    """Whether the server works (状态)."""

    version: str
    queued: int
    checking: int


def document_out(
    entry: Entry, now: datetime, deleted_after: datetime | None, say: Catalogue
) -> DocumentOut:
    """Return an entry as the API shows it."""
    step = entry.step
    return DocumentOut(
        id=entry.id,
        name=entry.name,
        sha256=entry.sha256,
        size=entry.size,
        source=entry.source,
        state=entry.state,
        position=entry.position,
        progress=step
        and ProgressOut(stage=step.stage, page=step.page or None, pages=step.pages or None),
        submitted_at=entry.submitted_at,
        started_at=entry.started_at,
        finished_at=entry.finished_at,
        elapsed=round(entry.elapsed(now), 3),
        deleted_after=deleted_after,
        failure=entry.failure(say) or None,
        reason=entry.reason or None,
        corrects=entry.corrects,
        entity=entry.entity,
        fiscal_year=entry.fiscal_year,
        pages=entry.pages,
        errors=entry.errors,
        warnings=entry.warnings,
        notes=entry.notes,
    )
