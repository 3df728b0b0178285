"""Keeps what documents of one unit say against each other (跨文件比对的存取).

A comparison is one transaction. Its id is a hash of what was compared and by which program, so a
comparison that is there is current, and one that is no longer wanted is stale.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Select, and_, delete, func, select

from gouji.model.report import Finding
from gouji.screen.fact import Fact
from gouji.screen.profile import Profile
from gouji.screen.rows import LEVEL, profile_in, told_from
from gouji.screen.store import tables as t
from gouji.screen.store.listed import StoredFinding
from gouji.screen.store.writing import upsert

if TYPE_CHECKING:
    from gouji.screen.store.store import Store

MANY = 500
"""Values in one IN clause."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A checked document without its facts (文件概况)."""

    document_id: str
    result_id: int
    name: str
    sha256: str
    told_entity: str | None
    profile: Profile


@dataclass(frozen=True, slots=True)
class Comparison:
    """A group of documents held against each other (一次比对)."""

    id: str
    unit: str
    year: int
    kind: str
    documents: tuple[str, ...]
    """Ids, the one that makes the statement first."""
    held: int
    failed: int
    not_checked: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class AcrossFound:
    """A finding about several documents, as a list shows it (跨文件发现)."""

    finding: StoredFinding
    """Counted to the document that makes the statement."""
    unit: str
    year: int
    kind: str
    documents: tuple[str, ...]


def options_keys(store: Store) -> list[str]:
    """Return the options keys under which documents were checked (选项键)."""
    r = t.results.c
    with store.reading() as connection:
        found = select(r.options_key).distinct().order_by(r.options_key)
        return list(connection.execute(found).scalars())


def identities(store: Store, key: str, only: Collection[str] | None = None) -> Iterator[Identity]:
    """Yield the checked documents, or some of them, with their profiles, by location (文件概况)."""
    d, r = t.documents.c, t.results.c
    wanted = (
        select(d.id, r.id.label("result"), d.name, r.sha256, d.told_entity, t.reports.c.told)
        .join(t.results, r.document_id == d.id)
        .join(t.reports)
        .where(r.options_key == key)
        .order_by(d.location)
        .execution_options(yield_per=100)
    )
    if only is not None:
        wanted = wanted.where(d.id.in_(only))
    else:
        wanted = wanted.where(d.id.not_in(_replaced()))
    with store.reading() as connection:
        for row in connection.execute(wanted):
            profile = profile_in(row.told)
            yield Identity(row.id, row.result, row.name, row.sha256, row.told_entity, profile)


def _replaced() -> Select[tuple[str]]:
    """Ask for documents that their sender has handed in again corrected: the correction stands for them."""
    old, new = t.submissions.alias(), t.submissions.alias()
    return (
        select(old.c.document_id)
        .join(new, new.c.corrects == old.c.id)
        .where(new.c.state == "done", old.c.document_id.is_not(None))
    )


def facts(store: Store, results: Collection[int]) -> dict[int, tuple[Fact, ...]]:
    """Return the facts of some results (事实)."""
    wanted = select(t.reports.c.result_id, t.reports.c.told)
    with store.reading() as connection:
        return {
            row.result_id: told_from(row.told)[1]
            for row in connection.execute(wanted.where(t.reports.c.result_id.in_(results)))
        }


def known(store: Store, key: str) -> set[str]:
    """Return the ids of the comparisons that are there (已有的比对)."""
    wanted = select(t.comparisons.c.id).where(t.comparisons.c.options_key == key)
    with store.reading() as connection:
        return set(connection.execute(wanted).scalars())


class Joined(NamedTuple):
    """Documents that were compared (所比文件)."""

    id: str
    kind: str
    unit: str
    documents: tuple[str, ...]
    """Ids, the one that makes the statement first."""


def comparisons_with(store: Store, key: str, sha256: str) -> tuple[Joined, ...]:
    """Return the comparisons in which a document of this content takes part, by year (所在比对)."""
    c, beside = t.comparisons.c, t.comparison_documents.c
    own = (
        select(beside.comparison_id)
        .join(t.documents, t.documents.c.id == beside.document_id)
        .where(t.documents.c.sha256 == sha256)
    )
    wanted = (
        select(c.id, c.kind, c.unit, beside.document_id)
        .join(t.comparison_documents, beside.comparison_id == c.id)
        .where(c.options_key == key, c.id.in_(own))
        .order_by(c.year.desc(), c.kind, c.id, beside.position)
    )
    with store.reading() as connection:
        rows = connection.execute(wanted).all()
    return tuple(
        Joined(*named, tuple(row.document_id for row in members))
        for named, members in groupby(rows, key=lambda row: (row.id, row.kind, row.unit))
    )


def numbers_of(store: Store, key: str, contents: Collection[str]) -> dict[str, int]:
    """Return how many findings about several documents concern each of some contents (跨文件发现数)."""
    d, beside = t.documents.c, t.comparison_documents.c
    counted = (
        select(d.sha256, func.count().label("number"))
        .select_from(t.across)
        .join(t.comparisons)
        .join(t.comparison_documents, beside.comparison_id == t.comparisons.c.id)
        .join(t.documents, d.id == beside.document_id)
        .where(t.comparisons.c.options_key == key, d.sha256.in_(contents))
        .group_by(d.sha256)
    )
    with store.reading() as connection:
        return {row.sha256: row.number for row in connection.execute(counted)}


