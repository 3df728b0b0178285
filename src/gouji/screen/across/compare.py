"""Papers in, findings out (跨文件比对): pair, state, judge, tell.

Two things keep a difference of scope from becoming ten findings: where most of what two documents
both print disagrees, they are not about the same thing, and one finding says so; and last-digit
differences of one pair are one note.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from gouji.check.findings import FINGERPRINT, fingerprint_of
from gouji.check.judge import FAILING, judge
from gouji.check.rule import Rule
from gouji.check.run import Judged
from gouji.check.telling.sentences import Sentences
from gouji.check.telling.weight import GRADE_ORDER, confidence_of, severity_of
from gouji.messages import N_, Catalogue
from gouji.model.finding import SEVERITY_ORDER, Grade, Severity
from gouji.model.report import Evidence, Finding, RecomputedValue
from gouji.screen.across.causes import by_cause
from gouji.screen.across.guide import Signpost
from gouji.screen.across.pairs import (
    BudgetPair,
    BudgetYears,
    Group,
    Members,
    OwnUnit,
    Paired,
    SameYear,
    Unpaired,
    YearPair,
    pair,
)
from gouji.screen.across.paper import Paper
from gouji.screen.across.rulebook import rules_for

MANY = 4
"""From this many broken relations between two documents …"""
MOST = 0.5
"""… and this share of all that were judged, the documents are not about the same thing."""
AT_ODDS = N_(
    "{papers}：可比的 {count} 项中有 {broken} 项不一致，两份文件的范围或口径可能不同，如{first}"
)
ALSO = N_("{first}；同样的差额还见于{items}。")
LAST_DIGITS = N_("{papers}：有 {count} 处只在末位相差一个单位（尾差），如{first}")


@dataclass(frozen=True, slots=True)
class Across:
    """A finding about several documents (跨文件发现)."""

    unit: str
    """Canonical name of the unit (归一后的单位)."""
    year: int
    """Fiscal year of the document that makes the statement."""
    papers: tuple[str, ...]
    """Identities of the documents, the one that makes the statement first."""
    finding: Finding


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison came to (比对结果)."""

    findings: tuple[Across, ...]
    """Worst first."""
    verdicts: tuple[tuple[str, Grade, int], ...]
    """Rule, grade, how many: passed ones too."""
    groups: int
    unpaired: tuple[Unpaired, ...]


def compare(
    papers: Iterable[Paper], say: Catalogue | None = None, rules: Collection[Rule] | None = None
) -> Compared:
    """Hold documents against each other wherever they belong together, by some rules or all (跨文件比对)."""
    every = tuple(papers)
    twice = [group for group in pair(every).groups if isinstance(group, SameYear)]
    same = [(g.one.id, g.other.id) for g in twice if _agrees(judge_group(g))]
    paired: Paired = pair(every, same)
    return compare_groups(paired.groups, say or Catalogue(), paired.unpaired, rules)


def _agrees(judged: Iterable[Judged]) -> bool:
    """Tell two documents that print the same figures wherever both print any (内容相同)."""
    grades = {entry.verdict.grade for entry in judged}
    return bool(grades & {"holds", "holds_by_rounding"}) and not grades & FAILING


def compare_groups(
    groups: Iterable[Group],
    say: Catalogue,
    unpaired: tuple[Unpaired, ...] = (),
    rules: Collection[Rule] | None = None,
) -> Compared:
    """Judge each group and tell what fails (逐组比对)."""
    tell = _Teller(Signpost(say))
    found: list[Across] = []
    counts: dict[tuple[str, Grade], int] = {}
    number = 0
    for group in groups:
        number += 1
        judged = tuple(judge_group(group, rules))
        for entry in judged:
            key = (entry.rule.code, entry.verdict.grade)
            counts[key] = counts.get(key, 0) + 1
        found.extend(tell.group(group, judged))
    found.sort(key=_rank)
    verdicts = tuple((rule, grade, n) for (rule, grade), n in sorted(counts.items()))
    return Compared(tuple(found), verdicts, number, unpaired)


def tell_group(
    group: Group, judged: tuple[Judged, ...], say: Catalogue, *, own: str = ""
) -> tuple[Across, ...]:
    """Return the findings of one group, worst first; evidence in document `own` is not named (成文)."""
    return tuple(sorted(_Teller(Signpost(say, own)).group(group, judged), key=_rank))


def judge_group(group: Group, rules: Collection[Rule] | None = None) -> Iterator[Judged]:
    """Yield every verdict on documents that belong together, passed ones too (逐项评级)."""
    for rule in rules_for(type(group)):
        if rules is not None and rule not in rules:
            continue
        for relation in rule.function(group):
            yield Judged(rule, judge(relation))


def papers_of(group: Group) -> tuple[Paper, ...]:
    """Return a group's documents, the one that makes the statement first."""
    match group:
        case YearPair(now=one, before=other) | BudgetYears(now=one, before=other):
            return (one, other)
        case BudgetPair(final=one, budget=other) | OwnUnit(own=one, department=other):
            return (one, other)
        case SameYear(one=one, other=other):
            return (one, other)
        case Members(department=department, units=units):
            return (department, *units)


