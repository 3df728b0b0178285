"""Whether stated confidence can be believed (置信度校准): of the findings of each level, how many are right.

A finding above note is right when a label or a planted defect stands behind it, and wrong in a document
known to be clean. Levels nobody can say anything of yet are listed all the same, with their counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from rich.table import Table as Grid

from gouji.evaluate.intervals import Estimate
from gouji.model.finding import Confidence

FEW = 30
"""Below this many findings 95 % confidence leaves more than eleven points open, even if all are right."""
LEVELS: dict[Confidence, str] = {"high": "高", "medium": "中", "low": "低"}
NONE, TOO_FEW = "没有发现，无从判断", "太少，不下结论"


@dataclass(frozen=True, slots=True)
class Level:
    """What became of the findings of one confidence (一级)."""

    confidence: Confidence
    measured: Estimate | None
    """None where no finding states it."""

    @property
    def verdict(self) -> str:
        """What may be said: nothing, too little, or the share as measured."""
        if self.measured is None:
            return NONE
        return TOO_FEW if self.measured.whole < FEW else ""


def calibration(estimates: Mapping[str, Estimate]) -> tuple[Level, ...]:
    """Return every level, high to low; none where no finding was judged at all."""
    levels = tuple(Level(c, estimates.get(f"confidence[{c}]")) for c in get_args(Confidence))
    return levels if any(level.measured for level in levels) else ()


def calibration_table(levels: tuple[Level, ...]) -> Grid:
    """Return the levels as a table for the terminal."""
    table = Grid("置信度", "发现", "确有其事", "比例", "95% 区间", "样本", "")
    for level in levels:
        e = level.measured
        if e is None:
            table.add_row(LEVELS[level.confidence], "0", "", "", "", "", level.verdict)
            continue
        numbers = (f"{e.whole:g}", f"{e.part:g}", f"{100 * e.value:.2f}%")
        interval = f"{100 * e.low:.2f}% – {100 * e.high:.2f}%"
        row = (*numbers, interval, str(e.samples), level.verdict)
        table.add_row(LEVELS[level.confidence], *row)
    return table
