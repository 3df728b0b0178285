"""What a local model is asked about (本地评测的题目): labelled reports and passages, odd wordings, untitled tables.

A case is one document and how it is scored. Each set names the engines that read it: "llm" reads every
sentence, and a small model takes ten seconds over one, so whole reports are read by the others only.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cascade import found, read_rightly  # beside this script
from odd import Odd, documents

from gouji import extract_document
from gouji.errors import InputError
from gouji.evaluate.answers import answer_of
from gouji.evaluate.dataset import Sample, load_dataset
from gouji.evaluate.scorers import score
from gouji.evaluate.scorers.scored import Scored
from gouji.model.tables import MODEL_OF
from gouji.pipeline import examine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gouji.model.examined import Examined
    from gouji.model.reading import Engine

DATASETS = Path(__file__).parents[1] / "datasets"
MOST_ODD = 40
_STEP = 7
"""Passages are asked in steps through the file: neighbours in it are of one report."""
_TABBED = re.compile(r"(?:^[^\n]*\t[^\n]*\n)+", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """One document and how it is scored (题)."""

    text: str
    score: Callable[[Examined], Scored]


@dataclass(frozen=True)
class Set:
    """Cases of one kind, and the engines that read them (题组)."""

    name: str
    cases: tuple[Case, ...]
    engines: tuple[Engine, ...] = ("rules", "hybrid")

    @property
    def is_timed(self) -> bool:
        """Tell a set of which only as many cases are asked as there is time for."""
        return "llm" in self.engines


def sets(corpus: Path | None, synthetic: Path | None) -> Iterator[Set]:
    """Yield the sets; those of which all is asked come first."""
    every: tuple[Engine, ...] = ("rules", "hybrid", "llm")
    passages: tuple[Case, ...] = ()
    if corpus:
        os.environ["GOUJI_CORPUS"] = str(corpus.resolve())
        passages = tuple(_labelled("passages.yaml"))
        yield Set("passages", passages)
        yield Set("labelled reports", tuple(_labelled("seeds.yaml")))
    if synthetic:
        os.environ["GOUJI_SYNTHETIC"] = str(
            synthetic.resolve()
        )  # a card's own folder is the root of its paths
        yield Set("clean synthetic reports", tuple(_labelled("synthetic.yaml")))
    yield Set("odd wordings", tuple(_odd(o) for o in documents(MOST_ODD)), every)
    if passages:
        spread = [passages[i] for at in range(_STEP) for i in range(at, len(passages), _STEP)]
        yield Set("some passages", tuple(spread), every)
    if synthetic:
        texts = sorted(synthetic.glob("*.txt"))
        yield Set("untitled tables", tuple(_untitled(p) for p in texts), every)


def _labelled(name: str) -> Iterator[Case]:
    """Yield the samples of a dataset that gouji takes for a report at all."""
    for sample in load_dataset(DATASETS / name).samples:
        text = sample.text()
        assert text is not None  # noqa: S101 (texts only: quotes are compared)
        try:
            examine(text, name="sample.txt")
        except InputError:
            continue
        yield Case(text, _by_labels(sample))


def _by_labels(sample: Sample) -> Callable[[Examined], Scored]:
    return lambda made: score(sample.read(), answer_of(made.disclosure, made.report))


def _odd(odd: Odd) -> Case:
    def scored(made: Examined) -> Scored:
        whole = Scored()
        for truth in odd.truths:
            hit = found(truth, made.report, odd.text)
            whole.add("odd.read", read_rightly(truth, made.disclosure))
            whole.add("odd.planted" if truth.wrong else "odd.false", hit)
        return whole

    return Case(odd.text, scored)


def _untitled(path: Path) -> Case:
    """Return the published tables of a report without their titles, and with them what each is."""
    titled = extract_document(path)
    named = [titled.outline.named(grid.id) for grid in titled.document.grids]
    runs = [m[0] for m in _TABBED.finditer(path.read_text("utf-8"))]
    told = [
        (n.kind, run)
        for n, run in zip(named, runs, strict=True)
        if n is not None and n.kind in MODEL_OF
    ]
    head = f"{titled.outline.entity}{titled.outline.fiscal_year}年度部门决算"
    text = "\n\n".join([head, *(f"单位：万元\n\n{run}" for _, run in told)])

    def scored(made: Examined) -> Scored:
        grids = [grid.id for grid in made.disclosure.document.grids]
        right = {grid: kind for grid, (kind, _) in zip(grids, told, strict=True)}
        said = Counter(right[table.grid] == table.kind for table in made.disclosure.tables)
        whole = Scored()
        whole.add("untitled.named", said[True], len(told))
        whole.add("untitled.misnamed", said[False], len(told))
        loud = [f for f in made.report.findings if f.severity != "note"]
        whole.add("untitled.alarmed", len(loud) > 0)
        return whole

    return Case(text, scored)
