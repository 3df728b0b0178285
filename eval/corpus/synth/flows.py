"""Money of one item of the functional classification, by budget and by source (资金流)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

ZERO = Decimal(0)


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
