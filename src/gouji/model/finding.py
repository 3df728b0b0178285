"""Grades, verdicts and findings (评级与发现)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gouji.model.relation import AnyRelation

Grade = Literal[
    "holds",
    "holds_by_rounding",
    "last_digit",
    "doubtful",
    "broken",
    "gross",
    "not_checked",
    "no_power",
]
Severity = Literal["error", "warning", "note"]
Confidence = Literal["high", "medium", "low"]

SEVERITY_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Recomputed:
    """The arithmetic shown to the reader (复算): expression, value and the range it may take."""

    expression: str
    value: str | None = None
    low: str | None = None
    high: str | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """A named slip that would explain the number (可能的原因): message id and its fields."""

    name: str
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What arithmetic says of one relation (结论). Only `check.judge` makes verdicts."""

    relation: AnyRelation
    grade: Grade
    recomputed: Recomputed | None = None
    reason: str = ""
    slips: tuple[Slip, ...] = ()
