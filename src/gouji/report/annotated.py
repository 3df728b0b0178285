"""The reviewer's own PDF with comments at the figures (带批注的 PDF).

Each figure of a finding carries a highlight in the colour of its severity, with the finding as its
comment, so that any PDF reader lists them; the first page carries a summary. The file is written as
an incremental update: it begins with the very bytes that came in, which stay recoverable and keep
their signatures. Only a damaged file, which MuPDF had to repair, is written anew, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pymupdf

from gouji.errors import InputError
from gouji.messages import N_, Catalogue
from gouji.model.document import Page
from gouji.model.examined import Examined
from gouji.model.finding import SEVERITY_ORDER
from gouji.model.place import Box
from gouji.model.report import Evidence, Finding, Report
from gouji.report.labels import (
    SEVERITIES,
    coverage_line,
    decision_lines,
    document_line,
    is_dismissed,
    role,
    unread_lines,
)
from gouji.report.legible import cut, legible
from gouji.report.page_images import PageImages

_MUPDF: Any = pymupdf
_FAILURES = (RuntimeError, ValueError, TypeError, IndexError, _MUPDF.mupdf.FzErrorBase)
AUTHOR = "gouji"
COLOURS = {
    "error": (1.0, 0.68, 0.63),
    "warning": (1.0, 0.85, 0.3),
    "note": (0.6, 0.8, 1.0),
    "dismissed": (0.8, 0.8, 0.8),
}
LONGEST_COMMENT = 4000
MOST_LISTED = 60
"""Findings told in the summary."""
CORNER = 10.0
"""Points between the corner of the first page and the summary."""
Spot = tuple[int, int, int]
"""Page, start and end of what is marked."""


class Mark(NamedTuple):
    """One figure to mark and the findings that rest on it (标记)."""

    evidence: Evidence
    findings: list[tuple[Finding, Evidence]]
    """Each with what the figure is to it."""


def render(examined: Examined, source: bytes, say: Catalogue) -> bytes:
    """Return the source PDF with comments; raises `InputError` for anything but a PDF."""
    if b"%PDF" not in source[:1024]:
        raise InputError(say(N_("粘贴的文本和文本文件没有页面，不能写成 PDF；请改用其他格式。")))
    with TemporaryDirectory(prefix="gouji-") as folder, _silent():
        path = Path(folder) / "source.pdf"
        path.write_bytes(source)
        try:
            with _MUPDF.open(path, filetype="pdf") as pdf:
                _annotate(pdf, examined, say)
                return _saved(pdf, path)
        except _FAILURES as error:
            name = examined.report.document.name
            raise InputError(
                say(N_("{name}：这份 PDF 加不上批注；请改用其他格式。"), name=name)
            ) from error


@contextmanager
def _silent() -> Iterator[None]:
    """Keep MuPDF from writing on standard error."""
    _MUPDF.TOOLS.mupdf_display_errors(on=False)
    _MUPDF.TOOLS.mupdf_display_warnings(on=False)
    yield
    _MUPDF.TOOLS.reset_mupdf_warnings()


def _saved(pdf: Any, path: Path) -> bytes:  # noqa: ANN401 (PyMuPDF publishes no types)
    """Return the file with what was added at its end, or written anew where it had to be repaired."""
    if pdf.can_save_incrementally():
        keep = _MUPDF.PDF_ENCRYPT_KEEP
        pdf.save(path, incremental=True, encryption=keep, no_new_id=True)
        return path.read_bytes()
    return bytes(pdf.tobytes(encryption=_MUPDF.PDF_ENCRYPT_KEEP, no_new_id=True))


def _annotate(pdf: Any, examined: Examined, say: Catalogue) -> None:  # noqa: ANN401 (no types)
    pages = {page.number: page for page in examined.disclosure.document.pages}
    images = PageImages(pdf)
    for mark in marks_of(examined.report):
        read = pages.get(mark.evidence.page)
        if read is not None and read.number is not None:
            _highlight(pdf.load_page(read.number - 1), _boxes(images, read, mark), mark, say)
    _summary(pdf, examined.report, say)


def marks_of(report: Report) -> list[Mark]:
    """Return what is marked, in printed order: each figure once, however many findings rest on it."""
    marks: dict[Spot, Mark] = {}
    for finding in report.findings:
        told: set[Spot] = set()
        for evidence in finding.evidence:
            if evidence.document or evidence.page is None or _holds_another(evidence, finding):
                continue
            spot = (evidence.page, evidence.start, evidence.end)
            if spot not in told:
                told.add(spot)
                marks.setdefault(spot, Mark(evidence, [])).findings.append((finding, evidence))
    return [marks[spot] for spot in sorted(marks)]


def _holds_another(evidence: Evidence, finding: Finding) -> bool:
    """Tell whether a clause holds figures of the finding: they are marked, not the whole clause."""
    return any(
        (other.document, other.page) == (evidence.document, evidence.page)
        and evidence.start <= other.start
        and other.end <= evidence.end
        and (other.start, other.end) != (evidence.start, evidence.end)
        for other in finding.evidence
    )


def _boxes(images: PageImages, page: Page, mark: Mark) -> tuple[Box, ...]:
    found = images.boxes(page, mark.evidence.start, mark.evidence.end)
    return found or ((mark.evidence.bbox,) if mark.evidence.bbox else ())


def _highlight(page: Any, boxes: tuple[Box, ...], mark: Mark, say: Catalogue) -> None:  # noqa: ANN401 (no types)
    """Add one highlight; its corners are given before the page's own rotation."""
    rects = [_MUPDF.Rect(*box) for box in boxes]
    quads = [rect.quad * page.derotation_matrix for rect in rects if not rect.is_empty]
    if not quads:
        return
    first = mark.findings[0][0]
    annotation = page.add_highlight_annot(quads=quads)
    annotation.set_colors(stroke=COLOURS[_weight(mark)])
    annotation.set_info(
        title=AUTHOR,
        subject=f"{say(SEVERITIES[first.severity])} {first.rule}",
        content=_comment(mark, say),
    )
    annotation.update()


