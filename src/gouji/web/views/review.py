"""The forms of review (复核表单)."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from gouji.model.report import Decision
from gouji.web.api.models import LONGEST_WORDS
from gouji.web.desk import AtDesk
from gouji.web.problems import Refusal
from gouji.web.views.shell import FormToken

router = APIRouter(include_in_schema=False)

PART = "x-part"
"""A header by which our script asks for the finding alone."""
Words = Annotated[str, Form(max_length=LONGEST_WORDS)]


@router.post("/documents/{id}/decisions/{fingerprint}")
def decide(  # noqa: PLR0913 (one parameter a field)
    request: Request,
    desk: AtDesk,
    _token: FormToken,
    id: str,  # noqa: A002 (the word for it)
    fingerprint: str,
    status: Annotated[Literal["confirmed", "dismissed", "comment", "none"], Form()],
    reason: Words = "",
    comment: Words = "",
    by: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Confirm, dismiss, comment, or take a decision back (复核); then back to the finding."""
    entry = desk.settled(id)
    in_page = request.headers.get(PART) is not None
    if status == "none":
        try:
            desk.undecide(entry, fingerprint)
        except Refusal as refusal:
            if refusal.status != 404:  # noqa: PLR2004 (nothing to take back is no mistake)
                raise
    else:
        kept = None if status == "comment" else status
        desk.decide(
            entry, fingerprint, Decision(status=kept, reason=reason, comment=comment, by=by)
        )
    if in_page:
        return RedirectResponse(f"/documents/{id}/findings/{fingerprint}", 303)
    return RedirectResponse(f"/documents/{id}?from={fingerprint}#f-{fingerprint}", 303)
