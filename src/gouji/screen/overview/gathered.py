"""What the overview shows (总览数据): counted from the store, in one pass over its findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gouji.check.rule import all_rules
from gouji.screen.outcome import Options
from gouji.screen.ranking import Ranked, State, ranked
from gouji.screen.store import Failure, Listed, Store, StoredFinding
from gouji.screen.store.across import AcrossFound
from gouji.screen.store.across import found as across_found
from gouji.screen.twins import Twins, twins

UNKNOWN = "—"
MOST_BARS = 20
BANDS = 10
"""Bars of the coverage plot: of ten points each."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a plot (一条): a label and counts by series."""

    label: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """Sum of the series."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Across:
    """A finding about several documents, and those (跨文件发现)."""

    told: AcrossFound
    documents: tuple[Listed, ...]


@dataclass(slots=True)
class Gathered:
    """All that an overview shows (总览数据)."""

    queue: list[Ranked]
    states: Counter[State]
    failures: list[Failure]
    across: list[Across]
    twins: list[Twins]
    findings: int
    errors: int
    by_rule: list[Bar] = field(default_factory=list)
    by_unit: list[Bar] = field(default_factory=list)
    by_year: list[Bar] = field(default_factory=list)
    coverage: list[Bar] = field(default_factory=list)


def gather(
    store: Store, options: Options | None, copies: Collection[str] = frozenset()
) -> Gathered:
    """Count what an overview shows (汇总).

    Of the documents in `copies` those go that are another document's very file: what was opened for
    review counts once.
    """
    every = list(store.documents(options))
    originals = {d.sha256 for d in every if d.document_id not in copies}
    documents = [d for d in every if d.document_id not in copies or d.sha256 not in originals]
    shown = {d.result_id for d in documents}
    named = {d.document_id: d for d in documents}
    across = [
        Across(each, tuple(named[d] for d in each.documents if d in named))
        for each in across_found(store, options.key if options else None)
        if each.finding.decision != "dismissed"
    ]
    own = (f for f in store.findings(options) if f.decision != "dismissed" and f.result_id in shown)
    found = [*own, *(a.told.finding for a in across)]
    queue = ranked(documents, found)
    return Gathered(
        queue=queue,
        states=Counter(r.state for r in queue),
        failures=store.failures(options),
        across=across,
        twins=twins(documents, store.signatures(options)),
        findings=len(found),
        errors=sum(f.severity == "error" for f in found),
        by_rule=_by_rule(found),
        by_unit=_by_unit(queue, found),
        by_year=_by_year(queue),
        coverage=_coverage(queue),
    )


def _by_rule(found: Iterable[StoredFinding]) -> list[Bar]:
    titles = {rule.code: rule.title for rule in all_rules()}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for finding in found:
        counts[finding.rule][finding.severity] += 1
    bars = [Bar(f"{code} {titles.get(code, '')}".strip(), c) for code, c in counts.items()]
    return _largest(bars)


def _by_unit(queue: Sequence[Ranked], found: Iterable[StoredFinding]) -> list[Bar]:
    units = {r.listed.result_id: r.listed.entity or UNKNOWN for r in queue}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for finding in found:
        counts[units.get(finding.result_id, UNKNOWN)][finding.severity] += 1
    return _largest([Bar(unit, c) for unit, c in counts.items()])


def _by_year(queue: Iterable[Ranked]) -> list[Bar]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for item in queue:
        counts[str(item.listed.fiscal_year or UNKNOWN)][item.state] += 1
    return [Bar(year, counts[year]) for year in sorted(counts)]


def _coverage(queue: Iterable[Ranked]) -> list[Bar]:
    counts: list[Counter[str]] = [Counter() for _ in range(BANDS)]
    for item in queue:
        if item.listed.status == "checked":
            band = min(int(item.share_checked * BANDS), BANDS - 1)
            counts[band][item.state] += 1
    step = 100 // BANDS
    return [Bar(f"{n * step}–{(n + 1) * step}%", c) for n, c in enumerate(counts)]


def _largest(bars: list[Bar]) -> list[Bar]:
    """Return the largest bars: by errors first, for a hundred notes weigh little."""

    def order(bar: Bar) -> tuple[int, int, str]:
        return (-bar.counts.get("error", 0), -bar.total, bar.label)

    return sorted(bars, key=order)[:MOST_BARS]
