"""What a document says of itself that decides whether others may be held against it (文件概况).

Whose it is, of which year and kind, whether it speaks for a department or a single unit, which units
a department's accounts take in, and whether it says that the year before is not comparable.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from gouji.model.disclosure import Disclosure
from gouji.model.document import Document, Grid, Paragraph
from gouji.model.outline import Level, ReportKind

RemarkKind = Literal["restated", "scope", "reorganised", "balance"]
"""上年数经调整 · 口径不同 · 机构改革、划转、合并 · 年初结转经调整（收回、缴回、差错更正）"""

_REMARKS: tuple[tuple[RemarkKind, re.Pattern[str]], ...] = (
    (
        "restated",
        re.compile(
            r"追溯(?:调整|重述|更正)|(?:前期|以前年度|会计)差错更正|重述"
            r"|(?:上年|上一年|去年|20\d\d年)度?(?:的)?(?:决算|支出|收入|同期)?(?:数据|数|基数)?"
            r"(?:已|进行了?|作了?|按.{1,20}?|经)+(?:相应的?)?(?:调整|更正|重述|修正|还原)"
            r"|对上年.{0,12}(?:调整|更正|修正|还原)"
        ),
    ),
    (
        "scope",
        re.compile(
            r"(?:统计|编报|核算|公开|取数|编制|计算)?口径[^,;。]{0,12}(?:不一致|不同|变化|变动|调整|改变|有差异)"
            r"|(?:调整|改变|变更)[^,;。]{0,6}口径|同口径|可比口径|(?:不具|无|没有|不具有|不)可比性?|不可比"
        ),
    ),
    (
        "reorganised",
        re.compile(
            r"机构(?:改革|整合|合并|撤并|重组)|职[能责][^,;。]{0,6}(?:划转|划入|划出|整合)"
            r"|(?:单位|部门|机构|局|中心|委|办|所|院)[^,;。]{0,10}"
            r"(?:整体划转|划入|划出|并入|合并组建|新组建|组建成立|新成立|撤销|更名)"
        ),
    ),
    (
        "balance",
        re.compile(
            r"(?:收回|缴回|上缴|清理|盘活)[^,;。]{0,10}(?:存量|结转|结余)|归集(?:调入|调出)"
            r"|调整[^,;。]{0,4}年初(?:结转|结余)|年初(?:结转|结余|数)[^,;。]{0,12}(?:调整|更正|不一致)"
        ),
    ),
)
_ZERO_BASE = re.compile(
    r"(?:(?:上年|去年|上一年)度?[^,;。]{0,8}?(?:无|没有|未|为0|为零)|基数为?(?:0|零))[^;。]{0,40}?(?:无|没有|不具?有?|不)可比性?"
)
"""A rate left out because nothing was spent the year before says nothing of scope."""
_LIST = re.compile(
    r"(?:纳入|列入).{0,60}?(?:决算|预算)(?:公开|编制|编报|汇编|汇总|汇总编制)*的?(?:范围)?的?"
    r"(?:[^,。;:]{0,12}?(?:单位|部门)|范围).{0,12}?(?:包括|如下|有|为|是|即|分别|共)"
)
_COUNT = re.compile(r"(?:共计?|有|包括)?(\d{1,3}|[一二三四五六七八九十]{1,3})(?:个|家)(?!内设)")
_ENTRY = re.compile(
    r"^\s*(?:\(?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[.、．)]+|[①-⑳])\s*(?=[\u4e00-\u9fff])"
)
_ASIDE = re.compile(r"\((?!本级|机关|本部)[^()]*\)$")
"""A remark behind a name that is no part of it: (下属事业单位)."""
_NAME = re.compile(
    r"[\u4e00-\u9fff()·\dA-Za-z]{2,40}?(?:局|委|办|部|院|校|园|站|所|中心|队|处|馆|会|社|学|厅|署|府|司|团|场|台|库|室|组"
    r"|本级|\(本级\)|机关|医院|公司)(?:\([^()]{1,10}\))?"
)
_HEAD = re.compile(r"单位名称|预算单位|单位全称")
_END = re.compile(r"[。;]$")
_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}
LONGEST_QUOTE = 200
"""Characters of a remark that are kept."""
LOOK_AHEAD = 60
"""Blocks below the announcement that may belong to the list of units."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence that bears on comparing with another year (比较说明)."""

    kind: RemarkKind
    quote: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Profile:
    """A document's identity, for holding it against others (文件概况)."""

    entity: str | None
    kind: ReportKind
    year: int | None
    level: Level | None
    units: tuple[str, ...] = ()
    """Names of the units the accounts take in, 本级 included; empty where none are listed surely."""
    remarks: tuple[Remark, ...] = ()

    def remark(self, *kinds: RemarkKind) -> Remark | None:
        """Return the first remark of these kinds."""
        return next((r for r in self.remarks if r.kind in kinds), None)


