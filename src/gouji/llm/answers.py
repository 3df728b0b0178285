"""What a model may answer (答案的形状): references only, each by id and by verbatim words.

A number is named by the id our own parser gave it and repeated as printed; both must agree. The JSON
Schemas under schemas/llm/ are generated from these classes, field notes included.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from gouji.model.outline import TableKind

_SHORT = len('{"$ref": "#/$defs/s99"}')
Quote = Annotated[str, Field(max_length=200)]
Label = Annotated[str, Field(max_length=60)]
LineId = Annotated[str, Field(pattern=r"^L[0-9]{1,4}$")]
NumberId = Annotated[str, Field(pattern=r"^n[0-9]{1,4}$")]
CellId = Annotated[str, Field(pattern=r"^g[0-9]{1,4}r[0-9]{1,4}c[0-9]{1,4}$")]
NumberRole = Literal["value", "base_value", "change", "rate", "whole"]
ClaimKind = Literal["level", "change", "flat", "share", "completion", "difference", "breakdown"]
BaseKind = Literal[
    "prior_year", "initial_budget", "annual_budget", "adjusted_budget", "budget", "named", "unknown"
]
MeasureKind = Literal[
    "final", "initial_budget", "annual_budget", "adjusted_budget", "budget", "prior", "other"
]
SemanticKind = Literal["contradiction", "overreach", "reason", "foreign_text", "wrong_entity"]


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class NumberSaid(_Answer):
    """A number of the fenced text (数字): id and the same characters."""

    id: NumberId
    """The id printed after the number, without brackets."""
    text: Quote
    """The number as printed, unit included, copied character for character."""


class PartSaid(_Answer):
    """One part of a breakdown (分项)."""

    name: Quote
    """The part's name, verbatim."""
    number: NumberSaid


FIELDS: dict[ClaimKind, tuple[str, ...]] = {
    "level": ("measure", "value"),
    "change": ("cue", "direction", "base", "measure", "value", "base_value", "change", "rate"),
    "flat": ("cue", "base", "measure", "value", "base_value"),
    "share": ("cue", "measure", "value", "rate", "whole", "whole_name"),
    "completion": ("cue", "base", "value", "base_value", "rate"),
    "difference": ("cue", "direction", "base", "value", "base_value", "change"),
    "breakdown": ("value", "parts"),
}
"""Which fields a kind of statement has. A model offered more fills them with something (实测)."""


class ClaimSaid(_Answer):
    """One statement (陈述): what kind it is and which printed number plays which role.

    The schema offers each kind its own fields only; what an answer says beyond them is not looked at.
    """

    line: LineId
    """The line that makes the statement; only lines marked with * may be named."""
    kind: ClaimKind
    """level 数额, change 增减, flat 持平, share 占比, completion 完成率, difference 预决算差, breakdown 其中."""
    subject: Quote
    """What the statement is about, verbatim words of the text, without verbs."""
    cue: Quote = ""
    """The words beside the number that make it this kind, verbatim (多花了、占、完成了)."""
    direction: Literal["up", "down", "none"] = "none"
    """up for a rise or above the budget, down for a fall or below it."""
    base: BaseKind = "unknown"
    """What is compared with: prior_year 上年, initial_budget 年初预算, annual_budget 全年预算, …"""
    measure: MeasureKind = "final"
    """Whose figure `value` is: final 决算数, a budget 预算数, prior 上年数."""
    value: NumberSaid | None = None
    """The current figure (本年数); for a breakdown its total."""
    base_value: NumberSaid | None = None
    """The printed figure compared with (上年数、预算数)."""
    change: NumberSaid | None = None
    """The amount of a rise, a fall or a difference (增减额)."""
    rate: NumberSaid | None = None
    """The percentage: of the change, of the whole, or of the budget (增减率、占比、完成率)."""
    whole: NumberSaid | None = None
    """The printed whole of a share (整体)."""
    whole_name: Quote = ""
    """The noun of the whole, verbatim."""
    parts: Annotated[tuple[PartSaid, ...], Field(max_length=20)] = ()
    """The parts of a breakdown."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return one schema a kind, each with its own fields."""
        whole = handler.resolve_ref_schema(handler(core))
        fields = whole.pop("properties")
        about = whole.pop("description")
        made = []
        for kind, names in FIELDS.items():
            kept = {name: fields[name] for name in ("line", "kind", "subject", *names)}
            kept["kind"] = {"type": "string", "enum": [kind]}
            made.append({**whole, "properties": kept})
        whole.clear()
        whole.update({"description": about, "anyOf": made})
        return whole

    def number(self, role: NumberRole) -> NumberSaid | None:
        """Return the number of a role, if this kind of statement has it."""
        said: NumberSaid | None = getattr(self, role) if role in FIELDS[self.kind] else None
        return said


class ClaimsAnswer(_Answer):
    """Statements of the marked lines (陈述)."""

    claims: Annotated[tuple[ClaimSaid, ...], Field(max_length=60)]


class SubjectSaid(_Answer):
    """Which item an unresolved subject means (主体)."""

    id: Annotated[str, Field(pattern=r"^s[0-9]{1,3}$")]
    subject: Quote
    """The subject's words, copied."""
    item: Label | None
    """One name of the given list, copied; null where none is surely meant."""


