"""Plants defects in a dataset's clean texts (植入): same seed, same text, same plants."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Literal

from gouji.errors import InputError
from gouji.evaluate.dataset import Dataset, Sample, hash_of
from gouji.evaluate.defects.clean import Clean, clean_of, shuffled
from gouji.evaluate.defects.registry import Kind, all_kinds
from gouji.evaluate.edits import Span
from gouji.evaluate.labels import Plant
from gouji.evaluate.planted import line_of
from gouji.evaluate.reprint import reprinted
from gouji.evaluate.scorers.quotes import meets


def plants_of(
    clean: Clean, name: str, kinds: Iterable[Kind], per_kind: int, seed: int
) -> Iterator[Plant]:
    """Yield up to `per_kind` different plants of every kind, in the order of kinds."""
    for kind in kinds:
        seeded = hashlib.sha256(f"{seed}\0{kind.name}\0{clean.text}".encode()).hexdigest()
        seen: set[object] = set()
        for made in kind.planter(clean, Random(seeded)):  # noqa: S311 (no secret: plants must repeat)
            if len(seen) == per_kind:
                break
            if made.edits not in seen and _can_be_printed(clean, made):
                seen.add(made.edits)
                yield replace(made, id=f"{name}#{kind.name}-{len(seen)}", kind=kind.name)


def plants_in(clean: Clean, name: str, per_kind: int, seed: int) -> list[Plant]:
    """Return the plants of one document, of every kind."""
    return list(plants_of(clean, name, all_kinds(), per_kind, seed))


def _can_be_printed(clean: Clean, made: Plant) -> bool:
    """Tell whether the edits leave lines and cells whole; in pasted text any do."""
    document = clean.disclosure.document
    if document.source == "text":
        return True
    try:
        reprinted(document, made.edits)
    except InputError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Amount:
    """How much to plant (植入多少)."""

    per_kind: int = 3
    """Plants of each kind a document."""
    seed: int = 1
    together: int = 1
    """Defects in one copy of a document."""
    only: Literal["text", "pdf"] | None = None
    """Plant only in pasted texts, or only in PDFs."""
    faulty: bool = False
    """Plant also in documents not known to be clean: what is found in them anyway does not count."""

    def takes(self, sample: Sample) -> bool:
        """Tell whether to plant in a sample."""
        if sample.document is None or sample.plants:
            return False
        suffix = {"text": ".txt", "pdf": ".pdf"}.get(self.only or "", sample.document.suffix)
        return sample.document.suffix == suffix and (self.faulty or sample.read().clean)


@dataclass(frozen=True, slots=True)
class Written:
    """What was planted (植入结果)."""

    counts: Counter[str]
    """Plants of each kind."""
    refused: tuple[str, ...]
    """Why nothing was planted in a document, a sentence each."""


Planted = list[tuple[str, list[Plant]]]
"""Names of samples, and what is planted in each."""


def _planted(work: tuple[Path, str, Amount]) -> Planted | str:
    """Return the samples of one document, or why nothing can be planted in it."""
    document, name, amount = work
    try:
        clean = clean_of(_source(document), name)
    except InputError as error:
        return str(error)
    made = plants_in(clean, name, amount.per_kind, amount.seed)
    if amount.together == 1:
        return [(p.id, [p]) for p in made]
    random = Random(f"{amount.seed}\0{name}")  # noqa: S311 (no secret: plants must repeat)
    defects = shuffled((p for p in made if not p.control), random)
    groups = in_groups(clean.text, defects, amount.together)
    return [(f"{name}#{number}", group) for number, group in enumerate(groups, 1)]


def _source(document: Path) -> str | Path:
    return document if document.suffix == ".pdf" else document.read_bytes().decode("utf-8")


def in_groups(text: str, plants: Sequence[Plant], size: int) -> list[list[Plant]]:
    """Return plants in groups that leave each other alone: each breaks what it breaks by itself."""
    groups: list[list[Plant]] = []
    for plant in plants:
        room = (
            g
            for g in groups
            if len(g) < size
            and all(p.kind != plant.kind and not _disturb(text, p, plant) for p in g)
        )
        group = next(room, None)
        if group is None:
            groups.append([plant])
        else:
            group.append(plant)
    return [group for group in groups if len(group) == size]


def _disturb(text: str, one: Plant, two: Plant) -> bool:
    """Tell whether one plant changes a line the other changes, or a figure the other rests on."""
    lines, others = _lines(text, one), _lines(text, two)
    return (
        any(meets(a, b) for a in lines for b in others)
        or any(meets((e.start, e.end + 1), c) for e in one.edits for c in two.cascade)
        or any(meets((e.start, e.end + 1), c) for e in two.edits for c in one.cascade)
    )


def _lines(text: str, plant: Plant) -> list[Span]:
    return [
        (text.rfind("\n", 0, e.start) + 1, (text.find("\n", e.end) + 1) or len(text))
        for e in plant.edits
    ]


def write_plants(dataset: Dataset, card: Path, amount: Amount, jobs: int) -> Written:
    """Plant in every clean document of a dataset; write a card and its lines."""
    root = dataset.root
    work = [(s.document, s.id, amount) for s in dataset.samples if s.document and amount.takes(s)]
    lines: list[str] = []
    counts: Counter[str] = Counter()
    refused: list[str] = []
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for (document, *_), made in zip(work, pool.map(_planted, work), strict=True):
            if isinstance(made, str):
                refused.append(made)
                continue
            where, sha256 = document.relative_to(root).as_posix(), hash_of(document)
            for name, plants in made:
                line = line_of(name, where, sha256, plants)
                lines.append(json.dumps(line, ensure_ascii=False))
                counts.update(p.kind for p in plants)
    written = Written(counts, tuple(refused))
    if not lines:
        return written
    card.parent.mkdir(parents=True, exist_ok=True)
    planted = card.with_suffix(".jsonl")
    planted.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    card.write_text(_card(card, dataset, planted.name), "utf-8")
    return written


def _card(card: Path, dataset: Dataset, planted: str) -> str:
    root = os.path.relpath(dataset.root, card.parent)
    return (
        f"name: {card.stem}\n"
        f"about: 在 {dataset.name} 中植入的差错与对照；由 gouji eval plant 写成。\n"
        f"root: {root}\n"
        f"plants: {planted}\n"
    )
