"""Plants defects in a dataset's clean texts (植入): same seed, same text, same plants."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from random import Random

from gouji.evaluate.dataset import Dataset, hash_of
from gouji.evaluate.defects.clean import Clean, clean_of
from gouji.evaluate.defects.registry import Kind, all_kinds
from gouji.evaluate.labels import Plant


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
            if made.edits not in seen:
                seen.add(made.edits)
                yield replace(made, id=f"{name}#{kind.name}-{len(seen)}", kind=kind.name)


def plants_in(document: Path, name: str, per_kind: int, seed: int) -> list[Plant]:
    """Return the plants of one document, of every kind."""
    clean = clean_of(document.read_bytes().decode("utf-8"), name)
    return list(plants_of(clean, name, all_kinds(), per_kind, seed))


def _planted(work: tuple[Path, str, int, int]) -> list[Plant]:
    return plants_in(*work)


def line_of(made: Plant, document: Path, root: Path) -> str:
    """Return a plant as one line of JSON, naming its document and that document's hash."""
    entry = {
        "id": made.id,
        "document": document.relative_to(root).as_posix(),
        "sha256": hash_of(document),
        "kind": made.kind,
        "edits": [[e.start, e.end, e.text] for e in made.edits],
        "cascade": made.cascade,
        "rules": made.rules,
        "quote": made.quote,
        "control": made.control,
        "quiet": made.quiet,
    }
    return json.dumps(entry, ensure_ascii=False)


def write_plants(dataset: Dataset, card: Path, amount: tuple[int, int], jobs: int) -> Counter[str]:
    """Plant in every clean text of a dataset; write a card and its lines, return counts by kind.

    `amount` is (plants of each kind a document, seed).
    """
    root = dataset.root
    samples = [s for s in dataset.samples if s.document and s.text() is not None]
    clean = [s for s in samples if s.read().clean]
    lines: list[str] = []
    counts: Counter[str] = Counter()
    work = [(s.document, s.id, *amount) for s in clean if s.document]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for (document, *_), made in zip(work, pool.map(_planted, work), strict=True):
            lines += [line_of(p, document, root) for p in made]
            counts.update(p.kind for p in made)
    if not lines:
        return counts
    card.parent.mkdir(parents=True, exist_ok=True)
    planted = card.with_suffix(".jsonl")
    planted.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    card.write_text(_card(card, dataset, planted.name), "utf-8")
    return counts


def _card(card: Path, dataset: Dataset, planted: str) -> str:
    root = os.path.relpath(dataset.root, card.parent)
    return (
        f"name: {card.stem}\n"
        f"about: 在 {dataset.name} 的无差错文本中植入的差错与对照；由 gouji eval plant 写成。\n"
        f"root: {root}\n"
        f"plants: {planted}\n"
    )
