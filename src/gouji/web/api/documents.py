"""Hand in, list, follow, delete (送审件接口)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Path, Query, Response, UploadFile

from gouji import __version__
from gouji.errors import InputError
from gouji.web.api.models import (
    Accepted,
    DocumentList,
    DocumentOut,
    Health,
    Refused,
    TextIn,
    document_out,
)
from gouji.web.desk import AtDesk, Desk, Upload, clean_name
from gouji.web.entry import Entry, State
from gouji.web.problems import Problem, Refusal
from gouji.web.vault import ID_PATTERN
from gouji.web.visit import Visit, Visiting

router = APIRouter()

Id = Annotated[str, Path(description="A document's id.", examples=["q1Zr0bq3S3yq2nE0o0dVxA"])]
CorrectsField = Annotated[
    str | None,
    Form(
        pattern=ID_PATTERN, description="The id of the document these files are a new version of."
    ),
]
LARGEST_OFFSET = 1_000_000


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the problems of a route beside those any route may have (错误应答)."""
    return {status: {"model": Problem} for status in statuses}


def shown(desk: Desk, entry: Entry, visit: Visit) -> DocumentOut:
    """Return an entry as the API shows it now."""
    return document_out(entry, datetime.now(UTC), desk.deleted_after(entry), visit.say)


@router.post(
    "/documents",
    status_code=202,
    response_model=Accepted,
    summary="Hand in one or many files",
)
def hand_in(
    desk: AtDesk,
    visit: Visiting,
    file: Annotated[list[UploadFile], File(description="PDF or text files.")],
    corrects: CorrectsField = None,
) -> Accepted:
    """Queue files to be checked (提交文件); refused only if none of them can be checked."""
    taken, refused = take_in_files(desk, file, corrects)
    if not taken:
        raise refused[0][1]
    return Accepted(
        documents=[shown(desk, entry, visit) for entry in taken],
        refused=[Refused(name=name, detail=refusal.said(visit.say)) for name, refusal in refused],
    )


def take_in_files(
    desk: Desk, files: list[UploadFile], corrects: str | None
) -> tuple[list[Entry], list[tuple[str, Refusal]]]:
    """Take files in one by one; return those taken, and why others were not (逐份收件)."""
    desk.admit(len(files))
    taken: list[Entry] = []
    refused: list[tuple[str, Refusal]] = []
    for file in files:
        name = clean_name(file.filename or "")
        try:
            upload = Upload(name, file.file.read(desk.options.allowance.file_bytes + 1))
            taken.append(desk.take_in(upload, corrects))
        except InputError as error:
            refused.append((name, Refusal.of(error)))
        except Refusal as refusal:
            refused.append((name, refusal))
    return taken, refused


@router.post(
    "/texts",
    status_code=202,
    response_model=DocumentOut,
    summary="Hand in text",
)
def hand_in_text(desk: AtDesk, visit: Visiting, given: TextIn) -> DocumentOut:
    """Queue pasted text to be checked (提交文本)."""
    desk.admit(1)
    taken = desk.take_in_text(given.text, given.name, given.corrects, visit.say)
    return shown(desk, taken, visit)


@router.get("/documents", response_model=DocumentList, summary="List")
def documents(  # noqa: PLR0913 (one parameter a filter)
    desk: AtDesk,
    visit: Visiting,
    state: Annotated[State | None, Query(description="Only documents in this state.")] = None,
    q: Annotated[str, Query(max_length=200, description="Words in the name or the unit.")] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=LARGEST_OFFSET)] = 0,
) -> DocumentList:
    """List documents, the latest first (列表)."""
    total, entries = desk.entries(state, q, limit=limit, offset=offset)
    return DocumentList(total=total, documents=[shown(desk, entry, visit) for entry in entries])


@router.get(
    "/documents/{id}", response_model=DocumentOut, responses=refusals(404), summary="Status"
)
def document(desk: AtDesk, visit: Visiting, id: Id) -> DocumentOut:  # noqa: A002 (the word for it)
    """Tell how far a document is (进度)."""
    return shown(desk, desk.entry(id), visit)


@router.post(
    "/documents/{id}/check",
    status_code=202,
    response_model=DocumentOut,
    responses=refusals(404, 409),
    summary="Check again",
)
def check_again(desk: AtDesk, visit: Visiting, id: Id) -> DocumentOut:  # noqa: A002 (the word for it)
    """Queue a document once more (重新核查); decisions stay."""
    desk.check_again(desk.entry(id))
    return shown(desk, desk.entry(id), visit)


@router.delete("/documents/{id}", status_code=204, responses=refusals(404), summary="Delete")
def delete(desk: AtDesk, id: Id) -> Response:  # noqa: A002 (the word for it)
    """Delete a document with its bytes, images, report, findings and decisions (删除)."""
    desk.delete(id)
    return Response(status_code=204)


@router.get("/health", response_model=Health, summary="Whether the server works")
def health(desk: AtDesk) -> Health:
    """Tell the version and how much there is to do (状态)."""
    counts = desk.shelf.counts()
    return Health(version=__version__, queued=counts["queued"], checking=counts["checking"])
