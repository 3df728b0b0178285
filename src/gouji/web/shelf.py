"""Documents handed in, as the store keeps them: queue, outcome, pages, decisions (案卷).

A check's outcome is stored whole before its document counts as done, so a server killed at any moment
loses no finished report; what was not finished is queued again when it starts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, delete, func, or_, select, update

from gouji.messages import Catalogue, Language, Saying
from gouji.model.report import Decision, Report
from gouji.screen.outcome import (
    Checked,
    Failed,
    Options,
    PageText,
    Submission,
)
from gouji.screen.store import Store, scope_of
from gouji.screen.store import tables as t
from gouji.screen.store.writing import forget_documents
from gouji.web.entry import Entry, State
from gouji.web.page_rows import PageSize, page_of, quotes_of, write_pages

S = t.submissions.c
WAITING: tuple[State, ...] = ("queued", "checking")
_NO_FAILURE = {"reason": "", "sentence": "", "saying": None}


def options_for(lang: Language) -> Options:
    """Return how documents are checked here (核查选项)."""
    return Options(lang=lang, texts=True)


class Shelf:
    """What a server keeps of its documents (案卷)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def store(self) -> Store:
        """The store it keeps them in, with what was screened into it (存储)."""
        return self._store

    def close(self) -> None:
        """Let go of the store (关闭)."""
        self._store.close()

    # --- the queue ---------------------------------------------------------------------------

    def add(self, entry: Entry) -> None:
        """Queue a document (入队)."""
        row = {
            name: value
            for name, value in asdict(entry).items()
            if name not in ("position", "lineage", "step")
        }
        with self._writing() as connection:
            connection.execute(
                t.submissions.insert(), [{**row, "scope": entry.lineage, "attempts": 0}]
            )

    def claim(self, now: datetime) -> Entry | None:
        """Take the next document off the queue, or None (取件)."""
        following = (
            select(t.submissions).where(S.state == "queued").order_by(S.number).limit(1)
        ).with_for_update(skip_locked=True)
        with self._writing() as connection:
            row = connection.execute(following).one_or_none()
            if row is None:
                return None
            values = {"state": "checking", "started_at": now, "attempts": row.attempts + 1}
            connection.execute(update(t.submissions).where(S.number == row.number).values(**values))
        return _entry(row, None)

    def requeue_unfinished(self, most: int, why: Saying, lang: Language, now: datetime) -> int:
        """Queue again what was being checked when a server ended, and return how many (重新排队).

        What was begun `most` times and never came to an end is given up with the sentence.
        """
        begun = S.state == "checking"
        told = {"sentence": why.said(Catalogue(lang)), "saying": why.record()}
        failed = {"state": "failed", "reason": "interrupted", **told}
        with self._writing() as connection:
            connection.execute(
                update(t.submissions)
                .where(begun, S.attempts >= most)
                .values(**failed, finished_at=now)
            )
            again = connection.execute(
                update(t.submissions).where(begun).values(state="queued", started_at=None)
            )
        return again.rowcount

    def put_back(self, id: str) -> None:  # noqa: A002 (the word for it)
        """Queue a document again whose check was called off (退回队列)."""
        values = {"state": "queued", "started_at": None, "attempts": S.attempts - 1}
        with self._writing() as connection:
            connection.execute(
                update(t.submissions).where(S.id == id, S.state == "checking").values(**values)
            )

    def check_again(self, id: str) -> bool:  # noqa: A002 (the word for it)
        """Queue a settled document again, or return False (重新核查); its last report stays until then."""
        values = {"state": "queued", "attempts": 0, "started_at": None, "finished_at": None}
        settled = (S.id == id, S.state.not_in(WAITING))
        with self._writing() as connection:
            changed = connection.execute(
                update(t.submissions).where(*settled).values(**values, **_NO_FAILURE)
            )
        return changed.rowcount > 0

    # --- outcomes ----------------------------------------------------------------------------

    def settle(
        self, entry: Entry, submission: Submission, outcome: Checked | Failed, lang: Language
    ) -> None:
        """Keep what came of a check (结案); nothing where the document was deleted meanwhile."""
        document_id = self._store.put(submission, outcome, options_for(lang))
        values: dict[str, Any] = {"document_id": document_id, "finished_at": _now()}
        if isinstance(outcome, Failed):
            told = {"sentence": outcome.sentence, "saying": outcome.saying}
            values |= {"state": "failed", "reason": outcome.reason, **told}
        else:
            values |= _summary(outcome) | {"state": "done", **_NO_FAILURE}
            if entry.corrects is None:
                values["scope"] = scope_of(outcome.document)
        with self._writing() as connection:
            number = connection.execute(
                select(S.number).where(S.id == entry.id).with_for_update()
            ).scalar_one_or_none()
            if number is not None:
                if isinstance(outcome, Checked):
                    write_pages(connection, number, outcome.pages)
                connection.execute(update(t.submissions).where(S.number == number).values(**values))
                _carry_over(connection, entry.lineage, values.get("scope", entry.lineage))
        if number is None:
            self._store.forget(document_id)

    def keep_retold(self, submission: Submission, outcome: Checked, lang: Language) -> None:
        """Keep the same report in another language (另一语言的报告)."""
        self._store.put(submission, outcome, options_for(lang))

    def report(self, entry: Entry, lang: Language) -> Report | None:
        """Return a report with its decisions, or None where it is not kept in a language (报告)."""
        with self._store.reading() as connection:
            document_id = connection.execute(
                select(S.document_id).where(S.id == entry.id)
            ).scalar_one_or_none()
        if document_id is None:
            return None
        report = self._store.report(document_id, options_for(lang))
        return None if report is None else report.decided(self.decisions(entry))

    # --- entries -----------------------------------------------------------------------------

    def entry(self, id: str) -> Entry | None:  # noqa: A002 (the word for it)
        """Return a document, or None (送审件)."""
        with self._store.reading() as connection:
            row = connection.execute(_with_position().where(S.id == id)).one_or_none()
        return None if row is None else _entry(row, row.position)

    def entries(
        self, state: State | None = None, words: str = "", *, limit: int = 50, offset: int = 0
    ) -> tuple[int, list[Entry]]:
        """Return how many documents match, and a page of them, the latest first (列表)."""
        conditions = []
        if state is not None:
            conditions.append(S.state == state)
        for word in words.split():
            found = or_(
                S.name.contains(word, autoescape=True), S.entity.contains(word, autoescape=True)
            )
            conditions.append(found)
        page = (
            _with_position()
            .where(*conditions)
            .order_by(S.number.desc())
            .limit(limit)
            .offset(offset)
        )
        counted = select(func.count()).select_from(t.submissions).where(*conditions)
        with self._store.reading() as connection:
            total = connection.execute(counted).scalar_one()
            return total, [_entry(row, row.position) for row in connection.execute(page)]

    def counts(self) -> dict[State, int]:
        """Return how many documents are in each state (计数)."""
        counted = select(S.state, func.count().label("n")).group_by(S.state)
        with self._store.reading() as connection:
            found = {row.state: row.n for row in connection.execute(counted)}
        return {state: found.get(state, 0) for state in ("queued", "checking", "done", "failed")}

    def ids(self) -> list[str]:
        """Return the id of every document (全部编号)."""
        with self._store.reading() as connection:
            return list(connection.execute(select(S.id)).scalars())

    def latest_of(self, sha256: str) -> str | None:
        """Return the id of the document last handed in with these bytes (同一文件)."""
        wanted = select(S.id).where(S.sha256 == sha256).order_by(S.number.desc()).limit(1)
        with self._store.reading() as connection:
            return connection.execute(wanted).scalar()

    def is_replaced(self, id: str) -> bool:  # noqa: A002 (the word for it)
        """Tell whether a corrected version of a document was handed in and checked (已有更正版)."""
        newer = select(S.id).where(S.corrects == id, S.state == "done").limit(1)
        with self._store.reading() as connection:
            return connection.execute(newer).first() is not None

    def settled_before(self, moment: datetime) -> list[str]:
        """Return the ids of documents handed in before a moment and settled since (到期)."""
        old = select(S.id).where(S.submitted_at < moment, S.state.not_in(WAITING))
        with self._store.reading() as connection:
            return list(connection.execute(old).scalars())

    def delete(self, id: str) -> bool:  # noqa: A002 (the word for it)
        """Delete a document with everything about it; False if there is none (删除).

        Decisions go with the last document of their lineage.
        """
        with self._writing() as connection:
            row = connection.execute(select(S.document_id, S.scope).where(S.id == id)).one_or_none()
            if row is None:
                return False
            connection.execute(delete(t.submissions).where(S.id == id))
            if row.document_id is not None:
                own = select(t.documents.c.id).where(t.documents.c.id == row.document_id)
                forget_documents(connection, own)
                connection.execute(delete(t.documents).where(t.documents.c.id == row.document_id))
            if not _is_used(connection, row.scope):
                connection.execute(delete(t.decisions).where(t.decisions.c.scope == row.scope))
        return True

    # --- pages -------------------------------------------------------------------------------

    def page_sizes(self, id: str) -> list[PageSize]:  # noqa: A002 (the word for it)
        """Return the pages of a document without their text (页面尺寸)."""
        p = t.submission_pages.c
        wanted = (
            select(p.page, p.width, p.height, p.characters, p.quotes)
            .join(t.submissions)
            .where(S.id == id)
            .order_by(p.position)
        )
        with self._store.reading() as connection:
            return [PageSize(*row[:4], quotes_of(row.quotes)) for row in connection.execute(wanted)]

    def pages(self, id: str, only: int | None = None) -> list[PageText]:  # noqa: A002 (the word for it)
        """Return the pages of a document, or one by its index from 1 (页面)."""
        p = t.submission_pages.c
        wanted = select(t.submission_pages).join(t.submissions).where(S.id == id)
        if only is not None:
            wanted = wanted.where(p.position == only)
        with self._store.reading() as connection:
            return [page_of(row) for row in connection.execute(wanted.order_by(p.position))]

    # --- decisions ---------------------------------------------------------------------------

    def decisions(self, entry: Entry) -> Mapping[str, Decision]:
        """Return the decisions of a document's lineage by fingerprint (复核意见)."""
        return self._store.decisions(entry.lineage)

    def decide(self, scope: str, fingerprint: str, decision: Decision) -> Decision:
        """Keep a decision of a scope: a lineage (记下复核意见)."""
        return self._store.decide(scope, fingerprint, decision)

    def undecide(self, scope: str, fingerprint: str) -> bool:
        """Take a decision back (撤销复核意见)."""
        return self._store.undecide(scope, fingerprint)

    def _writing(self) -> AbstractContextManager[Connection]:
        return self._store.writing()


