"""What a result was made by (程序指纹): two results with the same one were read and judged alike.

The report's own `rules_fingerprint` covers what judges. A result also rests on what reads and
extracts, so a screen takes up nothing that an older reader left behind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from gouji.resources import folder

STAGES = ("check", "extract", "model", "read", "understand")
OWN = ("facts", "profile")
"""Beginnings of this package's own modules that decide what is kept of a document."""
DIGITS = 12


@cache
def engine_fingerprint() -> str:
    """Return a hash of every source that can change a result of the rules (程序指纹)."""
    digest = hashlib.sha256(version("pymupdf").encode())
    for name, source in sorted(_all()):
        digest.update(name.encode() + b"\0" + source + b"\0")
    return digest.hexdigest()[:DIGITS]


def _all() -> Iterator[tuple[str, bytes]]:
    package = files("gouji")
    for stage in STAGES:
        yield from _sources(package / stage, f"{stage}/")
    for name, source in _sources(package / "screen", ""):
        if name.startswith(OWN):
            yield f"screen/{name}", source
    yield from _sources(folder("schemas"), "schemas/")


def _sources(within: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in within.iterdir():
        if entry.is_dir():
            yield from _sources(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".py", ".json")):
            yield f"{prefix}{entry.name}", entry.read_bytes()
