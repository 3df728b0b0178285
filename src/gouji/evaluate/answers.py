"""What the engine says of one document, as data that can be kept and rescored (应答)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gouji.check.findings import READING
from gouji.evaluate.labels import (
    Answer,
    BoundRow,
    BoundTable,
    Found,
    GridCell,
    GridText,
    Performance,
    PerformanceRow,
    Slots,
    Spot,
)
from gouji.model.claim import (
    AnyClaim,
    Breakdown,
    Change,
    Completion,
    Difference,
    Flat,
    Level,
    Nil,
    Rated,
    Share,
    Uses,
)
from gouji.model.disclosure import Disclosure
from gouji.model.document import Grid
from gouji.model.figure import PERCENT, Figure
from gouji.model.indicators import Indicator, SelfEvaluation
from gouji.model.place import Place
from gouji.model.report import Finding, Report
from gouji.model.tables import Table

MONEY = {
    "initial": "年初预算数",
    "annual": "全年预算数",
    "executed": "全年执行数",
    "weight": "分值",
    "rate": "执行率",
    "score": "得分",
}
"""Columns of the money rows, in the labels' words."""
TASK = {
    "budget": "预算数",
    "budget_fiscal": "其中:财政拨款(预算)",
    "executed": "执行数",
    "executed_fiscal": "其中:财政拨款(执行)",
}
"""Columns of the tasks, in the labels' words."""


def answer_of(disclosure: Disclosure, report: Report) -> Answer:
    """Return all that scorers ask for (应答)."""
    document = disclosure.document
    text = document.pages[0].text if document.source == "text" else ""
    titles = {
        g.id: named.title for g in document.grids if (named := disclosure.outline.named(g.id))
    }
    coverage = report.coverage.model_dump(exclude={"share_checked"})
    unread = sum(n.use == "unread" for n in disclosure.numbers)
    return Answer(
        grids=tuple(_grid(g, titles.get(g.id, "")) for g in document.grids),
        tables=tuple(bound_table(t) for t in disclosure.tables),
        performance=tuple(performance(t, text) for t in disclosure.indicators),
        claims=tuple(s for c in disclosure.claims if (s := slots_of(c)) is not None),
        findings=tuple(found(f) for f in report.findings),
        coverage={**coverage, "prose": len(disclosure.numbers), "prose_unread": unread},
        grades={k: v for k, v in report.summary if isinstance(v, int)},
        unread=tuple(c.reason for c in report.checks if c.rule == READING),
    )


# --- grids and tables ------------------------------------------------------------------------


def _grid(grid: Grid, title: str) -> GridText:
    cells = tuple(GridCell(c.row, c.col, c.text, c.rowspan, c.colspan) for c in grid.cells)
    return GridText(grid.n_rows, grid.n_cols, cells, title, grid.pages)


def bound_table(table: Table) -> BoundTable:
    """Return a bound table's figures by row and column."""
    rows = tuple(
        BoundRow(
            row.key,
            row.side,
            row.label,
            {name: None if f.blank else str(f.value) for name, f in row.figures.items()},
        )
        for row in table.rows
    )
    return BoundTable(table.kind, table.empty, rows)


# --- performance tables ----------------------------------------------------------------------


def performance(table: SelfEvaluation, text: str) -> Performance:
    """Return a performance table row by row; `text` is the pasted text its lines are counted in."""
    rows = (*_indicators(table, text), *_money(table), *_tasks(table))
    project = table.project.text if table.project else ""
    return Performance(table.grid, rows, _lines(text, table.place), project)


def _indicators(table: SelfEvaluation, text: str) -> Iterator[PerformanceRow]:
    for indicator in table.indicators:
        cells = _cells(indicator)
        yield PerformanceRow("indicator", indicator.name, cells, _lines(text, indicator.place))


