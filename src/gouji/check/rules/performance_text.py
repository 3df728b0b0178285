"""Conclusions against the tables they rest on (绩效结论与表不应矛盾).

What it checks
    Universal statements (均、全部、无) against what the tables or the grade counts except: a project
    graded 差 or not executed, a missed target, 账实有出入 in a cell, points taken off for unclear
    targets, a missed target under 存在的问题：无.

Why it matters
    The conclusion is what is quoted; it is often carried over from last year's report.

For example
    文中“项目均较好完成目标”，同一报告有 2 个项目评为“差”。

Not a violation
    Intentions (确保账实相符) and hedged statements (基本完成); an exception in another project's table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gouji.check.clause import to_clause_end
from gouji.check.graded import graded_counts
from gouji.check.rule import rule
from gouji.check.rules.indicators_points import copies_scores
from gouji.check.scoring import reached
from gouji.messages import N_
from gouji.model.claim import Level
from gouji.model.disclosure import Disclosure
from gouji.model.indicators import Conclusion, ConclusionKind, Indicator
from gouji.model.place import Place
from gouji.model.relation import AnyRelation, Breach, Upheld

SAME_REPORT = "结论应与所附自评表一致"
FAILED = ("差", "较差", "不合格")
FAILING_SCORE = 60
DEVIATION = re.compile("(账[实账证表])[^,。;]{0,8}(?:出入|不符|不一致|不相符|有差异)")
NO_DEVIATION = re.compile("(?:无|没有|未发现|不存在)[^,。;]{0,4}(?:出入|不符|不一致|差异)")
CLARITY = re.compile("(?:目标|指标)(?:的)?(?:明确|清晰|细化|量化)")
SHOWN = 4


class Excepted(NamedTuple):
    """What a universal statement leaves out (例外): a sentence, its words, where it is printed."""

    message: str
    words: dict[str, str]
    role: str
    place: Place


@rule("IND040", "universal-statement", "“均”“全部”不应有例外", basis=SAME_REPORT, at_most="warning")
def universal_statement(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """Hold 项目均完成, 绩效目标均完成, 指标均完成 against the exceptions the report itself prints."""
    for claim in disclosure.conclusions:
        if claim.kind == "projects_met":
            exceptions = [*_failed_grades(disclosure), *_failed_projects(disclosure)]
        elif claim.kind in ("goals_met", "indicators_met"):
            exceptions = [_missed(row) for row in _missed_rows(disclosure, claim)]
        else:
            continue
        yield from _against(claim, exceptions)


def _against(claim: Conclusion, exceptions: list[Excepted]) -> Iterator[AnyRelation]:
    if not exceptions:
        yield Upheld(subject=claim.text, evidence=(("statement", claim.place),))
        return
    first = exceptions[0]
    yield Breach(
        subject=claim.text,
        told_in=claim.place,
        grade="broken",
        message=first.message,
        words={"text": claim.text, **first.words},
        evidence=(("statement", claim.place), *((e.role, e.place) for e in exceptions[:SHOWN])),
    )


def _failed_grades(disclosure: Disclosure) -> Iterator[Excepted]:
    for group in graded_counts(disclosure.of(Level)):
        for grade in FAILED:
            if group.number(grade) == 0:
                continue
            claim = group.counts[grade]
            words = {"count": claim.value.text, "grade": grade}
            message = N_("文中称“{text}”，但有 {count} 个项目评为“{grade}”")
            place = claim.place
            if grade not in place.quote:
                place = to_clause_end(disclosure.document, place)
            yield Excepted(message, words, "count", place)


def _failed_projects(disclosure: Disclosure) -> Iterator[Excepted]:
    for table in disclosure.indicators:
        if table.form != "project":
            continue
        name = table.project.text if table.project else table.title
        score = table.total.score if table.total else None
        if table.total and score is not None and score.value < FAILING_SCORE and not table.shaky:
            message = N_("文中称“{text}”，但“{project}”总分只有 {score}")
            words = {"project": name, "score": score.text}
            yield Excepted(message, words, "total", table.total.place)
            continue
        budget, executed = table.money("annual"), table.money("executed")
        if budget is None or executed is None or executed.blank:
            continue
        if budget.value > 0 and executed.value == 0:
            message = N_("文中称“{text}”，但“{project}”全年预算数 {budget}，执行数为 0")
            words = {"project": name, "budget": budget.text}
            yield Excepted(message, words, "row", table.budget[0].place)


def _missed_rows(disclosure: Disclosure, claim: Conclusion) -> list[Indicator]:
    """Return the surely missed targets of the only table a statement can mean."""
    tables = [t for t in disclosure.indicators if t.form != "scores"]
    if claim.level == "整体":
        tables = [t for t in tables if t.form == "overall"]
    if len(tables) != 1 or copies_scores(tables[0]):
        return []
    level = "" if claim.level == "整体" else claim.level
    return [r for r in tables[0].indicators if level in r.level1 + r.level2 and surely_missed(r)]


def surely_missed(row: Indicator) -> bool:
    """Tell whether a row's actual falls short of its target whatever the scoring."""
    if row.target is None or row.actual is None or row.shaky:
        return False
    return reached(row.target, row.actual, row.name + row.level2) is False


