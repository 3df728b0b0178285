"""Reads how a report is worded: residue of forms, numbering, document numbers, years, names (文字).

A grammar reports what is printed. Whether it should be there is for the rules to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gouji.extract.wording.amounts import read_amounts
from gouji.extract.wording.documents import read_document_numbers
from gouji.extract.wording.names import (
    publisher_of,
    read_levels,
    read_projects,
    read_report_titles,
    read_self_words,
    read_unit_names,
)
from gouji.extract.wording.ordinals import read_ordinals
from gouji.extract.wording.residue import read_residue
from gouji.extract.wording.scan import Cells, Prose
from gouji.extract.wording.slips import read_slips
from gouji.extract.wording.statements import read_statements
from gouji.extract.wording.years import read_cut_offs, read_years
from gouji.model.wording import Wording

if TYPE_CHECKING:
    from gouji.model.document import Document
    from gouji.model.outline import Outline

__all__ = ["read_wording"]


def read_wording(document: Document, outline: Outline) -> Wording:
    """Return everything read about the wording of one document (文字)."""
    prose, cells = Prose(document), Cells(document)
    residues = [*read_residue(prose, cells), *read_slips(prose), *read_amounts(prose)]
    return Wording(
        paragraphs=len(prose.paragraphs),
        residues=tuple(sorted(residues, key=lambda r: (r.block, r.place.start))),
        ordinals=read_ordinals(prose, cells, outline),
        document_numbers=tuple(read_document_numbers(prose)),
        years=tuple(read_years(prose, outline)),
        cut_offs=tuple(read_cut_offs(prose)),
        publisher=publisher_of(outline, prose),
        level_words=tuple(read_levels(prose)),
        self_words=tuple(read_self_words(prose)),
        unit_names=tuple(read_unit_names(prose)),
        projects=tuple(read_projects(prose, cells, outline)),
        report_titles=tuple(read_report_titles(prose)),
        statements=tuple(read_statements(prose, cells, outline)),
    )
