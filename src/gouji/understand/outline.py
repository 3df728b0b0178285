"""Sections of a report: contents, headings and attached reports (章节)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gouji.model.document import Paragraph
from gouji.model.outline import Section
from gouji.model.tables import kind_of_title
from gouji.understand.headings import Heading, heading_of, is_contents_title, kind_of_heading

if TYPE_CHECKING:
    from gouji.model.document import Block, Document
    from gouji.model.outline import ReportKind, SectionKind

_CONTENTS_LIMIT = 150
_LONGEST_ENTRY = 80
_ATTACHMENT = re.compile(r"附\s?件\s?[\d一二三四五六七八九十]*(?:[-—]\d+)?\s?[::]?")
_REPORT_TITLE = re.compile(
    r"(?:绩效|自评|评价)\S{0,20}(?:报告|自评表|自评表/结果|评分表)(?:\([^)]*\))?$"
)
_LONGEST_TITLE = 60
_KEEPS_KIND: frozenset[SectionKind] = frozenset({"contents", "overview", "glossary", "attachment"})
"""Parts whose headings name things without reporting on them: their kind goes down unchanged."""


@dataclass(slots=True)
class _Open:
    title: str
    ordinal: str
    kind: SectionKind
    effective: SectionKind
    depth: int
    first: int


def divide(document: Document, kind: ReportKind) -> tuple[tuple[Section, ...], int | None]:
    """Return the sections in printed order, and the block where attached reports begin."""
    blocks = document.blocks
    start, contents = _contents(blocks)
    attached = _attachments(blocks, start) if kind in ("final_accounts", "budget") else None
    done = [contents] if contents else []
    stack: list[_Open] = []
    for index in range(start, len(blocks)):
        block = blocks[index]
        if index == attached:
            _close(stack, done, 1, index - 1)
            stack.append(_Open("附件", "", "attachment", "attachment", 0, index))
        heading = heading_of(block.text) if isinstance(block, Paragraph) else None
        if heading is not None:
            _close(stack, done, heading.depth, index - 1)
            stack.append(_open(heading, stack, index))
    _close(stack, done, 0, len(blocks) - 1)
    return tuple(sorted(done, key=lambda s: (s.first, s.depth))), attached


def _open(heading: Heading, stack: list[_Open], index: int) -> _Open:
    above: SectionKind = stack[-1].effective if stack else "other"
    kind: SectionKind = "other"
    if above not in _KEEPS_KIND:
        kind = kind_of_heading(heading, above)
    effective = above if kind == "other" else kind
    return _Open(heading.title, heading.ordinal, kind, effective, heading.depth, index)


def _close(stack: list[_Open], done: list[Section], depth: int, last: int) -> None:
    """Close every open section as deep as `depth` or deeper; the attachment part stays open."""
    while stack and (stack[-1].depth >= depth) and not (stack[-1].depth == 0 and depth > 0):
        top = stack.pop()
        done.append(
            Section(top.title, top.kind, top.depth, top.first, max(last, top.first), top.ordinal)
        )


def _contents(blocks: tuple[Block, ...]) -> tuple[int, Section | None]:
    """Return where the body begins and the contents page, if one is printed."""
    for index, block in enumerate(blocks[:60]):
        if isinstance(block, Paragraph) and is_contents_title(block.text):
            last = _end_of_contents(blocks, index)
            return last + 1, Section("目录", "contents", 1, index, last)
    return 0, None


def _key(text: str) -> str:
    return re.sub(r"[\s.…·\d]+$|\s", "", text)


def _end_of_contents(blocks: tuple[Block, ...], title: int) -> int:
    """Find where an entry is printed again, as the heading it stands for."""
    first: str | None = None
    last = title
    for index in range(title + 1, min(len(blocks), title + _CONTENTS_LIMIT)):
        block = blocks[index]
        if not isinstance(block, Paragraph) or len(block.text) > _LONGEST_ENTRY:
            break
        key = _key(block.text)
        if first is None:
            first = key
        elif key == first or (first.startswith("第一部分") and key.startswith("第一部分")):
            return index - 1
        if heading_of(block.text) is not None and not block.text.endswith("。"):
            last = index
    return last


def _attachments(blocks: tuple[Block, ...], start: int) -> int | None:
    """Return the first block of the attached reports (附件), or None.

    A line 附件N counts only if a report or a self-evaluation follows it: a list of attachments, or
    附件 over the tables of the accounts, belongs to the report itself.
    """
    seen_heading = False
    for index in range(start, len(blocks)):
        block = blocks[index]
        if not isinstance(block, Paragraph) or len(block.text) > _LONGEST_TITLE:
            continue
        heading = heading_of(block.text)
        part = heading is not None and heading.depth == 1 and heading.title == "附件"
        if part and seen_heading and index + 1 < len(blocks):
            if not _accounts_follow(blocks, index):
                return index
            continue
        seen_heading = seen_heading or heading is not None
        if seen_heading and _ATTACHMENT.match(block.text) and _report_follows(blocks, index):
            return index
    return None


def _accounts_follow(blocks: tuple[Block, ...], index: int) -> bool:
    """Tell whether the title of a table of the accounts comes next (决算表作附件)."""
    following = blocks[index + 1]
    text = following.text if isinstance(following, Paragraph) else ""
    return "决算" in text and kind_of_title(text) not in (None, "other")


def _report_follows(blocks: tuple[Block, ...], index: int) -> bool:
    block = blocks[index]
    text = block.text if isinstance(block, Paragraph) else ""
    rest = _ATTACHMENT.sub("", text)
    following = [b.text for b in blocks[index + 1 : index + 4] if isinstance(b, Paragraph)]
    if any(_ATTACHMENT.match(t) for t in following[:1]):
        return False
    if index + 1 < len(blocks) and _accounts_follow(blocks, index):
        return False
    titles = [rest] if rest else following[:2]
    if not any(_REPORT_TITLE.search(t) and len(t) <= _LONGEST_TITLE for t in titles):
        return False
    return _starts_afresh(blocks, index)


def _starts_afresh(blocks: tuple[Block, ...], index: int) -> bool:
    """Tell whether numbering restarts at 一、 or a grid comes soon: a document of its own."""
    for block in blocks[index + 1 : index + 8]:
        if not isinstance(block, Paragraph):
            return True
        heading = heading_of(block.text)
        if heading is not None and heading.depth in (1, 2):
            return heading.ordinal.startswith(("一", "第一", "1"))
    return False
