"""Statements of the prose that carry numbers or deny them (文字陈述).

A grammar reports what is printed, never whether it is right. Types follow the wording:
level 数额 · change 增减 · flat 持平 · share 占比 · completion 完成率 · difference 预决算差 · breakdown 其中 ·
points 百分点 · nil 无… · uses 主要用于 · rate, score, grade 绩效.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from gouji.model.figure import Figure
from gouji.model.outline import SectionKind
from gouji.model.place import Place

Measure = Literal[
    "final", "initial_budget", "annual_budget", "adjusted_budget", "budget", "prior", "other"
]
"""决算数 · 年初预算数 · 全年预算数 · 调整后预算数 · 预算数 (unsaid which) · 上年决算数 · 其他"""
Scope = Literal[
    "all", "appropriation", "general_public", "government_fund", "state_capital", "other"
]
"""全口径 · 财政拨款 · 一般公共预算 · 政府性基金 · 国有资本经营 · 其他"""
Direction = Literal["up", "down", "flat"]
ClaimType = Literal[
    "level",
    "change",
    "flat",
    "share",
    "completion",
    "difference",
    "breakdown",
    "points",
    "nil",
    "uses",
    "rate",
    "score",
    "grade",
]


class CellKey(NamedTuple):
    """Where an item stands in the published tables (表内位置): table, row, column, side."""

    table: str
    row: str
    column: str
    side: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a statement is about (主体): words as printed, and the item they mean."""

    text: str
    item: str | None = None
    """Key of the vocabulary of items, a classification code, or None when unresolved or ambiguous."""
    scope: Scope = "other"
    measure: Measure = "final"
    year: int | None = None
    """The year spoken of, where it is not the fiscal year; None for the fiscal year."""
    cells: tuple[CellKey, ...] = ()
    """Every table cell that prints the same quantity; empty where none is known for this measure."""
    reach: str = ""
    """Whose money the words say, where they do (全市、市本级、同口径): another reach, another quantity."""


@dataclass(frozen=True, slots=True)
class Base:
    """What a change or a rate is measured against (基数)."""

    kind: Literal[
        "prior_year",
        "initial_budget",
        "annual_budget",
        "adjusted_budget",
        "budget",
        "named",
        "unknown",
    ]
    text: str
    year: int | None = None
    figure: Figure | None = None
    """The base where it is printed, in the clause or by reference to the nearest clause of the subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What every statement has (陈述): id, type, subject, place, and the block it stands in."""

    id: str
    type: ClaimType
    subject: Subject
    place: Place
    block: int
    section: SectionKind = "other"
    sentence: int = 0
    """Ordinal of the sentence within the block."""
    attached: bool = False
    """Stands in an attached report (附件), whose scope may differ from the main text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Claim):
    """An amount or a count of a subject (数额): "本年收入合计 450.81 万元"."""

    value: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Claim):
    """A rise or fall against a base (增减): amount, rate, or both; `value` is the current figure."""

    value: Figure | None
    change: Figure | None
    direction: Direction
    rate: Figure | None
    base: Base
    rate_direction: Direction | None = None
    """The word before the rate where it is printed apart (减少…，增长…)."""
    unspecified: bool = False
    """An option of the template was not chosen (下降（增长）, 增加（减少）)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flat(Claim):
    """No change against a base (持平); `about` is true for 基本持平."""

    value: Figure | None
    base: Base
    about: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Claim):
    """A part of a whole in per cent (占比); `whole_text` is the noun after 占, empty when unsaid."""

    value: Figure | None
    percent: Figure
    whole_text: str
    whole: Figure | None
    whole_item: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion(Claim):
    """Execution against a budget (完成率): final, budget, and the rate if printed."""

    value: Figure | None
    base: Base
    percent: Figure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference(Claim):
    """Final compared with budget (预决算差): a word (大于、小于、等于), an amount, or both."""

    value: Figure | None
    base: Base
    direction: Direction | None
    amount: Figure | None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a breakdown (分项)."""

    name: str
    figure: Figure
    item: str | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown(Claim):
    """A total and its parts (其中、包括、分别为). `exhaustive` is false when parts need not reach the total."""

    total: Figure
    parts: tuple[Part, ...]
    exhaustive: bool
    counted: bool = False
    """Parts are counts (辆、个、人), not amounts."""
    standard: bool = False
    """All parts of the total's standard list are there (三公经费的三项): they are its own, whatever they print."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Points(Claim):
    """A difference of two percentages (百分点)."""

    amount: Figure
    direction: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Nil(Claim):
    """A denial without a figure (无…、未发生…、没有…)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses(Claim):
    """A list of items an amount was spent on, without figures (主要用于、主要包括)."""

    names: tuple[tuple[str, Place], ...]
    total: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated(Claim):
    """A rate, score or grade that is none of the above (指标值): 到位率 100%、得分 98 分、评价结果为优."""

    value: Figure | None
    grade: str | None = None
    ratio: tuple[Figure, Figure] | None = None
    """Numerator and denominator, where the definition is printed with the rate (X率=(a/b)×100%)."""


AnyClaim = (
    Level
    | Change
    | Flat
    | Share
    | Completion
    | Difference
    | Breakdown
    | Points
    | Nil
    | Uses
    | Rated
)

NumberUse = Literal["claimed", "not_a_quantity", "unread"]


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """What became of one number of the prose (数字去向)."""

    place: Place
    block: int
    use: NumberUse
    reason: str = ""
    """For not_a_quantity: year, date, ordinal, code, doc_number, table_number, page_number, name, contents …"""
    claims: tuple[str, ...] = ()
