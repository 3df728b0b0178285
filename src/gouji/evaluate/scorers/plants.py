"""Scores planted defects (植入差错的评测): found at the right place, or not.

A finding is new when the document did not have it before: none of the same rule rested on the same
places. It is *at the place* when its evidence
overlaps the changed characters, or holds a figure tied to them by a relation the change breaks: a
cascade is the defect seen from its other end, not a false alarm. A new finding anywhere else is a
stray. It must weigh more than a note, except for slips of form, which contradict no figure. A control
must raise nothing above note.
"""

from __future__ import annotations

from gouji.evaluate.edits import changed, shifted
from gouji.evaluate.labels import Answer, Found, Labels, Plant, Standing
from gouji.evaluate.scorers.findings import describe
from gouji.evaluate.scorers.quotes import meets
from gouji.evaluate.scorers.scored import Scored


def score(labels: Labels, answer: Answer, scored: Scored) -> None:
    """Add the outcome of one plant."""
    plant = labels.plant
    if plant is None:
        return
    fresh = [f for f in answer.findings if not any(_same(s, f, plant) for s in answer.standing)]
    loud = [f for f in fresh if f.loud]
    if plant.control:
        _control(plant, loud, scored)
        return
    counted = fresh if plant.quiet else loud
    there = [f for f in counted if at_place(f, plant)]
    strays = [f for f in loud if f not in there]
    scored.add("plants.found", bool(there))
    scored.add(f"plants.found[{plant.kind}]", bool(there))
    scored.add("plants.strays", len(strays))
    if there:
        scored.add("plants.first", counted[0] in there)
    else:
        due = "、".join(plant.rules) or "文字规则"
        scored.wrong.append(f"未发现 {plant.kind} {plant.quote} 应由 {due}")
    for finding in loud:
        scored.add(f"confidence[{finding.confidence}]", finding in there)
    scored.wrong += [f"别处 {plant.kind} {plant.quote}：{describe(f)}" for f in strays]


def _control(plant: Plant, loud: list[Found], scored: Scored) -> None:
    scored.add("controls.alarms", bool(loud))
    scored.add(f"controls.alarms[{plant.kind}]", bool(loud))
    scored.add("controls.errors", any(f.severity == "error" for f in loud))
    scored.wrong += [f"对照被误报 {plant.kind} {plant.quote}：{describe(f)}" for f in loud]


def at_place(finding: Found, plant: Plant) -> bool:
    """Tell whether a finding rests on what was changed, or on its partners in the cascade."""
    spans = [*changed(plant.edits), *(shifted(span, plant.edits) for span in plant.cascade)]
    return any(meets((e.start, e.end), span) for e in finding.evidence for span in spans)


def _same(standing: Standing, finding: Found, plant: Plant) -> bool:
    """Tell whether a finding stood in the document before: same rule, on the same places."""
    if standing.rule != finding.rule:
        return False
    spans = [(e.start, e.end) for e in finding.evidence]
    return all(
        any(meets(shifted(before, plant.edits), span) for span in spans)
        for before in standing.spans
    )
