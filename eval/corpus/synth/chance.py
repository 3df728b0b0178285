"""Choices of one seed (随机选择): amounts as they occur in public accounts."""

import random
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

T = TypeVar("T")
CENT = Decimal("0.01")


class Chance:
    """A source of choices that gives the same answers for the same seed."""

    def __init__(self, *seed: object) -> None:
        self._random = random.Random("/".join(map(str, seed)))  # noqa: S311  # reproducible, not secret

    def odds(self, share: float) -> bool:
        """Be true in a share of cases."""
        return self._random.random() < share

    def one(self, options: Sequence[T]) -> T:
        """Pick one."""
        return options[self._random.randrange(len(options))]

    def some(self, options: Sequence[T], low: int, high: int) -> list[T]:
        """Pick some, in their order."""
        count = min(len(options), self._random.randint(low, high))
        chosen = set(self._random.sample(range(len(options)), count))
        return [option for at, option in enumerate(options) if at in chosen]

    def shuffled(self, options: Sequence[T]) -> list[T]:
        """Return all in another order."""
        return self._random.sample(list(options), len(options))

    def count(self, low: int, high: int) -> int:
        """Pick a whole number, both ends included."""
        return self._random.randint(low, high)

    def rate(self, low: float, high: float) -> Decimal:
        """Pick a factor."""
        return Decimal(str(round(self._random.uniform(low, high), 6)))

    def money(self, low: float, high: float) -> Decimal:
        """Pick an amount in 元: round to 万 or 百 now and then, to cents mostly."""
        value = Decimal(str(self._random.uniform(low, high)))
        step = self.one(("0.01", "0.01", "0.01", "0.01", "100", "1000", "10000"))
        rounded = (value / Decimal(step)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return rounded * Decimal(step) or max(value.quantize(CENT), CENT)

    def near(self, amount: Decimal, low: float, high: float) -> Decimal:
        """Pick an amount near another: a factor of it, in cents."""
        return (amount * self.rate(low, high)).quantize(CENT, rounding=ROUND_HALF_UP)

    def split(self, amount: Decimal, parts: int) -> list[Decimal]:
        """Cut an amount into parts that add up to it (分解)."""
        weights = [self._random.uniform(0.2, 1) for _ in range(parts)]
        shares = [
            (amount * Decimal(str(w / sum(weights)))).quantize(CENT, rounding=ROUND_HALF_UP)
            for w in weights[:-1]
        ]
        return [*shares, amount - sum(shares, Decimal(0))]
