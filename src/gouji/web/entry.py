"""A document as a server keeps it: what was handed in and how far it is (送审件)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from gouji.messages import N_, Catalogue, said_again
from gouji.model.stage import Stage, Step

State = Literal["queued", "checking", "done", "failed"]
"""排队 · 核查中 · 已核查 · 没有查成"""
STAGE_NAMES: dict[Stage, str] = {
    "reading": N_("读取"),
    "understanding": N_("理解"),
    "extracting": N_("提取"),
    "checking": N_("核对"),
    "reporting": N_("出报告"),
}
"""What a visitor calls the stages of a check (各阶段)."""
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
    """Why it failed, in the server's language; `failure` says it in any."""
    saying: str | None = None
    """The sentence and its words apart."""
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
    step: Step | None = None
    """Where its check is, as the worker told last; None outside a check. Never stored."""

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing more will come (是否已有结果)."""
        return self.state in ("done", "failed")

    def failure(self, say: Catalogue) -> str:
        """Return why it failed, in a reader's language; empty if it did not (失败原因)."""
        return said_again(self.saying, self.sentence, say)

    def elapsed(self, now: datetime) -> float:
        """Return the seconds since it was handed in, or that it took (用时)."""
        return max(0.0, ((self.finished_at or now) - self.submitted_at).total_seconds())
