"""Kind, entity, year and money unit of a document (封面信息).

The cover is the paragraphs before the contents or the first heading. Where it is silent (a pasted
fragment), the words of the whole text decide; a text without enough of them is "other".
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gouji.model.document import Paragraph
from gouji.model.figure import MONEY_NAMES, MONEY_UNITS, Unit

if TYPE_CHECKING:
    from gouji.model.document import Document
    from gouji.model.outline import Level, ReportKind
    from gouji.model.place import Place

_COVER_LINES = 12
_LONGEST_COVER_LINE = 80
_END_OF_COVER = re.compile(r"目录$|第[一二三四五六1-6]部分|[一1]、")
_SENTENCE = re.compile(rf"[。;]|\d\s?(?:{MONEY_NAMES}|%)")
"""A statement is no cover: a pasted fragment starts with one."""
_PERFORMANCE = re.compile(r"绩效(?:自评|评价)?\S{0,6}(?:报告|自评表)|自评报告")
_FINAL = re.compile(r"决算")
_BUDGET = re.compile(r"预算")
_FINAL_WORDS = re.compile(
    r"决算(?:总体)?情况|支出决算|决算数|决算总?表|(?:部门|单位)决算|本年[收支][入出]合计"
)
_BUDGET_WORDS = re.compile(
    r"预算(?:总体|编制)?(?:情况)?说明|收支预算|预算总?表|(?:部门|单位)预算|预算公开"
)
_PERFORMANCE_WORDS = re.compile(r"绩效(?:自评|评价|目标)|自评得分|三级指标")
_ENOUGH = 3
"""Words of one kind a text without a cover must hold to be of that kind."""

_YEAR = re.compile(r"(?<![\d较比与同和自从])(20\d{2})年")
"""A year named, but for one compared with (比2019年) or begun with."""
_UNDATED_YEAR = re.compile(r"(?<!\d)(20\d{2})年(?!\s*\d{1,2}\s*月)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})年度")
_FISCAL_YEAR = re.compile(r"(?<!\d)(20\d{2})年度")
_NAME = r"[\u4e00-\u9fffA-Z×*(][\u4e00-\u9fffA-Za-z×*()·、]{2,40}?"
_NAME_THEN_YEAR = re.compile(
    rf"({_NAME})(?:20)?\d{{2}}年度?(?:部门|单位|整体|项目|支出)*(?:决算|预算|绩效|自评)"
)
_BODY = re.compile(
    r"^[\u4e00-\u9fffA-Z×()]{3,40}(?:局|厅|委|办|部|室|中心|院|所|站|队|会|校|学|园|馆|社|团|署|处|府|场)$"
)
_YEAR_THEN_NAME = re.compile(
    rf"\d年度?({_NAME})(?:本级)?(?:部门|单位)?(?:整体支出|项目支出|预算)*(?:决算|预算|绩效|自评)"
)
_NAME_THEN_REPORT = re.compile(
    rf"^({_NAME})(?:部门|单位)?(?:整体|项目|支出|预算|部门|单位)*(?:决算|绩效|自评)"
)
_PART_ONE = re.compile(rf"^第一部分({_NAME})(?:部门|单位)?(?:基本)?(?:概况|简介)")
_TABLE_LINE = re.compile(
    r"(?:^|\s)(?:公开|编制|预算)?(?:部门|单位)(?:名称)?(?:\(公章\))?[::]\s?([\u4e00-\u9fff][\u4e00-\u9fffA-Z()·]{3,40})"
)
_NOT_A_NAME = re.compile(
    r"^(?:附件|附表|部门|单位|本部门|本单位|目录|年度|区级|市级|县级|省级|关于|公开|万元|元|千元|金额)$"
    r"|^第.部分|收支|收入|支出|拨款|报告|说明|公开\d|年度$|[一二三四五六七八九十]、|情况|补助|资金|经费"
)
_TRAILING = re.compile(r"(?:部门|单位|关于|\(汇总\))$|\(?\d{0,4}年?度?$")
_MONEY = re.compile(rf"\d\s?({MONEY_NAMES})")


@dataclass(frozen=True, slots=True)
class Cover:
    """A document's identity (封面)."""

    kind: ReportKind
    entity: str | None
    entity_place: Place | None
    fiscal_year: int | None
    unit: Unit | None
    level: Level | None


