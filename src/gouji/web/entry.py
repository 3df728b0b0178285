"""A document as a server keeps it: what was handed in and how far it is (送审件)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["queued", "checking", "done", "failed"]
"""排队 · 核查中 · 已核查 · 没有查成"""
SourceKind = Literal["pdf", "text"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document handed in (送审件)."""

    id: str
    name: str
    """As its sender calls it, cleaned; shown, never used as a path."""
    sha256: str
    size: int
    source: SourceKind
    state: State
    submitted_at: datetime
    lineage: str
    """Documents of one lineage share their decisions: docs/adr/0012."""
    started_at: datetime | None = None
    finished_at: datetime | None = None
    position: int | None = None
    """Place in the queue, the next one is 1; None outside it."""
    sentence: str = ""
    """Why it failed."""
    reason: str = ""
    """The same in one word: unreadable, too_large, too_long, time, memory, crash, fault, interrupted."""
    corrects: str | None = None
    """The document this one is a corrected version of, as its sender says."""
    entity: str | None = None
    fiscal_year: int | None = None
    pages: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing more will come (是否已有结果)."""
        return self.state in ("done", "failed")

    def elapsed(self, now: datetime) -> float:
        """Return the seconds since it was handed in, or that it took (用时)."""
        return max(0.0, ((self.finished_at or now) - self.submitted_at).total_seconds())
