"""What every page shares (页面外壳), and the token every form carries."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Form, Request, Response

from gouji.web.answers import Pages
from gouji.web.problems import STALE_FORM, Refusal
from gouji.web.session import Sessions
from gouji.web.visit import visit_of


class PageShell:
    """Renders a page for this request (页面外壳)."""

    def __init__(self, request: Request) -> None:
        self._request = request

    def page(self, template: str, *, status: int = 200, **data: Any) -> Response:  # noqa: ANN401 (view data)
        """Return a page (页面)."""
        pages: Pages = self._request.app.state.pages
        return pages.page(self._request, template, status=status, **data)

    def macros(self, template: str, **data: Any) -> Any:  # noqa: ANN401 (view data; a template's macros)
        """Return the macros of a template as this visitor's page has them (宏)."""
        pages: Pages = self._request.app.state.pages
        return pages.macros(self._request, template, **data)


Shell = Annotated[PageShell, Depends(PageShell)]


def _require_form_token(
    request: Request, form_token: Annotated[str, Form(max_length=200)] = ""
) -> None:
    """Refuse a form that none of our pages made for this visitor."""
    sessions: Sessions = request.app.state.sessions
    given = request.headers.get("x-csrf-token") or form_token
    if not sessions.is_form_token(visit_of(request).session, given):
        raise Refusal(403, STALE_FORM)


FormToken = Annotated[None, Depends(_require_form_token)]
"""Asked for by every route that changes something."""
