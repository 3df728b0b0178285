"""The words by which performance tables are known (表样用词): headers, levels, money rows."""

from __future__ import annotations

import re
from typing import Literal

from gouji.model.indicators import BudgetKey, MoneyColumn

Role = Literal[
    "level1", "level2", "level3", "weight", "definition", "points", "standard", "source",
    "nature", "unit", "target", "actual", "score", "note", "other",
]  # fmt: skip
"""Columns of an indicator table. definition 指标说明/解释 · points 指标要点 · standard 评分标准 ·
source 数据来源 · nature 指标性质 (≥, 定性) · unit 度量单位 · note 偏差原因 · other 完成率、得分系数、是否核心指标"""

HEADER: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        "other",
        re.compile(
            "^(?:指标)?完成(?:比率|率|比例|程度)|得分率|系数|核心指标|指标(?:类型|类别)$|^序号$"
        ),
    ),
    ("nature", re.compile("指标性质|计算符号|运算符号|指标方向")),
    ("unit", re.compile("(?:度量|计量|指标)单位")),
    (
        "standard",
        re.compile("(?:评分|评价|计分|评定|得分)(?:计算)?(?:标准|细则|规则|方法|办法|依据)|赋分"),
    ),
    ("source", re.compile("数据(?:获取|来源|采集)|佐证|评价依据|取数")),
    ("points", re.compile("指标要点|评价要点")),
    ("definition", re.compile("指标(?:说明|解释|释义|内涵|定义|描述)")),
    (
        "note",
        re.compile("偏差|未完成(?:原因)?|原因|析?及改|改?进措|备注|情况说明"),
    ),
    ("score", re.compile("得分|自评分|综合评分|实得|评价分|打分")),
    ("actual", re.compile("完成值|实际值|完成(?:指标)?值|完成情况|达成值|实际指标值|业绩值")),
    (
        "target",
        re.compile("指标值|目标值|年度指标$|年度目标值?$|预期指标|计划(?:指标)?值|年度指标"),
    ),
    ("weight", re.compile("分值|权重|标准分|满分")),
    ("level3", re.compile("三级(?:指|标)?|指标内容|指标名称|具体指标")),
    ("level2", re.compile("二级")),
    ("level1", re.compile("一级")),
)
"""In order of precedence: the first that fits a header cell gives its role."""

LEVEL1 = re.compile(
    r"(?:(?:[绩効效]|项目)?(?:投入|过程|产出|产岀|效益|效果|决策|成本|满意度?|履职效能|可持续(?:影响)?|管理|社会效应|管理效率)"
    r"(?:与管理)?(?:[指损]标?|情况)?)(?:\(\d+(?:\.\d+)?分?\))?"
)
LEVEL2 = re.compile(
    r"(?:产出)?(?:数量|质量|时效|成本|经济成本|社会成本|生态(?:环境)?成本|经济效益|社会效益|生态效益|可持续影响|可持续发展"
    r"|服务对象(?:满意度?)?|社会公众或服务对象满意度|满意度|社会公众满意度|职工满意度|经济效应|社会效应|生态环境效益|生态环境)(?:指标?)?"
    r"(?:\(\d+(?:\.\d+)?分?\))?"
)
LABEL_REST = re.compile(
    r"绩[效効]?(?:指标)?|[绩效指标損损结年度项目情况完成]{1,6}|指标?|标|度|产出|成本|效益|满意|満意度指?|満意|一级|二级|指|级|目标"
)
"""Pieces of labels a scan or a narrow column broke off."""

PAREN_WEIGHT = re.compile(r"\((\d{1,3}(?:\.\d)?)\s?分?\)$")

UNFILLED = re.compile(r"(?:指标)?\d{0,2}[:.、]?[/—-]?|…+|[.。]{2,}|[/—–-]+|\d{1,2}[.、]")
"""What a form prints where nothing was filled in: 指标2: …… /"""

TOTAL = re.compile(r"总分|总计|总得分|合计得分|总分值")
SUBTOTAL = re.compile(r"[小合]计|分值小计")

FOOTER = re.compile(
    r"其[他它]需要?说明|备注|注[:：]|说明(?:[:：]|$)|填[报表]人|联系(?:人|电话)|单位负责人|自评等级|偏差大|改进措施|结果应用|评价结论|存在(?:的)?问题|(?:项目|财务)负责人"
)
"""First words of lines that follow the indicators and are none."""

MONEY_HEADER: tuple[tuple[MoneyColumn, re.Pattern[str]], ...] = (
    ("initial", re.compile("年初预算|年初批复|年初安排")),
    ("score", re.compile("^(?:自评)?得分|自评分|执行率(?:自评)?得分")),
    ("weight", re.compile("执行率(?:权重|分值)")),
    ("rate", re.compile(r"执行率|完成率|支付率|^执行$")),
    ("executed", re.compile("执行数|全年执行|支出数|实际支出|决算数")),
    ("annual", re.compile("全年预算|调整后?预算|预算数|全年[^执]?$")),
    ("weight", re.compile("分值|权重")),
    ("score", re.compile("得分")),
)
MONEY_ROW: tuple[tuple[BudgetKey, re.Pattern[str]], ...] = (
    ("total", re.compile("资金总额|年度资金总|项目资金总|总额|资金合计|预算总额")),
    ("carried", re.compile("结转")),
    ("other", re.compile("其[他它]资金|单位自筹|自有资金|非财政|社会资金")),
    ("fiscal", re.compile("财政拨款|政府预算|财政资金|本级财政|一般公共预算|预算资金")),
    ("component", re.compile("补助|上级|中央|地方|省级|市级|县级|区级|基金")),
)
MONEY_BY_NATURE = re.compile("按(?:收入|支出|资金)(?:性质|来源|结构)")
"""Below this line a form splits the total twice, side by side, outside the money columns."""
GOAL_TARGET = re.compile("预期目标|年初设定目标|年度目标|设定目标|目标设定|年初目标")
GOAL_OUTCOME = re.compile("实际完成情况|完成情况综述|目标完成|实际达成|目标实际完成")
TASK_NAME = re.compile("任务名称|主要任务$|工作任务|任务$")
NAMES = (
    ("project", re.compile(r"^(?:转移支付\(|二级)?[项巧]目\)?(?:支出|:)?:?名称:?")),
    (
        "unit",
        re.compile(
            r"^(?:[省市县区]级)?(?:预算)?(?:部门|单位)(?:\((?:单位|部门)\))?名称:?|^填[报表](?:单位|部门):?"
        ),
    ),
    ("department", re.compile(r"^(?:中央|地方|省级|市级)?主管i?(?:部门|单位)(?:及代码)?:?")),
    ("implementer", re.compile(r"^(?:实施|项目实施|承担|项目|资金使用)单位?位?:?")),
    ("code", re.compile(r"^项目(?:编码|代码):?")),
    ("score", re.compile(r"^自评(?:总分|得分|分数?|等级):?")),
    ("contact", re.compile(r"^(?:项目)?负责人(?:及电话)?:?|^联系(?:人|电话):?")),
)
