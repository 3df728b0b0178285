"""What scorers fill (得分): ratios that add up, and what went wrong in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

Ratio = tuple[float, float]
"""Numerator and denominator."""


@dataclass(slots=True)
class Scored:
    """The figures of one document (得分)."""

    ratios: dict[str, Ratio] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    """One line for each thing that was missed, invented or misread."""

    def add(self, name: str, part: float, whole: float = 1) -> None:
        """Add to a figure; the denominator counts chances, so 0/0 is no figure at all."""
        if whole:
            before = self.ratios.get(name, (0, 0))
            self.ratios[name] = (before[0] + part, before[1] + whole)

    def agreement(self, name: str, *, found: int, missed: int, extra: int, of: str = "") -> None:
        """Add precision, recall and F1 (准确率、召回率、F1) of things found, missed and invented."""
        tail = f"[{of}]" if of else ""
        self.add(f"{name}.precision{tail}", found, found + extra)
        self.add(f"{name}.recall{tail}", found, found + missed)
        self.add(f"{name}.f1{tail}", 2 * found, 2 * found + missed + extra)


def total(scores: Iterable[Scored]) -> dict[str, Ratio]:
    """Sum the figures of many documents (汇总)."""
    whole = Scored()
    for scored in scores:
        for name, ratio in scored.ratios.items():
            whole.add(name, *ratio)
    return whole.ratios
