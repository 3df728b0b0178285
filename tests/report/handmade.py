"""Disclosures and ledgers made by hand, so that reporting is tested without reading or extracting."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gouji.check.findings import report_of
from gouji.check.judge import judge
from gouji.check.rule import Rule
from gouji.check.run import Judged, Ledger
from gouji.messages import Catalogue, Language
from gouji.model.claim import PrintedNumber
from gouji.model.disclosure import Disclosure
from gouji.model.document import Cell, Document, Grid, Page
from gouji.model.figure import PERCENT, WAN_YUAN, Figure, Misread, Unit
from gouji.model.finding import Severity
from gouji.model.outline import NamedGrid, Outline
from gouji.model.place import CellRef, Place
from gouji.model.relation import AnyRelation, ChangeRate, Equal, Sum, Term
from gouji.model.report import Report
from gouji.model.tables import Row, Table

PROSE = (
    "一、收入情况\n"
    "本年收入 9.07 万元，比上年减少 0.71 万元，下降 7.83%。\n"
    "其中：基本支出 3.00 万元、项目支出 5.00 万元，合计 9.07 万元。\n"
)


Stated = Sequence[tuple[Rule, AnyRelation]]


def rule(code: str, at_most: Severity = "error") -> Rule:
    """Return a rule that states nothing: only its code and weight matter here."""
    return Rule(code, code.lower(), f"{code} 应成立", "算术", at_most, lambda: iter(()))


def figure(quote: str, unit: Unit = WAN_YUAN, *, nth: int = 0, text: str = PROSE) -> Figure:
    """Return the figure whose quote is printed for the nth time in a text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return Figure(
        text=quote,
        value=Decimal(quote),
        unit=unit,
        decimals=len(quote.partition(".")[2]),
        place=Place(quote, start, start + len(quote)),
    )


def cell(quote: str, row: int, col: int = 1, *, misread: Misread | None = None) -> Figure:
    """Return the figure of a cell of the only table, on page 3."""
    start = 100 * row + 10 * col
    return Figure(
        text=quote,
        value=Decimal(quote),
        unit=WAN_YUAN,
        decimals=len(quote.partition(".")[2]),
        place=Place(quote, start, start + len(quote), 3, (0, 0, 1, 1), CellRef("g1", row, col)),
        misread=misread,
    )


def wrong_base(text: str = PROSE) -> ChangeRate:
    """Return the change claim of the prose, whose rate was taken of this year's figure."""
    start = text.index("本年收入")
    clause = text[start : text.index("。", start)]
    return ChangeRate(
        subject="本年收入",
        told_in=Place(clause, start, start + len(clause)),
        value=Term(figure("9.07", text=text), "value", "本年收入"),
        change=Term(figure("0.71", text=text), "change", "增减额"),
        rate=Term(figure("7.83", PERCENT, text=text), "rate", "增减率"),
        direction=-1,
    )


def wrong_sum() -> Sum:
    """Return the breakdown of the prose: 3.00 + 5.00 is not 9.07."""
    return Sum(
        subject="支出",
        total=Term(figure("9.07", nth=1), "total", "合计"),
        parts=(
            Term(figure("3.00"), "part", "基本支出"),
            Term(figure("5.00"), "part", "项目支出"),
        ),
    )


def equal(left: Figure, right: Figure, subject: str = "同一数") -> Equal:
    """Return a tie between two prints."""
    return Equal(
        subject=subject, left=Term(left, "left", "一处"), right=Term(right, "right", "另一处")
    )


def table(*figures: Figure) -> Table:
    """Return a table of one column that holds the given cells."""
    rows = tuple(
        Row(f"20805{f.place.cell.row:02}", f"第{f.place.cell.row}项", {"基本支出": f})
        for f in figures
        if f.place.cell is not None
    )
    return Table("expenditure", "支出决算表", "g1", WAN_YUAN, rows, ("基本支出",))


def disclosure(
    *,
    text: str = PROSE,
    tables: tuple[Table, ...] = (),
    numbers: tuple[PrintedNumber, ...] = (),
    ruled: bool = True,
) -> Disclosure:
    """Return a disclosure of one page of prose, with a table on page 3 where one is given."""
    grid = Grid("g1", 9, 9, (Cell(0, 0, "", Place("", 0, 0)),), (3,), ruled=ruled)
    named = NamedGrid("g1", "expenditure", "支出决算表", None, WAN_YUAN, number="公开03表")
    return Disclosure(
        document=Document(
            "决算.txt",
            "0" * 64,
            "pdf" if tables else "text",
            (Page(None, text),),
            (grid,) if tables else (),
        ),
        outline=Outline("final_accounts", "云岫市水务局", None, 2024, WAN_YUAN, (), (named,)),
        tables=tables,
        claims=(),
        numbers=numbers,
    )


def report(
    stated: Stated,
    of: Disclosure | None = None,
    lang: Language = "zh",
) -> Report:
    """Return the report of hand-made relations."""
    ledger = Ledger(tuple(Judged(r, judge(relation)) for r, relation in stated), ())
    return report_of(of or disclosure(), ledger, (), Catalogue(lang))
