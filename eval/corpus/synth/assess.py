"""Invents what a project promised and achieved, and scores it (绩效指标与得分)."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from synth.books import Indicator, Project
from synth.chance import CENT, Chance
from synth.words import PROJECTS

TEN = Decimal(10)


@dataclass(frozen=True)
class Kind:
    """A kind of indicator (指标样式): target in numbers, or words when `unit` is empty."""

    level: str
    name: str
    sign: str
    low: int
    high: int
    unit: str
    words: tuple[str, str] = ("", "")


QUANTITY = (
    Kind("数量指标", "举办培训班期数", "≥", 2, 12, "期"),
    Kind("数量指标", "开展监督检查次数", "≥", 4, 60, "次"),
    Kind("数量指标", "发放宣传资料份数", "≥", 500, 9000, "份"),
    Kind("数量指标", "购置设备数量", "=", 1, 40, "台"),
    Kind("数量指标", "服务群众人次", "≥", 300, 20000, "人次"),
    Kind("数量指标", "维护站点数量", "=", 3, 80, "个"),
)
QUALITY = (
    Kind("质量指标", "验收合格率", "=", 100, 100, "%"),
    Kind("质量指标", "资金使用合规率", "=", 100, 100, "%"),
    Kind("质量指标", "培训合格率", "≥", 90, 98, "%"),
    Kind("质量指标", "信息系统正常运行率", "≥", 95, 99, "%"),
)
TIME = (
    Kind("时效指标", "任务完成及时率", "=", 100, 100, "%"),
    Kind("时效指标", "资金支付及时率", "≥", 90, 98, "%"),
    Kind("时效指标", "项目完成时间", "", 0, 0, "", ("12月底前", "按期完成")),
)
BENEFIT = (
    Kind("社会效益指标", "政策知晓率", "≥", 80, 95, "%"),
    Kind("社会效益指标", "公共服务水平", "", 0, 0, "", ("有效提升", "达成预期指标")),
    Kind("可持续影响指标", "长效管理机制", "", 0, 0, "", ("持续健全", "达成预期指标")),
    Kind("生态效益指标", "环境质量达标率", "≥", 85, 98, "%"),
    Kind("经济效益指标", "运行成本降低率", "≥", 2, 9, "%"),
)
CONTENT = (
    Kind("服务对象满意度指标", "服务对象满意度", "≥", 85, 95, "%"),
    Kind("服务对象满意度指标", "受益群众满意度", "≥", 90, 95, "%"),
)
SHORTFALLS = (
    "部分任务跨年度实施",
    "受客观因素影响，实施进度滞后",
    "参与人数少于预期",
    "基础数据收集不全",
)


def projects_for(chance: Chance, spent: Decimal) -> tuple[Project, ...]:
    """Cut project expenditure into named projects with scores (项目)."""
    if spent <= 0:
        return ()
    names = chance.shuffled(PROJECTS)[: chance.count(1, 8)]
    done: list[Project] = []
    for name, amount in zip(names, chance.split(spent, len(names)), strict=True):
        annual = amount if chance.odds(0.4) else chance.near(amount, 1, 1.3)
        initial = annual if chance.odds(0.6) else chance.near(annual, 0.6, 1.2)
        project = Project(name=name, initial=initial, annual=annual, spent=amount, indicators=())
        done.append(replace(project, indicators=_indicators(chance, project)))
    return tuple(done)


def _indicators(chance: Chance, project: Project) -> tuple[Indicator, ...]:
    """Choose indicators under one of the two national schemes of weights (权重)."""
    with_cost = chance.odds(0.5)
    groups = [
        ("产出指标", (*chance.some(QUANTITY, 1, 3), chance.one(QUALITY), chance.one(TIME))),
        ("效益指标", tuple(chance.some(BENEFIT, 1, 2))),
        ("满意度指标", (chance.one(CONTENT),)),
    ]
    weights = {"产出指标": 40, "效益指标": 20, "满意度指标": 10} if with_cost else {
        "产出指标": 50, "效益指标": 30, "满意度指标": 10,
    }  # fmt: skip
    done: list[Indicator] = []
    if with_cost:
        done.append(_cost(project))
    for first, kinds in groups:
        for kind, weight in zip(kinds, _split(weights[first], len(kinds)), strict=True):
            done.append(_indicator(chance, first, kind, weight))
    return tuple(done)


def _split(weight: int, parts: int) -> list[int]:
    """Cut a weight into whole points (分值分配)."""
    each = weight // parts
    return [*[each] * (parts - 1), weight - each * (parts - 1)]


def _cost(project: Project) -> Indicator:
    plan, spent = (_wan(v) for v in (project.annual, project.spent))
    return Indicator(
        first="成本指标", second="经济成本指标", name="项目总成本控制数", target=f"≤{plan}万元",
        actual=f"{spent}万元", weight=20, score=Decimal(20),
    )  # fmt: skip


def _wan(value: Decimal) -> str:
    return str((value / 10000).quantize(CENT, rounding=ROUND_HALF_UP))


def _indicator(chance: Chance, first: str, kind: Kind, weight: int) -> Indicator:
    """Set a target, reach it or not, and score by the share reached (按完成比例计分)."""
    full = Decimal(weight)
    if not kind.unit:
        target, actual = kind.words
        return Indicator(first=first, second=kind.level, name=kind.name, target=target,
                         actual=actual, weight=weight, score=full)  # fmt: skip
    goal = chance.count(kind.low, kind.high)
    met = chance.odds(0.85) or kind.sign == "=" or goal < 4
    most = 100 if kind.unit == "%" else goal * 2
    reached = goal if kind.sign == "=" else min(most, goal + chance.count(0, max(1, goal // 8)))
    note = ""
    if not met:
        reached = max(1, goal - chance.count(1, max(1, goal // 6)))
        note = chance.one(SHORTFALLS)
    share = min(Decimal(1), Decimal(reached) / goal)
    return Indicator(
        first=first, second=kind.level, name=kind.name, target=f"{kind.sign}{goal}{kind.unit}",
        actual=f"{reached}{kind.unit}", weight=weight, note=note,
        score=(full * share).quantize(CENT, rounding=ROUND_HALF_UP),
    )  # fmt: skip
