"""Real documents: read whole, every place right, the same cells as another reader finds."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from gouji.model.document import Document, Grid
from gouji.read import read_document
from gouji.read.layout import Layout, ProseLine, lay_out
from gouji.read.mupdf import MupdfPage, fetch, opened
from gouji.read.sheet import Sheet
from tests.read.places import check_places

SAMPLES = Path(__file__).resolve().parents[2] / "fixtures" / "documents"
SPACE = re.compile(r"\s+")


def cells_of(layout: Layout) -> Counter[str]:
    return Counter(
        SPACE.sub("", layout.page.text[cell.start : cell.end])
        for part in layout.parts
        if not isinstance(part, ProseLine)
        for cell in part.cells
    )


def cells_by_find_tables(page: MupdfPage) -> Counter[str]:
    return Counter(
        SPACE.sub("", text or "")
        for found in page.find_tables(strategy="lines_strict").tables
        for row in found.extract()
        for text in row
    )


def rows_that_print(grid: Grid) -> int:
    """Return how many rows hold something: a form's blank row is lost in a paste."""
    return len({cell.row for cell in grid.cells if cell.text})


def after_cover(document: Document) -> list[str]:
    """Return the paragraphs from the table of contents on: lines of a cover may be one title.

    Without contents they begin at the first heading.
    """
    said = [p.text for p in document.paragraphs]
    return said[next(i for i, text in enumerate(said) if text == "目录" or text[:2] == "一、") :]


def test_every_seed_is_read_whole_with_its_tables(corpus: Path) -> None:
    n_grids = {"000": 18, "001": 2, "002": 13, "003": 1, "004": 12}
    for path in sorted((corpus / "seeds").glob("*.txt")):
        document = read_document(path)
        check_places(document)
        assert sum(not g.flat for g in document.grids) == n_grids[path.name[:3]]
        assert document.pages[0].text == path.read_bytes().decode()


def test_no_sentence_of_a_seed_is_left_broken(corpus: Path) -> None:
    for path in sorted((corpus / "seeds").glob("*.txt")):
        for paragraph in read_document(path).paragraphs:
            assert not re.search(r"[,(]$", paragraph.text), paragraph.text
            assert not re.match(r"[,、。;元%)]", paragraph.text), paragraph.text


@pytest.mark.parametrize("n", range(7))
def test_real_documents_give_the_cells_another_reader_finds(
    corpus: Path, n: int, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sorted((corpus / "real").glob("*.pdf"))[n]
    check_places(read_document(path))
    with opened(path.read_bytes()) as pdf:
        for number, page in enumerate(pdf, 1):
            ours = cells_of(lay_out(Sheet(fetch(page), number)))
            theirs = cells_by_find_tables(page)
            ours.pop("", None)
            theirs.pop("", None)
            assert ours == theirs, f"{path.name}, page {number}"
    capsys.readouterr()  # find_tables recommends another package


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*/report.pdf")), ids=lambda p: p.parent.name)
def test_a_sample_reads_the_same_from_pdf_and_from_pasted_text(path: Path) -> None:
    document = read_document(path)
    check_places(document)
    pasted = read_document(path.with_suffix(".txt"))
    check_places(pasted)
    assert after_cover(document) == after_cover(pasted)
    assert [rows_that_print(g) for g in document.grids] == [
        rows_that_print(g) for g in pasted.grids
    ]
    for grid, other in zip(document.grids, pasted.grids, strict=True):
        assert [c.text for c in grid.cells if c.text] == [c.text for c in other.cells if c.text]
