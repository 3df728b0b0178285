"""Plants defects in a dataset's clean texts (植入): same seed, same text, same plants."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from gouji.evaluate.dataset import hash_of
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
