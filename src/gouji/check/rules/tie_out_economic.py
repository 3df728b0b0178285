"""Tie-out of basic expenditure and the three public expenses (基本支出表与一般公共预算支出表、“三公”经费表).

What it checks
    Basic expenditure is the same by function and by economic code. What basic expenditure paid for
    trips, receptions and vehicles is part of the three public expenses and cannot exceed them.
    Social insurance and housing fund are usually the same by function and by economic code.

Why it matters
    Part above whole here means money for the three public expenses that the public table leaves
    out: the gravest contradiction a final account can print.

For example
    基本支出表 30217 公务接待费 1.31 万元，“三公”经费表 公务接待费 0.30 万元：部分大于整体。

Not a violation
    Three public expenses above the economic table, because project expenditure pays for them too;
    function and economic code that differ by booking habit (a note at most); vehicles not paid
    from appropriations.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.check.entries import Entry, add_up, agree, entry, minus, stay_within, total_entry
from gouji.check.needs import (
    BasicExpenditure,
    GeneralPublicExpenditure,
    StateAssets,
    ThreePublic,
)
from gouji.check.rule import rule
from gouji.check.rules.footing_economic import PERSONNEL, RUNNING
from gouji.check.rules.footing_three_public import ABROAD, FINAL, PURCHASE, RECEPTION, VEHICLES
from gouji.check.rules.footing_three_public import RUNNING as VEHICLE_RUNNING
from gouji.model.relation import AnyRelation
from gouji.model.tables import AMOUNT, PLANNED, Table

PAID_FROM_BASIC = (
    ("30212", ABROAD),
    ("30217", RECEPTION),
    ("30231", VEHICLE_RUNNING),
    ("31013", PURCHASE),
)
"""(economic code, line of the three public expenses)."""
VEHICLE_CODES = ("30231", "31013")
"""Running and purchase of vehicles, held against both together where the table names only these."""
SAME_BY_HABIT = (
    ("30108", "2080505"),
    ("30109", "2080506"),
    ("30113", "2210201"),
)
"""(economic code, functional code): pension, occupational annuity, housing fund."""
MEDICAL, CIVIL_SERVANTS = "30110", "30111"
MEDICAL_FUNCTIONS = ("2101101", "2101102", "2101103")
"""Medical insurance of 行政单位, 事业单位, and the subsidy of civil servants, often booked in 30110."""


@rule(
    "TIE014",
    "basic-expenditure",
    "一般公共预算支出表的基本支出应等于人员经费与公用经费之和",
    basis="公开05表 合计行 栏2＝公开06表 人员经费合计＋公用经费合计",
)
def basic_expenditure(
    general: GeneralPublicExpenditure, basic: BasicExpenditure
) -> Iterator[AnyRelation]:
    """State that basic expenditure by function is personnel plus running costs."""
    if general.account == "budget" and basic.row(PERSONNEL) is None:
        return
    parts = [entry(basic, PERSONNEL, AMOUNT), entry(basic, RUNNING, AMOUNT)]
    yield from add_up("一般公共预算基本支出", total_entry(general, "基本支出"), parts)


@rule(
    "TIE015",
    "basic-within-three-public",
    "基本支出表中的出国、接待、公务用车支出应不超过“三公”经费表的相应决算数",
    basis="公开06表 30212、30217、30231、31013 ≤ 公开09表 同项决算数（后者还含项目支出）",
)
def basic_within_three_public(basic: BasicExpenditure, three: ThreePublic) -> Iterator[AnyRelation]:
    """State that what basic expenditure paid is within the three public expenses."""
    measure = PLANNED if three.account == "budget" else FINAL
    for code, item in PAID_FROM_BASIC:
        if basic.row(code) is not None and three.row(item) is not None:
            part = entry(basic, code, AMOUNT)
            yield from stay_within(item, [part], entry(three, item, measure))
    if any(three.row(item) is None for item in (PURCHASE, VEHICLE_RUNNING)):
        vehicles = [e for e in _printed(basic, VEHICLE_CODES, AMOUNT) if not e.nothing]
        if vehicles:
            yield from stay_within(VEHICLES, vehicles, entry(three, VEHICLES, measure))


@rule(
    "TIE016",
    "economic-by-function",
    "社会保险缴费和住房公积金按经济分类与按功能分类通常一致",
    basis="公开06表 30108、30109、30113、30110＋30111 与公开05表 2080505、2080506、2210201、2101101至03 的基本支出",
    at_most="note",
)
def economic_by_function(
    general: GeneralPublicExpenditure, basic: BasicExpenditure
) -> Iterator[AnyRelation]:
    """State that contributions are usually the same in both classifications."""
    for code, function in SAME_BY_HABIT:
        here, there = entry(basic, code, AMOUNT), entry(general, function, "基本支出")
        if not (here.nothing or there.nothing):
            yield from agree(here.name.split(" ", 1)[-1], here, there)
    medical = entry(basic, MEDICAL, AMOUNT)
    parts = _printed(general, MEDICAL_FUNCTIONS, "基本支出")
    if not (medical.nothing or all(p.nothing for p in parts)):
        parts += [minus(e) for e in _printed(basic, (CIVIL_SERVANTS,), AMOUNT) if not e.nothing]
        yield from add_up("职工基本医疗保险缴费", medical, parts)


@rule(
    "TIE017",
    "vehicles",
    "“三公”经费表的公务用车保有量应不超过国有资产占用表的车辆合计",
    basis="公开09表 公务用车保有量（财政拨款负担费用的）≤ 公开10表 车辆数合计",
    at_most="warning",
)
def vehicles_within_assets(three: ThreePublic, assets: StateAssets) -> Iterator[AnyRelation]:
    """State that vehicles paid from appropriations are among all vehicles."""
    kept = entry(three, "公务用车保有量", FINAL)
    for column in assets.columns:
        if kept.figure is not None:
            yield from stay_within("公务用车", [kept], entry(assets, "车辆合计", column))


def _printed(table: Table, keys: tuple[str, ...], column: str) -> list[Entry]:
    return [entry(table, key, column) for key in keys if table.row(key) is not None]
