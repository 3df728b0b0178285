"""Writes one document's outcome into the tables, in the caller's transaction (写入).

Every statement is an upsert on a unique key, so that writing an outcome twice, or from two programs
at once, leaves the rows of one writing. Rows are locked in one order: document, then result.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from gouji.model.report import DocumentInfo
from gouji.screen.outcome import Checked, Failed, Submission
from gouji.screen.sources import name_of
from gouji.screen.store import tables as t

_OF_RESULT = (t.reports, t.findings, t.verdicts, t.facts)
GRADES = (
    "gross",
    "broken",
    "doubtful",
    "last_digit",
    "holds",
    "holds_by_rounding",
    "not_checked",
    "no_power",
)
FATES = ("numbers", "checked", "read", "not_a_quantity", "unread")


def scope_of(document: DocumentInfo) -> str:
    """Return within what a reviewer's decision counts (复核范围): a unit's report of a year.

    So a decision outlives a corrected edition of the same report. Where the unit or the year is
    unknown, it counts for this very content.
    """
    if document.entity and document.fiscal_year:
        return f"{document.kind}:{document.fiscal_year}:{document.entity}"[:160]
    return f"sha256:{document.sha256}"


def new_id() -> str:
    """Return a random id that cannot be guessed (随机编号)."""
    return secrets.token_urlsafe(16)


def upsert(
    connection: Connection, table: Table, keys: Sequence[str], row: Mapping[str, Any]
) -> None:
    """Insert a row, or replace the one with the same keys (插入或更新); its id stays."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).values(**row)
    rest = {name: statement.excluded[name] for name in row if name not in (*keys, "id", "added_at")}
    connection.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=rest))


def write_document(
    connection: Connection, submission: Submission, outcome: Checked | Failed, now: datetime
) -> str:
    """Write the document's row and return its id (文档行)."""
    about: dict[str, Any] = {}
    if isinstance(outcome, Checked):
        info = outcome.document
        about = {
            "kind": info.kind,
            "entity": info.entity or submission.entity,
            "fiscal_year": info.fiscal_year or submission.fiscal_year,
            "unit": info.unit,
            "pages": info.pages,
        }
    row = {
        "id": new_id(),
        "location": submission.location,
        "name": submission.name or name_of(submission.location),
        "sha256": outcome.sha256,
        "size": submission.size,
        "modified": submission.modified,
        "told_entity": submission.entity,
        "told_year": submission.fiscal_year,
        "added_at": now,
        **(about or {"entity": submission.entity, "fiscal_year": submission.fiscal_year}),
    }
    upsert(connection, t.documents, ("location",), row)
    found = connection.execute(
        t.documents.select()
        .with_only_columns(t.documents.c.id)
        .where(t.documents.c.location == submission.location)
    )
    return str(found.scalar_one())


def write_result(connection: Connection, row: Mapping[str, Any], outcome: Checked | Failed) -> None:
    """Write the result's row and all that hangs on it (结果行)."""
    keys = ("document_id", "options_key")
    values = {**_empty_result(), **row, **_result(outcome)}
    upsert(connection, t.results, keys, values)
    r = t.results.c
    found = connection.execute(
        t.results.select()
        .with_only_columns(r.id)
        .where(r.document_id == row["document_id"], r.options_key == row["options_key"])
    )
    result_id = found.scalar_one()
    for table in _OF_RESULT:
        connection.execute(delete(table).where(table.c.result_id == result_id))
    if isinstance(outcome, Checked):
        _write_parts(connection, result_id, outcome)


def _empty_result() -> dict[str, Any]:
    names = (*GRADES, *FATES, "scope", "reason", "sentence", "saying", "headline", "signature")
    return dict.fromkeys((*names, "seconds", "cpu_seconds", "memory"))


def _result(outcome: Checked | Failed) -> dict[str, Any]:
    cost = outcome.cost
    row: dict[str, Any] = {"sha256": outcome.sha256}
    if cost is not None:
        row |= {"seconds": cost.seconds, "cpu_seconds": cost.cpu, "memory": cost.memory}
    if isinstance(outcome, Failed):
        told = {"sentence": outcome.sentence, "saying": outcome.saying}
        return row | {"status": "failed", "reason": outcome.reason, **told}
    return row | {
        "status": "checked",
        "scope": scope_of(outcome.document),
        "headline": outcome.summary.headline,
        "signature": outcome.signature,
        **{grade: getattr(outcome.summary, grade) for grade in GRADES},
        **{fate: getattr(outcome.coverage, fate) for fate in FATES},
    }


def _write_parts(connection: Connection, result_id: int, outcome: Checked) -> None:
    report = {
        "result_id": result_id,
        "content": outcome.report_json,
        "told": outcome.told_json,
    }
    connection.execute(t.reports.insert(), [report])
    findings = [
        {"finding_id": row.id, "result_id": result_id, "position": at, **_without_id(row._asdict())}
        for at, row in enumerate(outcome.findings)
    ]
    verdicts = [
        {"result_id": result_id, "rule": rule, "grade": grade, "count": count}
        for rule, grade, count in outcome.verdicts
    ]
    facts = [
        {"result_id": result_id, "position": at, **row._asdict()}
        for at, row in enumerate(outcome.facts)
    ]
    for table, rows in ((t.findings, findings), (t.verdicts, verdicts), (t.facts, facts)):
        if rows:
            connection.execute(table.insert(), rows)


def _without_id(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}


def forget_documents(connection: Connection, documents: Select[tuple[str]]) -> None:
    """Remove the comparisons in which some documents take part, before the documents go (删除比对)."""
    c = t.comparison_documents.c
    of = select(c.comparison_id).where(c.document_id.in_(documents))
    connection.execute(delete(t.comparisons).where(t.comparisons.c.id.in_(of)))
