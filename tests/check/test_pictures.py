"""A report some of whose pages are pictures: they are named, and what they may hold is not missed."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from gouji.model.report import Report
from gouji.pipeline import check_document

CLEAN = Path("fixtures/documents/shanghai-style-clean/report.pdf")


def with_pictures(source: Path, *pages: int) -> bytes:
    """Return a PDF with some pages turned into pictures."""
    with pymupdf.open(source) as pdf, pymupdf.open() as made:
        for number, page in enumerate(pdf, 1):
            if number not in pages:
                made.insert_pdf(pdf, from_page=number - 1, to_page=number - 1)
                continue
            sheet = made.new_page(width=page.rect.width, height=page.rect.height)
            sheet.insert_image(sheet.rect, pixmap=page.get_pixmap(dpi=60))
        data: bytes = made.tobytes()
    return data


def reading(report: Report) -> list[str]:
    return [c.reason for c in report.checks if c.rule == "READ"]


@pytest.mark.parametrize("page", range(3, 13))
def test_no_page_turned_into_a_picture_makes_a_clean_report_wrong(root: Path, page: int) -> None:
    report = check_document(with_pictures(root / CLEAN, page), name="扫描")
    assert [f.message for f in report.findings if f.severity != "note"] == []
    assert f"第 {page} 页没有文字层（图片），未能读取。" in reading(report)


def test_tables_on_pages_that_are_pictures_are_not_called_missing(root: Path) -> None:
    report = check_document(with_pictures(root / CLEAN, 7, 8), name="扫描")
    reasons = {c.rule: c.reason for c in report.checks if c.rule.startswith("DOC")}
    assert "有 2 页没有文字层，无法判断是否齐全" in reasons.values()
