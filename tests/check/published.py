"""Balanced accounts and the ten published tables printed from them, for tests of tables.

Amounts are whole fen (分). Every table is printed from the same accounts with half-up rounding, so
whatever the printed digits say, true values stand behind them and no relation can be broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from gouji.model.disclosure import Disclosure
from gouji.model.document import Document
from gouji.model.figure import WAN_YUAN, YUAN, Figure, Unit, counting_unit
from gouji.model.outline import Outline, TableKind
from gouji.model.place import CellRef, Place
from gouji.model.tables import FUNCTIONAL_CLASSES, Row, Table

BUDGETS = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
CODES = ("2010301", "2010302", "2010399", "2013101", "2130305", "2130306", "2130314", "2139999")
ECONOMIC = (
    "30101",
    "30102",
    "30107",
    "30201",
    "30202",
    "30212",
    "30217",
    "30231",
    "30305",
    "31002",
)
FEN_A_YUAN = 100


@dataclass(frozen=True, slots=True)
class Item:
    """Expenditure on one 项 by kind of money, in fen."""

    code: str
    basic: int = 0
    project: int = 0
    fund: int = 0
    other: int = 0

    @property
    def general(self) -> int:
        """General public expenditure."""
        return self.basic + self.project

    @property
    def spent(self) -> int:
        """All expenditure."""
        return self.general + self.fund + self.other


@dataclass(frozen=True, slots=True)
class Balance:
    """Opening or closing balances by kind of money, in fen."""

    general: int = 0
    fund: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """All balances."""
        return self.general + self.fund + self.other


@dataclass(frozen=True, slots=True)
class Accounts:
    """One unit's year: what it spent, what it carried over, and what its basic money bought."""

    items: tuple[Item, ...]
    opening: Balance
    closing: Balance
    economic: Mapping[str, int]
    """Economic code → part of the basic expenditure."""
    beside: tuple[int, int, int, int] = (0, 0, 0, 0)
    """Trips, purchase, running, reception paid from project money."""

    def sum(self, amount: Callable[[Item], int], prefix: str = "") -> int:
        """Add an amount over all items of a code."""
        return sum(amount(i) for i in self.items if i.code.startswith(prefix))

    def received(self, kind: str, code: str = "") -> int:
        """Return income by kind of money; the first item carries the change of the balance."""
        spent = self.sum(lambda i: int(getattr(i, kind)), code)
        first = self.items[0].code.startswith(code)
        change = int(getattr(self.closing, kind)) - int(getattr(self.opening, kind))
        return spent + (change if first else 0)

    def codes(self) -> list[str]:
        """List every 类, 款 and 项 in order."""
        return sorted({i.code[:n] for i in self.items for n in (3, 5, 7)})


SMALL = Accounts(
    items=(
        Item("2010301", basic=61_234_567, project=8_765_432),
        Item("2010399", basic=7_654_321, other=1_234_567),
        Item("2130305", project=33_333_333),
        Item("2130314", project=12_345_678, fund=45_454_545),
    ),
    opening=Balance(1_111_111, 222_222, 0),
    closing=Balance(987_654, 321_321, 55_555),
    economic={"30101": 40_000_001, "30107": 9_999_999, "30201": 11_111_111, "30305": 7_777_777},
    beside=(0, 0, 1_234_567, 89_012),
)
"""Accounts for plain tests; the economic items are completed by `printed`."""


@dataclass(slots=True)
class Press:
    """Prints amounts of one table into its cells (印制)."""

    grid: str
    unit: Unit
    count: int = 0

    def money(self, fen: int) -> Figure:
        """Print an amount with two decimals, half up; nothing for zero."""
        value = (Decimal(fen) / FEN_A_YUAN / self.unit.factor).quantize(
            Decimal("0.01"), rounding=ROUND_HALF_UP
        )
        return self._figure(str(value) if fen else "", self.unit)

    def number(self, count: int) -> Figure:
        """Print a count of vehicles."""
        return self._figure(str(count), counting_unit("辆"))

    def _figure(self, text: str, unit: Unit) -> Figure:
        self.count += 1
        place = Place(text, self.count, self.count, None, None, CellRef(self.grid, self.count, 0))
        decimals = len(text.partition(".")[2])
        return Figure(text, Decimal(text or 0), unit, decimals, place, blank=not text)


def printed(accounts: Accounts, unit: Unit = WAN_YUAN) -> tuple[Table, ...]:
    """Print the ten published tables of some accounts."""
    left = accounts.sum(lambda i: i.basic) - sum(accounts.economic.values())
    accounts = replace(accounts, economic={**accounts.economic, "30299": left})
    return (
        _summary(accounts, unit),
        _income(accounts, unit),
        _expenditure(accounts, unit),
        _appropriations(accounts, unit),
        _general(accounts, unit),
        _basic(accounts, unit),
        _fund(accounts, unit),
        _by_code("state_capital", unit, accounts, [("合计", _nothing), ("基本支出", _nothing)]),
        _three_public(accounts, unit),
        _assets(),
    )


