"""What the report page shows (报告页): findings by root cause, and the marks on each page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from gouji.model.finding import Severity
from gouji.model.place import Box
from gouji.model.report import Evidence, Finding, Report
from gouji.screen.outcome import NumberSpan, PageText
from gouji.web.entry import Entry
from gouji.web.page_rows import PageSize

DecisionState = Literal["open", "confirmed", "dismissed", "commented"]
"""未复核 · 属实 · 不成立 · 仅批注"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding on the page (发现)."""

    finding: Finding
    state: DecisionState
    page: int | None
    """Index of the page its first quote stands on, from 1."""

    @property
    def family(self) -> str:
        """The three letters of its rule."""
        return self.finding.rule[:3]

    @property
    def anchor(self) -> str:
        """The id of its element: `f-` and the fingerprint."""
        return f"f-{self.finding.fingerprint}"


@dataclass(frozen=True, slots=True)
class Group:
    """Findings with one root cause (同一起因)."""

    cluster: str | None
    """None for a finding that stands alone."""
    findings: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A quote of a finding where it stands on a page (标记)."""

    fingerprint: str
    finding_id: str
    severity: Severity
    role: str
    boxes: tuple[Box, ...]
    """Points, from the page's top left, one box a line; empty for text."""
    start: int
    end: int
    """Characters of the page's text."""
    is_around: bool
    """True for a clause that holds figures of the same finding: those are what to look at."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page beside the findings (页面)."""

    index: int
    number: int | None
    width: float
    height: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a page's text: a number with its fate, or what stands between (文字片段)."""

    text: str
    fate: str
    """"" between numbers; otherwise checked, read, not_a_quantity, unread."""
    start: int
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Facets:
    """How many findings a filter would leave (筛选)."""

    severities: dict[str, int]
    grades: dict[str, int]
    families: dict[str, int]
    states: dict[str, int]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filter in the address (筛选条件): empty fields let everything through."""

    severity: str = ""
    grade: str = ""
    family: str = ""
    state: str = ""

    def lets_through(self, shown: Shown) -> bool:
        """Tell whether a finding is among those asked for (是否显示)."""
        finding = shown.finding
        return (
            self.severity in ("", finding.severity)
            and self.grade in ("", finding.grade)
            and self.family in ("", shown.family)
            and self.state in ("", shown.state)
        )


def state_of(finding: Finding) -> DecisionState:
    """Return what was decided about a finding, in a word (复核状态)."""
    if finding.decision is None:
        return "open"
    return finding.decision.status or "commented"


def shown(report: Report, entry: Entry) -> tuple[Shown, ...]:
    """Return the findings of a report (发现)."""
    first = 1 if entry.source == "text" else None
    return tuple(
        Shown(f, state_of(f), next((e.page for e in f.evidence if e.page), first))
        for f in report.findings
    )


def groups(findings: Iterable[Shown]) -> tuple[Group, ...]:
    """Put findings of one root cause together, where the first of them stands (归组)."""
    together: dict[str, list[Shown]] = {}
    for each in findings:
        together.setdefault(each.finding.cluster or f"\0{each.finding.id}", []).append(each)
    return tuple(
        Group(None if name.startswith("\0") else name, tuple(members))
        for name, members in together.items()
    )


def facets(findings: Iterable[Shown]) -> Facets:
    """Count findings by what they can be filtered by (计数)."""
    every = list(findings)
    return Facets(
        severities=dict(Counter(s.finding.severity for s in every)),
        grades=dict(Counter(s.finding.grade for s in every)),
        families=dict(sorted(Counter(s.family for s in every).items())),
        states=dict(Counter(s.state for s in every)),
    )


def sheets(findings: Sequence[Shown], sizes: Sequence[PageSize]) -> tuple[Sheet, ...]:
    """Return the pages with their marks (页面)."""
    by_page: dict[int, dict[Mark, None]] = {}
    boxes = {
        (index, quote.start, quote.end): quote.boxes
        for index, size in enumerate(sizes, 1)
        for quote in size.quotes
    }
    for each in findings:
        for item in each.finding.evidence:
            index = item.page or 1
            exact = boxes.get((index, item.start, item.end), ())
            mark = _mark(each.finding, item, exact)
            by_page.setdefault(index, {})[mark] = None
    return tuple(
        Sheet(index, size.number, size.width, size.height, tuple(by_page.get(index, ())))
        for index, size in enumerate(sizes, 1)
    )


def _mark(finding: Finding, item: Evidence, exact: tuple[Box, ...]) -> Mark:
    is_around = any(
        (item.page, item.start, item.end) != (other.page, other.start, other.end)
        and item.page == other.page
        and item.start <= other.start
        and other.end <= item.end
        for other in finding.evidence
    )
    return Mark(
        finding.fingerprint,
        finding.id,
        finding.severity,
        item.role,
        exact or ((item.bbox,) if item.bbox else ()),
        item.start,
        item.end,
        is_around,
    )


def pieces(page: PageText, found: Iterable[Mark] = ()) -> tuple[Piece, ...]:
    """Cut a page's text at its numbers and marks: joined again it is the text (切分)."""
    every = list(found)
    edges = {0, len(page.text)}
    for start, end in [(n.start, n.end) for n in page.numbers] + [(m.start, m.end) for m in every]:
        edges |= {min(max(0, start), len(page.text)), min(max(0, end), len(page.text))}
    cuts = sorted(edges)
    numbers = _Spans(page.numbers)
    return tuple(
        Piece(
            page.text[start:end],
            numbers.fate_at(start),
            start,
            tuple(m for m in every if m.start <= start and end <= m.end),
        )
        for start, end in pairwise(cuts)
    )


class _Spans:
    """Numbers in printed order, asked for one place after the other."""

    def __init__(self, numbers: Sequence[NumberSpan]) -> None:
        self._numbers = sorted(numbers, key=lambda n: (n.start, n.end))
        self._next = 0

    def fate_at(self, start: int) -> str:
        while self._next < len(self._numbers) and self._numbers[self._next].end <= start:
            self._next += 1
        if self._next == len(self._numbers):
            return ""
        number = self._numbers[self._next]
        return number.fate if number.start <= start else ""
