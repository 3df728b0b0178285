"""The report page of a document and what it loads when it is asked for (报告页)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from math import inf
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Response
from markupsafe import Markup

from gouji.check.rule import rule_cards
from gouji.model.examined import RuleCard
from gouji.model.report import Report
from gouji.report.cards import Quoted, Term, Words
from gouji.report.formats import FORMATS
from gouji.screen.across.again import WITHIN
from gouji.screen.across.rulebook import across_cards
from gouji.screen.outcome import PageText
from gouji.web import problems
from gouji.web.api.reports import is_offered
from gouji.web.desk import AtDesk, Desk
from gouji.web.entry import Entry
from gouji.web.neighbours import RELATIONS, Beside
from gouji.web.problems import Refusal
from gouji.web.views import parts
from gouji.web.views import report as view
from gouji.web.views.shell import PageShell, Shell
from gouji.web.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)

MOST_NOTES = 6
"""Notes on what could not be read that stand on the page; the ledger has all."""


def _chosen(severity: str = "", grade: str = "", family: str = "", status: str = "") -> view.Chosen:
    return view.Chosen(severity, grade, family, status)


Choosing = Annotated[view.Chosen, Depends(_chosen)]
From = Annotated[str, Query(alias="from", max_length=64)]


@dataclass(frozen=True, slots=True)
class _Opened:
    """A report with what its page needs (报告)."""

    entry: Entry
    report: Report
    beside: Beside
    pasted: PageText | None
    groups: tuple[view.Group, ...]
    headline: str
    """Of what was found within the document itself."""

    @property
    def every(self) -> list[view.Shown]:
        """All findings."""
        return [one for group in self.groups for one in group.findings]


def _opened(desk: Desk, visit: Visit, id: str) -> _Opened:  # noqa: A002 (the word for it)
    entry = desk.settled(id)
    own = desk.own_report(entry, visit.lang)
    report = desk.neighbours.with_findings(own, entry, visit.lang)
    pages = desk.shelf.pages(id, only=1) if entry.source == "text" else []
    pasted = pages[0] if pages else None
    words = Words(visit.say, every_rule(), pasted.text if pasted else "")
    beside = desk.neighbours.beside(entry, report, visit.lang)
    groups = view.shown(report, entry, words)
    headline = own.summary.headline
    if beside.lines:
        headline = visit.say(WITHIN, headline=headline)
    return _Opened(entry, report, beside, pasted, groups, headline)


def every_rule() -> tuple[RuleCard, ...]:
    """Return the rules about one document and about several (全部规则)."""
    return (*rule_cards(), *across_cards())


def _data(opened: _Opened, chosen: view.Chosen) -> dict[str, Any]:
    """Return what the macros of findings are given."""
    return {
        "entry": opened.entry,
        "report": opened.report,
        "chosen": chosen,
        "asked": _asked(chosen),
        "facets": view.facets(opened.every),
        "matching": len(parts.rows_of(opened.groups, chosen)),
        "beside": opened.beside,
        "relations": RELATIONS,
        "across_rules": [card.code for card in across_cards()],
        "finding_link": view.links_to(opened.report, ""),
        "place_link": partial(_place_on_page, opened.beside.links),
    }


def _asked(chosen: view.Chosen) -> str:
    """Return a filter as it stands in an address."""
    given = {
        "severity": chosen.severity,
        "grade": chosen.grade,
        "family": chosen.family,
        "status": chosen.state,
    }
    return urlencode({name: value for name, value in given.items() if value})


def _rendering(shell: PageShell, data: Mapping[str, Any]) -> Callable[[parts.Row], Markup]:
    macros = shell.macros("review.html", **data)
    row: Callable[[parts.Row], Markup] = macros.row
    return row


def _place_on_page(links: Mapping[str, str], item: Term | Quoted) -> str:
    """Return where evidence is seen: its page image, its place in pasted text, another document."""
    page = f"#page-{item.page}" if item.page is not None else ""
    if item.document:
        id_ = links.get(item.document)
        return f"/documents/{id_}{page}" if id_ else ""
    return page or (f"#{item.anchor}" if item.anchor else "")


@router.get("/documents/{id}")
def document(  # noqa: PLR0913 (one parameter a filter)
    desk: AtDesk,
    shell: Shell,
    visit: Visiting,
    id: str,  # noqa: A002 (the word for it)
    chosen: Choosing,
    start: From = "",
) -> Response:
    """Show the report, or how far it is, or why there is none (报告页)."""
    entry = desk.entry(id)
    if entry.state != "done":
        return shell.page("waiting.html", entry=entry, now=datetime.now(UTC))
    opened = _opened(desk, visit, id)
    data = _data(opened, chosen)
    rows = parts.rows_of(opened.groups, chosen)
    part = parts.part_of(rows, _rendering(shell, data), start)
    leaf = opened.pasted.leaf if opened.pasted else None
    text = shell.macros("paper/coverage.html", **data).page_of(leaf) if leaf else Markup("")
    return shell.page(
        "report.html",
        **data,
        part=part,
        headline=opened.headline,
        sheets=() if opened.pasted else view.sheets(opened.report, desk.shelf.page_sizes(id)),
        leaf=leaf,
        text=text if len(text.encode()) <= parts.ROOM_FOR_TEXT else None,
        notes=[check.reason for check in opened.report.checks if check.rule == "READ"],
        most_notes=MOST_NOTES,
        formats=[f for f in FORMATS.values() if is_offered(f.name, entry)],
        deleted_after=desk.deleted_after(entry),
    )


@router.get("/documents/{id}/findings")
def findings(  # noqa: PLR0913 (one parameter a filter)
    desk: AtDesk,
    shell: Shell,
    visit: Visiting,
    id: str,  # noqa: A002 (the word for it)
    chosen: Choosing,
    start: From = "",
    rest: bool = False,  # noqa: FBT001, FBT002 (a flag of the address)
) -> Response:
    """Return the next findings of the list, or all that are left, for the page to add (续取发现)."""
    opened = _opened(desk, visit, id)
    data = _data(opened, chosen)
    rows = parts.rows_of(opened.groups, chosen)
    room = inf if rest else parts.ROOM
    part = parts.part_from(rows, _rendering(shell, data), start, room)
    return shell.page("findings.html", **data, part=part)


@router.get("/documents/{id}/findings/{fingerprint}")
def finding(
    desk: AtDesk,
    shell: Shell,
    visit: Visiting,
    id: str,  # noqa: A002 (the word for it)
    fingerprint: str,
) -> Response:
    """Show one finding with all its evidence (单项发现)."""
    opened = _opened(desk, visit, id)
    found = next((s for s in opened.every if s.finding.fingerprint == fingerprint), None)
    if found is None:
        raise Refusal(404, problems.NO_FINDING, fingerprint=fingerprint[:64])
    return shell.page("finding.html", **_data(opened, view.Chosen()), one=found)


@router.get("/documents/{id}/beside")
def beside(desk: AtDesk, shell: Shell, visit: Visiting, id: str) -> Response:  # noqa: A002 (the word for it)
    """Return what a document was compared with, for the page to renew (邻件一览)."""
    return shell.page("beside.html", **_data(_opened(desk, visit, id), view.Chosen()))


@router.get("/documents/{id}/text")
def text(desk: AtDesk, shell: Shell, visit: Visiting, id: str) -> Response:  # noqa: A002 (the word for it)
    """Return a pasted text with its numbers coloured, for the page to add (全文)."""
    opened = _opened(desk, visit, id)
    if opened.pasted is None or opened.pasted.leaf is None:
        raise Refusal(404, problems.NO_SUCH_PAGE)
    return shell.page("text.html", **_data(opened, view.Chosen()), leaf=opened.pasted.leaf)


@router.get("/documents/{id}/boxes")
def boxes(desk: AtDesk, shell: Shell, visit: Visiting, id: str) -> Response:  # noqa: A002 (the word for it)
    """Return the boxes on all pages, for the page to lay over its images (标记)."""
    entry = desk.settled(id)
    sheets = view.sheets(desk.report(entry, visit.lang), desk.shelf.page_sizes(id))
    return shell.page("boxes.html", sheets=[sheet for sheet in sheets if sheet.spots])


@router.get("/documents/{id}/boxes/{index}.svg")
def boxes_of_page(
    desk: AtDesk,
    shell: Shell,
    visit: Visiting,
    id: str,  # noqa: A002 (the word for it)
    index: int,
) -> Response:
    """Return the boxes on one page as a picture to lie over it, for readers without scripts (标记图)."""
    entry = desk.settled(id)
    sheets = view.sheets(desk.report(entry, visit.lang), desk.shelf.page_sizes(id))
    if not 0 < index <= len(sheets):
        raise Refusal(404, problems.NO_PAGE, n=index, count=len(sheets))
    page = shell.page("boxes.svg.html", sheet=sheets[index - 1])
    return Response(page.body, media_type="image/svg+xml")
