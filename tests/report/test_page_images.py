"""Pictures of pages and the exact boxes of what is marked on them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gouji.model.document import Document, Page
from gouji.pipeline import extract_document
from gouji.report.page_images import PageImages, page_images

TALK = 10
"""The page of the sample whose prose is marked."""


@pytest.fixture(scope="module")
def data(root: Path) -> bytes:
    return (root / "fixtures/documents/wanyuan-faulty/report.pdf").read_bytes()


@pytest.fixture(scope="module")
def document(data: bytes) -> Document:
    return extract_document(data, name="report.pdf").document


@pytest.fixture
def images(data: bytes) -> Iterator[PageImages]:
    with page_images(data) as opened:
        assert opened is not None
        yield opened


def page_of(document: Document, number: int) -> Page:
    return document.pages[number - 1]


def test_a_figure_within_a_line_has_a_box_of_its_own(
    images: PageImages, document: Document
) -> None:
    page = page_of(document, TALK)
    start = page.text.index("372.13 万元")
    (box,) = images.boxes(page, start, start + len("372.13 万元"))
    line = page.box_of(start, start + 1)
    assert line is not None
    assert box[0] > line[0] + 100
    assert box[2] - box[0] < (line[2] - line[0]) / 5


def test_the_second_of_two_equal_figures_is_not_the_first(
    images: PageImages, document: Document
) -> None:
    page = page_of(document, TALK)
    text = page.text
    first = text.index("2024")
    second = text.index("2024", first + 1)
    assert images.boxes(page, first, first + 4) != images.boxes(page, second, second + 4)


def test_a_clause_over_two_lines_has_a_box_on_each(images: PageImages, document: Document) -> None:
    page = page_of(document, TALK)
    start = page.text.index("增加 372.13 万元，增长\n13.5%")
    upper, lower = images.boxes(page, start, start + len("增加 372.13 万元，增长\n13.5%"))
    assert upper[3] <= lower[3]
    assert upper[0] > lower[0]


def test_a_part_of_a_page_is_a_picture_of_its_size(images: PageImages) -> None:
    png = images.png(TALK, (0, 100, 400, 200), 2.0)
    assert png is not None
    assert png.startswith(b"\x89PNG")
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (800, 200)


def test_a_page_that_is_not_there_has_no_picture(images: PageImages) -> None:
    assert images.png(99, None, 1.0) is None


@pytest.mark.parametrize("source", [None, b"", "文字".encode(), b"%PDF-1.7 and nothing more"])
def test_what_is_no_readable_pdf_has_no_pages(source: bytes | None) -> None:
    with page_images(source) as images:
        assert images is None or images.png(1, None, 1.0) is None
