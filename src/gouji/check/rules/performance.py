"""Performance tables against what the report says of them (自评表与文字).

What it checks
    Scores and grades in prose against the tables' totals, the number of project tables against the
    number of projects named, their money against the sum named, and grades against scores.

Why it matters
    The summary is what is read; the tables are what was filled in. They are written by different
    people.

For example
    文中“自评项目 5 个”，所附项目自评表 3 张。

Not a violation
    Tables of projects published elsewhere (a warning at most); a score that some table prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.check.bands import carries, printed_bands, usual
from gouji.check.clause import clause_of, to_clause_end
from gouji.check.graded import grade_in, graded_counts
from gouji.check.rule import rule
from gouji.check.scoring import grade_fits
from gouji.messages import N_
from gouji.model.claim import Level, Rated, Share
from gouji.model.disclosure import Disclosure
from gouji.model.document import Document
from gouji.model.figure import Figure
from gouji.model.indicators import MoneyColumn, SelfEvaluation
from gouji.model.place import Place
from gouji.model.relation import AnyRelation, AtMost, Breach, NotChecked, Sum, Term, Upheld

GRADES = "绩效评价等级：优 90 分及以上，良 80～90，中 60～80，差 60 以下"
TOTAL_SCORE = re.compile("得分|总绩效|总分|评分")
PART_SCORE = re.compile("指标|部分|决策|过程|产出|效益|投入|效果|管理|执行率|成本|平均|分值")
FULL_MARK = re.compile("满分|总分100|部分值")
PROJECT_COUNT = re.compile("自评.*项目|项目.*自评")
NOT_ALL = re.compile("部门评价|重点评价|抽查|整体|选取|其中|上年|平均|等级|结果为")
MONEY: tuple[MoneyColumn, ...] = ("executed", "annual", "initial")


@rule("IND029", "score-grade", "评价等级应与得分相符", basis=GRADES, at_most="warning")
def score_grade(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """Hold each grade in prose against the last total score printed before it in the same block."""
    score: Rated | None = None
    bands = printed_bands(disclosure.document)
    for claim in disclosure.of(Rated):
        if claim.type == "score" and claim.value is not None and _is_total(claim):
            score = claim
        elif claim.type == "grade" and claim.grade and score and score.value:
            if claim.block != score.block:
                continue
            fits = carries(claim.grade, score.value.value, bands)
            if fits is None:
                continue
            if fits:
                yield Upheld(
                    subject="评价等级", evidence=(("score", score.place), ("grade", claim.place))
                )
                continue
            yield Breach(
                subject="评价等级",
                grade="broken",
                message=N_("得分 {score} 分，等级却为“{grade}”"),
                words={"score": score.value.text, "grade": claim.grade},
                evidence=(("score", score.place), ("grade", claim.place)),
            )


def _is_total(claim: Rated) -> bool:
    """Tell whether a score is somebody's total, not a part's or the full mark."""
    if claim.value is None or FULL_MARK.search(claim.subject.text):
        return False
    text = claim.subject.text
    return TOTAL_SCORE.search(text) is not None and not PART_SCORE.search(text)


@rule(
    "IND030",
    "score-in-text",
    "文中得分应见于自评表",
    basis="报告与所附自评表同一得分",
    at_most="warning",
)
def score_in_text(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """Look for a total score in prose that no table of the document prints."""
    totals = [
        (t, t.total.score) for t in disclosure.indicators if t.total and t.total.score is not None
    ]
    unread = any(
        t.compact or t.total is None or t.total.score is None for t in disclosure.indicators
    )
    claims = [c for c in disclosure.of(Rated) if c.type == "score" and c.value and _is_total(c)]
    if len({c.value.value for c in claims if c.value}) > len(totals):
        return
    if any(count > len(totals) for _, count in _named(disclosure)):
        return
    for claim in claims:
        if claim.value is None:
            continue
        if any(figure.value == claim.value.value for _, figure in totals):
            yield Upheld(subject="得分", evidence=(("score", claim.place),))
            continue
        if unread:
            yield NotChecked(
                subject="得分", reason="total_unread", evidence=(("score", claim.place),)
            )
            continue
        nearest = min(totals, key=lambda pair: abs(pair[1].value - claim.value.value))  # type: ignore[union-attr]  # printed
        yield Breach(
            subject="得分",
            grade="broken",
            message=N_(
                "文中得分 {score} 分，所附自评表的总分没有一张与之相同（最近的是 {total} 分）"
            ),
            words={"score": claim.value.text, "total": nearest[1].text},
            evidence=(("score", claim.place), ("total", _closing(nearest[0]))),
        )


def _closing(table: SelfEvaluation) -> Place:
    return table.total.place if table.total else table.place


@rule(
    "IND031",
    "project-count",
    "项目自评表的张数应等于自评项目个数",
    basis="每个自评项目一张自评表",
    at_most="warning",
)
def project_count(
    tables: tuple[SelfEvaluation, ...], levels: tuple[Level, ...], document: Document
) -> Iterator[AnyRelation]:
    """Hold the number of self-evaluated projects against the number of project tables."""
    projects = [t for t in tables if t.form == "project"]
    if not projects or any(t.compact for t in tables):
        return
    named: dict[int, list[Level]] = {}
    for claim in _evaluated(levels, document):
        named.setdefault(int(claim.value.value), []).append(claim)
    for count, claims in named.items():
        places = tuple(("count", to_clause_end(document, claim.place)) for claim in claims)
        if count == len(projects):
            yield Upheld(subject="自评项目", evidence=places)
            continue
        yield Breach(
            subject="自评项目",
            grade="broken",
            message=N_("文中自评项目 {count} 个，所附项目自评表 {tables} 张"),
            words={"count": str(count), "tables": str(len(projects))},
            minor=len(projects) * 2 < count,
            evidence=(
                *places,
                *(("table", (t.project.place if t.project else t.place)) for t in projects[:4]),
            ),
        )


def _evaluated(levels: tuple[Level, ...], document: Document) -> Iterator[Level]:
    """Yield the counts of self-evaluated projects (组织对6个项目开展绩效自评), grades apart."""
    for claim in levels:
        if claim.value.unit is None or claim.value.unit.name not in ("个", "项"):
            continue
        if grade_in(claim.subject.text):
            continue
        words = claim.subject.text + clause_of(document, claim.place)
        if PROJECT_COUNT.search(words) and not NOT_ALL.search(words):
            yield claim


@rule(
    "IND032",
    "project-money",
    "各项目自评表资金之和应与文中涉及资金相称",
    basis="文中“共涉及资金”为各项目资金之和",
    at_most="note",
)
def project_money(disclosure: Disclosure, shares: tuple[Share, ...]) -> Iterator[AnyRelation]:
    """State that the money named is the sum of the tables' budget or execution, where all are attached."""
    projects = [t for t in disclosure.indicators if t.form == "project"]
    readings = [r for c in MONEY if (r := _money(projects, c))]
    counts = _evaluated(disclosure.of(Level), disclosure.document)
    if not readings or any(int(c.value.value) != len(projects) for c in counts):
        return
    elsewhere = {block for block, count in _named(disclosure) if count != len(projects)}
    for claim in shares:
        if claim.block in elsewhere:
            continue
        if claim.value is None or "项目支出" not in claim.whole_text + claim.place.quote:
            continue
        if claim.section != "performance":
            continue
        named = claim.value.base
        yield Sum(
            subject="自评项目涉及资金",
            told_in=claim.place,
            total=Term(claim.value, "total", "文中涉及资金"),
            parts=min(readings, key=lambda parts: abs(named - sum(p.figure.base for p in parts))),
            minor=True,
        )


