"""Everything extracted from one document: output of extract (披露内容)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import TypeVar

from gouji.model.claim import AnyClaim, Claim, PrintedNumber
from gouji.model.document import Document
from gouji.model.figure import Figure
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
    strays: tuple[PrintedNumber, ...] = ()
    """Numbers of the grids no table model takes (未能认定的表格)."""
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
        """Return the only table of a kind; None where it is missing or printed more than once.

        Of two tables of 三公, one of all appropriations and one of the general public budget alone
        (云南), it is the former.
        """
        found = [t for t in self.tables if t.kind == kind]
        if kind == "three_public" and len(found) > 1:
            found = [t for t in found if "一般公共预算" not in t.title]
        return found[0] if len(found) == 1 else None

    def figures(self) -> Iterator[Figure]:
        """Yield the figures of published tables and of performance tables, blank cells too."""
        for table in self.tables:
            for row in table.rows:
                yield from row.figures.values()
        for evaluation in self.indicators:
            yield from _figures_in(evaluation)

    def of(self, claim_type: type[C]) -> tuple[C, ...]:
        """Return the claims of a class, in printed order."""
        return tuple(c for c in self.claims if isinstance(c, claim_type))


def _figures_in(part: object) -> Iterator[Figure]:
    """Yield every figure within a model, however deep."""
    if isinstance(part, Figure):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from _figures_in(item)
    elif isinstance(part, dict):
        yield from _figures_in(tuple(part.values()))
    elif is_dataclass(part):
        for field in fields(part):
            yield from _figures_in(getattr(part, field.name))
