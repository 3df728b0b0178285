"""Statements of the prose (文字陈述): a document and its outline in, claims and accounts out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from gouji.extract.claims import sections
from gouji.extract.claims.build import account, build
from gouji.extract.claims.level import names_money
from gouji.extract.claims.mentions import Mention, Sorted, names_in, sort_numbers
from gouji.extract.claims.owners import owners_of
from gouji.extract.claims.passage import Amount, Draft, Passage, same_subject
from gouji.extract.claims.reader import HINT, read_passage, reasons_of
from gouji.extract.claims.share import BARE
from gouji.extract.claims.sorting import reason_of_paragraph
from gouji.extract.numbers import at_house, house_decimals
from gouji.extract.subjects import resolve
from gouji.model.claim import AnyClaim, PrintedNumber, Subject
from gouji.model.document import Document, Paragraph
from gouji.model.figure import WAN_YUAN, YI_YUAN, Figure, Unit
from gouji.model.outline import Outline, SectionKind
from gouji.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_NAMES = 50
_REACH = 60
"""Paragraphs a subject may be looked for in the section before."""
_SILENT: frozenset[SectionKind] = frozenset({"contents", "glossary"})
"""Sections that name things without stating figures (目录、名词解释)."""


def read_claims(
    document: Document, outline: Outline
) -> tuple[tuple[AnyClaim, ...], tuple[PrintedNumber, ...]]:
    """Return every statement of the prose, and what became of every number in it."""
    kinds = _kinds(document, outline)
    passages = list(_passages(document, outline, kinds))
    _make_figures(document, passages, outline)
    _read(passages, outline)
    sections.read(passages, outline)
    sections.read_names(passages)
    for passage in passages:
        for draft in passage.drafts:
            draft.fields["section"] = passage.section
    _give_wholes(passages)
    claims = build(document, passages, outline.attachments_from)
    return claims, account(document, passages)


def _kinds(document: Document, outline: Outline) -> list[SectionKind]:
    """Return the section kind of every block: the innermost section that has one."""
    kinds: list[SectionKind] = ["other"] * len(document.blocks)
    for section in sorted(outline.sections, key=lambda s: s.depth):
        if section.kind != "other":
            for block in range(section.first, min(section.last + 1, len(kinds))):
                kinds[block] = section.kind
    return kinds


_BASIC_LIST = re.compile(
    r"(?:人员|公用)经费[^。]{0,60}(?:其中|包括)[:,]?(?:办公费|印刷费|咨询费|水费|基本工资|津贴补贴)\d"
)
"""Economic items with their amounts: of basic expenditure, though its heading is not there to say so."""


def _passages(document: Document, outline: Outline, kinds: list[SectionKind]) -> Iterator[Passage]:
    headings = {s.first: s.title for s in outline.sections}
    topic: Subject | None = None
    holder = ""
    owners = owners_of(document.paragraphs, outline.entity or "")
    names = tuple(sorted({n for p in document.paragraphs for n in names_in(p.text)}))[:_MOST_NAMES]
    for paragraph in document.blocks:
        if not isinstance(paragraph, Paragraph):
            topic = None
            continue
        kind = kinds[paragraph.index]
        if kind == "other" and _BASIC_LIST.search(paragraph.text):
            kind = "basic"
        if paragraph.index in headings:
            title = headings[paragraph.index]
            topic = _topic(title, kind)
            holder = title if title.endswith("基金") else ""
        topic = _item_opened(paragraph.text, kind) or topic
        if HINT.search(paragraph.text):
            whose = holder or owners.get(paragraph.index, "")
            yield replace(_passage(paragraph, outline, kind, topic, names), holder=whose)


def _topic(title: str, kind: SectionKind) -> Subject | None:
    """Return the subject a heading gives to the paragraphs under it."""
    meaning = resolve(title.strip("。.:; "), kind)
    if meaning.item is None and "/" not in meaning.name:
        return None
    return Subject(title.strip("。.:; "), meaning.name, meaning.scope)


def _passage(
    paragraph: Paragraph,
    outline: Outline,
    kind: SectionKind,
    topic: Subject | None,
    names: tuple[str, ...],
) -> Passage:
    text = paragraph.text
    found = sort_numbers(text, names)
    whole = "contents" if kind == "contents" else reason_of_paragraph(text)
    if whole:
        others = [*found.others, *((m.token, whole) for m in found.mentions)]
        found = Sorted([], others)
    return Passage(
        text=text,
        block=paragraph.index,
        section=kind,
        fiscal_year=outline.fiscal_year,
        mentions=found.mentions,
        others=found.others,
        ends=[i for i, c in enumerate(text) if c in "。!?"],
        reasons=reasons_of(text),
        budgeting=outline.kind == "budget",
        entity=outline.entity or "",
        topic=topic,
    )


def _make_figures(document: Document, passages: list[Passage], outline: Outline) -> None:
    """Give every quantity its figure, with house precision of its part of the report (惯用小数位)."""
    parts: dict[bool, list[Passage]] = {}
    usual = outline.unit or _usual_unit(passages)
    for passage in passages:
        attached = (
            outline.attachments_from is not None and passage.block >= outline.attachments_from
        )
        parts.setdefault(attached, []).append(passage)
        paragraph = document.blocks[passage.block]
        assert isinstance(paragraph, Paragraph)  # noqa: S101  # passages come from paragraphs
        for mention in passage.mentions:
            _settle_unit(passage, mention, usual)
            place = document.place(paragraph, mention.start, mention.stop)
            mention.figure = _figure(mention, place)
    for group in parts.values():
        mentions = [m for p in group for m in p.mentions if m.figure]
        house = house_decimals(m.figure for m in mentions if m.figure)
        for mention in mentions:
            if mention.figure:
                mention.figure = at_house(mention.figure, house)


def _figure(mention: Mention, place: Place) -> Figure:
    """Return the figure of a mention in the unit settled for it."""
    figure = mention.token.figure(place, mention.unit)
    return figure if figure.unit == mention.unit else replace(figure, unit=mention.unit)


_BARE_UNITS = {"万": WAN_YUAN, "亿": YI_YUAN}


def _settle_unit(passage: Passage, mention: Mention, usual: Unit | None) -> None:
    """Give a noun of money its missing unit, and 万 without a thing counted the meaning 万元."""
    if mention.unit is None and names_money(mention.clause):
        mention.unit = usual
    elif mention.unit_name in _BARE_UNITS and mention.dimension == "other":
        after = passage.text[mention.stop : mention.stop + 1]
        if not after or after in ",。;、)":
            mention.unit = _BARE_UNITS[mention.unit_name]


def _usual_unit(passages: list[Passage]) -> Unit | None:
    """Return the money unit most amounts print: it stands in where a noun of money has none.

    Where two units are printed as often, none stands in.
    """
    counts = Counter(
        m.unit for p in passages for m in p.mentions if m.unit and m.dimension == "money"
    ).most_common(2)
    if not counts or len({n for _, n in counts}) < len(counts):
        return None
    return counts[0][0]


def _read(passages: list[Passage], outline: Outline) -> None:
    read: list[Passage] = []
    for passage in passages:
        if passage.section in _SILENT:
            continue
        passage.lookup = _finder(passage, read, outline)
        _opening(passage)
        read_passage(passage)
        read.append(passage)


_RANKED = re.compile(r"\(\d{0,3}(?:类|款|项)\)")


def _item_opened(text: str, kind: SectionKind) -> Subject | None:
    """Return the item whose classification path opens a paragraph (类款项): what follows it speaks of it.

    A copied text breaks an item into paragraphs: 甲(类)乙(款)丙(项)30万元。⏎ 年初预算为30万元….
    """
    head = text[:120].split("。", 1)[0]
    meaning = resolve(head, kind) if _RANKED.search(head) else None
    if meaning is None or "/" not in meaning.name:
        return None
    return Subject(meaning.name, meaning.name, meaning.scope)


def _opening(passage: Passage) -> None:
    """A paragraph that opens with a classification path speaks of it (类款项)."""
    head = passage.text[:120].split("。", 1)[0]
    if _RANKED.search(head):
        subject, meaning = passage.subject(head, "final")
        if meaning.name:
            passage.topic = Subject(
                meaning.name, meaning.name, subject.scope, "final", None, subject.cells
            )


def _finder(
    passage: Passage, read: list[Passage], outline: Outline
) -> Callable[[Subject, str], Amount | None]:
    """Return a search for a subject's figure in earlier paragraphs of the same section."""
    first = _first_block(passage.block, outline)

    def find(subject: Subject, dimension: str) -> Amount | None:
        found = [
            a
            for p in read[-_REACH:]
            if p.block >= first and p.section == passage.section
            for a in p.amounts
            if not a.reason
            and a.mention.dimension == dimension
            and a.subject.measure == subject.measure
            and a.subject.year == subject.year
            and same_subject(a.subject, subject)
        ]
        values = {(a.figure.base, a.figure.decimals) for a in found}
        return found[-1] if len(values) == 1 else None

    return find


