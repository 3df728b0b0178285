"""The report as Markdown (Markdown 报告). What comes from the document is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.messages import N_, Catalogue
from gouji.model.examined import Examined
from gouji.model.report import Finding, Report
from gouji.report.labels import (
    CONFIDENCES,
    SEVERITIES,
    coverage_line,
    decision_lines,
    document_line,
    model_lines,
    quote,
    role,
    unread_lines,
    where,
    worth_showing,
)
from gouji.report.legible import one_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~!])")


def render(examined: Examined, _source: bytes, say: Catalogue) -> bytes:
    """Return the report as Markdown in UTF-8."""
    return to_markdown(examined.report, say).encode()


def to_markdown(report: Report, say: Catalogue) -> str:
    """Return the report for a reader of Markdown."""
    return "\n".join(_lines(report, say)).rstrip("\n") + "\n"


def _lines(report: Report, say: Catalogue) -> Iterator[str]:
    yield from (f"# {say(N_('核查报告'))}", "", escaped(report.summary.headline), "")
    yield from (escaped(document_line(report.document, say)), "")
    if report.findings:
        yield from (f"## {say(N_('发现'))}", "")
    for finding in report.findings:
        yield from _finding(finding, say)
    yield from (f"## {say(N_('核对范围'))}", "", coverage_line(report, say), "")
    for line in (*unread_lines(report, say), *model_lines(report, say)):
        yield from (escaped(line), "")
    if report.skipped:
        yield from (f"## {say(N_('未能执行的规则'))}", "")
        yield from (f"- {skipped.rule}：{escaped(skipped.reason)}" for skipped in report.skipped)


def _finding(finding: Finding, say: Catalogue) -> Iterator[str]:
    severity, confidence = say(SEVERITIES[finding.severity]), say(CONFIDENCES[finding.confidence])
    yield from (f"### {finding.id} {severity} · {finding.rule} · {confidence}", "")
    yield from (escaped(finding.message), "")
    for evidence in worth_showing(finding):
        quoted, place = escaped(quote(evidence, say)), escaped(where(evidence, say))
        yield f"- {role(evidence, say)}「{quoted}」 {place}".rstrip()
    yield ""
    for sentence in (finding.explanation, *finding.suggestions):
        if sentence:
            yield from (escaped(sentence), "")
    for line in decision_lines(finding.decision, say):
        yield from (f"**{escaped(line)}**", "")


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", one_line(text))
