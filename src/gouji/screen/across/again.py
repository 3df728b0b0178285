"""What a store's comparisons say of one document, told anew (重述比对): for its own page, in any language.

A store keeps which documents were compared. The relations between them are judged again from their kept
facts, so that every sentence speaks from the document that is read, in its reader's language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from gouji.check.judge import FAILING
from gouji.check.run import Judged
from gouji.messages import N_, Catalogue
from gouji.model.report import Check, Finding, Report
from gouji.screen.across.beside import checks_of
from gouji.screen.across.compare import judge_group, papers_of, tell_group
from gouji.screen.across.pairs import (
    BudgetPair,
    BudgetYears,
    Group,
    Members,
    OwnUnit,
    SameYear,
    YearPair,
)
from gouji.screen.across.paper import Paper
from gouji.screen.store import Store
from gouji.screen.store import across as kept

COMPARED = N_("与《{name}》比对 {count} 项，不一致 {failed} 处。")
WITHIN = N_("文件内部：{headline}")
OPEN = ("not_checked", "no_power")


@dataclass(frozen=True, slots=True)
class Placed:
    """A group of documents with the one whose page it stands on (所在比对)."""

    comparison: str
    """Id of the comparison: a hash of what was compared and by which program."""
    group: Group
    own: str
    """Id of the document itself among the group's, or of the copy that was compared in its place."""

    @property
    def others(self) -> tuple[Paper, ...]:
        """The other documents."""
        return tuple(p for p in papers_of(self.group) if p.id != self.own)


@dataclass(frozen=True, slots=True)
class Told:
    """What a comparison says to the reader of one of its documents (一次比对的结果)."""

    placed: Placed
    findings: tuple[Finding, ...]
    """Without numbers; evidence in the document itself names no document."""
    checks: tuple[Check, ...]
    counted: int
    """Relations that were decided."""
    failed: int


def groups_with(store: Store, key: str, sha256: str) -> tuple[Placed, ...]:
    """Return the groups in which a document of this content takes part (所在比对)."""
    comparisons = kept.comparisons_with(store, key, sha256)
    wanted = {d for each in comparisons for d in each.documents}
    if not wanted:
        return ()
    identities = {one.document_id: one for one in kept.identities(store, key, wanted)}
    facts = kept.facts(store, [one.result_id for one in identities.values()])
    placed = []
    for each in comparisons:
        if not identities.keys() >= set(each.documents):
            continue  # one of them is gone, and the comparison will be
        papers = [
            Paper(
                one.document_id,
                one.name,
                one.profile,
                facts.get(one.result_id, ()),
                one.sha256,
                one.told_entity,
            )
            for one in (identities[d] for d in each.documents)
        ]
        own = next(p.id for p in papers if p.sha256 == sha256)
        placed.append(Placed(each.id, _group(each.kind, each.unit, _told_apart(papers)), own))
    return tuple(placed)


def _told_apart(papers: list[Paper]) -> list[Paper]:
    """Return documents of one name with their years beside it."""
    times = Counter(paper.title for paper in papers)
    return [
        replace(p, title=f"{p.title}（{p.profile.year}）") if times[p.title] > 1 else p
        for p in papers
    ]


def _group(kind: str, unit: str, papers: list[Paper]) -> Group:
    first, *others = papers
    match kind:
        case "years":
            return YearPair(unit, first, others[0])
        case "plans":
            return BudgetYears(unit, first, others[0])
        case "own":
            return OwnUnit(unit, department=others[0], own=first)
        case "budget":
            return BudgetPair(unit, first, others[0])
        case "twice":
            return SameYear(unit, first, others[0])
        case _:
            return Members(unit, first, tuple(others))


def told_to(placed: Placed, say: Catalogue) -> Told:
    """Judge a group and tell it to the reader of one of its documents (告知)."""
    judged: tuple[Judged, ...] = tuple(judge_group(placed.group))
    grades = Counter(entry.verdict.grade for entry in judged)
    found = tell_group(placed.group, judged, say, own=placed.own)
    return Told(
        placed=placed,
        findings=tuple(across.finding for across in found),
        checks=checks_of(judged, say, placed.own),
        counted=sum(n for grade, n in grades.items() if grade not in OPEN),
        failed=sum(n for grade, n in grades.items() if grade in FAILING),
    )


def among(report: Report, told: Iterable[Told], say: Catalogue) -> Report:
    """Return a report with what comparisons say of its document (合入报告).

    The report's own findings keep their numbers; those across documents are X1, X2, … after them.
    """
    every = tuple(told)
    if not every:
        return report
    more = [finding for each in every for finding in each.findings]
    numbered = tuple(f.model_copy(update={"id": f"X{at}"}) for at, f in enumerate(more, 1))
    checks = tuple(check for each in every for check in each.checks)
    grades = Counter(check.grade for check in checks)
    lines = [
        say(COMPARED, name=other.title, count=each.counted, failed=each.failed)
        for each in every
        for other in each.placed.others[:1]
    ]
    headline = "".join([*lines, say(WITHIN, headline=report.summary.headline)])
    counted: dict[str, object] = {str(g): getattr(report.summary, g) + n for g, n in grades.items()}
    return report.model_copy(
        update={
            "findings": (*report.findings, *numbered),
            "checks": (*report.checks, *checks),
            "summary": report.summary.model_copy(update={**counted, "headline": headline}),
        }
    )
