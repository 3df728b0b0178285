"""What a store answers (存储的回答): rows as plain data, and how they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, and_, func, select

from gouji.messages import Catalogue, said_again
from gouji.model.finding import Confidence, Grade, Severity
from gouji.model.report import Status
from gouji.screen.fact import Fact
from gouji.screen.outcome import Options, Reason
from gouji.screen.profile import Profile
from gouji.screen.store import tables as t


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a location under one options key (现状)."""

    sha256: str | None
    size: int | None
    modified: int | None
    engine_fingerprint: str
    failed: bool
    reason: Reason | None


class Made(NamedTuple):
    """What an outcome came about by (由来)."""

    options_key: str
    engine: str
    """Fingerprint of the program."""
    run: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be checked (未能核查)."""

    document_id: str
    location: str
    name: str
    reason: Reason
    sentence: str
    saying: str | None = None

    def said(self, say: Catalogue) -> str:
        """Return why, in a reader's language (原因)."""
        return said_again(self.saying, self.sentence, say)


@dataclass(frozen=True, slots=True)
class Listed:
    """A document with the outcome of its check, as a list shows it (列表项)."""

    document_id: str
    result_id: int
    location: str
    name: str
    sha256: str | None
    kind: str | None
    entity: str | None
    fiscal_year: int | None
    unit: str | None
    pages: int | None
    added_at: datetime
    status: str
    reason: Reason | None
    sentence: str | None
    saying: str | None
    headline: str | None
    """None for a document that could not be checked; its counts are 0."""
    gross: int
    broken: int
    doubtful: int
    last_digit: int
    numbers: int
    checked: int
    read: int
    not_a_quantity: int
    unread: int

    def said(self, say: Catalogue) -> str:
        """Return why it could not be checked, in a reader's language (原因)."""
        return said_again(self.saying, self.sentence or "", say)


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding with the document it is of and what a reviewer decided (发现)."""

    document_id: str
    result_id: int
    finding_id: str
    fingerprint: str
    rule: str
    name: str
    grade: Grade
    severity: Severity
    confidence: Confidence
    message: str
    page: int | None
    cluster: str | None
    decision: Status | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a document tells other documents (概况与事实)."""

    document_id: str
    location: str
    sha256: str
    profile: Profile
    facts: tuple[Fact, ...]


def listed(options: Options | None) -> Select[tuple[object, ...]]:
    """Ask for documents with their outcomes, by location (文档列表)."""
    of_document = ("location", "name", "kind", "entity", "fiscal_year", "unit", "pages", "added_at")
    of_result = [n for n in Listed.__slots__ if n not in (*of_document, "document_id", "result_id")]
    d, r = t.documents.c, t.results.c
    wanted = (
        select(
            d.id.label("document_id"),
            r.id.label("result_id"),
            *(d[n] for n in of_document),
            *(_of_result(n) for n in of_result),
        )
        .join(t.results)
        .order_by(d.location, r.options_key)
    )
    return wanted if options is None else wanted.where(r.options_key == options.key)


def _of_result(name: str) -> ColumnElement[object]:
    """Return a column of the result; a document that failed has counts of 0."""
    column = t.results.c[name]
    return func.coalesce(column, 0).label(name) if isinstance(column.type, Integer) else column


def found(options: Options | None) -> Select[tuple[object, ...]]:
    """Ask for findings with their documents and decisions, in the reports' order (发现)."""
    f, r, decided = t.findings.c, t.results.c, t.decisions.c
    own = ("document_id", "result_id", "decision")
    wanted = (
        select(
            r.document_id,
            r.id.label("result_id"),
            *(f[name] for name in StoredFinding.__slots__ if name not in own),
            decided.status.label("decision"),
        )
        .select_from(t.findings)
        .join(t.results)
        .outerjoin(
            t.decisions,
            and_(decided.scope == r.scope, decided.fingerprint == f.fingerprint),
        )
        .order_by(f.result_id, f.position)
    )
    return wanted if options is None else wanted.where(r.options_key == options.key)