def scope_in(store: Store, document_id: str, key: str) -> str | None:
    """Return within what decisions about a document's statements count (复核范围)."""
    r = t.results.c
    wanted = select(r.scope).where(r.document_id == document_id, r.options_key == key)
    with store.reading() as connection:
        return connection.execute(wanted).scalar_one_or_none()


def agreeing(store: Store, key: str) -> set[str]:
    """Return the ids of the comparisons in which everything held (全部一致的比对)."""
    c = t.comparisons.c
    wanted = select(c.id).where(c.options_key == key, c.failed == 0, c.held > 0)
    with store.reading() as connection:
        return set(connection.execute(wanted).scalars())


def keep(store: Store, key: str, comparison: Comparison) -> None:
    """Keep a comparison and its findings, in place of an earlier writing of it (存入比对)."""
    row = {
        "id": comparison.id,
        "options_key": key,
        "unit": comparison.unit,
        "year": comparison.year,
        "kind": comparison.kind,
        "held": comparison.held,
        "failed": comparison.failed,
        "not_checked": comparison.not_checked,
        "compared_at": datetime.now(UTC),
    }
    with store.writing() as connection:
        upsert(connection, t.comparisons, ("id",), row)
        for table in (t.comparison_documents, t.across):
            connection.execute(delete(table).where(table.c.comparison_id == comparison.id))
        connection.execute(t.comparison_documents.insert(), _documents(comparison))
        if found := _findings(comparison):
            connection.execute(t.across.insert(), found)


def drop(store: Store, ids: Iterable[str]) -> None:
    """Remove comparisons that are no longer current (清除过时的比对)."""
    left = list(ids)
    with store.writing() as connection:
        for at in range(0, len(left), MANY):
            some = left[at : at + MANY]
            connection.execute(delete(t.comparisons).where(t.comparisons.c.id.in_(some)))


def found(store: Store, key: str | None = None) -> Iterator[AcrossFound]:
    """Yield every finding about several documents with its decision, by comparison (跨文件发现)."""
    with store.reading() as connection:
        beside: defaultdict[str, list[str]] = defaultdict(list)
        c = t.comparison_documents.c
        for row in connection.execute(
            select(c.comparison_id, c.document_id).order_by(c.comparison_id, c.position)
        ):
            beside[row.comparison_id].append(row.document_id)
        for row in connection.execute(_found(key)):
            yield AcrossFound(
                _stored(row), row.unit, row.year, row.kind, tuple(beside[row.comparison_id])
            )


def findings_of(store: Store, document_id: str, key: str | None = None) -> tuple[Finding, ...]:
    """Return in full the findings across documents in which a document takes part (某文件的跨文件发现)."""
    of = select(t.comparison_documents.c.comparison_id).where(
        t.comparison_documents.c.document_id == document_id
    )
    wanted = (
        select(t.across.c.content)
        .join(t.comparisons)
        .where(t.across.c.comparison_id.in_(of))
        .order_by(t.across.c.comparison_id, t.across.c.position)
    )
    if key is not None:
        wanted = wanted.where(t.comparisons.c.options_key == key)
    with store.reading() as connection:
        return tuple(
            Finding.model_validate_json(zlib.decompress(content))
            for content in connection.execute(wanted).scalars()
        )


def _documents(comparison: Comparison) -> list[dict[str, Any]]:
    return [
        {"comparison_id": comparison.id, "position": at, "document_id": document}
        for at, document in enumerate(comparison.documents)
    ]


def _findings(comparison: Comparison) -> list[dict[str, Any]]:
    plain = ("fingerprint", "rule", "name", "grade", "severity", "confidence", "message")
    return [
        {
            "comparison_id": comparison.id,
            "position": at,
            **{name: getattr(finding, name) for name in plain},
            "page": next((e.page for e in finding.evidence if e.page is not None), None),
            "content": zlib.compress(finding.model_dump_json().encode(), LEVEL),
        }
        for at, finding in enumerate(comparison.findings)
    ]


def _found(key: str | None) -> Select[tuple[Any, ...]]:
    """Ask for findings with the document that makes the statement and what was decided."""
    a, c, r = t.across.c, t.comparisons.c, t.results.c
    first, decided = t.comparison_documents.alias(), t.decisions.c
    wanted = (
        select(t.across, c.unit, c.year, c.kind, r.document_id, r.id.label("result_id"))
        .add_columns(decided.status.label("decision"))
        .join(t.comparisons)
        .join(first, and_(first.c.comparison_id == a.comparison_id, first.c.position == 0))
        .join(
            t.results,
            and_(r.document_id == first.c.document_id, r.options_key == c.options_key),
        )
        .outerjoin(
            t.decisions, and_(decided.scope == r.scope, decided.fingerprint == a.fingerprint)
        )
        .order_by(c.unit, c.year, a.comparison_id, a.position)
    )
    return wanted if key is None else wanted.where(c.options_key == key)


def _stored(row: Any) -> StoredFinding:  # noqa: ANN401 (a row of the query above)
    return StoredFinding(
        document_id=row.document_id,
        result_id=row.result_id,
        finding_id=f"X{row.comparison_id[:6]}{row.position}",
        fingerprint=row.fingerprint,
        rule=row.rule,
        name=row.name,
        grade=row.grade,
        severity=row.severity,
        confidence=row.confidence,
        message=row.message,
        page=row.page,
        cluster=None,
        decision=row.decision,
    )
