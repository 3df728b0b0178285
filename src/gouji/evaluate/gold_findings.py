"""How many known contradictions are found, and how many sound passages stay quiet (发现评测).

A labelled finding counts as found when a finding's evidence overlaps one of its quotes, white space
aside. A `silent` passage counts as disturbed when a finding above note *rests* on it: every quote of
the finding's evidence lies within the passage's quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gouji.model.report import Finding, Report

DECIDABLE = frozenset({"arithmetic", "count", "date", "pattern"})
"""Labels that need no reading comprehension; `score` belongs to the performance part."""
SHORTEST = 4
"""Quotes shorter than this (after squeezing) overlap anything and prove nothing."""


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled finding (标注)."""

    id: str
    judged_by: str
    family: str
    quotes: tuple[str, ...]
    disputed: bool


@dataclass(frozen=True, slots=True)
class FindingScore:
    """Labels found and missed, sound passages disturbed (结果)."""

    document: str
    found: dict[str, str]
    """Label id → id of the first finding that overlaps it."""
    missed: tuple[Label, ...]
    disturbed: tuple[tuple[str, str], ...]
    """(silent id, finding id)."""
    unlabelled: tuple[Finding, ...]
    """Findings above note that overlap no label: each is to be read by a person."""
    silent: int


def squeeze(text: str) -> str:
    """Drop white space and the markup a paste leaves, so that quotes compare."""
    text = re.sub(r"\s+|\*\*|\^\{[^}]*\}", "", text)
    return text.translate(str.maketrans("，：；（）％“”", ',:;()%""'))


def overlaps(one: str, two: str) -> bool:
    """Tell whether one squeezed quote lies within the other."""
    a, b = squeeze(one), squeeze(two)
    if min(len(a), len(b)) < SHORTEST:
        return a == b
    return a in b or b in a


def load_labels(path: Path) -> tuple[tuple[Label, ...], tuple[Label, ...]]:
    """Return (findings, silent passages) of one label file."""
    import yaml  # noqa: PLC0415 (a development dependency)

    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(_labels(data["findings"])), tuple(_labels(data["silent"]))


def _labels(entries: Iterable[dict[str, Any]]) -> Iterator[Label]:
    for entry in entries:
        yield Label(
            entry["id"],
            entry.get("judged_by", ""),
            entry.get("family", ""),
            tuple(str(q) for q in entry["quotes"]),
            "disputed" in entry,
        )


def score_findings(
    name: str, report: Report, labels: tuple[Label, ...], silent: tuple[Label, ...]
) -> FindingScore:
    """Compare a report with the labels of its document."""
    found: dict[str, str] = {}
    matched: set[str] = set()
    for label in labels:
        for finding in report.findings:
            if any(overlaps(e.quote, q) for e in finding.evidence for q in label.quotes):
                found.setdefault(label.id, finding.id)
                matched.add(finding.id)
    above = [f for f in report.findings if f.severity != "note"]
    return FindingScore(
        name,
        found,
        tuple(x for x in labels if x.id not in found and _counts(x)),
        tuple(
            (passage.id, finding.id)
            for passage in silent
            for finding in above
            if finding.id not in matched and _rests_on(finding, passage)
        ),
        tuple(f for f in above if f.id not in matched),
        len(silent),
    )


def _counts(label: Label) -> bool:
    return label.judged_by in DECIDABLE and not label.disputed


def decidable(labels: Iterable[Label]) -> tuple[Label, ...]:
    """Return the labels that count: judged by arithmetic, count, date or pattern, not disputed."""
    return tuple(x for x in labels if _counts(x))


def _rests_on(finding: Finding, passage: Label) -> bool:
    return all(any(overlaps(e.quote, q) for q in passage.quotes) for e in finding.evidence)
