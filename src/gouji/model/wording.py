"""How a report is worded, apart from its figures (文字): what is printed, not whether it is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gouji.model.place import Place

ResidueKind = Literal[
    "instruction",
    "option",
    "placeholder",
    "blank",
    "dots",
    "field_code",
    "doubled",
    "punctuation",
    "bracket",
    "slip",
    "unfinished",
    "idle_reason",
    "no_unit",
    "short_unit",
    "no_percent",
    "no_measure",
]
"""填表说明 · 未选定的选项 · 占位符 · 漏填 · 省略号行 · 域代码 · 重复 · 标点连用 · 括号不成对 · 脱漏错位 · 半句话 ·
持平却说增减原因 · 缺单位 · 单位不全 · 缺百分号 · 缺单位或百分号"""

OrdinalStyle = Literal["part", "chinese", "paren", "digit", "paren_digit", "half", "circled"]
"""第一部分 · 一、 · (一) · 1. · (1) · 1) · ①"""

Neighbour = Literal["ordinal", "text", "grid", "none"]
"""What stands beside a numbered item: 序号 · 正文 · 表格 · 无"""

GovernmentLevel = Literal["province", "city", "county", "district"]
"""省 · 市 · 县（旗） · 区"""


@dataclass(frozen=True, slots=True)
class Residue:
    """A stretch of text that a finished report does not hold (残留与笔误)."""

    kind: ResidueKind
    text: str
    """Normalised text of the stretch, or what should stand there for a slip."""
    place: Place
    block: int


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A numbered heading or item (序号): where its number stands and what follows."""

    style: OrdinalStyle
    number: int
    marker: str
    """The number as printed: (三)."""
    title: str
    """Text after the number, up to the first punctuation mark."""
    bare: bool
    """True when nothing but a short title follows the number."""
    heading_like: bool
    """True when the title ends as headings do: 情况, 结论, 分析."""
    block: int
    place: Place
    where: Literal["head", "inline", "cell"] = "head"
    """At the start of a paragraph, inside one, or at the start of a table cell."""
    before: Neighbour = "none"
    """What the block before it is; for an inline one, its own paragraph's text."""
    after: Neighbour = "none"
    """What the block after it is."""
    contents: bool = False
    """True for an entry of the contents page (目录)."""


@dataclass(frozen=True, slots=True)
class IssueDate:
    """The day a document is said to have been issued (印发日期)."""

    year: int
    month: int
    day: int
    place: Place

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月{self.day}日"


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The number of an official document (文号): 某财预〔2024〕12号."""

    issuer: str
    """Issuing office's short form, without the words that lead to it."""
    year: int
    serial: int
    brackets: str
    """The brackets around the year, as printed: 〔〕, [], 【】, ()."""
    place: Place
    block: int
    title: str = ""
    """Title printed right before or after the number."""
    title_place: Place | None = None
    issued: IssueDate | None = None

    @property
    def key(self) -> tuple[str, int, int]:
        """What names the document, however its brackets are printed."""
        return (self.issuer, self.year, self.serial)


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year in a place where the fiscal year is meant (年度)."""

    role: Literal["heading", "statement", "base", "cut"]
    """决算标题 · 本年收支的陈述 · 比较的基期 · 自评表中的工作 · 数字残缺的年度"""
    year: int
    place: Place
    block: int
    attached: bool = False
    """True inside an attached report (附件)."""
    elsewhere: frozenset[int] = frozenset()
    """All years named in the same paragraph and in its neighbours under the same heading."""
    beside: frozenset[int] = frozenset()
    """All years the same paragraph names."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """A day as of which something is counted (截至日期): 截至2024年12月31日,共有车辆…."""

    year: int
    month: int
    day: int | None
    place: Place
    block: int
    of_assets: bool
    """True when vehicles or assets are counted."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """The publishing unit's name, taken apart (公开单位)."""

    name: str
    level: GovernmentLevel | None
    divisions: tuple[str, ...]
    """Administrative divisions in its name, the highest first: 某省, 某市, 某区."""
    calls_itself: tuple[str, ...]
    """Words it may use for itself: 局, 中心."""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class LevelWord:
    """A word that names a level of government as the report's own (层级用语): 全县, 指市级财政."""

    level: GovernmentLevel
    text: str
    place: Place
    block: int
    definition: bool
    """True in a definition: 指市级财政当年拨付的资金."""


@dataclass(frozen=True, slots=True)
class SelfWord:
    """How the writer calls the own unit (自称): 我局, 我中心."""

    word: str
    """局, 中心, …"""
    text: str
    """The words themselves: 我中心, 全办."""
    place: Place
    block: int


@dataclass(frozen=True, slots=True)
class UnitName:
    """A full unit name where the publisher's stands (单位名称)."""

    role: Literal["table", "statement"]
    """表头的“部门：” · 某单位2024年度…"""
    name: str
    place: Place
    block: int


@dataclass(frozen=True, slots=True)
class ProjectName:
    """The name of a project (项目名称)."""

    name: str
    place: Place
    source: str = ""
    """Where it is listed: a grid, a "list" in prose, or a "title"."""


@dataclass(frozen=True, slots=True)
class ReportTitle:
    """A report's title and what it calls itself in its first sentence (报告名称)."""

    title: str
    title_place: Place
    says: str
    says_place: Place


@dataclass(frozen=True, slots=True)
class Statement:
    """Something every full report must state (应公开的内容), found outside contents and glossary."""

    topic: str
    place: Place


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything read about the wording of one document (文字)."""

    paragraphs: int = 0
    """Paragraphs looked at; 0 when nothing was read."""
    residues: tuple[Residue, ...] = ()
    ordinals: tuple[Ordinal, ...] = ()
    document_numbers: tuple[DocumentNumber, ...] = ()
    years: tuple[YearMention, ...] = ()
    cut_offs: tuple[CutOff, ...] = ()
    publisher: Publisher | None = None
    level_words: tuple[LevelWord, ...] = ()
    self_words: tuple[SelfWord, ...] = ()
    unit_names: tuple[UnitName, ...] = ()
    projects: tuple[ProjectName, ...] = ()
    report_titles: tuple[ReportTitle, ...] = ()
    statements: tuple[Statement, ...] = ()
