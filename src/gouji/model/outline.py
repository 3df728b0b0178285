"""What kind of document it is and how it is divided: output of understand (结构)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gouji.model.figure import Unit
from gouji.model.place import Place

ReportKind = Literal["final_accounts", "budget", "performance", "other"]
"""决算公开 · 预算公开 · 绩效报告 · 其他"""
Level = Literal["department", "unit"]
"""部门 (with its subordinate units) or a single 单位."""
TableKind = Literal[
    "income_expenditure_summary",
    "income",
    "expenditure",
    "appropriation_summary",
    "general_public_expenditure",
    "basic_expenditure",
    "government_fund",
    "state_capital",
    "three_public",
    "state_assets",
    "appropriation_expenditure",
    "appropriation_basic",
    "operating_expenses",
    "procurement",
    "project_self_evaluation",
    "overall_self_evaluation",
    "other",
]
"""收入支出决算总表 · 收入决算表 · 支出决算表 · 财政拨款收入支出决算总表 · 一般公共预算财政拨款支出决算表 ·
一般公共预算财政拨款基本支出决算表 · 政府性基金预算财政拨款收入支出决算表 · 国有资本经营预算财政拨款支出决算表 ·
财政拨款“三公”经费支出决算表 · 国有资产占用情况表 · 财政拨款支出预算表（按功能分类）· 财政拨款基本支出预算表（按经济分类）·
机关运行经费支出预算表 · 政府采购支出预算表 · 项目支出绩效自评表 · 整体支出绩效自评表"""

SectionKind = Literal[
    "contents",
    "overview",
    "totals",
    "income",
    "expenditure",
    "appropriation",
    "general_public",
    "basic",
    "three_public",
    "government_fund",
    "state_capital",
    "operating",
    "procurement",
    "assets",
    "performance",
    "glossary",
    "attachment",
    "other",
]
"""目录 · 概况 · 收支总体 · 收入 · 支出 · 财政拨款收支 · 一般公共预算支出 · 基本支出 · 三公 · 政府性基金 · 国资 ·
机关运行经费 · 政府采购 · 国有资产 · 绩效 · 名词解释 · 附件 · 其他"""


@dataclass(frozen=True, slots=True)
class Section:
    """A headed stretch of blocks (章节): `first` to `last` are block indices, the heading included."""

    title: str
    kind: SectionKind
    depth: int
    """1 第三部分, 2 一、, 3 (一), 4 1., 5 (1)."""
    first: int
    last: int
    ordinal: str = ""
    """The number as printed before the title (五、, (二), 3.), empty where none."""


@dataclass(frozen=True, slots=True)
class NamedGrid:
    """Which published table a grid is (表名): kind, title as printed, unit as printed for this table."""

    grid: str
    kind: TableKind
    title: str
    title_place: Place | None
    unit: Unit | None
    year: int | None = None
    number: str = ""
    """The form mark as printed (公开03表)."""
    notes: tuple[str, ...] = ()
    """Lines printed under the table (注：…)."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's identity and division (文档结构)."""

    kind: ReportKind
    entity: str | None
    """The publishing unit as printed (单位名称)."""
    entity_place: Place | None
    fiscal_year: int | None
    unit: Unit | None
    """Money unit the prose uses where a number carries none, and tables without their own mark."""
    sections: tuple[Section, ...]
    grids: tuple[NamedGrid, ...]
    level: Level | None = None
    attachments_from: int | None = None
    """Block index where attached reports (附件) begin: another document inside this one."""
    bare_titles: tuple[tuple[TableKind, Place], ...] = ()
    """Titles of known tables under which no grid was found: their cells could not be read."""

    def section_of(self, block: int) -> Section | None:
        """Return the innermost section that holds a block."""
        found: Section | None = None
        for section in self.sections:
            if section.first <= block <= section.last and (
                found is None or section.depth >= found.depth
            ):
                found = section
        return found

    def section_kind_of(self, block: int) -> SectionKind:
        """Return the kind of the innermost section that has one; "other" without any."""
        kind: SectionKind = "other"
        depth = -1
        for section in self.sections:
            if (
                section.first <= block <= section.last
                and section.kind != "other"
                and section.depth > depth
            ):
                kind, depth = section.kind, section.depth
        return kind

    def named(self, grid: str) -> NamedGrid | None:
        """Return how a grid is named."""
        return next((g for g in self.grids if g.grid == grid), None)
