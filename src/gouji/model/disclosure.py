"""Everything extracted from one document: output of extract (披露内容)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from gouji.model.claim import AnyClaim, Claim, PrintedNumber
from gouji.model.document import Document
from gouji.model.indicators import Conclusion, SelfEvaluation, StatedRatio
from gouji.model.outline import Outline, TableKind
from gouji.model.reading import ModelReading, Suggestion
from gouji.model.tables import Table
from gouji.model.wording import Wording

C = TypeVar("C", bound=Claim)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A published report, extracted (公开报告): tables, claims, and what became of every number."""

    document: Document
    outline: Outline
    tables: tuple[Table, ...]
    claims: tuple[AnyClaim, ...]
    numbers: tuple[PrintedNumber, ...]
    unread: tuple[str, ...] = ()
    """What could not be read, in plain sentences (a table without a model, a damaged table …)."""
    indicators: tuple[SelfEvaluation, ...] = ()
    """Performance tables, in printed order."""
    ratios: tuple[StatedRatio, ...] = ()
    """Ratios the prose prints with their own arithmetic."""
    conclusions: tuple[Conclusion, ...] = ()
    """What the prose concludes of the performance as a whole (均完成, 账实相符)."""
    wording: Wording = field(default_factory=Wording)
    """How the text is worded: residue, numbering, document numbers, years, names."""
    suggestions: tuple[Suggestion, ...] = ()
    """Pairs of passages a language model says do not go together; empty without one."""
    reading: ModelReading | None = None
    """What a language model added, and what of its answers was dropped; None without one."""

    def table(self, kind: TableKind) -> Table | None:
        """Return the only table of a kind; None where it is missing or printed more than once."""
        found = [t for t in self.tables if t.kind == kind]
        return found[0] if len(found) == 1 else None

    def of(self, claim_type: type[C]) -> tuple[C, ...]:
        """Return the claims of a class, in printed order."""
        return tuple(c for c in self.claims if isinstance(c, claim_type))
