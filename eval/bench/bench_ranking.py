"""Ranks a mixed set of documents: do the worst ones stand first? (排序精度).

    python eval/corpus/generate.py OUT --seeds 1-600
    python eval/bench/bench_ranking.py OUT [--share 0.3] [--seed 1]

A share of the texts gets one planted defect each, of any kind; of the others every second gets a
control, a change that must stay silent. Prints precision among the first tenth of the queue, and how
many of the planted ones are found suspect.
"""

import argparse
import hashlib
import sys
import tempfile
from pathlib import Path
from random import Random

from gouji.evaluate.defects.clean import clean_of
from gouji.evaluate.defects.planting import plants_of
from gouji.evaluate.defects.registry import Kind, all_kinds
from gouji.evaluate.edits import edited
from gouji.screen.find import find
from gouji.screen.local import Order, Tally, plan, screen
from gouji.screen.ranking import ranked
from gouji.screen.store import Store

WANTED = 0.95


def changed(text: str, name: str, kinds: list[Kind], random: Random) -> tuple[str, str]:
    """Return the text with one change of a random kind that it has room for, and the kind."""
    clean = clean_of(text, name)
    for kind in random.sample(kinds, len(kinds)):
        for plant in plants_of(clean, name, [kind], 1, random.randrange(1 << 30)):
            return edited(text, plant.edits), kind.name
    return text, ""


def mixed(folder: Path, into: Path, share: float, seed: int) -> dict[str, str]:
    """Write the set; return what was planted, by file name."""
    defects = [kind for kind in all_kinds() if not kind.control]
    controls = [kind for kind in all_kinds() if kind.control]
    texts = sorted(folder.glob("*.txt"))
    order = sorted(texts, key=lambda p: hashlib.sha256(f"{seed} {p.name}".encode()).digest())
    number = round(share * len(texts))
    planted = {}
    for at, path in enumerate(order):
        random = Random(f"{seed} {path.name}")  # noqa: S311 (no secret: the set must repeat)
        text = path.read_bytes().decode("utf-8")
        if at < number:
            text, kind = changed(text, path.name, defects, random)
            if kind:
                planted[path.name] = kind
        elif at % 2:
            text, _ = changed(text, path.name, controls, random)
        (into / path.name).write_bytes(text.encode("utf-8"))
    return planted


def main() -> int:
    """Plant, screen, rank, and say how well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--share", type=float, default=0.3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        into = Path(scratch, "mixed")
        into.mkdir()
        planted = mixed(options.folder, into, options.share, options.seed)
        order = Order(jobs=options.jobs)
        with Store.open(f"{scratch}/store.db") as store:
            found = find([str(into)])
            screen(store, plan(store, found, order), order, Tally(), lambda *_: None)
            queue = ranked(store.documents(), store.findings())
    first = queue[: max(1, len(queue) // 10)]
    hits = sum(item.listed.name in planted for item in first)
    suspect = {item.listed.name for item in queue if item.state == "suspect"}
    caught = len(suspect & planted.keys())
    print(
        f"{len(queue)} documents, {len(planted)} with a planted defect: precision of the first "
        f"{len(first)} is {hits}/{len(first)} = {hits / len(first):.3f}; suspect {len(suspect)}, "
        f"of them planted {caught} (precision {caught / max(len(suspect), 1):.3f}, "
        f"recall {caught / max(len(planted), 1):.3f})"
    )
    for item in queue:
        if item.state == "suspect" and item.listed.name not in planted:
            print(f"  false: {item.listed.name} {item.score} {' '.join(item.rules)}")
    return int(hits < WANTED * len(first))


if __name__ == "__main__":
    sys.exit(main())
