"""Writes figures into prose and remembers every claim it made (行文中的数字与断言)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from classification import ECONOMIC, FUNCTIONAL
from ledger import ZERO

Kind = Literal["change", "share", "sum"]


@dataclass(frozen=True)
class Claim:
    """One recomputable statement, with its figures as printed (一条可复算的断言).

    `change`: now, amount of change, rate; `share`: part, whole, rate (also 完成率);
    `sum`: total, then the parts.
    """

    kind: Kind
    printed: tuple[str, ...]
    grows: bool = True

    def is_feasible(self) -> bool:
        """Say whether values behind the printed digits can satisfy the claim."""
        spans = [span(text) for text in self.printed]
        if self.kind == "sum":
            low = sum(part[0] for part in spans[1:])
            high = sum(part[1] for part in spans[1:])
            return low <= spans[0][1] and spans[0][0] <= high
        first, second, rate = spans
        if self.kind == "share":
            return first[0] * 100 <= rate[1] * second[1] and rate[0] * second[0] <= first[1] * 100
        return self._change_is_feasible(first, second, rate)

    def _change_is_feasible(self, now: "Span", change: "Span", rate: "Span") -> bool:
        """Compare the rate with change ÷ prior at the corners; a prior of zero proves nothing."""
        sign = -1 if self.grows else 1
        corners = [(c, v + sign * c) for c in change for v in now]
        if any(prior <= 0 for _, prior in corners):
            return True
        rates = [100 * c / prior for c, prior in corners]
        return min(rates) <= rate[1] and rate[0] <= max(rates)


Span = tuple[Fraction, Fraction]


def span(text: str) -> Span:
    """Give the half-unit interval of a printed figure (半单位区间)."""
    digits = text.replace(",", "").rstrip("%")
    places = len(digits.partition(".")[2])
    value, half = Fraction(digits), Fraction(1, 2 * 10**places)
    return value - half, value + half


@dataclass
class Teller:
    """Prints amounts in 万元 and rates in %, and keeps the claims for the audit."""

    commas: bool = False
    rate_places: int = 2
    prior: str = "上年"
    claims: list[Claim] = field(default_factory=list)

    def bare(self, amount: Decimal) -> str:
        """Print an amount in 万元 without the unit, two decimals, half up."""
        value = (amount / 10000).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        return f"{value:,}" if self.commas else str(value)

    def money(self, amount: Decimal) -> str:
        """Print an amount with its unit (万元)."""
        return self.bare(amount) + "万元"

    def percent(self, part: Decimal, whole: Decimal) -> str:
        """Print part ÷ whole as a percentage, half up."""
        step = Decimal(1).scaleb(-self.rate_places)
        return f"{(part * 100 / whole).quantize(step, rounding=ROUND_HALF_UP)}%"

    def share(self, part: Decimal, whole: Decimal) -> str:
        """Print a share or a completion rate and remember it (占比、完成率)."""
        rate = self.percent(part, whole)
        self.claims.append(Claim("share", (self.bare(part), self.bare(whole), rate)))
        return rate

    def moved(self, now: Decimal, before: Decimal, *, rate: bool = True) -> str:
        """Print amount and rate of a change: 增加X万元，增长p% (增减额与增减率)."""
        if now == before:
            return f"与{self.prior}持平"
        grows = now > before
        text = ("增加" if grows else "减少") + self.money(abs(now - before))
        if before == 0:
            return text + f"，{self.prior}基数为零，增减率不可比"
        if not rate:
            return text
        return text + "，" + self.rate_of(now, before)

    def rate_of(self, now: Decimal, before: Decimal, *, words: str = "增长 下降") -> str:
        """Print only the rate of a change and remember it: 增长p% (增减率)."""
        up, down = words.split()
        change = abs(now - before)
        rate = self.percent(change, before)
        printed = (self.bare(now), self.bare(change), rate)
        self.claims.append(Claim("change", printed, grows=now > before))
        return (up if now > before else down) + rate

    def parts(self, total: Decimal, parts: Sequence[Decimal]) -> None:
        """Remember that some parts are said to make up a total (其中)."""
        if sum(parts, ZERO) != total:
            raise ValueError(f"其中之和 {sum(parts, ZERO)} ≠ {total}")
        self.claims.append(Claim("sum", tuple(self.bare(v) for v in (total, *parts))))

    def audit(self, prose: str) -> None:
        """Fail unless every claim is feasible and every printed rate was told by this teller."""
        for claim in self.claims:
            if not claim.is_feasible():
                raise ValueError(f"断言不成立：{claim}")
        told = sum(1 for claim in self.claims if claim.kind != "sum")
        printed = len(re.findall(r"\d%", prose)) - len(re.findall(r"的0\.0+%", prose))
        if told != printed:
            raise ValueError(f"文中 {printed} 个百分比，账上 {told} 个")


def economic_names(economic: Mapping[str, Decimal], *prefixes: str) -> str:
    """List the economic lines that carry money (实际有支出的经济分类款级科目)."""
    codes = sorted(code for code in economic if code.startswith(prefixes) and economic[code])
    return "、".join(ECONOMIC[code] for code in codes)


def item_name(code: str) -> str:
    """Name an item with its parents (类、款、项全称)."""
    names = FUNCTIONAL[code[:3]], FUNCTIONAL[code[:5]], FUNCTIONAL[code]
    return f"{names[0]}（类）{names[1]}（款）{names[2]}（项）"
