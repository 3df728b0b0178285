"""The budget a unit published at the start of the year, from the same books (部门预算公开).

Laid out as such budgets are: totals, expenditure by function, the general public budget by function
with basic and project expenditure, the three public expenses; prose in 万元, tables in 元 or 万元.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from blocks import Block, Cell, Cover, Heading, Paragraph, Row, Table

from synth.books import Books, Spend
from synth.chance import CENT, Chance
from synth.codes import NAMES
from synth.flows import Item, total

WAN = Decimal(10000)
THREE = (
    ("因公出国（境）费", "abroad"),
    ("公务用车购置及运行维护费", "cars"),
    ("公务用车购置费", "purchase"),
    ("公务用车运行维护费", "running"),
    ("公务接待费", "reception"),
)


class _Printer:
    """Prints amounts in the budget's unit (金额单位)."""

    def __init__(self, unit: str) -> None:
        self.unit = unit

    def __call__(self, amount: Decimal) -> str:
        if self.unit == "元":
            return f"{amount:,.2f}"
        return f"{_wan(amount):.2f}"


def _wan(amount: Decimal) -> Decimal:
    return (amount / WAN).quantize(CENT, rounding=ROUND_HALF_UP)


def budget_of(books: Books, seed: int) -> tuple[Block, ...]:
    """Return the budget's blocks (预算公开)."""
    chance = Chance("budget", seed)
    show = _Printer(chance.one(("元", "万元")))
    kind = "部门预算"
    every = total(item.initial for item in books.items)
    said = f"{_wan(every):.2f}万元"
    three = books.three
    return (
        Cover((books.entity, f"{books.year}年{kind}"), f"{books.year}年{chance.count(1, 3)}月"),
        Heading(f"第一部分 {books.entity}概况", 1),
        Heading("一、主要职能"),
        Paragraph(f"负责{books.duty}工作。"),
        Heading(f"第二部分 {books.year}年{kind}表", 1),
        _by_function(
            books, show, f"{books.year}年{kind.removesuffix('预算')}一般公共预算支出预算表"
        ),
        _three_table(books, show),
        Heading(f"第三部分 {books.year}年{kind}情况说明", 1),
        Heading("一、一般公共预算支出情况"),
        Paragraph(f"{books.year}年一般公共预算财政拨款支出预算为{said}。"),
        Heading("二、“三公”经费预算情况"),
        Paragraph(f"{books.year}年“三公”经费预算为{_wan(three.all.initial):.2f}万元。"),
    )


def _by_function(books: Books, show: _Printer, title: str) -> Table:
    codes = books.codes(lambda item: item.initial)
    rows = [_row(code, NAMES[code], books.under(code), show) for code in codes]
    return Table(
        key="budget-general",
        title=title,
        head=(_cells("科目编码", "科目名称", "合计", "基本支出", "项目支出"),),
        body=(_row("", "合计", books.all, show), *rows),
        widths=(2, 5, 3, 3, 3),
        above=(f"单位：{show.unit}",),
    )


def _row(code: str, name: str, item: Item, show: _Printer) -> Row:
    basic = min(item.initial, item.general.basic)
    amounts = (item.initial, basic, item.initial - basic)
    label = _cells(code, name) if code else (Cell(name, colspan=2),)
    return (*label, *_cells(*(show(amount) for amount in amounts)))


def _three_table(books: Books, show: _Printer) -> Table:
    three = books.three
    rows: list[tuple[str, Spend]] = [("“三公”经费合计", three.all)]
    rows += [(name, getattr(three, field)) for name, field in THREE]
    return Table(
        key="budget-three",
        title=f"{books.year}年“三公”经费支出预算表",
        head=(_cells("项目", "年初预算数"),),
        body=tuple(_cells(name, show(spend.initial)) for name, spend in rows),
        widths=(5, 3),
        above=(f"单位：{show.unit}",),
    )


def _cells(*texts: str) -> Row:
    return tuple(Cell(text) for text in texts)


def initial_total(items: Iterable[Item]) -> Decimal:
    """Add the initial budgets (年初预算合计)."""
    return total(item.initial for item in items)
