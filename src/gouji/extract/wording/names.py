"""Names: the publishing unit taken apart, levels of government, self-names, units, projects (名称)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from gouji.extract.wording.lexicon import mapping, words
from gouji.model.wording import (
    GovernmentLevel,
    LevelWord,
    ProjectName,
    Publisher,
    ReportTitle,
    SelfWord,
    UnitName,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gouji.extract.wording.scan import Cells, Prose
    from gouji.model.outline import Outline

_DIVISIONS = re.compile(
    r"""(?:中共|中国共产党)?
    (?P<province>[\u4e00-\u9fff]{2,3}省|[\u4e00-\u9fff]{2,5}自治区)?
    (?P<city>[\u4e00-\u9fff]{1,7}?
        (?:(?<![城门集股超夜花])市|自治州|(?<=[\u4e00-\u9fff]{2})州|盟|地区))?  # no 城市, 门市
    (?P<district>(?!城区)[\u4e00-\u9fff]{1,9}?
        (?:(?<![园社景辖])(?<!开发)区|自治县|县|(?<!军)旗|(?<![城门集])市))?  # no 园区, 开发区
    """,
    re.VERBOSE,
)
_LEVEL_CHARS: dict[str, GovernmentLevel] = {
    "省": "province", "市": "city", "县": "county", "旗": "county", "区": "district",
}  # fmt: skip
_OF_LEVEL = re.compile(
    r"[我本](?P<a>县)(?![域级])"
    r"|(?<!县)全(?P<b>县)(?!域)"
    r"|(?:(?<=[,。;:、(])|(?<=[照由经向受报据在对与被将从])|^)(?P<c>县)(?:委、县)?政府(?!性)"
    r"|(?:指|纳入|是指)(?P<d>[省市县区])(?P<kind>级财政|直部门|本级财政)",
    re.MULTILINE,
)
_COUNTY = re.compile(r"[\u4e00-\u9fff]{2,4}县(?!政府|级|委|直|域)|各县|县\(|县、|区县|市县|县区")
_DEFINED = re.compile(r"拨款收入|三公|同级财政|本级财政")
_DEFINED_WITHIN = 40
_SELF = re.compile(
    r"(?<!自)我(?P<word>局(?!部|限)|中心|办(?![理事案法])|院|校(?!正)|所(?![在需有以谓])|厅|委(?![托派员])"
    r"|站(?!在)|馆|园|镇|乡|街道)(?!长)|(?<![安健齐成])全(?P<whole>办)(?=[的各上体干职])"
)
_TABLE_HEAD = re.compile(
    r"(?m)^(?:编制|公开|填报|填表)?(?:部门|单位)(?:名称)?:(?P<name>[\u4e00-\u9fff]{4,40}?)(?=\d{4}年|金额单位|单位:|\(|$)"
)
_BEFORE_YEAR = re.compile(
    r"(?:(?<=[。;,、:])|^)(?:第[一二三四五六七八九十]部分)?(?P<name>[\u4e00-\u9fff]{6,40}?)20\d{2}年度"
    r"(?=部门|单位|决算|收入|支出|财政|无|没有|政府采购|一般公共|预算绩效|[“\"]三公)",
    re.MULTILINE,
)
_PROJECT_HEAD = re.compile(r"(?m)^项目名称[::]?(?P<name>[^,。;:\n]{6,60}?)[、]?$")
_PROJECT_ITEM = re.compile(
    r"(?:(?<=[:;。、])|^)\s?\d{1,2}[.、]\s?(?P<name>(?:\d{1,4}个)?[\u4e00-\u9fff()]{4,40}?(?:费|资金|项目|经费|补助))\d+(?:\.\d+)?万元",
    re.MULTILINE,
)
_PROJECT_CELL = re.compile(
    r"(?m)^(?P<name>(?:\d{1,4}个)?[\u4e00-\u9fff()\d]{6,40}(?:费|资金|项目|经费|补助))$"
)
_KINDS = r"自评|评价"
_TITLE = re.compile(rf"[\u4e00-\u9fff0-9()“”《》]{{4,60}}(?P<kind>{_KINDS})报告$")
_SAYS = re.compile(
    rf"现(?:将|就)[^,。;\n]{{0,24}}?(?P<kind>{_KINDS})(?:情况|结果|工作)?(?:总结)?报告如下"
)


def divisions_of(name: str) -> tuple[str, ...]:
    """Return the administrative divisions a unit's name begins with, the highest first (行政区划)."""
    found = _DIVISIONS.match(name)
    return tuple(d for d in (found.groups() if found else ()) if d)


