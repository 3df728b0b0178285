"""A budget's tables that list economic items, the three public expenses and purchases (预算公开表)."""

from __future__ import annotations

from gouji.model.tables import declared as final
from gouji.model.tables.declared import AMOUNT
from gouji.model.tables.table import Column, TableModel

PLANNED, LAST_PLANNED = "年初预算数", "上年预算数"
"""Keys of what a budget's table of the three public expenses prints: its own, perhaps last year's."""
_OF_ITEMS = (
    Column(
        AMOUNT,
        ("合计", "小计", "预算数", "预算金额", "本年预算数", "机关运行经费支出", "基本支出"),
        required=True,
    ),
    Column("人员经费", ("人员支出",)),
    Column("公用经费", ("日常公用经费", "公用支出")),
)
BASIC_EXPENDITURE = TableModel(
    kind="basic_expenditure",
    name="一般公共预算基本支出部门预算经济分类预算表",
    number="预算08表",
    titles=(
        "一般公共预算基本支出预算表",
        "一般公共预算基本支出经济分类预算表",
        "一般公共预算基本支出表",
        "一般公共预算基本支出表(经济科目)",
        "一般公共预算基本支出情况表",
        "一般公共预算基本支出预算情况表",
        "一般公共预算财政拨款基本支出预算表",
        "一般公共预算财政拨款基本支出表",
        "一般公共预算财政拨款基本支出情况表",
    ),
    columns=_OF_ITEMS,
    rows=final.BASIC_EXPENDITURE.rows,
    shape="lanes",
    account="budget",
)
_SHORT = {
    "公务用车运行维护费": ("运行费",),
    "机关运行经费": ("机关运行经费预算数", "机关运行经费预算"),
}
"""Headings of budgets for lines final accounts word otherwise."""
THREE_PUBLIC = TableModel(
    kind="three_public",
    name="“三公”经费和机关运行经费预算表",
    number="预算09表",
    titles=(
        "“三公”经费预算表",
        "“三公”经费表",
        "“三公”经费支出表",
        "“三公”经费支出预算表",
        "“三公”经费支出情况表",
        "“三公”经费预算情况表",
        "“三公”经费支出预算情况表",
        "“三公”经费、会议费、培训费支出预算表",
        "“三公”经费、会议费、培训费支出表",
        "“三公”经费、会议费和培训费支出预算表",
        "“三公”经费、会议费和培训费支出表",
        *(
            f"{money}“三公”经费{tail}"
            for money in ("一般公共预算", "财政拨款", "一般公共预算财政拨款")
            for tail in (
                "预算表",
                "表",
                "支出表",
                "支出预算表",
                "支出情况表",
                "支出预算情况表",
                "预算情况表",
                "、会议费、培训费支出预算表",
                "、会议费、培训费支出表",
                "、会议费和培训费支出预算表",
                "、会议费和培训费支出表",
            )
        ),
    ),
    columns=(
        Column(PLANNED, ("预算数", "年初预算", "本年预算数", "预算")),
        Column(LAST_PLANNED, ("上年预算",)),
    ),
    rows=tuple(
        Column(row.key, (*row.aliases, *_SHORT.get(row.key, ()))) for row in final.THREE_PUBLIC.rows
    ),
    shape="three_public",
    account="budget",
)
"""The three public expenses of a budget: one measure, whether or not a heading names it."""

APPROPRIATION_BASIC = TableModel(
    kind="appropriation_basic",
    name="财政拨款基本支出预算表",
    number="",
    titles=(
        "财政拨款基本支出表",
        "财政拨款基本支出表(经济科目)",
        "财政拨款基本支出预算表(经济科目)",
    ),
    columns=_OF_ITEMS,
    rows=final.BASIC_EXPENDITURE.rows,
    shape="lanes",
    account="budget",
)
OPERATING_EXPENSES = TableModel(
    kind="operating_expenses",
    name="一般公共预算机关运行经费支出预算表",
    number="",
    titles=(
        "机关运行经费支出预算表",
        "机关运行经费支出表",
        "机关运行经费预算表",
        "一般公共预算机关运行经费支出表",
        "一般公共预算机关运行经费预算表",
    ),
    columns=_OF_ITEMS,
    rows=final.BASIC_EXPENDITURE.rows,
    shape="lanes",
    account="budget",
)
"""Operating expenses of government bodies by economic code; some places count project money in."""

PROCUREMENT = TableModel(
    kind="procurement",
    name="政府采购支出预算表",
    number="",
    titles=("政府采购预算表", "政府采购支出表", "政府采购预算支出表", "政府采购情况表"),
    columns=(Column(AMOUNT, ("总计", "合计", "采购金额", "预算数", "预算金额"), required=True),),
    rows=(
        Column("合计", ("总计",)),
        Column("货物", ("货物A", "货物类")),
        Column("工程", ("工程B", "工程类")),
        Column("服务", ("服务C", "服务类")),
    ),
    shape="procurement",
    account="budget",
)
