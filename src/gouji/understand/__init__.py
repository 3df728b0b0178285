"""What the document is and how it is divided (结构理解): document in, outline out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gouji.model.outline import Outline
from gouji.understand.cover import read_cover
from gouji.understand.outline import divide
from gouji.understand.tables import name_grids

if TYPE_CHECKING:
    from gouji.model.document import Document

__all__ = ["understand"]


def understand(document: Document) -> Outline:
    """Return a document's identity, its sections and the names of its grids."""
    cover = read_cover(document)
    sections, attachments_from = divide(document, cover.kind)
    grids, bare_titles = name_grids(document, cover.kind, cover.fiscal_year)
    return Outline(
        kind=cover.kind,
        entity=cover.entity,
        entity_place=cover.entity_place,
        fiscal_year=cover.fiscal_year,
        unit=cover.unit,
        sections=sections,
        grids=grids,
        level=cover.level,
        attachments_from=attachments_from,
        bare_titles=bare_titles,
    )
