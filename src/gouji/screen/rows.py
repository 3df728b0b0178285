"""What the store keeps of a report beside its JSON: rows to sort and to count by (存储行)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from gouji.model.examined import Examined, PrintedFate
from gouji.model.report import Finding, Report
from gouji.screen.outcome import FactRow, FindingRow, NumberSpan, PageText


def finding_row(finding: Finding) -> FindingRow:
    """Return a finding as one row (发现行)."""
    return FindingRow(
        finding.id,
        finding.fingerprint,
        finding.rule,
        finding.name,
        finding.grade,
        finding.severity,
        finding.confidence,
        finding.message,
        next((e.page for e in finding.evidence if e.page is not None), None),
        finding.cluster,
    )


def verdict_rows(report: Report) -> tuple[tuple[str, str, int], ...]:
    """Count the ledger by rule and grade (核对计数)."""
    counts = Counter((check.rule, check.grade) for check in report.checks)
    return tuple((rule, grade, n) for (rule, grade), n in sorted(counts.items()))


def fact_rows(examined: Examined) -> tuple[FactRow, ...]:
    """Return the figures that other documents can be held against (事实行)."""
    del examined
    return ()


def page_texts(examined: Examined) -> tuple[PageText, ...]:
    """Return the text of each page with the fate of its numbers (页面文字)."""
    by_page: dict[int | None, list[PrintedFate]] = defaultdict(list)
    for fate in examined.fates:
        by_page[fate.place.page].append(fate)
    return tuple(
        PageText(
            page.number, page.text, page.width, page.height, tuple(_spans(by_page[page.number]))
        )
        for page in examined.disclosure.document.pages
    )


def _spans(fates: list[PrintedFate]) -> Iterator[NumberSpan]:
    for fate in sorted(fates, key=lambda f: (f.place.start, f.place.end)):
        yield NumberSpan(fate.place.start, fate.place.end, fate.fate, fate.place.box)