def _by_rule(entries: Iterable[Judged]) -> Iterator[list[Judged]]:
    for _, members in groupby(entries, key=lambda entry: entry.rule.code):
        yield list(members)


def _rank(across: Across) -> tuple[int, int, str, int, str]:
    finding = across.finding
    severity, grade = SEVERITY_ORDER[finding.severity], GRADE_ORDER[finding.grade]
    return (severity, grade, across.unit, across.year, finding.fingerprint)


class _Teller:
    """Puts the verdicts on groups of documents into findings (成文)."""

    def __init__(self, guide: Signpost) -> None:
        self.say = guide.say
        self.sentences = Sentences(guide)

    def group(self, group: Group, judged: tuple[Judged, ...]) -> Iterator[Across]:
        """Yield the findings of one group: one a cause, and one where the documents differ throughout."""
        failing = [j for j in judged if j.verdict.grade in FAILING]
        broken = [j for j in failing if j.verdict.grade in ("broken", "gross")]
        decided = [j for j in judged if j.verdict.grade not in ("not_checked", "no_power")]
        small = [j for j in failing if j.verdict.grade == "last_digit"]
        causes = list(by_cause(j for j in failing if j not in small))
        if len(causes) >= MANY and len(broken) > MOST * len(decided):
            count = {"count": len(decided), "broken": len(broken)}
            for members in _by_rule(broken):
                yield self._merged(group, members, (AT_ODDS, count), "warning")
            causes = [c for c in causes if c[0] not in broken]
        if len(small) > 1:
            yield self._merged(group, small, (LAST_DIGITS, {"count": len(small)}), "note")
        else:
            causes += [(entry,) for entry in small]
        for cause in causes:
            yield self._across(group, self._of_cause(group, cause))

    def _of_cause(self, group: Group, cause: tuple[Judged, ...]) -> Finding:
        """Tell one cause: its narrowest item in full, the totals that carry the same gap by name."""
        first = self._finding(group, cause[0])
        if len(cause) == 1:
            return first
        others = [self._finding(group, entry) for entry in cause[1:]]
        names = self.say(N_("、")).join(
            dict.fromkeys(e.verdict.relation.subject for e in cause[1:])
        )
        return first.model_copy(
            update={
                "message": self.say(ALSO, first=first.message.rstrip("。."), items=names),
                "severity": min(
                    (f.severity for f in (first, *others)), key=SEVERITY_ORDER.__getitem__
                ),
                "evidence": tuple(dict.fromkeys(e for f in (first, *others) for e in f.evidence)),
                "fingerprint": first.fingerprint,
            }
        )

    def _finding(self, group: Group, entry: Judged) -> Finding:
        verdict = entry.verdict
        evidence = self.sentences.guide.with_statement(verdict.relation)
        shown = verdict.recomputed
        return Finding(
            id="",
            fingerprint=_fingerprint(group, entry.rule, evidence),
            rule=entry.rule.code,
            name=entry.rule.name,
            grade=verdict.grade,
            severity=severity_of(entry),
            confidence=confidence_of(verdict.relation, {}),
            message=self.sentences.message(verdict),
            explanation=self.sentences.explanation(verdict),
            evidence=evidence,
            recomputed=None
            if shown is None
            else RecomputedValue(
                expression=shown.expression, value=shown.value, low=shown.low, high=shown.high
            ),
            suggestions=(),
            cluster=None,
        )

    def _merged(
        self,
        group: Group,
        members: list[Judged],
        worded: tuple[str, dict[str, int]],
        severity: Severity,
    ) -> Across:
        parts = [self._finding(group, entry) for entry in members]
        evidence = tuple(dict.fromkeys(e for part in parts for e in part.evidence))
        text, counts = worded
        titles = self.say(N_("、")).join(
            self.say(N_("《{name}》"), name=paper.title) for paper in papers_of(group)
        )
        first = parts[0]
        merged = first.model_copy(
            update={
                "fingerprint": _fingerprint(group, members[0].rule, evidence),
                "severity": max(severity, first.severity, key=SEVERITY_ORDER.__getitem__),
                "message": self.say(text, papers=titles, first=first.message, **counts),
                "explanation": "".join(part.message for part in parts[1:]),
                "evidence": evidence,
                "recomputed": None,
            }
        )
        return self._across(group, merged)

    def _across(self, group: Group, finding: Finding) -> Across:
        papers = papers_of(group)
        year = papers[0].profile.year or 0
        return Across(group.unit, year, tuple(p.id for p in papers), finding)


def _fingerprint(group: Group, rule: Rule, evidence: tuple[Evidence, ...]) -> str:
    """Return a hash of unit, years, rule and quotes: stable over runs and over file names."""
    years = ",".join(str(p.profile.year) for p in papers_of(group))
    said = f"{group.unit}\0{years}\0{fingerprint_of(rule.code, evidence)}"
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:FINGERPRINT]
