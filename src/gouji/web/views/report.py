"""What the report page shows (报告页): findings by root cause, and the boxes on each page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from gouji.model.finding import SEVERITY_ORDER, Severity
from gouji.model.place import Box
from gouji.model.report import Evidence, Finding, Report
from gouji.report.cards import Card, Words, groups_of
from gouji.report.marks import Kind, kind_of
from gouji.web.entry import Entry
from gouji.web.page_rows import PageSize

DecisionState = Literal["open", "confirmed", "dismissed", "commented"]
"""未复核 · 已确认 · 已驳回 · 仅批注"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding on the page (发现)."""

    card: Card
    state: DecisionState
    page: int | None
    """Index of the page its first quote stands on, from 1."""

    @property
    def finding(self) -> Finding:
        """The finding as reported, with its decision."""
        return self.card.finding

    @property
    def family(self) -> str:
        """The three letters of its rule."""
        return self.finding.rule[:3]

    @property
    def is_across(self) -> bool:
        """Whether it is about several documents."""
        return any(evidence.document for evidence in self.finding.evidence)

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
    shared: tuple[str, ...]
    """Suggestions that all of them make."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A box on a page with the findings that point at it (框)."""

    box: Box
    """Points, from the page's top left."""
    kind: Kind
    severity: Severity
    """The worst of its findings."""
    fingerprints: tuple[str, ...]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page beside the findings (页面)."""

    index: int
    number: int | None
    width: float
    height: float
    spots: tuple[Spot, ...]
    """Passages first, so that figures lie above them."""


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


def shown(report: Report, entry: Entry, words: Words) -> tuple[Group, ...]:
    """Return the findings of a report, those of one root cause together (发现)."""
    first = 1 if entry.source == "text" else None
    return tuple(
        Group(
            group.cards[0].finding.cluster,
            tuple(
                Shown(card, state_of(card.finding), _page(card.finding) or first)
                for card in group.cards
            ),
            group.shared,
        )
        for group in groups_of(report.findings, words)
    )


def _page(finding: Finding) -> int | None:
    return next((e.page for e in finding.evidence if e.page and not e.document), None)


def links_to(found: Report, path: str) -> Callable[[str], str]:
    """Return what turns a finding's number into its address (发现地址)."""
    fingerprints = {finding.id: finding.fingerprint for finding in found.findings}
    return lambda number: f"{path}#f-{fingerprints.get(number, '')}"


def facets(findings: Iterable[Shown]) -> Facets:
    """Count findings by what they can be filtered by (计数)."""
    every = list(findings)
    return Facets(
        severities=dict(Counter(s.finding.severity for s in every)),
        grades=dict(Counter(s.finding.grade for s in every)),
        families=dict(sorted(Counter(s.family for s in every).items())),
        states=dict(Counter(s.state for s in every)),
    )


def marked_pages(report: Report) -> tuple[int, ...]:
    """Return the pages any finding points at (有标记的页)."""
    return tuple(
        sorted({e.page for f in report.findings for e in f.evidence if e.page and not e.document})
    )


def sheets(report: Report, sizes: Sequence[PageSize]) -> tuple[Sheet, ...]:
    """Return the pages with their boxes (页面)."""
    quoted = {
        (index, quote.start, quote.end): quote.boxes
        for index, size in enumerate(sizes, 1)
        for quote in size.quotes
    }
    on: dict[int, list[tuple[Evidence, Finding, Box]]] = defaultdict(list)
    for finding in report.findings:
        for item in finding.evidence:
            if item.page is not None and not item.document:
                exact = quoted.get((item.page, item.start, item.end), ())
                on[item.page] += [(item, finding, box) for box in _boxes(item, exact)]
    return tuple(
        Sheet(index, size.number, size.width, size.height, _spots(on[index]))
        for index, size in enumerate(sizes, 1)
    )


def _boxes(item: Evidence, exact: tuple[Box, ...]) -> tuple[Box, ...]:
    """Return a cell of a table whole, anything else by its own characters."""
    whole = (item.bbox,) if item.bbox else ()
    return whole if item.table is not None else exact or whole


def _spots(marks: Sequence[tuple[Evidence, Finding, Box]]) -> tuple[Spot, ...]:
    """Return one spot for each box, however many findings point at it; figures last, on top."""
    together: dict[tuple[Box, Kind], dict[str, Finding]] = {}
    for item, finding, box in sorted(marks, key=lambda mark: kind_of(mark[0]) == "figure"):
        together.setdefault((box, kind_of(item)), {})[finding.fingerprint] = finding
    return tuple(
        Spot(
            box,
            kind,
            min((f.severity for f in own.values()), key=SEVERITY_ORDER.__getitem__),
            tuple(own),
            tuple(f.id for f in own.values()),
        )
        for (box, kind), own in together.items()
    )
