"""The report on a terminal (终端报告): headline, findings worst first, one line of coverage."""

from __future__ import annotations

import os
from io import StringIO

from rich.console import Console
from rich.text import Text

from gouji.messages import N_, Catalogue
from gouji.model.examined import Examined
from gouji.model.report import Finding, Report
from gouji.report.labels import (
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
from gouji.report.legible import legible
from gouji.report.wrap import wrapped

STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold blue"}
WIDTH = 100
"""Columns of text that goes to no terminal and has no COLUMNS set."""
INDENT = 3
MOST_EVIDENCE = 8
"""Pieces of evidence shown for one finding; the JSON report has them all."""


def render(examined: Examined, _source: bytes, say: Catalogue) -> bytes:
    """Return the report as plain text in UTF-8, for a file or a pipe."""
    width = None if "COLUMNS" in os.environ else WIDTH
    plain = StringIO()
    console = Console(file=plain, width=width, highlight=False, emoji=False, markup=False)
    print_report(examined.report, console, say)
    return "".join(f"{line.rstrip()}\n" for line in plain.getvalue().splitlines()).encode()


def print_report(report: Report, console: Console, say: Catalogue) -> None:
    """Print a report for a person."""
    _print(report.summary.headline, console, style="bold")
    _print(document_line(report.document, say), console, style="dim")
    for finding in report.findings:
        console.print()
        _finding(finding, console, say)
    console.print()
    _print(coverage_line(report, say), console)
    for line in (*unread_lines(report, say), *model_lines(report, say)):
        _print(line, console)


def _finding(finding: Finding, console: Console, say: Catalogue) -> None:
    title = Text(f"{finding.id} ")
    title.append(say(SEVERITIES[finding.severity]), style=STYLES[finding.severity])
    title.append(f"  {finding.rule} {finding.name}", style="dim")
    console.print(title, overflow="fold")
    _print(finding.message, console, INDENT)
    shown = worth_showing(finding)
    for evidence in shown[:MOST_EVIDENCE]:
        line = f"{role(evidence, say)}「{quote(evidence, say)}」 {where(evidence, say)}"
        _print(line, console, INDENT, style="dim")
    more = len(shown) - MOST_EVIDENCE
    if more > 0:
        _print(say(N_("…… 另有 {n} 处"), n=more), console, INDENT, style="dim")
    for sentence in (finding.explanation, *finding.suggestions):
        _print(sentence, console, INDENT)
    for line in decision_lines(finding.decision, say):
        _print(line, console, INDENT, style="bold")


def _print(text: str, console: Console, indent: int = 0, style: str = "") -> None:
    for line in wrapped(legible(text), console.width - indent):
        console.print(Text(" " * indent + line, style=style), no_wrap=True, overflow="fold")
