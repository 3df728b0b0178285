"""Tie-out of what only budgets print (预算公开表之间): splits, uses, further tables of appropriations.

What it checks
    The split of the summary by 人员经费, 公用经费 and 项目支出 against the expenditure table and the table
    of economic items; expenditure by use against the expenditure table; appropriations by function
    and by economic code against the summary and the general public budget; operating expenses of
    government bodies within the running costs of basic expenditure.

Why it matters
    A budget prints the same money up to six times. The tables come out of a system, but units
    replace single rows by hand and forget the others.

For example
    收支预算总表 人员经费 2,037.42 万元，基本支出预算表 人员经费合计 2,027.30 万元：同一笔钱两个数。

Not a violation
    Rounding between 元 and 万元; money of other sources than appropriations, which only the tables of
    all funds hold; operating expenses that a place counts with project money (江苏 2017 等另表列示的).
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.check.codes import classes_of, sound_codes
from gouji.check.entries import (
    Entry,
    add_up,
    agree,
    entry,
    row_name,
    stay_within,
    total_entry,
)
from gouji.check.needs import (
    AppropriationBasic,
    AppropriationExpenditure,
    AppropriationSummary,
    BasicExpenditure,
    Expenditure,
    GeneralPublicExpenditure,
    IncomeExpenditureSummary,
    OperatingExpenses,
    ThreePublic,
)
from gouji.check.rule import rule
from gouji.check.rules.footing_economic import PERSONNEL, RUNNING
from gouji.check.rules.footing_plans import BY_USE, SPLIT
from gouji.check.rules.tie_out import OUT, class_entry, coded
from gouji.model.relation import AnyRelation
from gouji.model.tables import AMOUNT, PLANNED, TOTAL_ROW, Table

STAFF, RUN, PROJECTS = SPLIT


def _spent(summary: Table, column: str) -> Entry:
    return entry(summary, "本年支出合计", column, OUT)


@rule(
    "TIE030",
    "plan-split",
    "收支预算总表分列的基本支出、项目支出应与支出预算表一致",
    basis="收支预算总表 人员经费＋公用经费＝支出预算表 基本支出；项目支出＝项目支出；合计与各类均成立",
)
def plan_split(
    summary: IncomeExpenditureSummary, expenditure: Expenditure
) -> Iterator[AnyRelation]:
    """State the split of the closing line and of each class against the expenditure table."""
    if not set(SPLIT) <= set(summary.columns):
        return
    basic, project = total_entry(expenditure, "基本支出"), total_entry(expenditure, "项目支出")
    yield from add_up("基本支出", basic, [_spent(summary, STAFF), _spent(summary, RUN)])
    yield from agree("项目支出", _spent(summary, PROJECTS), project)
    for code, row in classes_of(expenditure).items():
        split = [class_entry(summary, code, c) for c in SPLIT]
        staff, run, projects = split
        if staff is None or run is None or projects is None:
            continue
        name = row_name(row)
        yield from add_up(f"{name} 基本支出", coded(expenditure, row, "基本支出"), [staff, run])
        yield from agree(f"{name} 项目支出", projects, coded(expenditure, row, "项目支出"))


@rule(
    "TIE031",
    "plan-staff-and-running",
    "收支预算总表的人员经费、公用经费应与基本支出预算表一致",
    basis="资金全部来自一般公共预算时，收支预算总表 人员经费、公用经费总计＝基本支出预算表 人员经费、公用经费合计",
)
def plan_staff_and_running(
    summary: IncomeExpenditureSummary,
    general: GeneralPublicExpenditure,
    basic: BasicExpenditure,
) -> Iterator[AnyRelation]:
    """State personnel and running costs in both tables, where all money is general public."""
    every, public = _spent(summary, AMOUNT).figure, total_entry(general, "小计").figure
    if every is None or public is None or every.base != public.base:
        return
    for column, key in ((STAFF, PERSONNEL), (RUN, RUNNING)):
        if column in summary.columns and basic.row(key) is not None:
            name = column.rsplit("/", 1)[-1]
            yield from agree(name, _spent(summary, column), entry(basic, key, AMOUNT))


@rule(
    "TIE032",
    "plan-uses-agree",
    "收支预算总表按用途所列各项应与支出预算表一致",
    basis="收支预算总表 基本支出、项目支出、单位预留机动经费（支出用途）＝支出预算表 合计行同名栏",
)
def plan_uses_agree(
    summary: IncomeExpenditureSummary, expenditure: Expenditure
) -> Iterator[AnyRelation]:
    """State that each use has the same amount in the summary and the expenditure table."""
    for row in summary.rows:
        if row.side == BY_USE and row.key in expenditure.columns:
            here = entry(summary, row.key, AMOUNT, BY_USE)
            yield from agree(row.key, here, total_entry(expenditure, row.key))


@rule(
    "TIE033",
    "fiscal-expenditure-total",
    "财政拨款支出表的合计应与财政拨款收支总表的本年支出一致",
    basis="财政拨款支出预算表 合计行＝财政拨款收支预算总表 本年支出合计",
)
def fiscal_expenditure_total(
    appropriation: AppropriationSummary, fiscal: AppropriationExpenditure
) -> Iterator[AnyRelation]:
    """State that expenditure from appropriations agrees in both tables."""
    here = entry(appropriation, "本年支出合计", TOTAL_ROW, OUT)
    yield from agree("财政拨款支出", here, total_entry(fiscal, "小计"))


@rule(
    "TIE034",
    "general-within-fiscal",
    "一般公共预算支出表的各科目支出应不超过财政拨款支出表同一科目",
    basis="一般公共预算支出预算表 各科目 ≤ 财政拨款支出预算表 同一科目",
)
def general_within_fiscal(
    general: GeneralPublicExpenditure, fiscal: AppropriationExpenditure
) -> Iterator[AnyRelation]:
    """State for each code that general public money does not exceed all appropriations."""
    there = sound_codes(fiscal)
    for code, row in ((TOTAL_ROW, general.row(TOTAL_ROW)), *sound_codes(general).items()):
        if row is not None and (code == TOTAL_ROW or code in there):
            part = entry(general, code, "小计")
            yield from stay_within(row_name(row), [part], entry(fiscal, code, "小计"))


@rule(
    "TIE035",
    "public-basic-within-fiscal",
    "一般公共预算基本支出表的各项应不超过财政拨款基本支出表同一项",
    basis="一般公共预算基本支出预算表 各项 ≤ 财政拨款基本支出预算表 同一项",
)
def public_basic_within_fiscal(
    basic: BasicExpenditure, fiscal: AppropriationBasic
) -> Iterator[AnyRelation]:
    """State for each economic item that general public money does not exceed all appropriations."""
    there = sound_codes(fiscal)
    for code, row in ((TOTAL_ROW, basic.row(TOTAL_ROW)), *sound_codes(basic).items()):
        if row is not None and (code == TOTAL_ROW or code in there):
            part = entry(basic, code, AMOUNT)
            yield from stay_within(row_name(row), [part], entry(fiscal, code, AMOUNT))


@rule(
    "TIE036",
    "fiscal-basic-within-all",
    "财政拨款基本支出应不超过支出预算表的基本支出",
    basis="财政拨款基本支出预算表 合计 ≤ 支出预算表 合计行 基本支出",
)
def fiscal_basic_within_all(
    expenditure: Expenditure,
    fiscal: AppropriationBasic | None,
    basic: BasicExpenditure | None,
) -> Iterator[AnyRelation]:
    """State that basic expenditure from appropriations does not exceed that of all funds."""
    if "基本支出" not in expenditure.columns or expenditure.account != "budget":
        return
    for table in (fiscal, basic):
        if table is not None and table.row(TOTAL_ROW) is not None:
            part, whole = total_entry(table, AMOUNT), total_entry(expenditure, "基本支出")
            yield from stay_within("基本支出", [part], whole)


@rule(
    "TIE037",
    "operating-within-running",
    "“三公”经费表所列机关运行经费应不超过基本支出表的公用经费",
    basis="机关运行经费＝行政单位和参公事业单位一般公共预算基本支出中的日常公用经费",
    at_most="warning",
)
def operating_within_running(basic: BasicExpenditure, three: ThreePublic) -> Iterator[AnyRelation]:
    """State that operating expenses printed with the three public expenses are running costs."""
    if three.account == "budget" and basic.row(RUNNING) is not None:
        part = entry(three, "机关运行经费", PLANNED)
        if part.figure is not None:
            yield from stay_within("机关运行经费", [part], entry(basic, RUNNING, AMOUNT))


@rule(
    "TIE038",
    "public-items-within-operating",
    "基本支出的商品和服务支出各项应不超过机关运行经费表同一项",
    basis="机关运行经费支出预算表含项目支出中同类经费的，一般公共预算基本支出预算表 302 各项 ≤ 同表同项",
    at_most="note",
)
def public_items_within_operating(
    basic: BasicExpenditure, operating: OperatingExpenses
) -> Iterator[AnyRelation]:
    """State for shared items of 302 that basic expenditure is part of operating expenses."""
    there = sound_codes(operating)
    for code, row in sound_codes(basic).items():
        if code.startswith("302") and len(code) > 3 and code in there:  # noqa: PLR2004 (类)
            part = entry(basic, code, AMOUNT)
            yield from stay_within(row_name(row), [part], entry(operating, code, AMOUNT))