def disclosure(tables: Iterable[Table]) -> Disclosure:
    """Return a disclosure that holds these tables only."""
    outline = Outline("final_accounts", None, None, None, None, (), ())
    return Disclosure(Document("test", "0" * 64, "text", (), ()), outline, tuple(tables), (), ())


def table_of(kind: TableKind, tables: Sequence[Table]) -> Table:
    """Return the table of a kind."""
    return next(t for t in tables if t.kind == kind)


def with_figure(tables: Sequence[Table], old: Figure, new: Figure) -> tuple[Table, ...]:
    """Return the tables with one figure replaced."""

    def row(one: Row) -> Row:
        return replace(one, figures={k: new if f is old else f for k, f in one.figures.items()})

    return tuple(replace(t, rows=tuple(row(r) for r in t.rows), _index={}) for t in tables)


def reprint(figure: Figure, text: str) -> Figure:
    """Return a figure printed with other digits in the same place."""
    decimals = len(text.partition(".")[2])
    return replace(figure, text=text, value=Decimal(text), decimals=decimals, blank=not text)


# --- the tables ----------------------------------------------------------------------------------


def _nothing(_code: str) -> int:
    return 0


Column = tuple[str, Callable[[str], int]]


def _by_code(kind: TableKind, unit: Unit, accounts: Accounts, columns: Sequence[Column]) -> Table:
    """Print a table of codes: the total row first; a table without amounts has only that row."""
    press = Press(kind, unit)
    empty = not any(amount("") for _, amount in columns)
    codes = [c for c in accounts.codes() if any(amount(c) for _, amount in columns)]
    rows = [
        Row(
            code or "合计",
            f"科目{code}",
            {name: press.money(amount(code)) for name, amount in columns},
        )
        for code in ("", *codes)
    ]
    names = tuple(name for name, _ in columns)
    return Table(kind, kind, kind, unit, tuple(rows), names, empty=empty)


def _income(accounts: Accounts, unit: Unit) -> Table:
    def fiscal(code: str) -> int:
        return accounts.received("general", code) + accounts.received("fund", code)

    def other(code: str) -> int:
        return accounts.received("other", code)

    columns: list[Column] = [
        ("本年收入合计", lambda c: fiscal(c) + other(c)),
        ("财政拨款收入", fiscal),
        ("上级补助收入", _nothing),
        ("事业收入", _nothing),
        ("经营收入", _nothing),
        ("附属单位上缴收入", _nothing),
        ("其他收入", other),
    ]
    return _by_code("income", unit, accounts, columns)


def _expenditure(accounts: Accounts, unit: Unit) -> Table:
    columns: list[Column] = [
        ("本年支出合计", lambda c: accounts.sum(lambda i: i.spent, c)),
        ("基本支出", lambda c: accounts.sum(lambda i: i.basic, c)),
        ("项目支出", lambda c: accounts.sum(lambda i: i.spent - i.basic, c)),
        ("上缴上级支出", _nothing),
        ("经营支出", _nothing),
        ("对附属单位补助支出", _nothing),
    ]
    return _by_code("expenditure", unit, accounts, columns)


def _general(accounts: Accounts, unit: Unit) -> Table:
    columns: list[Column] = [
        ("小计", lambda c: accounts.sum(lambda i: i.general, c)),
        ("基本支出", lambda c: accounts.sum(lambda i: i.basic, c)),
        ("项目支出", lambda c: accounts.sum(lambda i: i.project, c)),
    ]
    return _by_code("general_public_expenditure", unit, accounts, columns)


def _fund(accounts: Accounts, unit: Unit) -> Table:
    def balance(amount: int) -> Callable[[str], int]:
        return lambda code: amount if accounts.items[0].code.startswith(code) else 0

    def spent(code: str) -> int:
        return accounts.sum(lambda i: i.fund, code)

    columns: list[Column] = [
        ("年初结转和结余", balance(accounts.opening.fund)),
        ("本年收入", lambda c: accounts.received("fund", c)),
        ("本年支出/小计", spent),
        ("本年支出/基本支出", _nothing),
        ("本年支出/项目支出", spent),
        ("年末结转和结余", balance(accounts.closing.fund)),
    ]
    return _by_code("government_fund", unit, accounts, columns)


