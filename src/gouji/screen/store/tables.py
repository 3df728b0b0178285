"""The tables of the store (数据表), as this version of gouji writes them.

`migrations/` makes them; a test holds the two together. Numbers of documents are strings, as in the
report, so that no database rounds them.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC (时刻), also where the database keeps no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give a moment its time zone back."""
        del dialect
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = String(32)
KEY = String(16)
_BIG = BigInteger().with_variant(Integer, "sqlite")


def _of_result() -> Column[int]:
    owner = ForeignKey("results.id", ondelete="CASCADE")
    return Column("result_id", _BIG, owner, primary_key=True, autoincrement=False)


documents = Table(
    "documents",
    metadata,
    Column("id", ID, primary_key=True),
    Column("location", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("sha256", String(64)),
    Column("size", _BIG),
    Column("modified", _BIG),
    Column("kind", String(32)),
    Column("entity", Text),
    Column("fiscal_year", Integer),
    Column("unit", String(16)),
    Column("pages", Integer),
    Column("told_entity", Text),
    Column("told_year", Integer),
    Column("added_at", Moment, nullable=False),
    Index(None, "sha256"),
    Index(None, "entity", "fiscal_year"),
)
"""One row a location (文档); what the document says of itself, and what a manifest told of it."""

runs = Table(
    "runs",
    metadata,
    Column("id", ID, primary_key=True),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("options_key", KEY, nullable=False),
    Column("options", Text, nullable=False),
    Column("rules_fingerprint", String(16), nullable=False),
    Column("version", String(32), nullable=False),
    Column("runner", String(16), nullable=False),
)
"""One row a run of `gouji screen` (一次筛查); `ended_at` stays empty where it was cut short."""

results = Table(
    "results",
    metadata,
    Column("id", _BIG, primary_key=True),
    Column("document_id", ID, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("options_key", KEY, nullable=False),
    Column("run_id", ID, ForeignKey("runs.id", ondelete="SET NULL")),
    Column("sha256", String(64)),
    Column("rules_fingerprint", String(16), nullable=False),
    Column("engine_fingerprint", String(16), nullable=False),
    Column("status", String(8), nullable=False),
    Column("scope", String(160)),
    Column("reason", String(16)),
    Column("sentence", Text),
    Column("saying", Text),
    Column("headline", Text),
    *(
        Column(grade, Integer)
        for grade in (
            "gross",
            "broken",
            "doubtful",
            "last_digit",
            "holds",
            "holds_by_rounding",
            "not_checked",
            "no_power",
        )
    ),
    *(Column(fate, Integer) for fate in ("numbers", "checked", "read", "not_a_quantity", "unread")),
    Column("signature", LargeBinary),
    Column("seconds", Float),
    Column("cpu_seconds", Float),
    Column("memory", _BIG),
    Column("examined_at", Moment, nullable=False),
    UniqueConstraint("document_id", "options_key"),
    Index(None, "options_key", "status"),
)
"""One row a document and options key (结果): verdict counts and coverage, or why there are none."""

reports = Table(
    "reports",
    metadata,
    _of_result(),
    Column("content", LargeBinary, nullable=False),
    Column("told", LargeBinary, nullable=False),
)
"""The report, gouji.report/1, and what it tells other documents, both compressed by zlib (报告)."""

findings = Table(
    "findings",
    metadata,
    _of_result(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("finding_id", String(16), nullable=False),
    Column("fingerprint", String(32), nullable=False),
    Column("rule", String(8), nullable=False),
    Column("name", Text, nullable=False),
    Column("grade", String(20), nullable=False),
    Column("severity", String(8), nullable=False),
    Column("confidence", String(8), nullable=False),
    Column("message", Text, nullable=False),
    Column("page", Integer),
    Column("cluster", String(16)),
    Index(None, "rule"),
    Index(None, "fingerprint"),
)
"""One row a finding (发现), in the report's order."""

verdicts = Table(
    "verdicts",
    metadata,
    _of_result(),
    Column("rule", String(8), primary_key=True),
    Column("grade", String(20), primary_key=True),
    Column("count", Integer, nullable=False),
)
"""How many relations each rule judged to each grade (核对计数)."""

facts = Table(
    "facts",
    metadata,
    _of_result(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("entity", Text),
    Column("year", Integer, nullable=False),
    Column("own_year", Integer, nullable=False),
    Column("scope", String(32), nullable=False),
    Column("item", Text, nullable=False),
    Column("measure", String(32), nullable=False),
    Column("label", Text, nullable=False),
    Column("source", String(16), nullable=False),
    Column("told", String(16), nullable=False),
    Column("value", Text),
    Column("low", Text),
    Column("high", Text),
    Column("unit", String(16), nullable=False),
    Column("page", Integer),
    Index(None, "entity", "year"),
)
"""Figures that other documents can be held against (事实); all of each is in `reports.told`."""

decisions = Table(
    "decisions",
    metadata,
    Column("scope", String(160), primary_key=True),
    Column("fingerprint", String(32), primary_key=True),
    Column("status", String(16)),
    Column("reason", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Text, nullable=False),
)
"""What reviewers decided (复核意见), by the scope and fingerprint of a finding, so that it outlives a new check."""

submissions = Table(
    "submissions",
    metadata,
    Column("number", _BIG, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("document_id", ID, ForeignKey("documents.id", ondelete="SET NULL")),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", _BIG, nullable=False),
    Column("source", String(8), nullable=False),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("submitted_at", DateTime(timezone=True), nullable=False),
    Column("started_at", DateTime(timezone=True)),
    Column("finished_at", DateTime(timezone=True)),
    Column("reason", String(16), nullable=False),
    Column("sentence", Text, nullable=False),
    Column("saying", Text),
    Column("corrects", ID),
    Column("scope", String(160), nullable=False),
    Column("entity", Text),
    Column("fiscal_year", Integer),
    Column("pages", Integer, nullable=False),
    Column("errors", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("notes", Integer, nullable=False),
    Index(None, "state", "number"),
    Index(None, "scope"),
)
"""One row a document handed in through the web page (送审件): the queue, and what came of it."""

submission_pages = Table(
    "submission_pages",
    metadata,
    Column(
        "number",
        _BIG,
        ForeignKey("submissions.number", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("page", Integer),
    Column("width", Float, nullable=False),
    Column("height", Float, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("quotes", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""One row a page (页面): its text and the fate of its numbers, as JSON compressed by zlib."""

comparisons = Table(
    "comparisons",
    metadata,
    Column("id", ID, primary_key=True),
    Column("options_key", KEY, nullable=False),
    Column("unit", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("held", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("not_checked", Integer, nullable=False),
    Column("compared_at", Moment, nullable=False),
    Index(None, "options_key"),
)
"""One row a group of documents that was held against each other (跨文件比对).

The id is a hash of the contents compared and of the program: it exists only while it is current.
"""

comparison_documents = Table(
    "comparison_documents",
    metadata,
    Column("comparison_id", ID, ForeignKey("comparisons.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("document_id", ID, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Index(None, "document_id"),
)
"""The documents of a comparison (比对的文件), the one that makes the statement first."""

across = Table(
    "across",
    metadata,
    Column("comparison_id", ID, ForeignKey("comparisons.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", String(32), nullable=False),
    Column("rule", String(8), nullable=False),
    Column("name", Text, nullable=False),
    Column("grade", String(20), nullable=False),
    Column("severity", String(8), nullable=False),
    Column("confidence", String(8), nullable=False),
    Column("message", Text, nullable=False),
    Column("page", Integer),
    Column("content", LargeBinary, nullable=False),
    Index(None, "fingerprint"),
)
"""One row a finding about several documents (跨文件发现); `content` is the finding, as in a report."""
