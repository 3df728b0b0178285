"""Turns drafts into claims with ids and places, and accounts for every number (定稿)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gouji.extract.claims.mentions import Mention
from gouji.extract.claims.passage import Amount, Draft, Passage
from gouji.model.claim import AnyClaim, Base, Claim, Part, PrintedNumber
from gouji.model.document import Document, Paragraph
from gouji.model.figure import Figure
from gouji.model.place import Place

_OPTIONAL: dict[str, dict[str, Any]] = {
    "change": {"change": None, "rate": None, "rate_direction": None, "unspecified": False},
    "share": {"whole": None, "whole_item": None},
}


def build(
    document: Document, passages: Sequence[Passage], attached_from: int | None
) -> tuple[AnyClaim, ...]:
    """Return the claims of all paragraphs in printed order, numbered from 1."""
    drafts = [d for p in passages for d in p.drafts]
    drafts.sort(key=lambda d: (d.block, d.start, d.stop))
    ids = {id(d): f"c{n}" for n, d in enumerate(drafts, 1)}
    claims: list[AnyClaim] = []
    for draft in drafts:
        paragraph = document.blocks[draft.block]
        assert isinstance(paragraph, Paragraph)  # noqa: S101  # claims come from paragraphs
        attached = attached_from is not None and draft.block >= attached_from
        claims.append(_claim(document, paragraph, draft, ids, attached=attached))
        for mention in _mentions_of(draft):
            mention.claims.append(int(ids[id(draft)][1:]))
    return tuple(claims)


def _claim(
    document: Document, paragraph: Paragraph, draft: Draft, ids: dict[int, str], *, attached: bool
) -> AnyClaim:
    fields = {**_OPTIONAL.get(draft.type, {}), **draft.fields}
    section = fields.pop("section", None)
    fields.pop("until", None)
    if len(fields.get("ratio", (0, 0))) != 2:  # noqa: PLR2004  # numerator and denominator
        fields.pop("ratio")
    values = {name: _value(document, paragraph, value, ids) for name, value in fields.items()}
    made: Claim = draft.make(
        id=ids[id(draft)],
        type=draft.type,
        subject=draft.subject,
        place=document.place(paragraph, draft.start, draft.stop),
        block=draft.block,
        section=section,
        sentence=draft.sentence,
        attached=attached,
        **values,
    )
    return made  # type: ignore[return-value]  # `make` is always one of AnyClaim


def _value(document: Document, paragraph: Paragraph, value: Any, ids: dict[int, str]) -> Any:  # noqa: ANN401  # the fields of eleven claim types
    if isinstance(value, Mention):
        return value.figure
    if isinstance(value, tuple) and value and isinstance(value[0], Base):
        return _base(value[0], value[1])
    if isinstance(value, tuple) and value and isinstance(value[0], Mention):
        return tuple(m.figure for m in value)
    if isinstance(value, list) and value and isinstance(value[0], Amount):
        return tuple(_part(a, ids) for a in value)
    if isinstance(value, list):
        return tuple(_name(document, paragraph, *span) for span in value)
    return value


def _base(base: Base, mention: Mention | None) -> Base:
    figure: Figure | None = mention.figure if mention else None
    return Base(base.kind, base.text, base.year, figure)


def _part(amount: Amount, ids: dict[int, str]) -> Part:
    home = ids.get(id(amount.home)) if amount.home else None
    return Part(amount.subject.text, amount.figure, amount.subject.item, home)


def _name(
    document: Document, paragraph: Paragraph, start: int, stop: int, block: int | None = None
) -> tuple[str, Place]:
    """Return a name and its place; a numbered list names its own paragraphs."""
    if block is not None:
        other = document.blocks[block]
        assert isinstance(other, Paragraph)  # noqa: S101  # names stand in paragraphs
        paragraph = other
    return paragraph.text[start:stop], document.place(paragraph, start, stop)


def _mentions_of(draft: Draft) -> list[Mention]:
    found = list(draft.mentions)
    for value in draft.fields.values():
        if isinstance(value, Mention):
            found.append(value)
        elif isinstance(value, list):
            found += [a.mention for a in value if isinstance(a, Amount)]
        elif isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], Mention):  # noqa: PLR2004  # base and its figure
            found.append(value[1])
    return list({id(m): m for m in found}.values())


def account(document: Document, passages: Sequence[Passage]) -> tuple[PrintedNumber, ...]:
    """Return what became of every number of the prose (数字去向)."""
    numbers: list[tuple[int, int, PrintedNumber]] = []
    for passage in passages:
        paragraph = document.blocks[passage.block]
        assert isinstance(paragraph, Paragraph)  # noqa: S101  # passages come from paragraphs
        for token, reason in passage.others:
            place = document.place(paragraph, token.start, token.end)
            printed = PrintedNumber(place, passage.block, "not_a_quantity", reason)
            numbers.append((passage.block, token.start, printed))
        block = passage.block
        numbers.extend(
            (block, m.start, _printed(document, paragraph, m, block)) for m in passage.mentions
        )
    numbers.sort(key=lambda n: n[:2])
    return tuple(n[2] for n in numbers)


def _printed(
    document: Document, paragraph: Paragraph, mention: Mention, block: int
) -> PrintedNumber:
    place = document.place(paragraph, mention.start, mention.token.end)
    claims = tuple(f"c{n}" for n in sorted(set(mention.claims)))
    return PrintedNumber(place, block, "claimed" if claims else "unread", "", claims)
