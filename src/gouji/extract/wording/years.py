"""Years where the fiscal year is meant: headings, statements, bases of comparison (年度)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gouji.model.wording import CutOff, YearMention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gouji.extract.wording.scan import Prose
    from gouji.model.outline import Outline

_ITEMS = (
    r"收入支出|收入|支出|收、支|本年收入|本年支出|财政拨款|一般公共预算|政府性基金|国有资本经营"
    r"|[“\"「『]?三公[”\"」』]?经费|因公出国|公务用车|公务接待|会议费|培训费|机关运行经费|政府采购|决算"
    r"|基本支出|项目支出|人员经费|公用经费"
)
_WHO = r"(?:本部门|本单位|我部门|我单位|我局|[\u4e00-\u9fff]{4,24}(?:局|中心|委员会|办公室|办事处|院|厅|部|所))"
_HEADING = re.compile(
    rf"(?m)^(?:第[一二三四五六七八九十]部分|[一二三四五六七八九十]{{1,3}}、|\([一二三四五六七八九十]\))?"
    rf"{_WHO}?(?P<year>20\d{{2}})年度?{_WHO}?(?:部门|单位)?(?:{_ITEMS})[^,。;\n]{{0,30}}"
    r"(?:决算表|总表|情况|说明|决算|公开)$"
)
_STATEMENT = re.compile(
    rf"(?:^|(?<=。))(?:{_WHO},?)?(?P<year>20\d{{2}})年度?,?{_WHO}?(?:部门|单位)?"
    rf"(?:无|没有)?(?:{_ITEMS})[^。;\n]{{0,40}}(?:\d元|\d万元|\d亿元|\d\.\d+万|无)",
    re.MULTILINE,
)
_ASSESSMENT = re.compile(
    rf"组织(?:开展)?(?:了)?对?(?P<year>20\d{{2}})年度?(?:{_ITEMS})[^。;\n]{{0,24}}(?:自评|评价)"
)
_BASE = re.compile(
    r"(?:与|较|比|同)(?P<year>20\d{2})年度?(?!\d|全年|年初|调整|预算|初)(?:决算数?|实际|支出|收入|同期)?"
    r"(?:相比|对比|增加|减少|增长|下降|持平|,?(?:各|共)?(?:增加|减少|增长|下降))"
)
_CUT = re.compile(
    r"(?<![\d—\-~至–年])(?P<year>20\d|\d{2})\s?年度(?=部门|单位|收入|支出|财政|一般公共|政府性基金|国有资本|决算"
    r"|[“\"]?三公)[^,。;\n]{0,16}"
)
_CUT_OFF = re.compile(
    r"截[至止]到?(?P<year>20\d{2})年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|底|末)?(?P<rest>[^。\n]{0,60})"
)
_ASSETS = re.compile(r"共有(?:公务)?(?:用车|车辆)|占[用有](?:使用)?的?国有资产|国有资产占[用有]")
_HEADED = re.compile(
    r"第.{1,3}部分|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)"
    r"|\d{1,2}[.、][^,。;:\d]{2,20}(?:情况|说明)$"
)
_NEIGHBOURS = 2
_YEAR = re.compile(r"(?<!\d)20\d{2}(?=年)")


def read_years(prose: Prose, outline: Outline) -> Iterator[YearMention]:
    """Yield years that stand where the fiscal year is meant (年度)."""
    contents = [(s.first, s.last) for s in outline.sections if s.kind == "contents"]
    patterns = (
        ("heading", _HEADING),
        ("statement", _STATEMENT),
        ("statement", _ASSESSMENT),
        ("base", _BASE),
        ("cut", _CUT),
    )
    around: dict[int, frozenset[int]] = {}  # by paragraph
    for role, pattern in patterns:
        for found in pattern.finditer(prose.text):
            block = prose.block(found.start("year"))
            if any(first <= block <= last for first, last in contents):
                continue
            number = prose.number(found.start("year"))
            if number not in around:
                around[number] = _years_around(prose, number)
            yield YearMention(
                role=role,  # type: ignore[arg-type]  # one of the roles above
                year=int(found["year"]),
                place=prose.place(found.start("year"), found.end()),
                block=block,
                attached=outline.attachments_from is not None and block >= outline.attachments_from,
                elsewhere=around[number],
                beside=_years_of(prose.paragraphs[number].text),
            )


def _years_around(prose: Prose, number: int) -> frozenset[int]:
    """Return the years named in a paragraph and in its neighbours under the same heading."""
    texts = [prose.paragraphs[number].text]
    for step in (-1, 1):
        beside = number + step
        while 0 <= beside < len(prose.paragraphs) and abs(beside - number) <= _NEIGHBOURS:
            if _HEADED.match(prose.paragraphs[beside].text):
                break
            texts.append(prose.paragraphs[beside].text)
            beside += step
    return frozenset(y for text in texts for y in _years_of(text))


def _years_of(text: str) -> frozenset[int]:
    return frozenset(int(year) for year in _YEAR.findall(text))


def read_cut_offs(prose: Prose) -> Iterator[CutOff]:
    """Yield days as of which something is counted (截至日期)."""
    for found in _CUT_OFF.finditer(prose.text):
        start, end = found.start(), found.start("rest")
        yield CutOff(
            year=int(found["year"]),
            month=int(found["month"]),
            day=int(found["day"]) if found["day"] else None,
            place=prose.place(start, end),
            block=prose.block(start),
            of_assets=_ASSETS.search(found["rest"]) is not None,
        )
