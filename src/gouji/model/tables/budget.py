"""The tables of a published budget, one declaration each (预算公开表): words and places, no code.

A budget's tables parallel those of the final accounts: the same classes, the same sides, the same
economic items. They share the kind, and so the rows, columns and rules; what differs is the wording,
and that many forms print one closing line a side (收入总计) where final accounts print two.
"""

from __future__ import annotations

from gouji.model.outline import TableKind
from gouji.model.tables.budget_items import (
    APPROPRIATION_BASIC,
    BASIC_EXPENDITURE,
    OPERATING_EXPENSES,
    PROCUREMENT,
    THREE_PUBLIC,
)
from gouji.model.tables.classes import FUNCTIONAL_CLASSES
from gouji.model.tables.declared import AMOUNT, MODELS
from gouji.model.tables.table import Account, Column, TableModel

RESERVE = "单位预留机动经费"
EXECUTED, CHANGE = "上年执行数", "增减额"
"""Columns of the national form: what last year spent by the time of drafting, and the change since."""
CARRIED_ON = "结转下年资金"
FISCAL = "财政拨款收入"
SPECIAL_ACCOUNT, OWN_MONEY = "财政专户管理资金", "单位资金"

_CLASS_ROWS = tuple(Column(names[0], names[1:]) for names in FUNCTIONAL_CLASSES.values())
_SPENT = (
    Column("基本支出", ("本年支出/基本支出", "基本支出/小计", "基本支出/合计")),
    Column("项目支出", ("本年支出/项目支出", "项目支出/小计", "项目支出/合计")),
)
_BASIC_SPLIT = (
    Column("基本支出/人员经费", ("人员经费", "基本支出/人员支出")),
    Column("基本支出/公用经费", ("公用经费", "日常公用经费", "基本支出/日常公用支出")),
)
_BUDGETS = (
    Column("一般公共预算财政拨款", ("一般公共预算", "一般公共预算拨款")),
    Column("政府性基金预算财政拨款", ("政府性基金预算", "政府性基金", "政府性基金预算拨款")),
    Column(
        "国有资本经营预算财政拨款",
        ("国有资本经营预算", "国有资本经营财政拨款", "国有资本经营预算拨款"),
    ),
)
_INCOME_OF_BUDGETS = (
    Column(
        "一般公共预算财政拨款收入",
        (
            "一般公共预算财政拨款",
            "一般公共预算资金",
            "一般公共预算",
            "一般公共预算拨款",
            "一般公共预算拨款收入",
            "一般公共预算收入",
        ),
    ),
    Column(
        "政府性基金预算财政拨款收入",
        (
            "政府性基金预算财政拨款",
            "政府性基金",
            "政府性基金预算",
            "政府性基金预算拨款",
            "政府性基金预算拨款收入",
            "政府性基金收入",
        ),
    ),
    Column(
        "国有资本经营预算财政拨款收入",
        (
            "国有资本经营预算财政拨款",
            "国有资本经营预算",
            "国有资本经营预算资金",
            "国有资本经营预算拨款",
            "国有资本经营预算拨款收入",
            "国有资本经营预算收入",
        ),
    ),
)
_OTHER_INCOME = (
    Column(SPECIAL_ACCOUNT, ("财政专户管理资金收入", "财政专户管理资金预算", "财政专户资金")),
    Column("上级补助收入"),
    Column("事业收入", ("事业收入/小计", "事业收入/金额", "事业单位事业收入")),
    Column("经营收入", ("事业单位经营收入",)),
    Column("附属单位上缴收入", ("附属单位缴款", "附属单位上缴款")),
    Column("其他收入", ("其他资金",)),
)

