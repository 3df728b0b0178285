"""The report speaks of the unit that publishes it (单位名称与层级应一致).

What it checks
    Level words (市、县、区), how the writer calls the own unit, unit names over tables and before the
    year, and the names of projects.

Why it matters
    Text taken from another unit, or from the level above, brings that unit's facts with it.

For example
    某区单位的名词解释写“指市级财政当年拨付的资金”：是从市级模板抄来的。

Not a violation
    Money that really comes from the city (市级财政补助); 我中心 where the department has such a unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from gouji.check.rule import rule
from gouji.model.finding import Severity
from gouji.model.outline import Outline
from gouji.model.relation import AnyRelation, Breach, Upheld
from gouji.model.wording import LevelWord, ProjectName, Publisher, UnitName, Wording

OWN = "决算由本部门公开，应写本部门的情况"
WARNING: Severity = "warning"
LEVELS = {"province": "省", "city": "市", "county": "县", "district": "区"}
_QUOTES = 6
_SHORTEST_PROJECT = 8
_PROJECTS = 300


@rule("ENT001", "own-level", "行政层级用语应与单位所属层级一致", basis=OWN, at_most=WARNING)
def own_level(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each paragraph whose level words are those of another level."""
    publisher = wording.publisher
    if publisher is None or publisher.level is None:
        return
    foreign = [w for w in wording.level_words if not _fits(w, publisher)]
    for block in dict.fromkeys(w.block for w in foreign):
        found = [w for w in foreign if w.block == block]
        yield Breach(
            subject="层级",
            told_in=found[0].place,
            grade="doubtful",
            message="{name}是{level}级单位，文中却写“{text}”",
            words={
                "name": publisher.name,
                "level": LEVELS[publisher.level],
                "text": "”“".join(dict.fromkeys(w.text for w in found)),
            },
            evidence=tuple([("text", w.place) for w in found[:_QUOTES]]),
        )
    if wording.level_words and not foreign:
        yield Upheld(subject="层级")


def _fits(word: LevelWord, publisher: Publisher) -> bool:
    """Tell whether a level word may be the publisher's own; a 市 may stand at county level."""
    if word.level == publisher.level:
        return True
    if publisher.level == "city":
        return word.definition and word.level == "county"
    return publisher.level == "province"


@rule("ENT002", "own-kind", "自称应与单位性质一致", basis=OWN, at_most=WARNING)
def own_kind(wording: Wording) -> Iterator[AnyRelation]:
    """State for each 我局, 我中心, … that it can be the publishing unit or one of its own."""
    publisher = wording.publisher
    if publisher is None or not publisher.calls_itself:
        return
    foreign = [w for w in wording.self_words if w.word not in publisher.calls_itself]
    for word in foreign:
        yield Breach(
            subject="自称",
            told_in=word.place,
            grade="doubtful",
            message="公开单位是{name}，文中却自称“{text}”",
            words={"name": publisher.name, "text": word.text},
            evidence=(("text", word.place),),
        )
    if wording.self_words and not foreign:
        yield Upheld(subject="自称")


@rule("ENT003", "unit-without-district", "单位名称不应写成上级单位", basis=OWN, at_most=WARNING)
def shortened_name(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach where the unit's name lacks its own district: another unit's name."""
    publisher = wording.publisher
    if publisher is None:
        return
    shorter = _without_division(publisher)
    for unit in wording.unit_names:
        if unit.name in shorter:
            yield _named(unit, publisher, "公开单位是{name}，此处却写{other}")


def _without_division(publisher: Publisher) -> set[str]:
    if len(publisher.divisions) < 2:  # noqa: PLR2004 (one to leave out, one to keep)
        return set()
    return {publisher.name.replace(publisher.divisions[-1], "", 1)}


@rule("ENT004", "name-variant", "单位名称应前后一致", basis=OWN, at_most="note")
def name_variant(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach where the unit's name differs by one character."""
    publisher = wording.publisher
    if publisher is None:
        return
    variants = [u for u in wording.unit_names if _one_apart(u.name, publisher.name)]
    if variants:
        yield _named(variants[0], publisher, "公开单位是{name}，此处写作{other}", variants)
    elif wording.unit_names:
        yield Upheld(subject="单位名称")


@rule("ENT005", "unit-over-table", "决算表所列单位应为公开单位", basis=OWN, at_most=WARNING)
def unit_over_table(wording: Wording, outline: Outline) -> Iterator[AnyRelation]:
    """State a breach where a table of the accounts names another unit than all the others."""
    publisher = wording.publisher
    last = outline.attachments_from
    tables = [
        u for u in wording.unit_names if u.role == "table" and (last is None or u.block < last)
    ]
    if publisher is None:
        return
    own = sum(u.name == publisher.name for u in tables)
    for unit in tables:
        # A report may hold the tables of a subordinate unit: then its name stands many times.
        others = sum(u.name == unit.name for u in tables)
        if others < own and not _is_known(unit.name, publisher):
            yield _named(unit, publisher, "公开单位是{name}，表头却是{other}")


def _is_known(name: str, publisher: Publisher) -> bool:
    """Tell whether a name is the publisher's, perhaps cut, or one that another rule speaks of."""
    if name in publisher.name or publisher.name in name or _one_apart(name, publisher.name):
        return True
    return name in _without_division(publisher)


def _named(
    unit: UnitName, publisher: Publisher, message: str, units: list[UnitName] | None = None
) -> Breach:
    places = [("text", u.place) for u in (units or [unit])[:_QUOTES]]
    if publisher.place is not None:
        places.insert(0, ("publisher", publisher.place))
    return Breach(
        subject="单位名称",
        told_in=unit.place,
        grade="doubtful",
        message=message,
        words={"name": publisher.name, "other": unit.name},
        evidence=tuple(places),
    )


def _one_apart(one: str, two: str) -> bool:
    """Tell whether two names differ in exactly one character, none of it a digit."""
    if len(one) != len(two) or one == two:
        return False
    apart = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    return len(apart) == 1 and not any(
        c.isdigit() or c in "一二三四五六七八九十东西南北上下" for c in apart[0]
    )


@rule("ENT006", "project-name", "项目名称应前后一致", basis=OWN, at_most="note")
def project_name(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for two names of projects that differ in one character."""
    names: dict[str, ProjectName] = {}
    sources: dict[str, set[str]] = {}
    for project in wording.projects:
        names.setdefault(project.name, project)
        sources.setdefault(project.name, set()).add(project.source)
    for one, two in combinations(list(names.values())[:_PROJECTS], 2):
        # Two names in one list are two projects.
        apart = sources[one.name].isdisjoint(sources[two.name])
        if apart and len(one.name) >= _SHORTEST_PROJECT and _one_apart(one.name, two.name):
            yield Breach(
                subject="项目名称",
                told_in=two.place,
                grade="doubtful",
                message="同一项目有两个名称：{one}，{two}",
                words={"one": one.name, "two": two.name},
                evidence=(("name", one.place), ("name", two.place)),
            )
