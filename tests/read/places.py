"""What holds for the places of any document that was read."""

from __future__ import annotations

from collections import Counter

from gouji.model.document import Document, Grid
from gouji.read.normalize import fold


def check_places(document: Document) -> None:
    """Every character of a paragraph and every cell is found where it claims to stand."""
    for paragraph in document.paragraphs:
        read = 0
        for run in paragraph.runs:
            assert run.at == read
            printed = fold(document.pages[run.page].text)
            for char, at in zip(paragraph.text[read:], run.offsets, strict=False):
                assert char in {" ", printed[at]} or printed[at] in "\\&"
            read += len(run.offsets)
        assert read == len(paragraph.text)
    for grid in document.grids:
        check_grid(document, grid)


def check_grid(document: Document, grid: Grid) -> None:
    covered = Counter(
        (r, c)
        for cell in grid.cells
        for r in range(cell.row, cell.row + cell.rowspan)
        for c in range(cell.col, cell.col + cell.colspan)
    )
    assert set(covered.values()) == {1}
    if document.source == "pdf":
        assert len(covered) == grid.n_rows * grid.n_cols
    for cell in grid.cells:
        place = cell.place
        assert place.cell is not None
        assert (place.cell.grid, place.cell.row, place.cell.col) == (grid.id, cell.row, cell.col)
        page = document.pages[(place.page or 1) - 1]
        assert place.quote.startswith(page.text[place.start : place.end])
