"""Builds the nine published tables of a sample from its ledger (由账目生成九张公开表)."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import zip_longest

from blocks import Cell, Row, Table
from classification import CLASSES, ECONOMIC, FUNCTIONAL, economic_lines
from layout import Layout, cells, head, heads, ordinal
from ledger import ZERO, Item, Ledger

Amount = Callable[[Item], Decimal]


def income_lines(ledger: Ledger) -> list[tuple[str, Decimal]]:
    """List the income side of table 01 down to the last empty line (收入各行)."""
    incomes = (
        ("一般公共预算财政拨款收入", ledger.sum(lambda i: i.from_general)),
        ("政府性基金预算财政拨款收入", ledger.sum(lambda i: i.from_fund)),
        ("国有资本经营预算财政拨款收入", ZERO),
        ("上级补助收入", ledger.sum(lambda i: i.superior_income)),
        ("事业收入", ledger.sum(lambda i: i.business_income)),
        ("经营收入", ZERO),
        ("附属单位上缴收入", ZERO),
        ("其他收入", ledger.sum(lambda i: i.other_income)),
    )
    lines = [(f"{ordinal(n)}、{name}", value) for n, (name, value) in enumerate(incomes, 1)]
    return lines + [("", ZERO)] * (len(CLASSES) - len(lines))


def summary(ledger: Ledger, layout: Layout) -> Table:
    """Build table 01 (收入支出决算总表)."""
    left = income_lines(ledger)
    right = [
        (f"{ordinal(n)}、{name}", ledger.sum(lambda i: i.spent, code))
        for n, (code, name) in enumerate(CLASSES, 1)
    ]
    left += [("本年收入合计", ledger.income), (layout.surplus, ledger.surplus_used)]
    right += [("本年支出合计", ledger.spent), ("结余分配", ledger.distributed)]
    left.append(("年初结转和结余", ledger.opening.total))
    right.append(("年末结转和结余", ledger.closing.total))
    if layout.spare_row:
        left.append(("", ZERO))
        right.append(("", ZERO))
    left.append(("总计", ledger.total))
    right.append(("总计", ledger.total))
    rows: list[Row] = []
    for line, ((name, value), (other, spent)) in enumerate(zip(left, right, strict=True), 1):
        income = (Cell(name), *cells(layout.money(value)))
        outlay = (Cell(other), *cells(layout.money(spent)))
        if layout.numbered:
            income = (income[0], head(str(line)), income[1])
            outlay = (outlay[0], head(str(line + len(left))), outlay[1])
        rows.append(income + outlay)
    if not layout.numbered:
        top = [(head("收入", 2), head("支出", 2)), heads("项目", "决算数", "项目", "决算数")]
        return layout.finish("01", "收入支出决算总表", top, rows, (34, 16, 34, 16))
    top = [
        (head("收入", 3), head("支出", 3)),
        heads("项目", "行次", "金额", "项目", "行次", "金额"),
        heads("栏次", "", "1", "栏次", "", "2"),
    ]
    return layout.finish("01", "收入支出决算总表", top, rows, (30, 6, 15, 28, 6, 15))


def by_function(
    ledger: Ledger, layout: Layout, chosen: Amount, columns: Sequence[Amount], *, last: bool = False
) -> list[Row]:
    """List the functional codes with their amounts, and the closing row (合计)."""
    rows: list[Row] = []
    nil = layout.nil_items
    for code in ledger.codes(chosen):
        figures = (layout.money(ledger.sum(column, code), nil) for column in columns)
        rows.append((Cell(code), Cell(FUNCTIONAL[code]), *cells(*figures)))
    totals = (layout.money(ledger.sum(column), nil) for column in columns)
    closing = (head("合计", 2), *cells(*totals))
    return [*rows, closing] if last else [closing, *rows]


def item_head(layout: Layout, names: Sequence[str]) -> list[Row]:
    """Build the header of 02 and 03: item columns under 项目, then one column a name."""
    top = (head("项目", 2), *(head(name, 1, 2) for name in names))
    second = heads(layout.code_head, "科目名称")
    if not layout.numbered:
        return [top, second]
    numbers = (head("栏次", 2), *heads(*(str(n) for n in range(1, len(names) + 1))))
    return [top, second, numbers]


def nothing(_: Item) -> Decimal:
    """Stand for a column that no sample fills."""
    return ZERO


def income_by_function(ledger: Ledger, layout: Layout) -> Table:
    """Build table 02 (收入决算表)."""
    names = (
        "本年收入合计",
        "财政拨款收入",
        "上级补助收入",
        "事业收入",
        "经营收入",
        "附属单位上缴收入",
        "其他收入",
    )
    columns: tuple[Amount, ...] = (
        lambda i: i.received,
        lambda i: i.from_fiscal,
        lambda i: i.superior_income,
        lambda i: i.business_income,
        nothing,
        nothing,
        lambda i: i.other_income,
    )
    rows = by_function(ledger, layout, lambda i: i.received, columns)
    widths = (10, 26, *(12,) * 7)
    return layout.finish("02", "收入决算表", item_head(layout, names), rows, widths)


def spending_by_function(ledger: Ledger, layout: Layout) -> Table:
    """Build table 03 (支出决算表)."""
    names = (
        "本年支出合计",
        "基本支出",
        "项目支出",
        "上缴上级支出",
        "经营支出",
        "对附属单位补助支出",
    )
    columns: tuple[Amount, ...] = (
        lambda i: i.spent,
        lambda i: i.basic,
        lambda i: i.spent - i.basic,
        nothing,
        nothing,
        nothing,
    )
    rows = by_function(ledger, layout, lambda i: i.spent, columns)
    widths = (10, 28, *(13,) * 6)
    return layout.finish("03", "支出决算表", item_head(layout, names), rows, widths)


def fiscal_summary(ledger: Ledger, layout: Layout) -> Table:
    """Build table 04 (财政拨款收入支出决算总表)."""
    opening, closing, money = ledger.opening, ledger.closing, layout.money
    general_in = ledger.sum(lambda i: i.from_general)
    fund_in = ledger.sum(lambda i: i.from_fund)
    budgets = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
    left = [(f"{ordinal(n)}、{name}", ZERO) for n, name in enumerate(budgets, 1)]
    left[0], left[1] = (left[0][0], general_in), (left[1][0], fund_in)
    left += [("", ZERO)] * (len(CLASSES) - len(left))
    left += [("本年收入合计", general_in + fund_in), ("年初财政拨款结转和结余", opening.fiscal)]
    left += list(zip(budgets, (opening.general, opening.fund, ZERO), strict=True))
    left.append(("总计", ledger.fiscal_total))
    right = [
        (
            f"{ordinal(n)}、{name}",
            ledger.sum(lambda i: i.general, code),
            ledger.sum(lambda i: i.fund_project, code),
        )
        for n, (code, name) in enumerate(CLASSES, 1)
    ]
    right.append(("本年支出合计", ledger.general, ledger.fund))
    right.append(("年末财政拨款结转和结余", closing.general, closing.fund))
    right += [("", ZERO, ZERO)] * 3
    right.append(("总计", ledger.general + closing.general, ledger.fund + closing.fund))
    rows: list[Row] = []
    for line, (income, (name, general, fund)) in enumerate(zip(left, right, strict=True), 1):
        numbers = (head(str(line)), head(str(line + len(left))))
        shown = cells(money(general + fund), money(general), money(fund), "")
        row = [
            Cell(income[0]),
            numbers[0],
            *cells(money(income[1])),
            Cell(name),
            numbers[1],
            *shown,
        ]
        rows.append(tuple(row if layout.numbered else [*row[:1], *row[2:4], *row[5:]]))
    last = ("合计", *budgets)
    if not layout.numbered:
        top = [(head("收入", 2), head("支出", 5)), heads("项目", "决算数", "项目", *last)]
        widths: tuple[int, ...] = (26, 14, 28, 14, 13, 13, 13)
    else:
        top = [
            (head("收入", 3), head("支出", 6)),
            heads("项目", "行次", "金额", "项目", "行次", *last),
            heads("栏次", "", "1", "栏次", "", "2", "3", "4", "5"),
        ]
        widths = (24, 5, 17, 26, 5, 17, 17, 13, 13)
    return layout.finish("04", "财政拨款收入支出决算总表", top, rows, widths)


def general_by_function(ledger: Ledger, layout: Layout) -> Table:
    """Build table 05 (一般公共预算财政拨款支出决算表)."""
    columns: tuple[Amount, ...] = (lambda i: i.general, lambda i: i.basic, lambda i: i.project)
    rows = by_function(ledger, layout, lambda i: i.general, columns, last=layout.total_last_in_05)
    names = ("合计" if layout.total_last_in_05 else "小计", "基本支出", "项目支出")
    if layout.numbered:
        top = [
            (head("项目", 2), head("本年支出", 3)),
            heads(layout.code_head, "科目名称", *names),
            (head("栏次", 2), *heads("1", "2", "3")),
        ]
    else:
        top = item_head(layout, names)
    return layout.finish("05", "一般公共预算财政拨款支出决算表", top, rows, (14, 36, 16, 16, 16))


Lane = list[tuple[str, str, str]]


def lane(ledger: Ledger, layout: Layout, groups: Sequence[str]) -> Lane:
    """List economic groups and their lines for one lane of table 06 (一栏经济分类)."""
    listed: Lane = []
    for group in groups:
        amount = layout.money(ledger.group([group]), nil="0.00")
        listed.append((group, ECONOMIC[group], amount))
        for code in economic_lines(group):
            value = layout.money(ledger.economic.get(code, ZERO), layout.nil_lines)
            listed.append((code, ECONOMIC[code], value))
    return listed


def basic_by_economy(
    ledger: Ledger, layout: Layout, lanes: Sequence[Sequence[str]], name: str
) -> Table:
    """Build table 06 (一般公共预算财政拨款基本支出决算明细表)."""
    listed = [lane(ledger, layout, groups) for groups in lanes]
    empty = ("", "", "")
    body = [
        tuple(c for code, name, v in line for c in (Cell(code), Cell(name), *cells(v)))
        for line in zip_longest(*listed, fillvalue=empty)
    ]
    personnel, public = layout.money(ledger.personnel), layout.money(ledger.public)
    wide = 3 * (len(lanes) - 1)
    closing = (head("人员经费合计", 2), *cells(personnel), head("公用经费合计", wide - 1))
    body.append((*closing, *cells(public)))
    labels = heads(*(("经济分类科目编码", "科目名称", "决算数") * len(lanes)))
    top = [(head("人员经费", 3), head("公用经费", wide)), labels] if layout.numbered else [labels]
    return layout.finish("06", name, top, body, (8, 20, 16) * len(lanes))


def fund_by_function(ledger: Ledger, layout: Layout, key: str, name: str) -> Table:
    """Build table 07 (政府性基金), which 国有资本经营 shares in some places as an empty grid."""
    state_capital = "国有资本" in name
    columns: tuple[Amount, ...] = (
        nothing,
        lambda i: i.from_fund,
        lambda i: i.fund_project,
        nothing,
        lambda i: i.fund_project,
        nothing,
    )
    body: list[Row] = [(head("合计", 2), *cells(*[""] * 6))]
    if not state_capital and ledger.fund:
        body = fund_rows(ledger, layout, columns)
    parts = heads("合计" if not layout.numbered else "小计", "基本支出", "项目支出")
    top = [
        (
            head("项目", 2),
            head("年初结转和结余", 1, 2),
            head("本年收入", 1, 2),
            head("本年支出", 3),
            head("年末结转和结余", 1, 2),
        ),
        (*heads(layout.code_head, "科目名称"), *parts),
    ]
    if layout.numbered:
        top.append((head("栏次", 2), *heads("1", "2", "3", "4", "5", "6")))
    return layout.finish(key, name, top, body, (12, 34, *(14,) * 6))


def fund_rows(ledger: Ledger, layout: Layout, columns: Sequence[Amount]) -> list[Row]:
    """List fund items; a sample has one fund item, so each row carries the whole carry-over."""
    rows: list[Row] = []
    for row in by_function(ledger, layout, lambda i: i.fund_project, columns):
        offset = 1 if row[0].colspan == 2 else 2
        carried = cells(layout.money(ledger.opening.fund)), cells(layout.money(ledger.closing.fund))
        rows.append((*row[:offset], *carried[0], *row[offset + 1 : -1], *carried[1]))
    return rows


def state_capital(layout: Layout) -> Table:
    """Build table 08 without data (国有资本经营预算财政拨款支出决算表)."""
    top = [
        (head("项目", 2), head("本年支出", 3)),
        heads(layout.code_head, "科目名称", "合计", "基本支出", "项目支出"),
        (head("栏次", 2), *heads("1", "2", "3")),
    ]
    body = [(head("合计", 2), *cells("", "", ""))]
    return layout.finish(
        "08", "国有资本经营预算财政拨款支出决算表", top, body, (14, 36, 16, 16, 16)
    )


def three_public(ledger: Ledger, layout: Layout) -> Table:
    """Build table 09 in one row of twelve columns (财政拨款“三公”经费支出决算表)."""
    lines = ledger.three_public
    parts = (lines.total, lines.abroad, lines.cars, lines.purchase, lines.running, lines.reception)
    figures = [layout.money(part.budget, nil="0.00") for part in parts]
    figures += [layout.money(part.actual, nil="0.00") for part in parts]
    second = (
        head("合计", 1, 2),
        head("因公出国（境）费", 1, 2),
        head("公务用车购置及运行维护费", 3),
        head("公务接待费", 1, 2),
    )
    third = heads("小计", "公务用车购置费", "公务用车运行维护费")
    top = [(head("预算数", 6), head("决算数", 6)), second * 2, third * 2]
    top.append(heads(*(str(n) for n in range(1, 13))))
    name = "财政拨款“三公”经费支出决算表"
    return layout.finish("09", name, top, [cells(*figures)], (10,) * 12)


def three_public_interleaved(ledger: Ledger, layout: Layout) -> Table:
    """Build the 三公 table with 预算数 and 决算数 side by side for each item."""
    lines = ledger.three_public
    parts = (lines.total, lines.abroad, lines.cars, lines.purchase, lines.running, lines.reception)
    figures = [layout.money(v, nil="0.00") for part in parts for v in (part.budget, part.actual)]
    top = [
        (head("财政拨款“三公”经费", 12),),
        (
            head("合计", 2, 2),
            head("因公出国（境）费", 2, 2),
            head("公务用车购置及运行维护费", 6),
            head("公务接待费", 2, 2),
        ),
        (head("小计", 2), head("公务用车购置费", 2), head("公务用车运行维护费", 2)),
        heads(*(("预算数", "决算数") * 6)),
    ]
    name = "财政拨款“三公”经费支出决算表"
    return layout.finish("07", name, top, [cells(*figures)], (10,) * 12)
