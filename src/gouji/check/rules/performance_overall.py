"""The overall self-evaluation against the accounts (整体支出绩效自评表与决算表).

What it checks
    The tasks' budget and execution against their total, the total execution against the year's
    expenditure, the project tasks against project expenditure, and the money left unspent by single
    projects against what the table says was left.

Why it matters
    The overall table restates the accounts; an execution above all expenditure of the year is
    impossible in any scope.

For example
    整体表执行数 120 万元，支出决算表本年支出合计 90 万元。

Not a violation
    Execution below the total where the table covers one scope only (a warning at most); figures
    printed without decimals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from gouji.check.needs import Expenditure
from gouji.check.rule import rule
from gouji.messages import N_
from gouji.model.claim import Level
from gouji.model.disclosure import Disclosure
from gouji.model.figure import Figure
from gouji.model.indicators import SelfEvaluation, Task
from gouji.model.outline import TableKind
from gouji.model.relation import AnyRelation, AtMost, Breach, Equal, Sum, Term, Upheld

FORM = "部门整体支出绩效自评表"
ALL = "本年支出合计"
PROJECT = "项目支出"
TOTAL_ROW = "合计"
SCOPES: tuple[tuple[TableKind, str, str], ...] = (
    ("general_public_expenditure", "合计", "小计"),
    ("appropriation_summary", "本年支出合计", "合计"),
    ("appropriation_summary", "总计", "合计"),
    ("income_expenditure_summary", "总计", "金额"),
)
BASIC = re.compile("人员|公用|基本支出|工资|机关运行|运转")


@rule("IND025", "task-sums", "各项任务的预算数、执行数之和应等于合计", basis=FORM)
def task_sums(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """State Σ tasks = total for budget and execution."""
    for table in _distinct(tables):
        total = _total(table)
        if total is None:
            continue
        for column, name in (("budget", "预算数"), ("executed", "执行数")):
            whole: Figure | None = getattr(total, column)
            parts = [
                Term(figure, "part", task.name)
                for task in table.tasks
                if not task.total and (figure := getattr(task, column)) is not None
            ]
            if whole is None or len(parts) < 2:  # noqa: PLR2004 (a sum)
                continue
            yield Sum(
                subject=f"年度主要任务{name}",
                told_in=total.place,
                total=Term(whole, "total", f"{total.name}{name}"),
                parts=tuple(parts),
            )


def _distinct(tables: tuple[SelfEvaluation, ...]) -> Iterator[SelfEvaluation]:
    """Yield the tables, one that is printed twice with the same money only once."""
    seen: set[tuple[object, ...]] = set()
    for table in tables:
        money = [
            (t.name, t.budget and t.budget.value, t.executed and t.executed.value)
            for t in table.tasks
        ]
        key = (table.form, table.project and table.project.text, *money)
        if not money or key not in seen:
            yield table
        seen.add(key)


def _total(table: SelfEvaluation) -> Task | None:
    return next((t for t in table.tasks if t.total), None)


def _executed(table: SelfEvaluation) -> tuple[Figure, Task | None] | None:
    total = _total(table)
    if total is not None and total.executed is not None:
        return total.executed, total
    figure = table.money("executed")
    return None if figure is None or figure.blank else (figure, None)


@rule(
    "IND027",
    "overall-execution",
    "整体支出绩效自评表的执行数应与决算支出一致",
    basis="公开03表 本年支出合计",
)
def overall_execution(disclosure: Disclosure, expenditure: Expenditure) -> Iterator[AnyRelation]:
    """State that the overall execution is the year's expenditure; below it the scope may differ."""
    accounts = expenditure.get(TOTAL_ROW, ALL)
    for table in _distinct(disclosure.indicators):
        found = _executed(table) if table.form == "overall" else None
        if found is None or accounts is None or accounts.blank:
            continue
        executed, row = found
        if any(executed.interval().meets(f.interval()) for f in _scopes(disclosure)):
            place = row.place if row else executed.place
            yield Upheld(subject="整体支出执行数", evidence=(("row", place),))
            continue
        yield Equal(
            subject="整体支出执行数",
            told_in=row.place if row else None,
            left=Term(executed, "value", "整体支出绩效自评表执行数"),
            right=Term(accounts, "same", "支出决算表本年支出合计"),
            severe=executed.base > accounts.base,
        )


