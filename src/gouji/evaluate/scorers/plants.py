"""Scores planted defects (植入差错的评测): found at the right place, or not.

A finding is new when the document did not have it before: none of the same rule rested on the same
places. It is *at the place* when its evidence
overlaps the changed characters, or holds a figure tied to them by a relation the change breaks: a
cascade is the defect seen from its other end, not a false alarm. A new finding at the place of no
plant is a stray. It must weigh more than a note, except for slips of form, which contradict no figure.
A control must raise nothing above note. In a PDF the places are those at which the planted words were
printed (`alignment`).
"""

from __future__ import annotations

from collections.abc import Sequence

from gouji.evaluate.edits import edits_of, shifted, spans_of
from gouji.evaluate.labels import Answer, Edit, Found, Labels, Plant, Standing, Where
from gouji.evaluate.scorers.findings import describe
from gouji.evaluate.scorers.quotes import meets
from gouji.evaluate.scorers.scored import Scored


def score(labels: Labels, answer: Answer, scored: Scored) -> None:
    """Add the outcome of the plants of one document."""
    if not labels.plants:
        return
    edits = edits_of(labels.plants)
    places = answer.places or [_in_text(p, edits) for p in labels.plants]
    fresh = [f for f in answer.findings if not any(_same(s, f, edits) for s in answer.standing)]
    loud = [f for f in fresh if f.loud]
    there: list[Found] = []
    defects = [p for p in labels.plants if not p.control]
    for plant, spots in zip(labels.plants, places, strict=True):
        if plant.control:
            continue
        met = [f for f in (fresh if plant.quiet else loud) if at_place(f, spots)]
        _planted(plant, found=bool(met), scored=scored)
        there += met
    if not defects:
        _controls(labels.plants, loud, scored)
        return
    strays = [f for f in loud if f not in there]
    if there:
        first = (fresh if all(p.quiet for p in defects) else loud or fresh)[0]
        scored.add("plants.first", first in there)
    if len(defects) > 1:
        found, _ = scored.ratios["plants.found"]
        scored.add("plants.all", found == len(defects))
    scored.add("plants.strays", len(strays))
    for finding in loud:
        scored.add(f"confidence[{finding.confidence}]", finding in there)
    kinds = "、".join(p.kind for p in defects)
    scored.wrong += [f"别处 {kinds} {defects[0].quote}：{describe(f)}" for f in strays]


def _planted(plant: Plant, *, found: bool, scored: Scored) -> None:
    scored.add("plants.found", found)
    scored.add(f"plants.found[{plant.kind}]", found)
    if not found:
        due = "、".join(plant.rules) or "文字规则"
        scored.wrong.append(f"未发现 {plant.kind} {plant.quote} 应由 {due}")


def _controls(plants: Sequence[Plant], loud: list[Found], scored: Scored) -> None:
    scored.add("controls.alarms", bool(loud))
    for kind in dict.fromkeys(p.kind for p in plants):
        scored.add(f"controls.alarms[{kind}]", bool(loud))
    scored.add("controls.errors", any(f.severity == "error" for f in loud))
    names = "、".join(f"{p.kind} {p.quote}" for p in plants)
    scored.wrong += [f"对照被误报 {names}：{describe(f)}" for f in loud]


def _in_text(plant: Plant, edits: Sequence[Edit]) -> tuple[Where, ...]:
    return tuple((None, start, end) for start, end in spans_of(plant, edits))


def at_place(finding: Found, places: Sequence[Where]) -> bool:
    """Tell whether a finding rests on what was changed, or on its partners in the cascade."""
    return any(
        e.page == page and meets((e.start, e.end), (start, end))
        for e in finding.evidence
        for page, start, end in places
    )


def _same(standing: Standing, finding: Found, edits: Sequence[Edit]) -> bool:
    """Tell whether a finding stood in the document before: same rule, on the same places."""
    if standing.rule != finding.rule:
        return False
    spans = [(e.start, e.end) for e in finding.evidence]
    return all(
        any(meets(shifted(before, edits), span) for span in spans) for before in standing.spans
    )
