"""Reads tables and statements out of an understood document (提取)."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from gouji.extract.claims import read_claims
from gouji.model.claim import AnyClaim
from gouji.model.disclosure import Disclosure
from gouji.model.document import Document
from gouji.model.outline import Outline

__all__ = ["claims_of", "extract"]


def extract(document: Document, outline: Outline) -> Disclosure:
    """Return tables, statements, and what became of every number of the prose."""
    claims, numbers = read_claims(document, outline)
    tables, unread = _tables(document, outline)
    return Disclosure(document, outline, tables, claims, numbers, unread)


def claims_of(document: Document) -> tuple[AnyClaim, ...]:
    """Return the statements of a document taken as prose alone, without sections or tables."""
    outline = Outline("other", None, None, None, None, (), ())
    return read_claims(document, outline)[0]


def _tables(document: Document, outline: Outline):  # type: ignore[no-untyped-def]
    if find_spec("gouji.extract.bind") is None:
        return (), ()
    bind = import_module("gouji.extract.bind")
    return bind.bind_tables(document, outline)
