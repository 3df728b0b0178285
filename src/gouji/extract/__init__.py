"""Reads tables and statements out of an understood document (提取)."""

from __future__ import annotations

import re
from dataclasses import replace

from gouji.extract.bind import bind_tables, with_levelled_grids
from gouji.extract.claims import read_claims
from gouji.extract.indicators import read_conclusions, read_indicators, read_ratios
from gouji.extract.strays import stray_numbers
from gouji.extract.wording import read_wording
from gouji.model.claim import AnyClaim
from gouji.model.disclosure import Disclosure
from gouji.model.document import Document
from gouji.model.outline import Outline

_YEAR = re.compile(r"(?<!\d)(20\d\d)年")

__all__ = ["claims_of", "extract"]


def extract(document: Document, outline: Outline) -> Disclosure:
    """Return tables, statements, wording, and what became of every number (提取)."""
    document = with_levelled_grids(document, outline)
    tables, unread_tables = bind_tables(document, outline)
    indicators, unread_indicators = read_indicators(document, outline)
    claims, numbers = read_claims(document, outline)
    disclosure = Disclosure(
        document=document,
        outline=outline,
        tables=tables,
        claims=claims,
        numbers=numbers,
        indicators=indicators,
        ratios=read_ratios(document),
        conclusions=read_conclusions(document),
        unread=(*unread_tables, *unread_indicators),
        wording=read_wording(document, outline),
    )
    return replace(disclosure, strays=stray_numbers(disclosure))


def claims_of(document: Document) -> tuple[AnyClaim, ...]:
    """Return the statements of a document taken as prose alone, without sections or tables.

    The year spoken of is the latest one printed, as there is no cover to tell it.
    """
    years = [int(y) for p in document.paragraphs for y in _YEAR.findall(p.text)]
    outline = Outline("other", None, None, max(years, default=None), None, (), ())
    return read_claims(document, outline)[0]
