"""Weights and scores of a self-evaluation table add up (分值与得分应合计相符).

What it checks
    Weights against the printed total and against the weight each heading prints, scores against the
    printed total and subtotals, and every score against its weight.

Why it matters
    A total of 98 may hide a row that was never scored, or weights that sum to 110.

For example
    产出指标(50分)下三项分值 20、20、20，合计 60。

Not a violation
    Forms whose indicators share 90 points beside 10 for execution; a table with rows a scan lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.check.rule import rule
from gouji.messages import N_
from gouji.model.figure import SCORE, Figure
from gouji.model.indicators import Closing, Indicator, SelfEvaluation
from gouji.model.relation import (
    AnyRelation,
    AtMost,
    Breach,
    NotChecked,
    Sum,
    Term,
    Upheld,
)

FORM = "绩效自评表：总分 100，分项之和等于总分"
EXECUTION = 10


@rule("IND004", "weights-to-total", "各项分值之和应等于总分值", basis=FORM)
def weights_to_total(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """State that the execution's and the indicators' weights add up to the printed total."""
    for table in tables:
        total = table.total
        if total is None or total.weight is None:
            continue
        weights = weights_under(table, 0, len(table.indicators) - 1)
        if weights is None:
            yield _unchecked("分值合计", "weight_missing", total)
            continue
        execution = table.money("weight")
        terms = _with_execution(weights, execution)
        relation = Sum(
            subject="分值合计",
            told_in=total.place,
            total=Term(total.weight, "total", "总分值"),
            parts=terms,
        )
        yield from _if_sure(table, relation, total, execution)


def _with_execution(rows: list[Term], execution: Figure | None) -> tuple[Term, ...]:
    if execution is None or execution.blank:
        return tuple(rows)
    return (Term(execution, "part", "预算执行率"), *rows)


def _if_sure(
    table: SelfEvaluation, relation: Sum, total: Closing, execution: Figure | None
) -> Iterator[AnyRelation]:
    """Yield a sum, unless its gap may be a row we did not read."""
    gap = relation.total.figure.value - sum(t.figure.value for t in relation.parts)
    if gap == 0:
        yield relation
    elif table.shaky:
        yield _unchecked(relation.subject, table.shaky, total)
    elif table.open_end and gap > 0:
        yield _unchecked(relation.subject, "table_cut_off", total)
    elif execution is None and table.form != "scores" and 0 < gap <= 2 * EXECUTION:
        yield _unchecked(relation.subject, "execution_row_unread", total)
    else:
        yield relation


def _unchecked(subject: str, reason: str, total: Closing) -> NotChecked:
    return NotChecked(subject=subject, reason=reason, evidence=(("total", total.place),))


def weights_under(table: SelfEvaluation, first: int, last: int) -> list[Term] | None:
    """Return the weights of a stretch of rows, a group's shared weight once; None if one is missing."""
    groups = {h.first: h for h in table.headings if h.depth > 2}  # noqa: PLR2004 (third level: rows share it)
    terms: list[Term] = []
    at = first
    while at <= last:
        row = table.indicators[at]
        if row.weight is not None:
            terms.append(Term(row.weight, "part", row.name))
        elif at in groups and groups[at].last <= last:
            terms.append(Term(groups[at].weight, "part", groups[at].label))
            at = groups[at].last
        else:
            return None
        at += 1
    return terms


