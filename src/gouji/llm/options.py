"""How a model is reached and what it may cost (模型选项)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from gouji.errors import InputError
from gouji.messages import N_

MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """What the user sets about a model (模型选项); limits are for one document."""

    model: str
    """`provider:name` as langchain knows it, or a bare name at `base_url`."""
    base_url: str | None = None
    use_cache: bool = True
    max_calls: int | None = None
    max_tokens: int | None = None
    """Tokens sent and received together."""
    max_cost: Decimal | None = None
    price: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0))
    """For a million tokens in and out, in any currency."""
    timeout: float = 120.0
    """Seconds for one call, waiting in the server's queue included."""
    deadline: float = 900.0
    """Seconds for all calls of a document."""
    concurrency: int = 4
    retries: int = 3

    def cost(self, input_tokens: int, output_tokens: int) -> Decimal:
        """Return what tokens cost at the given prices."""
        return (input_tokens * self.price[0] + output_tokens * self.price[1]) / MILLION


def price_of(text: str) -> tuple[Decimal, Decimal]:
    """Return the prices of `IN/OUT`; raise `InputError` for anything else."""
    left, slash, right = text.partition("/")
    try:
        prices = Decimal(left), Decimal(right if slash else left)
    except InvalidOperation:
        prices = (Decimal(-1), Decimal(-1))
    if not all(p.is_finite() and p >= 0 for p in prices):
        raise InputError(N_("--price 写作“输入价/输出价”（每百万词元），如 2/8：{text}"), text=text)
    return prices


def cost_of(text: str | None, price: tuple[Decimal, Decimal]) -> Decimal | None:
    """Return the limit of --max-cost; without prices there is nothing to count."""
    if text is None:
        return None
    try:
        cost = Decimal(text)
    except InvalidOperation:
        cost = Decimal(-1)
    if not cost.is_finite() or cost < 0:
        raise InputError(N_("--max-cost 要一个不小于零的数：{text}"), text=text)
    if not any(price):
        raise InputError(N_("--max-cost 须同时用 --price 给出价格，否则无从计算。"))
    return cost


def cache_folder(environment: Mapping[str, str]) -> Path:
    """Return where answers are kept: GOUJI_CACHE, else the user's cache folder."""
    if named := environment.get("GOUJI_CACHE"):
        return Path(named)
    base = environment.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "gouji"
