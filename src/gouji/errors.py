"""Errors a caller can meet (错误).

GoujiError
├── InputError       the user's file, text or flags: what, where, what to do
├── ModelCallError   a language model could not be reached or answered unusably
└── RuleCrashError   a rule raised: a bug of ours, named by the rule's code

Findings are values, never exceptions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping


class GoujiError(Exception):
    """Base of every error gouji raises on purpose."""


class Phrases(tuple[tuple[str, Mapping[str, object]], ...]):
    """Sentences of the catalogue, with their words, as one word of another sentence (附语)."""

    __slots__ = ()

    def __str__(self) -> str:
        """Return them in Chinese, one after the other."""
        return "".join(s.format(**words) if words else s for s, words in self)


class InputError(GoujiError):
    """The input cannot be read or a flag makes no sense (输入错误); the message is one clear sentence.

    The sentence is an id of the catalogue and its words stand apart, so that whoever shows it says it
    in the reader's language; `str` of the error is Chinese unless it was told otherwise.
    """

    def __init__(self, sentence: str, /, **words: object) -> None:
        super().__init__(sentence.format(**words) if words else sentence)
        self.sentence = sentence
        self.words = words

    def said(self, say: Callable[..., str]) -> str:
        """Return the sentence as a catalogue says it."""
        return say(self.sentence, **spoken(self.words, say))

    def speaking(self, say: Callable[..., str]) -> InputError:
        """Return it with its message in a catalogue's language, for who reads `str` of it (改说)."""
        self.args = (self.said(say),)
        return self


def spoken(words: Mapping[str, object], say: Callable[..., str]) -> dict[str, object]:
    """Return the words of a sentence, those that are sentences themselves said (代入之语)."""
    return {
        name: "".join(say(s, **spoken(own, say)) for s, own in word)
        if isinstance(word, Phrases)
        else word
        for name, word in words.items()
    }


class ModelCallError(GoujiError):
    """A language model call failed for good (模型调用失败)."""


class RuleCrashError(GoujiError):
    """A rule raised an exception (规则崩溃): a bug, named by the rule's code."""

    def __init__(self, code: str, cause: BaseException) -> None:
        super().__init__(f"rule {code} crashed: {cause!r}")
        self.code = code
