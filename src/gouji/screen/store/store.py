"""The store's face (存储): put, report, forget, decide, and what a list or a run asks of it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, delete, select, update

from gouji import __version__
from gouji.check.findings import rules_fingerprint
from gouji.model.report import Decision, Report
from gouji.screen.fingerprint import engine_fingerprint
from gouji.screen.outcome import Checked, Failed, Options, Submission
from gouji.screen.rows import told_from
from gouji.screen.store import tables as t
from gouji.screen.store.listed import (
    Failure,
    Listed,
    Made,
    Standing,
    StoredFinding,
    Told,
    found,
    listed,
)
from gouji.screen.store.opening import open_engine
from gouji.screen.store.writing import (
    forget_documents,
    new_id,
    scope_of,
    upsert,
    write_document,
    write_result,
)


class Store:
    """Keeps documents, results, findings, facts and decisions (存储).

    One transaction a document: after kill -9 at any moment each document is there whole or not at
    all. Methods are safe to call from several threads.

    >>> with Store.open("gouji.db") as store:
    ...     document = store.put(submission, outcome, options)
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> Self:
        """Open or make a store: a path, `sqlite:///…` or `postgresql://…` (打开)."""
        return cls(open_engine(url))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all connections (关闭)."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection that only reads and sees one state of the store (只读连接)."""
        level = {"isolation_level": "REPEATABLE READ"} if self._is_postgres else {}
        with self._engine.connect().execution_options(gouji_read_only=True, **level) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Lend a connection within one transaction (读写连接)."""
        with self._engine.begin() as connection:
            yield connection

    @property
    def _is_postgres(self) -> bool:
        return self._engine.dialect.name == "postgresql"

    # --- writing -----------------------------------------------------------------------------

    def start_run(self, options: Options, runner: str) -> str:
        """Note that a run begins and return its id (开始一次筛查)."""
        run = new_id()
        said = {**asdict(options), "model": options.model.model if options.model else None}
        row = {
            "id": run,
            "started_at": _now(),
            "options_key": options.key,
            "options": json.dumps(said, ensure_ascii=False, sort_keys=True),
            "rules_fingerprint": rules_fingerprint(),
            "version": __version__,
            "runner": runner,
        }
        with self._engine.begin() as connection:
            connection.execute(t.runs.insert(), [row])
        return run

    def end_run(self, run: str) -> None:
        """Note that a run came to its end (结束一次筛查)."""
        with self._engine.begin() as connection:
            connection.execute(update(t.runs).where(t.runs.c.id == run).values(ended_at=_now()))

    def put(
        self,
        submission: Submission,
        outcome: Checked | Failed,
        options: Options,
        run: str | None = None,
    ) -> str:
        """Keep one document's outcome in one transaction and return the document's id (存入).

        An earlier outcome of the same location and options is replaced.
        """
        return self.put_made(submission, outcome, Made(options.key, engine_fingerprint(), run))

    def put_made(self, submission: Submission, outcome: Checked | Failed, made: Made) -> str:
        """Keep an outcome that came about elsewhere, as `put` does (存入分片中的结果)."""
        now = _now()
        fingerprint = (
            outcome.rules_fingerprint if isinstance(outcome, Checked) else rules_fingerprint()
        )
        with self._engine.begin() as connection:
            document = write_document(connection, submission, outcome, now)
            row = {
                "document_id": document,
                "options_key": made.options_key,
                "run_id": made.run,
                "rules_fingerprint": fingerprint,
                "engine_fingerprint": made.engine,
                "examined_at": now,
            }
            write_result(connection, row, outcome)
        return document

    def touch(self, submission: Submission) -> None:
        """Note a file's new size and time; its content, and so its result, is the same (更新时间)."""
        d = t.documents.c
        seen = (
            update(t.documents)
            .where(d.location == submission.location)
            .values(size=submission.size, modified=submission.modified)
        )
        with self._engine.begin() as connection:
            connection.execute(seen)

    def forget(self, document_id: str) -> bool:
        """Remove a document with all that hangs on it; decisions stay (删除); False if unknown."""
        wanted = select(t.documents.c.id).where(t.documents.c.id == document_id)
        with self._engine.begin() as connection:
            forget_documents(connection, wanted)
            gone = connection.execute(delete(t.documents).where(t.documents.c.id == document_id))
        return gone.rowcount > 0

    def forget_before(self, moment: datetime, prefix: str = "") -> int:
        """Remove documents added before a moment whose location begins so; return how many (清理)."""
        d = t.documents.c
        old = (d.added_at < moment, d.location.startswith(prefix, autoescape=True))
        with self._engine.begin() as connection:
            forget_documents(connection, select(d.id).where(*old))
            return connection.execute(delete(t.documents).where(*old)).rowcount

    # --- decisions ---------------------------------------------------------------------------

    def decide(self, scope: str, fingerprint: str, decision: Decision) -> Decision:
        """Keep what a reviewer decided, in place of an earlier decision (记下复核意见).

        Return it as kept: `at` is filled with now where it is empty.
        """
        kept = decision if decision.at else decision.model_copy(update={"at": _stamp()})
        row = {
            "scope": scope,
            "fingerprint": fingerprint,
            "status": kept.status,
            "reason": kept.reason,
            "comment": kept.comment,
            "decided_by": kept.by,
            "decided_at": kept.at,
        }
        with self._engine.begin() as connection:
            upsert(connection, t.decisions, ("scope", "fingerprint"), row)
        return kept

    def undecide(self, scope: str, fingerprint: str) -> bool:
        """Take a decision back (撤销复核意见); False if there was none."""
        d = t.decisions.c
        with self._engine.begin() as connection:
            gone = connection.execute(
                delete(t.decisions).where(d.scope == scope, d.fingerprint == fingerprint)
            )
        return gone.rowcount > 0

    def decisions(self, scope: str) -> Mapping[str, Decision]:
        """Return the decisions of a scope by fingerprint (复核意见)."""
        with self.reading() as connection:
            rows = connection.execute(select(t.decisions).where(t.decisions.c.scope == scope))
            return {
                row.fingerprint: Decision(
                    status=row.status,
                    reason=row.reason,
                    comment=row.comment,
                    by=row.decided_by,
                    at=row.decided_at,
                )
                for row in rows
            }

    # --- reading -----------------------------------------------------------------------------

    def report(self, document_id: str, options: Options | None = None) -> Report | None:
        """Return a document's report with its decisions, the latest unless options say which (报告)."""
        wanted = (
            select(t.reports.c.content)
            .join(t.results)
            .where(t.results.c.document_id == document_id)
            .order_by(t.results.c.examined_at.desc(), t.results.c.id.desc())
            .limit(1)
        )
        if options is not None:
            wanted = wanted.where(t.results.c.options_key == options.key)
        with self.reading() as connection:
            content = connection.execute(wanted).scalar_one_or_none()
        if content is None:
            return None
        report = Report.model_validate_json(zlib.decompress(content))
        return report.decided(self.decisions(scope_of(report.document)))

    def standing(self, options: Options) -> dict[str, Standing]:
        """Return what is known of each location under these options (现状)."""
        d, r = t.documents.c, t.results.c
        wanted = (
            select(
                d.location, r.sha256, d.size, d.modified, r.engine_fingerprint, r.status, r.reason
            )
            .join(t.results)
            .where(r.options_key == options.key)
        )
        with self.reading() as connection:
            return {
                row.location: Standing(
                    row.sha256,
                    row.size,
                    row.modified,
                    row.engine_fingerprint,
                    row.status == "failed",
                    row.reason,
                )
                for row in connection.execute(wanted)
            }

    def documents(self, options: Options | None = None) -> Iterator[Listed]:
        """Yield the documents with their outcomes, by location (文档列表).

        With several options keys in the store, a document comes once for each unless one is named.
        """
        with self.reading() as connection:
            for row in connection.execute(listed(options)).mappings():
                yield Listed(**row)

    def document(self, document_id: str) -> Listed | None:
        """Return one document with its latest outcome (文档)."""
        wanted = (
            listed(None)
            .where(t.documents.c.id == document_id)
            .order_by(None)
            .order_by(t.results.c.examined_at.desc(), t.results.c.id.desc())
            .limit(1)
        )
        with self.reading() as connection:
            row = connection.execute(wanted).mappings().one_or_none()
        return None if row is None else Listed(**row)

    def failures(self, options: Options | None = None) -> list[Failure]:
        """Return the documents that could not be checked, with the reason (未能核查)."""
        d, r = t.documents.c, t.results.c
        wanted = (
            select(d.id, d.location, d.name, r.reason, r.sentence, r.saying)
            .join(t.results)
            .where(r.status == "failed")
            .order_by(d.location)
        )
        if options is not None:
            wanted = wanted.where(r.options_key == options.key)
        with self.reading() as connection:
            return [Failure(*row) for row in connection.execute(wanted)]

    def signatures(self, options: Options | None = None) -> Iterator[tuple[int, bytes]]:
        """Yield the text fingerprint of each result that was checked (文本指纹)."""
        r = t.results.c
        wanted = select(r.id, r.signature).where(r.signature.is_not(None)).order_by(r.id)
        if options is not None:
            wanted = wanted.where(r.options_key == options.key)
        with self.reading() as connection:
            for row in connection.execute(wanted):
                yield row.id, row.signature

    def told(self, options: Options | None = None) -> Iterator[Told]:
        """Yield what each document tells other documents, by location (概况与事实)."""
        d, r = t.documents.c, t.results.c
        wanted = (
            select(d.id, d.location, r.sha256, t.reports.c.told)
            .join(t.results, r.document_id == d.id)
            .join(t.reports)
            .order_by(d.location, r.options_key)
        )
        if options is not None:
            wanted = wanted.where(r.options_key == options.key)
        with self.reading() as connection:
            for row in connection.execute(wanted.execution_options(yield_per=100)):
                yield Told(row.id, row.location, row.sha256, *told_from(row.told))

    def findings(self, options: Options | None = None) -> Iterator[StoredFinding]:
        """Yield every finding, document by document, in the report's order (发现)."""
        with self.reading() as connection:
            for row in connection.execute(found(options)).mappings():
                yield StoredFinding(**row)


def _now() -> datetime:
    return datetime.now(UTC)


def _stamp() -> str:
    return _now().isoformat(timespec="seconds")
