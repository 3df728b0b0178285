"""Signing in and out, and the page about the API (登录、退出与接口说明)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from gouji.web.desk import AtDesk
from gouji.web.guard import TRIES, TRIES_PER_MINUTE, cookie_header, too_many_tries
from gouji.web.pace import Pace
from gouji.web.problems import WRONG_TOKEN
from gouji.web.session import COOKIE, LIFETIME, Sessions
from gouji.web.views.shell import FormToken, Shell
from gouji.web.visit import Visiting

router = APIRouter(include_in_schema=False)


@router.get("/login")
def form(desk: AtDesk, shell: Shell, visit: Visiting) -> Response:
    """Ask for the token (登录页)."""
    if desk.options.is_open or (visit.session and visit.session.knows_token):
        return RedirectResponse("/", 303)
    return shell.page("login.html", sentence="")


@router.post("/login")
def log_in(
    request: Request,
    shell: Shell,
    visit: Visiting,
    _token: FormToken,
    token: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Begin a session that knows the token (登录)."""
    sessions: Sessions = request.app.state.sessions
    tries: Pace = request.app.state.tries
    if not sessions.is_token(token):
        if seconds := tries.wait_for():
            raise too_many_tries(seconds)
        return shell.page("login.html", status=401, sentence=visit.say(WRONG_TOKEN))
    response = RedirectResponse("/", 303)
    cookie = sessions.cookie(sessions.issue(knows_token=True))
    response.headers.append("set-cookie", cookie_header(request, COOKIE, cookie, LIFETIME))
    return response


@router.post("/logout")
def log_out(request: Request, _token: FormToken) -> Response:
    """End the session (退出)."""
    response = RedirectResponse("/login", 303)
    response.headers.append("set-cookie", cookie_header(request, COOKIE, "", 0))
    return response


@router.get("/about/api")
def about_api(request: Request, shell: Shell) -> Response:
    """Describe the API from its own schema (接口说明)."""
    return shell.page("api.html", schema=request.app.openapi())


def new_tries() -> Pace:
    """Return how often a wrong token may be tried (试口令的频率)."""
    return Pace(TRIES, TRIES_PER_MINUTE)
