"""How sure a figure is (区间与检验): 95 % intervals, and a paired test of two engines.

A figure is a ratio of sums over samples. Samples, not things inside them, are drawn again: errors of
one document hang together. Where every sample is one trial, or nothing varies, the bootstrap would
say nothing new or [1, 1]; Wilson's interval stands there instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import sqrt
from random import Random

from gouji.evaluate.scorers.scored import Ratio

RESAMPLES = 1000
SWAPS = 5000
EXACT = 12
"""Up to this many differing samples the paired test tries every swap."""
SEED = 20240731
Z = 1.959964
"""Standard normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval (估计)."""

    value: float
    low: float
    high: float
    part: float
    whole: float
    samples: int


def estimate(ratios: Sequence[Ratio], *, share: bool) -> Estimate:
    """Return a ratio of sums with its 95 % interval."""
    part, whole = sum(p for p, _ in ratios), sum(w for _, w in ratios)
    value = part / whole
    single = all(w == 1 for _, w in ratios)
    if share and (single or len({p / w for p, w in ratios}) == 1):
        low, high = wilson(part, whole)
    else:
        low, high = bootstrap(ratios)
    return Estimate(value, low, high, part, whole, len(ratios))


def wilson(part: float, whole: float) -> tuple[float, float]:
    """Return Wilson's 95 % score interval of a proportion."""
    p = part / whole
    centre = p + Z * Z / (2 * whole)
    spread = Z * sqrt(p * (1 - p) / whole + Z * Z / (4 * whole * whole))
    scale = 1 + Z * Z / whole
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def bootstrap(ratios: Sequence[Ratio]) -> tuple[float, float]:
    """Return the 2.5 and 97.5 percentiles of the ratio over samples drawn again with replacement."""
    if len(set(ratios)) == 1:
        value = ratios[0][0] / ratios[0][1]
        return value, value
    random = Random(SEED)  # noqa: S311 (no secret: intervals must repeat)
    drawn = []
    for _ in range(RESAMPLES):
        sample = random.choices(ratios, k=len(ratios))
        drawn.append(sum(p for p, _ in sample) / sum(w for _, w in sample))
    drawn.sort()
    return drawn[round(0.025 * (RESAMPLES - 1))], drawn[round(0.975 * (RESAMPLES - 1))]


def paired_p(one: Sequence[Ratio], two: Sequence[Ratio]) -> float:
    """Return how likely a difference at least this large is if the two do not differ.

    Approximate randomisation: each sample's two results may be swapped. Two-sided.
    """
    differing = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    same = [a for a, b in zip(one, two, strict=True) if a == b]
    base = (sum(p for p, _ in same), sum(w for _, w in same))
    observed = abs(_difference(base, differing, [False] * len(differing)))
    if not differing or observed == 0:
        return 1.0
    if len(differing) <= EXACT:
        swaps = list(product((False, True), repeat=len(differing)))
        extreme = sum(abs(_difference(base, differing, s)) >= observed - 1e-12 for s in swaps)
        return extreme / len(swaps)
    random = Random(SEED)  # noqa: S311 (no secret: the test must repeat)
    extreme = 1
    for _ in range(SWAPS):
        swap = [random.random() < 0.5 for _ in differing]  # noqa: PLR2004 (a fair coin)
        extreme += abs(_difference(base, differing, swap)) >= observed - 1e-12
    return extreme / (SWAPS + 1)


def _difference(
    base: Ratio, differing: Sequence[tuple[Ratio, Ratio]], swap: Sequence[bool]
) -> float:
    ones = [b if s else a for (a, b), s in zip(differing, swap, strict=True)]
    twos = [a if s else b for (a, b), s in zip(differing, swap, strict=True)]
    return _ratio(base, twos) - _ratio(base, ones)


def _ratio(base: Ratio, rest: Sequence[Ratio]) -> float:
    whole = base[1] + sum(w for _, w in rest)
    return (base[0] + sum(p for p, _ in rest)) / whole if whole else 0.0
