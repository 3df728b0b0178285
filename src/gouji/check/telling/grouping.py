"""Which failing verdicts are one finding, and which findings share a root (归并).

- the same figures failing under two rules are one finding, kept under the more specific rule;
- last-digit notes inside one table, or between the same tables, are one note (尾差);
- a fault of wording met over and over is one finding: a habit of the writer, not many faults;
- findings that share a figure share a cluster.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gouji.check.judge import FAILING
from gouji.check.run import Judged
from gouji.check.telling.evidence import Key, key_of
from gouji.check.telling.weight import GRADE_ORDER, confidence_of, severity_of
from gouji.check.terms import terms_of
from gouji.model.document import Document
from gouji.model.finding import SEVERITY_ORDER, Confidence, Grade, Severity
from gouji.model.relation import Breach

SPECIFIC = ("TIE", "TXT", "FOO", "NIL", "CHG", "CMP", "SHR", "SUM", "CNT", "REP")
"""Rule families from most to least specific about the same pair of figures."""

HABIT = 5
"""Faults of wording of one rule that still stand as findings of their own."""

CONFIDENCE_ORDER: dict[Confidence, int] = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding before it has a number and words (拟报发现); `members` is never empty."""

    members: tuple[Judged, ...]
    severity: Severity
    confidence: Confidence

    @property
    def first(self) -> Judged:
        """The verdict the finding is named after."""
        return self.members[0]

    @property
    def grade(self) -> Grade:
        """The grade of the first member; merged members share it."""
        return self.first.verdict.grade

    @property
    def merged(self) -> bool:
        """Whether the finding stands for several verdicts."""
        return len(self.members) > 1

    def figures(self) -> frozenset[Key]:
        """Return the printed figures (or, for a pattern, passages) the finding rests on."""
        return frozenset(key for member in self.members for key in _keys(member))


def draft_findings(judged: Iterable[Judged], document: Document) -> list[Draft]:
    """Return the findings of a ledger, worst first (归并后的发现)."""
    ruled = {g.id: g.ruled or document.source == "text" for g in document.grids}
    drafts = [
        Draft((entry,), severity_of(entry), confidence_of(entry.verdict.relation, ruled))
        for entry in judged
        if entry.verdict.grade in FAILING
    ]
    return sorted(_one_card_a_habit(_one_note_a_table(_without_duplicates(drafts))), key=_rank)


def clusters(drafts: Sequence[Draft]) -> list[str | None]:
    """Return a cluster name for each draft that shares a figure with another, else None (同源)."""
    parent = list(range(len(drafts)))

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    owner: dict[Key, int] = {}
    for i, draft in enumerate(drafts):
        for key in sorted(draft.figures(), key=str):
            parent[root(i)] = root(owner.setdefault(key, i))
    members: dict[int, list[int]] = defaultdict(list)
    for i in range(len(drafts)):
        members[root(i)].append(i)
    names: list[str | None] = [None] * len(drafts)
    shared = sorted(group for group in members.values() if len(group) > 1)
    for number, group in enumerate(shared, 1):
        for i in group:
            names[i] = f"C{number}"
    return names


def _keys(entry: Judged) -> list[Key]:
    relation = entry.verdict.relation
    if isinstance(relation, Breach):
        return [key_of(place) for _, place in relation.evidence]
    return [key_of(term.figure.place) for term in terms_of(relation)]


def _rank(draft: Draft) -> tuple[int, int, int, int, int, str]:
    relation = draft.first.verdict.relation
    page, start, _ = min(draft.figures(), key=_position, default=(None, 0, 0))
    if relation.told_in is not None:
        page, start = relation.told_in.page, relation.told_in.start
    return (
        SEVERITY_ORDER[draft.severity],
        GRADE_ORDER[draft.grade],
        CONFIDENCE_ORDER[draft.confidence],
        page or 0,
        start,
        draft.first.rule.code,
    )


def _position(key: Key) -> tuple[int, int]:
    return (key[0] or 0, key[1])


def _without_duplicates(drafts: list[Draft]) -> list[Draft]:
    """Keep one of the findings that rest on exactly the same figures.

    Pattern findings of different rules stay apart: both may be right about one passage.
    """
    best: dict[tuple[str, frozenset[Key]], Draft] = {}
    for draft in drafts:
        entry = draft.first
        pattern = isinstance(entry.verdict.relation, Breach)
        key = (entry.rule.code if pattern else "", draft.figures())
        held = best.get(key)
        if held is None or _preference(draft) < _preference(held):
            best[key] = draft
    return list(best.values())


def _preference(draft: Draft) -> tuple[int, int, int]:
    family = draft.first.rule.family
    specific = SPECIFIC.index(family) if family in SPECIFIC else len(SPECIFIC)
    return (SEVERITY_ORDER[draft.severity], GRADE_ORDER[draft.grade], specific)


def _one_note_a_table(drafts: list[Draft]) -> list[Draft]:
    """Merge the last-digit notes whose figures all stand in one table, or in the same two (尾差)."""
    kept: list[Draft] = []
    by_grids: dict[frozenset[str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        grids = _grids(draft)
        if draft.severity == "note" and draft.grade == "last_digit" and grids:
            by_grids[grids].append(draft)
        else:
            kept.append(draft)
    for notes in by_grids.values():
        members = tuple(m for note in notes for m in note.members)
        confidence = max((n.confidence for n in notes), key=CONFIDENCE_ORDER.__getitem__)
        kept.append(Draft(members, "note", confidence))
    return kept


def _one_card_a_habit(drafts: list[Draft]) -> list[Draft]:
    """Merge the findings of a text rule that speaks more than a few times in one document (同类归并)."""
    by_rule: dict[tuple[str, Severity], list[Draft]] = defaultdict(list)
    for draft in drafts:
        relation = draft.first.verdict.relation
        if isinstance(relation, Breach) and relation.habitual:
            by_rule[draft.first.rule.code, draft.severity].append(draft)
    merged = {id(d): group for group in by_rule.values() if len(group) > HABIT for d in group}
    kept = [d for d in drafts if id(d) not in merged]
    for group in {id(g): g for g in merged.values()}.values():
        members = tuple(m for draft in sorted(group, key=_rank) for m in draft.members)
        kept.append(Draft(members, group[0].severity, group[0].confidence))
    return kept


def _grids(draft: Draft) -> frozenset[str]:
    """Return the grids all figures stand in; empty where one stands in the prose."""
    cells = [t.figure.place.cell for m in draft.members for t in terms_of(m.verdict.relation)]
    return frozenset() if None in cells else frozenset(c.grid for c in cells if c is not None)
