"""The published tables, one declaration each (公开表): words and places, no code.

A column alias may name its parent heading ("本年支出/小计"); without one it must be unambiguous.
Where a form prints its columns in the usual order but the headings are lost, the order of `columns`
up to `usual` is the form's.
"""

from __future__ import annotations

from gouji.model.tables.classes import FUNCTIONAL_CLASSES
from gouji.model.tables.table import Column, TableModel

TOTAL_ROW = "合计"
"""Key of the total row of a table of codes."""
AMOUNT = "金额"
"""Key of the only amount column of tables 01, 04 (income side) and 06."""

_CLASS_ROWS = tuple(Column(names[0], names[1:]) for names in FUNCTIONAL_CLASSES.values())
_BUDGETS = (
    Column("一般公共预算财政拨款", ("一般公共预算",)),
    Column("政府性基金预算财政拨款", ("政府性基金预算", "政府性基金")),
    Column("国有资本经营预算财政拨款", ("国有资本经营预算", "国有资本经营财政拨款")),
)
_SPENT = (
    Column("基本支出", ("本年支出/基本支出", "基本支出/小计", "基本支出/合计")),
    Column("项目支出", ("本年支出/项目支出", "项目支出/小计", "项目支出/合计")),
)
_OPENING = Column(
    "年初结转和结余", ("年初结转和结余/合计", "年初结转和结余/小计", "上年结转和结余", "年初结转")
)
_RECEIVED = Column(
    "本年收入", ("本年收入/合计", "本年收入/小计", "本年财政拨款收入", "本年收入合计")
)
_CLOSING = Column("年末结转和结余", ("年末结转和结余/合计", "年末结转和结余/小计", "年末结转"))

INCOME_EXPENDITURE_SUMMARY = TableModel(
    kind="income_expenditure_summary",
    name="收入支出决算总表",
    number="公开01表",
    titles=(
        "收入支出决算表",
        "收入支出总体情况表",
        "收支决算总表",
        "收入支出总表",
        "收入支出决算总体情况表",
    ),
    columns=(Column(AMOUNT, ("决算数", "本年决算数", "决算金额")),),
    rows=(
        Column("一般公共预算财政拨款收入", ("一般公共预算财政拨款",)),
        Column("政府性基金预算财政拨款收入", ("政府性基金预算财政拨款",)),
        Column("国有资本经营预算财政拨款收入", ("国有资本经营预算财政拨款",)),
        Column("上级补助收入"),
        Column("事业收入"),
        Column("经营收入"),
        Column("附属单位上缴收入", ("附属单位缴款",)),
        Column("其他收入"),
        Column("本年收入合计"),
        Column("使用非财政拨款结余", ("使用非财政拨款结余(含专用结余)", "用事业基金弥补收支差额")),
        Column("年初结转和结余"),
        *_CLASS_ROWS,
        Column("本年支出合计"),
        Column("结余分配"),
        Column("年末结转和结余"),
        Column("总计", ("收入总计", "支出总计")),
    ),
    shape="blocks",
)
"""Income and expenditure, all funds (收入支出决算总表). Rows are keyed by item, `side` 收入 or 支出."""

