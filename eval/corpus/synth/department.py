"""A department and its units, whose books add up (部门与所属单位)."""

from dataclasses import replace
from decimal import Decimal
from functools import reduce

from ledger import Procurement

from synth.books import Books, Prior, Spend, ThreePublic
from synth.chance import Chance
from synth.codes import TRADES
from synth.families import FAMILIES
from synth.flows import ZERO, Balance, Item, Own
from synth.invent import Unit, invent, unit_of

ATTACHED = ("服务中心", "执法大队", "信息中心", "事务中心", "监测站", "培训中心")
BETWEEN = ("superior", "affiliated", "upward", "downward")
"""Money that moves between units: left out of both sides."""


def department(seed: int) -> tuple[str, Books, tuple[Books, ...]]:
    """Return a family, the department's books and its units' books, its own office first."""
    family = list(FAMILIES)[seed % len(FAMILIES)]
    chance = Chance("department", seed)
    head = unit_of(seed, family)
    names = chance.some(ATTACHED, 1, 3)
    first = invent(seed * 1000, family, head)
    units = [_apart(replace(first, entity=f"{head.entity}（本级）"))]
    for at, name in enumerate(names, 1):
        trade = chance.one([t for t in TRADES if t.organ == head.trade.organ])
        unit = Unit(f"{head.entity}{name}", head.place, "我中心", trade)
        units.append(_apart(replace(invent(seed * 1000 + at, family, unit), year=first.year)))
    return family, added(head.entity, units), tuple(units)


def _apart(books: Books) -> Books:
    """Take out what moves between the units of a department (上缴与补助)."""
    items = tuple(_without(item) for item in books.items)
    gone = [getattr(i.own, n) - getattr(j.own, n) for i, j in zip(books.items, items, strict=True)
            for n in ("superior", "affiliated", "upward", "downward")]  # fmt: skip
    if not any(gone):
        return books
    spent = sum((i.own.upward + i.own.downward for i in books.items), ZERO)
    got = sum((i.own.superior + i.own.affiliated for i in books.items), ZERO)
    opening = books.own_opening + got - spent
    if opening < 0:
        opening, got = ZERO, spent - books.own_opening
    own = replace(books.prior.closing, own=opening)
    return replace(books, items=items, own_opening=opening, prior=replace(books.prior, closing=own))


def _without(item: Item) -> Item:
    return replace(item, own=replace(item.own, **dict.fromkeys(BETWEEN, ZERO)))


def added(entity: str, units: list[Books]) -> Books:
    """Add up the books of units (汇总)."""
    first = units[0]
    items: dict[str, Item] = {}
    for unit in units:
        for item in unit.items:
            known = items.get(item.code)
            made = item if known is None else known + item
            items[item.code] = replace(made, code=item.code)
    economic: dict[str, Decimal] = {}
    for unit in units:
        for code, amount in unit.economic.items():
            economic[code] = economic.get(code, ZERO) + amount
    return replace(
        first,
        entity=entity,
        short="本部门",
        items=tuple(items[code] for code in sorted(items)),
        economic=economic,
        surplus_used=_sum(units, "surplus_used"),
        distributed=_sum(units, "distributed"),
        own_opening=_sum(units, "own_opening"),
        prior=reduce(_prior, [unit.prior for unit in units]),
        three=reduce(_three, [unit.three for unit in units]),
        procurement=reduce(_procured, [unit.procurement for unit in units]),
        operating=_sum(units, "operating"),
        cars=tuple(sum(kinds) for kinds in zip(*(u.cars for u in units), strict=True)),
        equipment=sum(unit.equipment for unit in units),
        projects=(),
    )


def _sum(units: list[Books], field: str) -> Decimal:
    return sum((getattr(unit, field) for unit in units), ZERO)


def _prior(one: Prior, other: Prior) -> Prior:
    plain = ("personnel", "public", "general_project", "fund", "capital", "surplus_used",
             "distributed", "operating", "procurement")  # fmt: skip
    groups = {g: one.groups.get(g, ZERO) + other.groups.get(g, ZERO)
              for g in sorted({*one.groups, *other.groups})}  # fmt: skip
    own: Own = one.own + other.own
    return Prior(
        opening=_balance(one.opening, other.opening),
        closing=_balance(one.closing, other.closing),
        groups=groups,
        own=own,
        **{name: getattr(one, name) + getattr(other, name) for name in plain},
    )


def _balance(one: Balance, other: Balance) -> Balance:
    names = Balance.__dataclass_fields__
    return Balance(**{name: getattr(one, name) + getattr(other, name) for name in names})


def _three(one: ThreePublic, other: ThreePublic) -> ThreePublic:
    def both(name: str) -> Spend | Decimal | int:
        left, right = getattr(one, name), getattr(other, name)
        return left + right

    return ThreePublic(**{name: both(name) for name in ThreePublic.__dataclass_fields__})


def _procured(one: Procurement, other: Procurement) -> Procurement:
    names = Procurement.__dataclass_fields__
    return Procurement(**{name: getattr(one, name) + getattr(other, name) for name in names})
