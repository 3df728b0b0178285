"""One grid → one performance table (一表): head, names, money, goal, indicators, total."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from gouji.extract.indicators.head import columns_of, is_head
from gouji.extract.indicators.money import (
    budget_rows,
    goal_of,
    money_head,
    run_together,
    side_budget,
    table_unit,
)
from gouji.extract.indicators.parts import rows_of_parts
from gouji.extract.indicators.rows import RowView, span_place
from gouji.extract.indicators.stated import stated_budget
from gouji.extract.indicators.stream import is_stream, stream_rows
from gouji.extract.indicators.table import IndicatorPart, read_part
from gouji.extract.indicators.tasks import read_tasks
from gouji.extract.indicators.values import score_figure, tidy
from gouji.extract.indicators.words import NAMES
from gouji.model.document import Document, Grid, Paragraph
from gouji.model.figure import WAN_YUAN, Unit
from gouji.model.indicators import BudgetRow, Closing, Form, SelfEvaluation, Words
from gouji.model.outline import Outline

_TITLE = re.compile(r"(?:绩效|自评|评价|评分)\S{0,24}表|自评表")
_OVERALL = re.compile("整体")
_SCORES = re.compile("评分表|评价指标体系|评价得分")
_YEAR = re.compile(r"(20\d\d)\s?年")
_NAME_LINE = re.compile(r"项目(?:支出)?名称[::\s]*(.{2,60})")
_USUAL_TITLES: dict[Form, str] = {
    "project": "项目支出绩效自评表",
    "overall": "部门整体支出绩效自评表",
    "scores": "绩效评价指标体系评分表",
}
_LOOK_BACK = 4
_LONGEST_TITLE = 60
_ENOUGH_ROWS = 2


@dataclass(frozen=True, slots=True)
class Title:
    """What stands above a table (表题)."""

    text: str
    year: int | None
    project: Words | None


def read_evaluation(
    document: Document, outline: Outline, grids: tuple[Grid, ...]
) -> SelfEvaluation | None:
    """Return the performance table a grid holds, with its continuations, or None."""
    grid = grids[0]
    if not any("指标" in cell.text or "三级" in cell.text for cell in grid.cells):
        return None
    rows = stream_rows(grid) if is_stream(grid) else rows_of_parts(document, grids)
    at = next((i for i, row in enumerate(rows) if is_head(row)), None)
    if at is None:
        return None
    columns, after = columns_of(rows, at)
    ruled = all(g.ruled and g.n_cols == grid.n_cols for g in grids)
    part = read_part(document, rows[at + 1 + after :], columns, rows[at].width, ruled=ruled)
    above = rows[:at]
    if len(part.indicators) < (1 if part.total is not None else _ENOUGH_ROWS):
        return None
    title = _title(document, outline, grid)
    unit = table_unit(above, outline.unit or WAN_YUAN)
    names = _names(above)
    form = _form(title.text, above)
    return SelfEvaluation(
        form=form,
        grid=grid.id,
        title=title.text or _USUAL_TITLES[form],
        place=span_place(document, rows[0].cells),
        year=title.year or outline.fiscal_year,
        unit=unit,
        project=names.get("project") or names.get("unit") or title.project,
        department=names.get("department"),
        implementer=names.get("implementer"),
        budget=_budget(document, above, part, unit),
        tasks=read_tasks(document, above, unit),
        goal=goal_of(above),
        indicators=part.indicators,
        headings=part.headings,
        total=part.total or _stated_total(document, above, len(part.indicators)),
        subtotals=part.subtotals,
        columns=tuple(c.role for c in columns),
        shaky=part.shaky,
        compact=rows[at].compact,
        open_end=document.source == "text"
        and part.total is None
        and grids[-1].index == len(document.blocks) - 1,
    )


def _budget(
    document: Document, above: list[RowView], part: IndicatorPart, unit: Unit
) -> tuple[BudgetRow, ...]:
    for i, row in enumerate(above):
        spans = money_head(row)
        if spans:
            return budget_rows(document, row, above[i + 1 :], spans, unit)
    return (
        side_budget(document, above, unit)
        or stated_budget(part.indicators)
        or run_together(above, unit)
    )


def _form(title: str, above: list[RowView]) -> Form:
    """Tell a project's table from a department's and from an evaluator's score table."""
    if _OVERALL.search(title) or any("部门(单位)名称" in r.text for r in above[:3]):
        return "overall"
    if _SCORES.search(title):
        return "scores"
    if any(money_head(row) for row in above):
        return "project"
    overall = any(re.search("整体支出|部门整体|任务名称", r.text) for r in above)
    return "overall" if overall else "project"


def _title(document: Document, outline: Outline, grid: Grid) -> Title:
    """Return the title above a grid: the outline's, else the nearest line that names such a table."""
    named = outline.named(grid.id)
    text = named.title if named and named.title else ""
    year = named.year if named else None
    project: Words | None = None
    for block in reversed(document.blocks[max(0, grid.index - _LOOK_BACK) : grid.index]):
        if not isinstance(block, Paragraph):
            break
        if project is None and (found := _NAME_LINE.match(block.text)):
            place = document.place(block, found.start(1), found.end(1))
            project = Words(found[1], place)
        short = block.text[:_LONGEST_TITLE]
        if not text and len(block.text) <= _LONGEST_TITLE and _TITLE.search(short):
            text = block.text
        if year is None and (shown := _YEAR.search(short)):
            year = int(shown[1])
    return Title(text, year, project)


def _names(rows: list[RowView]) -> dict[str, Words]:
    """Return project, department and implementing unit: the cells after their labels."""
    names: dict[str, Words] = {}
    for row in rows[:8]:
        labels = _labels(row)
        for n, (key, _, after) in enumerate(labels):
            stop = labels[n + 1][1] if n + 1 < len(labels) else len(row.cells)
            cells = row.cells[after:stop]
            words = [c for c in cells if len(tidy(c.text)) > 1]
            if words and key not in names:
                text = "".join(c.text for c in words)
                names[key] = Words(text, words[0].place)
    return names


_TOTAL_LABEL = re.compile("自评(?:总分|得分|分数?)|综合得分")


def _stated_total(document: Document, rows: list[RowView], after: int) -> Closing | None:
    """Return the total score a form prints beside the names (自评总分), where no row closes the table."""
    for row in rows[:8]:
        for label, cell in pairwise(row.cells):
            score = score_figure(cell.text, cell.place)
            if score is not None and _TOTAL_LABEL.fullmatch(tidy(label.text).rstrip(":")):
                place = span_place(document, (label, cell))
                return Closing(tidy(label.text), place, None, score, after)
    return None


def _labels(row: RowView) -> list[tuple[str, int, int]]:
    """Return (key, index of the label, index after it); a label may be cut over two cells."""
    found: list[tuple[str, int, int]] = []
    for i, text in enumerate(row.tidy):
        pair = text + row.tidy[i + 1] if i + 1 < len(row.tidy) else ""
        for key, pattern in NAMES:
            if any(k == key for k, _, _ in found):
                continue
            if pair and pattern.fullmatch(pair):
                found.append((key, i, i + 2))
            elif pattern.fullmatch(text):
                found.append((key, i, i + 1))
    return found
