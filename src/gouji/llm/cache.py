"""Answers kept on disk (缓存): the same question to the same model is asked once.

dogpile.cache keeps JSON, never pickles, in one file with a lock of its own. A cache that cannot be
read or written is no reason to fail: the question is asked again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from gouji.llm.options import ModelOptions
from gouji.llm.port import Request

T = TypeVar("T")
_FILE = "answers.dbm"


class AnswerCache:
    """Answers by the hash of everything they depend on (答案缓存)."""

    def __init__(self, folder: Path) -> None:
        from dogpile.cache import make_region  # noqa: PLC0415 (only with the llm extra)

        self._broken = False
        self._region: Any = make_region(
            serializer=lambda value: json.dumps(value).encode(), deserializer=json.loads
        )

        def configure() -> None:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._region.configure("dogpile.cache.dbm", arguments={"filename": str(folder / _FILE)})

        self._guarded(configure, None)

    def get(self, key: str) -> str | None:
        """Return what is kept under a key, or None."""
        found = self._guarded(lambda: self._region.get(key), None)
        return found if isinstance(found, str) else None

    def put(self, key: str, value: str) -> None:
        """Keep a value."""
        self._guarded(lambda: self._region.set(key, value), None)

    def _guarded(self, action: Callable[[], T], otherwise: T) -> T:
        """Do something with the file; once it fails the cache is left alone."""
        import dbm  # noqa: PLC0415 (only with a cache)

        if self._broken:
            return otherwise
        try:
            return action()
        except (OSError, ValueError, *dbm.error):
            self._broken = True
            return otherwise


def key_of(options: ModelOptions, request: Request) -> str:
    """Return the key of a question: model, server, prompt, schema, settings and words."""
    parts = [
        options.model,
        options.base_url or "",
        request.prompt.task,
        request.prompt.version,
        request.prompt.sha256,
        request.prompt.schema_sha256,
        str(request.max_tokens),
        request.system,
        request.user,
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def method_key(options: ModelOptions) -> str:
    """Return the key under which the way to structured output of a server is remembered."""
    parts = json.dumps(["method", options.model, options.base_url or ""])
    return hashlib.sha256(parts.encode()).hexdigest()


def name_key(options: ModelOptions) -> str:
    """Return the key under which a server's own name of its model is remembered."""
    parts = json.dumps(["name", options.model, options.base_url or ""])
    return hashlib.sha256(parts.encode()).hexdigest()
