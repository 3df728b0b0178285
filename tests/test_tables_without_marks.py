"""Tables without anything between their cells: copied out of a viewer, or on pages without rules.

The same findings as from the page as printed, and no others (从阅读器复制的文字、没有线的页面).
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from pathlib import Path

import pymupdf
import pytest

from gouji import check_document
from gouji.model.report import Report

SAMPLES = ("wanyuan-faulty", "yuan-clean", "shanghai-style-clean")
SAME_LINE = 3.0
"""Points by which the middles of two words on one line may differ."""


def line_by_line(pdf: Path) -> str:
    """Return the text as most viewers copy it: a printed line a line, a space between cells."""
    with pymupdf.open(pdf) as document:
        return "\n".join(_lines(page) for page in document)


def _lines(page: pymupdf.Page) -> str:
    words = sorted(
        (round((w[1] + w[3]) / 2 / SAME_LINE), w[0], w[4]) for w in page.get_text("words")
    )
    return "\n".join(" ".join(w[2] for w in line) for _, line in groupby(words, key=lambda w: w[0]))


def cell_by_cell(pdf: Path) -> str:
    """Return the text as some viewers copy it: every cell on a line of its own."""
    with pymupdf.open(pdf) as document:
        return "\n".join(page.get_text() for page in document)


def without_rules(pdf: Path) -> bytes:
    """Return the PDF with its words where they stand and nothing else on its pages."""
    font = pymupdf.Font("china-s")
    with pymupdf.open(pdf) as printed, pymupdf.open() as bare:
        for page in printed:
            writer = pymupdf.TextWriter(page.rect)
            for block in page.get_text("dict")["blocks"]:
                for line in block.get("lines", ()):
                    for span in line["spans"]:
                        size = 0.97 * span["size"]
                        if span["text"].strip():
                            writer.append(span["origin"], span["text"], font=font, fontsize=size)
            writer.write_text(bare.new_page(width=page.rect.width, height=page.rect.height))
        return bytes(bare.tobytes())


def loud(report: Report) -> Counter[str]:
    return Counter(f.rule for f in report.findings if f.severity in ("error", "warning"))


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_report_copied_line_by_line_says_what_the_page_says(sample: str, root: Path) -> None:
    pdf = root / "fixtures" / "documents" / sample / "report.pdf"
    page, text = check_document(pdf), check_document(line_by_line(pdf))
    assert loud(text) == loud(page)
    assert text.coverage.checked > page.coverage.checked / 2


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_report_copied_cell_by_cell_raises_nothing_that_the_page_does_not(
    sample: str, root: Path
) -> None:
    pdf = root / "fixtures" / "documents" / sample / "report.pdf"
    page, text = check_document(pdf), check_document(cell_by_cell(pdf))
    assert loud(text) <= loud(page)
    assert loud(text).total() >= loud(page).total() - 1
    assert text.coverage.checked > page.coverage.checked / 2


@pytest.mark.parametrize("sample", SAMPLES)
def test_what_is_printed_in_a_copied_table_and_not_read_is_counted(sample: str, root: Path) -> None:
    pdf = root / "fixtures" / "documents" / sample / "report.pdf"
    page, text = check_document(pdf).coverage, check_document(line_by_line(pdf)).coverage
    read = page.checked + page.read
    assert text.checked + text.read + text.unread >= 0.9 * read


@pytest.mark.parametrize("sample", SAMPLES)
def test_pages_without_rules_say_what_the_pages_with_rules_say(sample: str, root: Path) -> None:
    pdf = root / "fixtures" / "documents" / sample / "report.pdf"
    page, bare = check_document(pdf), check_document(without_rules(pdf))
    assert loud(bare) == loud(page)
    assert bare.coverage.checked > page.coverage.checked / 2
    assert all(evidence.bbox for finding in bare.findings for evidence in finding.evidence)
