"""What a log comes to (汇总): every figure with its interval, by sample and in all."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid

from gouji.errors import InputError
from gouji.evaluate.calibration import calibration, calibration_table
from gouji.evaluate.dataset import Dataset
from gouji.evaluate.figures import info, is_headline, order, shown, title
from gouji.evaluate.intervals import Estimate, estimate
from gouji.evaluate.log import Log
from gouji.evaluate.scorers import score
from gouji.evaluate.scorers.scored import Ratio, Scored
from gouji.messages import N_


@dataclass(frozen=True, slots=True)
class Scores:
    """A log, scored (得分): one `Scored` a sample, in the dataset's order."""

    log: Log
    by_sample: dict[str, Scored]
    groups: dict[str, str]
    """Sample → group."""

    def ratios(self, name: str) -> dict[str, Ratio]:
        """Return the samples a figure was measured on, with what each adds to it."""
        return {s: x.ratios[name] for s, x in self.by_sample.items() if name in x.ratios}

    def names(self) -> list[str]:
        """Return every figure measured, in the order of a report."""
        return sorted({name for x in self.by_sample.values() for name in x.ratios}, key=order)

    def estimates(self) -> dict[str, Estimate]:
        """Return every figure with its 95 % interval."""
        return {
            name: estimate(list(self.ratios(name).values()), share=info(name).share)
            for name in self.names()
        }

    def peak_memory(self) -> float:
        """Return the most memory any process held, in MB."""
        costs = (a.cost for a in self.log.answers.values())
        return max((c.memory_mb for c in costs if c is not None), default=0.0)


def score_log(log: Log, dataset: Dataset | None = None) -> Scores:
    """Score every answer of a log against the labels as they are now (重新评分)."""
    samples = {s.id: s for s in (dataset or log.dataset()).samples}
    gone = set(log.answers) - set(samples)
    if gone:
        raise InputError(
            N_("{path}: 评测集里已没有样本 {samples}。"),
            path=log.path,
            samples="、".join(sorted(gone)[:3]),
        )
    by_sample = {
        name: score(sample.read(), log.answers[name])
        for name, sample in samples.items()
        if name in log.answers
    }
    return Scores(log, by_sample, {name: samples[name].group for name in by_sample})


def write_summary(scores: Scores, path: Path, *, wall: float | None = None) -> None:
    """Write the summary beside the log."""
    estimates = scores.estimates()
    document = {
        "header": asdict(scores.log.header),
        "samples": len(scores.by_sample),
        "wall_seconds": wall,
        "peak_memory_mb": scores.peak_memory(),
        "figures": {name: asdict(e) for name, e in estimates.items()},
        "calibration": [asdict(c) | {"verdict": c.verdict} for c in calibration(estimates)],
        "groups": by_group(scores),
    }
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")


def by_group(scores: Scores) -> dict[str, dict[str, float]]:
    """Return the headline figures of each group of samples."""
    sums: defaultdict[str, defaultdict[str, list[Ratio]]] = defaultdict(lambda: defaultdict(list))
    for sample, scored in scores.by_sample.items():
        for name, ratio in scored.ratios.items():
            if is_headline(name):
                sums[scores.groups[sample]][name].append(ratio)
    if len(sums) < 2:  # noqa: PLR2004 (one group is the whole)
        return {}
    return {
        group: {n: sum(p for p, _ in r) / sum(w for _, w in r) for n, r in figures.items()}
        for group, figures in sorted(sums.items())
    }


# --- for people ------------------------------------------------------------------------------


KINDS = ("plants.found[", "controls.alarms[")
"""Breakdowns that are always shown: by kind of defect."""


def print_scores(scores: Scores, console: Console, *, wrong: int = 0, full: bool = False) -> None:
    """Print the figures with intervals, then up to `wrong` lines of what went wrong.

    Other breakdowns are printed with `full`.
    """
    header = scores.log.header
    asked = f" {header.model}" if header.model else ""
    head = f"{header.dataset} · {header.engine}{asked} · gouji {header.version} {header.revision}"
    console.print(head, highlight=False)
    estimates = scores.estimates()
    shown_now = {n: e for n, e in estimates.items() if full or "[" not in n or n.startswith(KINDS)}
    console.print(figures_table(shown_now))
    if hidden := sum(not n.startswith("confidence[") for n in estimates.keys() - shown_now.keys()):
        console.print(f"另有 {hidden} 个分项；用 --full 列出，或看汇总。", highlight=False)
    if levels := calibration(estimates):
        console.print(calibration_table(levels))
    groups = by_group(scores)
    if 1 < len(groups) <= 12:  # noqa: PLR2004 (more would not fit a screen)
        console.print(_groups_table(groups))
    lines = [(s, line) for s, x in scores.by_sample.items() for line in x.wrong]
    for sample, line in lines[:wrong]:
        console.print(f"{sample}  {line}", markup=False, highlight=False, soft_wrap=True)
    if len(lines) > wrong:
        console.print(f"另有 {len(lines) - wrong} 处；用 --wrong N 多看几处。", highlight=False)


def figures_table(estimates: Mapping[str, Estimate]) -> Grid:
    """Return the figures as a table for the terminal."""
    table = Grid("指标", "结果", "95% 区间", "计数", "样本")
    for name, e in estimates.items():
        if name.startswith("confidence[") or (name.startswith("cost.") and not e.part):
            continue
        counted = f"{e.part:g}/{e.whole:g}" if info(name).share else f"{e.part:.4g}"
        table.add_row(
            title(name),
            shown(name, e.value),
            f"{shown(name, e.low)} – {shown(name, e.high)}",
            counted,
            str(e.samples),
            style="bold" if is_headline(name) else None,
        )
    return table


def _groups_table(groups: Mapping[str, Mapping[str, float]]) -> Grid:
    names = sorted({n for figures in groups.values() for n in figures}, key=order)
    table = Grid("指标", *(group or "（无）" for group in groups))
    for name in names:
        values = [figures.get(name) for figures in groups.values()]
        table.add_row(title(name), *("" if v is None else shown(name, v) for v in values))
    return table
