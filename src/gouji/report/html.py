"""The report as one HTML file (网页报告): nothing outside it is needed, and scripts only add comfort.

A reviewer sends it by mail: pictures are within, styles and script are allowed by their hash and
nothing else is, so that no text of a document can become code.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from jinja2 import Template

from gouji.messages import Catalogue
from gouji.model.examined import Examined
from gouji.report.cards import Quoted, Term, groups_of, words_of
from gouji.report.colouring import leaves_of
from gouji.report.crops import Gallery, gallery_of
from gouji.report.headings import Heading, Headings
from gouji.report.labels import model_lines, unread_lines
from gouji.report.marks import Mark, marks_on
from gouji.report.page_images import page_images
from gouji.report.record import record_of, unrun_of
from gouji.report.templating import asset, environment, fingerprint

STYLE, SCRIPT = "paper.css", "comfort.js"


def render(examined: Examined, source: bytes, say: Catalogue) -> bytes:
    """Return the report as one self-contained page."""
    return to_html(examined, source, say).encode("utf-8", "replace")


def to_html(examined: Examined, source: bytes | None, say: Catalogue) -> str:
    """Return the page; page images need the bytes the document was read from."""
    report = examined.report
    groups = groups_of(report.findings, words_of(examined, say))
    return _template().render(
        say=say,
        report=report,
        groups=groups,
        gallery=_gallery(examined, source),
        leaves=leaves_of(examined),
        record=record_of(report, examined.rules, say),
        unrun=unrun_of(report, examined.rules, say),
        place_link=_place_link,
        finding_link=_finding_link,
        lines=(*unread_lines(report, say), *model_lines(report, say)),
        policy=_policy(),
    )


def _place_link(item: Term | Quoted) -> str:
    return f"#{item.anchor}" if item.anchor else ""


def _finding_link(finding: str) -> str:
    return f"#{finding}"


@cache
def _template() -> Template:
    return environment().get_template("paper/report.html")


def _policy() -> str:
    """Return what the page may load: its own style and script, and pictures within it."""
    style, script = fingerprint(asset(STYLE)), fingerprint(asset(SCRIPT))
    return (
        f"default-src 'none'; img-src data:; style-src '{style}'; script-src '{script}';"
        " base-uri 'none'; form-action 'none'"
    )


def _gallery(examined: Examined, source: bytes | None) -> Gallery:
    with page_images(source) as images:
        if images is None:
            return Gallery()
        pages = examined.disclosure.document.pages
        return gallery_of(marks_on(examined, images), pages, images, _headings(examined))


def _headings(examined: Examined) -> Callable[[Mark], Heading | None]:
    """Return what tells the headings of a marked figure."""
    found = {finding.id: finding for finding in examined.report.findings}
    headings = Headings(examined.disclosure)

    def of(mark: Mark) -> Heading | None:
        evidence = found[mark.finding].evidence[mark.evidence]
        if evidence.table is None or evidence.page is None:
            return None
        return headings.of(evidence.page, evidence.start)

    return of
