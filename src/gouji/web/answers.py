"""Answers a person with a page and a program with JSON, in the language asked for (应答)."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gouji import __version__
from gouji.messages import Language
from gouji.report.templating import environment
from gouji.web.entry import STAGE_NAMES
from gouji.web.options import ServeOptions
from gouji.web.problems import PROBLEM_JSON, Refusal, problem_of
from gouji.web.session import Sessions
from gouji.web.visit import is_for_programs, visit_of


class Pages:
    """Renders templates with what every page needs (页面)."""

    def __init__(self, options: ServeOptions, sessions: Sessions) -> None:
        self._options = options
        self._sessions = sessions

    @cached_property
    def _environment(self) -> Environment:
        made = environment(PackageLoader("gouji.web"))
        made.globals["stages"] = STAGE_NAMES
        return made

    def warm(self) -> None:
        """Compile every template, so that the first visitor need not wait (预热)."""
        for name in self._environment.list_templates(extensions=["html"]):
            self._environment.get_template(name)

    def page(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        **data: Any,  # noqa: ANN401 (view data)
    ) -> HTMLResponse:
        """Return a page (页面); what it is given beside `data` stands in `gouji.web`'s docstring."""
        found = self._environment.get_template(template)
        return HTMLResponse(found.render(self._shell(request) | data), status)

    def macros(self, request: Request, template: str, **data: Any) -> Any:  # noqa: ANN401 (view data; its macros)
        """Return the macros of a template with what every page needs (宏)."""
        return self._environment.get_template(template).make_module(self._shell(request) | data)

    def _shell(self, request: Request) -> dict[str, Any]:
        visit = visit_of(request)
        return {
            "say": visit.say,
            "lang": visit.lang,
            "languages": {lang: _here(request, lang) for lang in ("zh", "en")},
            "version": __version__,
            "form_token": self._sessions.form_token(visit.session) if visit.session else "",
            "can_sign_out": not self._options.is_open and visit.session is not None,
            "path": request.url.path,
        }

    def answer(self, request: Request, refusal: Refusal) -> Response:
        """Return a refusal as a page or as a problem (拒绝)."""
        sentence = refusal.said(visit_of(request).say)
        if is_for_programs(request):
            return problem(refusal.status, sentence, headers=refusal.headers)
        response = self.page(
            request, "error.html", status=refusal.status, sentence=sentence, code=refusal.status
        )
        response.headers.update(refusal.headers)
        return response


def problem(
    status: int,
    sentence: str,
    *,
    errors: list[dict[str, Any]] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """Return a problem as RFC 9457 has it (错误)."""
    body = problem_of(status, sentence, errors).model_dump_json()
    return Response(body, status, headers, PROBLEM_JSON)


def _here(request: Request, lang: Language) -> str:
    """Return this page's own address in another language."""
    query = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
    path = "/" + request.url.path.lstrip("/")  # "//name" would lead to another site
    return f"{path}?{urlencode([*query, ('lang', lang)])}"