def profile_of(disclosure: Disclosure) -> Profile:
    """Return a document's profile (文件概况)."""
    outline = disclosure.outline
    last = outline.attachments_from
    return Profile(
        entity=outline.entity,
        kind=outline.kind,
        year=outline.fiscal_year,
        level=outline.level,
        units=_units(disclosure.document),
        remarks=tuple(_first_of_each(_remarks(disclosure.document, last))),
    )


def remark_kind(text: str) -> RemarkKind | None:
    """Return what a sentence says against comparing with the year before, if anything."""
    said = _ZERO_BASE.sub("", text)
    return next((kind for kind, pattern in _REMARKS if pattern.search(said)), None)


def profile_record(profile: Profile) -> dict[str, Any]:
    """Return a profile as plain data."""
    return asdict(profile)


def profile_from(record: Mapping[str, Any]) -> Profile:
    """Return the profile a record was made of."""
    remarks = tuple(Remark(**remark) for remark in record["remarks"])
    return Profile(**{**record, "units": tuple(record["units"]), "remarks": remarks})


def _first_of_each(remarks: Iterator[Remark]) -> Iterator[Remark]:
    seen: set[RemarkKind] = set()
    for remark in remarks:
        if remark.kind not in seen:
            seen.add(remark.kind)
            yield remark


def _remarks(document: Document, attachments: int | None) -> Iterator[Remark]:
    for paragraph in document.paragraphs:
        if attachments is not None and paragraph.index >= attachments:
            return
        start = 0
        for sentence in re.split(r"(?<=[。;])", paragraph.text):
            kind = remark_kind(sentence)
            if kind is not None:
                place = document.place(paragraph, start, start + len(sentence))
                yield Remark(kind, place.quote[:LONGEST_QUOTE], place.page)
            start += len(sentence)


# --- the units a department takes in ---------------------------------------------------------


def _units(document: Document) -> tuple[str, ...]:
    """Return the listed units; nothing where the list and its stated number do not agree."""
    for at, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph):
            continue
        found = _LIST.search(block.text)
        if found is None:
            continue
        told = _number(block.text[found.start() :])
        names = _in_sentence(block.text[found.end() :]) or _below(document, at + 1)
        if names and (told is None or told == len(names)):
            return tuple(_ASIDE.sub("", name) for name in names)
    return ()


def _number(text: str) -> int | None:
    found = _COUNT.search(text)
    if found is None:
        return None
    word = found[1]
    if word.isdigit():
        return int(word)
    tens, _, ones = word.rpartition("十")
    if "十" not in word:
        return _DIGITS.get(word)
    return (_DIGITS.get(tens, 1)) * 10 + _DIGITS.get(ones, 0)


def _in_sentence(rest: str) -> list[str]:
    """Read names behind a colon or 即: 共1个,即甲局(本级)、乙中心."""
    opened = re.search(r"[:：]|,?即|分别(?:是|为)", rest)
    if opened is None:
        return []
    sentence = re.split(r"[。;]", rest[opened.end() :], maxsplit=1)[0]
    pieces = [_ENTRY.sub("", p).strip() for p in re.split(r"[、,，]|和(?=[^、,]{4,}$)", sentence)]
    names = [p for p in pieces if p]
    return names if names and all(_NAME.fullmatch(n) for n in names) else []


def _below(document: Document, start: int) -> list[str]:
    """Read a numbered list, or a table with a column of names, under the announcement."""
    names: list[str] = []
    for block in document.blocks[start : start + LOOK_AHEAD]:
        if isinstance(block, Grid):
            return names or _in_grid(block)
        text = block.text.strip()
        if not _ENTRY.match(text):
            if names or len(text) > LOOK_AHEAD:
                break
            continue
        name = _entry(document, block)
        if not name:
            break
        names.append(name)
    return names


def _entry(document: Document, paragraph: Paragraph) -> str:
    """Read one name of the list; a text glued to the last one ends where its printed line does."""
    name = _END.sub("", _ENTRY.sub("", paragraph.text.strip()))
    if _NAME.fullmatch(name):
        return name
    grown = ""
    for line in document.place(paragraph, 0, len(paragraph.text)).quote.splitlines():
        grown += re.sub(r"\s", "", unicodedata.normalize("NFKC", line))
        name = _END.sub("", _ENTRY.sub("", grown))
        if _NAME.fullmatch(name):
            return name
    return ""


def _in_grid(grid: Grid) -> list[str]:
    head = next((c for c in grid.cells if _HEAD.search(re.sub(r"\s", "", c.text))), None)
    if head is None:
        return []
    below = [c for c in grid.cells if c.col == head.col and c.row > head.row and c.text.strip()]
    names = [re.sub(r"\s", "", c.text) for c in below]
    return names if all(_NAME.fullmatch(n) for n in names) else []
