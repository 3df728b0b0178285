"""Errors a caller can meet (错误).

GoujiError
├── InputError       the user's file, text or flags: what, where, what to do
├── ModelCallError   a language model could not be reached or answered unusably
└── RuleCrashError   a rule raised: a bug of ours, named by the rule's code

Findings are values, never exceptions.
"""

from __future__ import annotations

from collections.abc import Callable


class GoujiError(Exception):
    """Base of every error gouji raises on purpose."""


class InputError(GoujiError):
    """The input cannot be read or a flag makes no sense (输入错误); the message is one clear sentence.

    Given as an id of the catalogue with its words, it can be said in any language.
    """

    def __init__(self, sentence: str, /, **words: object) -> None:
        super().__init__(sentence.format(**words) if words else sentence)
        self.sentence = sentence
        self.words = words

    def said(self, say: Callable[..., str]) -> str:
        """Return the sentence as a catalogue says it."""
        return say(self.sentence, **self.words)


class ModelCallError(GoujiError):
    """A language model call failed for good (模型调用失败)."""


class RuleCrashError(GoujiError):
    """A rule raised an exception (规则崩溃): a bug, named by the rule's code."""

    def __init__(self, code: str, cause: BaseException) -> None:
        super().__init__(f"rule {code} crashed: {cause!r}")
        self.code = code
