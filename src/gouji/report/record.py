"""The ledger and the skipped rules as a reader meets them (核对记录): by family, a line a relation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gouji.messages import N_, Catalogue
from gouji.model.examined import RuleCard
from gouji.model.finding import Grade
from gouji.model.report import Check, Evidence, Report
from gouji.report.labels import FAMILIES, GRADES, quote, role

MOST_FIGURES = 6
"""Figures shown of one relation; a sum of fifty is told by its first and the count."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One relation judged (一项核对)."""

    rule: str
    title: str
    grade: Grade
    outcome: str
    figures: str
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """The relations of one family (一族): code, name, entries, and how they ended."""

    family: str
    name: str
    entries: tuple[Entry, ...]
    counts: tuple[tuple[Grade, str, int], ...]


@dataclass(frozen=True, slots=True)
class Unrun:
    """Rules that did not run, for one reason (未执行)."""

    reason: str
    rules: tuple[tuple[str, str], ...]
    """Codes with titles."""


def record_of(report: Report, rules: Iterable[RuleCard], say: Catalogue) -> tuple[Chapter, ...]:
    """Return the ledger by family, in the order of its first entry (核对记录)."""
    titles = titles_of(rules, say)
    members: dict[str, list[Check]] = {}
    for check in report.checks:
        members.setdefault(check.rule[:3] if check.rule != "READ" else "READ", []).append(check)
    return tuple(
        Chapter(
            family=family,
            name=say(FAMILIES.get(family, family)),
            entries=tuple(_entry(c, titles, say) for c in checks),
            counts=tuple(
                (grade, say(GRADES[grade]), n)
                for grade, n in sorted(Counter(c.grade for c in checks).items(), key=_by_grade)
            ),
        )
        for family, checks in sorted(members.items(), key=_by_family)
    )


def entries_of(
    checks: Iterable[Check], rules: Iterable[RuleCard], say: Catalogue
) -> tuple[Entry, ...]:
    """Return relations judged as a reader meets them, in their order (核对)."""
    titles = titles_of(rules, say)
    return tuple(_entry(check, titles, say) for check in checks)


def unrun_of(report: Report, rules: Iterable[RuleCard], say: Catalogue) -> tuple[Unrun, ...]:
    """Return the rules that did not run, by reason (未执行的规则)."""
    titles = titles_of(rules, say)
    members: dict[str, list[tuple[str, str]]] = {}
    for skipped in report.skipped:
        own = members.setdefault(skipped.reason, [])
        own.append((skipped.rule, titles.get(skipped.rule, "")))
    return tuple(Unrun(reason, tuple(codes)) for reason, codes in members.items())


def titles_of(rules: Iterable[RuleCard], say: Catalogue) -> Mapping[str, str]:
    """Return what a reader calls each rule: its title, in English its short name."""
    chinese = say.language == "zh"
    return {r.code: r.title if chinese else r.name.replace("-", " ") for r in rules}


def _entry(check: Check, titles: Mapping[str, str], say: Catalogue) -> Entry:
    told = [e for e in check.evidence if e.quote.strip()] or list(check.evidence)
    shown = [f"{_name(e, say)} {quote(e, say)}" for e in told[:MOST_FIGURES]]
    more = len(told) - len(shown)
    if more > 0:
        shown.append(say(N_("…… 另有 {n} 处"), n=more))
    return Entry(
        rule=check.rule,
        title=titles.get(check.rule, ""),
        grade=check.grade,
        outcome=say(GRADES[check.grade]),
        figures=say(N_("；")).join(shown),
        where=say(N_("；")).join(_places(told, say)),
        reason=check.reason,
    )


def _name(evidence: Evidence, say: Catalogue) -> str:
    """Return what a figure is: the row of a table names it better than its part in the relation."""
    return evidence.row or role(evidence, say)


def _places(evidence: Iterable[Evidence], say: Catalogue) -> list[str]:
    """Return where figures stand: each table once, with the column they share."""
    columns: dict[tuple[str, str], set[str]] = {}
    for item in evidence:
        page = say(N_("第 {n} 页"), n=item.page) if item.page is not None else ""
        if item.document:
            page = say(N_("《{name}》"), name=item.document) + page
        columns.setdefault((page, item.table or ""), set()).add(item.column or "")
    places = []
    for (page, table), shared in columns.items():
        column = say(N_("{column} 栏"), column=min(shared)) if table and len(shared) == 1 else ""
        place = " / ".join(part for part in (page, f"{table} {column}".strip()) if part)
        places += [place] if place else []
    return places[:MOST_FIGURES]


_ORDER = {grade: i for i, grade in enumerate(GRADES)}
_FAMILIES = {family: i for i, family in enumerate(FAMILIES)}


def _by_grade(count: tuple[Grade, int]) -> int:
    return _ORDER[count[0]]


def _by_family(member: tuple[str, list[Check]]) -> int:
    return _FAMILIES.get(member[0], len(_FAMILIES))
