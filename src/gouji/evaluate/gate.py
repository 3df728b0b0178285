"""Refuses a change that makes things worse (关口): the same samples, against a kept baseline.

A figure fails when it is significantly worse than the baseline by the paired test, or worse by more
than the baseline allows: a few samples can never be significant, and a fixed set does not vary.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table as Grid

from gouji.errors import InputError
from gouji.evaluate.compare import SIGNIFICANT
from gouji.evaluate.dataset import Dataset, load_dataset
from gouji.evaluate.figures import info, is_headline, shown, title
from gouji.evaluate.intervals import paired_p
from gouji.evaluate.runner import Order, run
from gouji.evaluate.scorers.scored import Ratio
from gouji.evaluate.summary import Scores, score_log
from gouji.messages import N_

GATE = "gouji.gate/1"
ALLOWED: dict[str, float] = {"coverage.checked": 0.02}
"""Figure → how much worse it may be without being significant; 0.005 for the rest."""
USUAL = 0.005
WATCHED = ("coverage.checked",)
"""Figures the gate watches beside the headlines."""

Kept = dict[str, dict[str, Ratio]]
"""Figure → sample → what it adds."""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure against the baseline (一项)."""

    dataset: str
    name: str
    before: float
    now: float
    p: float
    allowed: float

    @property
    def loss(self) -> float:
        """By how much it is worse; negative when it is better."""
        change = self.before - self.now
        return -change if info(self.name).better == "lower" else change

    @property
    def fails(self) -> bool:
        """Whether the change must be refused."""
        return self.loss > self.allowed or (self.loss > 0 and self.p < SIGNIFICANT)


def measure(cards: list[Path], jobs: int) -> Iterator[tuple[Dataset, Scores]]:
    """Run and score the datasets of a gate."""
    with TemporaryDirectory() as folder:
        for card in cards:
            dataset = load_dataset(card)
            log = Path(folder) / f"{dataset.name}.jsonl"
            yield dataset, score_log(run(dataset, log, Order(jobs=jobs)), dataset)


def kept_of(scores: Scores) -> Kept:
    """Return what a baseline keeps of a run: the watched figures of every sample."""
    names = [n for n in scores.names() if is_headline(n) or n in WATCHED]
    return {name: scores.ratios(name) for name in names}


def read_baseline(path: Path) -> dict[str, Any]:
    """Read a baseline; its cards are named from where it lies."""
    if not path.is_file():
        raise InputError(N_("{path}: 没有基线；用 gouji eval gate --update 写一份。"), path=path)
    try:
        baseline: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise InputError(N_("{path}: 不是有效的 JSON。"), path=path) from error
    if baseline.get("schema") != GATE:
        raise InputError(N_("{path}: 不是 gouji eval 的基线。"), path=path)
    return baseline


def cards_of(baseline: dict[str, Any], path: Path) -> list[Path]:
    """Return the cards a baseline was measured on."""
    return [path.parent / entry["card"] for entry in baseline["datasets"]]


def write_baseline(path: Path, measured: list[tuple[Dataset, Scores]]) -> None:
    """Write a baseline of what was measured now."""
    baseline = {
        "schema": GATE,
        "datasets": [
            {
                "name": dataset.name,
                "card": os.path.relpath(dataset.card, path.parent),
                "fingerprint": dataset.fingerprint(),
                "figures": kept_of(scores),
            }
            for dataset, scores in measured
        ],
    }
    path.write_text(_compact(baseline), "utf-8")


def _compact(baseline: dict[str, Any]) -> str:
    """Return JSON with one figure a line: a changed figure is one changed line."""
    lines = []
    for entry in baseline["datasets"]:
        figures = ",\n".join(
            f"    {json.dumps(name)}: {json.dumps(samples, ensure_ascii=False)}"
            for name, samples in entry["figures"].items()
        )
        head = {k: v for k, v in entry.items() if k != "figures"}
        lines.append(
            f'{json.dumps(head, ensure_ascii=False)[:-1]}, "figures": {{\n{figures}\n  }}}}'
        )
    return (
        f'{{"schema": {json.dumps(baseline["schema"])}, "datasets": [\n  '
        + ",\n  ".join(lines)
        + "\n]}\n"
    )


def against(baseline: dict[str, Any], measured: list[tuple[Dataset, Scores]]) -> list[Line]:
    """Compare what was measured with a baseline (对照基线)."""
    lines: list[Line] = []
    for entry, (dataset, scores) in zip(baseline["datasets"], measured, strict=True):
        if entry["fingerprint"] != dataset.fingerprint():
            raise InputError(
                N_(
                    "评测集 {dataset} 与基线不同（文档或标注已改）；核对后用 gouji eval gate --update 更新基线。"
                ),
                dataset=dataset.name,
            )
        now = kept_of(scores)
        for name, samples in entry["figures"].items():
            lines.append(_line(dataset.name, name, samples, now.get(name, {})))
    return lines


def _line(dataset: str, name: str, before: dict[str, Any], now: dict[str, Ratio]) -> Line:
    samples = sorted(before.keys() | now.keys())
    ones: list[Ratio] = [_ratio(before.get(s)) for s in samples]
    twos: list[Ratio] = [_ratio(now.get(s)) for s in samples]
    allowed = ALLOWED.get(name, USUAL)
    return Line(dataset, name, _value(ones), _value(twos), paired_p(ones, twos), allowed)


def _ratio(entry: Any) -> Ratio:  # noqa: ANN401 (JSON)
    return (0.0, 0.0) if entry is None else (entry[0], entry[1])


def _value(ratios: list[Ratio]) -> float:
    whole = sum(w for _, w in ratios)
    return sum(p for p, _ in ratios) / whole if whole else 0.0


def print_lines(lines: list[Line], console: Console) -> None:
    """Print every watched figure beside its baseline."""
    table = Grid("评测集", "指标", "基线", "现在", "p", "")
    for line in lines:
        table.add_row(
            line.dataset,
            title(line.name),
            shown(line.name, line.before),
            shown(line.name, line.now),
            f"{line.p:.3f}" if line.loss else "",
            "变差" if line.fails else "更好" if line.loss < 0 else "",
        )
    console.print(table)
