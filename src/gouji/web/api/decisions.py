"""What reviewers decide about findings (复核接口)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from gouji.model.report import Decision
from gouji.web import problems
from gouji.web.api.documents import Id, refusals
from gouji.web.api.models import DecisionIn, DecisionList, DecisionOut
from gouji.web.desk import AtDesk
from gouji.web.problems import Refusal

router = APIRouter(prefix="/documents/{id}/decisions")

Fingerprint = Annotated[str, Path(max_length=32, description="A finding's fingerprint.")]


def _out(fingerprint: str, decision: Decision) -> DecisionOut:
    return DecisionOut(fingerprint=fingerprint, **decision.model_dump())


@router.get("", response_model=DecisionList, responses=refusals(404, 409), summary="Decisions")
def decisions(desk: AtDesk, id: Id) -> DecisionList:  # noqa: A002 (the word for it)
    """List the decisions about this document's findings (复核意见)."""
    found = desk.decisions(desk.settled(id))
    return DecisionList(decisions=[_out(f, d) for f, d in sorted(found.items())])


@router.get(
    "/{fingerprint}", response_model=DecisionOut, responses=refusals(404, 409), summary="Decision"
)
def decision(desk: AtDesk, id: Id, fingerprint: Fingerprint) -> DecisionOut:  # noqa: A002 (the word for it)
    """Return the decision about a finding (一处的复核意见)."""
    found = desk.decisions(desk.settled(id)).get(fingerprint)
    if found is None:
        raise Refusal(404, problems.NO_DECISION)
    return _out(fingerprint, found)


@router.put(
    "/{fingerprint}",
    response_model=DecisionOut,
    responses=refusals(404, 409),
    summary="Decide",
)
def decide(desk: AtDesk, id: Id, fingerprint: Fingerprint, given: DecisionIn) -> DecisionOut:  # noqa: A002 (the word for it)
    """Confirm, dismiss with a reason, or comment (复核)."""
    kept = desk.decide(desk.settled(id), fingerprint, Decision(**given.model_dump()))
    return _out(fingerprint, kept)


@router.delete("/{fingerprint}", status_code=204, responses=refusals(404, 409), summary="Take back")
def undecide(desk: AtDesk, id: Id, fingerprint: Fingerprint) -> Response:  # noqa: A002 (the word for it)
    """Take a decision back (撤销)."""
    desk.undecide(desk.settled(id), fingerprint)
    return Response(status_code=204)