def _first_block(block: int, outline: Outline) -> int:
    """Return where the widest section of the block's kind begins."""
    kind = outline.section_kind_of(block)
    firsts = [s.first for s in outline.sections if s.first <= block <= s.last and s.kind == kind]
    return (
        min(firsts, default=0)
        if kind != "other"
        else max((s.first for s in outline.sections if s.first <= block <= s.last), default=0)
    )


def _open_whole(share: Draft, total: Subject) -> bool:
    """Tell a share of the list's own total: nothing named, or the end of its name (占基本支出)."""
    text = share.fields["whole_text"]
    ends = total.text.endswith(text) and total.text.removesuffix(text)[-1:] not in tuple("和与及、")
    return not share.fields.get("whole") and (not text or text in BARE or ends)


def _give_wholes(passages: list[Passage]) -> None:
    """A share in a list that names no whole is a share of the list's total (占比的整体)."""
    owners = {id(d.of): d for p in passages for d in p.drafts if d.type == "share" and d.of}
    for passage in passages:
        for draft in passage.drafts:
            if draft.type != "breakdown":
                continue
            for part in draft.fields["parts"]:
                share = owners.get(id(part))
                if share and _open_whole(share, draft.subject):
                    share.fields["whole"] = draft.fields["total"]
                    share.fields["whole_item"] = draft.subject.item
