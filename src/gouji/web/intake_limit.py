"""Bounds what a request may send, while it is being received (请求体上限)."""

from __future__ import annotations

import time
from contextlib import suppress

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gouji.web.options import MIB, Allowance
from gouji.web.problems import TOO_LARGE_BODY, Refusal

ORDINARY = MIB
"""Bytes of any request that hands in no document."""
ESCAPED = 2
"""JSON may write a character of three bytes in six: \\uXXXX."""
PATIENCE = 5.0
"""Seconds for which the rest of a refused body is read and thrown away, so that the answer is seen:
a browser that still sends does not listen."""


class TooLarge(HTTPException):
    """The body is larger than allowed (过大); FastAPI lets an HTTPException through its body parser."""

    def __init__(self, limit: int) -> None:
        super().__init__(413)
        self.limit = limit

    @property
    def refusal(self) -> Refusal:
        """The same as a refusal."""
        return Refusal(413, TOO_LARGE_BODY, limit=max(1, self.limit // MIB))


class BodyLimit:
    """Middleware that stops a body as soon as it is too large (请求体上限)."""

    def __init__(self, app: ASGIApp, *, allowance: Allowance) -> None:
        self._app = app
        self._allowance = allowance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its body bounded (限量)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request, received = Request(scope), 0
        limit = self._limit(request)

        async def bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                await _drain(receive, message)
                raise TooLarge(limit)
            return message

        told = request.headers.get("content-length", "")
        if told.isdecimal() and int(told) > limit:
            await _drain(receive, {"type": "http.request", "more_body": True})
            raise TooLarge(limit).refusal
        await self._app(scope, bounded, send)

    def _limit(self, request: Request) -> int:
        if request.method != "POST":
            return ORDINARY
        return {
            "/documents": self._allowance.upload_bytes,
            "/api/v1/documents": self._allowance.upload_bytes,
            "/api/v1/texts": self._allowance.file_bytes * ESCAPED + ORDINARY,
        }.get(request.url.path, ORDINARY)


async def _drain(receive: Receive, message: Message) -> None:
    until = time.monotonic() + PATIENCE
    with suppress(OSError):
        while message.get("more_body") and time.monotonic() < until:
            message = await receive()
