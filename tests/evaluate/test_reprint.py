"""Defects in PDFs: edits reach lines, paragraphs and cells, and are found where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.errors import InputError
from gouji.evaluate.dataset import Sample
from gouji.evaluate.defects.clean import clean_of, spot_of
from gouji.evaluate.defects.planting import plants_of
from gouji.evaluate.defects.registry import all_kinds
from gouji.evaluate.edits import edited
from gouji.evaluate.engine import answer
from gouji.evaluate.labels import Edit
from gouji.evaluate.reprint import joined, reprinted
from gouji.evaluate.scorers import score
from gouji.model.document import Document, Grid
from gouji.read import read_document

CLEAN = Path("fixtures/documents/shanghai-style-clean/report.pdf")
FAULTY = Path("fixtures/documents/wanyuan-faulty/report.pdf")


@pytest.fixture(scope="module")
def printed(root: Path) -> Document:
    return read_document(root / CLEAN)


def cells(document: Document) -> list[str]:
    return [c.text for b in document.blocks if isinstance(b, Grid) for c in b.cells]


def test_no_edit_prints_the_same(printed: Document) -> None:
    assert reprinted(printed, ()) == printed


def test_every_plant_changes_the_words_and_all_places_follow(root: Path, printed: Document) -> None:
    clean = clean_of(root / CLEAN, "sample")
    for plant in plants_of(clean, "sample", all_kinds(), 1, 3):
        anew = reprinted(printed, plant.edits)
        assert joined(anew).text == edited(clean.text, plant.edits), plant.kind
        for grid in anew.grids:
            for cell in grid.cells:
                page = next(p for p in anew.pages if p.number == cell.place.page)
                assert page.text[cell.place.start : cell.place.end] == cell.place.quote
        for paragraph in anew.paragraphs:
            assert sum(len(run.offsets) for run in paragraph.runs) == len(paragraph.text)


def test_a_number_of_a_cell_is_printed_otherwise(printed: Document) -> None:
    grid = printed.grids[2]
    cell = next(c for c in grid.cells if "." in c.text)
    start, end = joined(printed).at(cell.place)
    anew = reprinted(printed, [Edit(start, end, "9,999.99")])
    assert len(cells(anew)) == len(cells(printed))
    assert [b for a, b in zip(cells(printed), cells(anew), strict=True) if a != b] == ["9,999.99"]


def test_a_row_struck_out_moves_the_rows_below_it_up(printed: Document) -> None:
    grid = next(g for g in printed.grids if g.n_rows > 8)
    plain = [r for r in range(3, grid.n_rows) if all(c.rowspan == 1 for c in grid.row_cells(r))]
    row = plain[0]
    spans = [joined(printed).at(c.place) for c in grid.row_cells(row)]
    edit = Edit(min(s for s, _ in spans), max(e for _, e in spans) + 1, "")
    anew = next(g for g in reprinted(printed, [edit]).grids if g.id == grid.id)
    assert anew.n_rows == grid.n_rows - 1
    assert [c.text for c in anew.row_cells(row)] == [c.text for c in grid.row_cells(row + 1)]


def test_an_edit_across_a_border_is_refused(printed: Document) -> None:
    one, two = printed.grids[0].row_cells(2)[:2]
    start, end = joined(printed).at(one.place)[0], joined(printed).at(two.place)[1]
    with pytest.raises(InputError, match="单元格"):
        reprinted(printed, [Edit(start + 1, end, "")])


@pytest.mark.parametrize(
    "kind", ["digit_transposed", "child_lost", "nil_against_table", "template_residue"]
)
def test_a_defect_in_a_pdf_is_found_at_its_place(root: Path, kind: str) -> None:
    document = root / CLEAN
    clean = clean_of(document, "sample")
    kinds = [k for k in all_kinds() if k.name == kind]
    for plant in plants_of(clean, "sample", kinds, 2, 7):
        sample = Sample(plant.id, document, plants=(plant,))
        scored = score(sample.read(), answer(sample))
        outcome = [scored.ratios[name] for name in ("plants.found", "plants.strays")]
        assert outcome == [(1, 1), (0, 1)], scored.wrong


def test_nothing_is_planted_where_something_fails_already(root: Path) -> None:
    clean = clean_of(root / FAULTY, "sample")
    assert clean.faulty
    assert not {spot_of(f) for f in clean.figures} & clean.faulty


def test_what_was_found_before_counts_neither_way(root: Path) -> None:
    document = root / FAULTY
    clean = clean_of(document, "sample")
    kinds = [k for k in all_kinds() if k.name in ("digit_dropped", "separators_added")]
    for plant in plants_of(clean, "sample", kinds, 1, 7):
        sample = Sample(plant.id, document, plants=(plant,))
        said = answer(sample)
        assert len(said.standing) > 1
        scored = score(sample.read(), said)
        figure = "controls.alarms" if plant.control else "plants.strays"
        assert scored.ratios[figure] == (0, 1), scored.wrong
