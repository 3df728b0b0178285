"""Invents one unit and its year (由种子生成一个单位一个年度的账目)."""

from dataclasses import dataclass, replace
from decimal import Decimal

from ledger import Procurement

from synth.assess import projects_for
from synth.books import PERSONNEL, PUBLIC, Books, Prior, Spend, ThreePublic
from synth.chance import CENT, Chance
from synth.codes import TRADES, Trade
from synth.flows import ZERO, Balance, Item, Own, total
from synth.invent_items import economic_lines, invent_items, own_pool
from synth.words import CARS, COMPASS, PEOPLES, PLACES

WAN = Decimal(10000)

OFFICES = (
    "办公室",
    "综合科",
    "财务科",
    "业务科",
    "政策法规科",
    "监督检查科",
    "人事教育科",
    "信息科",
)


@dataclass(frozen=True)
class Unit:
    """Who publishes (公开单位)."""

    entity: str
    place: str
    short: str
    trade: Trade


def unit_of(seed: int, family: str) -> Unit:
    """Return the unit a seed's books are of (单位)."""
    return _unit(Chance("books", seed, family))


def invent(seed: int, family: str, of: Unit | None = None) -> Books:
    """Make the books of one seed, of another unit where one is given.

    A family does not change them, only the way they are printed.
    """
    chance = Chance("books", seed, family)
    unit = of or _unit(chance)
    if of is not None:
        _unit(chance)
    scale = chance.one((60, 120, 300, 800, 3000, 20000)) * WAN
    economic = economic_lines(chance, unit.trade, scale)
    three = _three_public(chance, economic)
    items = invent_items(chance, unit.trade, economic, scale)
    everything = sum(items[1:], items[0])
    own_opening, surplus, distributed = own_pool(chance, everything.own)
    opening = Balance(
        general=everything.general.opening,
        fund=everything.fund.opening,
        capital=everything.capital.opening,
        own=own_opening,
    )
    prior = _prior(chance, economic, items, opening)
    public = total(v for code, v in economic.items() if code[:3] in PUBLIC)
    prior, operating = _operating(chance, unit.trade, prior, public)
    items = _with_prior(items, prior.general)
    held = three.held
    return Books(
        entity=unit.entity,
        short=unit.short,
        place=unit.place,
        year=chance.count(2019, 2025),
        civil=unit.trade.civil,
        duty=unit.trade.duty,
        offices=tuple(chance.some(OFFICES, 2, 6)),
        staff=_staff(chance),
        items=items,
        economic=economic,
        surplus_used=surplus,
        distributed=distributed,
        own_opening=own_opening,
        prior=prior,
        three=three,
        procurement=_procurement(chance, everything.project + public),
        operating=operating,
        cars=_cars(chance, held),
        equipment=chance.one((0, 0, 0, 1, 2, 5)),
        projects=projects_for(chance, everything.general.project),
    )


def _unit(chance: Chance) -> Unit:
    trade = chance.one(TRADES)
    city, county = chance.one(PLACES) + "市", chance.one(PLACES)
    kind = chance.count(0, 5)
    if trade.organ in ("镇人民政府", "街道办事处"):
        place = f"{city}{county}县" if chance.odds(0.5) else f"{county}区"
        entity = f"{place}{chance.one(PLACES)}{trade.organ}"
    else:
        people = chance.one(PEOPLES)
        place = (
            city, f"{county}县", f"{city}{county}区", f"{city}{chance.one(COMPASS)}区",
            f"{county}{people}自治州", f"{county}{people}自治县",
        )[kind]  # fmt: skip
        entity = place + trade.organ
    shorts = {"局": "我局", "会": "我委", "心": "我中心", "校": "我校", "学": "我校", "院": "我院"}
    short = chance.one(("本部门", "本单位", shorts.get(entity[-1], "我单位")))
    return Unit(entity, place, short, trade)


def _prior(
    chance: Chance, economic: dict[str, Decimal], items: tuple[Item, ...], closing: Balance
) -> Prior:
    groups: dict[str, Decimal] = {}
    for code, amount in economic.items():
        groups[code[:3]] = groups.get(code[:3], ZERO) + amount
    prior_groups = {
        group: amount if chance.odds(0.05) else chance.near(amount, 0.6, 1.5)
        for group, amount in groups.items()
    }
    if "310" not in groups and chance.odds(0.3):
        prior_groups["310"] = chance.money(1000, 90000)
    personnel = total(v for g, v in prior_groups.items() if g in PERSONNEL)
    public = total(v for g, v in prior_groups.items() if g in PUBLIC)
    everything = sum(items[1:], items[0])
    fund = capital = ZERO
    if everything.fund.spent or chance.odds(0.1):
        fund = chance.money(20000, 3000000) if chance.odds(0.8) else ZERO
    if everything.capital.spent and chance.odds(0.6):
        capital = chance.money(2000, 300000)
    own = everything.own
    factor = {name: chance.rate(0.5, 1.7) for name in own.__dataclass_fields__}
    before = {
        name: (getattr(own, name) * factor[name]).quantize(Decimal("0.01")) for name in factor
    }
    own_before = Own(**before)
    left = own_before.income - own_before.spent
    opening_own = max(closing.own - left, ZERO)
    surplus = ZERO
    distributed = opening_own + left - closing.own
    fund_opening = min(chance.money(100, 200000), fund + closing.fund) if fund else ZERO
    project = everything.general.project
    general_project = chance.near(project, 0.4, 1.9) if project else chance.money(1000, 200000)
    opening = Balance(
        general=chance.near(general_project, 0.01, 0.2) if chance.odds(0.3) else ZERO,
        fund=fund_opening if chance.odds(0.3) else ZERO,
        own=opening_own,
    )
    return Prior(
        opening=opening,
        closing=closing,
        personnel=personnel,
        public=public,
        groups=prior_groups,
        general_project=general_project,
        fund=fund,
        capital=capital,
        own=own_before,
        surplus_used=surplus,
        distributed=distributed,
        operating=ZERO,
        procurement=chance.money(10000, 5000000),
    )


