"""A document examined: what was read, what was judged, what became of every number (核查结果)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gouji.model.disclosure import Disclosure
from gouji.model.finding import Severity
from gouji.model.place import Place
from gouji.model.report import Report

Fate = Literal["checked", "read", "not_a_quantity", "unread"]
"""已核对 · 读到未核对 · 不是数量 (年份、文号、序号) · 未读懂"""


@dataclass(frozen=True, slots=True)
class PrintedFate:
    """One printed number and what became of it (数字去向)."""

    place: Place
    fate: Fate


@dataclass(frozen=True, slots=True)
class RuleCard:
    """What a reader may know of a rule (规则说明); docs/rules/ has the same words."""

    code: str
    name: str
    """Short English slug."""
    title: str
    """What should hold, in Chinese."""
    basis: str
    at_most: Severity
    doc: str
    """The family's page and the rule's own sentence."""

    @property
    def family(self) -> str:
        """The three letters of the code."""
        return self.code[:3]


@dataclass(frozen=True, slots=True)
class Examined:
    """Everything the reporters, the web page and the store draw on (核查结果).

    The report is what is published; the disclosure holds text, grids and figures behind it.
    """

    disclosure: Disclosure
    report: Report
    fates: tuple[PrintedFate, ...]
    """Every number of prose and tables once, in no order."""
    rules: tuple[RuleCard, ...] = ()
    """Every rule gouji has, by code; those not run stand in the report's `skipped`."""
