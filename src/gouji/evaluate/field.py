"""The field trip (实地测量): run gouji over a corpus of real documents and print the figures.

`python -m gouji.evaluate.field CORPUS` reads the corpus folder described in docs/field-notes.md, through
the cards of eval/datasets.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table as Grid

from gouji.evaluate.answers import found
from gouji.evaluate.dataset import load_dataset
from gouji.evaluate.runner import Order, run
from gouji.evaluate.scorers.findings import describe
from gouji.evaluate.summary import print_scores, score_log
from gouji.pipeline import check_document

CARDS = ("passages", "seeds")
EVERY = 10_000
"""Lines of what went wrong: all of them."""


def main(corpus: Path, console: Console) -> int:
    """Print every figure with its denominator, then every failing case."""
    if not (corpus / "gold").is_dir():
        console.print(f"没有找到语料目录 {corpus}/gold", style="red")
        return 2
    os.environ["GOUJI_CORPUS"] = str(corpus)
    for name in CARDS:
        dataset = load_dataset(Path("eval/datasets") / f"{name}.yaml")
        with TemporaryDirectory() as folder:
            log = run(dataset, Path(folder) / f"{name}.jsonl", Order())
            print_scores(score_log(log, dataset), console, wrong=EVERY)
    _real(corpus, console)
    return 0


def _real(corpus: Path, console: Console) -> None:
    """Print what is said of published PDFs that carry no labels: a person reads every line."""
    table = Grid("文档", "错误", "疑点", "提示", "核对成立")
    lines: list[str] = []
    for path in sorted((corpus / "real").glob("*.pdf")):
        report = check_document(path)
        counts = [
            sum(f.severity == s for f in report.findings) for s in ("error", "warning", "note")
        ]
        held = report.summary.holds + report.summary.holds_by_rounding
        table.add_row(path.stem, *map(str, counts), str(held))
        lines += [
            f"{path.stem} {describe(found(f))}" for f in report.findings if f.severity != "note"
        ]
    console.print(table)
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Console(width=140)))
