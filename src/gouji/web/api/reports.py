"""Report, pages, images, original, exports (结果接口)."""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response

from gouji.messages import Language
from gouji.model.report import Report
from gouji.report.formats import FORMATS
from gouji.web import problems
from gouji.web.api.documents import Id, refusals
from gouji.web.api.models import (
    ComparisonOut,
    ComparisonsOut,
    ExportFormat,
    Number,
    OtherOut,
    PageOut,
    PageSize,
)
from gouji.web.desk import AtDesk, Desk
from gouji.web.entry import Entry
from gouji.web.problems import Refusal
from gouji.web.visit import Visiting

router = APIRouter(prefix="/documents/{id}")

Zoom = Literal["1", "1.5", "2", "3"]
"""Pixels a point: few, so that images are kept few."""
Index = Annotated[int, Path(ge=1, le=100_000, description="1 for the first page.")]
FormatName = Annotated[str, Path(description="One of the names the list of exports gives.")]
Lang = Annotated[
    Language | None,
    Query(
        description="Of the sentences; otherwise Accept-Language decides. Quotes stay as printed."
    ),
]


@router.get("/report", response_model=Report, responses=refusals(404, 409), summary="Report")
def report(desk: AtDesk, visit: Visiting, id: Id, lang: Lang = None) -> Response:  # noqa: A002 (the word for it)
    """Return the report, gouji.report/1, each finding with its decision (报告)."""
    found = desk.report(desk.settled(id), lang or visit.lang)
    return Response(found.model_dump_json(by_alias=True), media_type="application/json")


@router.get(
    "/pages", response_model=list[PageSize], responses=refusals(404, 409), summary="Page sizes"
)
def pages(desk: AtDesk, id: Id) -> list[PageSize]:  # noqa: A002 (the word for it)
    """List the pages with their sizes (页面)."""
    return [
        PageSize(
            index=index,
            number=page.number,
            width=page.width,
            height=page.height,
            characters=page.characters,
        )
        for index, page in enumerate(desk.shelf.page_sizes(desk.settled(id).id), 1)
    ]


@router.get(
    "/pages/{index}", response_model=PageOut, responses=refusals(404, 409), summary="Page text"
)
def page(desk: AtDesk, id: Id, index: Index) -> PageOut:  # noqa: A002 (the word for it)
    """Return a page's text with what became of each number (页面文字)."""
    entry = desk.settled(id)
    found = desk.shelf.pages(entry.id, only=index)
    if not found:
        count = len(desk.shelf.page_sizes(entry.id))
        raise Refusal(404, problems.NO_PAGE, n=index, count=count)
    return PageOut(
        index=index,
        number=found[0].number,
        width=found[0].width,
        height=found[0].height,
        text=found[0].text,
        numbers=[
            Number(start=n.start, end=n.end, fate=n.fate, boxes=list(n.boxes))
            for n in found[0].numbers
        ],
    )


@router.get(
    "/pages/{index}/image",
    response_class=Response,
    responses={
        200: {"content": {"image/png": {}}, "description": "The page."},
        304: {"description": "Not changed."},
        **refusals(404, 409),
    },
    summary="Page image",
)
def image(
    request: Request,
    desk: AtDesk,
    id: Id,  # noqa: A002 (the word for it)
    index: Index,
    zoom: Annotated[Zoom, Query(description="Pixels a point.")] = "1.5",
) -> Response:
    """Return a page of a PDF as PNG (页面图像); boxes times `zoom` are its pixels."""
    entry = desk.settled(id)
    tag = f'"{entry.sha256[:16]}-{index}-{zoom}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(desk.picture(entry, index, zoom), media_type="image/png", headers=headers)


@router.get(
    "/comparisons",
    response_model=ComparisonsOut,
    responses=refusals(404, 409),
    summary="Comparisons with other documents",
)
def comparisons(desk: AtDesk, visit: Visiting, id: Id) -> ComparisonsOut:  # noqa: A002 (the word for it)
    """Tell which other documents of the unit a document was held against (跨文件比对)."""
    entry = desk.settled(id)
    own = desk.own_report(entry, visit.lang)
    beside = desk.neighbours.beside(entry, own, visit.lang)
    return ComparisonsOut(
        state=beside.state,
        comparisons=[
            ComparisonOut(
                relation=line.relation,
                documents=[
                    OtherOut(id=o.entry_id, name=o.name, fiscal_year=o.fiscal_year)
                    for o in line.others
                ],
                compared=line.counted,
                at_odds=line.failed,
            )
            for line in beside.lines
        ],
        nothing=visit.say(beside.sentence) or None,
    )


@router.get(
    "/original",
    response_class=Response,
    responses={
        200: {"content": {"application/octet-stream": {}}, "description": "The file."},
        **refusals(404),
    },
    summary="Original",
)
def original(desk: AtDesk, id: Id) -> Response:  # noqa: A002 (the word for it)
    """Return the file as it was handed in (原件)."""
    entry = desk.entry(id)
    try:
        data = desk.vault.original(id).read_bytes()
    except FileNotFoundError as error:
        raise Refusal(404, problems.NOT_FOUND) from error
    suffix = ".txt" if entry.source == "text" and "." not in entry.name else ""
    return attachment(data, "application/octet-stream", entry.name + suffix)


@router.get(
    "/exports", response_model=list[ExportFormat], responses=refusals(404, 409), summary="Formats"
)
def exports(desk: AtDesk, visit: Visiting, id: Id) -> list[ExportFormat]:  # noqa: A002 (the word for it)
    """List the formats this report can be had in (导出格式)."""
    entry = desk.settled(id)
    return [
        ExportFormat(
            name=each.name,
            title=visit.say(each.title),
            media_type=each.media_type,
            href=f"/api/v1/documents/{id}/exports/{each.name}",
        )
        for each in FORMATS.values()
        if is_offered(each.name, entry)
    ]


@router.get(
    "/exports/{format}",
    response_class=Response,
    responses={
        200: {"content": {"application/octet-stream": {}}, "description": "The report."},
        **refusals(404, 409),
    },
    summary="Export",
)
def export(
    desk: AtDesk,
    visit: Visiting,
    id: Id,  # noqa: A002 (the word for it)
    format: FormatName,  # noqa: A002 (the word for it)
    lang: Lang = None,
) -> Response:
    """Return the report as a file, decisions in it (导出)."""
    return exported(desk, desk.settled(id), format, lang or visit.lang)


def exported(desk: Desk, entry: Entry, format: str, lang: Language) -> Response:  # noqa: A002 (the word for it)
    """Return the answer that carries an export (导出应答)."""
    wanted, name, data = desk.exported(entry, format, lang)
    return attachment(data, wanted.media_type, name)


def is_offered(format: str, entry: Entry) -> bool:  # noqa: A002 (the word for it)
    """Tell whether a format makes sense for a document: only a PDF can be annotated (是否可导出)."""
    return format != "pdf" or entry.source == "pdf"


def attachment(data: bytes, media_type: str, name: str) -> Response:
    """Return a file to be saved, never shown by the browser (附件)."""
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    headers = {
        "content-disposition": disposition,
        "etag": f'"{hashlib.sha256(data).hexdigest()[:16]}"',
    }
    return Response(data, media_type=media_type, headers=headers)
