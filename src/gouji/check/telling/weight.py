"""How much a finding weighs (分量): severity by rule and grade, confidence by evidence."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.check.run import Judged
from gouji.check.terms import rests_on_model, terms_of
from gouji.model.finding import SEVERITY_ORDER, Confidence, Grade, Severity
from gouji.model.relation import AnyRelation

GRADE_SEVERITY: dict[Grade, Severity] = {
    "gross": "error",
    "broken": "error",
    "doubtful": "warning",
    "last_digit": "note",
}
GRADE_ORDER: dict[Grade, int] = {"gross": 0, "broken": 1, "doubtful": 2, "last_digit": 3}


def severity_of(entry: Judged) -> Severity:
    """Return the severity of a failing verdict: its grade's, capped by the rule and the relation."""
    relation = entry.verdict.relation
    caps: list[Severity] = [GRADE_SEVERITY[entry.verdict.grade], entry.rule.at_most]
    if not relation.severe:
        caps.append("warning")
    if rests_on_model(relation):
        caps.append("warning")
    if relation.minor:
        caps.append("note")
    return max(caps, key=SEVERITY_ORDER.__getitem__)


def confidence_of(relation: AnyRelation, ruled: Mapping[str, bool]) -> Confidence:
    """Return how sure the evidence is: printed text, a rebuilt grid, digits perhaps misread, a model.

    `ruled` tells for each grid whether its columns come from rules or typed tabs.
    """
    figures = [term.figure for term in terms_of(relation)]
    if any(f.misread is not None or f.suggested for f in figures):
        return "low"
    cells = [f.place.cell for f in figures]
    if any(cell is not None and not ruled.get(cell.grid, True) for cell in cells):
        return "medium"
    return "high"