def _named(disclosure: Disclosure) -> Iterator[tuple[int, int]]:
    """Yield the projects the performance section counts (共涉及项目7个), grades apart: block and number."""
    for claim in disclosure.of(Level):
        if claim.section != "performance" or claim.value.unit is None:
            continue
        if claim.value.unit.name not in ("个", "项") or "项目" not in claim.subject.text:
            continue
        if not grade_in(claim.subject.text) and not NOT_ALL.search(claim.subject.text):
            yield claim.block, int(claim.value.value)


def _money(projects: list[SelfEvaluation], column: MoneyColumn) -> tuple[Term, ...]:
    """Return one column of every project's total; nothing where one table does not print it."""
    figures = [(t, t.money(column)) for t in projects]
    terms = [
        Term(f, "part", t.project.text if t.project else t.title)
        for t, f in figures
        if f is not None and not f.blank
    ]
    return tuple(terms) if len(terms) == len(projects) else ()


@rule(
    "IND033",
    "grades-counted",
    "各等级项目数应与自评表总分相符",
    basis=GRADES,
    at_most="note",
)
def grades_counted(
    tables: tuple[SelfEvaluation, ...], levels: tuple[Level, ...], document: Document
) -> Iterator[AnyRelation]:
    """Hold the number of 优、良、中、差 named against the totals of as many project tables."""
    if not usual(printed_bands(document)):
        return
    projects = [t for t in tables if t.form == "project"]
    totals = [t.total.score for t in projects if t.total and t.total.score is not None]
    if not totals:
        return
    for group in graded_counts(levels):
        if group.total != len(projects):
            continue
        for grade, claim in group.counts.items():
            least = sum(grade_fits(grade, s.value) is True for s in totals)
            most = least + len(projects) - len(totals)
            if least <= group.number(grade) <= most:
                yield Upheld(subject=grade, evidence=(("count", claim.place),))
                continue
            yield Breach(
                subject=grade,
                grade="broken",
                message=N_(
                    "文中评为“{grade}”的项目 {count} 个，按自评表总分应为 {least} 至 {most} 个"
                ),
                words={
                    "grade": grade,
                    "count": claim.value.text,
                    "least": str(least),
                    "most": str(most),
                },
                evidence=(("count", claim.place),),
            )


