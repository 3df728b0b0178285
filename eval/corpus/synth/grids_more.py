"""Tables 06 to 10 and what single provinces add (基本支出、基金、国资、“三公”、资产及各省附加表)."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import zip_longest

from blocks import Cell, Row, Table
from classification import economic_lines
from layout import head, heads

from synth.books import Books, Spend
from synth.codes import ECONOMY, NAMES
from synth.flows import ZERO, Item
from synth.grids import Amount, by_code
from synth.look import Sheets
from synth.teller import FIRST_MARK, Token
from synth.words import CARS

Lane = list[tuple[str, str, Cell]]


def _lane(sheets: Sheets, groups: Sequence[str], *, full: bool) -> Lane:
    """List economic groups and their lines for one stripe (一栏经济分类)."""
    books, nil = sheets.books, sheets.look.nil
    listed: Lane = []
    for group in groups:
        amount = books.group([group])
        listed.append(
            (group, ECONOMY[group], sheets.cell(amount, group, "金额", nil=nil or "0.00"))
        )
        for code in economic_lines(group):
            value = books.economic.get(code, ZERO)
            if full or value:
                listed.append((code, ECONOMY[code], sheets.cell(value, code, "金额")))
    return listed


def basic(
    sheets: Sheets, number: int = 6, *, lanes: Sequence[Sequence[str]] = (("301", "303"), ("302",), ("307", "310", "399")),
    full: bool = True,
) -> Table:  # fmt: skip
    """Build 一般公共预算财政拨款基本支出决算明细表 in stripes."""
    sheets.start("basic_expenditure", f"{number:02d}")
    books = sheets.books
    listed = [_lane(sheets, groups, full=full) for groups in lanes]
    empty = ("", "", Cell(""))
    body: list[Row] = [
        tuple(c for code, name, figure in line for c in (Cell(code), Cell(name), figure))
        for line in zip_longest(*listed, fillvalue=empty)
    ]
    wide = 3 * (len(lanes) - 1)
    personnel = sheets.cell(books.personnel, "人员经费合计", "金额")
    public = sheets.cell(books.public, "公用经费合计", "金额")
    body.append((head("人员经费合计", 2), personnel, head("公用经费合计", wide - 1), public))
    top: list[Row] = []
    if sheets.look.column_numbers:
        top.append((head("人员经费", 3), head("公用经费", wide)))
    top.append(heads(*(("科目编码", "科目名称", "决算数") * len(lanes))))
    name = "一般公共预算财政拨款基本支出决算明细表"
    return sheets.finish(number, name, top, body, (8, 20, 16) * len(lanes))


def basic_list(sheets: Sheets, number: int = 6) -> Table:
    """Build table 06 as one list with 人员经费 and 公用经费 as columns."""
    sheets.start("basic_expenditure", f"{number:02d}")
    books, nil = sheets.books, sheets.look.nil_items
    groups = sorted({code[:3] for code, v in books.economic.items() if v})
    body: list[Row] = []
    for group in groups:
        lines = sorted(c for c, v in books.economic.items() if c.startswith(group) and v)
        for code in (group, *lines):
            amount = books.group([code])
            mine = code[:3] in ("301", "303")
            figures = (
                sheets.cell(amount, code, "金额", nil=nil),
                sheets.cell(amount if mine else ZERO, code, "人员经费", nil=nil),
                sheets.cell(ZERO if mine else amount, code, "公用经费", nil=nil),
            )
            body.append((Cell(code), Cell(ECONOMY[code]), *figures))
    totals = (
        sheets.cell(books.all.general.basic, "合计", "金额"),
        sheets.cell(books.personnel, "合计", "人员经费"),
        sheets.cell(books.public, "合计", "公用经费"),
    )
    body.insert(0, (head("合计", 2), *totals))
    top = [
        (head("项目", 2), head("一般公共预算财政拨款基本支出", 3)),
        heads("经济分类科目编码", "科目名称", "合计", "人员经费", "公用经费"),
    ]
    name = "一般公共预算财政拨款基本支出决算表"
    return sheets.finish(number, name, top, body, (12, 30, 16, 16, 16))


def _nothing(sheets: Sheets, columns: int) -> list[Row]:
    return [(head("合计", sheets.code_width), *[Cell("")] * columns)]


def _nil_note(sheets: Sheets, budget: str) -> None:
    """Put the line under an empty table that says so (空表说明)."""
    books, tell = sheets.books, sheets.tell
    said = tell.chance.one(
        (
            f"注：{books.entity}{books.year}年度{tell.note(f'无{budget}收支')}，故本表为空。",
            f"说明：{tell.note(f'{books.short}本年度没有{budget}收支')}，本表无数据。",
            f"注：当此表数据为空时，即本部门（单位）无{budget}收支。",
            f"备注：{tell.note(f'{books.short}{books.year}年度无{budget}安排的支出')}，此表为空。",
        )
    )
    marks = [number.id for number in tell.numbers[-3:]]
    shown = next((n for n in marks if chr(FIRST_MARK + n) in said), None)
    if shown is not None:
        tell.claim("zero", budget, mark=Token.of(shown, ""))
    sheets.notes[sheets.key] = (said,)


def fund(sheets: Sheets, number: int = 7, *, capital: bool = False) -> Table:
    """Build 政府性基金预算财政拨款收入支出决算表, or its like for 国有资本经营."""
    kind = "state_capital" if capital else "government_fund"
    sheets.start(kind, f"{number:02d}")
    width = sheets.code_width

    def flow(item: Item):  # noqa: ANN202  # one of two attributes
        return item.capital if capital else item.fund

    spent = "合计" if capital else "本年支出/小计"
    basic_key = "基本支出" if capital else "本年支出/基本支出"
    project_key = "项目支出" if capital else "本年支出/项目支出"
    columns: list[tuple[str, Amount]] = [
        ("年初结转和结余", lambda i: flow(i).opening),
        ("本年收入", lambda i: flow(i).income),
        (spent, lambda i: flow(i).spent),
        (basic_key, lambda i: flow(i).basic),
        (project_key, lambda i: flow(i).project),
        ("年末结转和结余", lambda i: flow(i).closing),
    ]
    filled = flow(sheets.books.all).spent
    chosen: Amount = lambda i: flow(i).spent  # noqa: E731  # one use
    body = by_code(sheets, chosen, columns) if filled else _nothing(sheets, 6)
    labels = heads("类", "款", "项") if sheets.look.split_code else heads("科目编码")
    top: list[Row] = [
        (
            head("项目", width), head("年初结转和结余", 1, 2), head("本年收入", 1, 2),
            head("本年支出", 3), head("年末结转和结余", 1, 2),
        ),
        (*labels, head("科目名称"), *heads("小计", "基本支出", "项目支出")),
    ]  # fmt: skip
    if sheets.look.column_numbers:
        top.append((head("栏次", width), *heads("1", "2", "3", "4", "5", "6")))
    budget = "国有资本经营预算财政拨款" if capital else "政府性基金预算财政拨款"
    if not filled:
        _nil_note(sheets, budget)
    codes = (4, 4, 4, 30) if sheets.look.split_code else (12, 30)
    return sheets.finish(number, f"{budget}收入支出决算表", top, body, (*codes, *(14,) * 6))


def capital(sheets: Sheets, number: int = 8) -> Table:
    """Build 国有资本经营预算财政拨款支出决算表."""
    sheets.start("state_capital", f"{number:02d}")
    width = sheets.code_width
    columns: list[tuple[str, Amount]] = [
        ("合计", lambda i: i.capital.spent),
        ("基本支出", lambda i: i.capital.basic),
        ("项目支出", lambda i: i.capital.project),
    ]
    filled = sheets.books.all.capital.spent
    body = by_code(sheets, lambda i: i.capital.spent, columns) if filled else _nothing(sheets, 3)
    labels = heads("类", "款", "项") if sheets.look.split_code else heads("科目编码")
    top: list[Row] = [
        (head("项目", width), head("本年支出", 3)),
        (*labels, head("科目名称"), *heads("合计", "基本支出", "项目支出")),
    ]
    if sheets.look.column_numbers:
        top.append((head("栏次", width), *heads("1", "2", "3")))
    name = "国有资本经营预算财政拨款支出决算表"
    if not filled:
        _nil_note(sheets, "国有资本经营预算财政拨款")
    codes = (4, 4, 4, 34) if sheets.look.split_code else (12, 34)
    return sheets.finish(number, name, top, body, (*codes, *(16,) * 3))


def _three_lines(books: Books) -> list[tuple[str, Spend]]:
    three = books.three
    return [
        ("合计", three.all),
        ("因公出国(境)费", three.abroad),
        ("公务用车购置及运行维护费", three.cars),
        ("公务用车购置费", three.purchase),
        ("公务用车运行维护费", three.running),
        ("公务接待费", three.reception),
    ]


def three_public(
    sheets: Sheets, number: int = 9, *, measure: str = "annual", extras: bool = False
) -> Table:
    """Build 财政拨款“三公”经费支出决算表 in one row; some places add 会议费 and 培训费."""
    sheets.start("three_public", f"{number:02d}")
    lines = _three_lines(sheets.books)
    if extras:
        three = sheets.books.three
        lines += [("会议费", three.meeting), ("培训费", three.training)]
    column = "全年预算数" if measure == "annual" else "年初预算数"
    figures = [sheets.cell(getattr(s, measure), n, column, nil="0.00") for n, s in lines]
    figures += [sheets.cell(s.actual, n, "决算数", nil="0.00") for n, s in lines]
    second = (
        head("合计", 1, 2), head("因公出国（境）费", 1, 2), head("公务用车购置及运行维护费", 3),
        head("公务接待费", 1, 2), *((head("会议费", 1, 2), head("培训费", 1, 2)) if extras else ()),
    )  # fmt: skip
    third = heads("小计", "公务用车购置费", "公务用车运行维护费")
    budget = "预算数" if measure == "annual" else "年初预算数"
    top: list[Row] = [(head(budget, len(lines)), head("决算数", len(lines))), second * 2, third * 2]
    if sheets.look.column_numbers:
        top.append(heads(*map(str, range(1, 2 * len(lines) + 1))))
    name = "财政拨款“三公”经费支出决算表"
    if extras:
        name = "财政拨款“三公”经费及会议费、培训费支出决算表"
    return sheets.finish(number, name, top, [tuple(figures)], (10,) * 2 * len(lines))


def three_interleaved(sheets: Sheets, number: int = 7) -> Table:
    """Build the 三公 table with budget and final figure side by side for each item."""
    sheets.start("three_public", f"{number:02d}")
    figures: list[Cell] = []
    for name, spend in _three_lines(sheets.books):
        figures.append(sheets.cell(spend.annual, name, "全年预算数", nil="0.00"))
        figures.append(sheets.cell(spend.actual, name, "决算数", nil="0.00"))
    top: list[Row] = [
        (head("财政拨款“三公”经费", 12),),
        (
            head("合计", 2, 2), head("因公出国（境）费", 2, 2),
            head("公务用车购置及运行维护费", 6), head("公务接待费", 2, 2),
        ),
        (head("小计", 2), head("公务用车购置费", 2), head("公务用车运行维护费", 2)),
        heads(*(("预算数", "决算数") * 6)),
    ]  # fmt: skip
    name = "财政拨款“三公”经费支出决算表"
    return sheets.finish(number, name, top, [tuple(figures)], (10,) * 12)


def three_down(sheets: Sheets, number: int = 9) -> Table:
    """Build the 三公 table with one item a row and the counts below (竖式)."""
    sheets.start("three_public", f"{number:02d}")
    three = sheets.books.three
    home = Spend(
        initial=three.reception.initial,
        annual=three.reception.annual,
        actual=three.reception.actual,
    )
    money = (
        ("一、“三公”经费支出", "合计", three.all),
        ("1.因公出国（境）费", "因公出国(境)费", three.abroad),
        ("2.公务用车购置及运行维护费", "公务用车购置及运行维护费", three.cars),
        ("（1）公务用车购置费", "公务用车购置费", three.purchase),
        ("（2）公务用车运行维护费", "公务用车运行维护费", three.running),
        ("3.公务接待费", "公务接待费", three.reception),
        ("（1）国内接待费", "国内接待费", home),
        ("其中：外事接待费", "外事接待费", Spend(actual=three.foreign, annual=three.foreign, initial=three.foreign)),
        ("（2）国（境）外接待费", "国(境)外接待费", Spend()),
    )  # fmt: skip
    counts = (
        ("1.因公出国（境）团组数（个）", "因公出国(境)团组数", three.groups),
        ("2.因公出国（境）人次数（人）", "因公出国(境)人次数", three.travellers),
        ("3.公务用车购置数（辆）", "公务用车购置数", three.bought),
        ("4.公务用车保有量（辆）", "公务用车保有量", three.held),
        ("5.国内公务接待批次（个）", "国内公务接待批次", three.visits),
        ("其中：外事接待批次（个）", "外事接待批次", three.foreign_visits),
        ("6.国内公务接待人次（人）", "国内公务接待人次", three.guests),
        ("其中：外事接待人次（人）", "外事接待人次", three.foreign_guests),
        ("7.国（境）外公务接待批次（个）", "国(境)外公务接待批次", 0),
        ("8.国（境）外公务接待人次（人）", "国(境)外公务接待人次", 0),
    )
    body: list[Row] = []
    for at, (label, key, spend) in enumerate(money, 1):
        figures = (
            sheets.cell(spend.initial, key, "年初预算数"),
            sheets.cell(spend.annual, key, "全年预算数"),
            sheets.cell(spend.actual, key, "决算数"),
        )
        body.append((Cell(label), head(str(at)), *figures))
    body.append((Cell("二、相关统计数"), head("10"), *[head("—")] * 3))
    for at, (label, key, count) in enumerate(counts, 11):
        figure = sheets.text(str(count) if count else "", key, "决算数")
        body.append((Cell(label), head(str(at)), head("—"), head("—"), figure))
    top: list[Row] = [
        heads("项目", "行次", "年初预算数", "全年预算数", "决算数"),
        heads("栏次", "", "1", "2", "3"),
    ]
    name = "财政拨款“三公”经费支出决算表"
    return sheets.finish(number, name, top, body, (36, 8, 16, 16, 16))


def assets(sheets: Sheets, number: int = 10) -> Table:
    """Build 国有资产占用情况表."""
    sheets.start("state_assets", f"{number:02d}")
    books = sheets.books
    rows = [("车辆数合计（台、辆）", "车辆合计", sum(books.cars))]
    rows += [
        (n, n.replace("（", "(").replace("）", ")"), c)
        for n, c in zip(CARS, books.cars, strict=True)
    ]
    rows.append(("单价100万元（含）以上设备（不含车辆）（台、套）", "设备", books.equipment))
    body: list[Row] = [
        (Cell(label), head(str(at)), sheets.text(str(count), key, "决算数"))
        for at, (label, key, count) in enumerate(rows, 1)
    ]
    top = [heads("项目", "栏次", "决算数"), heads("行次", "", "1")]
    return sheets.finish(number, "国有资产占用情况表", top, body, (50, 10, 20))


def projects(sheets: Sheets, number: int = 9) -> Table:
    """Build 一般公共预算财政拨款项目支出决算表, of which gouji has no model (四川、云南)."""
    sheets.start("other", f"{number:02d}")
    columns: list[tuple[str, Amount]] = [("项目支出", lambda i: i.general.project)]
    rows = by_code(sheets, lambda i: i.general.project, columns)
    top = sheets.item_head(["项目支出"])
    codes = (4, 4, 4, 30) if sheets.look.split_code else (12, 30)
    name = "一般公共预算财政拨款项目支出决算表"
    return sheets.finish(number, name, top, rows, (*codes, 20))


def details(sheets: Sheets, number: int, *, fiscal: bool) -> Table:
    """Build a table of items by economic group (明细表), of which gouji has no model (四川)."""
    sheets.start("other", f"{number:02d}")
    books = sheets.books
    body: list[Row] = []
    rest = dict.fromkeys(("301", "302", "303", "310"), ZERO) | {
        g: books.group([g]) for g in ("301", "302", "303", "310")
    }
    lines: list[tuple[str, list[Decimal]]] = []
    for item in sorted(books.items, key=lambda i: i.code):
        spent = item.fiscal_spent if fiscal else item.general.spent
        if not spent:
            continue
        figures = []
        left = item.general.basic
        for group in rest:
            taken = min(left, rest[group])
            rest[group] -= taken
            left -= taken
            figures.append(taken)
        figures[1] += spent - item.general.basic
        lines.append((item.code, figures))
    for code in sorted({c[:size] for c, _ in lines for size in (3, 5, 7)}):
        under = [figures for c, figures in lines if c.startswith(code)]
        sums = [sum(column, ZERO) for column in zip(*under, strict=True)]
        cells = [sheets.cell(v, code, "", nil="") for v in (sum(sums, ZERO), *sums)]
        body.append((*sheets.code_cells(code, NAMES[code]), *cells))
    sums = [sum(column, ZERO) for column in zip(*(f for _, f in lines), strict=True)]
    cells = [sheets.cell(v, "合计", "", nil="") for v in (sum(sums, ZERO), *sums)]
    body.insert(0, (head("合计", sheets.code_width), *cells))
    top = sheets.item_head(["合计", *(ECONOMY[g] for g in rest)])
    name = "财政拨款支出决算明细表" if fiscal else "一般公共预算财政拨款支出决算明细表"
    codes = (4, 4, 4, 26) if sheets.look.split_code else (10, 26)
    return sheets.finish(number, name, top, body, (*codes, *(12,) * 5))


def operating(sheets: Sheets, number: int) -> Table:
    """Build 财政拨款“三公”经费、行政参公单位机关运行经费情况表 (云南)."""
    sheets.start("other", f"{number:02d}")
    books = sheets.books
    labels = (
        "一、“三公”经费支出", "1.因公出国（境）费", "2.公务用车购置及运行维护费", "（1）公务用车购置费",
        "（2）公务用车运行维护费", "3.公务接待费",
    )  # fmt: skip
    body: list[Row] = []
    for at, ((key, spend), label) in enumerate(zip(_three_lines(books), labels, strict=True), 1):
        cells = (
            sheets.cell(spend.initial, key, "年初预算数"),
            sheets.cell(spend.actual, key, "决算数"),
        )
        body.append((Cell(label), head(str(at)), *cells))
    figure = sheets.cell(books.operating, "机关运行经费", "决算数")
    body.append((Cell("二、机关运行经费"), head("7"), head("—"), figure))
    top: list[Row] = [heads("项目", "行次", "年初预算数", "决算数"), heads("栏次", "", "1", "2")]
    name = "财政拨款“三公”经费、行政参公单位机关运行经费情况表"
    return sheets.finish(number, name, top, body, (36, 8, 16, 16))
