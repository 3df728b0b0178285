"""The whole ledger as SARIF 2.1.0 (SARIF 台账): findings, passed checks, and rules that did not apply.

What was looked at ends as one kind: fail (a finding), pass, open (a figure was missing or ambiguous),
informational (too few digits to tell), notApplicable (the rule had nothing to judge).
"""

from __future__ import annotations

from gouji.messages import Catalogue
from gouji.model.examined import Examined
from gouji.model.report import Check, Skipped
from gouji.report.labels import GRADES, READING
from gouji.report.legible import legible
from gouji.report.sarif import Json, Writer, log_of

KINDS = {
    "holds": "pass",
    "holds_by_rounding": "pass",
    "not_checked": "open",
    "no_power": "informational",
}
"""Grades that are no findings."""


def render(examined: Examined, source: bytes, say: Catalogue) -> bytes:
    """Return findings and ledger as a SARIF log."""
    writer, report = Writer(examined, say), examined.report
    results = [
        *(writer.finding(f) for f in report.findings),
        *(_check(c, writer) for c in report.checks if c.grade in KINDS and c.rule != READING),
        *(_skipped(s, writer) for s in report.skipped),
    ]
    return log_of(writer.run(results, source))


def _check(check: Check, writer: Writer) -> Json:
    card = writer.cards.get(check.rule)
    told = (card.title if card else check.rule, writer.say(GRADES[check.grade]), check.reason)
    first, *others = check.evidence or (None,)
    return {
        "ruleId": check.rule,
        "kind": KINDS[check.grade],
        "level": "none",
        "message": {"text": legible("：".join(t for t in told if t))},
        "locations": [writer.location(first)],
        "relatedLocations": [writer.location(e, n) for n, e in enumerate(others, 1)],
        "properties": {"grade": check.grade},
    }


def _skipped(skipped: Skipped, writer: Writer) -> Json:
    return {
        "ruleId": skipped.rule,
        "kind": "notApplicable",
        "level": "none",
        "message": {"text": legible(skipped.reason)},
        "locations": [writer.location(None)],
    }
