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


class IndicatorOut(_Frozen):
    """One indicator of a performance table (指标)."""

    level1: str
    level2: str
    name: str
    target: str | None
    """As printed."""
    actual: str | None
    """As printed."""
    weight: FigureOut | None
    score: FigureOut | None
    quote: str
    page: int | None
    bbox: Bbox | None
    start: int
    end: int
    shaky: str
    """Why the row may be misread; empty when sound."""


class BudgetRowOut(_Frozen):
    """One money row of a performance table (资金行)."""

    label: str
    figures: dict[str, FigureOut]
    """By column: initial, annual, executed, weight, rate, score."""


class PerformanceTableOut(_Frozen):
    """A performance self-evaluation or score table (绩效自评表、评分表)."""

    form: str
    grid: str
    title: str
    project: str | None
    year: int | None
    unit: str | None
    budget: tuple[BudgetRowOut, ...]
    indicators: tuple[IndicatorOut, ...]
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
