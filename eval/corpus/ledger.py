"""The exact books behind one sample: every amount is a Decimal in 元 (账目，以元为单位的精确数).

Whatever a sample prints is rounded from here, so all its relations hold up to honest rounding.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from classification import PERSONNEL_GROUPS, PUBLIC_GROUPS

ZERO = Decimal(0)


def yuan(text: str) -> Decimal:
    """Read an amount written with thousands commas (元)."""
    return Decimal(text.replace(",", ""))


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item of the functional classification with all its money (功能分类项级科目)."""

    code: str
    basic: Decimal = ZERO
    """Basic expenditure from the general public budget (一般公共预算基本支出)."""
    project: Decimal = ZERO
    """Project expenditure from the general public budget (一般公共预算项目支出)."""
    fund_project: Decimal = ZERO
    """Project expenditure from government-managed funds (政府性基金项目支出)."""
    own_project: Decimal = ZERO
    """Project expenditure from money that is no fiscal appropriation (非财政拨款项目支出)."""
    general_income: Decimal | None = None
    """Income from the general public budget; None means as much as was spent."""
    fund_income: Decimal | None = None
    """Income from government-managed funds; None means as much as was spent."""
    superior_income: Decimal = ZERO
    """Subsidy from a higher-level unit (上级补助收入)."""
    business_income: Decimal = ZERO
    """Income from professional activity (事业收入)."""
    other_income: Decimal = ZERO
    """Other income (其他收入)."""
    initial: Decimal = ZERO
    """Budget at the start of the year, general public budget (年初预算数)."""
    adjusted: Decimal = ZERO
    """Budget after adjustment, general public budget (全年预算数)."""
    use: str = ""
    """What the money was for (主要用于)."""
    reason: str = ""
    """Why the final account departs from the budget (差异原因)."""

    @property
    def general(self) -> Decimal:
        """Expenditure from the general public budget (一般公共预算财政拨款支出)."""
        return self.basic + self.project

    @property
    def spent(self) -> Decimal:
        """Expenditure from all money (本年支出合计)."""
        return self.general + self.fund_project + self.own_project

    @property
    def from_general(self) -> Decimal:
        """Income from the general public budget (一般公共预算财政拨款收入)."""
        return self.general if self.general_income is None else self.general_income

    @property
    def from_fund(self) -> Decimal:
        """Income from government-managed funds (政府性基金预算财政拨款收入)."""
        return self.fund_project if self.fund_income is None else self.fund_income

    @property
    def from_fiscal(self) -> Decimal:
        """Fiscal appropriation received (财政拨款收入)."""
        return self.from_general + self.from_fund

    @property
    def from_own(self) -> Decimal:
        """Income that is no fiscal appropriation (非财政拨款收入)."""
        return self.superior_income + self.business_income + self.other_income

    @property
    def received(self) -> Decimal:
        """Income of the year (本年收入合计)."""
        return self.from_fiscal + self.from_own


@dataclass(frozen=True, kw_only=True)
class Balance:
    """Carry-over and surplus by kind of money (结转和结余)."""

    general: Decimal = ZERO
    fund: Decimal = ZERO
    own: Decimal = ZERO

    @property
    def fiscal(self) -> Decimal:
        """Carry-over of fiscal appropriation (财政拨款结转和结余)."""
        return self.general + self.fund

    @property
    def total(self) -> Decimal:
        """Carry-over of all money (结转和结余合计)."""
        return self.fiscal + self.own


@dataclass(frozen=True, kw_only=True)
class PriorYear:
    """Figures of the year before, from which every change derives (上年数)."""

    opening: Balance
    general_income: Decimal
    fund_income: Decimal = ZERO
    own_income: Decimal = ZERO
    surplus_used: Decimal = ZERO
    distributed: Decimal = ZERO
    personnel: Decimal
    public: Decimal
    operating: Decimal = ZERO
    """Operating expenses of government bodies (机关运行经费)."""

    @property
    def income(self) -> Decimal:
        """Income of the year before (上年收入合计)."""
        return self.general_income + self.fund_income + self.own_income

    @property
    def total(self) -> Decimal:
        """Closing line of the year before (上年收入、支出总计)."""
        return self.income + self.surplus_used + self.opening.total

    @property
    def fiscal_total(self) -> Decimal:
        """Closing line of fiscal appropriation of the year before (上年财政拨款收、支总计)."""
        return self.general_income + self.fund_income + self.opening.fiscal


@dataclass(frozen=True, kw_only=True)
class PublicLine:
    """One of the three public expenses (“三公”经费的一项)."""

    budget: Decimal = ZERO
    actual: Decimal = ZERO
    prior: Decimal = ZERO

    def __add__(self, other: "PublicLine") -> "PublicLine":
        """Add two lines, figure by figure."""
        return PublicLine(
            budget=self.budget + other.budget,
            actual=self.actual + other.actual,
            prior=self.prior + other.prior,
        )


@dataclass(frozen=True, kw_only=True)
class ThreePublic:
    """The three public expenses with their counts (“三公”经费及实物量)."""

    abroad: PublicLine = field(default_factory=PublicLine)
    purchase: PublicLine = field(default_factory=PublicLine)
    running: PublicLine
    reception: PublicLine
    cars_bought: int = 0
    cars_held: int
    visits: int
    guests: int

    @property
    def cars(self) -> PublicLine:
        """Buying and running official vehicles (公务用车购置及运行维护费)."""
        return self.purchase + self.running

    @property
    def total(self) -> PublicLine:
        """All three together (“三公”经费合计)."""
        return self.abroad + self.cars + self.reception