INCOME = TableModel(
    kind="income",
    name="收入决算表",
    number="公开02表",
    titles=("收入总体情况表", "收入决算总表"),
    columns=(
        Column("本年收入合计", ("合计", "收入合计"), required=True),
        Column("财政拨款收入", ("财政拨款",)),
        Column("上级补助收入"),
        Column("事业收入", ("事业收入/小计",)),
        Column("经营收入", ("事业单位经营收入",)),
        Column("附属单位上缴收入", ("附属单位缴款", "附属单位上缴款")),
        Column("其他收入"),
        Column("教育收费", ("事业收入/教育收费", "其中:教育收费")),
    ),
    usual=7,
)
EXPENDITURE = TableModel(
    kind="expenditure",
    name="支出决算表",
    number="公开03表",
    titles=("支出总体情况表", "支出决算总表"),
    columns=(
        Column("本年支出合计", ("合计", "支出合计"), required=True),
        *_SPENT,
        Column("上缴上级支出"),
        Column("经营支出", ("事业单位经营支出",)),
        Column("对附属单位补助支出", ("对附属单位补助",)),
    ),
    usual=6,
)
APPROPRIATION_SUMMARY = TableModel(
    kind="appropriation_summary",
    name="财政拨款收入支出决算总表",
    number="公开04表",
    titles=(
        "财政拨款收入支出决算表",
        "财政拨款收支决算总表",
        "财政拨款收入支出总体情况表",
        "财政拨款收入支出总表",
        "财政拨款收入支出决算总体情况表",
    ),
    columns=(
        Column(AMOUNT, ("决算数", "本年决算数")),
        Column("合计", ("小计", "决算数/合计", "决算数/小计")),
        *_BUDGETS,
    ),
    rows=(
        Column("一般公共预算财政拨款", ("一般公共预算财政拨款收入",)),
        Column("政府性基金预算财政拨款", ("政府性基金预算财政拨款收入",)),
        Column("国有资本经营预算财政拨款", ("国有资本经营预算财政拨款收入",)),
        Column("本年收入合计"),
        Column("年初财政拨款结转和结余", ("年初结转和结余", "上年财政拨款结转和结余")),
        *_CLASS_ROWS,
        Column("本年支出合计"),
        Column("年末财政拨款结转和结余", ("年末结转和结余",)),
        Column("总计", ("收入总计", "支出总计")),
    ),
    shape="blocks",
)
"""Fiscal appropriations (财政拨款收入支出决算总表). The parts of the opening balance are keyed
"年初/" + the budget's name; the income side has one column, the expenditure side four."""

GENERAL_PUBLIC_EXPENDITURE = TableModel(
    kind="general_public_expenditure",
    name="一般公共预算财政拨款支出决算表",
    number="公开05表",
    titles=(
        "一般公共预算财政拨款收入支出决算表",
        "一般公共预算支出决算表",
        "一般公共预算财政拨款支出情况表",
        "一般公共预算财政拨款支出决算总表",
    ),
    columns=(
        Column(
            "小计",
            ("本年支出/小计", "本年支出/合计", "合计", "本年支出合计", "本年支出"),
            required=True,
        ),
        *_SPENT,
        Column("基本支出/人员经费", ("人员经费", "基本支出/人员支出")),
        Column("基本支出/公用经费", ("公用经费", "日常公用经费", "基本支出/日常公用支出")),
        _OPENING,
        Column("年初结转和结余/基本支出结转", ("年初结转和结余/基本支出",)),
        Column("年初结转和结余/项目支出结转和结余", ("年初结转和结余/项目支出",)),
        _RECEIVED,
        Column("本年收入/基本支出"),
        Column("本年收入/项目支出"),
        _CLOSING,
        Column("年末结转和结余/基本支出结转", ("年末结转和结余/基本支出",)),
        Column(
            "年末结转和结余/项目支出结转和结余",
            ("项目支出结转和结余/小计", "年末结转和结余/项目支出"),
        ),
        Column("年末结转和结余/项目支出结转", ("项目支出结转和结余/项目支出结转",)),
        Column("年末结转和结余/项目支出结余", ("项目支出结转和结余/项目支出结余",)),
    ),
    usual=3,
)
BASIC_EXPENDITURE = TableModel(
    kind="basic_expenditure",
    name="一般公共预算财政拨款基本支出决算表",
    number="公开06表",
    titles=(
        "一般公共预算财政拨款基本支出决算明细表",
        "一般公共预算基本支出决算表",
        "一般公共预算基本支出决算明细表",
        "一般公共预算财政拨款基本支出情况表",
        "一般公共预算财政拨款基本支出决算情况表",
    ),
    columns=(
        Column(AMOUNT, ("决算数", "合计", "小计", "决算金额", "本年支出合计"), required=True),
        Column("人员经费", ("人员支出",)),
        Column("公用经费", ("日常公用经费", "公用支出")),
    ),
    rows=(
        Column("人员经费合计", ("人员支出合计", "人员经费小计")),
        Column("公用经费合计", ("日常公用经费合计", "公用支出合计", "公用经费小计")),
        Column("合计", ("总计", "基本支出合计")),
    ),
    shape="lanes",
)
"""Basic expenditure by economic code (基本支出): two or three stripes of code, name, amount; or one
list with 人员经费 and 公用经费 as columns, whose total row then also gives the two totals."""

