"""Holds what was handed in against the other documents of the store (邻件): last year's, the budget's, a unit's.

The comparison runs in a bounded process of its own after checks have come to an end, as after
`gouji screen`; the page of a document tells it anew, from that document's side and in its reader's language.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from gouji.messages import N_, Catalogue, Language
from gouji.model.report import Decision, Report
from gouji.screen.across.again import Placed, Told, among, groups_with, told_to
from gouji.screen.across.compare import papers_of
from gouji.screen.across.pairs import (
    BudgetPair,
    BudgetYears,
    Members,
    OwnUnit,
    SameYear,
    YearPair,
)
from gouji.screen.store.across import numbers_of, scope_in
from gouji.web import errands
from gouji.web.entry import Entry
from gouji.web.errands import Errands
from gouji.web.guard import where
from gouji.web.shelf import Shelf, options_for

log = logging.getLogger("gouji.web")

TOGETHER = 0.3
"""Seconds to wait for further checks to end, so that many uploads are compared at once."""
TRIES = 5
"""Times a comparison that did not come to its end goes on where it was."""
KEPT = 64
"""Comparisons kept in memory as they were told last."""
NOTHING = N_("没有可比对的文件：这里还没有同一单位上一年度或下一年度的决算，也没有它本年度的预算。")
UNKNOWN = N_("没有写明单位或年度，无法与其他文件比对。")
REPLACED = N_("这份文件已有更正版，与其他文件的比对以更正版为准。")
BROKEN_OFF = N_("与其他文件的比对没有完成；重新核查会再做一次。")
State = Literal["pending", "done", "failed"]
"""待比对 · 已比对 · 没有比成"""
Relation = Literal[
    "previous",
    "next",
    "previous_budget",
    "next_budget",
    "budget",
    "final",
    "other_version",
    "department",
    "units",
]
"""What the other document is to this one: 上年 · 下年 · 上年预算 · 下年预算 · 预算 · 决算 · 同年另一份 · 所属部门 · 所属单位."""
RELATIONS: dict[Relation, str] = {
    "previous": N_("上一年度决算"),
    "next": N_("下一年度决算"),
    "previous_budget": N_("上一年度预算"),
    "next_budget": N_("下一年度预算"),
    "budget": N_("本年度预算"),
    "final": N_("本年度决算"),
    "other_version": N_("同一年度的另一份"),
    "department": N_("所属部门"),
    "units": N_("所属单位"),
}


@dataclass(frozen=True, slots=True)
class Other:
    """Another document that a document was compared with (邻件)."""

    document_id: str
    """In the store."""
    entry_id: str | None
    """Where it can be read here; None for one that was screened and never opened."""
    name: str
    fiscal_year: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison as a reader sees it (比对一行)."""

    relation: Relation
    others: tuple[Other, ...]
    counted: int
    failed: int


@dataclass(frozen=True, slots=True)
class Beside:
    """What a document's page says of other documents (邻件一览)."""

    state: State
    lines: tuple[Line, ...]
    sentence: str
    """Why there is nothing to compare, an id of the catalogue; empty where there is something."""
    links: Mapping[str, str]
    """Title of another document as evidence names it → the id under which it is read here."""


