"""Holds the documents of a store against each other (全库比对): only the groups that changed.

Pairing looks at profiles alone. A group whose documents, and the program, are the same as when it was
compared is left; a group that no longer exists goes with its findings.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from gouji.check.judge import FAILING
from gouji.check.rule import Rule
from gouji.messages import Catalogue, Language
from gouji.screen.across.compare import compare_groups, papers_of
from gouji.screen.across.pairs import (
    BudgetPair,
    BudgetYears,
    Group,
    Members,
    OwnUnit,
    SameYear,
    Unpaired,
    YearPair,
    pair,
)
from gouji.screen.across.paper import Paper
from gouji.screen.fingerprint import engine_fingerprint
from gouji.screen.store import Store
from gouji.screen.store import across as kept

KINDS: dict[type[Group], str] = {
    YearPair: "years",
    BudgetYears: "plans",
    BudgetPair: "budget",
    SameYear: "twice",
    Members: "department",
    OwnUnit: "own",
}
"""两年 · 两年预算 · 预决算 · 同年两份 · 部门与单位 · 部门与本级"""
ID = 32
"""Hex digits of a comparison's id."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a comparison of a store came to (全库比对结果)."""

    groups: int
    """Groups of documents that belong together."""
    compared: int
    """Those that had to be compared anew."""
    findings: int
    """Findings in the store, old and new."""
    unpaired: tuple[Unpaired, ...]


def compare_store(
    store: Store,
    key: str,
    lang: Language = "zh",
    hear: Callable[[int, int], None] = lambda _done, _total: None,
    rules: Collection[Rule] | None = None,
) -> Result:
    """Bring the comparisons of the documents checked under one options key up to date (更新跨文件比对).

    `hear` is told how many of how many groups are done; `rules` are those to use, None for all. An
    options key says which rules were wished for, so its comparisons are made with the same ones.
    """
    there = kept.known(store, key)
    results, papers = _papers(store, key)
    twice = [group for group in pair(papers).groups if isinstance(group, SameYear)]
    wanted: dict[str, Group] = {_id_of(group, (key, lang)): group for group in twice}
    use = _Means(results, Catalogue(lang), rules)
    done = _bring(store, key, wanted, (there, use))
    agreeing = kept.agreeing(store, key)
    same = [(g.one.id, g.other.id) for g in twice if _id_of(g, (key, lang)) in agreeing]
    paired = pair(papers, same)
    wanted |= {_id_of(group, (key, lang)): group for group in paired.groups}
    done += _bring(store, key, wanted, (there | agreeing, use), hear)
    kept.drop(store, there - wanted.keys())
    number = sum(1 for _ in kept.found(store, key))
    return Result(len(wanted), done, number, paired.unpaired)


@dataclass(frozen=True, slots=True)
class _Means:
    """With what groups are compared: their documents' results, the language, the rules (比对所用)."""

    results: dict[str, int]
    say: Catalogue
    rules: Collection[Rule] | None


def _bring(
    store: Store,
    key: str,
    wanted: dict[str, Group],
    known: tuple[set[str], _Means],
    hear: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Compare and keep the groups that are not there yet; return how many (逐组比对)."""
    there, use = known
    todo = [(name, group) for name, group in wanted.items() if name not in there]
    for done, (name, group) in enumerate(todo, 1):
        kept.keep(store, key, _compared(store, name, group, use))
        hear(done, len(todo))
    return len(todo)


def _papers(store: Store, key: str) -> tuple[dict[str, int], list[Paper]]:
    """Return result ids by document, and the documents without their facts."""
    results: dict[str, int] = {}
    papers: list[Paper] = []
    for one in kept.identities(store, key):
        results[one.document_id] = one.result_id
        papers.append(
            Paper(one.document_id, one.name, one.profile, (), one.sha256, one.told_entity)
        )
    return results, papers


def _compared(store: Store, name: str, group: Group, use: _Means) -> kept.Comparison:
    results = use.results
    papers = papers_of(group)
    facts = kept.facts(store, [results[p.id] for p in papers])
    filled = {p.id: replace(p, facts=facts.get(results[p.id], ()), _own={}) for p in papers}
    came = compare_groups([_with(group, filled)], use.say, rules=use.rules)
    counts: Counter[str] = Counter()
    for _, grade, number in came.verdicts:
        state = "failed" if grade in FAILING else "held" if grade.startswith("holds") else "open"
        counts[state] += number
    return kept.Comparison(
        id=name,
        unit=group.unit,
        year=papers[0].profile.year or 0,
        kind=KINDS[type(group)],
        documents=tuple(p.id for p in papers),
        held=counts["held"],
        failed=counts["failed"],
        not_checked=counts["open"],
        findings=tuple(across.finding for across in came.findings),
    )


def _with(group: Group, papers: dict[str, Paper]) -> Group:
    """Return a group with its documents' facts."""
    match group:
        case YearPair() | BudgetYears():
            return replace(group, now=papers[group.now.id], before=papers[group.before.id])
        case BudgetPair():
            return replace(group, final=papers[group.final.id], budget=papers[group.budget.id])
        case OwnUnit():
            there = papers[group.department.id]
            return replace(group, department=there, own=papers[group.own.id])
        case SameYear():
            return replace(group, one=papers[group.one.id], other=papers[group.other.id])
        case Members():
            units = tuple(papers[unit.id] for unit in group.units)
            return replace(group, department=papers[group.department.id], units=units)


def _id_of(group: Group, wanted: tuple[str, Language]) -> str:
    """Return a hash of what is compared, for whom, and by which program."""
    digest = hashlib.sha256(f"{wanted}\0{across_fingerprint()}\0{group.unit}".encode())
    digest.update(KINDS[type(group)].encode())
    for paper in papers_of(group):
        digest.update(f"\0{paper.id}\0{paper.sha256}\0{paper.title}".encode("utf-8", "replace"))
    return digest.hexdigest()[:ID]


@cache
def across_fingerprint() -> str:
    """Return a hash of every source that can change a comparison (比对程序指纹)."""
    digest = hashlib.sha256(engine_fingerprint().encode())
    for name, source in sorted(_sources()):
        digest.update(name.encode() + b"\0" + source + b"\0")
    return digest.hexdigest()[:ID]


def _sources() -> Iterator[tuple[str, bytes]]:
    package = files("gouji") / "screen"
    yield "entities.py", (package / "entities.py").read_bytes()
    for entry in (package / "across").iterdir():
        if entry.name.endswith(".py"):
            yield entry.name, entry.read_bytes()
