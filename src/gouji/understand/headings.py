"""Headings: their numbering and what they are about (标题)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gouji.model.outline import SectionKind

_CHINESE = "[一二三四五六七八九十百]"
_ORDINALS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"(第(?:{_CHINESE}+|\d+)(?:部分|章|篇))[、.:\s]?")),
    (2, re.compile(rf"({_CHINESE}{{1,3}}[、.])")),
    (3, re.compile(rf"(\({_CHINESE}{{1,3}}\))[、.]?")),
    (4, re.compile(r"(\d{1,2}[、.])(?!\d)")),
    (5, re.compile(r"([(（]?\d{1,2}\)|[①-⑳])[、.]?")),
)
_MARK = re.compile(r"^[-*#•·●■◆\s]+")
_TITLE_END = re.compile(r"[。;,:!?]|\d{4}年.*?\d|(?<=说明)|(?<=情况)(?=[^说表])")
_LONGEST = 46
_UNNUMBERED = re.compile(
    r"^(?:[^图表]?[、.])?([^图:]{2,30}(?:决算|经费|采购|资产|绩效)[^:]{0,12}情况说明)$"
)

_PART_WORDS = re.compile(
    r"^(?:名词解释|其他相关情况说明|(?:20\d\d年度?)?(?:部门|单位)预算编制(?:情况)?说明)$"
)
"""Parts of a budget printed without a number: each ends the part before it."""
_PART_TITLE = re.compile(r"^[^:;,。]{2,40}年度?(?:部门|单位)决算(?:公开)?(?:报?表|情况说明)$")
"""A part printed without its 第二部分."""

_KINDS: tuple[tuple[SectionKind, re.Pattern[str]], ...] = (
    ("glossary", re.compile("名词解释|专业名词|术语解释|专业性较强的名词")),
    (
        "overview",
        re.compile("概况|主要职[责能]|部门职[责能]|单位职[责能]|机构设置|单位构成|基本情况$"),
    ),
    ("three_public", re.compile("三公")),
    ("operating", re.compile("机关运行经费")),
    ("procurement", re.compile("政府采购")),
    ("assets", re.compile("国有资产|资产占[用有]")),
    ("government_fund", re.compile("政府性基金")),
    ("state_capital", re.compile("国有资本经营|国资经营")),
    ("basic", re.compile("基本支出")),
    ("general_public", re.compile("一般公共(?:预算|服务预算).*支出")),
    ("appropriation", re.compile("财政拨款.*(?:收|支)")),
    ("performance", re.compile("绩效")),
    ("totals", re.compile("收入支出.*(?:总体|总)|收支.*(?:总体|总)|收、支.*总|收入支出决算情况")),
    ("income", re.compile("收入.*(?:决算|情况)")),
    ("expenditure", re.compile("支出.*(?:决算|情况)")),
    ("attachment", re.compile("^附件")),
)
_TABLE_TITLE = re.compile(r"表(?:\([^)]*\))?$")
_STRONG = re.compile(r"情况|说明|总体|结构|具体")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading (标题): depth 1 第三部分 … 5 (1), its number, and its words."""

    depth: int
    ordinal: str
    title: str
    whole: bool
    """The paragraph holds nothing but the heading."""


def is_contents_title(text: str) -> bool:
    """Tell whether a line is the title of the contents page (目录)."""
    return re.sub(r"[\s#*]", "", text) in ("目录", "目次", "目录:")


@lru_cache(maxsize=4096)
def heading_of(text: str) -> Heading | None:
    """Return the heading a paragraph starts with, or None."""
    text = _MARK.sub("", text[:120]) if text[:1] in "-*#•·●■◆ " else text
    for depth, pattern in _ORDINALS:
        found = pattern.match(text)
        if found:
            rest = text[found.end() :].strip()
            title = _title(rest)
            return Heading(depth, found[1], title, whole=len(title) >= len(rest.rstrip("。:")))
    if len(text) <= _LONGEST and (_PART_TITLE.match(text) or _PART_WORDS.match(text)):
        return Heading(1, "", text, whole=True)
    found = _UNNUMBERED.match(text)
    if found and len(text) <= _LONGEST:
        return Heading(2, "", found[1], whole=True)
    return None


def _title(rest: str) -> str:
    end = _TITLE_END.search(rest)
    cut = rest[: end.start()] if end else rest
    return cut[:_LONGEST].strip()


def kind_of_heading(heading: Heading, above: SectionKind) -> SectionKind:
    """Return what a section is about; "other" where its heading does not say or names an item.

    Below a section with a kind, a heading must read like one (…情况、…说明) to change it.
    """
    title = heading.title
    if _TABLE_TITLE.search(title):
        return "other"
    if above != "other" and heading.depth >= 3 and not _STRONG.search(title):  # noqa: PLR2004
        return "other"
    if heading.depth >= 4 and not _STRONG.search(title):  # noqa: PLR2004  # 1. and below: items
        return "other"
    for kind, pattern in _KINDS:
        if pattern.search(title):
            return _settle(kind, heading, above)
    return "other"


def _settle(kind: SectionKind, heading: Heading, above: SectionKind) -> SectionKind:
    """Keep a numbered subsection within its parent: (二)…结构情况 is still of 三、…支出."""
    if above in ("performance", "three_public") and heading.depth >= 3:  # noqa: PLR2004
        return "other"
    if kind == "overview" and above not in ("other", "overview"):
        return "other"
    return kind
