"""How many projects got which grade, as the prose counts them (各等级项目数)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gouji.model.claim import Level

_GRADE = re.compile(
    "(?:^|[为是“\"‘'])(优秀|优|良好|良|中等|中|合格|不合格|较差|差)(?:[”\"’']|等级|等次|的|项目)*$"
)
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class GradedCounts:
    """The counts of one enumeration (优4个、良2个): grade → the statement that counts it."""

    block: int
    counts: dict[str, Level]

    def number(self, grade: str) -> int:
        """Return how many got a grade; 0 where it is not named."""
        return int(self.counts[grade].value.value) if grade in self.counts else 0

    @property
    def total(self) -> int:
        """Return how many got any of the grades named."""
        return sum(self.number(grade) for grade in self.counts)


def grade_in(text: str) -> str:
    """Return the grade a subject ends in (评价结果为“优”的项目 → 优), or nothing."""
    found = _GRADE.search(text)
    return found[1] if found else ""


def graded_counts(levels: Iterable[Level]) -> tuple[GradedCounts, ...]:
    """Return each enumeration of at least two grades; a grade named again begins another."""
    found: list[GradedCounts] = []
    for level in levels:
        grade = grade_in(level.subject.text)
        if not grade or level.value.unit is None or level.value.unit.name not in ("个", "项"):
            continue
        if not found or found[-1].block != level.block or grade in found[-1].counts:
            found.append(GradedCounts(level.block, {}))
        found[-1].counts[grade] = level
    return tuple(group for group in found if len(group.counts) >= _ENOUGH)
