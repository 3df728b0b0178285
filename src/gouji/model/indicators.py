"""Performance self-evaluation tables (绩效自评表) and score tables, as printed.

One `SelfEvaluation` is one table: 项目支出绩效自评表, 部门整体支出绩效自评表 or 评价指标体系评分表. What is
printed stays printed: a weight of "10%" is a figure in per cent, a missing score is None. A target says
what was promised, an actual what was reached; both keep their words and, where they hold one number,
their figure. Scores printed without decimals are exact, scores with decimals stand for their
half-unit interval.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from gouji.model.figure import Figure, Unit, counting_unit
from gouji.model.place import Place

Form = Literal["project", "overall", "scores"]
"""项目自评表 · 整体自评表 · 评价评分表 (决策/过程/产出/效益)"""
Operator = Literal["at_least", "at_most", "more", "less", "equal", "bare", "range", "words"]
"""≥ · ≤ · > · < · = · a number without a sign · 区间 · qualitative (定性)"""
BudgetKey = Literal["total", "fiscal", "carried", "other", "component"]
"""年度资金总额 · 当年财政拨款 · 上年结转资金 · 其他资金 · any other component"""
MoneyColumn = Literal["initial", "annual", "executed", "weight", "rate", "score"]
"""年初预算数 · 全年预算数 · 全年执行数 · 分值 · 执行率 · 得分"""

EXACT_SCORE = counting_unit("分")
"""Unit of scores and weights printed without decimals: they are exact."""


@dataclass(frozen=True, slots=True)
class Words:
    """A cell of words (文字单元格)."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Target:
    """What was promised (指标值): operator and figure, or words."""

    text: str
    place: Place
    operator: Operator
    value: Figure | None = None
    upper: Figure | None = None
    """Upper end of a range; `value` is the lower one."""
    per: str = ""
    """What the unit is counted by (元/人 → 人): such a target is no total."""
    noun: str = ""
    """Words before the operator (满意率达 95% → 满意率)."""


@dataclass(frozen=True, slots=True)
class Actual:
    """What was reached (实际完成值): a figure, words, or a repeated inequality."""

    text: str
    place: Place
    operator: Operator
    value: Figure | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of a scoring ladder (得分档): a rate from `low` to `high` earns `points`."""

    low: Figure | None
    high: Figure | None
    points: Figure


@dataclass(frozen=True, slots=True)
class Ladder:
    """How points are earned, as the table prints it (评分标准).

    `full` earns `maximum`; each whole `per` beyond it costs `deduct`. Bands stand in `steps`.
    """

    text: str
    place: Place
    maximum: Figure | None = None
    deduct: Figure | None = None
    per: Figure | None = None
    direction: Literal["below", "above", "either", "items", ""] = ""
    """Which side loses points: 每下降, 每超出, 绝对值, 有1项不符."""
    started: bool = False
    """A begun step already costs (每少10个百分点以内扣1分)."""
    full: Figure | None = None
    steps: tuple[Step, ...] = ()
    open_scale: bool = False
    """Points are given by judgement up to the maximum (得0-7分)."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator row (指标)."""

    level1: str
    level2: str
    name: str
    place: Place
    """The whole printed row, tab-separated as printed."""
    target: Target | None = None
    actual: Actual | None = None
    actual_place: Place | None = None
    """Where the actual stands or should stand; None where its column is not known."""
    weight: Figure | None = None
    score: Figure | None = None
    explanation: Words | None = None
    ladder: Ladder | None = None
    shaky: str = ""
    """Why this row's cells may be misread; empty when sound."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that prints its own weight (产出指标(50分)) and the weights under it."""

    label: str
    weight: Figure
    depth: int
    """1 or 2."""
    first: int
    last: int
    """Indices into `indicators`, both included."""


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One money row (资金行): 年度资金总额 or one of its components."""

    key: BudgetKey
    label: str
    figures: dict[MoneyColumn, Figure]
    place: Place


@dataclass(frozen=True, slots=True)
class Task:
    """One task of an overall table (年度主要任务): name, what was done, budget and execution."""

    name: str
    place: Place
    done: Words | None = None
    budget: Figure | None = None
    budget_fiscal: Figure | None = None
    executed: Figure | None = None
    executed_fiscal: Figure | None = None
    total: bool = False
    done_place: Place | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """The goal of the year and its outcome (年度总体目标): paragraphs as printed."""

    target: Words | None
    outcome: Words | None


@dataclass(frozen=True, slots=True)
class Closing:
    """A closing row (总分、合计): label, weight and score as printed."""

    label: str
    place: Place
    weight: Figure | None
    score: Figure | None
    after: int
    """Number of indicators printed above it."""


@dataclass(frozen=True, slots=True)
class SelfEvaluation:
    """A performance table (绩效自评表)."""

    form: Form
    grid: str
    title: str
    place: Place
    year: int | None = None
    unit: Unit | None = None
    """Money unit of the budget rows."""
    project: Words | None = None
    """项目名称, or the department's name in an overall table."""
    department: Words | None = None
    implementer: Words | None = None
    budget: tuple[BudgetRow, ...] = ()
    tasks: tuple[Task, ...] = ()
    goal: Goal | None = None
    indicators: tuple[Indicator, ...] = ()
    headings: tuple[Heading, ...] = ()
    total: Closing | None = None
    subtotals: tuple[Closing, ...] = ()
    columns: tuple[str, ...] = ()
    """Roles of the indicator columns, in printed order."""
    shaky: str = ""
    """Why rows may be missing or misread (lost rows, lost columns); empty when sound."""
    open_end: bool = False
    """The text ends with the table, and no total closes it: rows may be cut off."""

    compact: bool = False
    """The cells ran together in copying: other tables of the text may not have been found."""

    def money(self, column: MoneyColumn, key: BudgetKey = "total") -> Figure | None:
        """Return a figure of the money rows; None where it is not printed."""
        for row in self.budget:
            if row.key == key:
                return row.figures.get(column)
        return None


