"""A figure of a table is shown under the heading of its column and beside the label of its row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gouji.messages import Catalogue
from gouji.model.document import Cell, Document, Grid, Page
from gouji.model.examined import Examined
from gouji.model.place import Place
from gouji.pipeline import examine
from gouji.report.crops import Gallery, gallery_of
from gouji.report.headings import Heading, Headings
from gouji.report.html import to_html
from gouji.report.marks import Mark
from gouji.report.page_images import page_images

SAMPLE = Path(__file__).resolve().parents[2] / "fixtures/documents/wanyuan-faulty/report.pdf"


@pytest.fixture(scope="module")
def examined() -> Examined:
    return examine(SAMPLE)


def test_a_figure_of_a_table_knows_its_heading_and_its_row(examined: Examined) -> None:
    headings = Headings(examined.disclosure)
    found = next(f for f in examined.report.findings if "142.88 万元（第 10 页）与《" in f.message)
    cell = next(e for e in found.evidence if e.table is not None)
    assert cell.page is not None
    assert cell.bbox is not None
    heading = headings.of(cell.page, cell.start)
    assert heading is not None
    assert heading.page == cell.page
    assert heading.bottom <= cell.bbox[1]
    assert heading.label is not None
    assert heading.label[2] <= cell.bbox[0] + 1
    middle = (cell.bbox[0] + cell.bbox[2]) / 2
    assert heading.columns
    assert all(box[0] <= middle <= box[2] for box in heading.columns)


def test_prose_has_no_heading(examined: Examined) -> None:
    headings = Headings(examined.disclosure)
    prose = [e for f in examined.report.findings for e in f.evidence if e.table is None and e.page]
    assert prose
    assert all(headings.of(e.page or 0, e.start) is None for e in prose)


def test_the_report_shows_heading_and_label_marked(examined: Examined) -> None:
    html = to_html(examined, SAMPLE.read_bytes(), Catalogue())
    assert html.count('<rect class="head"') >= 4
    assert '<rect class="head" data-findings' not in html


# --- a table that runs over a page -----------------------------------------------------------


def _cell(row: int, col: int, text: str, page: int, start: int) -> Cell:
    top = 100.0 + 20 * row - (600 if page == 2 else 0)
    box = (50.0 + 100 * col, top, 150.0 + 100 * col, top + 20)
    return Cell(row, col, text, Place(text, start, start + len(text), page, box))


def _grid(*, again: bool) -> Grid:
    texts = [("项目", "合计", 1)] + [(f"第{n}项", f"{n}.00", 1) for n in range(1, 31)]
    texts += [("项目", "合计", 2)] if again else []
    texts += [(f"第{n}项", f"{n}.00", 2) for n in range(31, 36)]
    cells = [
        _cell(row, col, text, page, (row * 2 + col) * 10)
        for row, (label, amount, page) in enumerate(texts)
        for col, text in enumerate((label, amount))
    ]
    return Grid("g1", len(texts), 2, tuple(cells), (1, 2))


def _headings(examined: Examined, grid: Grid) -> Headings:
    """Return the headings of a document that holds one grid, its first row above all figures."""
    document = Document(
        "a.pdf", "0", "pdf", (Page(1, "", 595, 842), Page(2, "", 595, 842)), (grid,)
    )
    headings = Headings(replace(examined.disclosure, document=document, tables=(), indicators=()))
    headings._first["g1"] = 1  # noqa: SLF001 (as a bound table would tell)
    return headings


@pytest.mark.parametrize(("again", "page"), [(False, 1), (True, 2)])
def test_a_figure_overleaf_has_the_heading_of_the_first_page_unless_it_is_printed_again(
    examined: Examined, *, again: bool, page: int
) -> None:
    grid = _grid(again=again)
    last = grid.cells[-1]
    heading = _headings(examined, grid).of(2, last.place.start)
    assert heading is not None
    assert heading.page == page
    assert [round(box[0]) for box in heading.columns] == [150]
    assert heading.label == grid.cells[-2].place.box


def test_a_heading_on_another_page_stands_right_above_the_picture(examined: Examined) -> None:
    pages = examined.disclosure.document.pages
    mark = Mark("F1", "f", 0, "figure", 8, (300.0, 400.0, 360.0, 412.0))
    there = Heading(7, 100.0, 130.0, ((290.0, 100.0, 370.0, 130.0),), (60.0, 400.0, 120.0, 412.0))
    near = Heading(8, 370.0, 395.0, ((290.0, 370.0, 370.0, 395.0),), None)
    with page_images(SAMPLE.read_bytes()) as images:
        assert images is not None
        above: Gallery = gallery_of([mark], pages, images, lambda _: there)
        within: Gallery = gallery_of([mark], pages, images, lambda _: near)
        bare: Gallery = gallery_of([mark], pages, images)
    (crop,) = above.of["F1"].crops
    (head,) = crop.heads
    assert (head.page, head.area[1], head.area[3]) == (7, 99.0, 131.0)
    assert (head.area[0], head.area[2]) == (crop.area[0], crop.area[2])
    assert [s.kind for s in head.spots] == ["head"]
    assert [s.kind for s in crop.spots] == ["head", "figure"]
    (crop,) = within.of["F1"].crops
    assert crop.heads == ()
    assert crop.area[1] <= 370
    assert [s.kind for s in bare.of["F1"].crops[0].spots] == ["figure"]
