"""Invents what a unit received and spent, by economic line and by function (收支的生成)."""

from dataclasses import replace
from decimal import Decimal

from synth.chance import Chance
from synth.codes import Trade
from synth.flows import ZERO, Flow, Item, Own, total

SALARIES = ("30101", "30102", "30103", "30106", "30107", "30112", "30114", "30199")
ALLOWANCES = ("30304", "30305", "30306", "30307", "30309", "30311", "30399")
OFFICE = (
    "30201", "30202", "30203", "30204", "30205", "30206", "30207", "30208", "30209", "30211",
    "30213", "30214", "30215", "30216", "30218", "30224", "30226", "30227", "30228", "30229",
    "30239", "30240", "30299",
)  # fmt: skip
ASSETS = ("31002", "31003", "31007", "31099")


def economic_lines(chance: Chance, trade: Trade, scale: Decimal) -> dict[str, Decimal]:
    """Invent basic expenditure by economic code (经济分类)."""
    lines: dict[str, Decimal] = {}
    base = chance.money(float(scale) * 0.5, float(scale) * 1.2)
    chosen = ["30101", *chance.some(SALARIES[1:], 3, 7)]
    lines |= zip(chosen, chance.split(base, len(chosen)), strict=True)
    lines["30108"] = chance.near(base, 0.1, 0.16)
    if chance.odds(0.6):
        lines["30109"] = chance.near(lines["30108"], 0.3, 0.5)
    lines["30110"] = chance.near(base, 0.04, 0.08)
    if trade.civil and chance.odds(0.5):
        lines["30111"] = chance.near(base, 0.01, 0.03)
    lines["30113"] = chance.near(base, 0.07, 0.12)
    for code in chance.some(ALLOWANCES, 0, 3):
        lines[code] = chance.money(500, float(base) * 0.02 + 1000)
    if chance.odds(0.6):
        lines["30302"] = chance.money(3000, float(base) * 0.08 + 4000)
    office = chance.some(OFFICE, 5, 16)
    spare = chance.near(base, 0.08, 0.3)
    lines |= zip(office, chance.split(spare, len(office)), strict=True)
    for code, odds, top in (("30217", 0.55, 40000), ("30231", 0.55, 40000), ("30212", 0.1, 80000)):
        if chance.odds(odds):
            lines[code] = chance.money(800, top)
    for code in chance.some(ASSETS, 0, 2):
        lines[code] = chance.money(2000, 90000)
    return lines


def invent_items(
    chance: Chance, trade: Trade, economic: dict[str, Decimal], scale: Decimal
) -> tuple[Item, ...]:
    """Invent what was spent by function; basic expenditure follows the economic lines (功能分类)."""
    tied: dict[str, Decimal] = {"2080505": economic["30108"], "2210201": economic["30113"]}
    if "30109" in economic:
        tied["2080506"] = economic["30109"]
    tied["2101101" if trade.civil else "2101102"] = economic["30110"]
    if "30111" in economic:
        tied["2101103"] = economic["30111"]
    if "30302" in economic:
        tied["2080501" if trade.civil else "2080502"] = economic["30302"]
    tied[trade.main] = total(economic.values()) - total(tied.values())
    if not trade.school and chance.odds(0.4):
        second = chance.one(trade.projects)
        share = chance.near(tied[trade.main], 0.1, 0.4)
        tied[second] = tied.get(second, ZERO) + share
        tied[trade.main] -= share
    flows = {code: Flow(income=amount, basic=amount) for code, amount in tied.items()}
    for code in chance.some(trade.projects, 1, 5):
        spent = chance.money(float(scale) * 0.01, float(scale) * chance.one((0.1, 0.5, 2)))
        flows[code] = flows.get(code, Flow()) + _carried(chance, spent, 0.3)
    if chance.odds(0.15):
        extra = chance.one(("2296002", "2089999", "2050999", "2130705"))
        if not extra.startswith("229"):
            spent = chance.money(10000, 300000)
            flows[extra] = flows.get(extra, Flow()) + _carried(chance, spent, 0)
    items = {code: _budgeted(chance, Item(code=code, general=flow)) for code, flow in flows.items()}
    _add_fund(chance, trade, items, scale)
    _add_capital(chance, items)
    _add_own(chance, trade, items, scale)
    return tuple(items[code] for code in sorted(items))