GOVERNMENT_FUND = TableModel(
    kind="government_fund",
    name="政府性基金预算财政拨款收入支出决算表",
    number="公开07表",
    titles=(
        "政府性基金预算收入支出决算表",
        "政府性基金预算财政拨款收支决算表",
        "政府性基金预算财政拨款支出决算表",
        "政府性基金预算支出决算表",
        "政府性基金预算财政拨款收入支出情况表",
        "政府性基金收入支出决算表",
    ),
    columns=(
        _OPENING,
        _RECEIVED,
        Column("本年支出/小计", ("本年支出/合计", "小计", "合计", "本年支出合计", "本年支出")),
        Column("本年支出/基本支出", ("基本支出", "基本支出/小计")),
        Column("本年支出/项目支出", ("项目支出", "项目支出/小计")),
        _CLOSING,
        Column("基本支出/人员经费", ("人员经费",)),
        Column("基本支出/公用经费", ("公用经费", "日常公用经费")),
        Column("年初结转和结余/基本支出结转", ("年初结转和结余/基本支出",)),
        Column("年初结转和结余/项目支出结转和结余", ("年初结转和结余/项目支出",)),
        Column("本年收入/基本支出"),
        Column("本年收入/项目支出"),
        Column("年末结转和结余/基本支出结转", ("年末结转和结余/基本支出",)),
        Column(
            "年末结转和结余/项目支出结转和结余",
            ("项目支出结转和结余/小计", "年末结转和结余/项目支出"),
        ),
        Column("年末结转和结余/项目支出结转", ("项目支出结转和结余/项目支出结转",)),
        Column("年末结转和结余/项目支出结余", ("项目支出结转和结余/项目支出结余",)),
    ),
    usual=6,
)
STATE_CAPITAL = TableModel(
    kind="state_capital",
    name="国有资本经营预算财政拨款支出决算表",
    number="公开08表",
    titles=(
        "国有资本经营预算财政拨款收入支出决算表",
        "国有资本经营预算支出决算表",
        "国有资本经营预算收入支出决算表",
        "国有资本经营预算财政拨款收支决算表",
        "国有资本经营财政拨款支出决算表",
        "国有资本经营预算财政拨款支出情况表",
        "国有资本经营预算财政拨款收入支出情况表",
    ),
    columns=(
        Column(
            "合计",
            ("本年支出/合计", "本年支出/小计", "小计", "本年支出合计", "本年支出"),
            required=True,
        ),
        *_SPENT,
        _OPENING,
        _RECEIVED,
        _CLOSING,
    ),
    usual=3,
)
THREE_PUBLIC = TableModel(
    kind="three_public",
    name="财政拨款“三公”经费支出决算表",
    number="公开09表",
    titles=(
        "“三公”经费支出决算表",
        "一般公共预算财政拨款“三公”经费支出决算表",
        "一般公共预算“三公”经费支出决算表",
        "“三公”经费公共预算财政拨款支出决算表",
        "“三公”经费决算表",
        "“三公”经费决算情况表",
        "“三公”经费决算汇总表",
        "“三公”经费决算统计表",
        "“三公”经费决算情况统计表",
        "“三公”经费决算汇总情况表",
        "“三公”经费支出决算情况表",
        "“三公”经费支出统计表",
        "“三公”经费支出情况统计表",
        "“三公”经费统计表",
        "“三公”经费情况表",
        "“三公”经费情况统计表",
        "“三公”经费汇总情况表",
        "“三公”经费财政拨款支出决算表",
        "一般公共预算财政拨款“三公”经费支出情况表",
        "一般公共预算财政拨款“三公”经费情况表",
        "财政拨款“三公”经费支出情况表",
        "“三公”经费支出情况表",
        "财政拨款“三公”经费、会议费、培训费支出决算表",
        "一般公共预算财政拨款“三公”经费、会议费和培训费支出决算表",
        "一般公共预算财政拨款“三公”经费、会议费、培训费支出决算表",
        "财政拨款“三公”经费及会议费、培训费支出决算表",
        "财政拨款“三公”经费、会议费和培训费支出决算表",
        "一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表",
        "财政拨款安排“三公”经费支出决算表",
        "“三公”经费、行政参公单位机关运行经费情况表",
        "财政拨款“三公”经费、行政参公单位机关运行经费情况表",
        "一般公共预算财政拨款“三公”经费、行政参公单位机关运行经费情况表",
        "财政拨款“三公”经费和机关运行经费情况表",
    ),
    columns=(
        Column("年初预算数", ("年初预算", "年初部门预算数", "本年预算数")),
        Column("全年预算数", ("预算数", "全年预算", "调整预算数")),
        Column("决算数", ("决算", "支出决算数", "决算统计数", "统计数", "本年决算数")),
    ),
    rows=(
        Column("合计", ("“三公”经费支出", "“三公”经费合计", "小计", "“三公”经费", "支出合计")),
        Column(
            "因公出国(境)费",
            ("因公出国(境)费用", "因公出国境费", "因公出国(境)支出", "因公出国(境)经费"),
        ),
        Column(
            "公务用车购置及运行维护费",
            (
                "公务用车购置及运行费",
                "公务用车购置和运行维护费",
                "公务用车购置及运行维护费支出",
                "公务用车费",
            ),
        ),
        Column("公务用车购置费", ("公务用车购置", "公务用车购置支出", "购置费", "购置经费")),
        Column(
            "公务用车运行维护费",
            (
                "公务用车运行费",
                "公务用车运行",
                "公务用车运行维护",
                "运行维护费",
                "公务用车运行支出",
            ),
        ),
        Column("公务接待费", ("公务接待费支出",)),
        Column("国内接待费", ("国内公务接待费",)),
        Column("外事接待费"),
        Column("国(境)外接待费", ("国(境)外公务接待费",)),
        Column("会议费"),
        Column("培训费"),
        Column("因公出国(境)团组数"),
        Column("因公出国(境)人次数", ("因公出国(境)人次", "因公出国(境)人数")),
        Column("公务用车购置数"),
        Column("公务用车保有量"),
        Column("国内公务接待批次"),
        Column("外事接待批次"),
        Column("国内公务接待人次"),
        Column("外事接待人次"),
        Column("国(境)外公务接待批次"),
        Column("国(境)外公务接待人次"),
        Column("机关运行经费", ("机关运行经费支出",)),
        Column("总计"),
    ),
    shape="three_public",
)
"""The three public expenses (“三公”经费), whatever the layout: rows are items, columns budgets and
final figure. 预算数 is the annual budget (全年预算数) unless the heading says 年初. "合计" is the
three public expenses; a total that adds 会议费 and 培训费 to them is "总计"."""