@rule("IND005", "heading-weight", "上级指标的分值应等于其下各项分值之和", basis=FORM)
def heading_weight(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """State that a heading's printed weight is the sum of the weights under it."""
    for table in tables:
        for heading in table.headings:
            weights = weights_under(table, heading.first, heading.last)
            if heading.depth > 2 or not weights:  # noqa: PLR2004 (third level has no weights below)
                continue
            place = table.indicators[heading.first].place
            if table.open_end and heading.last == len(table.indicators) - 1:
                yield NotChecked(
                    subject=heading.label, reason="table_cut_off", evidence=(("row", place),)
                )
                continue
            if table.shaky or any(i.shaky for i in _rows(table, heading.first, heading.last)):
                yield NotChecked(
                    subject=heading.label, reason="rows_in_doubt", evidence=(("row", place),)
                )
                continue
            yield Sum(
                subject=heading.label,
                told_in=place,
                total=Term(heading.weight, "total", f"“{heading.label}”所印分值"),
                parts=tuple(weights),
            )


def _rows(table: SelfEvaluation, first: int, last: int) -> Sequence[Indicator]:
    return table.indicators[first : last + 1]


@rule("IND006", "scores-to-total", "各项得分之和应等于总得分", basis=FORM)
def scores_to_total(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """State that scores add up to the total, and between two subtotals to the subtotal."""
    for table in tables:
        yield from _subtotals(table)
        total = table.total
        if total is None or total.score is None:
            continue
        execution = table.money("score")
        stated = any(
            row.place == i.actual.place
            for row in table.budget
            for i in table.indicators
            if i.actual
        )
        if stated:
            execution = None
        scores = [i.score for i in table.indicators]
        if any(s is None for s in scores):
            yield _unchecked("得分合计", "score_missing", total)
            continue
        terms = _with_execution(_score_terms(table.indicators), execution)
        relation = Sum(
            subject="得分合计",
            told_in=total.place,
            total=Term(_rounded(total.score, terms), "total", "总得分"),
            parts=terms,
        )
        unread = table.form != "scores" and table.money("weight") is None
        yield from _if_sure(table, relation, total, None if unread else total.score)


def _score_terms(rows: Sequence[Indicator]) -> list[Term]:
    return [Term(i.score, "part", i.name) for i in rows if i.score is not None]


def _rounded(total: Figure, parts: Sequence[Term]) -> Figure:
    """Read a whole total of scores with decimals as rounded, not exact."""
    if total.decimals == 0 and any(t.figure.decimals for t in parts):
        return replace(total, unit=SCORE)
    return total


def _subtotals(table: SelfEvaluation) -> Iterator[AnyRelation]:
    start = 0
    for closing in table.subtotals:
        rows = table.indicators[start : closing.after]
        start = closing.after
        if closing.score is None or not rows:
            continue
        terms = _score_terms(rows)
        if len(terms) < len(rows) or any(i.shaky for i in rows):
            yield _unchecked("得分小计", "score_missing", closing)
            continue
        yield Sum(
            subject="得分小计",
            told_in=closing.place,
            total=Term(_rounded(closing.score, terms), "total", "得分小计"),
            parts=tuple(terms),
        )


@rule(
    "IND007", "score-within-weight", "得分不应高于分值", basis="自评表填表说明：得分最高不超过分值"
)
def score_within_weight(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """State score ≤ weight for every row that prints both."""
    for table in tables:
        for row in table.indicators:
            if row.weight is None or row.score is None or row.shaky:
                continue
            yield AtMost(
                subject=row.name,
                told_in=row.place,
                parts=(Term(row.score, "part", "得分"),),
                whole=Term(row.weight, "whole", "分值"),
            )


@rule("IND018", "weight-unit", "分值应以分为单位", basis="自评表“分值”栏填分数", at_most="warning")
def weight_unit(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Look for a weight printed in per cent in a table whose other weights are points."""
    for table in tables:
        weights = [i for i in table.indicators if i.weight is not None and not i.shaky]
        odd = [i for i in weights if i.weight and i.weight.unit and i.weight.unit.name == "%"]
        if len(odd) * 2 >= len(weights):
            continue
        if not odd:
            yield Upheld(subject="分值", evidence=(("row", weights[0].place),))
        for row in odd:
            if row.weight is None:
                continue
            yield Breach(
                subject=row.name,
                grade="broken",
                message=N_("指标“{name}”的分值印作 {weight}%，应为 {weight} 分"),
                words={"name": row.name, "weight": row.weight.text},
                evidence=(("row", row.place),),
            )
