"""What `gouji extract` publishes, gouji.extract/1 (提取结果): tables, statements, and every number.

Like the report, these are separate types from what stages use, so that they stay still while stages move.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Bbox = tuple[float, float, float, float]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class SourceOut(_Frozen):
    """The document read (文档)."""

    name: str
    sha256: str
    source: Literal["pdf", "text"]
    pages: int
    notes: tuple[str, ...]
    """What could not be read."""


class SectionOut(_Frozen):
    """A headed part of the document (章节)."""

    title: str
    kind: str
    depth: int
    ordinal: str


class OutlineOut(_Frozen):
    """What the document is (结构)."""

    kind: str
    level: str | None
    entity: str | None
    fiscal_year: int | None
    unit: str | None
    sections: tuple[SectionOut, ...]


class CellOut(_Frozen):
    """A cell as printed (单元格)."""

    row: int
    col: int
    rowspan: int
    colspan: int
    text: str
    page: int | None
    bbox: Bbox | None


class GridOut(_Frozen):
    """A table as printed; one over several pages is one grid (表格)."""

    id: str
    pages: tuple[int, ...]
    title: str | None
    kind: str
    n_rows: int
    n_cols: int
    cells: tuple[CellOut, ...]


class FigureOut(_Frozen):
    """A number as printed (数字)."""

    text: str
    value: str
    unit: str | None
    decimals: int
    quote: str
    page: int | None
    bbox: Bbox | None
    start: int
    end: int
    misread: str | None = None
    """Why the digits may not be what was printed."""
    blank: bool = False
    """An empty cell, read as nothing."""


class RowOut(_Frozen):
    """A row of a recognised table (行)."""

    key: str
    label: str
    line: str
    side: str
    figures: dict[str, FigureOut]
    """By column."""


class TableOut(_Frozen):
    """A recognised table (已识别的表)."""

    kind: str
    title: str
    grid: str
    unit: str | None
    year: int | None
    empty: bool
    shaky: str
    """Why its rows and columns cannot be trusted; empty when they can."""
    columns: tuple[str, ...]
    rows: tuple[RowOut, ...]
    notes: tuple[str, ...]


class SubjectOut(_Frozen):
    """What a statement is about (主体)."""

    text: str
    item: str | None
    scope: str
    measure: str
    year: int | None


class BaseOut(_Frozen):
    """What a change or rate is measured against (基数)."""

    kind: str
    text: str
    year: int | None
    figure: FigureOut | None


class PartOut(_Frozen):
    """A part of a breakdown (分项)."""

    name: str
    item: str | None
    figure: FigureOut


class ClaimOut(_Frozen):
    """A statement (陈述): what all have, and the fields of its type; others are null."""

    id: str
    type: str
    subject: SubjectOut
    section: str
    quote: str
    page: int | None
    bbox: Bbox | None
    start: int
    end: int
    value: FigureOut | None = None
    change: FigureOut | None = None
    direction: str | None = None
    rate: FigureOut | None = None
    percent: FigureOut | None = None
    base: BaseOut | None = None
    whole: FigureOut | None = None
    whole_text: str | None = None
    amount: FigureOut | None = None
    total: FigureOut | None = None
    parts: tuple[PartOut, ...] | None = None
    exhaustive: bool | None = None
    """Whether the parts should reach the total."""
    names: tuple[str, ...] | None = None
    grade: str | None = None


Operator = Literal["at_least", "at_most", "more", "less", "equal", "bare", "range", "words"]
"""≥ · ≤ · > · < · = · a number without a sign · 区间 · qualitative (定性)"""


class TargetOut(_Frozen):
    """What was promised (指标值), typed."""

    operator: Operator
    value: FigureOut | None
    """Null for a qualitative target; the lower end of a range."""
    upper: FigureOut | None
    """Upper end of a range."""
    per: str
    """What the unit is counted by (元/人 → 人)."""


class ActualOut(_Frozen):
    """What was reached (实际完成值), typed."""

    operator: Operator
    """Other than "bare" where the cell only repeats an inequality."""
    value: FigureOut | None


class LadderOut(_Frozen):
    """How points are earned, as the table prints it (评分标准)."""

    text: str
    maximum: FigureOut | None
    full: FigureOut | None
    """What earns the maximum."""
    deduct: FigureOut | None
    """Points each step costs."""
    per: FigureOut | None
    """Size of a step."""
    direction: Literal["below", "above", "either", "items", ""]
    """Which side loses points: 每下降, 每超出, 绝对值, 有1项不符."""


class IndicatorOut(_Frozen):
    """One indicator of a performance table (指标)."""

    level1: str
    level2: str
    name: str
    target: str | None
    """As printed; where sign or unit stand in columns of their own, with them."""
    actual: str | None
    """As printed."""
    weight: FigureOut | None
    score: FigureOut | None
    typed_target: TargetOut | None
    typed_actual: ActualOut | None
    explanation: str | None
    """The note beside it (偏差原因)."""
    standard: LadderOut | None
    quote: str
    page: int | None
    bbox: Bbox | None
    start: int
    end: int
    shaky: str
    """Why the row may be misread; empty when sound."""


class BudgetRowOut(_Frozen):
    """One money row of a performance table (资金行)."""

    key: Literal["total", "fiscal", "carried", "other", "component"]
    """年度资金总额 · 财政拨款 · 上年结转 · 其他资金 · any other component."""
    label: str
    figures: dict[str, FigureOut]
    """By column: initial, annual, executed, weight, rate, score."""


class TaskOut(_Frozen):
    """One task of an overall table (年度主要任务)."""

    name: str
    done: str | None
    """What was done, as printed."""
    budget: FigureOut | None
    budget_fiscal: FigureOut | None
    executed: FigureOut | None
    executed_fiscal: FigureOut | None
    total: bool
    """The row that adds the others up (金额合计)."""


class HeadingOut(_Frozen):
    """A heading that prints its own weight (产出指标(50分)) and the rows under it."""

    label: str
    weight: FigureOut
    first: int
    """Index into `indicators`."""
    last: int
    """Index into `indicators`, included."""


class ClosingOut(_Frozen):
    """A closing row (总分、小计)."""

    label: str
    weight: FigureOut | None
    score: FigureOut | None
    after: int
    """Number of indicators printed above it."""


class PerformanceTableOut(_Frozen):
    """A performance self-evaluation or score table (绩效自评表、评分表)."""

    form: Literal["project", "overall", "scores"]
    """项目自评表 · 整体自评表 · 评价评分表."""
    grid: str
    title: str
    project: str | None
    """项目名称, or the department's name in an overall table."""
    department: str | None
    """主管部门."""
    implementer: str | None
    """实施单位."""
    year: int | None
    unit: str | None
    """Money unit of the budget rows and tasks."""
    budget: tuple[BudgetRowOut, ...]
    tasks: tuple[TaskOut, ...]
    goal: str | None
    """年度总体目标, as printed."""
    outcome: str | None
    """Its outcome (实际完成情况), as printed."""
    columns: tuple[str, ...]
    """Roles of the indicator columns, in printed order."""
    indicators: tuple[IndicatorOut, ...]
    headings: tuple[HeadingOut, ...]
    subtotals: tuple[ClosingOut, ...]
    weight: FigureOut | None
    """Of the closing row."""
    score: FigureOut | None
    """Of the closing row."""
    shaky: str
    """Why rows may be missing or misread; empty when sound."""


class NumberOut(_Frozen):
    """What became of one number of the prose (数字去向)."""

    quote: str
    page: int | None
    start: int
    end: int
    use: str
    reason: str
    claims: tuple[str, ...]


class Extraction(_Frozen):
    """Everything extracted from one document (提取结果)."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, populate_by_name=True
    )

    schema_: Literal["gouji.extract/1"] = Field("gouji.extract/1", alias="schema")
    document: SourceOut
    outline: OutlineOut
    grids: tuple[GridOut, ...]
    tables: tuple[TableOut, ...]
    indicators: tuple[PerformanceTableOut, ...]
    claims: tuple[ClaimOut, ...]
    numbers: tuple[NumberOut, ...]
    unread: tuple[str, ...]
    """What could not be read, in sentences."""
