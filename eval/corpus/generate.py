"""Makes synthetic disclosures with their truth from seed numbers (生成合成决算).

    python eval/corpus/generate.py OUT --seeds 1-200
    python eval/corpus/generate.py OUT --seeds 7 --family sichuan --pdf

Each seed gives OUT/<seed>-<family>.txt and .json; the same seed gives the same bytes. `--pdf` adds
a ruled PDF (needs WeasyPrint and a Chinese font), `--scan` a rasterised one as from a scanner, and
one of which only some pages are pictures.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from synth.chance import Chance
from synth.compose import Disclosure, compose
from synth.families import FAMILIES
from synth.pages import partly, print_pdf, scan
from synth.paste import CLEAN, paste_of, to_text
from synth.truth import truth_of, unmark


def seeds_of(text: str) -> Iterator[int]:
    """Read 1-200 or 3,5,9-12."""
    for part in text.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def write(made: Disclosure, folder: Path, *, clean: bool = False) -> Path:
    """Write text and truth; return the path without its suffix."""
    chance = Chance("paste", made.seed, made.family.name)
    paste = CLEAN if clean else paste_of(chance)
    text, places = unmark(to_text(made.blocks, paste, chance))
    stem = folder / f"{made.seed:04d}-{made.family.name}"
    stem.with_suffix(".txt").write_text(text, encoding="utf-8")
    stem.with_suffix(".json").write_text(truth_of(made, text, places), encoding="utf-8")
    return stem


def main() -> None:
    """Make the documents asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--seeds", default="1-200", help="1-200 or 3,5,9-12")
    parser.add_argument("--family", choices=sorted(FAMILIES), help="one family for all seeds")
    parser.add_argument("--pdf", action="store_true", help="also print a ruled PDF")
    parser.add_argument("--scan", action="store_true", help="also make PDFs as scanned")
    parser.add_argument("--clean", action="store_true", help="paste without wraps and odd rows")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for seed in seeds_of(options.seeds):
        made = compose(seed, options.family)
        stem = write(made, options.out, clean=options.clean)
        if options.pdf or options.scan:
            print_pdf(made, stem.with_suffix(".pdf"))
        if options.scan:
            scanned = stem.with_suffix(".scan.pdf")
            scan(stem.with_suffix(".pdf"), scanned, seed)
            mixed = stem.with_suffix(".part.pdf")
            labels = {"pictures": partly(stem.with_suffix(".pdf"), scanned, mixed, seed)}
            mixed.with_suffix(".json").write_text(json.dumps(labels), encoding="utf-8")


if __name__ == "__main__":
    main()
