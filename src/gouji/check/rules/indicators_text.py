"""What the cells of a self-evaluation table say (绩效自评表的填写).

What it checks
    Actuals that only repeat the target or the score, placeholders and empty columns, the column of
    reasons filled with 已完成, outcomes of another year, tasks without an outcome, and one table
    printed twice with different rows.

Why it matters
    A column that repeats another reports nothing: the score then rests on no achievement.

For example
    指标值 ≥98%，实际完成值也印 ≥98%。

Not a violation
    Words that are the achievement itself (及时、符合); a number that happens to equal the target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from gouji.check.rule import rule
from gouji.check.rules.indicators_points import copies_scores
from gouji.messages import N_
from gouji.model.indicators import Indicator, SelfEvaluation
from gouji.model.outline import Outline
from gouji.model.relation import AnyRelation, Breach, Upheld

FORM = "自评表“实际完成值”填实际达到的数"
INEQUALITIES = ("at_least", "at_most", "more", "less")
PLACEHOLDER = re.compile(r"[XxＸ×*＊]{2,}|某+|待填|待定|\?{2,}")
DONE = re.compile(r"(?:均|全部|都)?(?:已)?(?:按[期时])?(?:完成|达标)")
SHOWN = 3
STALE = re.compile(
    r"(?:完成|开展|组织|实施|落实|做好|保障)(?:了|好)?(20\d\d)年(?!.{0,15}(?:尾款|结转|余款|欠|续建|质保|跨年))"
)
"""Work that is said to be of a year; buildings begun earlier and money carried over are not."""
STOP = re.compile("[,，;；。\n]")
LONGEST = 30
"""Characters of a phrase shown in a sentence."""


@rule("IND016", "actual-repeats-target", "实际完成值不应照抄指标值", basis=FORM, at_most="note")
def actual_repeats_target(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Look for actuals that print the target's inequality again."""
    for table in first_prints(tables):
        rows = [i for i in table.indicators if _repeats(i)]
        if not rows:
            continue
        yield Breach(
            subject=table.title,
            grade="doubtful",
            message=N_(
                "{count} 项指标的实际完成值照抄指标值（如“{name}”{target}），没有实际达到的数"
            ),
            words={
                "count": str(len(rows)),
                "name": rows[0].name,
                "target": rows[0].target.text if rows[0].target else "",
            },
            evidence=tuple(("row", i.place) for i in rows),
        )


def _repeats(row: Indicator) -> bool:
    target, actual = row.target, row.actual
    if target is None or actual is None or target.value is None or actual.value is None:
        return False
    same = target.value.value == actual.value.value
    return actual.operator in INEQUALITIES and actual.operator == target.operator and same


