"""Two years of one unit whose books follow each other (前后两年的账目), and slips planted in what is told.

The year before is invented first; the next year's prior figures and opening balances are taken from
it, in exact 元. Whatever both reports print therefore agrees up to honest rounding.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from synth.books import Books, Prior, Spend, ThreePublic
from synth.chance import CENT, Chance
from synth.families import FAMILIES
from synth.flows import ZERO, Flow, Item
from synth.invent import invent, unit_of

ATTEMPTS = 60
LEAST = Decimal(8000)
"""A planted difference of so many 元 shows in 万元 with two decimals, whatever is rounded."""


class UnfitError(ValueError):
    """Two years that cannot follow each other: a balance of money the next year does not have."""


def two_years(seed: int) -> tuple[str, Books, Books]:
    """Return a family, the books of a year and those of the next (家族、上年账、本年账)."""
    family = list(FAMILIES)[seed % len(FAMILIES)]
    for attempt in range(ATTEMPTS):
        first = seed * 1000 + attempt
        unit = unit_of(first, family)
        before = invent(first, family, unit)
        now = invent(first + 500_000, family, unit)
        try:
            return family, before, follow(now, before)
        except (UnfitError, ValueError):
            continue
    raise UnfitError(f"seed {seed}: no two years fit")


def follow(now: Books, before: Books) -> Books:
    """Make books follow those of the year before (承接上年)."""
    items = _opened(_with_prior(now.items, before), before)
    return replace(
        now,
        entity=before.entity,
        short=before.short,
        place=before.place,
        year=before.year + 1,
        items=items,
        own_opening=before.closing.own,
        prior=_prior(before),
        three=_three(now.three, before.three),
    )


def _prior(before: Books) -> Prior:
    everything = before.all
    return Prior(
        opening=before.opening,
        closing=before.closing,
        personnel=before.personnel,
        public=before.public,
        groups={code: before.group([code]) for code in sorted({c[:3] for c in before.economic})},
        general_project=everything.general.project,
        fund=everything.fund.spent,
        capital=everything.capital.spent,
        own=everything.own,
        surplus_used=before.surplus_used,
        distributed=before.distributed,
        operating=before.operating,
        procurement=before.procurement.total,
    )


def _with_prior(items: tuple[Item, ...], before: Books) -> tuple[Item, ...]:
    spent = {item.code: item.general.spent for item in before.items}
    told = [replace(item, prior=spent.pop(item.code, ZERO)) for item in items]
    gone = [Item(code=code, prior=amount) for code, amount in spent.items() if amount]
    return tuple(sorted((*told, *gone), key=lambda item: item.code))


def _opened(items: tuple[Item, ...], before: Books) -> tuple[Item, ...]:
    """Open each budget with last year's closing balance, at the cost of this year's income."""
    closing = before.closing
    items = _open_budget(items, "general", closing.general)
    items = _open_budget(items, "fund", closing.fund)
    return _open_budget(items, "capital", closing.capital)


def _open_budget(items: tuple[Item, ...], budget: str, opening: Decimal) -> tuple[Item, ...]:
    flows: list[Flow] = [getattr(item, budget) for item in items]
    reset = [replace(f, income=f.income + f.opening, opening=ZERO) for f in flows]
    at = max(range(len(reset)), key=lambda i: reset[i].income)
    if reset[at].income < opening:
        raise UnfitError(f"{budget}: nothing to open with")
    reset[at] = replace(reset[at], opening=opening, income=reset[at].income - opening)
    return tuple(replace(item, **{budget: flow}) for item, flow in zip(items, reset, strict=True))


def _three(now: ThreePublic, before: ThreePublic) -> ThreePublic:
    names = ("abroad", "purchase", "running", "reception", "meeting", "training")
    spends: dict[str, Spend] = {
        name: replace(getattr(now, name), prior=getattr(before, name).actual) for name in names
    }
    return replace(now, **spends)


# --- slips -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Slip:
    """What a plant changes (植入): in this year's books, the figure told of last year."""

    name: str
    change: Callable[[Books, Decimal], Books]
    true: Callable[[Books], Decimal]
    """The figure as it is, in this year's books."""
    words: tuple[str, ...] = ()
    """Subjects whose base it is, where a clean document does not tell one."""


def _of_prior(field: str, *words: str) -> Slip:
    def change(books: Books, value: Decimal) -> Books:
        return replace(books, prior=replace(books.prior, **{field: value}))

    return Slip(f"prior.{field}", change, lambda books: getattr(books.prior, field), words)


def _of_three(field: str, *words: str) -> Slip:
    def change(books: Books, value: Decimal) -> Books:
        spend = replace(getattr(books.three, field), prior=value)
        return replace(books, three=replace(books.three, **{field: spend}))

    return Slip(f"three.{field}", change, lambda books: getattr(books.three, field).prior, words)


def _own_opening(books: Books, value: Decimal) -> Books:
    prior = replace(books.prior, closing=replace(books.prior.closing, own=value))
    return replace(books, own_opening=value, prior=prior)


def _general_opening(books: Books, value: Decimal) -> Books:
    prior = replace(books.prior, closing=replace(books.prior.closing, general=value))
    return replace(books, items=_open_budget(books.items, "general", value), prior=prior)


SLIPS: tuple[Slip, ...] = (
    _of_prior("personnel"),
    _of_prior("public"),
    _of_prior("general_project"),
    _of_prior("fund", "政府性基金"),
    _of_prior("operating", "机关运行经费"),
    _of_three("running", "公务用车运行", "公务用车购置及", "三公"),
    _of_three("reception", "公务接待费", "三公"),
    _of_three("abroad", "出国", "三公"),
    _of_three("purchase", "公务用车购置", "三公"),
    Slip("opening.own", _own_opening, lambda books: books.own_opening),
    Slip("opening.general", _general_opening, lambda books: books.opening.general),
)


def wrong_value(chance: Chance, true: Decimal) -> Decimal:
    """Return a figure as a hand slips: digits swapped, a digit off, a shift, another amount (笔误)."""
    way = chance.one(("swap", "digit", "shift", "other", "other"))
    digits = str((true / 10000).quantize(CENT, rounding=ROUND_HALF_UP))
    made = true
    if way == "swap":
        for i in range(len(digits) - 1):
            if digits[i] != digits[i + 1] and "." not in digits[i : i + 2]:
                made = Decimal(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]) * 10000
                break
    elif way == "digit":
        made = true + Decimal(chance.one((1, 2, 3, -1))) * 10 ** max(4, len(str(int(true))) - 1)
    elif way == "shift":
        made = true * chance.one((10, Decimal("0.1")))
    if way == "other" or made < 0 or abs(made - true) < LEAST:
        made = chance.near(true, 0.55, 0.95) if chance.odds(0.5) else chance.near(true, 1.05, 1.6)
    if abs(made - true) < LEAST:
        made = true + LEAST + chance.money(100, 5000)
    return made.quantize(CENT, rounding=ROUND_HALF_UP)