class Neighbours:
    """Compares in the background, tells in the foreground (邻件比对)."""

    def __init__(self, shelf: Shelf, errands: Errands, lang: Language, url: str) -> None:
        self._shelf = shelf
        self._errands = errands
        self._lang = lang
        self._url = url
        self._key = options_for(lang).key
        self._asked = threading.Event()
        self._ending = threading.Event()
        self._covered: datetime | None = None
        """When the last comparison began: what was settled before it is compared."""
        self._broken = False
        self._told: OrderedDict[tuple[str, str, Language], Told] = OrderedDict()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="gouji-neighbours", daemon=True)

    def start(self) -> None:
        """Bring the comparisons up to date, and from then on whenever called (开始)."""
        self._asked.set()
        self._thread.start()

    def call(self) -> None:
        """Say that documents came or went (叫号)."""
        self._asked.set()

    def stop(self) -> None:
        """End (结束)."""
        self._ending.set()
        self._asked.set()
        if self._thread.is_alive():
            self._thread.join()

    # --- in the background -------------------------------------------------------------------

    def _run(self) -> None:
        tries = 0
        while not self._ending.is_set():
            self._asked.wait()
            self._ending.wait(TOGETHER)
            if self._ending.is_set():
                return
            self._asked.clear()
            began = datetime.now(UTC)
            self._broken = not self._compare()
            tries = tries + 1 if self._broken else 0
            if self._broken and tries < TRIES:
                self._ending.wait(TOGETHER)
                self._asked.set()
            else:
                self._covered, tries = began, 0

    def _compare(self) -> bool:
        """Compare what is new; False where it came to no end."""
        try:
            self._errands.run(errands.compare, self._url, self._key, self._lang)
        except Exception as error:  # noqa: BLE001 (a thread's border: later documents must be compared)
            if not self._ending.is_set():
                log.error("comparing: %s", where(error))  # noqa: TRY400 (its message may quote a document)
            return False
        return True

    # --- in the foreground -------------------------------------------------------------------

    def with_findings(self, report: Report, entry: Entry, lang: Language) -> Report:
        """Return a report with the findings across documents that concern its document (跨文件发现)."""
        told = [self._tell(placed, lang) for placed in self._groups(entry)]
        whole = among(report, told, Catalogue(lang))
        decided: dict[str, Decision] = {}
        for each in told:
            scope = scope_in(self._shelf.store, papers_of(each.placed.group)[0].id, self._key)
            kept = self._shelf.store.decisions(scope) if scope and each.findings else {}
            decided |= {
                f.fingerprint: kept[f.fingerprint] for f in each.findings if f.fingerprint in kept
            }
        own = {f.fingerprint: f.decision for f in report.findings if f.decision is not None}
        return whole.decided(own | decided) if decided else whole

    def scope_of(self, entry: Entry, fingerprint: str) -> str | None:
        """Return where a decision about a finding across documents is kept; None for any other finding."""
        for placed in self._groups(entry):
            if any(f.fingerprint == fingerprint for f in self._tell(placed, self._lang).findings):
                return scope_in(self._shelf.store, papers_of(placed.group)[0].id, self._key)
        return None

    def numbers(self, entries: Iterable[Entry]) -> dict[str, int]:
        """Return how many findings across documents each has, by its id; none where there are none (计数)."""
        every = list(entries)
        found = numbers_of(self._shelf.store, self._key, {entry.sha256 for entry in every})
        return {entry.id: found[entry.sha256] for entry in every if entry.sha256 in found}

    def beside(self, entry: Entry, report: Report, lang: Language) -> Beside:
        """Return what a document was compared with, or why with nothing (邻件一览)."""
        told = [self._tell(placed, lang) for placed in self._groups(entry)]
        state = self._state(entry)
        links: dict[str, str] = {}
        lines = []
        for each in told:
            others = tuple(
                self._other(p.id, p.sha256, p.title, p.profile.year) for p in each.placed.others
            )
            links |= {other.name: other.entry_id for other in others if other.entry_id}
            lines.append(Line(_relation(each.placed), others, each.counted, each.failed))
        sentence = "" if lines else self._why_nothing(entry, report, state)
        return Beside(state, tuple(lines), sentence, links)

    def _groups(self, entry: Entry) -> tuple[Placed, ...]:
        return groups_with(self._shelf.store, self._key, entry.sha256)

    def _tell(self, placed: Placed, lang: Language) -> Told:
        name = (placed.comparison, placed.own, lang)
        with self._lock:
            if name in self._told:
                self._told.move_to_end(name)
                return self._told[name]
        told = told_to(placed, Catalogue(lang))
        with self._lock:
            self._told[name] = told
            while len(self._told) > KEPT:
                self._told.popitem(last=False)
        return told

    def _other(self, document_id: str, sha256: str, name: str, year: int | None) -> Other:
        return Other(document_id, self._shelf.latest_of(sha256), name, year)

    def _state(self, entry: Entry) -> State:
        settled = entry.finished_at
        if self._covered is None or settled is None or self._covered < settled:
            return "pending"
        return "failed" if self._broken else "done"

    def _why_nothing(self, entry: Entry, report: Report, state: State) -> str:
        if self._shelf.is_replaced(entry.id):
            return REPLACED
        if not (report.document.entity and report.document.fiscal_year):
            return UNKNOWN
        return BROKEN_OFF if state == "failed" else NOTHING


def _relation(placed: Placed) -> Relation:
    group, first = placed.group, papers_of(placed.group)[0].id == placed.own
    if isinstance(group, YearPair):
        return "previous" if first else "next"
    if isinstance(group, BudgetYears):
        return "previous_budget" if first else "next_budget"
    if isinstance(group, OwnUnit):
        return "department" if first else "units"
    if isinstance(group, BudgetPair):
        return "budget" if first else "final"
    if isinstance(group, SameYear):
        return "other_version"
    assert isinstance(group, Members)  # noqa: S101 (there is no other kind)
    return "units" if first else "department"
