"""The tasks of an overall table (年度主要任务): name, what was done, budget and execution."""

from __future__ import annotations

import re
from typing import Literal

from gouji.extract.indicators.rows import RowView, span_place
from gouji.extract.indicators.values import tidy
from gouji.extract.indicators.words import GOAL_OUTCOME, GOAL_TARGET, TASK_NAME
from gouji.extract.numbers import numbers_in_cell
from gouji.model.document import Cell, Document
from gouji.model.figure import MONEY_UNITS, Figure, Unit
from gouji.model.indicators import Task, Words

_Key = Literal["name", "done", "budget", "budget_fiscal", "executed", "executed_fiscal"]
_BUDGET = re.compile("预算数|预算金额|预算资金|年度预算")
_EXECUTED = re.compile("执行数|支出数|实际支出|决算数")
_FISCAL = re.compile("财政")
_DONE = re.compile("完成情况|主要内容|实施情况")
_TOTAL = re.compile("金额合计|合计|总计")
_PAREN_UNIT = re.compile(r"\(([千百万亿]*元)\)")


def task_columns(row: RowView) -> dict[int, _Key]:
    """Return the columns of a task head; empty when the row heads no tasks with money."""
    columns: dict[int, _Key] = {}
    last: _Key | None = None
    for cell, text in zip(row.cells, row.tidy, strict=True):
        key: _Key | None = None
        if TASK_NAME.search(text) and "name" not in columns.values():
            key = "name"
        elif _EXECUTED.search(text):
            key = "executed"
        elif _BUDGET.search(text):
            key = "budget"
        elif _FISCAL.search(text) and last in ("budget", "executed"):
            key = "budget_fiscal" if last == "budget" else "executed_fiscal"
        elif _DONE.search(text) and "name" in columns.values():
            key = "done"
        if key and key not in columns.values():
            columns[cell.col] = last = key
    keys = set(columns.values())
    return columns if {"name", "budget", "executed"} <= keys else {}


def read_tasks(document: Document, rows: list[RowView], unit: Unit) -> tuple[Task, ...]:
    """Return the tasks below their head, the total row last where printed."""
    for at, head in enumerate(rows):
        columns = task_columns(head)
        if not columns:
            continue
        shown = next((m[1] for t in head.tidy if (m := _PAREN_UNIT.search(t))), "")
        money = MONEY_UNITS.get(shown, unit)
        tasks: list[Task] = []
        for row in rows[at + 1 :]:
            if GOAL_TARGET.search(row.text) or GOAL_OUTCOME.search(row.text):
                break
            task = _task(document, row, columns, money, tasks)
            if task is not None:
                tasks.append(task)
            if task is not None and task.total:
                break
        return tuple(tasks)
    return ()


def _task(
    document: Document, row: RowView, columns: dict[int, _Key], unit: Unit, above: list[Task]
) -> Task | None:
    name_col = next(col for col, key in columns.items() if key == "name")
    names = [c for c in row.cells if c.col <= name_col and len(tidy(c.text)) > 1]
    if not names:
        return None
    name = tidy(names[-1].text)
    total = _TOTAL.fullmatch(name) is not None
    cells: dict[_Key, Cell] = {
        columns[c.col]: c for c in row.cells if c.col in columns and columns[c.col] != "name"
    }
    if total:
        cells = _aligned_total(row, columns, above)
    done = cells.get("done")
    return Task(
        name=name,
        place=span_place(document, row.cells),
        done=Words(done.text, done.place) if done else None,
        budget=_money(cells.get("budget"), unit),
        budget_fiscal=_money(cells.get("budget_fiscal"), unit),
        executed=_money(cells.get("executed"), unit),
        executed_fiscal=_money(cells.get("executed_fiscal"), unit),
        total=total,
    )


def _aligned_total(row: RowView, columns: dict[int, _Key], above: list[Task]) -> dict[_Key, Cell]:
    """Read a total row whose numbers all stand one cell to the right of the rows above it."""
    order: tuple[_Key, ...] = ("budget", "budget_fiscal", "executed", "executed_fiscal")
    filled = tuple(k for k in order if any(getattr(t, k) is not None for t in above))
    printed = [c for c in row.cells if c.col in columns and numbers_in_cell(tidy(c.text))]
    own = tuple(columns[c.col] for c in printed)
    if own == filled or len(printed) != len(filled):
        return {columns[c.col]: c for c in printed}
    columns_of = {key: col for col, key in columns.items()}
    if all(c.col == columns_of[k] + 1 for c, k in zip(printed, filled, strict=True)):
        return dict(zip(filled, printed, strict=True))
    return {columns[c.col]: c for c in printed}


def _money(cell: Cell | None, unit: Unit) -> Figure | None:
    if cell is None:
        return None
    numbers = numbers_in_cell(tidy(cell.text))
    return numbers[0].figure(cell.place, unit) if len(numbers) == 1 else None
