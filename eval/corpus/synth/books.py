"""The exact books behind one synthetic disclosure, in 元 (账目).

Everything printed is rounded from here, so every relation holds up to honest rounding (尾差).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce

ZERO = Decimal(0)
PERSONNEL = ("301", "303")
PUBLIC = ("302", "307", "310", "399")


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Add amounts; nothing adds to zero."""
    return sum(amounts, ZERO)


@dataclass(frozen=True, kw_only=True)
class Flow:
    """Appropriations of one budget to one item (一个预算对一个科目的拨款)."""

    opening: Decimal = ZERO
    income: Decimal = ZERO
    basic: Decimal = ZERO
    project: Decimal = ZERO

    def __add__(self, other: "Flow") -> "Flow":
        return Flow(
            opening=self.opening + other.opening,
            income=self.income + other.income,
            basic=self.basic + other.basic,
            project=self.project + other.project,
        )

    @property
    def spent(self) -> Decimal:
        """Expenditure (本年支出)."""
        return self.basic + self.project

    @property
    def closing(self) -> Decimal:
        """Carry-over at the end of the year (年末结转和结余)."""
        return self.opening + self.income - self.spent


@dataclass(frozen=True, kw_only=True)
class Own:
    """Money that is no fiscal appropriation (非财政拨款)."""

    superior: Decimal = ZERO
    """上级补助收入"""
    business: Decimal = ZERO
    """事业收入"""
    trading: Decimal = ZERO
    """经营收入"""
    affiliated: Decimal = ZERO
    """附属单位上缴收入"""
    other: Decimal = ZERO
    """其他收入"""
    basic: Decimal = ZERO
    project: Decimal = ZERO
    upward: Decimal = ZERO
    """上缴上级支出"""
    traded: Decimal = ZERO
    """经营支出"""
    downward: Decimal = ZERO
    """对附属单位补助支出"""

    def __add__(self, other: "Own") -> "Own":
        names = self.__dataclass_fields__
        return Own(**{name: getattr(self, name) + getattr(other, name) for name in names})

    @property
    def income(self) -> Decimal:
        """Income (非财政拨款收入)."""
        return self.superior + self.business + self.trading + self.affiliated + self.other

    @property
    def spent(self) -> Decimal:
        """Expenditure (非财政拨款支出)."""
        return self.basic + self.project + self.upward + self.traded + self.downward


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item of the functional classification, or several added up (功能分类科目)."""

    code: str = ""
    general: Flow = field(default_factory=Flow)
    fund: Flow = field(default_factory=Flow)
    capital: Flow = field(default_factory=Flow)
    own: Own = field(default_factory=Own)
    initial: Decimal = ZERO
    """General public budget at the start of the year (年初预算数)."""
    annual: Decimal = ZERO
    """General public budget after adjustment (全年预算数)."""
    fund_annual: Decimal = ZERO
    prior: Decimal = ZERO
    """General public expenditure of the year before (上年一般公共预算支出)."""

    def __add__(self, other: "Item") -> "Item":
        return Item(
            general=self.general + other.general,
            fund=self.fund + other.fund,
            capital=self.capital + other.capital,
            own=self.own + other.own,
            initial=self.initial + other.initial,
            annual=self.annual + other.annual,
            fund_annual=self.fund_annual + other.fund_annual,
            prior=self.prior + other.prior,
        )

    @property
    def fiscal_income(self) -> Decimal:
        """Fiscal appropriation received (财政拨款收入)."""
        return self.general.income + self.fund.income + self.capital.income

    @property
    def fiscal_spent(self) -> Decimal:
        """Expenditure from fiscal appropriation (财政拨款支出)."""
        return self.general.spent + self.fund.spent + self.capital.spent

    @property
    def income(self) -> Decimal:
        """Income of the year (本年收入)."""
        return self.fiscal_income + self.own.income

    @property
    def basic(self) -> Decimal:
        """Basic expenditure from all money (基本支出)."""
        return self.general.basic + self.fund.basic + self.capital.basic + self.own.basic

    @property
    def project(self) -> Decimal:
        """Project expenditure from all money (项目支出)."""
        return self.general.project + self.fund.project + self.capital.project + self.own.project

    @property
    def spent(self) -> Decimal:
        """Expenditure of the year (本年支出)."""
        return self.fiscal_spent + self.own.spent


@dataclass(frozen=True, kw_only=True)
class Balance:
    """Carry-over by kind of money (结转和结余)."""

    general: Decimal = ZERO
    fund: Decimal = ZERO
    capital: Decimal = ZERO
    own: Decimal = ZERO

    @property
    def fiscal(self) -> Decimal:
        """Of fiscal appropriation (财政拨款结转和结余)."""
        return self.general + self.fund + self.capital

    @property
    def total(self) -> Decimal:
        """Of all money (结转和结余)."""
        return self.fiscal + self.own


@dataclass(frozen=True, kw_only=True)
class Prior:
    """The year before, from which every change derives (上年数)."""

    opening: Balance
    closing: Balance
    personnel: Decimal
    public: Decimal
    groups: Mapping[str, Decimal]
    """Basic expenditure by economic group (经济分类类级)."""
    general_project: Decimal
    fund: Decimal
    capital: Decimal
    own: Own
    surplus_used: Decimal
    distributed: Decimal
    operating: Decimal
    procurement: Decimal

    @property
    def general(self) -> Decimal:
        """上年一般公共预算支出."""
        return self.personnel + self.public + self.general_project

    @property
    def general_income(self) -> Decimal:
        """上年一般公共预算财政拨款收入."""
        return self.general + self.closing.general - self.opening.general

    @property
    def fund_income(self) -> Decimal:
        """上年政府性基金收入."""
        return self.fund + self.closing.fund - self.opening.fund

    @property
    def capital_income(self) -> Decimal:
        """上年国有资本经营预算收入."""
        return self.capital + self.closing.capital - self.opening.capital

    @property
    def fiscal_income(self) -> Decimal:
        """上年财政拨款收入."""
        return self.general_income + self.fund_income + self.capital_income

    @property
    def fiscal_spent(self) -> Decimal:
        """上年财政拨款支出."""
        return self.general + self.fund + self.capital

    @property
    def income(self) -> Decimal:
        """上年收入合计."""
        return self.fiscal_income + self.own.income

    @property
    def basic(self) -> Decimal:
        """上年基本支出."""
        return self.personnel + self.public + self.own.basic

    @property
    def project(self) -> Decimal:
        """上年项目支出."""
        return self.general_project + self.fund + self.capital + self.own.project

    @property
    def spent(self) -> Decimal:
        """上年支出合计."""
        return self.fiscal_spent + self.own.spent

    @property
    def total(self) -> Decimal:
        """上年收入总计."""
        return self.income + self.surplus_used + self.opening.total

    @property
    def fiscal_total(self) -> Decimal:
        """上年财政拨款收、支总计."""
        return self.fiscal_income + self.opening.fiscal


@dataclass(frozen=True, kw_only=True)
class Spend:
    """One of the three public expenses in every measure (“三公”经费的一项)."""

    initial: Decimal = ZERO
    annual: Decimal = ZERO
    actual: Decimal = ZERO
    prior: Decimal = ZERO

    def __add__(self, other: "Spend") -> "Spend":
        return Spend(
            initial=self.initial + other.initial,
            annual=self.annual + other.annual,
            actual=self.actual + other.actual,
            prior=self.prior + other.prior,
        )


@dataclass(frozen=True, kw_only=True)
class ThreePublic:
    """The three public expenses with counts (“三公”经费与实物量); meetings and training beside."""

    abroad: Spend
    purchase: Spend
    running: Spend
    reception: Spend
    foreign: Decimal = ZERO
    """Reception of foreign guests within reception at home (外事接待费)."""
    meeting: Spend
    training: Spend
    groups: int
    travellers: int
    bought: int
    held: int
    visits: int
    guests: int
    foreign_visits: int = 0
    foreign_guests: int = 0

    @property
    def cars(self) -> Spend:
        """公务用车购置及运行维护费."""
        return self.purchase + self.running

    @property
    def all(self) -> Spend:
        """“三公”经费合计."""
        return self.abroad + self.cars + self.reception


@dataclass(frozen=True, kw_only=True)
class Procurement:
    """Government procurement (政府采购)."""

    goods: Decimal
    works: Decimal
    services: Decimal
    small_medium: Decimal
    small_micro: Decimal

    @property
    def total(self) -> Decimal:
        """政府采购支出总额."""
        return self.goods + self.works + self.services


@dataclass(frozen=True, kw_only=True)
class Project:
    """A project with its budget, execution and self-assessed score (项目)."""

    name: str
    initial: Decimal
    annual: Decimal
    spent: Decimal
    score: Decimal


@dataclass(frozen=True, kw_only=True)
class Books:
    """All money of one unit in one year (一个单位一个年度的全部账目)."""

    entity: str
    short: str
    """What the unit calls itself: 本部门, 我局."""
    place: str
    year: int
    civil: bool
    duty: str
    offices: tuple[str, ...]
    staff: tuple[int, int, int]
    """Posts, in service, retired (编制、在职、退休)."""
    items: tuple[Item, ...]
    economic: Mapping[str, Decimal]
    surplus_used: Decimal
    distributed: Decimal
    own_opening: Decimal
    prior: Prior
    three: ThreePublic
    procurement: Procurement
    operating: Decimal
    cars: tuple[int, ...]
    equipment: int
    projects: tuple[Project, ...]

    def __post_init__(self) -> None:
        if self.personnel + self.public != self.all.general.basic:
            raise ValueError("基本支出：功能分类 ≠ 经济分类")
        closing = self.closing
        if min(closing.general, closing.fund, closing.capital, closing.own) < 0:
            raise ValueError(f"年末结转和结余为负：{closing}")
        if self.prior.closing != self.opening:
            raise ValueError("上年年末 ≠ 本年年初")
        if self.opening.total + self.all.income + self.surplus_used != self.total:
            raise ValueError("收入总计 ≠ 支出总计")

    def under(self, prefix: str = "") -> Item:
        """Add the items under a code (按科目汇总)."""
        chosen = [item for item in self.items if item.code.startswith(prefix)]
        return reduce(lambda a, b: a + b, chosen, Item())

    @property
    def all(self) -> Item:
        """All items together (合计)."""
        return self.under()

    def codes(self, chosen: Callable[[Item], object]) -> list[str]:
        """List codes that carry money, parents before children (类、款、项)."""
        found: set[str] = set()
        for item in self.items:
            if chosen(item):
                found |= {item.code[:size] for size in (3, 5, 7)}
        return sorted(found)

    def group(self, groups: Iterable[str]) -> Decimal:
        """Add economic lines of some groups (按经济分类汇总)."""
        heads = tuple(groups)
        return total(v for code, v in self.economic.items() if code.startswith(heads))

    @property
    def personnel(self) -> Decimal:
        """人员经费."""
        return self.group(PERSONNEL)

    @property
    def public(self) -> Decimal:
        """公用经费."""
        return self.group(PUBLIC)

    @property
    def opening(self) -> Balance:
        """年初结转和结余."""
        everything = self.all
        return Balance(
            general=everything.general.opening,
            fund=everything.fund.opening,
            capital=everything.capital.opening,
            own=self.own_opening,
        )

    @property
    def closing(self) -> Balance:
        """年末结转和结余."""
        everything = self.all
        own = everything.own
        return Balance(
            general=everything.general.closing,
            fund=everything.fund.closing,
            capital=everything.capital.closing,
            own=self.own_opening + own.income + self.surplus_used - own.spent - self.distributed,
        )

    @property
    def total(self) -> Decimal:
        """收入总计、支出总计."""
        return self.all.spent + self.distributed + self.closing.total

    @property
    def fiscal_total(self) -> Decimal:
        """财政拨款收、支总计."""
        return self.all.fiscal_spent + self.closing.fiscal
