"""Which worked examples a prompt shows (示例): those whose kind the question hints at, as one sheet.

Every example costs tokens in every call. One that says `when` is shown where asked lines hold such
words: half as many as lines are asked, those first that most lines call for, and two at least. Several
become one sheet with one answer, as the question is one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_LEAST = 2
_ASKED = "*"
"""Marks a line that is asked about."""
_LINE = re.compile(r"\bL(\d+)\b")
_NUMBER = re.compile(r"\bn(\d+)\b")


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its answer (示例)."""

    given: str
    answer: dict[str, Any]
    when: str = ""
    """Words of a question that call for it; empty where it is always shown."""


def shown(examples: Sequence[Example], question: str) -> list[dict[str, str]]:
    """Return the examples for a question, as a template renders them."""
    fixed = [e for e in examples if not e.when]
    told = [e for e in examples if e.when]
    asked = [line for line in question.splitlines() if line.startswith(_ASKED)]
    votes = [sum(re.search(e.when, line) is not None for line in asked) for e in told]
    order = sorted(range(len(told)), key=lambda n: -votes[n])  # stable: as the file has them
    wanted = min(max(_LEAST, -(-len(asked) // 2)), max(_LEAST, sum(v > 0 for v in votes)))
    fit = sorted(order[:wanted])
    kept = [Example(e.given.strip(), e.answer) for e in fixed]
    kept += [_one_sheet([told[n] for n in fit])] if fit else []
    return [{"given": e.given, "answer": _compact(e.answer)} for e in kept]


def _one_sheet(examples: Sequence[Example]) -> Example:
    """Return several examples as one, lines and numbers counted on."""
    given: list[str] = []
    answers: dict[str, list[Any]] = {}
    lines = numbers = 0
    for example in examples:
        text = example.given.strip()
        given.append(_counted_on(text, lines, numbers))
        moved = json.loads(_counted_on(_compact(example.answer), lines, numbers))
        for name, items in moved.items():
            answers.setdefault(name, []).extend(items)
        lines += len(set(_LINE.findall(text)))
        numbers += len(set(_NUMBER.findall(text)))
    return Example("\n".join(given), answers)


def _counted_on(text: str, lines: int, numbers: int) -> str:
    text = _LINE.sub(lambda m: f"L{int(m[1]) + lines}", text)
    return _NUMBER.sub(lambda m: f"n{int(m[1]) + numbers}", text)


def _compact(answer: object) -> str:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
