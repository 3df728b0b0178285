"""Which documents to read first (排序): a score from findings, and whether enough was read to speak.

The score weighs each finding by its grade, severity and confidence. Findings of one root cause count
once and a little; a document of which little could be read is scored lower, for its findings are
less sure, and is *unknown* where it has none: never clean.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from gouji.model.finding import Confidence, Grade, Severity
from gouji.screen.store.listed import Listed, StoredFinding

State = Literal["suspect", "unsure", "clean", "unknown"]
"""有矛盾 · 有疑点 · 未见矛盾 · 未知 (failed, or hardly read)"""

GRADES: Mapping[Grade, float] = {"gross": 10.0, "broken": 4.0, "doubtful": 0.5, "last_digit": 0.1}
SEVERITIES: Mapping[Severity, float] = {"error": 1.0, "warning": 0.15, "note": 0.02}
CONFIDENCES: Mapping[Confidence, float] = {"high": 1.0, "medium": 0.5, "low": 0.1}
EACH_NEXT = 0.85
"""What each further root cause counts, beside the one before: a table misread throughout, with a
hundred contradictions, must not stand above ten real ones everywhere else."""
FURTHER = 0.2
"""What a further finding of the same root cause counts."""
LEAST_NUMBERS = 20
"""Quantities below which a document tells too little to be called clean."""
LEAST_READ = 0.5
"""Share of its quantities that must be read for a document to be called clean."""
SUSPECT = 1.0
"""Score from which a document is suspect: one error of low grade and fair confidence."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document with its place in the queue (排序项)."""

    listed: Listed
    score: float
    state: State
    rules: tuple[str, ...]
    """Codes of its findings, weightiest first, each once."""

    @property
    def share_checked(self) -> float:
        """Checked ÷ quantities printed, 0 where there are none (核对率)."""
        quantities = quantities_of(self.listed)
        return self.listed.checked / quantities if quantities else 0.0


def quantities_of(listed: Listed) -> int:
    """Return how many quantities a document prints (数量): checked, read or not understood."""
    return listed.checked + listed.read + listed.unread


def ranked(documents: Iterable[Listed], findings: Iterable[StoredFinding]) -> list[Ranked]:
    """Return the documents, worst first, then unknown before clean (排序)."""
    by_result: dict[int, list[StoredFinding]] = defaultdict(list)
    for finding in findings:
        by_result[finding.result_id].append(finding)
    made = [_ranked(listed, by_result.get(listed.result_id, [])) for listed in documents]
    order = {"suspect": 0, "unsure": 1, "unknown": 2, "clean": 3}
    return sorted(made, key=lambda r: (order[r.state], -r.score, r.listed.location))


def weight_of(finding: StoredFinding) -> float:
    """Return what a finding weighs (权重): gross above broken, sure above guessed, dismissed nothing."""
    if finding.decision == "dismissed":
        return 0.0
    grade = GRADES.get(finding.grade, 0.0)
    return grade * SEVERITIES[finding.severity] * CONFIDENCES[finding.confidence]


def _ranked(listed: Listed, findings: list[StoredFinding]) -> Ranked:
    weights = sorted(((weight_of(f), f.rule) for f in findings), reverse=True)
    rules = tuple(dict.fromkeys(rule for _, rule in weights))
    if listed.status == "failed":
        return Ranked(listed, 0.0, "unknown", rules)
    read = _share_read(listed)
    causes = sorted(_causes(findings), reverse=True)
    total = sum(weight * EACH_NEXT**nth for nth, weight in enumerate(causes))
    score = round(total * (0.5 + 0.5 * read), 3)
    return Ranked(listed, score, _state(listed, score, read), rules)


def _causes(findings: Iterable[StoredFinding]) -> Iterator[float]:
    """Yield what each root cause weighs: its weightiest finding whole, the others a little."""
    causes: dict[str, list[float]] = defaultdict(list)
    for finding in findings:
        causes[finding.cluster or finding.finding_id].append(weight_of(finding))
    for weights in causes.values():
        first, *others = sorted(weights, reverse=True)
        yield first + FURTHER * sum(others)


def _share_read(listed: Listed) -> float:
    quantities = quantities_of(listed)
    return (listed.checked + listed.read) / quantities if quantities else 0.0


def _state(listed: Listed, score: float, read: float) -> State:
    if score >= SUSPECT:
        return "suspect"
    if quantities_of(listed) < LEAST_NUMBERS or read < LEAST_READ:
        return "unknown"
    return "unsure" if score > 0 else "clean"