class SubjectsAnswer(_Answer):
    """Items meant by subjects (主体归一)."""

    subjects: Annotated[tuple[SubjectSaid, ...], Field(max_length=60)]


class PlaceSaid(_Answer):
    """Words of one line (出处)."""

    line: LineId
    quote: Quote
    """Copied character for character, at least four characters."""


class PairSaid(_Answer):
    """Two passages that do not go together (语义矛盾)."""

    kind: SemanticKind
    """contradiction 互相矛盾, overreach 结论与例外不符, reason 原因与增减方向相反, foreign_text 混入他处文字,
    wrong_entity 主体写错."""
    first: PlaceSaid
    second: PlaceSaid
    why: Annotated[str, Field(max_length=120)]
    """One short Chinese sentence without any number."""


class SemanticAnswer(_Answer):
    """Pairs of passages that do not go together; empty where all is well (语义)."""

    pairs: Annotated[tuple[PairSaid, ...], Field(max_length=12)]


class CellSaid(_Answer):
    """A cell (单元格): id and its text."""

    id: CellId
    text: Label
    """The cell's text, copied."""


class TableSaid(_Answer):
    """Which published table a grid is (表名)."""

    kind: TableKind
    """`other` where it is none of the published tables."""
    header: Annotated[tuple[CellSaid, ...], Field(max_length=12)]
    """Cells of the column heads, at least two."""
    label: CellSaid | None
    """A cell of the column that names the rows."""
    total: CellSaid | None
    """The label cell of the total row (合计)."""


class TablesAnswer(_Answer):
    """What a grid is (表格)."""

    table: TableSaid | None


class RowSaid(_Answer):
    """The roles of one row's cells (指标行)."""

    name: CellSaid
    """三级指标 or the indicator's own name."""
    target: CellSaid | None = None
    actual: CellSaid | None = None
    weight: CellSaid | None = None
    score: CellSaid | None = None


class IndicatorsAnswer(_Answer):
    """Indicator rows (绩效指标行)."""

    rows: Annotated[tuple[RowSaid, ...], Field(max_length=40)]


class SummaryAnswer(_Answer):
    """A short paragraph for a reader (摘要)."""

    paragraph: Annotated[str, Field(max_length=600)]


ANSWERS: dict[str, type[BaseModel]] = {
    "claims": ClaimsAnswer,
    "subjects": SubjectsAnswer,
    "semantic": SemanticAnswer,
    "tables": TablesAnswer,
    "indicators": IndicatorsAnswer,
    "summary": SummaryAnswer,
}
"""Task → the shape of its answer."""


def schema_of(answer: type[BaseModel]) -> dict[str, Any]:
    """Return an answer's JSON Schema as a strict server wants it: closed, everything required."""
    schema = answer.model_json_schema()
    _make_strict(schema)
    return schema


def _make_strict(node: Any) -> None:  # noqa: ANN401 (a JSON Schema)
    if isinstance(node, list):
        for item in node:
            _make_strict(item)
    elif isinstance(node, dict):
        node.pop("default", None)
        node.pop("title", None) if isinstance(node.get("title"), str) else None
        if isinstance(node.get("properties"), dict):
            node["required"] = list(node["properties"])
            node["additionalProperties"] = False
        for item in node.values():
            _make_strict(item)


def wire_schema(answer: type[BaseModel]) -> dict[str, Any]:
    """Return the schema as it is sent: notes left out, what repeats told once.

    A hosted model is billed for every word of it; what a field means stands in the prompt.
    """
    schema = schema_of(answer)
    _strip(schema, "description")
    names = _repeated(schema)
    shared: dict[str, Any] = {}
    for node in list(_properties(schema)):
        for field, told in node.items():
            text = json.dumps(told, sort_keys=True)
            if text in names:
                shared[names[text]] = told
                node[field] = {"$ref": f"#/$defs/{names[text]}"}
    schema["$defs"] = {**schema.get("$defs", {}), **shared}
    return schema


def _repeated(schema: dict[str, Any]) -> dict[str, str]:
    """Return a name for each field's schema that is told more than once, by its text."""
    told = Counter(
        json.dumps(s, sort_keys=True) for node in _properties(schema) for s in node.values()
    )
    often = [text for text, times in told.items() if times > 1 and len(text) > _SHORT]
    return {text: f"s{n}" for n, text in enumerate(often, 1)}


def _properties(node: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 (a JSON Schema)
    """Yield every table of fields in a schema."""
    if isinstance(node, list):
        for item in node:
            yield from _properties(item)
    elif isinstance(node, dict):
        for name, item in node.items():
            if name == "properties":
                yield item
            yield from _properties(item)


def _strip(node: Any, name: str) -> None:  # noqa: ANN401 (a JSON Schema)
    if isinstance(node, list):
        for item in node:
            _strip(item, name)
    elif isinstance(node, dict):
        if isinstance(node.get(name), str):
            del node[name]
        for item in node.values():
            _strip(item, name)


@cache
def schema_text(task: str) -> str:
    """Return a task's schema as it is committed under schemas/llm/."""
    schema = {"title": task, **schema_of(ANSWERS[task])}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


@cache
def schema_sha256(task: str) -> str:
    """Return the hash of a task's schema."""
    return hashlib.sha256(schema_text(task).encode()).hexdigest()