def _carried(chance: Chance, spent: Decimal, share: float) -> Flow:
    """Spend on projects, partly from or into carry-over (结转)."""
    opening = chance.near(spent, 0.05, 0.6) if chance.odds(share) else ZERO
    closing = chance.near(spent, 0.02, 0.5) if chance.odds(share) else ZERO
    return Flow(opening=opening, income=spent + closing - opening, project=spent)


def _budgeted(chance: Chance, item: Item) -> Item:
    """Give an item its budgets and its prior year (预算与上年)."""
    spent = item.general.spent
    annual = spent if chance.odds(0.4) else chance.near(spent, 1, 1.4)
    way = chance.count(0, 9)
    if way < 3:
        initial = spent if way else annual
    elif way == 3 and item.general.project:
        initial = ZERO
    else:
        initial = chance.money(float(spent) * 0.5, float(spent) * 1.5)
    prior = spent if chance.odds(0.08) else chance.near(spent, 0.4, 1.8)
    if item.general.project and not item.general.basic and chance.odds(0.2):
        prior = ZERO
    return replace(item, initial=initial, annual=annual, prior=prior)


def _add_fund(chance: Chance, trade: Trade, items: dict[str, Item], scale: Decimal) -> None:
    if not trade.fund or chance.odds(0.35):
        return
    for code in chance.some(trade.fund, 1, 2):
        spent = chance.money(float(scale) * 0.02, float(scale))
        flow = _carried(chance, spent, 0.35)
        items[code] = replace(
            items.get(code, Item(code=code)), fund=flow, fund_annual=flow.opening + flow.income
        )


def _add_capital(chance: Chance, items: dict[str, Item]) -> None:
    if chance.odds(0.12):
        code = chance.one(("2230105", "2239999"))
        spent = chance.money(2000, 600000)
        items[code] = Item(code=code, capital=_carried(chance, spent, 0.2))


def _add_own(chance: Chance, trade: Trade, items: dict[str, Item], scale: Decimal) -> None:
    """Add money that is no appropriation to some items (其他资金)."""
    if chance.odds(0.4):
        return
    code = chance.one([trade.main, *[i for i in items if i[:3] == trade.main[:3]]])
    top = float(scale) * 0.6
    kinds = ["other"]
    if not trade.civil:
        kinds += ["business", "trading", "affiliated"] if chance.odds(0.4) else ["business"]
    if chance.odds(0.3):
        kinds.append("superior")
    income = {kind: chance.money(20, top) for kind in kinds}
    own = Own(**income)
    spent = chance.near(own.income, 0.5, 1)
    traded = chance.near(own.trading, 0.3, 0.9) if own.trading else ZERO
    rest = spent - traded if spent > traded else ZERO
    basic = chance.near(rest, 0.2, 0.7) if chance.odds(0.4) else ZERO
    upward = chance.near(rest, 0.05, 0.2) if chance.odds(0.06) else ZERO
    downward = chance.near(rest, 0.05, 0.1) if chance.odds(0.05) else ZERO
    project = rest - basic - upward - downward
    own = replace(
        own, basic=basic, project=project, traded=traded, upward=upward, downward=downward
    )
    if chance.odds(0.25):
        code = chance.one(("22999", "2299999"))
    items[code] = replace(items.get(code, Item(code=code)), own=own)


def own_pool(chance: Chance, own: Own) -> tuple[Decimal, Decimal, Decimal]:
    """Choose opening, surplus drawn on and surplus distributed (结余的使用与分配)."""
    opening = chance.money(10, 500000) if chance.odds(0.5) else ZERO
    surplus = chance.money(100, 90000) if own.spent and chance.odds(0.2) else ZERO
    left = opening + own.income + surplus - own.spent
    if left < 0:
        opening, left = opening - left, ZERO
    distributed = chance.near(left, 0.05, 0.6) if left > 0 and chance.odds(0.25) else ZERO
    return opening, surplus, distributed
