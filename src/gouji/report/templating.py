"""The templates of people's pages (模板): autoescaped, strict, and the same for report file and web page.

A template speaks through `say("…")`, which the catalogue collects. Whatever a template prints passes
`visible`: marks that turn the direction of writing or control a terminal are shown, not obeyed.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
)
from markupsafe import Markup

from gouji.report.cards import STATUSES
from gouji.report.labels import FAMILIES, FATES, GRADES, KINDS, SEVERITIES
from gouji.report.legible import legible

LABELS = {
    "severities": SEVERITIES,
    "statuses": STATUSES,
    "kinds": KINDS,
    "fates": FATES,
    "grades": GRADES,
    "families": FAMILIES,
}
"""Message ids of the closed sets, for every template."""


def visible(value: object) -> object:
    """Return what is printed with hidden marks shown by their code: [U+202E] (显形)."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return legible(value)


def environment(*more: BaseLoader) -> Environment:
    """Return the environment of the templates here, as paper/…, beside those of other loaders (模板环境)."""
    paper = PrefixLoader({"paper": PackageLoader("gouji.report", "templates")})
    made = Environment(
        loader=ChoiceLoader([paper, *more]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=visible,
    )
    made.globals |= {"asset": asset, **LABELS}
    return made


@cache
def asset(name: str) -> Markup:
    """Return a style sheet or a script of ours, to stand inline as it is (样式与脚本)."""
    text = (files("gouji.report") / "static" / name).read_text("utf-8")
    return Markup(text)  # noqa: S704 (our own file)


def fingerprint(text: str) -> str:
    """Return the hash by which a content security policy allows an inline element (散列)."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
