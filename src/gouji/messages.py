"""The one catalogue of sentences for people (语句目录).

A message id is the Chinese sentence itself, with `{name}` fields. Chinese needs no file; English
stands in `locale/en/LC_MESSAGES/gouji.po` and is read, uncompiled, only when it is asked for.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def N_(sentence: str) -> str:  # noqa: N802 (gettext's own name for it)
    """Mark a sentence for the catalogue where it is defined, not said (登记语句)."""
    return sentence


class Catalogue:
    """Says sentences in one language (语句)."""

    def __init__(self, language: Language = "zh") -> None:
        self.language = language

    def __call__(self, sentence: str, /, **words: object) -> str:
        """Return the sentence in this language with its fields filled.

        A sentence the catalogue lacks is said in Chinese rather than not at all.
        """
        if not sentence:
            return ""
        template = sentence if self.language == "zh" else _english().get(sentence, sentence)
        return template.format_map(_Words(words)) if words else template


class _Words(dict[str, object]):
    """Fields of a sentence; one that nobody filled stays visible."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


@cache
def _english() -> dict[str, str]:
    from babel.messages.pofile import read_po  # noqa: PLC0415 (only --lang en pays for babel)

    source = files("gouji") / "locale" / "en" / "LC_MESSAGES" / "gouji.po"
    catalogue = read_po(BytesIO(source.read_bytes()), locale="en")
    return {str(m.id): str(m.string) for m in catalogue if m.id and m.string}
