"""Families of layout and wording that follow the provincial variants (各省版式)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from blocks import Table

from synth import grids, grids_more, say_general, say_other, say_public, say_totals
from synth.books import Books
from synth.chance import Chance
from synth.look import Look, Sheets
from synth.teller import Teller

Say = Callable[[Books, Teller], list[str]]
Section = tuple[str, Sequence[tuple[str, Say]]]
"""Title, and its subsections (empty title for prose directly under it)."""
MakeTable = Callable[[Sheets, int], Table]


@dataclass(frozen=True, kw_only=True)
class Family:
    """One province's way to publish (一种版式)."""

    name: str
    tables: tuple[MakeTable, ...]
    sections: Callable[[Chance], list[Section]]
    tables_first: bool = True
    """Whether part two holds the tables; else they follow the prose as attachments."""
    prose_unit: Literal["元", "万元"] = "万元"
    table_unit: tuple[Literal["元", "万元"], ...] = ("万元", "元")
    look: Callable[[Look], Look] = lambda look: look
    evaluations: int = 0
    """How many self-evaluation tables may follow at the end (项目支出绩效自评表)."""
    figures: bool = False
    """Whether captions of charts stand between the paragraphs (图1)."""
    numbering: Literal["一、", "（一）"] = "一、"


def _plain(say: Say) -> tuple[tuple[str, Say], ...]:
    return (("", say),)


def _measure(name: str) -> dict[str, Say]:
    """Bind the sections that speak of a budget to 年初预算 or 全年预算."""
    return {
        "specific": lambda b, t: say_general.specifics(b, t, "initial"),
        "three": lambda b, t: say_public.three_overall(b, t, name, parts=False),
        "three_parts": lambda b, t: say_public.three_overall(b, t, name, parts=True),
        "three_details": lambda b, t: say_public.three_details(b, t, name),
    }


def _fund(books: Books, tell: Teller) -> list[str]:
    return say_public.funds(books, tell, "政府性基金预算")


def _capital(books: Books, tell: Teller) -> list[str]:
    return say_public.funds(books, tell, "国有资本经营预算")


def _general(chance: Chance, say: dict[str, Say]) -> list[tuple[str, Say]]:
    """Give the three subsections on the general public budget."""
    tail = chance.one(("情况", "情况。", "情况说明"))
    head = "一般公共预算财政拨款支出决算"
    return [
        (f"{head}总体{tail}", say_general.total_of),
        (f"{head}结构{tail}", say_general.structure),
        (f"{head}具体{tail}", say["specific"]),
    ]


def national(chance: Chance) -> list[Section]:
    """Order of most provinces (全国通用、湖北)."""
    say = _measure("annual")
    tail = chance.one(("情况说明", "情况"))
    three = [
        (f"“三公”经费财政拨款支出决算总体{tail}", say[chance.one(("three", "three_parts"))]),
        (f"“三公”经费财政拨款支出决算具体{tail}", say["three_details"]),
    ]
    return [
        (f"收入支出决算总体{tail}", _plain(say_totals.overall)),
        (f"收入决算{tail}", _plain(say_totals.income)),
        (f"支出决算{tail}", _plain(say_totals.spending)),
        (f"财政拨款收入支出决算总体{tail}", _plain(say_totals.fiscal)),
        (f"一般公共预算财政拨款支出决算{tail}", _general(chance, say)),
        (f"一般公共预算财政拨款基本支出决算{tail}", _plain(say_general.basic)),
        (f"政府性基金预算财政拨款收入支出决算{tail}", _plain(_fund)),
        (f"国有资本经营预算财政拨款支出决算{tail}", _plain(_capital)),
        (f"财政拨款“三公”经费支出决算{tail}", three),
        ("机关运行经费支出说明", _plain(say_other.operating)),
        ("政府采购支出说明", _plain(say_other.procurement)),
        ("国有资产占用情况说明", _plain(say_other.assets)),
        ("预算绩效情况说明", _plain(say_other.performance)),
    ]


