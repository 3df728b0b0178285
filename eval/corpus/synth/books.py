"""The exact books behind one synthetic disclosure, in 元 (账目).

Everything printed is rounded from here, so every relation holds up to honest rounding (尾差).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce

from ledger import Procurement

from synth.chance import CENT
from synth.flows import ZERO, Balance, Item, Own, total

PERSONNEL = ("301", "303")
PUBLIC = ("302", "307", "310", "399")


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
class Indicator:
    """What a project promised under one heading, and what it scored (绩效指标)."""

    first: str
    """一级指标"""
    second: str
    """二级指标"""
    name: str
    """三级指标"""
    target: str
    actual: str
    weight: int
    score: Decimal
    note: str = ""
    """Why the target was missed (偏差原因)."""


@dataclass(frozen=True, kw_only=True)
class Project:
    """A project with its budget, execution and self-assessment (项目)."""

    name: str
    initial: Decimal
    annual: Decimal
    spent: Decimal
    indicators: tuple[Indicator, ...]

    @property
    def rate(self) -> Decimal:
        """Execution in per cent, two decimals (执行率)."""
        return (self.spent * 100 / self.annual).quantize(CENT, rounding=ROUND_HALF_UP)

    @property
    def execution_score(self) -> Decimal:
        """Points for execution, of ten (执行率得分)."""
        share = min(Decimal(1), self.spent / self.annual)
        return (share * 10).quantize(CENT, rounding=ROUND_HALF_UP)

    @property
    def score(self) -> Decimal:
        """All points, of a hundred (总分)."""
        return total([self.execution_score, *(one.score for one in self.indicators)])


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