@dataclass(frozen=True, kw_only=True)
class Procurement:
    """Government procurement (政府采购)."""

    goods: Decimal
    works: Decimal
    services: Decimal
    small_medium: Decimal
    """Contracts with small and medium-sized enterprises (授予中小企业合同金额)."""
    small_micro: Decimal
    """The part with small and micro enterprises (授予小微企业合同金额)."""

    @property
    def total(self) -> Decimal:
        """All procurement (政府采购支出总额)."""
        return self.goods + self.works + self.services


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """All money of one unit in one year (一个单位一个年度的全部账目)."""

    items: tuple[Item, ...]
    economic: Mapping[str, Decimal]
    """Basic expenditure by five-digit economic code (基本支出经济分类款级)."""
    opening: Balance = field(default_factory=Balance)
    surplus_used: Decimal = ZERO
    """Surplus of other money that was drawn on (使用非财政拨款结余)."""
    distributed: Decimal = ZERO
    """Surplus distributed (结余分配)."""
    prior: PriorYear
    three_public: ThreePublic
    procurement: Procurement
    operating: Decimal = ZERO
    """Operating expenses of government bodies (机关运行经费)."""

    def __post_init__(self) -> None:
        """Refuse books that do not balance."""
        by_function = self.sum(lambda item: item.basic)
        by_economy = self.personnel + self.public
        if by_function != by_economy:
            raise ValueError(f"基本支出：功能分类 {by_function} ≠ 经济分类 {by_economy}")
        closing = self.closing
        if min(closing.general, closing.fund, closing.own) < 0:
            raise ValueError(f"年末结转和结余为负：{closing}")
        if self.opening.total + self.income + self.surplus_used != self.total:
            raise ValueError("收入总计 ≠ 支出总计")
        trips = self.three_public
        tied = {"30212": trips.abroad, "30217": trips.reception, "30231": trips.running}
        for code, line in tied.items():
            if self.economic.get(code, ZERO) > line.actual:
                raise ValueError(f"{code} 大于“三公”经费决算数")

    def sum(self, amount: Callable[[Item], Decimal], prefix: str = "") -> Decimal:
        """Add one amount over the items under a code (汇总)."""
        chosen = (item for item in self.items if item.code.startswith(prefix))
        return sum(map(amount, chosen), ZERO)

    def codes(self, chosen: Callable[[Item], Decimal]) -> list[str]:
        """List 类, 款 and 项 codes that carry money, parents before their children."""
        found: set[str] = set()
        for item in self.items:
            if chosen(item):
                found |= {item.code[:3], item.code[:5], item.code}
        return sorted(found)

    def group(self, groups: Iterable[str]) -> Decimal:
        """Add the economic lines of some groups (按经济分类类级汇总)."""
        prefixes = tuple(groups)
        lines = (value for code, value in self.economic.items() if code.startswith(prefixes))
        return sum(lines, ZERO)

    @property
    def personnel(self) -> Decimal:
        """Personnel expenses (人员经费)."""
        return self.group(PERSONNEL_GROUPS)

    @property
    def public(self) -> Decimal:
        """Operating part of basic expenditure (公用经费)."""
        return self.group(PUBLIC_GROUPS)

    @property
    def income(self) -> Decimal:
        """Income of the year (本年收入合计)."""
        return self.sum(lambda item: item.received)

    @property
    def spent(self) -> Decimal:
        """Expenditure of the year (本年支出合计)."""
        return self.sum(lambda item: item.spent)

    @property
    def basic(self) -> Decimal:
        """Basic expenditure (基本支出); in the samples all of it is general public budget."""
        return self.sum(lambda item: item.basic)

    @property
    def project(self) -> Decimal:
        """Project expenditure from all money (项目支出)."""
        return self.spent - self.basic

    @property
    def general(self) -> Decimal:
        """Expenditure from the general public budget (一般公共预算财政拨款支出)."""
        return self.sum(lambda item: item.general)

    @property
    def fund(self) -> Decimal:
        """Expenditure from government-managed funds (政府性基金预算财政拨款支出)."""
        return self.sum(lambda item: item.fund_project)

    @property
    def closing(self) -> Balance:
        """Carry-over at the end of the year (年末结转和结余)."""
        own_spent = self.sum(lambda item: item.own_project)
        own_income = self.sum(lambda item: item.from_own)
        own_in = self.opening.own + own_income + self.surplus_used
        return Balance(
            general=self.opening.general + self.sum(lambda i: i.from_general) - self.general,
            fund=self.opening.fund + self.sum(lambda i: i.from_fund) - self.fund,
            own=own_in - own_spent - self.distributed,
        )

    @property
    def total(self) -> Decimal:
        """Closing line of both sides (收入总计、支出总计)."""
        return self.spent + self.distributed + self.closing.total

    @property
    def fiscal_total(self) -> Decimal:
        """Closing line of fiscal appropriation (财政拨款收、支总计)."""
        return self.general + self.fund + self.closing.fiscal

    @property
    def prior_spent(self) -> Decimal:
        """Expenditure of the year before (上年支出合计)."""
        return self.prior.total - self.prior.distributed - self.opening.total

    @property
    def prior_general(self) -> Decimal:
        """Last year's expenditure from the general public budget (上年一般公共预算支出)."""
        prior = self.prior
        return prior.opening.general + prior.general_income - self.opening.general

    @property
    def prior_fund(self) -> Decimal:
        """Last year's expenditure from government-managed funds (上年政府性基金支出)."""
        return self.prior.opening.fund + self.prior.fund_income - self.opening.fund