def _summary(accounts: Accounts, unit: Unit) -> Table:
    press = Press("income_expenditure_summary", unit)
    sources = ["general", "fund"]
    income = {f"{b}收入": accounts.received(s) for b, s in zip(BUDGETS, sources, strict=False)}
    income |= {f"{BUDGETS[2]}收入": 0, "上级补助收入": 0, "事业收入": 0, "经营收入": 0}
    income |= {"附属单位上缴收入": 0, "其他收入": accounts.received("other")}
    received, spent = sum(income.values()), accounts.sum(lambda i: i.spent)
    income |= {"本年收入合计": received, "使用非财政拨款结余": 0}
    income |= {"年初结转和结余": accounts.opening.total, "总计": received + accounts.opening.total}
    outlay = {n[0]: accounts.sum(lambda i: i.spent, c) for c, n in FUNCTIONAL_CLASSES.items()}
    outlay |= {"本年支出合计": spent, "结余分配": 0}
    outlay |= {"年末结转和结余": accounts.closing.total, "总计": spent + accounts.closing.total}
    rows = [Row(k, k, {"金额": press.money(v)}, side="收入") for k, v in income.items()]
    rows += [Row(k, k, {"金额": press.money(v)}, side="支出") for k, v in outlay.items()]
    return Table("income_expenditure_summary", "", press.grid, unit, tuple(rows), ("金额",))


def _appropriations(accounts: Accounts, unit: Unit) -> Table:
    press = Press("appropriation_summary", unit)
    received = (accounts.received("general"), accounts.received("fund"), 0)
    opening = (accounts.opening.general, accounts.opening.fund, 0)
    income = dict(zip(BUDGETS, received, strict=True))
    income |= {"本年收入合计": sum(received), "年初财政拨款结转和结余": sum(opening)}
    income |= {f"年初/{b}": v for b, v in zip(BUDGETS, opening, strict=True)}
    income["总计"] = sum(received) + sum(opening)
    outlay = {n[0]: _by_budget(accounts, c) for c, n in FUNCTIONAL_CLASSES.items()}
    spent, left = _by_budget(accounts, ""), (accounts.closing.general, accounts.closing.fund)
    outlay |= {"本年支出合计": spent, "年末财政拨款结转和结余": left}
    outlay["总计"] = (spent[0] + left[0], spent[1] + left[1])
    rows = [Row(k, k, {"金额": press.money(v)}, side="收入") for k, v in income.items()]
    for key, (general, fund) in outlay.items():
        amounts = dict(zip(("合计", *BUDGETS), (general + fund, general, fund, 0), strict=True))
        figures = {column: press.money(v) for column, v in amounts.items()}
        rows.append(Row(key, key, figures, side="支出"))
    columns = ("金额", "合计", *BUDGETS)
    return Table("appropriation_summary", "", press.grid, unit, tuple(rows), columns)


def _by_budget(accounts: Accounts, code: str) -> tuple[int, int]:
    return accounts.sum(lambda i: i.general, code), accounts.sum(lambda i: i.fund, code)


def _basic(accounts: Accounts, unit: Unit) -> Table:
    press = Press("basic_expenditure", unit)
    codes = sorted({c[:n] for c in accounts.economic for n in (3, 5)})
    amounts = {c: sum(v for k, v in accounts.economic.items() if k.startswith(c)) for c in codes}
    people = amounts.get("301", 0) + amounts.get("303", 0)
    amounts |= {"人员经费合计": people, "公用经费合计": sum(accounts.economic.values()) - people}
    rows = tuple(Row(k, f"科目{k}", {"金额": press.money(v)}) for k, v in amounts.items())
    return Table("basic_expenditure", "", press.grid, unit, rows, ("金额",))


def _three_public(accounts: Accounts, unit: Unit) -> Table:
    press = Press("three_public", unit)
    bought = [accounts.economic.get(c, 0) for c in ("30212", "31013", "30231", "30217")]
    trips, purchase, running, reception = (
        a + b for a, b in zip(bought, accounts.beside, strict=True)
    )
    amounts = {
        "合计": trips + purchase + running + reception,
        "因公出国(境)费": trips,
        "公务用车购置及运行维护费": purchase + running,
        "公务用车购置费": purchase,
        "公务用车运行维护费": running,
        "公务接待费": reception,
    }
    columns = ("全年预算数", "决算数")
    rows = [Row(k, k, {c: press.money(v) for c in columns}) for k, v in amounts.items()]
    rows.append(Row("公务用车保有量", "", {"决算数": press.number(2)}))
    return Table("three_public", "", press.grid, unit, tuple(rows), columns)


def _assets() -> Table:
    press = Press("state_assets", YUAN)
    counts = {"车辆合计": 3, "机要通信用车": 1, "执法执勤用车": 0, "其他用车": 2, "设备": 4}
    rows = tuple(Row(k, k, {"决算数": press.number(v)}) for k, v in counts.items())
    return Table("state_assets", "", press.grid, counting_unit("辆"), rows, ("决算数",))
