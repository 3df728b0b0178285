"""What a request tells about its visitor: session and language (来访)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from gouji.messages import LANGUAGES, Catalogue, Language
from gouji.web.session import Session

LANGUAGE_COOKIE = "gouji_lang"
_VISIT = "gouji_visit"
API = "/api/"
"""Where programs are answered; everything else is for people."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A visitor of this request (来访者)."""

    lang: Language
    session: Session | None
    """None for a program without a cookie."""
    is_new: bool = False
    """True where the session was made for this very request and its cookie must be set."""
    by_bearer: bool = False
    """True where the request itself carries the token."""

    @property
    def say(self) -> Catalogue:
        """Sentences in the visitor's language."""
        return Catalogue(self.lang)


def language_of(request: HTTPConnection, default: Language) -> Language:
    """Return the language asked for (语言): `?lang=`, then the cookie; a program's Accept-Language."""
    asked = [request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)]
    if is_for_programs(request):
        asked.append(accepted_language(request.headers.get("accept-language", "")))
    for language in LANGUAGES:
        if language == next((a for a in asked if a in LANGUAGES), default):
            return language
    return default


def accepted_language(header: str) -> Language | None:
    """Return what an Accept-Language header likes best of what there is (首选语言)."""
    best: tuple[float, Language] | None = None
    for item in header.split(","):
        tag, _, parameters = item.strip().lower().partition(";")
        weight = _weight(parameters)
        for language in LANGUAGES:
            spoken = tag == language or tag.startswith(f"{language}-")
            if spoken and weight > 0 and (best is None or weight > best[0]):
                best = (weight, language)
    return best[1] if best else None


def _weight(parameters: str) -> float:
    _, mark, value = parameters.strip().partition("q=")
    try:
        return min(1.0, float(value)) if mark else 1.0
    except ValueError:
        return 0.0


def is_for_programs(request: HTTPConnection) -> bool:
    """Tell whether the answer is for a program (是否接口请求)."""
    return request.url.path.startswith(API)


def remember(request: HTTPConnection, visit: Visit) -> None:
    """Attach the visit to its request."""
    request.scope.setdefault("state", {})[_VISIT] = visit


def visit_of(request: HTTPConnection) -> Visit:
    """Return the visit of a request; one that was refused early is a stranger's (来访者)."""
    found: Visit | None = request.scope.get("state", {}).get(_VISIT)
    return found or Visit(language_of(request, "zh"), None)


Visiting = Annotated[Visit, Depends(visit_of)]