def _scopes(disclosure: Disclosure) -> Iterator[Figure]:
    """Yield totals of the accounts that an overall table may restate, whatever its scope."""
    for kind, row, column in SCOPES:
        table = disclosure.table(kind)
        figure = table.get(row, column) if table else None
        if figure is not None and not figure.blank:
            yield figure


@rule(
    "IND028",
    "project-tasks",
    "整体支出绩效自评表中项目任务的执行数不应超过项目支出",
    basis="公开03表 项目支出",
)
def project_tasks(
    tables: tuple[SelfEvaluation, ...], expenditure: Expenditure
) -> Iterator[AnyRelation]:
    """State that tasks other than staff and running costs are within project expenditure."""
    accounts = expenditure.get(TOTAL_ROW, PROJECT)
    for table in _distinct(tables):
        tasks = [t for t in table.tasks if not t.total and t.executed is not None]
        projects = [t for t in tasks if not BASIC.search(t.name)]
        if accounts is None or accounts.blank or not projects or len(projects) == len(tasks):
            continue
        yield AtMost(
            subject="项目任务执行数",
            told_in=projects[0].place,
            parts=tuple(Term(t.executed, "part", t.name) for t in projects if t.executed),
            whole=Term(accounts, "whole", "支出决算表项目支出"),
        )


@rule(
    "IND038",
    "unspent-money",
    "单个项目未支出的资金应反映在整体支出绩效自评表中",
    basis="整体未执行数不小于其中任一项目的未执行数",
)
def unspent_money(
    tables: tuple[SelfEvaluation, ...], levels: tuple[Level, ...]
) -> Iterator[AnyRelation]:
    """State that what the project tasks left unspent is at least what one project's report left."""
    left = list(_unspent(levels))
    for table in _distinct(tables):
        projects = [t for t in table.tasks if not t.total and not BASIC.search(t.name)]
        money = [(t.budget, t.executed, t.place) for t in projects if t.budget and t.executed]
        if len(money) != 1 or len(projects) == len(table.tasks):
            continue
        budget, executed, place = money[0]
        for given, spent in left:
            if given.base > budget.base or given.unit != spent.unit or budget.unit != given.unit:
                continue
            evidence = (("row", place), ("budget", given.place), ("executed", spent.place))
            if _least(given, spent) <= _most(budget, executed):
                yield Upheld(subject="项目任务未执行数", evidence=evidence)
                break
            yield Breach(
                subject="项目任务未执行数",
                told_in=place,
                grade="broken",
                message=N_(
                    "整体表中项目任务预算 {budget} {unit}、执行 {executed} {unit}，未执行 {left} {unit}；其中一个项目拨款 {given} {unit} 只支出 {spent} {unit}，一项就有 {unspent} {unit}未执行"
                ),
                words={
                    "budget": budget.text,
                    "executed": executed.text,
                    "left": f"{budget.value - executed.value}",
                    "given": given.text,
                    "spent": spent.text,
                    "unspent": f"{given.value - spent.value}",
                    "unit": budget.unit.name if budget.unit else "",
                },
                evidence=evidence,
            )
            break


def _least(given: Figure, spent: Figure) -> Decimal:
    """Return the least that can be left of a grant, by the printed digits."""
    return (given.interval().low or given.base) - (spent.interval().high or spent.base)


def _most(budget: Figure, executed: Figure) -> Decimal:
    """Return the most that can be left of a budget, by the printed digits."""
    return (budget.interval().high or budget.base) - (executed.interval().low or executed.base)


def _unspent(levels: tuple[Level, ...]) -> Iterator[tuple[Figure, Figure]]:
    """Yield (appropriated, spent) where one sentence of an attached report prints both."""
    for one, two in pairwise(levels):
        if not one.attached or (one.block, one.sentence) != (two.block, two.sentence):
            continue
        if one.value.dimension != "money" or two.value.dimension != "money":
            continue
        given = re.search("拨款|预算", one.place.quote + one.subject.text)
        spent = re.search("支出|执行|使用", two.place.quote)
        if given and spent and one.value.base > two.value.base:
            yield one.value, two.value
