"""The words of report forms and public administration, loaded once (词表): schemas/wording.json."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, cast

from gouji.resources import data


@cache
def _lexicon() -> dict[str, Any]:
    return cast("dict[str, Any]", data("schemas", "wording.json"))


@cache
def words(name: str) -> tuple[str, ...]:
    """Return a list of words."""
    return tuple(_lexicon()[name])


@cache
def mapping(name: str) -> dict[str, Any]:
    """Return a mapping; callers must not change it."""
    return cast("dict[str, Any]", _lexicon()[name])


@cache
def entries(name: str) -> tuple[Any, ...]:
    """Return a list of entries that are more than words."""
    return tuple(_lexicon()[name])


@cache
def any_of(name: str) -> re.Pattern[str]:
    """Return a pattern that matches any word of a list, the longest first."""
    return re.compile("|".join(re.escape(w) for w in sorted(words(name), key=len, reverse=True)))
