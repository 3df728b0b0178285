"""Which item of the tables an unresolved subject means (主体归一): one of a given list, or none."""

from __future__ import annotations

from dataclasses import replace

from gouji.extract import vocabulary
from gouji.extract.by_model.grounding import Account, UngroundedError, same
from gouji.llm.answers import SubjectSaid
from gouji.llm.port import Request
from gouji.llm.prompts import fenced, request_for
from gouji.model.claim import AnyClaim, Change, Completion, Difference, Flat, Level, Share
from gouji.model.disclosure import Disclosure
from gouji.model.outline import SectionKind

Valued = Level | Change | Flat | Share | Completion | Difference
_MOST = 40
_PARTIAL: frozenset[SectionKind] = frozenset({"performance", "overview", "attachment"})
"""Sections whose amounts are not those of the tables."""


def unresolved(claims: list[AnyClaim]) -> dict[str, AnyClaim]:
    """Return the claims whose subject means no item yet, by the id a model is shown."""
    found = [
        c
        for c in claims
        if isinstance(c, Valued)
        and c.value is not None
        and c.value.dimension == "money"
        and c.subject.item is None
        and c.subject.text
        and c.subject.year is None
        and not c.attached
        and c.section not in _PARTIAL
    ]
    return {f"s{n}": claim for n, claim in enumerate(found[:_MOST], 1)}


def candidates(disclosure: Disclosure) -> tuple[str, ...]:
    """Return the items of money that stand in a table of the document."""
    kinds = {table.kind for table in disclosure.tables}
    found = {
        item.key: None
        for items in vocabulary.vocabulary().values()
        for item in items
        if item.kind == "item" and not item.units and any(c.table in kinds for c in item.cells)
    }
    return tuple(found)


def request_of(asked: dict[str, AnyClaim], items: tuple[str, ...]) -> Request:
    """Return the question which item each subject means."""
    lines = [
        f"{id_}: {claim.subject.text} ← {''.join(claim.place.quote.split())}"
        for id_, claim in asked.items()
    ]
    return request_for("subjects", text=fenced("\n".join(lines)), items=items)


def resolved(
    said: SubjectSaid, asked: dict[str, AnyClaim], items: tuple[str, ...], account: Account
) -> AnyClaim | None:
    """Return the claim with its item; None where none is meant or the answer has no ground."""
    try:
        return _resolved(said, asked, items)
    except UngroundedError as error:
        account.dropped[error.reason] += 1
        return None


def _resolved(
    said: SubjectSaid, asked: dict[str, AnyClaim], items: tuple[str, ...]
) -> AnyClaim | None:
    claim = asked.get(said.id)
    if claim is None:
        raise UngroundedError("unknown_subject")
    if not same(said.subject, claim.subject.text):
        raise UngroundedError("quote_not_found")
    if said.item is None:
        return None
    item = vocabulary.item(said.item) if said.item in items else None
    if item is None:
        raise UngroundedError("not_in_list")
    cells = item.cells_for(claim.subject.measure, item.scope)
    return replace(
        claim, subject=replace(claim.subject, item=item.key, scope=item.scope, cells=cells)
    )
