"""Scores findings on labelled documents (发现的评测).

A labelled finding counts as found when a finding's evidence overlaps one of its quotes, white space
aside. A `silent` passage counts as disturbed when a finding above note *rests* on it: every quote of
the finding's evidence lies within the passage's quotes. In a document known to be clean every
finding above note is false.
"""

from __future__ import annotations

from gouji.evaluate.labels import Answer, FindingLabel, Found, Labels
from gouji.evaluate.scorers.quotes import overlaps
from gouji.evaluate.scorers.scored import Scored

DECIDABLE = frozenset({"arithmetic", "count", "date", "pattern", "score"})
"""Labels that need no reading comprehension."""


def score(labels: Labels, answer: Answer, scored: Scored) -> None:
    """Add what was found, missed and disturbed in one document."""
    if labels.findings is not None:
        _labelled(labels, answer, scored)
    if labels.clean and not answer.error:
        _clean(answer, scored, judged=labels.findings is not None)


def _labelled(labels: Labels, answer: Answer, scored: Scored) -> None:
    known = labels.findings or ()
    matched = {f.id for f in answer.findings if any(_meets(x, f) for x in known)}
    for label in known:
        if label.disputed or label.judged_by not in DECIDABLE:
            continue
        hit = any(_meets(label, f) for f in answer.findings)
        scored.add("findings.recall", hit)
        scored.add(f"findings.recall[{label.judged_by}]", hit)
        if not hit:
            scored.wrong.append(
                f"未发现 {label.id} [{label.judged_by}/{label.family}] {label.quotes[0][:50]}"
            )
    for finding in answer.findings:
        if finding.loud:
            right = finding.id in matched
            scored.add("findings.precision", right)
            scored.add(f"findings.precision[{finding.rule[:3]}]", right)
            scored.add(f"confidence[{finding.confidence}]", right)
            if not right:
                scored.wrong.append(f"标注外 {describe(finding)}")
    for passage in labels.silent or ():
        noise = [f for f in answer.findings if f.loud and f.id not in matched and _on(f, passage)]
        scored.add("findings.disturbed", bool(noise))
        scored.wrong += [f"打扰 {passage.id} ← {describe(f)}" for f in noise]


def _meets(label: FindingLabel, finding: Found) -> bool:
    return any(overlaps(e.quote, q) for e in finding.evidence for q in label.quotes)


def _on(finding: Found, passage: FindingLabel) -> bool:
    return all(any(overlaps(e.quote, q) for q in passage.quotes) for e in finding.evidence)


def _clean(answer: Answer, scored: Scored, *, judged: bool) -> None:
    errors = [f for f in answer.findings if f.severity == "error"]
    warnings = [f for f in answer.findings if f.severity == "warning"]
    for finding in () if judged else (*errors, *warnings):
        scored.add(f"confidence[{finding.confidence}]", 0)
    scored.add("clean.errors", len(errors))
    scored.add("clean.warnings", len(warnings))
    scored.wrong += [f"误报 {describe(f)}" for f in (*errors, *warnings)]


def describe(finding: Found) -> str:
    """Return a finding in one line, for the list of what went wrong."""
    return f"{finding.rule} {finding.severity}/{finding.grade}: {finding.message}"