def publisher_of(outline: Outline, prose: Prose) -> Publisher | None:
    """Return the publishing unit's name taken apart, or None without a name (公开单位)."""
    name = outline.entity
    if not name:
        return None
    divisions = divisions_of(name)
    level = _LEVEL_CHARS.get(divisions[-1][-1]) if divisions else None
    own = [word for word, ends in mapping("self_words").items() if name.endswith(tuple(ends))]
    # Subordinate units may speak in the report of their department: 我中心 of a 局.
    for word in words("subordinate_words"):
        if word not in own and _names_unit(prose.text, divisions, word):
            own.append(word)
    return Publisher(name, level, divisions, tuple(own), outline.entity_place)


def _names_unit(text: str, divisions: tuple[str, ...], word: str) -> bool:
    """Tell whether the text names a unit of the same place that may say so (下属单位)."""
    if not divisions:
        return False
    places = "|".join(re.escape(d) for d in divisions)
    ends = "|".join(mapping("self_words")[word])
    return re.search(rf"(?:{places})[\u4e00-\u9fff]{{1,20}}(?:{ends})", text) is not None


def read_levels(prose: Prose) -> Iterator[LevelWord]:
    """Yield words that name a level of government as the report's own (层级用语)."""
    for found in _OF_LEVEL.finditer(prose.text):
        char = found["a"] or found["b"] or found["c"] or found["d"]
        # 全县 beside a county's name is about that county.
        if found["d"] is None and _COUNTY.search(
            prose.sentence(found.start()).replace(found[0], "")
        ):
            continue
        first = max(prose.line(found.start())[0], found.start() - _DEFINED_WITHIN)
        if found["d"] is not None and not _DEFINED.search(prose.text, first, found.start()):
            continue
        yield LevelWord(
            level=_LEVEL_CHARS[char],
            text=found[0],
            place=prose.clause(found.start(), found.end()),
            block=prose.block(found.start()),
            definition=found["d"] is not None,
        )


def read_self_words(prose: Prose) -> Iterator[SelfWord]:
    """Yield how the writer calls the own unit (自称)."""
    for found in _SELF.finditer(prose.text):
        word = found["word"] or found["whole"]
        yield SelfWord(
            word, found[0], prose.clause(found.start(), found.end()), prose.block(found.start())
        )


def read_unit_names(prose: Prose) -> Iterator[UnitName]:
    """Yield full unit names where the publisher's stands (单位名称)."""
    ends = words("organ_endings")
    patterns: tuple[tuple[Literal["table", "statement"], re.Pattern[str]], ...] = (
        ("table", _TABLE_HEAD),
        ("statement", _BEFORE_YEAR),
    )
    for role, pattern in patterns:
        for found in pattern.finditer(prose.text):
            if found["name"].endswith(ends):
                start, end = found.span("name")
                yield UnitName(role, found["name"], prose.place(start, end), prose.block(start))


def read_projects(prose: Prose, cells: Cells, outline: Outline) -> Iterator[ProjectName]:
    """Yield names of projects: after 项目名称, in numbered lists with an amount, in cells (项目名称)."""
    for source, pattern in (("title", _PROJECT_HEAD), ("list", _PROJECT_ITEM)):
        for found in pattern.finditer(prose.text):
            yield ProjectName(found["name"], prose.place(*found.span("name")), source)
    evaluations = {g.grid for g in outline.grids if g.kind.endswith("self_evaluation")}
    for found in _PROJECT_CELL.finditer(cells.text) if evaluations else ():
        grid, cell = cells.at(found.start())
        if grid.id in evaluations:
            yield ProjectName(found["name"], cell.place, grid.id)


def read_report_titles(prose: Prose) -> Iterator[ReportTitle]:
    """Yield titles of reports whose first paragraph says what kind of report follows (报告名称)."""
    paragraphs = prose.paragraphs
    for i, paragraph in enumerate(paragraphs[:-1]):
        if not paragraph.text.endswith("报告"):
            continue
        title = _TITLE.fullmatch(paragraph.text)
        following = paragraphs[i + 1]
        says = _SAYS.search(following.text) if title else None
        if title is None or says is None:
            continue
        place = prose.document.place
        yield ReportTitle(
            title["kind"], place(paragraph, 0, len(paragraph.text)),
            says["kind"], place(following, says.start(), says.end()),
        )  # fmt: skip
