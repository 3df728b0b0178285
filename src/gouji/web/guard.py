"""Stands before every route: who may ask what from where (门卫).

In this order: the Host header (DNS rebinding), requests other web sites cause (CSRF), the token, the
session. Every answer gets headers that let a browser run nothing but our own files. What nobody
caught is logged by its place in our sources, never by its message, which may quote a document.
"""

from __future__ import annotations

import ipaddress
import logging
import traceback
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gouji.web.options import ServeOptions
from gouji.web.pace import Pace
from gouji.web.problems import (
    CROSS_SITE,
    INTERNAL,
    NEEDS_LOGIN,
    STALE_FORM,
    TOO_MANY_TRIES,
    WRONG_HOST,
    WRONG_TOKEN,
    Refusal,
)
from gouji.web.session import COOKIE, LIFETIME, Session, Sessions
from gouji.web.visit import (
    LANGUAGE_COOKIE,
    Visit,
    is_for_programs,
    language_of,
    remember,
)

log = logging.getLogger("gouji.web")

Answer = Callable[[Request, Refusal], Response]
"""Turns a refusal into an answer for a person or a program."""

HEADERS: Final = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # not no-referrer: with that a browser sends "Origin: null" for our own forms
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FREE = ("/login", "/static/")
"""What a stranger may see."""
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
TRIES, TRIES_PER_MINUTE = 10, 10.0
"""Wrong tokens that are answered at once, and how many a minute after that."""


class Guard:
    """The middleware around the application (门卫)."""

    def __init__(
        self, app: ASGIApp, *, options: ServeOptions, sessions: Sessions, answer: Answer
    ) -> None:
        self._app = app
        self._options = options
        self._sessions = sessions
        self._answer = answer
        self._tries = Pace(TRIES, TRIES_PER_MINUTE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let it through (放行)."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(Request(scope, receive), receive, send)
        # there are no web sockets: a handshake gets no answer and is closed by the server

    async def _http(self, request: Request, receive: Receive, send: Send) -> None:
        has_begun = False

        async def dressed(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                self._dress(request, MutableHeaders(scope=message))
            await send(message)

        async def respond(response: Awaitable[Response] | Response) -> None:
            await response(request.scope, receive, dressed)  # type: ignore[operator]

        lang = language_of(request, self._options.lang)
        remember(request, Visit(lang, None))
        try:
            self._require_known_host(request)
            _require_own_site(request)
            remember(request, self._visit(request))
            await self._app(request.scope, receive, dressed)
        except Refusal as refusal:
            await respond(self._refused(request, refusal))
        except Exception as error:  # noqa: BLE001 (the last border: one request must not say more)
            log.error("%s %s: %s", request.method, request.url.path, where(error))  # noqa: TRY400 (its message may quote a document)
            if not has_begun:
                await respond(self._answer(request, Refusal(500, INTERNAL)))

    # --- the questions -----------------------------------------------------------------------

    def _require_known_host(self, request: Request) -> None:
        header = request.headers.get("host", "")
        name = _host(header)
        if name in LOCAL or name in self._options.names or name == self._options.host.lower():
            return
        if not self._options.is_open and _is_address(name):
            return  # an address cannot be rebound to another one
        raise Refusal(421, WRONG_HOST, host=header[:80] or "-")

    def _visit(self, request: Request) -> Visit:
        """Return who visits; refuse a stranger where a token is needed."""
        lang = language_of(request, self._options.lang)
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if given and scheme.lower() == "bearer" and not self._options.is_open:
            self._require_token(given.strip())
            return Visit(lang, None, by_bearer=True)
        session = self._sessions.recognise(request.cookies.get(COOKIE))
        self._require_entitled(request, session)
        if is_for_programs(request):
            self._require_form_token(request, session)
            return Visit(lang, session)
        return Visit(lang, session or self._sessions.issue(), is_new=session is None)

    def _require_token(self, given: str) -> None:
        if not self._sessions.is_token(given):
            if seconds := self._tries.wait_for():
                raise too_many_tries(seconds)
            raise Refusal(401, WRONG_TOKEN, headers={"www-authenticate": "Bearer"})

    def _require_entitled(self, request: Request, session: Session | None) -> None:
        is_free = request.url.path.startswith(FREE)
        if self._options.is_open or is_free or (session and session.knows_token):
            return
        raise Refusal(401, NEEDS_LOGIN, headers={"www-authenticate": "Bearer"})

    def _require_form_token(self, request: Request, session: Session | None) -> None:
        """A browser's script proves by a header that one of our pages sent it."""
        if request.method in SAFE or COOKIE not in request.cookies:
            return
        if not self._sessions.is_form_token(session, request.headers.get("x-csrf-token")):
            raise Refusal(403, STALE_FORM)

    # --- the answers -------------------------------------------------------------------------

    def _refused(self, request: Request, refusal: Refusal) -> Response:
        to_login = refusal.status == 401 and request.method in SAFE  # noqa: PLR2004 (unauthorised)
        if to_login and not is_for_programs(request):
            return RedirectResponse("/login", 303)
        return self._answer(request, refusal)

    def _dress(self, request: Request, headers: MutableHeaders) -> None:
        for name, value in HEADERS.items():
            headers[name] = value
        headers.setdefault("cache-control", "no-store")
        visit: Visit = request.scope["state"]["gouji_visit"]
        if visit.is_new and visit.session is not None:
            cookie = self._sessions.cookie(visit.session)
            headers.append("set-cookie", cookie_header(request, COOKIE, cookie, LIFETIME))
        if request.query_params.get("lang") == visit.lang and not is_for_programs(request):
            header = cookie_header(request, LANGUAGE_COOKIE, visit.lang, LIFETIME * 52)
            headers.append("set-cookie", header)


def cookie_header(request: Request, name: str, value: str, seconds: int) -> str:
    """Return a cookie that no script reads and no other site sends along (饼干)."""
    secure = "; Secure" if request.url.scheme == "https" else ""
    return f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"


def where(error: BaseException) -> str:
    """Return the kind of an error and where it arose, without its message (出错之处)."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{f.filename}:{f.lineno} {f.name}" for f in reversed(frames[-8:]))
    return f"{type(error).__qualname__} at {places}"


def too_many_tries(seconds: float) -> Refusal:
    """Return the refusal of one who tried too many tokens (试得太多)."""
    whole = int(seconds) + 1
    return Refusal(429, TOO_MANY_TRIES, headers={"retry-after": str(whole)}, seconds=whole)


def _host(header: str) -> str:
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _require_own_site(request: Request) -> None:
    """Refuse what another web site made a browser ask; programs send none of these headers."""
    site = request.headers.get("sec-fetch-site", "none")
    if site not in ("none", "same-origin"):
        is_link = request.headers.get("sec-fetch-mode") == "navigate" and request.method in SAFE
        if not is_link or request.headers.get("sec-fetch-dest") != "document":
            raise Refusal(403, CROSS_SITE)
    origin = request.headers.get("origin")
    if origin is not None and request.method not in SAFE:
        _, _, asker = origin.lower().partition("://")
        if asker != request.headers.get("host", "").lower():
            raise Refusal(403, CROSS_SITE)
