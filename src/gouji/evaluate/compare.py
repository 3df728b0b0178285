"""What got better and worse between two runs (比较): figure by figure, sample by sample.

Only samples both runs answered are compared, and each is compared with itself: the test swaps the two
results of single samples, so that hard and easy documents do not drown the difference.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from rich.console import Console
from rich.table import Table as Grid

from gouji.errors import InputError
from gouji.evaluate.figures import info, is_headline, shown, title
from gouji.evaluate.intervals import Estimate, estimate, paired_p
from gouji.evaluate.summary import Scores
from gouji.messages import N_

SIGNIFICANT = 0.05
OTHER_DATA = "两次运行时的文档或标注不同（数据指纹不一），差别不全来自引擎。"
Turn = Literal["better", "worse", "same", "open"]
"""更好 · 更差 · 相同 · 不显著"""
TURNS: dict[Turn, str] = {"better": "更好", "worse": "更差", "same": "", "open": "不显著"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of both runs (差异)."""

    name: str
    one: Estimate
    two: Estimate
    p: float

    @property
    def gain(self) -> float:
        """By how much the second run is better; negative when it is worse."""
        change = self.two.value - self.one.value
        return -change if info(self.name).better == "lower" else change

    @property
    def turn(self) -> Turn:
        """What the difference means."""
        if self.gain == 0:
            return "same"
        if self.p >= SIGNIFICANT:
            return "open"
        return "better" if self.gain > 0 else "worse"


@dataclass(frozen=True, slots=True)
class Changed:
    """A sample that is answered otherwise (变化的样本): what is no longer wrong, and what now is."""

    sample: str
    mended: tuple[str, ...]
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs, compared (比较结果)."""

    one: Scores
    two: Scores
    samples: int
    differences: tuple[Difference, ...]
    changed: tuple[Changed, ...]

    @property
    def other_data(self) -> bool:
        """Whether documents or labels differ between the runs: then not only the engine does."""
        return self.one.log.header.fingerprint != self.two.log.header.fingerprint


def compare(one: Scores, two: Scores) -> Comparison:
    """Compare two scored logs over the samples they share."""
    common = [s for s in one.by_sample if s in two.by_sample]
    if not common:
        raise InputError(N_("两次运行没有共同的样本，无从比较。"))
    names = [n for n in one.names() if n in set(two.names())]
    differences = tuple(d for n in names if (d := _difference(n, one, two, common)) is not None)
    changed = tuple(c for s in common if (c := _changed(s, one, two)) is not None)
    return Comparison(one, two, len(common), differences, changed)


def _difference(name: str, one: Scores, two: Scores, common: list[str]) -> Difference | None:
    first, second = one.ratios(name), two.ratios(name)
    both = [s for s in common if s in first or s in second]
    none = (0.0, 0.0)
    ones = [first.get(s, none) for s in both]
    twos = [second.get(s, none) for s in both]
    if not any(w for _, w in ones) or not any(w for _, w in twos):
        return None
    share = info(name).share
    return Difference(
        name,
        estimate([r for r in ones if r[1]], share=share),
        estimate([r for r in twos if r[1]], share=share),
        paired_p(ones, twos),
    )


def _changed(sample: str, one: Scores, two: Scores) -> Changed | None:
    before, after = Counter(one.by_sample[sample].wrong), Counter(two.by_sample[sample].wrong)
    mended, broken = tuple((before - after).elements()), tuple((after - before).elements())
    return Changed(sample, mended, broken) if mended or broken else None


def print_comparison(comparison: Comparison, console: Console, *, wrong: int) -> None:
    """Print the figures of both runs, then what changed in the samples."""
    for letter, scores in (("A", comparison.one), ("B", comparison.two)):
        header = scores.log.header
        console.print(
            f"{letter} {scores.log.path} · {header.engine} · {header.version} {header.revision}",
            highlight=False,
        )
    if comparison.other_data:
        console.print(OTHER_DATA, style="yellow")
    table = Grid("指标", "A", "B", "差", "p", "")
    for d in comparison.differences:
        if d.name.startswith("cost.") and not d.one.part and not d.two.part:
            continue
        change = d.two.value - d.one.value
        table.add_row(
            title(d.name),
            shown(d.name, d.one.value),
            shown(d.name, d.two.value),
            ("+" if change > 0 else "") + shown(d.name, change) if change else "",
            f"{d.p:.3f}" if change else "",
            TURNS[d.turn],
            style="bold" if is_headline(d.name) else None,
        )
    console.print(table)
    console.print(f"{comparison.samples} 个样本，其中 {len(comparison.changed)} 个有变化。")
    lines = [
        f"{c.sample}  {sign} {line}"
        for c in comparison.changed
        for sign, listed in (("－", c.mended), ("＋", c.broken))
        for line in listed
    ]
    for line in lines[:wrong]:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if len(lines) > wrong:
        console.print(f"另有 {len(lines) - wrong} 处变化；用 --wrong N 多看几处。")
