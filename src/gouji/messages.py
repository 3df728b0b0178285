"""The one catalogue of sentences for people (语句目录).

A message id is the Chinese sentence itself, with `{name}` fields. Chinese needs no file; English
stands in `locale/en/LC_MESSAGES/gouji.po` and is read, uncompiled, only when it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any, Literal, get_args

from gouji.errors import InputError, Phrases, spoken

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


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence and its words apart (语句与代入), so that it can be kept and said in any language later."""

    sentence: str
    """An id of the catalogue."""
    words: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, error: InputError) -> Saying:
        """Return what an error says."""
        return cls(error.sentence, error.words)

    def said(self, say: Catalogue) -> str:
        """Return it in a reader's language (成句)."""
        return say(self.sentence, **spoken(self.words, say))

    def record(self) -> str:
        """Return it as JSON (存)."""
        return json.dumps([self.sentence, _plain(self.words)], ensure_ascii=False)


def said_again(record: str | None, sentence: str, say: Catalogue) -> str:
    """Return a kept sentence in a reader's language; as it was said where no record was kept (转述)."""
    return str(spoken({"it": phrases_of(record, sentence)}, say)["it"])


def phrases_of(record: str | None, sentence: str) -> Phrases:
    """Return a kept sentence as a word of another one (附语)."""
    if not record:
        return Phrases([(sentence, {})])
    kept, words = json.loads(record)
    return Phrases([(kept, _words_in(words))])


def _plain(words: Mapping[str, object]) -> dict[str, Any]:
    return {
        name: [[s, _plain(own)] for s, own in word]
        if isinstance(word, Phrases)
        else word
        if isinstance(word, int | str)
        else str(word)
        for name, word in words.items()
    }


def _words_in(kept: Mapping[str, Any]) -> dict[str, object]:
    return {
        name: Phrases((s, _words_in(own)) for s, own in word) if isinstance(word, list) else word
        for name, word in kept.items()
    }


@cache
def _english() -> dict[str, str]:
    from babel.messages.pofile import read_po  # noqa: PLC0415 (only --lang en pays for babel)

    source = files("gouji") / "locale" / "en" / "LC_MESSAGES" / "gouji.po"
    catalogue = read_po(BytesIO(source.read_bytes()), locale="en")
    return {str(m.id): str(m.string) for m in catalogue if m.id and m.string}
