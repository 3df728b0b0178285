"""Who is visiting, told by a signed cookie (会话).

The cookie says that this server issued it, when, and whether its holder showed the token. Nothing is
kept on the server: the signature is all. Another token, or another data folder, voids every cookie.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

COOKIE = "gouji_session"
LIFETIME = 7 * 86_400
"""Seconds a session lasts."""
_RANDOM = 18


@dataclass(frozen=True, slots=True)
class Session:
    """A visit (会话)."""

    id: str
    issued: int
    knows_token: bool

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.id}.{self.issued}.{int(self.knows_token)}"


class Sessions:
    """Issues sessions and recognises them (签发与识别)."""

    def __init__(
        self, secret: bytes, token: str | None, clock: Callable[[], float] = time.time
    ) -> None:
        self._key = hmac.digest(secret, b"session\0" + (token or "").encode(), "sha256")
        self._token = token
        self._clock = clock

    def issue(self, *, knows_token: bool = False) -> Session:
        """Return a new session (签发)."""
        return Session(secrets.token_urlsafe(_RANDOM), int(self._clock()), knows_token)

    def cookie(self, session: Session) -> str:
        """Return the value of its cookie."""
        return f"{session.text}.{self._signed('cookie', session)}"

    def recognise(self, cookie: str | None) -> Session | None:
        """Return the session of a cookie, or None when it is not ours or too old (识别)."""
        parts = (cookie or "").split(".")
        if len(parts) != 4 or not parts[1].isdecimal() or parts[2] not in ("0", "1"):  # noqa: PLR2004 (id, issued, knows_token, signature)
            return None
        session = Session(parts[0], int(parts[1]), parts[2] == "1")
        if not _same(parts[3], self._signed("cookie", session)):
            return None
        return session if self._clock() - session.issued < LIFETIME else None

    def form_token(self, session: Session) -> str:
        """Return what a form of this session must carry (表单校验码)."""
        return self._signed("form", session)

    def is_form_token(self, session: Session | None, given: str | None) -> bool:
        """Tell whether a form was made for this session (表单是否可信)."""
        return session is not None and _same(given or "", self.form_token(session))

    def is_token(self, given: str) -> bool:
        """Tell, in constant time, whether somebody knows the token (口令是否相符)."""
        return self._token is not None and _same(given, self._token)

    def _signed(self, purpose: str, session: Session) -> str:
        text = f"{purpose}\0{session.text}".encode()
        return hmac.new(self._key, text, hashlib.sha256).hexdigest()


def _same(left: str, right: str) -> bool:
    """Compare by digest, so that neither length nor content shows in the time it takes."""
    return hmac.compare_digest(
        hashlib.sha256(left.encode("utf-8", "surrogatepass")).digest(),
        hashlib.sha256(right.encode()).digest(),
    )