INCOME_EXPENDITURE_SUMMARY = TableModel(
    kind="income_expenditure_summary",
    name="收支预算总表",
    number="预算01表",
    titles=(
        "财务收支预算总表",
        "收支总表",
        "收支预算表",
        "收支总体情况表",
        "收支预算总体情况表",
        "收支总体预算表",
        "收入支出预算总表",
        "收入支出总表",
    ),
    columns=(
        Column(AMOUNT, ("预算数", "预算金额", "合计", "本年预算数", "预算")),
        *_BASIC_SPLIT,
        Column("项目支出"),
    ),
    rows=(
        Column(FISCAL, ("财政拨款", "财政拨款资金", "财政拨款预算收入")),
        *_INCOME_OF_BUDGETS,
        *_OTHER_INCOME,
        Column(OWN_MONEY, ("单位资金收入",)),
        Column("本年收入合计", ("当年收入小计", "本年收入小计", "当年收入合计")),
        Column("使用非财政拨款结余", ("使用非财政拨款结余(含专用结余)", "用事业基金弥补收支差额")),
        Column(
            "年初结转和结余",
            ("上年结转", "上年结转资金", "上年结转结余", "上年结转和结余", "上年结转和结余资金"),
        ),
        *_CLASS_ROWS,
        Column("本年支出合计", ("当年支出小计", "本年支出小计", "当年支出合计")),
        Column(
            "年末结转和结余",
            ("结转下年", CARRIED_ON, "结转下年支出", "年终结转结余", "年终结转和结余", "年末结转"),
        ),
        Column("总计", ("收入总计", "支出总计", "收入合计", "支出合计")),
    ),
    shape="blocks",
    account="budget",
)
"""Income and expenditure, all funds (收支预算总表). 财政拨款收入 may stand over its three budgets; the
expenditure side may split each class by 人员经费, 公用经费 and 项目支出."""

