"""Which item a noun phrase means (主体归一): phrase and section → item, scope and table cells.

Words that say the scope win over the section's own; a phrase that fits no item, or an item of another scope than is said, stays unresolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gouji.extract.vocabulary import QUOTES, Item, vocabulary
from gouji.model.claim import CellKey, Measure, Scope
from gouji.model.outline import SectionKind

_LEVEL_MARK = re.compile(
    r"\(\d{0,3}(类|款|项)(?:级)?(?:科目)?\)|(?<=[\u4e00-\u9fff])类(?=支出$|$)|类级?科目$"
)
_PATH = re.compile(r"\(\d{0,3}(?:类|款|项)\)")
_DASHED = re.compile(r"([^-]{2,40}(?:-[^-]{2,40}){1,2}?)(?:科目)?")
"""A path with dashes: 教育支出-普通教育-小学教育, quoted and called 科目."""
_FUNDS = re.compile(r"(?:一般公共预算|公共预算|政府性基金预算)?财政拨款(?:安排的?)?")
_SPENT_ON = re.compile(r"三公|公务|出国|接待|机关运行")
_TAIL = re.compile(
    r"(?:支出决算|决算支出|支出预算|收入预算|预算支出|(?<!采购)支出|(?<!共)预算|决算|费用|开支|总额|金额|数额|情况|合计|总计|数|额)$"
)
_CODED = re.compile(r"2\d{2}(?:\d{2}){1,2}(?=[\u4e00-\u9fff])")
_REMARK = re.compile(r"\([^()]{1,30}\)$")
_SECTION_SCOPE: dict[SectionKind, Scope] = {
    "totals": "all",
    "income": "all",
    "expenditure": "all",
    "appropriation": "appropriation",
    "general_public": "general_public",
    "basic": "general_public",
    "three_public": "appropriation",
    "government_fund": "government_fund",
    "state_capital": "state_capital",
}
_SCOPE_WORDS: tuple[tuple[str, Scope], ...] = (
    ("一般公共预算", "general_public"),
    ("公共预算财政拨款", "general_public"),
    ("政府性基金", "government_fund"),
    ("国有资本经营", "state_capital"),
    ("国有资本预算", "state_capital"),
    ("财政拨款", "appropriation"),
)
_UNMARKED = re.compile(
    r"(?!.*(?:预算|决算|完成|用于|主要|其中|情况|说明|科目|合计|总计|共计|小计))[\u4e00-\u9fff]{3,30}"
)
"""The name of an item after its 类 and 款, as far as the line goes."""
_PATH_HEAD = re.compile(
    r"^[\s、,;:。.\-\d()①-⑳]*(?:\(?[一二三四五六七八九十]+[)、])?(?:.*\d年度?)?"
)
_LONGEST_NAME = 40
_NEUTRAL = re.compile(
    r"(?:.{0,40}(?:[局委办部院校镇乡县市区处所站厅会队馆社党盟]|中心|公司|单位|部门|机关|系统|本级|街道|学校|集团|协会|联合会|医院|法院|检察院|\d年)(?:\([^()]{1,12}\))?)?"
    r"(?:一般公共预算|公共预算|政府性基金|国有资本经营|财政|拨款|预算|决算|安排|使用|列支|开支|用|当年|本年|年度|年末|年初|全年|累计|合计|共计|共有|共|总|各项|整体|地方|全[市县区镇乡省州]|[省市县区镇乡州盟旗]本?级|实际|支出|负担|费用|经费|组织|列明|公开|公布|\((?:单位|部门|本级|本部)\)|新|其中|包括|单独|本|的|中|为|以|按|由)*"
)
"""Words before an alias that do not make it another quantity: the unit's name, the money's source."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a noun phrase means where it stands (归一结果)."""

    item: Item | None
    name: str
    """Key of the item, or the path 类/款/项 as printed, or empty when unresolved."""
    scope: Scope
    sure: bool = True
    """False where neither words nor section say the scope: no cell can be named."""

    def cells(self, measure: Measure) -> tuple[CellKey, ...]:
        """Return the table cells of this meaning."""
        if self.item is None or not self.sure:
            return ()
        return self.item.cells_for(measure, self.scope)


def path_of(phrase: str) -> tuple[str, ...]:
    """Return the names of a printed classification path: X(类)Y(款)Z(项) → (X, Y, Z).

    A last name without its mark may be cut off: it is kept, so that the path is not taken for X(类)Y(款).
    """
    if not _PATH.search(phrase):
        return _dashed(phrase)
    *names, rest = _PATH.split(phrase)
    if not phrase.rstrip().endswith(")") and "项)" not in phrase and _UNMARKED.fullmatch(rest):
        names.append(rest)
    clean = (_PATH_HEAD.sub("", n.translate(QUOTES), count=1).rstrip(":,、") for n in names)
    return tuple(n[-_LONGEST_NAME:] for n in clean if n)


def _dashed(phrase: str) -> tuple[str, ...]:
    """Return the names of a path printed with dashes, where the first is a functional class."""
    found = _DASHED.fullmatch(phrase) if "-" in phrase else None
    names = tuple(found[1].split("-")) if found else ()
    if not names:
        return ()
    classes = vocabulary().get(names[0], ())
    return names if any(i.kind == "function" for i in classes) else ()


_REACH = re.compile(
    r"全[国省市县区镇乡州盟旗](?!人大|民)|中央(?:本级|各?部门)|(?:自治区|[省市县区镇乡州盟旗])本?级(?!财政补助|补助|转移)|同口径|自然口径"
    r"|(?<!\d)\d{1,2}月份|(?:当|本)月|[上下]半年|[一二三四前]{1,2}季度"
)