def jiangxi(chance: Chance) -> list[Section]:
    """Jiangxi: nine sections, basic expenditure by economic group (江西)."""
    say = _measure("annual")
    items = [("", say["specific"])]
    three = [("", say["three"]), ("", say["three_details"])]
    _ = chance
    return [
        ("收入决算情况说明", [("", say_totals.overall), ("", say_totals.income)]),
        ("支出决算情况说明", _plain(say_totals.spending)),
        ("财政拨款支出决算情况说明", items),
        ("一般公共预算财政拨款基本支出决算情况说明", _plain(say_general.basic)),
        ("财政拨款“三公”经费支出决算情况说明", three),
        ("机关运行经费支出情况说明", _plain(say_other.operating)),
        ("政府采购支出情况说明", _plain(say_other.procurement)),
        ("国有资产占用情况说明", _plain(say_other.assets)),
        ("预算绩效情况说明", _plain(say_other.performance)),
    ]


def shanghai(chance: Chance) -> list[Section]:
    """Shanghai: 三公 seventh, its total against the budget (上海)."""
    say = _measure("annual")
    three = [
        ("“三公”经费财政拨款支出决算总体情况说明", say["three_parts"]),
        ("“三公”经费财政拨款支出决算具体情况说明", say["three_details"]),
    ]
    return [
        ("收入支出决算总体情况说明", _plain(say_totals.overall)),
        ("收入决算情况说明", _plain(say_totals.income)),
        ("支出决算情况说明", _plain(say_totals.spending)),
        ("财政拨款收入支出决算总体情况说明", _plain(say_totals.fiscal)),
        ("一般公共预算财政拨款支出决算情况说明", _general(chance, say)),
        ("一般公共预算财政拨款基本支出决算情况说明", _plain(say_general.basic)),
        ("财政拨款“三公”经费支出决算情况说明", three),
        ("政府性基金预算财政拨款收入支出决算情况说明", _plain(_fund)),
        ("国有资本经营预算财政拨款收入支出决算情况说明", _plain(_capital)),
        ("预算绩效情况", _plain(say_other.performance)),
        ("其他重要事项情况说明", [
            ("机关运行经费支出情况", say_other.operating),
            ("政府采购情况", say_other.procurement),
            ("国有资产占用情况", say_other.assets),
        ]),
    ]  # fmt: skip


def sichuan(chance: Chance) -> list[Section]:
    """Sichuan: annual budget as the base, 其他重要事项 as the tenth section (四川)."""
    say = _measure("annual") | {
        "specific": lambda b, t: say_general.specifics(b, t, "annual"),
    }
    three = [
        ("“三公”经费财政拨款支出决算总体情况说明", say["three"]),
        ("“三公”经费财政拨款支出决算具体情况说明", say["three_details"]),
    ]
    return [
        ("收入支出决算总体情况说明", _plain(say_totals.overall)),
        ("收入决算情况说明", _plain(say_totals.income)),
        ("支出决算情况说明", _plain(say_totals.spending)),
        ("财政拨款收入支出决算总体情况说明", _plain(say_totals.fiscal)),
        ("一般公共预算财政拨款支出决算情况说明", _general(chance, say)),
        ("一般公共预算财政拨款基本支出决算情况说明", _plain(say_general.basic)),
        ("“三公”经费财政拨款支出决算情况说明", three),
        ("政府性基金预算支出决算情况说明", _plain(_fund)),
        ("国有资本经营预算支出决算情况说明", _plain(_capital)),
        ("其他重要事项的情况说明", [
            ("机关运行经费支出情况", say_other.operating),
            ("政府采购支出情况", say_other.procurement),
            ("国有资产占有使用情况", say_other.assets),
            ("预算绩效管理情况", say_other.performance),
        ]),
    ]  # fmt: skip


