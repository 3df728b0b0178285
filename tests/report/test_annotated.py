"""The annotated PDF, opened as a reader opens it: comments at the figures, the original unharmed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pymupdf
import pytest

from gouji.errors import InputError
from gouji.messages import Catalogue
from gouji.model.examined import Examined
from gouji.model.report import Decision
from gouji.pipeline import examine
from gouji.report.annotated import COLOURS, marks_of, render
from tests.report.hostile import hostile

FAULTY = Path(__file__).resolve().parents[2] / "fixtures/documents/wanyuan-faulty/report.pdf"
Mupdf: TypeAlias = Any
AES_256 = 5  # pymupdf.PDF_ENCRYPT_AES_256, which its types do not declare


class Comment(NamedTuple):
    """An annotation as a PDF reader lists it."""

    page: int
    kind: str
    author: str
    text: str
    colour: tuple[float, ...]
    covers: str
    """What is printed under it."""


def comments(data: bytes, password: str = "") -> list[Comment]:
    listed: list[Comment] = []
    with pymupdf.open(stream=data, filetype="pdf") as pdf:
        pdf.authenticate(password)
        for page in pdf:
            for annotation in page.annots():
                covered = "".join(_under(page, annotation))
                info, colour = annotation.info, tuple(annotation.colors["stroke"])
                what = Comment(
                    page.number + 1,
                    annotation.type[1],
                    info["title"],
                    info["content"],
                    colour,
                    covered,
                )
                listed.append(what)
    return listed


def letters(text: str) -> str:
    """Return the characters of a text in one order, whatever order a turned page has them in."""
    return "".join(sorted("".join(text.split())))


def _under(page: Mupdf, annotation: Mupdf) -> list[str]:
    corners = annotation.vertices or []
    quads = [pymupdf.Quad(corners[n : n + 4]).rect for n in range(0, len(corners), 4)]
    characters = [
        c
        for block in page.get_text("rawdict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        for c in span["chars"]
    ]
    found = []
    for quad in quads:
        for c in characters:
            box = pymupdf.Rect(c["bbox"])
            if quad.contains((box.tl + box.br) / 2):
                found.append(c["c"])
    return found


@pytest.fixture(scope="module")
def faulty() -> Examined:
    return examine(FAULTY)


@pytest.fixture(scope="module")
def annotated(faulty: Examined) -> bytes:
    return render(faulty, FAULTY.read_bytes(), Catalogue())


def test_the_file_begins_with_the_very_bytes_that_came_in(annotated: bytes) -> None:
    source = FAULTY.read_bytes()
    assert annotated[: len(source)] == source
    assert len(annotated) > len(source)


def test_each_figure_of_a_finding_is_highlighted_alone_and_commented(
    annotated: bytes, faulty: Examined
) -> None:
    marked = [c for c in comments(annotated) if c.kind == "Highlight"]
    assert len(marked) == len(marks_of(faulty.report))
    (rate,) = (c for c in marked if c.text.startswith("F1 ") and "增减率）" in c.text)
    assert (rate.page, rate.covers, rate.author) == (10, "13.5%", "gouji")
    assert faulty.report.findings[0].message in rate.text
    assert all(finding.id in "".join(c.text for c in marked) for finding in faulty.report.findings)


def test_every_highlight_covers_what_its_evidence_quotes(
    annotated: bytes, faulty: Examined
) -> None:
    marked = [c for c in comments(annotated) if c.kind == "Highlight"]
    printed = sorted("".join(c.covers.split()) for c in marked)
    quoted = sorted("".join(m.evidence.quote.split()) for m in marks_of(faulty.report))
    assert printed == quoted


def test_one_figure_of_several_findings_has_one_comment_that_tells_them_all(
    annotated: bytes,
) -> None:
    (shared,) = (c for c in comments(annotated) if c.covers.startswith("142.88") and c.page == 10)
    assert [x for x in ("F4 ", "F5 ", "F6 ") if x in shared.text] == ["F4 ", "F5 ", "F6 "]


def test_colour_follows_severity(annotated: bytes) -> None:
    colours = {c.text[:6]: c.colour for c in comments(annotated) if c.kind == "Highlight"}
    assert colours["F1 错误 "] == pytest.approx(COLOURS["error"])
    assert colours["F14 提示"] == pytest.approx(COLOURS["note"])


def test_the_first_page_carries_a_summary(annotated: bytes, faulty: Examined) -> None:
    first = comments(annotated)[0]
    assert (first.page, first.kind) == (1, "Text")
    assert first.text.startswith(faulty.report.summary.headline)
    assert "F14 " in first.text


def test_a_dismissed_finding_is_grey_and_says_why(faulty: Examined) -> None:
    finding = faulty.report.findings[0]
    decision = Decision(status="dismissed", reason="口径不同", by="李四")
    report = faulty.report.decided({finding.fingerprint: decision})
    shown = Examined(faulty.disclosure, report, faulty.fates)
    marked = comments(render(shown, FAULTY.read_bytes(), Catalogue()))
    (rate,) = (c for c in marked if c.covers == "13.5%")
    assert rate.colour == pytest.approx(COLOURS["dismissed"])
    assert "已驳回：口径不同（李四）" in rate.text


def test_the_same_document_gives_the_same_bytes(faulty: Examined, annotated: bytes) -> None:
    assert render(faulty, FAULTY.read_bytes(), Catalogue()) == annotated


def test_english_comments_are_english() -> None:
    shown = comments(render(examine(FAULTY, lang="en"), FAULTY.read_bytes(), Catalogue("en")))
    assert "cannot both be true" in shown[0].text


# --- other files -----------------------------------------------------------------------------


def changed(change: Callable[[Mupdf], None], **saving: object) -> bytes:
    """Return the faulty sample after a change."""
    with pymupdf.open(FAULTY) as pdf:
        change(pdf)
        return bytes(pdf.tobytes(**saving))


def _turned(degrees: int) -> Callable[[Mupdf], None]:
    def turn(pdf: Mupdf) -> None:
        for page in pdf:
            page.set_rotation((page.rotation + degrees) % 360)

    return turn


def _cropped(pdf: Mupdf) -> None:
    for page in pdf:
        box = page.mediabox
        page.set_cropbox(pymupdf.Rect(box.x0 + 20, box.y0 + 30, box.x1 - 20, box.y1 - 30))


def _commented(pdf: Mupdf) -> None:
    pdf[9].add_text_annot((300, 300), "别人的批注")


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_on_a_turned_page_the_highlight_lies_on_the_figure(degrees: int) -> None:
    source = changed(_turned(degrees))
    found = examine(source, name="turned.pdf")
    assert found.report.findings, "the reader reads turned pages"
    marked = [c for c in comments(render(found, source, Catalogue())) if c.kind == "Highlight"]
    quotes = {letters(m.evidence.quote) for m in marks_of(found.report)}
    assert marked
    assert {letters(c.covers) for c in marked} <= quotes


def test_on_a_cropped_page_the_highlight_lies_on_the_figure() -> None:
    source = changed(_cropped)
    marked = comments(render(examine(source, name="cropped.pdf"), source, Catalogue()))
    assert "13.5%" in {c.covers for c in marked if c.page == 10}


def test_comments_of_others_stay() -> None:
    source = changed(_commented)
    texts = [c.text for c in comments(render(examine(source, name="x.pdf"), source, Catalogue()))]
    assert "别人的批注" in texts
    assert len(texts) > 10


def test_a_file_protected_by_its_owner_stays_so() -> None:
    source = changed(lambda _: None, encryption=AES_256, owner_pw="owner", user_pw="")
    data = render(examine(source, name="locked.pdf"), source, Catalogue())
    assert data[: len(source)] == source
    with pymupdf.open(stream=data, filetype="pdf") as pdf:
        assert pdf.metadata is not None
        assert "AES" in str(pdf.metadata["encryption"])
    assert any("不能同时成立" in c.text for c in comments(data))


def test_a_damaged_file_is_written_anew_and_says_so() -> None:
    source = FAULTY.read_bytes()
    broken = source[: source.rindex(b"startxref")]
    marked = comments(render(examine(broken, name="broken.pdf"), broken, Catalogue()))
    assert "原文件有损坏，本文件由修复后的内容重新写成" in marked[0].text
    assert "13.5%" in {c.covers for c in marked}


def test_pasted_text_is_refused_in_one_sentence() -> None:
    with pytest.raises(InputError, match="没有页面，不能写成 PDF"):
        render(hostile(), b"text", Catalogue())


def test_hostile_quotes_are_plain_text_in_a_comment() -> None:
    found = hostile()
    evidence = {"page": 10, "bbox": (100.0, 100.0, 200.0, 120.0)}
    findings = tuple(
        f.model_copy(update={"evidence": tuple(e.model_copy(update=evidence) for e in f.evidence)})
        for f in found.report.findings
    )
    disclosure = examine(FAULTY).disclosure
    report = found.report.model_copy(update={"findings": findings})
    data = render(Examined(disclosure, report, ()), FAULTY.read_bytes(), Catalogue())
    told = "".join(c.text for c in comments(data))
    assert "<script>alert(1)</script>" in told
    assert "[U+202E]" in told
    assert "\x1b" not in told
    assert "\u202e" not in told