STATE_ASSETS = TableModel(
    kind="state_assets",
    name="国有资产占用情况表",
    number="公开10表",
    titles=("国有资产占有使用情况表", "国有资产占用使用情况表"),
    columns=(Column("决算数", ("数量", "期末数", "年末数", "合计"), required=True),),
    rows=(
        Column("车辆合计", ("车辆数合计", "车辆数", "车辆")),
        Column("副部(省)级及以上领导用车", ("副省级及以上领导用车", "省部级及以上领导用车")),
        Column("主要负责人用车", ("主要领导干部用车", "主要领导用车")),
        Column("机要通信用车"),
        Column("应急保障用车"),
        Column("执法执勤用车"),
        Column("特种专业技术用车"),
        Column("离退休干部服务用车", ("离退休干部用车",)),
        Column("其他用车"),
        Column(
            "设备",
            (
                "单价100万元(含)以上设备(不含车辆)",
                "单价100万元以上设备(不含车辆)",
                "单位价值100万元(含)以上设备(不含车辆)",
                "单价100万元以上专用设备",
            ),
        ),
    ),
    shape="items",
)

MODELS: tuple[TableModel, ...] = (
    INCOME_EXPENDITURE_SUMMARY,
    INCOME,
    EXPENDITURE,
    APPROPRIATION_SUMMARY,
    GENERAL_PUBLIC_EXPENDITURE,
    BASIC_EXPENDITURE,
    GOVERNMENT_FUND,
    STATE_CAPITAL,
    THREE_PUBLIC,
    STATE_ASSETS,
)
"""Every table gouji has a model of, in the national order."""
MODEL_OF = {model.kind: model for model in MODELS}
