"""The clause a statement stands in, for rules that need its neighbours' words (所在分句)."""

from __future__ import annotations

import re

from gouji.model.document import Document
from gouji.model.place import Place

_MARK = re.compile("[,，;；。:：\n\t]")
_LONGEST = 40
"""Characters looked at to either side: a clause without marks is cut there."""


def clause_of(document: Document, place: Place) -> str:
    """Return the clause that holds a place, without white space (组织对6个项目开展绩效自评)."""
    page = next((p for p in document.pages if p.number == place.page), None)
    if page is None:
        return place.quote
    before = page.text[max(0, place.start - _LONGEST) : place.start]
    start = max((m.end() for m in _MARK.finditer(before)), default=0)
    return "".join((before[start:] + to_clause_end(document, place).quote).split())


def to_clause_end(document: Document, place: Place) -> Place:
    """Return a place with the rest of its clause (2个 → 2个项目评价结果为“差”)."""
    page = next((p for p in document.pages if p.number == place.page), None)
    if page is None:
        return place
    after = _MARK.search(page.text, place.end, place.end + _LONGEST)
    end = after.start() if after else place.end
    quote = page.text[place.start : end]
    return Place(quote, place.start, end, place.page, page.box_of(place.start, end))
