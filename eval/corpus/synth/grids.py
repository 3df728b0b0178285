"""Tables 01 to 05 of a disclosure (总表、收入、支出、财政拨款、一般公共预算)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from blocks import Cell, Row, Table
from layout import head, heads, ordinal

from synth.codes import CLASS_NAMES, NAMES
from synth.flows import ZERO, Item
from synth.look import Sheets

Amount = Callable[[Item], Decimal]
Column = tuple[str, str, Amount]
"""Header, key, amount."""

Entry = tuple[str, str, Decimal]
"""Label, key, amount."""

BUDGETS = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")


def classes(sheets: Sheets) -> list[tuple[str, str]]:
    """List the classes the summaries print (功能分类类级)."""
    year = sheets.books.year
    listed = [(c, n) for c, n in CLASS_NAMES.items() if c != "234" or year >= 2020]
    if sheets.look.all_classes:
        return listed
    return [(c, n) for c, n in listed if sheets.books.under(c).spent]


def summary(sheets: Sheets, number: int = 1) -> Table:
    """Build 收入支出决算总表."""
    sheets.start("income_expenditure_summary", f"{number:02d}")
    books, look = sheets.books, sheets.look
    everything, own = books.all, books.all.own
    incomes = (
        ("一般公共预算财政拨款收入", everything.general.income),
        ("政府性基金预算财政拨款收入", everything.fund.income),
        ("国有资本经营预算财政拨款收入", everything.capital.income),
        ("上级补助收入", own.superior),
        ("事业收入", own.business),
        ("经营收入", own.trading),
        ("附属单位上缴收入", own.affiliated),
        ("其他收入", own.other),
    )
    left = [(f"{ordinal(n)}、{name}", name, v) for n, (name, v) in enumerate(incomes, 1)]
    right = [
        (f"{ordinal(n)}、{name}", name, books.under(code).spent)
        for n, (code, name) in enumerate(classes(sheets), 1)
    ]
    pad = max(len(left), len(right))
    left += [("", "", ZERO)] * (pad - len(left))
    right += [("", "", ZERO)] * (pad - len(right))
    left += [
        ("本年收入合计", "本年收入合计", everything.income),
        (look.surplus, "使用非财政拨款结余", books.surplus_used),
        ("年初结转和结余", "年初结转和结余", books.opening.total),
    ]
    right += [
        ("本年支出合计", "本年支出合计", everything.spent),
        ("结余分配", "结余分配", books.distributed),
        ("年末结转和结余", "年末结转和结余", books.closing.total),
    ]
    if look.spare_row:
        left.append(("", "", ZERO))
        right.append(("", "", ZERO))
    left.append(("总计", "总计", books.total))
    right.append(("总计", "总计", books.total))
    rows = [
        (
            *_half(sheets, one, "收入", at),
            *_half(sheets, other, "支出", at + len(left)),
        )
        for at, (one, other) in enumerate(zip(left, right, strict=True), 1)
    ]
    word = "金额" if look.numbered else "决算数"
    if look.numbered:
        top = [
            (head("收入", 3), head("支出", 3)),
            heads("项目", "行次", word, "项目", "行次", word),
        ]
        if look.column_numbers:
            top.append(heads("栏次", "", "1", "栏次", "", "2"))
        widths: tuple[int, ...] = (30, 6, 15, 28, 6, 15)
    else:
        top = [(head("收入", 2), head("支出", 2)), heads("项目", word, "项目", word)]
        widths = (34, 16, 34, 16)
    return sheets.finish(number, "收入支出决算总表", top, rows, widths)


def _half(sheets: Sheets, entry: Entry, side: str, line: int) -> Row:
    """Make one half of a row: label, perhaps its number, amount."""
    label, key, value = entry
    figure = sheets.cell(value, key, "金额", side) if key else Cell("")
    number = (head(str(line)),) if sheets.look.numbered else ()
    return (Cell(label), *number, figure)


def by_code(
    sheets: Sheets, chosen: Callable[[Item], object], columns: Sequence[tuple[str, Amount]],
    *, last: bool = False,
) -> list[Row]:  # fmt: skip
    """List the codes with their amounts, and the closing row (合计)."""
    books, nil = sheets.books, sheets.look.nil_items
    rows: list[Row] = []
    for code in books.codes(chosen):
        item = replace(books.under(code), code=code)
        figures = [sheets.cell(amount(item), code, key, nil=nil) for key, amount in columns]
        rows.append((*sheets.code_cells(code, NAMES[code]), *figures))
    item = books.all
    totals = [sheets.cell(amount(item), "合计", key, nil=nil) for key, amount in columns]
    closing = (head("合计", sheets.code_width), *totals)
    return [*rows, closing] if last else [closing, *rows]


def _widths(sheets: Sheets, n_columns: int) -> tuple[int, ...]:
    codes = (4, 4, 4) if sheets.look.split_code else (10,)
    return (*codes, 26, *(12,) * n_columns)


def _table(sheets: Sheets, number: int, name: str, columns: Sequence[tuple[str, Amount]]) -> Table:
    """Build a table of codes whose first column is the sum of the others."""
    rows = by_code(sheets, columns[0][1], columns, last=sheets.look.total_last)
    top = sheets.item_head([key for key, _ in columns])
    return sheets.finish(number, name, top, rows, _widths(sheets, len(columns)))


def income(sheets: Sheets, number: int = 2) -> Table:
    """Build 收入决算表."""
    sheets.start("income", f"{number:02d}")
    columns: list[tuple[str, Amount]] = [
        ("本年收入合计", lambda i: i.income),
        ("财政拨款收入", lambda i: i.fiscal_income),
        ("上级补助收入", lambda i: i.own.superior),
        ("事业收入", lambda i: i.own.business),
        ("经营收入", lambda i: i.own.trading),
        ("附属单位上缴收入", lambda i: i.own.affiliated),
        ("其他收入", lambda i: i.own.other),
    ]
    return _table(sheets, number, "收入决算表", columns)


def spending(sheets: Sheets, number: int = 3) -> Table:
    """Build 支出决算表."""
    sheets.start("expenditure", f"{number:02d}")
    columns: list[tuple[str, Amount]] = [
        ("本年支出合计", lambda i: i.spent),
        ("基本支出", lambda i: i.basic),
        ("项目支出", lambda i: i.project),
        ("上缴上级支出", lambda i: i.own.upward),
        ("经营支出", lambda i: i.own.traded),
        ("对附属单位补助支出", lambda i: i.own.downward),
    ]
    return _table(sheets, number, "支出决算表", columns)


def fiscal(sheets: Sheets, number: int = 4) -> Table:
    """Build 财政拨款收入支出决算总表."""
    sheets.start("appropriation_summary", f"{number:02d}")
    books, look = sheets.books, sheets.look
    everything, opening, closing = books.all, books.opening, books.closing
    received = (everything.general.income, everything.fund.income, everything.capital.income)
    left: list[tuple[str, str, Decimal]] = [
        (f"{ordinal(n)}、{name}", name, v)
        for n, (name, v) in enumerate(zip(BUDGETS, received, strict=True), 1)
    ]
    listed = classes(sheets)
    pad = max(len(listed), len(left))
    left += [("", "", ZERO)] * (pad - len(left))
    left += [
        ("本年收入合计", "本年收入合计", everything.fiscal_income),
        ("年初财政拨款结转和结余", "年初财政拨款结转和结余", opening.fiscal),
        *(
            (name, f"年初/{name}", v)
            for name, v in zip(
                BUDGETS, (opening.general, opening.fund, opening.capital), strict=True
            )
        ),
        ("总计", "总计", books.fiscal_total),
    ]
    right: list[tuple[str, str, tuple[Decimal, ...]]] = []
    for n, (code, name) in enumerate(listed, 1):
        item = books.under(code)
        figures = (item.general.spent, item.fund.spent, item.capital.spent)
        right.append((f"{ordinal(n)}、{name}", name, figures))
    right += [("", "", (ZERO,) * 3)] * (pad - len(right))
    spent = (everything.general.spent, everything.fund.spent, everything.capital.spent)
    left_over = (closing.general, closing.fund, closing.capital)
    right += [
        ("本年支出合计", "本年支出合计", spent),
        ("年末财政拨款结转和结余", "年末财政拨款结转和结余", left_over),
        *[("", "", (ZERO,) * 3)] * 3,
        ("总计", "总计", tuple(a + b for a, b in zip(spent, left_over, strict=True))),
    ]
    rows: list[Row] = []
    for at, (one, (label, key, figures)) in enumerate(zip(left, right, strict=True), 1):
        shown = (
            [sheets.cell(sum(figures, ZERO), key, "合计", "支出")]
            + [sheets.cell(v, key, name, "支出") for name, v in zip(BUDGETS, figures, strict=True)]
            if key
            else [Cell("")] * 4
        )
        line = (head(str(at + len(left))),) if look.numbered else ()
        rows.append((*_half(sheets, one, "收入", at), Cell(label), *line, *shown))
    last = ("合计", *BUDGETS)
    if look.numbered:
        top = [
            (head("收入", 3), head("支出", 6)),
            heads("项目", "行次", "金额", "项目", "行次", *last),
        ]
        if look.column_numbers:
            top.append(heads("栏次", "", "1", "栏次", "", "2", "3", "4", "5"))
        widths: tuple[int, ...] = (24, 5, 17, 26, 5, 17, 17, 13, 13)
    else:
        top = [(head("收入", 2), head("支出", 5)), heads("项目", "决算数", "项目", *last)]
        widths = (26, 14, 28, 14, 13, 13, 13)
    return sheets.finish(number, "财政拨款收入支出决算总表", top, rows, widths)


def general(sheets: Sheets, number: int = 5) -> Table:
    """Build 一般公共预算财政拨款支出决算表."""
    sheets.start("general_public_expenditure", f"{number:02d}")
    look, width = sheets.look, sheets.code_width
    columns: list[tuple[str, Amount]] = [
        ("小计", lambda i: i.general.spent),
        ("基本支出", lambda i: i.general.basic),
        ("项目支出", lambda i: i.general.project),
    ]
    rows = by_code(sheets, lambda i: i.general.spent, columns, last=look.total_last)
    labels = heads("类", "款", "项") if look.split_code else heads("功能分类科目编码")
    names = heads("合计" if look.total_last else "小计", "基本支出", "项目支出")
    top: list[Row] = [
        (head("项目", width), head("本年支出", 3)),
        (*labels, head("科目名称"), *names),
    ]
    if look.column_numbers:
        top.append((head("栏次", width), *heads("1", "2", "3")))
    name = "一般公共预算财政拨款支出决算表"
    return sheets.finish(number, name, top, rows, _widths(sheets, 3))


def general_carried(sheets: Sheets, number: int = 5) -> Table:
    """Build the wide form with carry-over columns (一般公共预算财政拨款收入支出决算表)."""
    sheets.start("general_public_expenditure", f"{number:02d}")
    width = sheets.code_width
    columns: list[tuple[str, Amount]] = [
        ("年初结转和结余", lambda i: i.general.opening),
        ("年初结转和结余/基本支出结转", lambda _: ZERO),
        ("年初结转和结余/项目支出结转和结余", lambda i: i.general.opening),
        ("本年收入", lambda i: i.general.income),
        ("本年收入/基本支出", lambda i: i.general.basic),
        ("本年收入/项目支出", lambda i: i.general.income - i.general.basic),
        ("小计", lambda i: i.general.spent),
        ("基本支出", lambda i: i.general.basic),
        ("基本支出/人员经费", lambda i: personnel_of(sheets, i)),
        ("基本支出/公用经费", lambda i: i.general.basic - personnel_of(sheets, i)),
        ("项目支出", lambda i: i.general.project),
        ("年末结转和结余", lambda i: i.general.closing),
        ("年末结转和结余/基本支出结转", lambda _: ZERO),
        ("年末结转和结余/项目支出结转和结余", lambda i: i.general.closing),
    ]
    chosen: Amount = lambda i: i.general.spent or i.general.opening  # noqa: E731  # one use
    rows = by_code(sheets, chosen, columns)
    labels = heads("类", "款", "项") if sheets.look.split_code else (head("科目编码", 1, 2),)
    top: list[Row] = [
        (
            head("项目", width), head("年初结转和结余", 3), head("本年收入", 3), head("本年支出", 5),
            head("年末结转和结余", 3),
        ),
        (
            *(head(cell.text, 1, 2) for cell in labels), head("科目名称", 1, 2),
            head("合计", 1, 2), head("基本支出结转", 1, 2), head("项目支出结转和结余", 1, 2),
            head("合计", 1, 2), head("基本支出", 1, 2), head("项目支出", 1, 2),
            head("合计", 1, 2), head("基本支出", 3), head("项目支出", 1, 2),
            head("合计", 1, 2), head("基本支出结转", 1, 2), head("项目支出结转和结余", 1, 2),
        ),
        heads("小计", "人员经费", "公用经费"),
    ]  # fmt: skip
    if sheets.look.column_numbers:
        top.append((head("栏次", width), *heads(*map(str, range(1, 15)))))
    name = "一般公共预算财政拨款收入支出决算表"
    codes = (3, 3, 3, 18) if sheets.look.split_code else (8, 20)
    return sheets.finish(number, name, top, rows, (*codes, *(9,) * 14))


def personnel_of(sheets: Sheets, item: Item) -> Decimal:
    """Divide basic expenditure: 公用经费 stands with the largest items (人员与公用)."""
    books = sheets.books
    left, found = books.public, ZERO
    for one in sorted(books.items, key=lambda i: -i.general.basic):
        taken = min(left, one.general.basic)
        if one.code.startswith(item.code):
            found += one.general.basic - taken
        left -= taken
    return found
