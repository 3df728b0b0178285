"""What a language model added to a reading, and what of its answers was not believed (模型读取)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from gouji.model.place import Place

Engine = Literal["rules", "hybrid", "llm"]
"""只用规则 · 规则先行、余下交模型 · 全部交模型 (for evaluation)"""
SuggestionKind = Literal["contradiction", "overreach", "reason", "foreign_text", "wrong_entity"]
"""互相矛盾 · 结论与例外不符 · 原因与方向相反 · 混入他处文字 · 主体写错"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two passages a model says do not go together (模型提示): both quotes stand in the document."""

    kind: SuggestionKind
    first: Place
    second: Place
    why: str
    """One sentence of the model's without any number; empty where it was not fit to print."""


@dataclass(frozen=True, slots=True)
class PromptUse:
    """A prompt that was used (提示词): version and hashes."""

    task: str
    version: str
    sha256: str
    schema_sha256: str


@dataclass(frozen=True, slots=True)
class ModelReading:
    """The account of one document's model calls (模型用量与取舍)."""

    model: str
    engine: Engine
    calls: int = 0
    cached: int = 0
    retries: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: str = "0"
    """In the currency of the prices given; 0 without prices."""
    asked: Mapping[str, int] = field(default_factory=dict)
    """Task → things asked about: sentences, tables, rows, subjects."""
    accepted: Mapping[str, int] = field(default_factory=dict)
    """Task → answers that are grounded and add something."""
    dropped: Mapping[str, int] = field(default_factory=dict)
    """Reason → answers that were not believed."""
    disagreements: int = 0
    """Numbers the model reads in another role than the rules, whose reading stands."""
    failures: Mapping[str, int] = field(default_factory=dict)
    """Failure → calls without a usable answer."""
    prompts: tuple[PromptUse, ...] = ()
