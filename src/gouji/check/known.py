"""Leaves out what a baseline knows (基线), and says how much that is.

The ledger and its counts stay whole: only the list of findings is shorter, and the headline says so.
"""

from __future__ import annotations

from collections import Counter

from gouji.check.telling.headline import headline
from gouji.check.telling.reasons import REASONS
from gouji.messages import LANGUAGES, N_, Catalogue
from gouji.model.baseline import Baseline, BaselineEntry, key_in
from gouji.model.report import Hidden, Report


def without_known(report: Report, baseline: Baseline, say: Catalogue) -> Report:
    """Return the report without the findings a baseline knows (去除已知)."""
    known = baseline.by_key()
    hidden: list[BaselineEntry] = []
    severities: Counter[str] = Counter()
    shown = []
    for finding in report.findings:
        entry = known.get(key_in(report.document, finding.fingerprint))
        if entry is None:
            shown.append(finding)
        else:
            hidden.append(entry)
            severities[finding.severity] += 1
    statuses = Counter(entry.status for entry in hidden)
    summary, coverage = report.summary, report.coverage
    held = summary.holds + summary.holds_by_rounding
    told = headline(shown, held, coverage.read + coverage.unread, say)
    if hidden:
        told += say(N_("另有 {n} 处已列入基线，不再显示。"), n=len(hidden))
    return report.model_copy(
        update={
            "findings": tuple(shown),
            "summary": summary.model_copy(update={"headline": told}),
            "baseline": Hidden(
                findings=len(hidden),
                error=severities["error"],
                warning=severities["warning"],
                note=severities["note"],
                known=statuses["known"],
                confirmed=statuses["confirmed"],
                dismissed=statuses["dismissed"],
            ),
        }
    )


def gone(baseline: Baseline, report: Report) -> list[BaselineEntry]:
    """Return the entries of a document that no longer occur in it (不再出现).

    An entry of a rule that was left out by an option is not gone: nobody looked.
    """
    occur = {key_in(report.document, f.fingerprint) for f in report.findings}
    unasked = {Catalogue(language)(REASONS["not_selected"]) for language in LANGUAGES}
    left_out = {s.rule for s in report.skipped if s.reason in unasked}
    unit = key_in(report.document, "")[:2]
    return [
        entry
        for entry in baseline.entries
        if entry.key[:2] == unit and entry.key not in occur and entry.rule not in left_out
    ]
