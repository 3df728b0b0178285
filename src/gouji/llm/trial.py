"""A question with a known answer (试题): a task that a weak model answers by chance is not given to it.

Extraction needs none: what a model says of numbers is proved by arithmetic and by quotes. Whether two
passages contradict each other nothing proves, and small models name two lines at random (实测). So a
model is asked once about eight lines of our own, and asked about documents only if it finds the two
slips in them and hardly anything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from gouji.llm.answers import SemanticAnswer
from gouji.llm.port import Request
from gouji.llm.prompts import fenced, prompt_file, request_for


@dataclass(frozen=True, slots=True)
class Trial:
    """What is asked, and which pairs of lines must be named (试题)."""

    request: Request
    wanted: frozenset[frozenset[str]]
    most_wrong: int

    def is_passed(self, answer: object) -> bool:
        """Tell whether an answer names what is wrong, and hardly anything that is not."""
        if not isinstance(answer, SemanticAnswer):
            return False
        named = [frozenset((pair.first.line, pair.second.line)) for pair in answer.pairs]
        wrong = sum(pair not in self.wanted for pair in named)
        return self.wanted <= set(named) and wrong <= self.most_wrong


@cache
def trial_of(task: str) -> Trial | None:
    """Return the trial of a task, or None where it needs none."""
    told: dict[str, Any] | None = prompt_file(task).trial
    if told is None:
        return None
    lines = fenced(told["lines"].strip())
    request = request_for(task, text=lines, entity=told["entity"])
    wanted = frozenset(frozenset(pair) for pair in told["wanted"])
    return Trial(request, wanted, told["most_wrong"])