def _missed(row: Indicator) -> Excepted:
    return Excepted(
        N_("文中称“{text}”，但指标“{name}”指标值 {target}，实际完成 {actual}"),
        {
            "name": row.name,
            "target": row.target.text if row.target else "",
            "actual": row.actual.text if row.actual else "",
        },
        "row",
        row.place,
    )


@rule(
    "IND041", "books-and-assets", "“账实相符”应与评分表一致", basis=SAME_REPORT, at_most="warning"
)
def books_and_assets(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """Hold 账实相符 in the prose against cells that report a deviation of the same books."""
    for claim in _of_kind(disclosure, "books_agree"):
        exceptions = []
        for row in _rows(disclosure):
            said = row.actual.text if row.actual else ""
            said = "".join((said + (row.explanation.text if row.explanation else "")).split())
            found = DEVIATION.search(said)
            if found is None or found[1] not in claim.text or NO_DEVIATION.search(said):
                continue
            message = N_("文中称“{text}”，但指标“{name}”的完成情况为“{actual}”")
            words = {"name": row.name, "actual": said[:40]}
            exceptions.append(Excepted(message, words, "row", row.place))
        yield from _against(claim, exceptions)


@rule(
    "IND042",
    "clear-targets",
    "“目标明确、细化”应与评分表一致",
    basis=SAME_REPORT,
    at_most="warning",
)
def clear_targets(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """Hold 绩效目标明确、细化、量化 in the prose against points taken off for unclear targets."""
    for claim in _of_kind(disclosure, "clear_targets"):
        exceptions = []
        for row in _rows(disclosure):
            if not CLARITY.search(row.name) or row.shaky or row.weight is None or row.score is None:
                continue
            if row.score.value < row.weight.value:
                message = N_("文中称“{text}”，但指标“{name}”只得 {score} 分（分值 {weight}）")
                words = {"name": row.name, "score": row.score.text, "weight": row.weight.text}
                exceptions.append(Excepted(message, words, "row", row.place))
        yield from _against(claim, exceptions)


@rule(
    "IND043",
    "no-problems",
    "“存在的问题：无”应与指标完成情况一致",
    basis=SAME_REPORT,
    at_most="warning",
)
def no_problems(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """Hold 无 under 存在的问题 against missed targets that lost points, where one table is meant."""
    for claim in _of_kind(disclosure, "no_problems"):
        missed = [
            row
            for row in _missed_rows(disclosure, claim)
            if row.score is not None
            and row.weight is not None
            and row.score.value < row.weight.value
        ]
        yield from _against(claim, [_missed(row) for row in missed])


def _of_kind(disclosure: Disclosure, kind: ConclusionKind) -> Iterator[Conclusion]:
    return (claim for claim in disclosure.conclusions if claim.kind == kind)


def _rows(disclosure: Disclosure) -> Iterator[Indicator]:
    return (row for table in disclosure.indicators for row in table.indicators)
