"""Several defects in one document, and defects in a PDF: each found where its words are printed."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from gouji.evaluate.alignment import located
from gouji.evaluate.dataset import Sample
from gouji.evaluate.defects.clean import clean_of
from gouji.evaluate.defects.planting import in_groups, plants_of
from gouji.evaluate.defects.registry import all_kinds
from gouji.evaluate.edits import edited, edits_of
from gouji.evaluate.engine import answer
from gouji.evaluate.labels import Edit, Plant
from gouji.evaluate.planted import line_of, plants_of_line
from gouji.evaluate.scorers import score
from gouji.pipeline import extract_document

FAULTY = Path("fixtures/documents/wanyuan-faulty")


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return (root / FAULTY / "report.txt").read_bytes().decode()


def planted(text: str, kind: str, printed: str, meant: str) -> tuple[str, Plant]:
    """Return the text with a slip put right, and the plant that makes the slip again."""
    at = text.index(printed)
    clean = text.replace(printed, meant, 1)
    return clean, Plant(kind, kind, (Edit(at, at + len(meant), printed),))


def test_a_defect_is_found_where_the_pdf_prints_it(root: Path, text: str, tmp_path: Path) -> None:
    clean, plant = planted(text, "digit_transposed", "142.88", "124.88")
    (tmp_path / "clean.txt").write_text(clean, "utf-8", newline="")
    report = root / FAULTY / "report.pdf"
    sample = Sample("p", report, plants=(plant,), clean=tmp_path / "clean.txt")
    said = answer(sample)
    ((page, start, end),) = set(said.places[0][:1])
    assert page is not None
    printed = extract_document(report).document.pages[page - 1].text
    assert printed[start : start + 6] == "142.88"
    assert end == start + 1
    assert score(sample.read(), said).ratios["plants.found"] == (1, 1)


def test_a_defect_the_pdf_does_not_print_is_not_found(
    root: Path, text: str, tmp_path: Path
) -> None:
    """Findings about other places never count for it."""
    (tmp_path / "clean.txt").write_text(text, "utf-8", newline="")
    at = text.index("第一部分")
    lost = Plant("p", "template_residue", (Edit(at, at, "（此段不在版式文件中，甲乙丙丁）"),))
    report = root / FAULTY / "report.pdf"
    sample = Sample("p", report, plants=(lost,), clean=tmp_path / "clean.txt")
    assert score(sample.read(), answer(sample)).ratios["plants.found"] == (0, 1)


def test_a_text_lies_on_itself(text: str) -> None:
    document = extract_document(text.encode()).document
    at = text.index("142.88")
    assert located(document, document, [[(at, at + 6)]]) == (
        tuple((None, n, n + 1) for n in range(at, at + 6)),
    )


def test_several_defects_in_one_text_are_each_found(root: Path) -> None:
    document = root / "fixtures/documents/shanghai-style-clean/report.txt"
    clean = clean_of(document.read_bytes().decode(), "sample")
    kinds = [k for k in all_kinds() if not k.control]
    groups = in_groups(clean.text, list(plants_of(clean, "sample", kinds, 1, 5)), 4)
    assert len(groups) > 2
    for group in groups[:2]:
        assert len({p.kind for p in group}) == 4
        sample = Sample("many", document, plants=tuple(group))
        scored = score(sample.read(), answer(sample))
        figures = ("plants.found", "plants.all", "plants.strays")
        assert [scored.ratios[n] for n in figures] == [(4, 4), (1, 1), (0, 1)], scored.wrong


def test_defects_that_change_the_same_line_never_share_a_document() -> None:
    text = "甲支出 12.30 万元，增长 5.10%。\n乙支出 7.20 万元。\n"
    one = Plant("1", "digit_dropped", (Edit(4, 9, "2.30"),))
    two = Plant("2", "complement", (Edit(17, 21, "94.90"),))
    far = Plant("3", "decimal_shifted", (Edit(27, 31, "72.0"),))
    assert in_groups(text, [one, two, far], 2) == [[one, far]]


def test_a_line_holds_one_plant_or_several() -> None:
    one = Plant("d#a", "stale_year", (Edit(1, 5, "2023"),), ((7, 9),), ("DAT001",), "…", quiet=True)
    two = Plant("d#b", "complement", (Edit(11, 15, "23.00"),))
    assert plants_of_line(line_of("d#a", "d.txt", "00", [one])) == (one,)
    assert plants_of_line(line_of("d#1", "d.txt", "00", [one, two])) == (one, two)
    assert edits_of([two, one]) == (one.edits[0], two.edits[0])


# --- the same defects in print ---------------------------------------------------------------


@pytest.mark.parametrize("seed", [2, 5])
def test_edits_reach_the_blocks_a_pdf_is_printed_from(
    seed: int, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The edited blocks, pasted, are the edited text: nothing else moves, nothing is lost."""
    monkeypatch.syspath_prepend(str(root / "eval/corpus"))
    made = import_module("synth.compose").compose(seed)
    paste, pages = import_module("synth.paste"), import_module("synth.pages")
    chance = import_module("synth.chance").Chance("planted")
    text = paste.to_text([pages.bare(b) for b in made.blocks], paste.CLEAN, chance)
    clean = clean_of(text, "sample")
    for plant in plants_of(clean, "sample", all_kinds(), 1, 3):
        blocks = import_module("synth.planted").with_edits(made.blocks, text, plant.edits)
        assert paste.to_text(blocks, paste.CLEAN, chance) == edited(text, plant.edits), plant.kind