INCOME = TableModel(
    kind="income",
    name="收入预算总表",
    number="预算02表",
    titles=(
        "收入预算表",
        "收入总表",
        "收入总体情况表",
        "收入预算总体情况表",
        "收入总体预算表",
    ),
    columns=(
        Column("本年收入合计", ("合计", "收入合计", "收入总计", "总计"), required=True),
        Column(FISCAL, ("财政拨款", "财政拨款收入/小计")),
        *_INCOME_OF_BUDGETS,
        *_OTHER_INCOME,
        Column(OWN_MONEY, ("单位资金/小计", "单位资金收入")),
        Column("教育收费", ("事业收入/教育收费", "其中:教育收费", "事业收入/其中:教育收费")),
        Column("使用非财政拨款结余"),
        Column("本年收入/小计"),
        Column(
            "年初结转和结余",
            (
                "上年结转",
                "上年结转结余",
                "上年结转和结余",
                "上年结转和结余资金",
                "上年结转结余/小计",
                "上年结转和结余/小计",
                "上年结转/小计",
            ),
        ),
    ),
    account="budget",
)
EXPENDITURE = TableModel(
    kind="expenditure",
    name="支出预算总表",
    number="预算03表",
    titles=(
        "支出预算表",
        "支出总表",
        "支出总体情况表",
        "支出预算总体情况表",
        "支出总体预算表",
    ),
    columns=(
        Column("本年支出合计", ("合计", "支出合计", "支出总计", "总计"), required=True),
        *_SPENT,
        *_BASIC_SPLIT,
        Column("上缴上级支出"),
        Column("经营支出", ("事业单位经营支出",)),
        Column("对附属单位补助支出", ("对附属单位补助",)),
        Column(RESERVE, ("预留机动经费",)),
        Column(CARRIED_ON, ("结转下年", "年末结转和结余")),
    ),
    account="budget",
)
APPROPRIATION_SUMMARY = TableModel(
    kind="appropriation_summary",
    name="财政拨款收支预算总表",
    number="预算04表",
    titles=(
        "财政拨款收支总表",
        "财政拨款收支预算表",
        "财政拨款收支总体情况表",
        "财政拨款收支预算总体情况表",
        "财政拨款收入支出预算总表",
    ),
    columns=(Column(AMOUNT, ("预算数", "预算金额")), Column("合计", ("小计",)), *_BUDGETS),
    rows=(
        Column("一般公共预算财政拨款", _INCOME_OF_BUDGETS[0].aliases),
        Column("政府性基金预算财政拨款", _INCOME_OF_BUDGETS[1].aliases),
        Column("国有资本经营预算财政拨款", _INCOME_OF_BUDGETS[2].aliases),
        Column("本年收入合计", ("当年收入小计", "本年收入小计")),
        Column(
            "年初财政拨款结转和结余",
            ("上年结转", "上年结转资金", "上年结转结余", "上年结转和结余", "上年财政拨款结转"),
        ),
        *_CLASS_ROWS,
        Column("本年支出合计", ("当年支出小计", "本年支出小计")),
        Column(
            "年末财政拨款结转和结余",
            ("结转下年", CARRIED_ON, "年终结转结余", "年终结转和结余", "年末结转和结余"),
        ),
        Column("总计", ("收入总计", "支出总计", "收入合计", "支出合计")),
    ),
    shape="blocks",
    account="budget",
)
_OF_CODES = (
    Column(
        "小计",
        (
            "合计",
            "金额",
            "预算数",
            "本年预算数",
            "本年支出/小计",
            "本年支出/合计",
            "本年支出合计",
            "本年支出",
            "支出合计",
        ),
        required=True,
    ),
    *_SPENT,
    *_BASIC_SPLIT,
    Column(EXECUTED, ("上年执行数/小计", "上年执行数/合计")),
    Column(CHANGE, ("增减数", "增加额")),
)
GENERAL_PUBLIC_EXPENDITURE = TableModel(
    kind="general_public_expenditure",
    name="一般公共预算支出功能分类预算表",
    number="预算05表",
    titles=(
        "一般公共预算支出预算表",
        "一般公共预算支出预算总表",
        "一般公共预算支出表",
        "一般公共预算支出表(功能科目)",
        "一般公共预算支出情况表",
        "一般公共预算支出预算情况表",
        "一般公共预算财政拨款支出预算表",
        "一般公共预算财政拨款支出表",
        "一般公共预算财政拨款支出情况表",
    ),
    columns=_OF_CODES,
    account="budget",
)
GOVERNMENT_FUND = TableModel(
    kind="government_fund",
    name="政府性基金预算支出功能分类预算表",
    number="预算06表",
    titles=(
        "政府性基金支出预算表",
        "政府性基金预算支出预算表",
        "政府性基金预算支出表",
        "政府性基金预算支出预算情况表",
        "政府性基金预算支出情况表",
        "政府性基金支出表",
        "政府性基金预算财政拨款支出预算表",
        "政府性基金预算财政拨款支出表",
    ),
    columns=(
        Column(
            "本年支出/小计", ("合计", "金额", "预算数", "小计", "本年支出/合计", "本年支出合计")
        ),
        Column("本年支出/基本支出", ("基本支出", "基本支出/小计")),
        Column("本年支出/项目支出", ("项目支出", "项目支出/小计")),
        Column("基本支出/人员经费", ("人员经费",)),
        Column("基本支出/公用经费", ("公用经费", "日常公用经费")),
    ),
    account="budget",
)
STATE_CAPITAL = TableModel(
    kind="state_capital",
    name="国有资本经营预算支出功能分类预算表",
    number="预算07表",
    titles=(
        "国有资本经营预算支出预算表",
        "国有资本经营预算支出表",
        "国有资本经营预算支出预算情况表",
        "国有资本经营预算支出情况表",
        "国有资本经营预算财政拨款支出预算表",
        "国有资本经营预算财政拨款支出表",
    ),
    columns=(
        Column("合计", ("小计", "金额", "预算数", "本年支出/合计", "本年支出合计"), required=True),
        *_SPENT,
    ),
    account="budget",
)
APPROPRIATION_EXPENDITURE = TableModel(
    kind="appropriation_expenditure",
    name="财政拨款支出预算表",
    number="",
    titles=(
        "财政拨款支出表",
        "财政拨款支出表(功能科目)",
        "财政拨款支出预算表(功能科目)",
        "财政拨款支出功能分类预算表",
    ),
    columns=_OF_CODES,
    account="budget",
)
"""Appropriations of all three budgets by functional code (江苏等地另列)."""

BUDGET_MODELS: tuple[TableModel, ...] = (
    INCOME_EXPENDITURE_SUMMARY,
    INCOME,
    EXPENDITURE,
    APPROPRIATION_SUMMARY,
    GENERAL_PUBLIC_EXPENDITURE,
    GOVERNMENT_FUND,
    STATE_CAPITAL,
    BASIC_EXPENDITURE,
    THREE_PUBLIC,
    APPROPRIATION_EXPENDITURE,
    APPROPRIATION_BASIC,
    OPERATING_EXPENSES,
    PROCUREMENT,
)
"""Every table of a budget gouji has a model of, in the usual order."""

_MODELS: dict[tuple[str, Account], TableModel] = {
    (model.kind, model.account): model for model in (*MODELS, *BUDGET_MODELS)
}


def model_of(kind: TableKind, account: Account = "final") -> TableModel | None:
    """Return the declaration of a table as final accounts or a budget print it; None without one."""
    return _MODELS.get((kind, account))
