"""The report on a terminal (终端报告): headline, findings worst first, one line of coverage."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from gouji.messages import N_, Catalogue
from gouji.model.report import Finding, Report
from gouji.report.labels import (
    ROLES,
    SEVERITIES,
    coverage_line,
    document_line,
    quote,
    where,
    worth_showing,
)

STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold blue"}
MOST_EVIDENCE = 8
"""Pieces of evidence shown for one finding; the JSON report has them all."""


def print_report(report: Report, console: Console, say: Catalogue) -> None:
    """Print a report for a person."""
    console.print(Text(report.summary.headline, style="bold"))
    console.print(Text(document_line(report.document, say), style="dim"))
    for finding in report.findings:
        console.print()
        _finding(finding, console, say)
    console.print()
    console.print(Text(coverage_line(report, say)))


def _finding(finding: Finding, console: Console, say: Catalogue) -> None:
    title = Text(f"{finding.id} ")
    title.append(say(SEVERITIES[finding.severity]), style=STYLES[finding.severity])
    title.append(f"  {finding.rule} {finding.name}", style="dim")
    console.print(title)
    _indented(Text(finding.message), console)
    shown = worth_showing(finding)
    for evidence in shown[:MOST_EVIDENCE]:
        line = Text(f"{say(ROLES.get(evidence.role, evidence.role))}  ", style="dim")
        line.append(f"「{quote(evidence, say)}」", style="not dim")
        line.append(f"  {where(evidence, say)}".rstrip())
        _indented(line, console)
    more = len(shown) - MOST_EVIDENCE
    if more > 0:
        _indented(Text(say(N_("…… 另有 {n} 处"), n=more), style="dim"), console)
    for sentence in (finding.explanation, *finding.suggestions):
        if sentence:
            _indented(Text(sentence), console)


def _indented(text: Text, console: Console) -> None:
    console.print(Padding(text, (0, 0, 0, 3), expand=False))