@rule(
    "IND035",
    "execution-points",
    "预算执行率的得分应与执行率相称",
    basis="评分表“预算执行率”按执行率计分",
    at_most="warning",
)
def execution_points(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Look for full marks for 预算执行率 in a score table beside a low rate in the project's table."""
    rates = [(t, f) for t in tables if (f := t.money("rate")) is not None and not f.blank]
    if len(rates) != 1:
        return
    table, rate = rates[0]
    row = next(r for r in table.budget if r.key == "total")
    for scores in tables:
        if scores is table or scores.form != "scores":
            continue
        for line in scores.indicators:
            if line.name not in ("预算执行率", "资金执行率", "预算完成率", "支出进度"):
                continue
            if line.score is None or line.weight is None or rate.value >= 90:  # noqa: PLR2004 (full from 90 %)
                continue
            if line.score.value < line.weight.value:
                yield Upheld(subject=line.name, evidence=(("row", line.place),))
                continue
            yield Breach(
                subject=line.name,
                grade="broken",
                message=N_("评分表“{name}”得满分 {score}，自评表执行率却只有 {rate}%"),
                words={"name": line.name, "score": line.score.text, "rate": rate.text},
                evidence=(("row", line.place), ("percent", row.place)),
            )


@rule(
    "IND036",
    "two-totals",
    "同一项目的自评表与评分表总分应相称",
    basis="同一项目的自评与评价",
    at_most="note",
)
def two_totals(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Look for different totals in the one project table and the one score table of a report."""
    projects = [t for t in tables if t.form == "project" and t.total and t.total.score]
    scores = [t for t in tables if t.form == "scores" and t.total and t.total.score]
    if len(projects) != 1 or len(scores) != 1:
        return
    one, two = _score(projects[0]), _score(scores[0])
    if one is None or two is None or one.value == two.value:
        return
    yield Breach(
        subject="总分",
        grade="broken",
        message=N_("同一项目自评表总分 {one}，评分表总分 {two}"),
        words={"one": one.text, "two": two.text},
        evidence=(("total", _closing(projects[0])), ("total", _closing(scores[0]))),
    )


def _score(table: SelfEvaluation) -> Figure | None:
    return table.total.score if table.total else None


@rule(
    "IND037",
    "tables-within-projects",
    "各项目自评表执行数之和不应超过项目支出",
    basis="公开03表 项目支出",
    at_most="note",
)
def tables_within_projects(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """State that the projects' execution is within the year's project expenditure."""
    table = disclosure.table("expenditure")
    whole = table.get("合计", "项目支出") if table else None
    projects = [t for t in disclosure.indicators if t.form == "project"]
    executed = [(t, f) for t in projects if (f := t.money("executed")) is not None and not f.blank]
    if whole is None or whole.blank or not executed:
        return
    yield AtMost(
        subject="项目自评表执行数",
        parts=tuple(Term(f, "part", t.project.text if t.project else t.title) for t, f in executed),
        whole=Term(whole, "whole", "支出决算表项目支出"),
        minor=True,
    )