def _cells(indicator: Indicator) -> dict[str, str | None]:
    return {
        "target": indicator.target.text if indicator.target else None,
        "ladder": indicator.ladder.text if indicator.ladder else None,
        "actual": indicator.actual.text if indicator.actual else None,
        "weight": printed(indicator.weight),
        "score": printed(indicator.score),
    }


def _money(table: SelfEvaluation) -> Iterator[PerformanceRow]:
    for row in table.budget:
        cells = {MONEY[name]: printed(figure) for name, figure in row.figures.items()}
        yield PerformanceRow("money", row.label, cells)


def _tasks(table: SelfEvaluation) -> Iterator[PerformanceRow]:
    for task in table.tasks:
        cells = {name: printed(getattr(task, key)) for key, name in TASK.items()}
        yield PerformanceRow("task", task.name, cells)


def printed(figure: Figure | None) -> str | None:
    """Return a figure as printed, its per cent sign included."""
    if figure is None or figure.blank:
        return None
    sign = "%" if figure.unit is not None and figure.unit.name == PERCENT.name else ""
    return figure.text + sign


def _lines(text: str, place: Place) -> tuple[int, int]:
    if not text:
        return (0, 0)
    first = text.count("\n", 0, place.start) + 1
    return (first, first + text.count("\n", place.start, place.end))


# --- claims ----------------------------------------------------------------------------------


def slots_of(claim: AnyClaim) -> Slots | None:
    """Return an extracted claim in the labels' terms; None for kinds the labels do not hold."""
    said = _said_of_parts(claim) or _said_of_rates(claim) or _said_of_values(claim)
    if said is None:
        return None
    place = claim.place
    return Slots(
        start=place.start, end=place.end, quote=place.quote, id=claim.id, page=place.page, **said
    )


def _said_of_values(claim: AnyClaim) -> dict[str, Any] | None:
    match claim:
        case Level(value=value):
            return {"type": "level", "value": _text(value)}
        case Flat(value=value):
            return {"type": "flat", "value": _text(value), "direction": "flat"}
        case Difference(value=value, direction=direction):
            return {"type": "difference", "value": _text(value), "direction": direction}
        case Nil():
            return {"type": "zero"}
        case Rated(value=value):
            slot = "percent" if claim.type == "rate" else "value"
            return {"type": claim.type, slot: _text(value)}
        case _:
            return None


def _said_of_rates(claim: AnyClaim) -> dict[str, Any] | None:
    match claim:
        case Change(value=value, change=change, rate=rate, direction=direction):
            said = {"value": _text(value), "change": _text(change), "percent": _text(rate)}
            return {"type": "change", "direction": direction, **said}
        case Share(value=value, percent=percent):
            return {"type": "share", "value": _text(value), "percent": _text(percent)}
        case Completion(value=value, percent=percent):
            return {"type": "completion", "value": _text(value), "percent": _text(percent)}
        case _:
            return None


def _said_of_parts(claim: AnyClaim) -> dict[str, Any] | None:
    match claim:
        case Breakdown(total=total, parts=parts):
            figures = tuple(p.figure.text for p in parts)
            return {"type": "sum", "value": _text(total), "parts": figures}
        case Uses(total=total, names=names) if total is not None and total.dimension == "count":
            return {"type": "sum", "value": _text(total), "parts": ("1",) * len(names)}
        case _:
            return None


def _text(figure: Figure | None) -> str | None:
    return None if figure is None else figure.text


# --- findings --------------------------------------------------------------------------------


def found(finding: Finding) -> Found:
    """Return a published finding without its arithmetic."""
    return Found(
        id=finding.id,
        rule=finding.rule,
        grade=finding.grade,
        severity=finding.severity,
        confidence=finding.confidence,
        message=finding.message,
        evidence=tuple(Spot(e.quote, e.start, e.end, e.page) for e in finding.evidence),
        fingerprint=finding.fingerprint,
        cluster=finding.cluster,
        suggestions=finding.suggestions,
    )
