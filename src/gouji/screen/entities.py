"""Which names are one unit (单位归一): only by what the names themselves show; in doubt, none.

Width, spaces, "中共", a province or city before the county, "（本级）" and "卫生健康委" for
"卫生健康委员会" are ways of writing one name. A bureau renamed by a reform is another name, unless a
name tells the former one: 县文化馆（原县群众艺术馆）. What is not sure stays apart, with the reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from gouji.messages import N_

Half = Literal["department", "unit"]
"""部门 (with its subordinate units) · 单位, 本级 among them"""

_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,12}?(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|省|市|州|盟|区|县|旗)"
    r"|[\u4e00-\u9fff]县"
)
_CENTRAL = re.compile(r"国家|中国|中华|全国|国务院|最高人民")
_SELF = re.compile(r"\((本级|机关|本部)\)$|(?:机关)?本级$")
_HALVES: dict[str, Half] = {"(部门)": "department", "(单位)": "unit", "(汇总)": "department"}
_FORMER = re.compile(r"\(原(?:名)?[::]?([^()]{4,40})\)")
_PARTY = re.compile(r"^(?:中国共产党|中共)")
_SHORT_COMMITTEE = re.compile(r"(?<![省市区县旗州盟])委$")
_GOVERNMENT_OF = re.compile(r"(?<=[区县市旗])人民政府(?=.{2,}(?:街道办事处|街道)$)")
_SHARED_DISTRICTS = frozenset(
    [
        "朝阳区",
        "城关区",
        "鼓楼区",
        "新城区",
        "西湖区",
        "青山区",
        "南山区",
        "宝山区",
        "普陀区",
        "长安区",
        "桥西区",
        "桥东区",
        "新华区",
        "铁西区",
        "铁东区",
        "海州区",
        "河东区",
        "江北区",
        "江南区",
        "西安区",
        "永定区",
        "和平区",
        "南沙区",
        "通州区",
        "白云区",
        "雨花区",
        "东山区",
        "城中区",
        "市中区",
        "郊区",
        "城区",
        "矿区",
        "向阳区",
        "东安区",
        "清河区",
        "龙华区",
        "双桥区",
        "河口区",
        "西乡区",
        "新区",
        "开发区",
        "高新区",
        "经济开发区",
        "高新技术产业开发区",
        "经济技术开发区",
        "风景区",
        "新市区",
        "北塔区",
        "裕华区",
    ]
)
"""Names that districts of several cities bear: without the city they name no one district."""

NO_PLACE = N_("“{name}”没有写明省、市、县，不能确定是哪一个单位")
SHARED_NAME = N_("“{name}”没有写明所在的市，同名的区不止一个")
SEVERAL = N_("“{name}”可能是{others}，不能确定")


@dataclass(frozen=True, slots=True)
class EntityName:
    """A unit's name, taken apart (单位名称)."""

    printed: str
    core: str
    """After normalisation, without 本级 and remarks."""
    tail: str
    """From the last place on: what a shorter way of writing keeps."""
    half: Half | None = None
    """What the name itself says; None where it does not."""
    former: tuple[str, ...] = ()
    """Former names it tells (原…), normalised."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who a name means (归一结果): the canonical name, or None and why."""

    unit: str | None
    why: str = ""
    """A message id of the catalogue, empty where the unit is known."""
    words: tuple[tuple[str, str], ...] = ()


def parse_name(printed: str) -> EntityName:
    """Take a printed name apart (拆解名称)."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", printed))
    former = tuple(_plain(name) for name in _FORMER.findall(text))
    text = _FORMER.sub("", text)
    half: Half | None = None
    for mark, known in _HALVES.items():
        if text.endswith(mark):
            text, half = text.removesuffix(mark), known
    if own := _SELF.search(text):
        text, half = text[: own.start()], "unit"
    core = _plain(text)
    return EntityName(printed, core, _tail(core), half, former)


def _plain(text: str) -> str:
    text = _GOVERNMENT_OF.sub("", _PARTY.sub("", text))
    return _SHORT_COMMITTEE.sub("委员会", text)


def _places(core: str) -> list[str]:
    """Return the chain of places a name begins with (省、市、县)."""
    found: list[str] = []
    at = 0
    while (place := _PLACE.match(core, at)) is not None and place.end() < len(core):
        found.append(place[0])
        at = place.end()
    return found


def _tail(core: str) -> str:
    places = _places(core)
    return core[sum(len(p) for p in places[:-1]) :]


def resolve(names: Iterable[str]) -> dict[str, Resolved]:
    """Return for each printed name the unit it means among the others (单位归一).

    A shorter name is a longer one's only where no second longer one would fit as well.
    """
    parsed = {name: parse_name(name) for name in dict.fromkeys(names)}
    cores = {entity.core for entity in parsed.values()}
    by_tail: defaultdict[str, set[str]] = defaultdict(set)
    for entity in parsed.values():
        by_tail[entity.tail].add(entity.core)
    renamed = _renamed(parsed.values(), cores)
    return {
        name: _resolved(entity, by_tail[entity.tail], renamed) for name, entity in parsed.items()
    }


def _renamed(entities: Iterable[EntityName], cores: set[str]) -> dict[str, str]:
    """Return former name → present name, where exactly one name claims it (原名)."""
    claims: defaultdict[str, set[str]] = defaultdict(set)
    for entity in entities:
        for former in entity.former:
            claims[former].add(entity.core)
            places = _places(entity.core)
            if not _places(former) and places:
                claims["".join(places) + former].add(entity.core)
    return {old: now.pop() for old, now in claims.items() if len(now) == 1 and old in cores}


def _resolved(entity: EntityName, alike: set[str], renamed: dict[str, str]) -> Resolved:
    core = renamed.get(entity.core, entity.core)
    if core != entity.core:
        return Resolved(core)
    places = _places(core)
    if not places and not _CENTRAL.match(core):
        return Resolved(None, NO_PLACE, (("name", entity.printed),))
    longer = sorted(other for other in alike if other != core and other.endswith(core))
    ends = [name for name in longer if not any(o != name and o.endswith(name) for o in longer)]
    if len(ends) > 1:
        return Resolved(None, SEVERAL, (("name", entity.printed), ("others", "、".join(ends))))
    if len(places) == 1 and places[0] in _SHARED_DISTRICTS:
        return Resolved(None, SHARED_NAME, (("name", entity.printed),))
    return Resolved(ends[0] if ends else core)


def half_of(name: str, level: Half | None) -> Half | None:
    """Return whether a document speaks for the department or a unit: its name first, then its cover."""
    return parse_name(name).half or level


def member_name(listed: str, department: str) -> str:
    """Return a listed unit's full name: the department's places before a name without any (所属单位)."""
    entity = parse_name(listed)
    if _places(entity.core):
        return entity.core
    return "".join(_places(parse_name(department).core)) + entity.core