def _with_prior(items: tuple[Item, ...], amount: Decimal) -> tuple[Item, ...]:
    """Make the items' prior year add up to the unit's (上年各项之和等于上年合计)."""
    said = total(item.prior for item in items)
    largest = max(items, key=lambda item: item.prior)
    if largest.prior + amount - said < 0:
        scale = amount / said
        items = tuple(replace(i, prior=(i.prior * scale).quantize(CENT)) for i in items)
        said = total(item.prior for item in items)
        largest = max(items, key=lambda item: item.prior)
    rest = largest.prior + amount - said
    return tuple(replace(i, prior=rest) if i is largest else i for i in items)


def _operating(
    chance: Chance, trade: Trade, prior: Prior, public: Decimal
) -> tuple[Prior, Decimal]:
    """Choose 机关运行经费: the whole 公用经费, a part where institutions do not count, or none."""
    if not trade.civil:
        return prior, ZERO
    if chance.odds(0.75):
        return replace(prior, operating=prior.public), public
    return replace(prior, operating=chance.near(prior.public, 0.5, 0.9)), chance.near(
        public, 0.3, 0.9
    )


def _spend(chance: Chance, floor: Decimal, odds: float, top: float) -> Spend:
    """Invent one of the three expenses, at least as large as its part of basic expenditure."""
    if not floor and not chance.odds(odds):
        prior = chance.money(1000, top) if chance.odds(0.2) else ZERO
        initial = chance.money(1000, top) if chance.odds(0.2) else ZERO
        return Spend(prior=prior, initial=initial, annual=initial)
    actual = floor if floor and chance.odds(0.6) else floor + chance.money(500, top)
    prior = actual if chance.odds(0.1) else chance.money(500, top * 1.5)
    if chance.odds(0.1):
        prior = ZERO
    annual = actual if chance.odds(0.3) else chance.near(actual, 1, 2)
    initial = annual if chance.odds(0.6) else chance.money(float(actual) * 0.7, float(actual) * 2)
    return Spend(initial=initial, annual=annual, actual=actual, prior=prior)


def _three_public(chance: Chance, economic: dict[str, Decimal]) -> ThreePublic:
    abroad = _spend(chance, economic.get("30212", ZERO), 0.05, 100000)
    purchase = _spend(chance, ZERO, 0.12, 250000)
    running = _spend(chance, economic.get("30231", ZERO), 0.35, 60000)
    reception = _spend(chance, economic.get("30217", ZERO), 0.35, 40000)
    visits = chance.count(1, 60) if reception.actual else 0
    foreign = reception.actual and chance.odds(0.05)
    return ThreePublic(
        abroad=abroad,
        purchase=purchase,
        running=running,
        reception=reception,
        foreign=chance.near(reception.actual, 0.05, 0.3) if foreign else ZERO,
        meeting=_spend(chance, economic.get("30215", ZERO), 0.2, 30000),
        training=_spend(chance, economic.get("30216", ZERO), 0.3, 30000),
        groups=chance.count(1, 3) if abroad.actual else 0,
        travellers=chance.count(3, 9) if abroad.actual else 0,
        bought=chance.count(1, 2) if purchase.actual else 0,
        held=chance.count(1, 12) if running.actual or purchase.actual else 0,
        visits=visits,
        guests=visits * chance.count(3, 9) + chance.count(0, 4) if visits else 0,
        foreign_visits=1 if foreign else 0,
        foreign_guests=chance.count(1, 3) if foreign else 0,
    )


def _procurement(chance: Chance, most: Decimal) -> Procurement:
    if chance.odds(0.12):
        return Procurement(
            goods=ZERO, works=ZERO, services=ZERO, small_medium=ZERO, small_micro=ZERO
        )
    kinds = [
        chance.money(2000, float(most) * 0.4) if chance.odds(share) else ZERO
        for share in (0.85, 0.35, 0.75)
    ]
    everything = total(kinds)
    if not everything:
        kinds[0] = everything = chance.money(3000, float(most) * 0.4)
    medium = everything if chance.odds(0.4) else chance.near(everything, 0.2, 0.95)
    micro = medium if chance.odds(0.3) else chance.near(medium, 0.1, 0.95)
    if chance.odds(0.1):
        medium = micro = ZERO
    goods, works, services = kinds
    return Procurement(
        goods=goods, works=works, services=services, small_medium=medium, small_micro=micro
    )


def _cars(chance: Chance, held: int) -> tuple[int, ...]:
    """Spread the vehicles over the eight kinds; at least as many as are paid for (车辆)."""
    number = held + (chance.count(1, 4) if chance.odds(0.3) else 0)
    counts = [0] * len(CARS)
    for _ in range(number):
        counts[chance.one((1, 2, 3, 3, 4, 4, 5, 6, 7, 7))] += 1
    return tuple(counts)


def _staff(chance: Chance) -> tuple[int, int, int]:
    posts = chance.count(6, 120)
    return posts, posts - chance.count(0, min(9, posts - 3)), chance.count(0, posts)
