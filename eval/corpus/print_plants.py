"""Prints planted defects as PDFs (把植入的差错印成版式文件).

    python eval/corpus/generate.py OUT --seeds 1-40 --clean
    gouji eval plant OUT -o plants.yaml --together 5
    python eval/corpus/print_plants.py plants.yaml PDFS [--each 1]

OUT needs a card (`documents: "*.txt"`, `clean: true`). Every line of the plants becomes a PDF of the same
disclosure, made again from its seed with the defects in it, and PDFS/card.yaml a dataset of them: gouji
reads the PDF, and each defect must be found where its words are printed.
"""

import argparse
import json
import os
import re
from collections import Counter
from pathlib import Path

from synth.compose import compose
from synth.pages import print_blocks
from synth.planted import with_edits

from gouji.evaluate.dataset import load_dataset, parse_yaml, read_lines
from gouji.evaluate.edits import edits_of
from gouji.evaluate.planted import plants_of_line


def printed(line: dict[str, object], root: Path, folder: Path) -> str:
    """Print one line of plants; return the name of its PDF."""
    source = root / str(line["document"])
    seed, _, family = source.stem.partition("-")
    made = compose(int(seed), family)
    blocks = with_edits(made.blocks, source.read_text("utf-8"), edits_of(plants_of_line(line)))
    name = re.sub(r"\W+", "-", str(line["id"])) + ".pdf"
    print_blocks(made, blocks, folder / name)
    return name


def main() -> None:
    """Print every line of a card of plants."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("plants", type=Path, help="card written by gouji eval plant")
    parser.add_argument("out", type=Path)
    parser.add_argument("--each", type=int, help="no more than so many copies of one document")
    options = parser.parse_args()
    dataset = load_dataset(options.plants)
    lines = parse_yaml(options.plants.read_text("utf-8"), options.plants)["plants"]
    options.out.mkdir(parents=True, exist_ok=True)
    copies: Counter[str] = Counter()
    with (options.out / "plants.jsonl").open("w", encoding="utf-8") as file:
        for line in read_lines(options.plants.parent / lines):
            copies[line["document"]] += 1
            if options.each and copies[line["document"]] > options.each:
                continue
            line["printed"] = printed(line, dataset.root, options.out)
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    root = os.path.relpath(dataset.root, options.out)
    card = f"name: {options.out.name}\nabout: {dataset.name} 的植入差错，印成 PDF。\nroot: {root}\n"
    (options.out / "card.yaml").write_text(f"{card}plants: plants.jsonl\n", "utf-8")


if __name__ == "__main__":
    main()