def hunan(chance: Chance) -> list[Section]:
    """Hunan and Guangdong: prose first, tables as attachments, 三公 seventh (湖南、广东)."""
    say = _measure("initial")
    three = [
        ("“三公”经费财政拨款支出决算总体情况说明", say["three"]),
        ("“三公”经费财政拨款支出决算具体情况说明", say["three_details"]),
    ]
    return [
        ("收入支出决算总体情况说明", _plain(say_totals.overall)),
        ("收入决算情况说明", _plain(say_totals.income)),
        ("支出决算情况说明", _plain(say_totals.spending)),
        ("财政拨款收入支出决算总体情况说明", _plain(say_totals.fiscal)),
        ("一般公共预算财政拨款支出决算情况说明", _general(chance, say)),
        ("一般公共预算财政拨款基本支出决算情况说明", _plain(say_general.basic)),
        ("财政拨款三公经费支出决算情况说明", three),
        ("政府性基金预算收入支出决算情况", _plain(_fund)),
        ("国有资本经营预算财政拨款支出情况", _plain(_capital)),
        ("关于机关运行经费支出说明", _plain(say_other.operating)),
        ("关于政府采购支出说明", _plain(say_other.procurement)),
        ("关于国有资产占用情况说明", _plain(say_other.assets)),
        ("关于预算绩效情况的说明", _plain(say_other.performance)),
    ]


def yunnan(chance: Chance) -> list[Section]:
    """Yunnan: prose in 元, four sections before 其他重要事项 (云南)."""
    say = _measure("initial")
    _ = chance
    three = [
        ("“三公”经费财政拨款支出决算总体情况", say["three_parts"]),
        ("“三公”经费财政拨款支出决算具体情况", say["three_details"]),
    ]
    return [
        ("收入决算情况说明", _plain(say_totals.income)),
        ("支出决算情况说明", _plain(say_totals.spending)),
        ("一般公共预算财政拨款支出决算情况说明", [
            ("一般公共预算财政拨款支出决算总体情况", say_general.total_of),
            ("一般公共预算财政拨款支出决算具体使用情况",
             lambda b, t: say_general.structure(b, t, uses=True)),
            ("一般公共预算财政拨款基本支出情况", say_general.basic),
        ]),
        ("财政拨款“三公”经费支出决算情况说明", three),
        ("其他重要事项及相关口径情况说明", [
            ("机关运行经费支出情况", say_other.operating),
            ("国有资产占用情况", say_other.assets),
            ("政府采购支出情况", say_other.procurement),
            ("部门绩效自评情况", say_other.performance),
        ]),
    ]  # fmt: skip


def shaanxi(chance: Chance) -> list[Section]:
    """Shaanxi: 三公 with meeting and training expenses (陕西)."""
    say = _measure("annual")
    three = [
        ("“三公”经费财政拨款支出总体情况说明", say["three"]),
        ("“三公”经费财政拨款支出具体情况说明", say["three_details"]),
        ("会议费和培训费支出情况说明", say_public.meetings),
    ]
    return [
        ("收入支出决算总体情况说明", _plain(say_totals.overall)),
        ("收入决算情况说明", _plain(say_totals.income)),
        ("支出决算情况说明", _plain(say_totals.spending)),
        ("财政拨款收入支出决算总体情况说明", _plain(say_totals.fiscal)),
        ("一般公共预算财政拨款支出决算情况说明", _general(chance, say)),
        ("一般公共预算财政拨款基本支出决算情况说明", _plain(say_general.basic)),
        ("财政拨款“三公”经费及会议费、培训费支出决算情况说明", three),
        ("政府性基金预算财政拨款收入支出情况说明", _plain(_fund)),
        ("国有资本经营预算财政拨款支出情况说明", _plain(_capital)),
        ("机关运行经费支出情况说明", _plain(say_other.operating)),
        ("政府采购支出情况说明", _plain(say_other.procurement)),
        ("国有资产占用及购置情况说明", _plain(say_other.assets)),
        ("预算绩效情况说明", _plain(say_other.performance)),
    ]


