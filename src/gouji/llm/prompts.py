"""Prompts (提示词): files with front matter, rendered; what a document says is fenced as data.

`prompts/<task>.md` begins with YAML between two `---` lines: version, task, schema, date, examples.
What follows is a Jinja template with one section for the system and one for the user.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from gouji import resources
from gouji.errors import InputError
from gouji.llm.answers import ANSWERS, schema_sha256
from gouji.llm.examples import Example, shown
from gouji.llm.port import Prompt, Request
from gouji.messages import N_

TASKS = tuple(ANSWERS)
_FRONT = "---\n"
_PARTS = "\n=== user ===\n"
NEEDS_EXTRA = N_("使用语言模型需要另装依赖：pip install 'gouji[llm]'。")


@dataclass(frozen=True, slots=True)
class PromptFile:
    """A prompt file taken apart (提示词文件)."""

    prompt: Prompt
    date: str
    examples: tuple[Example, ...]
    system: str
    user: str
    trial: dict[str, Any] | None = None
    """A question with a known answer, for tasks a weak model answers by chance (see `trial`)."""


@cache
def prompt_file(task: str) -> PromptFile:
    """Return the prompt of a task."""
    try:
        import yaml  # noqa: PLC0415 (only with the llm extra)
    except ImportError as error:
        raise InputError(NEEDS_EXTRA) from error
    raw = resources.text("prompts", f"{task}.md")
    _, front, body = raw.split(_FRONT, 2)
    head = yaml.safe_load(front)
    system, _, user = body.partition(_PARTS)
    digest = hashlib.sha256(raw.encode()).hexdigest()
    prompt = Prompt(head["task"], str(head["version"]), digest, schema_sha256(task))
    examples, trial = tuple(Example(**e) for e in head["examples"]), head.get("trial")
    return PromptFile(prompt, str(head["date"]), examples, system.strip(), user, trial)


def request_for(task: str, *, max_tokens: int = 2000, **data: object) -> Request:
    """Return the request of a task, its template filled with data (生成请求)."""
    file = prompt_file(task)
    question = _render(file.user, **data).strip()
    return Request(
        prompt=file.prompt,
        system=_render(file.system, examples=shown(file.examples, question)),
        user=question,
        answer=ANSWERS[task],
        max_tokens=max_tokens,
    )


def fenced(text: str) -> str:
    """Return a document's text between marks that it cannot contain (围栏)."""
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"<<<文档 {mark}\n{text}\n文档 {mark}>>>"


@cache
def _templates() -> Any:  # noqa: ANN401 (jinja2 is only there with the llm extra)
    try:
        from jinja2 import StrictUndefined  # noqa: PLC0415 (only with the llm extra)
        from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415 (same)
    except ImportError as error:
        raise InputError(NEEDS_EXTRA) from error
    return ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )


def _render(template: str, **data: object) -> str:
    made: str = _templates().from_string(template).render(**data)
    return made