BUDGET_ROWS: dict[BudgetKey, str] = {"total": "年度资金总额"}
"""Row names that hold whatever a scan made of the label."""
MONEY_COLUMNS: dict[MoneyColumn, str] = {
    "initial": "年初预算数",
    "annual": "全年预算数",
    "executed": "全年执行数",
    "weight": "分值",
    "rate": "执行率",
    "score": "得分",
}
"""Usual heads of the money columns."""


def named_figures(table: SelfEvaluation) -> Iterator[tuple[Figure, str, str]]:
    """Yield (figure, row, column) of a table in the reader's words (行名、栏名)."""
    for figure, row, column in _printed(table):
        if figure is not None:
            yield figure, row, column


def named_words(table: SelfEvaluation) -> Iterator[tuple[Place, str, str]]:
    """Yield (place, row, column) of a table's cells of words in the reader's words (行名、栏名)."""
    names = ((table.project, "项目名称"), (table.implementer, "实施单位"))
    yield from ((words.place, name, "内容") for words, name in names if words is not None)
    if table.goal is not None:
        goals = ((table.goal.target, "预期目标"), (table.goal.outcome, "实际完成情况"))
        yield from (
            (words.place, "年度总体目标", name) for words, name in goals if words is not None
        )
    for line in table.indicators:
        cells = ((line.target, "指标值"), (line.actual, "实际完成值"), (line.ladder, "评分标准"))
        yield from ((cell.place, line.name, name) for cell, name in cells if cell is not None)


def _printed(table: SelfEvaluation) -> Iterator[tuple[Figure | None, str, str]]:
    for money in table.budget:
        label = BUDGET_ROWS.get(money.key, money.label)
        yield from ((f, label, MONEY_COLUMNS[c]) for c, f in money.figures.items())
    for task in table.tasks:
        yield task.budget, task.name, "预算数"
        yield task.budget_fiscal, task.name, "预算数其中财政拨款"
        yield task.executed, task.name, "执行数"
        yield task.executed_fiscal, task.name, "执行数其中财政拨款"
    for heading in table.headings:
        yield heading.weight, heading.label, "分值"
    for line in table.indicators:
        yield line.target.value if line.target else None, line.name, "指标值"
        yield line.actual.value if line.actual else None, line.name, "实际完成值"
        yield line.weight, line.name, "分值"
        yield line.score, line.name, "得分"
    closings = (table.total, *table.subtotals) if table.total else table.subtotals
    for closing in closings:
        yield closing.weight, closing.label, "分值"
        yield closing.score, closing.label, "得分"


@dataclass(frozen=True, slots=True)
class StatedRatio:
    """A ratio printed with its own arithmetic (比率算式): 控制率 = (0万元/0万元)×100% = 100%."""

    name: str
    percent: Figure
    part: Figure
    whole: Figure
    place: Place
    words: dict[str, str] = field(default_factory=dict)
    """`part` and `whole`: the nouns as printed."""


ConclusionKind = Literal[
    "projects_met", "goals_met", "indicators_met", "books_agree", "clear_targets", "no_problems"
]
"""项目均完成 · 绩效目标均完成 · 指标均完成 · 账实相符 · 目标明确细化 · 存在问题：无"""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A universal statement of the prose about the performance (绩效结论)."""

    kind: ConclusionKind
    text: str
    """As printed, without white space."""
    place: Place
    block: int
    level: str = ""
    """What is meant: 数量 for 数量指标均完成, 整体 for the department's own goals; empty for all."""
