"""Recomputes every relation between the printed cells of a sample's tables (表内与表间勾稽)."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from blocks import Table

CENT = Decimal("0.01")


class UnbalancedError(ValueError):
    """A printed relation that rounding cannot explain (勾稽不平)."""


def figure(text: str) -> Decimal:
    """Read a printed cell; an empty one is zero."""
    return Decimal(text.replace(",", "")) if text else Decimal(0)


def ties(what: str, total: Decimal, parts: Iterable[Decimal]) -> None:
    """Fail unless total = Σ parts within half a cent a figure."""
    listed = list(parts)
    if abs(total - sum(listed)) > CENT / 2 * (len(listed) + 1):
        raise UnbalancedError(f"{what}：{total} ≠ {' + '.join(map(str, listed))}")


def by_code(table: Table) -> dict[str, list[Decimal]]:
    """Read a table by functional code; the closing row is under 合计."""
    read = {}
    for row in table.body_grid():
        read[row[0]] = [figure(text) for text in row[2:]]
    return read


def by_label(table: Table, label_at: int, figures: Sequence[int]) -> dict[str, list[Decimal]]:
    """Read one side of table 01 or 04 by its labels, without their ordinals."""
    read = {}
    for row in table.body_grid():
        label = row[label_at].rpartition("、")[2]
        if label:
            read[label] = [figure(row[at]) for at in figures]
    return read


def check_hierarchy(table: Table, sums: Mapping[int, Sequence[int]]) -> dict[str, list[Decimal]]:
    """Check 合计=Σ类=Σ项, 类=Σ款=Σ项 in each column, and the row sums that are given."""
    rows = by_code(table)
    codes = [code for code in rows if code.isdigit()]
    for at in range(len(rows["合计"])):
        for size in (3, 5, 7):
            level = [rows[code][at] for code in codes if len(code) == size]
            ties(f"{table.key} 合计 第{at + 1}栏", rows["合计"][at], level)
        for parent in (code for code in codes if len(code) < 7):
            below = [c for c in codes if c.startswith(parent) and len(c) == len(parent) + 2]
            ties(f"{table.key} {parent}", rows[parent][at], [rows[code][at] for code in below])
    for code, row in rows.items():
        for total, parts in sums.items():
            ties(f"{table.key} {code} 横向", row[total], [row[at] for at in parts])
    return rows


def check_economy(table: Table) -> tuple[Decimal, Decimal]:
    """Check table 06 lane by lane; give 人员经费 and 公用经费."""
    grid = table.body_grid()
    amounts: dict[str, Decimal] = {}
    for row in grid[:-1]:
        for at in range(0, len(row), 3):
            if row[at]:
                amounts[row[at]] = figure(row[at + 2])
    groups = [code for code in amounts if len(code) == 3]
    for group in groups:
        below = [
            value for code, value in amounts.items() if code.startswith(group) and code != group
        ]
        ties(f"06 {group}", amounts[group], below)
    personnel, public = figure(grid[-1][2]), figure(grid[-1][-1])
    ties("06 人员经费", personnel, [amounts["301"], amounts["303"]])
    ties("06 公用经费", public, [amounts[g] for g in groups if g not in {"301", "303"}])
    return personnel, public


def check_three_public(row: Sequence[Decimal]) -> None:
    """Check 合计=出国+小计+接待 and 小计=购置+运行."""
    total, abroad, cars, purchase, running, reception = row
    ties("三公 合计", total, [abroad, cars, reception])
    ties("三公 小计", cars, [purchase, running])


def check_tables(tables: Mapping[str, Table], *, numbered: bool) -> None:
    """Check all nine tables of a sample and the ties between them."""
    wide = 3 if numbered else 2
    income = by_label(tables["01"], 0, [wide - 1])
    outlay = by_label(tables["01"], wide, [2 * wide - 1])
    value = {name: amounts[0] for name, amounts in (income | outlay).items()}
    names = list(income)
    kinds = names[: names.index("本年收入合计")]
    classes = [name for name in outlay if name.endswith("支出")]
    surplus = next(name for name in names if name.startswith("使用非财政拨款结余"))
    received, spent = value["本年收入合计"], value["本年支出合计"]
    ties("01 收入", received, [value[name] for name in kinds])
    ties("01 支出", spent, [value[name] for name in classes])
    ties("01 收入总计", value["总计"], [received, value[surplus], value["年初结转和结余"]])
    ties("01 支出总计", value["总计"], [spent, value["结余分配"], value["年末结转和结余"]])
    two = check_hierarchy(tables["02"], {0: range(1, 7)})
    three = check_hierarchy(tables["03"], {0: range(1, 6)})
    five = check_hierarchy(tables["05"], {0: (1, 2)})
    fund_key = "07" if numbered else "08"
    seven = check_hierarchy(tables[fund_key], {2: (3, 4)})
    for row in seven.values():
        ties("基金 结转", row[0] + row[1], [row[2], row[5]])
    ties("01-02", two["合计"][0], [received])
    ties("01-02 财政拨款", two["合计"][1], [value[name] for name in kinds[:3]])
    ties("01-03", three["合计"][0], [spent])
    four_in = by_label(tables["04"], 0, [wide - 1])
    columns = range(2 * wide - 1, 2 * wide + 3)
    four_out = by_label(tables["04"], wide, columns)
    check_fiscal(four_in, four_out, classes)
    total = four_out["本年支出合计"]
    ties("04-05", total[1], [five["合计"][0]])
    ties("04-07", total[2], [seven["合计"][2]])
    ties("02-04", two["合计"][1], four_in["本年收入合计"])
    personnel, public = check_economy(tables["06"])
    ties("05-06", five["合计"][1], [personnel, public])
    last = [figure(text) for text in tables["09" if numbered else "07"].body_grid()[0]]
    for row in (last[:6], last[6:]) if numbered else (last[::2], last[1::2]):
        check_three_public(row)


def check_fiscal(
    income: Mapping[str, Sequence[Decimal]],
    outlay: Mapping[str, Sequence[Decimal]],
    classes: Sequence[str],
) -> None:
    """Check table 04: both sides, each budget, and its closing line (财政拨款收支)."""
    budgets = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
    spent, closing, total = (
        outlay[name] for name in ("本年支出合计", "年末财政拨款结转和结余", "总计")
    )
    for row in outlay.values():
        ties("04 横向", row[0], row[1:])
    for at in range(4):
        ties("04 支出", spent[at], [outlay[name][at] for name in classes])
        ties("04 总计", total[at], [spent[at], closing[at]])
    received, opening = income["本年收入合计"][0], income["年初财政拨款结转和结余"][0]
    ties("04 收入总计", income["总计"][0], [received, opening])
    ties("04 收支总计", income["总计"][0], [total[0]])
    ties("04 年初结转", opening, [income[name][0] for name in budgets])
