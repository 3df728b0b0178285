"""Scripted models of several tempers: a perfect reader of odd wordings, one that answers at random, liars."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import Any

from gouji.llm.port import Request

_LINE = re.compile(r"^(\*?)(L\d+): (.*)$", re.MULTILINE)
_NUMBER = re.compile(r"([-\d.,]+\s?(?:万元|元|%|人|辆)?)⟦(n\d+)⟧")

Reader = Callable[[Request], dict[str, Any] | None]

NOTHING: dict[str, dict[str, Any]] = {
    "claims": {"claims": []},
    "subjects": {"subjects": []},
    "semantic": {"pairs": []},
    "tables": {"table": None},
    "indicators": {"rows": []},
    "summary": {"paragraph": "核对已完成。"},
}


def lines_of(request: Request) -> Iterator[tuple[str, str]]:
    """Yield the marked lines of a request: id and text with number marks."""
    for star, id_, text in _LINE.findall(request.user):
        if star:
            yield id_, text


def numbers_of(text: str) -> list[dict[str, str]]:
    """Return the numbers of a line as an answer names them."""
    return [{"id": id_, "text": printed} for printed, id_ in _NUMBER.findall(text)]


def says(task: str, answer: Callable[[Request], dict[str, Any]]) -> Reader:
    """Return a model that answers one task and finds nothing in the others."""
    return lambda r: answer(r) if r.prompt.task == task else NOTHING[r.prompt.task]


WORDS = [
    "本年收入合计", "三公经费", "项目支出", "减少了", "占本年支出", "12.34万元", "7.8%", "全部完成", "办公费",
    "公务接待费", "0.71万元", "年初预算", "本单位", "L1", "增长", "第三季度", "合计", "n1",
]  # fmt: skip


def at_random(seed: int) -> Reader:
    """Return a model that fills every schema with plausible words, ids and numbers."""
    chance = random.Random(seed)  # noqa: S311 (a test, not a secret)

    def answer(request: Request) -> dict[str, Any]:
        schema = request.answer.model_json_schema()
        made = _any(schema, schema.get("$defs", {}), chance)
        assert isinstance(made, dict)
        return made

    return answer


def _any(schema: dict[str, Any], defs: dict[str, Any], chance: random.Random) -> Any:  # noqa: ANN401 (JSON)
    if "$ref" in schema:
        return _any(defs[schema["$ref"].rsplit("/", 1)[1]], defs, chance)
    if "anyOf" in schema:
        return _any(chance.choice(schema["anyOf"]), defs, chance)
    if "enum" in schema:
        return chance.choice(schema["enum"])
    if "const" in schema:
        return schema["const"]
    match schema.get("type"):
        case "object":
            return {k: _any(v, defs, chance) for k, v in schema["properties"].items()}
        case "array":
            return [_any(schema["items"], defs, chance) for _ in range(chance.randint(1, 4))]
        case "null":
            return None
        case _:
            return _string(schema.get("pattern", ""), chance)


def _string(pattern: str, chance: random.Random) -> str:
    ids = {"^L": "L{}", "^n": "n{}", "^s": "s{}", "^g": "g{}r{}c{}"}
    made = ids.get(pattern[:2])
    if made is None:
        return chance.choice(WORDS)
    return made.format(*(chance.randint(0, 6) for _ in range(made.count("{}"))))
