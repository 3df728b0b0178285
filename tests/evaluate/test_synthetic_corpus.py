"""The synthetic corpus: the same seed gives the same bytes, and the truth points at the text."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

GENERATOR = Path(__file__).resolve().parents[2] / "eval" / "corpus" / "generate.py"
SEEDS = "1-8"
"""One seed of each family."""


def made(folder: Path) -> dict[str, str]:
    command = [sys.executable, str(GENERATOR), str(folder), "--seeds", SEEDS]
    subprocess.run(command, check=True, capture_output=True)
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return made(tmp_path_factory.mktemp("corpus"))


def test_the_same_seed_gives_the_same_bytes(corpus: dict[str, str], tmp_path: Path) -> None:
    assert made(tmp_path) == corpus


def test_every_number_of_a_claim_stands_where_the_truth_says(corpus: dict[str, str]) -> None:
    for name in (n for n in corpus if n.endswith(".json")):
        text = corpus[name.removesuffix(".json") + ".txt"]
        truth = json.loads(corpus[name])
        assert truth["claims"]
        for number in (n for claim in truth["claims"] for n in claim["numbers"]):
            printed = text[number["start"] : number["end"]]
            assert printed.replace(",", "") == number["text"], name


def test_every_printed_cell_of_the_truth_stands_in_a_grid(corpus: dict[str, str]) -> None:
    for name in (n for n in corpus if n.endswith(".json")):
        truth = json.loads(corpus[name])
        printed = {
            cell["text"].replace(",", "")
            for grid in truth["grids"]
            for row in grid["cells"]
            for cell in row
        }
        cells = {c["text"] for c in truth["tables"] if "row" in c and c["text"] is not None}
        assert cells <= printed, name
