"""Where a finding's evidence stands on the page images (标记): one mark for each box.

A figure of the prose is marked by its own characters, a figure of a table by its cell, and the clause
that makes a statement line by line. Marks need the source's bytes; without them there are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from gouji.model.document import Page
from gouji.model.examined import Examined
from gouji.model.place import Box
from gouji.model.report import Evidence, Finding
from gouji.report.page_images import PageImages, page_images

Kind = Literal["figure", "passage"]
"""数字 · 文句"""


class Mark(NamedTuple):
    """One box of one piece of evidence (标记), in points of the page as displayed."""

    finding: str
    """The finding's id (F1); its fingerprint is `fingerprint`."""
    fingerprint: str
    evidence: int
    """Position among the finding's evidence."""
    kind: Kind
    page: int
    box: Box


def marks_of(examined: Examined, source: bytes | None) -> tuple[Mark, ...]:
    """Return the marks of every finding, in the order of findings and evidence (全部标记)."""
    with page_images(source) as images:
        return () if images is None else tuple(marks_on(examined, images))


def marks_on(examined: Examined, images: PageImages) -> Iterator[Mark]:
    """Yield the marks of every finding on pages that are open already."""
    pages = {page.number: page for page in examined.disclosure.document.pages}
    for finding in examined.report.findings:
        for index, evidence in enumerate(finding.evidence):
            if evidence.document or evidence.page is None or evidence.page not in pages:
                continue
            for box in _boxes(evidence, pages[evidence.page], images):
                kind = kind_of(evidence)
                yield Mark(finding.id, finding.fingerprint, index, kind, evidence.page, box)


def kind_of(evidence: Evidence) -> Kind:
    """Tell a figure from a passage (数字或文句)."""
    return "figure" if evidence.value is not None else "passage"


def pointed_at(finding: Finding) -> tuple[Evidence, ...]:
    """Return what a finding points at in the document: its figures, else its passages (所指)."""
    here = tuple(e for e in finding.evidence if not e.document)
    figures = tuple(e for e in here if kind_of(e) == "figure")
    return figures or here


def _boxes(evidence: Evidence, page: Page, images: PageImages) -> tuple[Box, ...]:
    if evidence.table is not None and evidence.bbox is not None:
        return (evidence.bbox,)
    if evidence.end > evidence.start:
        return images.boxes(page, evidence.start, evidence.end)
    return (evidence.bbox,) if evidence.bbox is not None else ()
