"""What went wrong with a call (故障): which failure it is, whether to try again, how long to wait."""

from __future__ import annotations

import re
from typing import Any

from gouji.llm.port import Failure

_TOO_LONG = re.compile(
    r"exceed_context_size|context_length_exceeded|maximum context length|context size|too long",
    re.IGNORECASE,
)
_UNSUPPORTED = re.compile(
    r"response_format|json.?schema|json_object|structured output|tool_choice|\btools?\b|grammar",
    re.IGNORECASE,
)
_QUOTA = re.compile(r"insufficient_quota|billing|quota exceeded", re.IGNORECASE)
_LOADING = re.compile(r"loading model|model is loading|warming up", re.IGNORECASE)
_NOT_IMPLEMENTED = 501
_UNAVAILABLE = 503
_TOO_MANY = 429
_SERVER = 500
_LONGEST_WAIT = 60.0


def status_of(error: BaseException) -> int | None:
    """Return the HTTP status of an error of any provider, or None."""
    for holder in (error, getattr(error, "response", None)):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int):
            return status
    return None


def failure_of(error: BaseException) -> Failure:
    """Return which failure an exception is."""
    name = type(error).__name__
    status = status_of(error)
    if isinstance(error, TimeoutError) or "Timeout" in name:
        return "timeout"
    if "LengthFinish" in name:
        return "cut_off"
    if "ContentFilter" in name:
        return "refused"
    if "ContextOverflow" in name or (status in (400, 413) and _TOO_LONG.search(_body(error))):
        return "too_long"
    if status == _TOO_MANY:
        return "rejected" if _QUOTA.search(_body(error)) else "busy"
    if status is not None:
        return "server_error" if status >= _SERVER else "rejected"
    if "Connection" in name or "Protocol" in name or "ReadError" in name:
        return "unreachable"
    return "invalid" if isinstance(error, ValueError) else "server_error"


def is_transient(error: BaseException) -> bool:
    """Tell whether the same call may go through a moment later (可重试)."""
    if status_of(error) == _NOT_IMPLEMENTED or is_unsupported(error):
        return False
    known = ("timeout", "unreachable", "busy", "server_error")
    return (status_of(error) is not None and failure_of(error) in known) or failure_of(error) in (
        "timeout",
        "unreachable",
    )


def is_loading(error: BaseException) -> bool:
    """Tell whether a server is still loading its model: worth waiting for, longer than a fault."""
    return status_of(error) == _UNAVAILABLE and _LOADING.search(_body(error)) is not None


def is_unsupported(error: BaseException) -> bool:
    """Tell whether the server does not know this way to structured output (不支持此种结构化输出)."""
    if isinstance(error, NotImplementedError | TypeError | AttributeError):
        return True
    status = status_of(error)
    said = _body(error)
    if status in (400, 404, 422, 500, 501) and not _TOO_LONG.search(said):
        return _UNSUPPORTED.search(said) is not None
    return False


def wait_of(error: BaseException) -> float | None:
    """Return the seconds a server asks to wait (Retry-After), bounded; None where it says nothing."""
    headers: Any = getattr(getattr(error, "response", None), "headers", None)
    said = headers.get("retry-after") if headers is not None else None
    try:
        return min(max(float(said), 0.0), _LONGEST_WAIT) if said else None
    except ValueError:
        return None


def _body(error: BaseException) -> str:
    return f"{error} {getattr(error, 'body', '')}"[:4000]
