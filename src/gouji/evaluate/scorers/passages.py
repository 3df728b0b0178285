"""Scores single passages known to be consistent or not (句子的评测)."""

from __future__ import annotations

from gouji.evaluate.labels import Answer, Labels
from gouji.evaluate.scorers.findings import describe
from gouji.evaluate.scorers.scored import Scored


def score(labels: Labels, answer: Answer, scored: Scored) -> None:
    """Add whether a passage was flagged: any finding counts if it is wrong, one above note if sound."""
    if labels.consistent is False:
        scored.add("passages.flagged", bool(answer.findings))
        if not answer.findings:
            scored.wrong.append(f"漏报 {labels.text[:80]}")
    elif labels.consistent is True:
        loud = [f for f in answer.findings if f.loud]
        scored.add("passages.alarmed", bool(loud))
        scored.wrong += [f"误报 {describe(f)}" for f in loud]
