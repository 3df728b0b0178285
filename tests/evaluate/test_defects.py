"""Planted defects: vetted, repeatable, found; controls stay silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.errors import InputError
from gouji.evaluate.dataset import Sample
from gouji.evaluate.defects.clean import Clean, clean_of
from gouji.evaluate.defects.planting import plants_of
from gouji.evaluate.defects.registry import all_kinds
from gouji.evaluate.edits import changed, edited, shifted
from gouji.evaluate.engine import answer
from gouji.evaluate.labels import Edit, Plant
from gouji.evaluate.scorers import score

KINDS = {kind.name: kind for kind in all_kinds()}
WORDS = frozenset(
    {
        "missed_with_full_marks",
        "nil_against_table",
        "option_left",
        "sentence_doubled",
        "stale_year",
        "template_residue",
    }
)
"""Kinds that change what no relation of the ledger holds."""


@pytest.fixture(scope="module")
def document(root: Path) -> Path:
    return root / "fixtures/documents/shanghai-style-clean/report.txt"


@pytest.fixture(scope="module")
def clean(document: Path) -> Clean:
    return clean_of(document.read_bytes().decode(), "sample")


def plants(clean: Clean, kind: str, count: int = 3) -> list[Plant]:
    return list(plants_of(clean, "sample", [KINDS[kind]], count, 7))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_plant_changes_the_text_and_names_what_it_breaks(clean: Clean, kind: str) -> None:
    for made in plants(clean, kind):
        assert edited(clean.text, made.edits) != clean.text
        assert made.control == KINDS[kind].control
        assert made.quote
        if kind not in WORDS:
            assert made.rules
            assert made.cascade


@pytest.mark.parametrize("kind", ["digit_transposed", "row_copied_down", "direction_flipped"])
def test_the_same_seed_plants_the_same(clean: Clean, kind: str) -> None:
    assert plants(clean, kind) == plants(clean, kind)
    assert len({p.edits for p in plants(clean, kind)}) == 3


@pytest.mark.parametrize(
    "kind", ["digit_transposed", "cell_shifted", "direction_flipped", "row_copied_down"]
)
def test_a_vetted_number_is_found_at_its_place(document: Path, clean: Clean, kind: str) -> None:
    for made in plants(clean, kind, 2):
        sample = Sample(made.id, document, plants=(made,))
        scored = score(sample.read(), answer(sample))
        assert scored.ratios["plants.found"] == (1, 1), scored.wrong


@pytest.mark.parametrize("kind", sorted(k for k, v in KINDS.items() if v.control))
def test_rounding_stays_silent(document: Path, clean: Clean, kind: str) -> None:
    for made in plants(clean, kind, 2):
        sample = Sample(made.id, document, plants=(made,))
        scored = score(sample.read(), answer(sample))
        assert scored.ratios["controls.alarms"] == (0, 1), scored.wrong


def test_a_text_in_which_nothing_holds_is_refused() -> None:
    with pytest.raises(InputError, match="没有一处核对成立"):
        clean_of("本年收入 9.07 万元。", "短文")


def test_spans_move_with_the_edits_before_them() -> None:
    edits = (Edit(5, 7, "12345"), Edit(20, 20, "ab"))
    assert edited("0123456789012345678901", edits) == "0123412345789012345678" + "9ab01"
    assert changed(edits) == ((5, 10), (23, 25))
    assert shifted((7, 9), edits) == (10, 12)
    assert shifted((1, 3), edits) == (1, 3)
    assert shifted((20, 21), edits) == (25, 26)


def test_every_kind_is_explained(root: Path) -> None:
    page = (root / "docs/evaluation.md").read_text("utf-8")
    assert [name for name in KINDS if f"`{name}`" not in page] == []