def _weight(mark: Mark) -> str:
    standing = [f.severity for f, _ in mark.findings if not is_dismissed(f)]
    return min(standing, key=SEVERITY_ORDER.__getitem__, default="dismissed")


def _comment(mark: Mark, say: Catalogue) -> str:
    """Return what the comment says: each finding, and what this figure is to it."""
    told = "\n\n".join("\n".join(_lines(f, e, say)) for f, e in mark.findings)
    return told if len(told) <= LONGEST_COMMENT else told[: LONGEST_COMMENT - 1] + "…"


def _lines(finding: Finding, evidence: Evidence, say: Catalogue) -> Iterator[str]:
    yield say(
        N_("{id} {severity} {rule}（此处：{role}）"),
        id=finding.id,
        severity=say(SEVERITIES[finding.severity]),
        rule=finding.rule,
        role=role(evidence, say),
    )
    told = (finding.message, finding.explanation, *finding.suggestions)
    yield from (legible(line) for line in told if line)
    yield from (legible(line) for line in decision_lines(finding.decision, say))


# --- summary ---------------------------------------------------------------------------------

REPAIRED = N_("原文件有损坏，本文件由修复后的内容重新写成，并非在原文件之后续写。")


def _summary(pdf: Any, report: Report, say: Catalogue) -> None:  # noqa: ANN401 (no types)
    """Add the summary as a note in the corner of the first page."""
    page = pdf.load_page(0)
    corner = _MUPDF.Point(page.rect.x0 + CORNER, page.rect.y0 + CORNER) * page.derotation_matrix
    lines = list(_summary_lines(report, say))
    if not pdf.can_save_incrementally():
        lines.append(say(REPAIRED))
    note = page.add_text_annot(corner, "\n".join(lines), icon="Note")
    worst = min(
        (f.severity for f in report.findings), key=SEVERITY_ORDER.__getitem__, default="note"
    )
    note.set_colors(stroke=COLOURS[worst])
    note.set_info(title=AUTHOR, subject=say(N_("核查报告")))
    note.update()


def _summary_lines(report: Report, say: Catalogue) -> Iterator[str]:
    yield report.summary.headline
    yield legible(document_line(report.document, say))
    for finding in report.findings[:MOST_LISTED]:
        severity = say(SEVERITIES[finding.severity])
        yield f"{finding.id} {severity} {finding.rule}：{cut(finding.message, 200)}"
        yield from decision_lines(finding.decision, say)
    more = len(report.findings) - MOST_LISTED
    if more > 0:
        yield say(N_("…… 另有 {n} 处"), n=more)
    yield coverage_line(report, say)
    yield from unread_lines(report, say)
