"""Synthetic groups: clean ones yield nothing, a figure changed on one side is found."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gouji.pipeline import examine
from gouji.screen.across.compare import Compared, compare
from gouji.screen.across.paper import paper_of

GENERATOR = Path(__file__).resolve().parents[2] / "eval" / "corpus" / "pairs.py"


def made(folder: Path, *flags: str) -> list[tuple[dict[str, str], Compared]]:
    """Make groups and compare each; return what was planted beside what came of it."""
    subprocess.run([sys.executable, str(GENERATOR), str(folder), *flags], check=True)
    results = []
    for group in sorted(folder.iterdir()):
        truth = json.loads((group / "truth.json").read_text("utf-8"))
        papers = [paper_of(examine(path), path.name) for path in sorted(group.glob("*.txt"))]
        results.append((truth, compare(papers)))
    return results


@pytest.mark.parametrize("kind", ["years", "budget", "department"])
def test_groups_whose_books_follow_each_other_yield_nothing(tmp_path: Path, kind: str) -> None:
    for _, came in made(tmp_path, "--kind", kind, "--seeds", "8001-8002"):
        assert came.groups
        assert came.findings == ()


@pytest.mark.parametrize("kind", ["years", "budget", "department"])
def test_a_figure_changed_on_one_side_is_found_by_its_rule(tmp_path: Path, kind: str) -> None:
    for truth, came in made(tmp_path, "--kind", kind, "--seeds", "8003-8004", "--plant"):
        assert truth["rule"] in {a.finding.rule for a in came.findings}, truth


def test_a_year_that_says_it_was_restated_yields_notes_at_most(tmp_path: Path) -> None:
    for _, came in made(tmp_path, "--kind", "restated", "--seeds", "8005-8006"):
        assert {a.finding.severity for a in came.findings} <= {"note"}