def _now() -> datetime:
    return datetime.now(UTC)


def _with_position() -> Select[Any]:
    """Select submissions with their place in the queue."""
    ahead = t.submissions.alias()
    position = (
        select(func.count())
        .select_from(ahead)
        .where(ahead.c.state == "queued", ahead.c.number <= S.number, S.state == "queued")
        .scalar_subquery()
        .label("position")
    )
    return select(t.submissions, position)


def _entry(row: Row[Any], position: int | None) -> Entry:
    return Entry(
        id=row.id,
        name=row.name,
        sha256=row.sha256,
        size=row.size,
        source=row.source,
        state=row.state,
        submitted_at=_aware(row.submitted_at),
        lineage=row.scope,
        started_at=_aware(row.started_at),
        finished_at=_aware(row.finished_at),
        position=position or None,
        sentence=row.sentence,
        saying=row.saying,
        reason=row.reason,
        corrects=row.corrects,
        entity=row.entity,
        fiscal_year=row.fiscal_year,
        pages=row.pages,
        errors=row.errors,
        warnings=row.warnings,
        notes=row.notes,
    )


def _aware(moment: Any) -> Any:  # noqa: ANN401 (None stays None)
    """SQLite gives moments back without their zone, which is UTC."""
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def _summary(outcome: Checked) -> dict[str, Any]:
    weights = Counter(finding.severity for finding in outcome.findings)
    return {
        "entity": outcome.document.entity,
        "fiscal_year": outcome.document.fiscal_year,
        "pages": outcome.document.pages,
        "errors": weights["error"],
        "warnings": weights["warning"],
        "notes": weights["note"],
    }


def _carry_over(connection: Connection, old: str, new: str) -> None:
    """Have decisions follow a document whose lineage is seen otherwise than before (沿用复核意见)."""
    if old == new:
        return
    d = t.decisions
    kept = select(d.c.fingerprint).where(d.c.scope == new)
    wanted = select(d).where(d.c.scope == old, d.c.fingerprint.not_in(kept))
    rows = [{**row, "scope": new} for row in connection.execute(wanted).mappings()]
    if rows:
        connection.execute(d.insert(), rows)
    if not _is_used(connection, old):
        connection.execute(delete(d).where(d.c.scope == old))


def _is_used(connection: Connection, scope: str) -> bool:
    """Tell whether another document's findings may rest on the decisions of a scope."""
    if connection.execute(select(S.id).where(S.scope == scope).limit(1)).first():
        return True
    d = t.documents.c
    kind, _, rest = scope.partition(":")
    year, _, entity = rest.partition(":")
    same = and_(d.sha256 == rest, or_(d.entity.is_(None), d.fiscal_year.is_(None)))
    if year.isdecimal():
        same = and_(d.kind == kind, d.fiscal_year == int(year), d.entity == entity)
    return connection.execute(select(d.id).where(same).limit(1)).first() is not None
