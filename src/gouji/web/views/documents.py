"""The pages of documents (送审件页面): list, hand in, wait, report, coverage, ledger, delete."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from math import ceil
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Response, UploadFile
from starlette.responses import RedirectResponse

from gouji.errors import InputError
from gouji.report.record import entries_of
from gouji.web import problems
from gouji.web.api.documents import take_in_files
from gouji.web.api.reports import exported
from gouji.web.desk import AtDesk, Desk
from gouji.web.entry import Entry, State
from gouji.web.problems import Refusal
from gouji.web.views import report as view
from gouji.web.views.reading import every_rule
from gouji.web.views.shell import FormToken, Shell
from gouji.web.visit import Visiting

router = APIRouter(include_in_schema=False)

PER_PAGE = 50
CHECKS_PER_PAGE = 200


@router.get("/")
def home(
    desk: AtDesk,
    shell: Shell,
    state: Annotated[State | None, Query()] = None,
    q: Annotated[str, Query(max_length=200)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """Show the form to hand in and the list (首页)."""
    return _home(desk, shell, state=state, q=q, page=page)


def _home(  # noqa: PLR0913 (what the address asks for, all by name)
    desk: Desk,
    shell: Shell,
    *,
    state: State | None = None,
    q: str = "",
    page: int = 1,
    refused: Sequence[str] = (),
    text: str = "",
    status: int = 200,
) -> Response:
    offset = (page - 1) * PER_PAGE
    total, entries = desk.entries(state, q, limit=PER_PAGE, offset=offset)
    return shell.page(
        "home.html",
        status=status,
        entries=entries,
        across=desk.neighbours.numbers(entries),
        now=datetime.now(UTC),
        total=total,
        counts=desk.shelf.counts(),
        page_number=page,
        page_count=max(1, ceil(total / PER_PAGE)),
        state=state,
        q=q,
        refused=refused,
        text=text,
        allowance=desk.options.allowance,
        keep_days=desk.options.keep_days,
        corrects=None,
    )


@router.post("/documents")
def hand_in(  # noqa: PLR0913 (one parameter a field)
    desk: AtDesk,
    shell: Shell,
    visit: Visiting,
    _token: FormToken,
    file: Annotated[list[UploadFile] | None, File()] = None,
    text: Annotated[str, Form()] = "",
    name: Annotated[str, Form(max_length=500)] = "",
    corrects: Annotated[str, Form(max_length=22)] = "",
) -> Response:
    """Take in files or pasted text (收件); one document goes to its page, many to the list."""
    given = [each for each in file or [] if each.filename or each.size]
    taken: list[Entry] = []
    refused: list[str] = []
    status = 422
    try:
        if given:
            taken, refusals = take_in_files(desk, given, corrects or None)
            refused = [why.said(visit.say) for _, why in refusals]
        if text.strip() or not given:
            taken.append(desk.take_in_text(text, name, corrects or None, visit.say))
    except InputError as error:
        refused.append(error.said(visit.say))
    except Refusal as refusal:
        refused.append(refusal.said(visit.say))
        status = refusal.status
    if refused:
        return _home(desk, shell, refused=refused, text=text, status=207 if taken else status)
    return RedirectResponse(f"/documents/{taken[0].id}" if len(taken) == 1 else "/", 303)


@router.get("/documents/{id}/coverage")
def coverage(
    desk: AtDesk,
    shell: Shell,
    visit: Visiting,
    id: str,  # noqa: A002 (the word for it)
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """Show a page's text with what became of every number (数字去向)."""
    entry = desk.settled(id)
    found = desk.report(entry, visit.lang)
    sizes = desk.shelf.page_sizes(id)
    texts = desk.shelf.pages(id, only=page)
    if not texts:
        raise Refusal(404, problems.NO_PAGE, n=page, count=len(sizes))
    return shell.page(
        "coverage.html",
        entry=entry,
        report=found,
        leaf=texts[0].leaf,
        text=texts[0].text,
        page_number=page,
        page_count=len(sizes),
        marked=view.marked_pages(found),
        finding_link=view.links_to(found, f"/documents/{id}"),
    )


@router.get("/documents/{id}/checks")
def checks(  # noqa: PLR0913 (one parameter a filter)
    desk: AtDesk,
    shell: Shell,
    visit: Visiting,
    id: str,  # noqa: A002 (the word for it)
    grade: str = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """Show the ledger: every relation judged, passed ones too (核对记录)."""
    entry = desk.settled(id)
    found = desk.report(entry, visit.lang)
    every = [check for check in found.checks if grade in ("", check.grade)]
    grades = dict.fromkeys(dict.fromkeys(check.grade for check in found.checks), 0)
    for check in found.checks:
        grades[check.grade] += 1
    start = (page - 1) * CHECKS_PER_PAGE
    return shell.page(
        "checks.html",
        entry=entry,
        report=found,
        record=entries_of(every[start : start + CHECKS_PER_PAGE], every_rule(), visit.say),
        total=len(every),
        counts=grades,
        grade=grade,
        page_number=page,
        page_count=max(1, ceil(len(every) / CHECKS_PER_PAGE)),
    )


@router.get("/documents/{id}/exports/{format}")
def export(desk: AtDesk, visit: Visiting, id: str, format: str) -> Response:  # noqa: A002 (the words for it)
    """Return the report as a file (导出)."""
    return exported(desk, desk.settled(id), format, visit.lang)


@router.post("/documents/{id}/check")
def check_again(desk: AtDesk, _token: FormToken, id: str) -> Response:  # noqa: A002 (the word for it)
    """Queue a document once more (重新核查)."""
    desk.check_again(desk.entry(id))
    return RedirectResponse(f"/documents/{id}", 303)


@router.get("/documents/{id}/new-version")
def new_version(desk: AtDesk, shell: Shell, id: str) -> Response:  # noqa: A002 (the word for it)
    """Show the form that hands in a corrected version (更正版)."""
    return shell.page("new_version.html", entry=desk.entry(id), allowance=desk.options.allowance)


@router.get("/documents/{id}/delete")
def confirm_deletion(desk: AtDesk, shell: Shell, id: str) -> Response:  # noqa: A002 (the word for it)
    """Ask whether a document is really to be deleted (确认删除)."""
    return shell.page("delete.html", entry=desk.entry(id))


@router.post("/documents/{id}/delete")
def delete(desk: AtDesk, _token: FormToken, id: str) -> Response:  # noqa: A002 (the word for it)
    """Delete a document and everything about it (删除)."""
    desk.delete(id)
    return RedirectResponse("/", 303)