def reach_of(phrase: str) -> str:
    """Return the words that say whose money is meant (全市、市本级) or how it is counted (同口径)."""
    return "".join(dict.fromkeys(_REACH.findall(phrase)))


def scope_of(phrase: str) -> Scope | None:
    """Return the scope the words say, or None."""
    for words, scope in _SCOPE_WORDS:
        if words in phrase and f"非{words}" not in phrase:
            return scope
    return None


@lru_cache(maxsize=2048)
def resolve(phrase: str, section: SectionKind = "other", unit: str = "") -> Meaning:
    """Return what a noun phrase means in a section; `unit` is a counting unit or empty for money."""
    plain = phrase.translate(QUOTES)
    said = scope_of(plain)
    scope: Scope = said or _SECTION_SCOPE.get(section, "other")
    path = path_of(plain)
    if path:
        return _of_path(path, scope)
    coded = _CODED.match(plain)
    if coded:
        return Meaning(
            Item(coded[0], "other", any_scope=True, kind="function", code=coded[0]), coded[0], scope
        )
    bare = _LEVEL_MARK.sub("", plain)
    for candidate in _forms(bare):
        fitting = _fitting(candidate, unit)
        if fitting and not _of_other_money(candidate, fitting, said):
            return _choose(fitting, said, section, scope)
    return _of_class(bare, section, scope)


_BY_FUNCTION: frozenset[SectionKind] = frozenset({"expenditure", "appropriation", "general_public"})
_SHORTEST_CLASS = 4
"""Characters of a class's name that mean nothing else: 一般公共服务, 卫生健康; not 教育, 国防."""


def _of_class(name: str, section: SectionKind, scope: Scope) -> Meaning:
    """Return the class a list of expenditure calls by its name without 支出: 一般公共服务12万元."""
    listed = section in _BY_FUNCTION and len(name) >= _SHORTEST_CLASS
    for found in vocabulary().get(f"{name}支出", ()) if listed else ():
        if found.kind == "function":
            return Meaning(found, found.key, scope)
    return Meaning(None, "", scope)


def _of_other_money(alias: str, fitting: list[Item], said: Scope | None) -> bool:
    """Tell an alias that names other money than the whole phrase: 政府性基金…|财政拨款本年收入."""
    if said is None:
        return False
    if scope_of(alias) not in (None, said):
        return True
    return all(
        i.kind == "item" and not i.any_scope and i.scope not in (said, "other") for i in fitting
    )


def _forms(phrase: str) -> Iterator[str]:
    """Yield the aliases a phrase may end with: as printed, without a remark, without its funds."""
    yield from _candidates(phrase)
    remark = _REMARK.search(phrase)
    if remark:
        yield from _candidates(remark[0][1:-1])
        yield from _candidates(phrase[: remark.start()])
    if _SPENT_ON.search(phrase):
        yield from _candidates(_FUNDS.sub("", phrase))


def _of_path(path: tuple[str, ...], scope: Scope) -> Meaning:
    head = path[0]
    found = vocabulary().get(head, ()) or vocabulary().get(head + "支出", ())
    classes = [i for i in found if i.kind == "function"]
    if len(path) > 1:
        top = classes[0].key if classes and head != classes[0].key else head
        return Meaning(None, "/".join((top, *path[1:])), scope)
    return Meaning(classes[0] if classes else None, classes[0].key if classes else head, scope)


def _candidates(phrase: str) -> list[str]:
    """Return suffixes of the phrase that are aliases, longest first, then with tail words cut."""
    words = vocabulary()
    found: list[str] = []
    while phrase:
        found.extend(
            phrase[start:]
            for start in range(max(0, len(phrase) - _LONGEST_NAME), len(phrase) - 1)
            if phrase[start:] in words and _NEUTRAL.fullmatch(phrase, 0, start)
        )
        shorter = _TAIL.sub("", phrase)
        if shorter == phrase:
            break
        phrase = shorter
    return found


def _fitting(alias: str, unit: str) -> list[Item]:
    items = vocabulary()[alias]
    if unit:
        return [i for i in items if unit in i.units]
    return [i for i in items if not i.units]


def _choose(fitting: list[Item], said: Scope | None, section: SectionKind, scope: Scope) -> Meaning:
    """Pick by economic or functional section, then by scope; ambiguity without a scope stays bare."""
    if section in ("basic", "operating"):
        economic = [i for i in fitting if i.kind == "economic"]
        if economic:
            return _economic(economic[0], section, scope)
    plain = [i for i in fitting if i.kind != "economic"]
    fixed = [i for i in plain if i.any_scope]
    if fixed:
        first = fixed[0]
        return Meaning(
            first, first.key, said or (scope if first.kind == "function" else first.scope)
        )
    if plain:
        matching = [i for i in plain if i.scope == scope]
        if matching:
            return Meaning(matching[0], matching[0].key, scope)
        if len(plain) == 1 and said is None:
            return Meaning(plain[0], plain[0].key, plain[0].scope)
        if said is None:
            return Meaning(plain[0], plain[0].key, "other", sure=False)
        return Meaning(None, "", scope)
    return _economic(fitting[0], section, scope)


def _economic(found: Item, section: SectionKind, scope: Scope) -> Meaning:
    """Economic items stand in table 06 only where the section speaks of basic expenditure."""
    if section == "basic":
        return Meaning(found, found.key, "general_public")
    return Meaning(found, found.key, scope, sure=False)
