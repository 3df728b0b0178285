"""Puts the server together (组装)."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from gouji import __version__
from gouji.errors import InputError
from gouji.screen.limits import Limits
from gouji.screen.store import Store
from gouji.web import problems
from gouji.web.answers import Pages, problem
from gouji.web.api import decisions, documents, reports
from gouji.web.api.schema import DescribedApp, operation_id
from gouji.web.desk import Desk
from gouji.web.guard import Guard, where
from gouji.web.intake_limit import BodyLimit, TooLarge
from gouji.web.options import ServeOptions
from gouji.web.problems import Refusal
from gouji.web.runner import Runner
from gouji.web.session import Sessions
from gouji.web.shelf import Shelf
from gouji.web.vault import Vault
from gouji.web.views import access, overview, reading, review
from gouji.web.views import documents as document_pages
from gouji.web.visit import is_for_programs, visit_of

log = logging.getLogger("gouji.web")

STATIC: list[str | tuple[str, str]] = [("gouji.web", "static"), ("gouji.report", "static")]
"""The page's own styles and script, and those it shares with the report file."""
TIDY = 600.0
"""Seconds between two looks for what was kept long enough."""
MOST_FIELDS = 20
DESCRIPTION = (
    "Hand in published final accounts, follow them, read their reports, decide about findings. "
    "Errors are `application/problem+json` with one sentence in the language of Accept-Language. "
    "Where the server has a token, send `Authorization: Bearer <token>`."
)


def create_app(options: ServeOptions) -> FastAPI:
    """Return the application (应用); it opens its store and starts its workers with its lifespan."""
    vault = Vault(options.data, options.allowance.image_cache)
    sessions = Sessions(vault.secret(), options.token)
    pages = Pages(options, sessions)
    app = DescribedApp(
        title="gouji",
        version=__version__,
        description=DESCRIPTION,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # both load scripts from another site
        redoc_url=None,
        generate_unique_id_function=operation_id,
        lifespan=_lifespan(options, vault),
        form_limits={
            "max_files": options.allowance.files,
            "max_fields": MOST_FIELDS,
            "max_part_size": options.allowance.file_bytes,
        },
    )
    app.state.counted = overview.Counted()
    app.state.pages, app.state.sessions, app.state.tries = pages, sessions, access.new_tries()
    app.add_middleware(BodyLimit, allowance=options.allowance)
    app.add_middleware(Guard, options=options, sessions=sessions, answer=pages.answer)
    api = APIRouter(prefix="/api/v1")
    for part in (documents.router, reports.router, decisions.router):
        api.include_router(part)
    pages_of = (overview, reading, document_pages, review, access)
    for router in (api, *(each.router for each in pages_of)):
        app.include_router(router)
    app.mount("/static", StaticFiles(packages=STATIC), name="static")
    _answer_errors(app, pages)
    return app


def _lifespan(options: ServeOptions, vault: Vault) -> Callable[[FastAPI], Any]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        desk = await run_in_threadpool(_open, options, vault)
        await run_in_threadpool(app.state.pages.warm)
        app.state.desk = desk
        ending = threading.Event()
        tidying = threading.Thread(target=_tidy, args=(desk, ending), daemon=True)
        tidying.start()
        try:
            yield
        finally:
            ending.set()
            await run_in_threadpool(_close, desk, tidying)

    return lifespan


def _open(options: ServeOptions, vault: Vault) -> Desk:
    store = Store.open(options.store_url)
    shelf = Shelf(store)
    vault.remove_strays(shelf.ids())
    limits = Limits(file_size=options.allowance.file_bytes)
    runner = Runner(shelf, vault, jobs=options.jobs, lang=options.lang, limits=limits)
    desk = Desk(options, shelf, vault, runner)
    runner.when_settled = desk.neighbours.call
    desk.neighbours.start()
    runner.start()
    return desk


def _close(desk: Desk, tidying: threading.Thread) -> None:
    tidying.join()
    desk.close()
    desk.shelf.close()


def _tidy(desk: Desk, ending: threading.Event) -> None:
    while not ending.is_set():
        try:
            desk.tidy()
        except (SQLAlchemyError, OSError) as error:  # tried again at the next look
            log.error("tidy: %s", where(error))  # noqa: TRY400 (its message may quote a document)
        ending.wait(TIDY)


# --- errors ----------------------------------------------------------------------------------


def _answer_errors(app: FastAPI, pages: Pages) -> None:
    """Have every refusal answered in one shape."""

    async def refused(request: Request, error: Exception) -> Response:
        return await run_in_threadpool(pages.answer, request, _refusal(request, error))

    for kind in (Refusal, InputError, OSError):
        app.add_exception_handler(kind, refused)
    app.add_exception_handler(HTTPException, refused)

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 (registered for it)
        errors = [
            {"loc": list(e["loc"]), "msg": str(e["msg"]), "type": str(e["type"])}
            for e in error.errors()
        ]
        fields = "、".join(dict.fromkeys(".".join(map(str, e["loc"])) for e in errors))
        refusal = Refusal(422, problems.BAD_FIELDS, fields=fields[:300])
        if not is_for_programs(request):
            return await run_in_threadpool(pages.answer, request, refusal)
        return problem(422, refusal.said(visit_of(request).say), errors=errors)

    app.add_exception_handler(RequestValidationError, invalid)


def _refusal(request: Request, error: Exception) -> Refusal:
    """Return any error of a request as a refusal (拒绝)."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, TooLarge):
        return error.refusal
    if isinstance(error, InputError):
        return Refusal.of(error)
    if isinstance(error, OSError):
        log.error("%s: %s", request.url.path, where(error))
        return Refusal(507, problems.STORE_FULL, why=error.strerror or type(error).__name__)
    assert isinstance(error, HTTPException)  # noqa: S101 (nothing else is registered)
    if error.status_code == 404:  # noqa: PLR2004 (not found)
        return Refusal(404, problems.NO_SUCH_PAGE)
    headers = dict(error.headers or {})
    if error.status_code == 405:  # noqa: PLR2004 (method not allowed)
        app: DescribedApp = request.app
        if methods := app.methods_at(request.url.path):
            headers["Allow"] = ", ".join(sorted(methods))
        return Refusal(405, problems.BAD_METHOD, headers=headers, method=request.method)
    return Refusal(error.status_code, problems.BAD_REQUEST, headers=headers, what=error.detail)
