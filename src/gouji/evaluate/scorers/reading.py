"""Coverage and cost (覆盖率与代价): needs no labels."""

from __future__ import annotations

from gouji.evaluate.labels import Answer, Labels
from gouji.evaluate.scorers.scored import Scored

COSTS = ("seconds", "memory_mb", "calls", "tokens", "money", "cached", "failed")


def score(labels: Labels, answer: Answer, scored: Scored) -> None:
    """Add what became of the printed numbers, and what the answer cost."""
    if labels.pictures != "all":  # a scan is refused, and rightly: `pictures` scores that
        scored.add("answered", not answer.error)
    if answer.error and labels.pictures != "all":
        scored.wrong.append(f"没有应答：{answer.error}")
    if not labels.plants and answer.coverage:
        counts = answer.coverage
        quantities = counts["checked"] + counts["read"] + counts["unread"]
        scored.add("coverage.checked", counts["checked"], quantities)
        scored.add("coverage.unread", counts["prose_unread"], counts["prose"])
    if answer.cost is not None:
        for name in COSTS:
            scored.add(f"cost.{name}", getattr(answer.cost, name))