def read_cover(document: Document) -> Cover:
    """Return what kind of report a document is, whose, for which year and in which unit."""
    paragraphs = document.paragraphs
    cover = _cover_lines(document)
    joined = "".join(p.text for p in cover)
    kind = _kind(joined, document)
    year = _fiscal_year(joined, paragraphs)
    entity = _entity(cover, joined, paragraphs)
    return Cover(
        kind=kind,
        entity=entity,
        entity_place=_place_of(entity, document),
        fiscal_year=year,
        unit=_prose_unit(paragraphs),
        level=_level(joined),
    )


def _cover_lines(document: Document) -> list[Paragraph]:
    lines: list[Paragraph] = []
    for block in document.blocks[:_COVER_LINES]:
        if not isinstance(block, Paragraph):
            break
        if _END_OF_COVER.match(block.text) or len(block.text) > _LONGEST_COVER_LINE:
            break
        if _SENTENCE.search(block.text):
            break
        lines.append(block)
    return lines


def _kind(cover: str, document: Document) -> ReportKind:
    if _FINAL.search(cover):
        return "final_accounts"
    if _PERFORMANCE.search(cover):
        return "performance"
    if _BUDGET.search(cover):
        return "budget"
    texts = [p.text for p in document.paragraphs]
    texts += [cell.text for grid in document.grids for cell in grid.cells[:40]]
    counts: dict[ReportKind, int] = {
        "final_accounts": sum(len(_FINAL_WORDS.findall(t)) for t in texts),
        "budget": sum(len(_BUDGET_WORDS.findall(t)) for t in texts),
        "performance": sum(len(_PERFORMANCE_WORDS.findall(t)) for t in texts),
    }
    best = max(counts, key=lambda kind: counts[kind])
    return best if counts[best] >= _ENOUGH else "other"


def _fiscal_year(cover: str, paragraphs: tuple[Paragraph, ...]) -> int | None:
    """Take the cover's year; without one, the year most often called 年度, else most often named.

    A date on the cover is the day of publication, a year after the accounts.
    """
    for pattern in (_FISCAL_YEAR, _UNDATED_YEAR):
        found = pattern.search(cover)
        if found:
            return int(found[1])
    for pattern in (_FISCAL_YEAR, _SHORT_YEAR, _YEAR):
        counts = Counter(y for p in paragraphs for y in pattern.findall(p.text))
        if counts:
            year = int(max(counts.items(), key=lambda pair: (pair[1], pair[0]))[0])
            return year if year > 100 else 2000 + year  # noqa: PLR2004  # two digits were printed
    return None


def _entity(cover: list[Paragraph], joined: str, paragraphs: tuple[Paragraph, ...]) -> str | None:
    """Take the name on the cover; else in 第一部分…概况; else the one above most tables."""
    texts = [*(p.text for p in cover), joined]
    for pattern in (_TABLE_LINE, _NAME_THEN_YEAR, _YEAR_THEN_NAME, _NAME_THEN_REPORT):
        for text in texts:
            found = pattern.search(text)
            name = _clean(found[1]) if found else None
            if name:
                return name
    for line in cover:
        if _BODY.match(line.text) and (name := _clean(line.text)):
            return name
    for paragraph in paragraphs:
        found = _PART_ONE.match(paragraph.text)
        name = _clean(found[1]) if found else None
        if name:
            return name
    names = Counter(
        name
        for p in paragraphs
        if len(p.text) <= _LONGEST_COVER_LINE
        for found in _TABLE_LINE.finditer(p.text)
        if (name := _clean(found[1]))
    )
    return names.most_common(1)[0][0] if names else None


def _clean(name: str) -> str | None:
    name = re.sub(r"^(?:附件|附表)[一二三四五六七八九十]?[::]?", "", name)
    name = _TRAILING.sub("", name)
    if name.count("(") != name.count(")"):
        name = name.split("(")[0].strip(")")
    if len(name) < 3 or _NOT_A_NAME.search(name):  # noqa: PLR2004  # 市 + two characters at least
        return None
    return name


def _place_of(entity: str | None, document: Document) -> Place | None:
    if entity is None:
        return None
    for paragraph in document.paragraphs:
        at = paragraph.text.find(entity)
        if at >= 0:
            return document.place(paragraph, at, at + len(entity))
    return None


def _prose_unit(paragraphs: tuple[Paragraph, ...]) -> Unit | None:
    """Return the unit most amounts print; None where two are printed as often."""
    counts = Counter(unit for p in paragraphs for unit in _MONEY.findall(p.text)).most_common(2)
    if not counts or len({n for _, n in counts}) < len(counts):
        return None
    return MONEY_UNITS[counts[0][0]]


def _level(cover: str) -> Level | None:
    if "部门决算" in cover or "部门预算" in cover:
        return "department"
    if "单位决算" in cover or "单位预算" in cover:
        return "unit"
    return None