@rule(
    "IND017",
    "actual-repeats-score",
    "实际完成值不应照抄得分",
    basis=FORM,
    at_most="warning",
)
def actual_repeats_score(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Look for a table whose column of actuals repeats the scores."""
    for table in first_prints(tables):
        rows = copies_scores(table)
        if not rows:
            continue
        yield Breach(
            subject=table.title,
            grade="broken",
            message=N_(
                "{count} 项指标的实际完成值与得分相同（如“{name}”指标值 {target}，实际值 {actual}），疑填成了得分"
            ),
            words={
                "count": str(len(rows)),
                "name": rows[0].name,
                "target": rows[0].target.text if rows[0].target else "",
                "actual": rows[0].actual.text if rows[0].actual else "",
            },
            evidence=tuple(("row", i.place) for i in rows),
        )


@rule(
    "IND019",
    "reasons-column",
    "偏差原因栏应填原因",
    basis="自评表“偏差原因分析及改进措施”栏",
    at_most="note",
)
def reasons_column(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Look for a column of reasons that is filled with 已完成."""
    for table in first_prints(tables):
        rows = [
            i
            for i in table.indicators
            if i.explanation is not None and DONE.fullmatch(i.explanation.text.strip("。. "))
        ]
        if len(rows) < SHOWN:
            continue
        yield Breach(
            subject=table.title,
            grade="doubtful",
            message=N_("{count} 项指标的偏差原因栏填“{text}”，不是原因"),
            words={
                "count": str(len(rows)),
                "text": rows[0].explanation.text if rows[0].explanation else "",
            },
            evidence=tuple(("row", i.place) for i in rows),
        )


@rule("IND022", "actual-missing", "实际完成值应填写", basis=FORM, at_most="warning")
def actual_missing(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Look for a column of actuals left mostly empty; a placeholder is as good as nothing."""
    for table in first_prints(tables):
        if "actual" not in table.columns or all(i.shaky for i in table.indicators):
            continue
        promised = [i for i in table.indicators if i.target is not None]
        empty = [i for i in promised if i.actual is None or PLACEHOLDER.fullmatch(i.actual.text)]
        if len(empty) < SHOWN or len(empty) * 2 <= len(promised):
            continue
        yield Breach(
            subject=table.title,
            grade="broken",
            message=N_("{total} 项指标中 {count} 项没有实际完成值（如“{name}”）"),
            words={"total": str(len(promised)), "count": str(len(empty)), "name": empty[0].name},
            evidence=tuple(("row", i.place) for i in empty),
        )


@rule(
    "IND023", "stale-year", "完成情况应为本年度的", basis="一份报告一个财政年度", at_most="warning"
)
def stale_year(tables: tuple[SelfEvaluation, ...], outline: Outline) -> Iterator[AnyRelation]:
    """Look for an earlier year in the outcome of the year's goal."""
    year = outline.fiscal_year
    seen: set[str] = set()
    for table in tables:
        outcome = table.goal.outcome if table.goal else None
        if outcome is None or year is None or _plain(outcome.text) in seen:
            continue
        seen.add(_plain(outcome.text))
        own = table.project.text if table.project else ""
        said = STALE.finditer(outcome.text)
        stale = [m for m in said if int(m[1]) < year and m[1] not in own]
        if not stale:
            yield Upheld(subject="年度总体目标完成情况", evidence=(("outcome", outcome.place),))
            continue
        yield Breach(
            subject="年度总体目标完成情况",
            grade="broken",
            message=N_("{year} 年度的完成情况写有 {stale} 年的事“{text}”"),
            words={
                "year": str(year),
                "stale": stale[0][1],
                "text": STOP.split(outcome.text[stale[0].start() :])[0][:LONGEST],
            },
            evidence=(("outcome", outcome.place),),
        )


def _plain(text: str) -> str:
    return re.sub(r"[\s,。;:、()]+", "", text)


@rule(
    "IND026",
    "task-without-outcome",
    "年度主要任务应写明完成情况",
    basis="整体支出绩效自评表“完成情况”栏",
    at_most="note",
)
def task_without_outcome(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Look for tasks whose outcome is empty while others print theirs."""
    for table in first_prints(tables):
        tasks = [t for t in table.tasks if not t.total]
        empty = [t for t in tasks if t.done is None]
        if not empty or len(empty) * 2 > len(tasks):
            continue
        for task in empty:
            yield Breach(
                subject=task.name,
                grade="doubtful",
                message=N_("任务“{name}”没有完成情况，其他任务都有"),
                words={"name": task.name},
                evidence=(("row", task.place),),
            )


@rule(
    "IND024",
    "table-printed-twice",
    "同一自评表两次刊印应一致",
    basis="同一表只有一个内容",
    at_most="warning",
)
def table_printed_twice(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Compare two prints of one table: same form, same project, mostly the same rows."""
    for first, second in combinations(tables, 2):
        if not _same_print(first, second):
            continue
        one, two = ({_key(x): x for x in table.indicators} for table in (first, second))
        odd = [one[k] for k in one.keys() - two.keys()] + [two[k] for k in two.keys() - one.keys()]
        prints = (("first", first.place), ("second", second.place))
        if not odd:
            yield Upheld(subject=first.title, evidence=prints)
            continue
        odd.sort(key=lambda row: row.place.start)
        yield Breach(
            subject=first.title,
            grade="broken",
            message=N_("“{title}”刊印两次，内容不同：“{name}”只见于其中一次"),
            words={"title": first.title, "name": odd[0].name},
            evidence=(("row", odd[0].place), *prints),
        )


def first_prints(tables: tuple[SelfEvaluation, ...]) -> Iterator[SelfEvaluation]:
    """Yield the tables, one that only repeats an earlier one once: its slips are one finding."""
    seen: list[SelfEvaluation] = []
    for table in tables:
        if not any(_same_print(table, earlier) for earlier in seen):
            seen.append(table)
            yield table


def _same_print(one: SelfEvaluation, two: SelfEvaluation) -> bool:
    if one.form != two.form or not _same_project(one, two):
        return False
    rows, others = ({_key(x) for x in table.indicators} for table in (one, two))
    return len(rows & others) * 3 >= 2 * max(len(rows), len(others))


def _key(row: Indicator) -> tuple[str, str, str]:
    target = row.target.text if row.target else ""
    actual = row.actual.text if row.actual else ""
    return (row.name, target, actual)


def _same_project(one: SelfEvaluation, two: SelfEvaluation) -> bool:
    if one.project is None or two.project is None:
        return False
    return one.project.text == two.project.text and one.year == two.year


@rule(
    "IND034",
    "qualitative-target",
    "定性指标的实际完成值应与指标值同类",
    basis=FORM,
    at_most="note",
)
def qualitative_target(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Look for a quantity indicator whose target is words and whose actual is a percentage."""
    for table in first_prints(tables):
        if copies_scores(table):
            continue
        for row in table.indicators:
            target, actual = row.target, row.actual
            if (
                target is None
                or actual is None
                or actual.value is None
                or target.operator != "words"
            ):
                continue
            if "数量" not in row.level2 or actual.value.dimension != "percent":
                continue
            if any(c.isdigit() for c in target.text):
                continue
            yield Breach(
                subject=row.name,
                grade="doubtful",
                message=N_("数量指标“{name}”的指标值“{target}”是定性的，实际完成值却是 {actual}"),
                words={"name": row.name, "target": target.text, "actual": actual.text},
                evidence=(("row", row.place),),
            )
