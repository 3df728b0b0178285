"""What one document says, as facts (一份文件的事实): its tables and its sentences, each told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gouji.model.examined import Examined
from gouji.screen.fact import Fact
from gouji.screen.facts_claims import facts_of_claims
from gouji.screen.facts_tables import facts_of_tables


def facts_of(examined: Examined) -> tuple[Fact, ...]:
    """Return what a document says of its own year and of the year before (一份文件的事实).

    Empty without a fiscal year. Figures that may be misread, and tables whose reading is in doubt,
    give no facts. Attached reports (附件) may have another scope and give none either.
    """
    if examined.disclosure.outline.fiscal_year is None:
        return ()
    found: Iterable[Fact] = (*facts_of_tables(examined), *facts_of_claims(examined))
    return tuple(_once(f for f in found if _is_sound(f)))


def _is_sound(fact: Fact) -> bool:
    """Tell a fact whose digits and units are sure (可用)."""
    figures = [t.figure for t in fact.terms]
    amounts = [t.figure for t in fact.terms if t.role != "rate"]
    sure = all(f.misread is None and not f.suggested for f in figures)
    return sure and all(f.unit is not None and f.dimension != "percent" for f in amounts)


def _once(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Yield each fact once: a figure may be read as a level and as the value of a change."""
    seen: set[tuple[object, ...]] = set()
    for fact in facts:
        figures = tuple((t.figure.place.page, t.figure.place.start, t.role) for t in fact.terms)
        key = (fact.year, fact.scope, fact.item, fact.measure, figures)
        if key not in seen:
            seen.add(key)
            yield fact
