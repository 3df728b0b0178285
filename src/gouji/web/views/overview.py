"""The overview of a screened store (总览页): the queue, worst first; each document opens for review."""

from __future__ import annotations

import threading
import time
from typing import Final

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from gouji.errors import InputError
from gouji.messages import Catalogue
from gouji.report.labels import SEVERITIES
from gouji.screen.outcome import Submission
from gouji.screen.overview.gathered import Gathered, gather
from gouji.screen.overview.page import REASONS, STATES, TWINS
from gouji.screen.overview.plots import lying, standing
from gouji.screen.sources import TooLargeError, read
from gouji.web import problems
from gouji.web.desk import TOO_LARGE, AtDesk, Desk, Upload
from gouji.web.problems import NO_SUCH_PAGE, Refusal
from gouji.web.shelf import Shelf
from gouji.web.views.shell import FormToken, Shell
from gouji.web.visit import Visiting

router = APIRouter(include_in_schema=False)

FRESH: Final = 15.0
"""Seconds for which what was counted is shown again: a store of ten thousand takes seconds to count."""
MOST_ROWS = 1_000
"""Documents listed; the export has all of them."""
PLOTS: Final = ("rules", "units", "years", "coverage")


class Counted:
    """What was counted of a store last (最近汇总)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at = 0.0
        self._gathered: Gathered | None = None

    def of(self, shelf: Shelf) -> Gathered:
        """Return it, counted anew where it is no longer fresh."""
        with self._lock:
            if self._gathered is None or time.monotonic() - self._at > FRESH:
                self._gathered, self._at = (
                    gather(shelf.store, None, frozenset(shelf.ids())),
                    time.monotonic(),
                )
            return self._gathered


@router.get("/overview")
def overview(request: Request, desk: AtDesk, shell: Shell) -> Response:
    """Show all documents of the store, worst first (总览)."""
    gathered = _counted(request).of(desk.shelf)
    return shell.page(
        "overview.html",
        gathered=gathered,
        own=desk.shelf.ids(),
        states=STATES,
        kinds=TWINS,
        reasons=REASONS,
        most=MOST_ROWS,
    )


@router.get("/overview/plots/{name}.svg")
async def plot(request: Request, desk: AtDesk, visit: Visiting, name: str) -> Response:
    """Return one plot as a picture of its own (图)."""
    if name not in PLOTS:
        raise Refusal(404, NO_SUCH_PAGE)
    gathered = await run_in_threadpool(_counted(request).of, desk.shelf)
    drawn = await run_in_threadpool(_drawn, gathered, name, visit.say)
    return Response(drawn, media_type="image/svg+xml")


@router.post("/overview/{document_id}/open")
def open_for_review(
    desk: AtDesk, visit: Visiting, _token: FormToken, document_id: str
) -> RedirectResponse:
    """Take a screened document in from where it was found, and go to its report (打开复核)."""
    if desk.shelf.entry(document_id) is not None:
        return RedirectResponse(f"/documents/{document_id}", 303)
    documents = desk.shelf.store.documents(None)
    listed = next((d for d in documents if d.document_id == document_id), None)
    if listed is None or listed.sha256 is None:
        raise Refusal(404, NO_SUCH_PAGE)
    if opened := desk.shelf.latest_of(listed.sha256):
        return RedirectResponse(f"/documents/{opened}", 303)
    entry = desk.take_in(Upload(listed.name, _bytes_of(desk, listed.location, visit.say)))
    return RedirectResponse(f"/documents/{entry.id}", 303)


def _bytes_of(desk: Desk, location: str, say: Catalogue) -> bytes:
    """Read the file where the screening found it; the address is the store's, never the visitor's."""
    limit = desk.options.allowance.file_bytes
    try:
        return read(Submission(location), limit)
    except TooLargeError as error:
        raise Refusal(413, TOO_LARGE, name=location, limit=limit >> 20) from error
    except InputError as error:
        raise Refusal(404, problems.GONE_NOW, why=error.said(say)) from error


def _counted(request: Request) -> Counted:
    counted: Counted = request.app.state.counted
    return counted


_DRAWING = threading.Lock()
"""matplotlib keeps its settings for the whole process."""


def _drawn(gathered: Gathered, name: str, say: Catalogue) -> str:
    severities = {str(key): say(title) for key, title in SEVERITIES.items()}
    states = {str(key): say(title) for key, title in STATES.items()}
    with _DRAWING:
        if name == "rules":
            return str(lying(gathered.by_rule, severities, name))
        if name == "units":
            return str(lying(gathered.by_unit, severities, name))
        bars = gathered.by_year if name == "years" else gathered.coverage
        return str(standing(bars, states, name))