def chongqing(chance: Chance) -> list[Section]:
    """Chongqing and Anhui: prose with class by class comparison (重庆、安徽)."""
    say = _measure("initial")
    _ = chance
    return [
        ("收入支出决算总体情况说明", [
            ("", say_totals.overall), ("", say_totals.income), ("", say_totals.spending),
        ]),
        ("财政拨款收入支出决算总体情况说明", _plain(say_totals.fiscal)),
        ("一般公共预算财政拨款收入支出决算情况说明", [
            ("", say_general.total_of), ("", say_general.against_prior),
        ]),
        ("一般公共预算财政拨款基本支出决算情况说明", _plain(say_general.basic)),
        ("政府性基金预算收支决算情况说明", _plain(_fund)),
        ("国有资本经营预算财政拨款支出决算情况说明", _plain(_capital)),
        ("“三公”经费情况说明", [
            ("“三公”经费支出总体情况说明", say["three_parts"]),
            ("“三公”经费分项支出情况", say["three_details"]),
            ("“三公”经费实物量情况", say_public.averages),
        ]),
        ("其他需要说明的事项", [
            ("财政拨款会议费和培训费情况说明", say_public.meetings),
            ("机关运行经费情况说明", say_other.operating),
            ("国有资产占用情况说明", say_other.assets),
            ("政府采购支出情况说明", say_other.procurement),
        ]),
        ("预算绩效管理情况说明", _plain(say_other.performance)),
    ]  # fmt: skip


_NINE: tuple[MakeTable, ...] = (
    grids.summary, grids.income, grids.spending, grids.fiscal, grids.general, grids_more.basic,
    grids_more.fund, grids_more.capital, grids_more.three_public,
)  # fmt: skip


def _as_shanghai(look: Look) -> Look:
    return replace(look, numbered=False, total_last=True, column_numbers=False, spare_row=False)


def _two_lanes(sheets: Sheets, number: int) -> Table:
    return grids_more.basic(sheets, number, lanes=(("301", "303"), ("302", "310")))


def _fiscal_details(sheets: Sheets, number: int) -> Table:
    return grids_more.details(sheets, number, fiscal=True)


def _general_details(sheets: Sheets, number: int) -> Table:
    return grids_more.details(sheets, number, fiscal=False)


def _capital_flow(sheets: Sheets, number: int) -> Table:
    return grids_more.fund(sheets, number, capital=True)


def _three_initial(sheets: Sheets, number: int) -> Table:
    return grids_more.three_public(sheets, number, measure="initial")


def _three_extra(sheets: Sheets, number: int) -> Table:
    return grids_more.three_public(sheets, number, extras=True)


FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        Family(name="national", tables=_NINE, sections=national, figures=True, evaluations=1),
        Family(
            name="jiangxi",
            tables=(*_NINE[:8], grids_more.three_down, grids_more.assets),
            sections=jiangxi,
            evaluations=3,
            table_unit=("万元",),
        ),
        Family(
            name="shanghai",
            tables=(
                *_NINE[:5],
                _two_lanes,
                grids_more.three_interleaved,
                grids_more.fund,
                _capital_flow,
            ),
            sections=shanghai,
            table_unit=("万元",),
            look=_as_shanghai,
        ),
        Family(
            name="sichuan",
            tables=(
                *_NINE[:4],
                _fiscal_details,
                grids.general,
                _general_details,
                grids_more.basic,
                grids_more.projects,
                grids_more.fund,
                _capital_flow,
                grids_more.capital,
                grids_more.three_public,
            ),
            sections=sichuan,
            tables_first=False,
            figures=True,
        ),
        Family(
            name="hunan",
            tables=(
                *_NINE[:6],
                _three_initial,
                grids_more.fund,
                grids_more.capital,
            ),
            sections=hunan,
            evaluations=1,
            tables_first=False,
        ),
        Family(
            name="yunnan",
            tables=(
                *_NINE[:4],
                grids.general_carried,
                grids_more.basic,
                grids_more.projects,
                grids_more.fund,
                grids_more.capital,
                grids_more.operating,
                _three_initial,
            ),
            sections=yunnan,
            evaluations=2,
            prose_unit="元",
            table_unit=("元",),
        ),
        Family(
            name="shaanxi",
            tables=(*_NINE[:5], grids_more.basic_list, *_NINE[6:8], _three_extra),
            sections=shaanxi,
        ),
        Family(
            name="chongqing",
            tables=(*_NINE[:8], _three_initial),
            sections=chongqing,
            tables_first=False,
            numbering="（一）",
        ),
    )
}
"""Every family by name; a seed takes the one its number falls on unless told otherwise."""
