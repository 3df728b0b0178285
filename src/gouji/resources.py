"""Finds the data files of gouji, in a checkout or in an installed wheel (资源文件)."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouji.errors import GoujiError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_CHECKOUT = Path(__file__).resolve().parents[2]


@cache
def folder(name: str) -> Traversable:
    """Return the folder "schemas" or "prompts": beside src/ in a checkout, in _data/ in a wheel."""
    installed = files("gouji") / "_data" / name
    if installed.is_dir():
        return installed
    beside = _CHECKOUT / name
    if beside.is_dir():
        return beside
    message = f"gouji is installed without its data folder {name!r}: reinstall it"
    raise GoujiError(message)


@cache
def text(name: str, file: str) -> str:
    """Return the text of a data file."""
    return (folder(name) / file).read_text(encoding="utf-8")


@cache
def data(name: str, file: str) -> Any:  # noqa: ANN401  # JSON is whatever the file holds
    """Return a JSON data file, parsed once; callers must not change it."""
    return json.loads(text(name, file))
