"""What a document says of money, year by year, in a shape two documents can be compared by (事实).

A fact is one quantity as one document tells it: printed in a table or a sentence, or implied by a
sentence about the year before ("比上年减少 299.5 万元，下降 27.13%" implies last year's figure within
an interval). Facts are what a store keeps; `gouji.screen.across` compares them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from gouji.model.claim import Scope
from gouji.model.figure import Figure, Interval
from gouji.model.place import Box, Place
from gouji.model.relation import Term
from gouji.screen.profile import RemarkKind

FactMeasure = Literal["final", "initial_budget", "annual_budget", "adjusted_budget", "budget"]
"""决算数 · 年初预算数 · 全年预算数 · 调整后预算数 · 预算数 (unsaid which)"""
FactSource = Literal["printed", "implied"]
"""印明 · 由增减推出"""
Told = Literal["table", "sentence", "prior_column", "change", "rate", "flat"]
"""表格 · 文字 · 上年数栏 · 增减额 · 只印增减率 · 持平: how the document tells it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One quantity as one document tells it (事实).

    `item` is a key of the vocabulary of items (schemas/items.json), a classification code, or the
    names of a classification path joined by "/". The figure it rests on is `terms[0]`; an implied
    fact also has the terms it is implied by (value, change or rate), so that it can be judged.
    """

    entity: str | None
    """The publishing unit as printed (单位名称)."""
    year: int
    """The year the figure is of: the year before for what is told of it (所属年度)."""
    own_year: int
    """The fiscal year of the document (文件年度)."""
    scope: Scope
    item: str
    measure: FactMeasure
    label: str
    """What the reader calls it (名称)."""
    source: FactSource
    told: Told
    terms: tuple[Term, ...]
    place: Place
    """The clause or cell that tells it (出处)."""
    caveat: RemarkKind | None = None
    """What its paragraph says against comparing with another year (口径、追溯、机构改革), if anything."""
    table: str | None = None
    row: str | None = None
    column: str | None = None

    @property
    def figure(self) -> Figure:
        """The printed number the fact rests on (所印数字)."""
        return self.terms[0].figure

    @property
    def is_prior(self) -> bool:
        """Whether the document speaks of the year before (说的是上年)."""
        return self.year < self.own_year

    @property
    def interval(self) -> Interval:
        """Every value, in base units, that the print allows (区间); for a bare rate, none is kept."""
        if self.told == "rate":
            return Interval(None, None)
        low: Decimal | None = Decimal(0)
        high: Decimal | None = Decimal(0)
        for term in self._summed():
            part = term.figure.interval()
            ends = (part.low, part.high) if term.sign > 0 else (part.high, part.low)
            low, high = _plus(low, ends[0], term.sign), _plus(high, ends[1], term.sign)
        return Interval(low, high)

    @property
    def value(self) -> Decimal | None:
        """The value in base units (元); None for a bare rate."""
        if self.told == "rate":
            return None
        return sum((t.figure.base * t.sign for t in self._summed()), Decimal(0))

    @property
    def unit(self) -> str:
        """The printed unit (计量单位), empty without one."""
        return self.figure.unit.name if self.figure.unit else ""

    @property
    def text(self) -> str:
        """The digits as printed (所印数字)."""
        return self.figure.text

    @property
    def page(self) -> int | None:
        """1-based page; None for pasted text."""
        return self.place.page

    @property
    def bbox(self) -> Box | None:
        """Box of the clause or cell on its page."""
        return self.place.box

    @property
    def quote(self) -> str:
        """The characters as printed."""
        return self.place.quote

    def _summed(self) -> tuple[Term, ...]:
        return tuple(t for t in self.terms if t.role in ("value", "change"))


def _plus(bound: Decimal | None, more: Decimal | None, sign: int) -> Decimal | None:
    return None if bound is None or more is None else bound + more * sign
