"""A disclosure in its published form, as `gouji extract` prints it (提取结果)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from gouji.model.claim import AnyClaim, Base, Claim, Part
from gouji.model.disclosure import Disclosure
from gouji.model.document import Document, Grid
from gouji.model.figure import Figure
from gouji.model.indicators import (
    Actual,
    Indicator,
    Ladder,
    SelfEvaluation,
    Target,
    Task,
    Words,
)
from gouji.model.outline import NamedGrid, Outline
from gouji.model.place import Place
from gouji.model.tables import Table
from gouji.report.extracted import (
    ActualOut,
    BaseOut,
    BudgetRowOut,
    CellOut,
    ClaimOut,
    ClosingOut,
    Extraction,
    FigureOut,
    GridOut,
    HeadingOut,
    IndicatorOut,
    LadderOut,
    NumberOut,
    OutlineOut,
    PartOut,
    PerformanceTableOut,
    RowOut,
    SectionOut,
    SourceOut,
    SubjectOut,
    TableOut,
    TargetOut,
    TaskOut,
)


def to_json(disclosure: Disclosure) -> str:
    """Return the extraction as `schemas/extract.v1.schema.json` describes it."""
    return published(disclosure).model_dump_json(by_alias=True, indent=1) + "\n"


def published(disclosure: Disclosure) -> Extraction:
    """Return the published form of a disclosure."""
    document, outline = disclosure.document, disclosure.outline
    return Extraction(
        document=_source(document),
        outline=_outline(outline),
        grids=tuple(_grid(g, outline.named(g.id)) for g in document.grids),
        tables=tuple(_table(t) for t in disclosure.tables),
        indicators=tuple(_performance(t) for t in disclosure.indicators),
        claims=tuple(_claim(c) for c in disclosure.claims),
        numbers=tuple(
            NumberOut(
                quote=n.place.quote,
                page=n.place.page,
                start=n.place.start,
                end=n.place.end,
                use=n.use,
                reason=n.reason,
                claims=n.claims,
            )
            for n in (*disclosure.numbers, *disclosure.strays)
        ),
        unread=disclosure.unread,
    )


def _source(document: Document) -> SourceOut:
    return SourceOut(
        name=document.name,
        sha256=document.sha256,
        source=document.source,
        pages=sum(page.number is not None for page in document.pages),
        notes=document.notes,
    )


def _outline(outline: Outline) -> OutlineOut:
    return OutlineOut(
        kind=outline.kind,
        level=outline.level,
        entity=outline.entity,
        fiscal_year=outline.fiscal_year,
        unit=outline.unit.name if outline.unit else None,
        sections=tuple(
            SectionOut(title=s.title, kind=s.kind, depth=s.depth, ordinal=s.ordinal)
            for s in outline.sections
        ),
    )


def _grid(grid: Grid, named: NamedGrid | None) -> GridOut:
    return GridOut(
        id=grid.id,
        pages=grid.pages,
        title=named.title if named else None,
        kind=named.kind if named else "other",
        n_rows=grid.n_rows,
        n_cols=grid.n_cols,
        cells=tuple(
            CellOut(
                row=c.row,
                col=c.col,
                rowspan=c.rowspan,
                colspan=c.colspan,
                text=c.text,
                page=c.place.page,
                bbox=c.place.box,
            )
            for c in grid.cells
        ),
    )


def _table(table: Table) -> TableOut:
    return TableOut(
        kind=table.kind,
        title=table.title,
        grid=table.grid,
        unit=table.unit.name if table.unit else None,
        year=table.year,
        empty=table.empty,
        shaky=table.shaky,
        columns=table.columns,
        rows=tuple(
            RowOut(
                key=r.key,
                label=r.label,
                line=r.line,
                side=r.side,
                figures={column: _figure(f) for column, f in r.figures.items()},
            )
            for r in table.rows
        ),
        notes=table.notes,
    )


def _performance(table: SelfEvaluation) -> PerformanceTableOut:
    return PerformanceTableOut(
        form=table.form,
        grid=table.grid,
        title=table.title,
        project=_text(table.project),
        department=_text(table.department),
        implementer=_text(table.implementer),
        year=table.year,
        unit=table.unit.name if table.unit else None,
        budget=tuple(
            BudgetRowOut(
                key=r.key, label=r.label, figures={c: _figure(f) for c, f in r.figures.items()}
            )
            for r in table.budget
        ),
        tasks=tuple(_task(t) for t in table.tasks),
        goal=_text(table.goal.target) if table.goal else None,
        outcome=_text(table.goal.outcome) if table.goal else None,
        columns=table.columns,
        indicators=tuple(_indicator(i) for i in table.indicators),
        headings=tuple(
            HeadingOut(label=h.label, weight=_figure(h.weight), first=h.first, last=h.last)
            for h in table.headings
        ),
        subtotals=tuple(
            ClosingOut(label=c.label, weight=_maybe(c.weight), score=_maybe(c.score), after=c.after)
            for c in table.subtotals
        ),
        weight=_maybe(table.total.weight if table.total else None),
        score=_maybe(table.total.score if table.total else None),
        shaky=table.shaky,
    )


def _indicator(indicator: Indicator) -> IndicatorOut:
    return IndicatorOut(
        level1=indicator.level1,
        level2=indicator.level2,
        name=indicator.name,
        target=indicator.target.text if indicator.target else None,
        actual=indicator.actual.text if indicator.actual else None,
        weight=_maybe(indicator.weight),
        score=_maybe(indicator.score),
        typed_target=_target(indicator.target),
        typed_actual=_actual(indicator.actual),
        explanation=_text(indicator.explanation),
        standard=_standard(indicator.ladder),
        shaky=indicator.shaky,
        **_placed(indicator.place),
    )


def _text(words: Words | None) -> str | None:
    return None if words is None else words.text


def _task(task: Task) -> TaskOut:
    return TaskOut(
        name=task.name,
        done=_text(task.done),
        budget=_maybe(task.budget),
        budget_fiscal=_maybe(task.budget_fiscal),
        executed=_maybe(task.executed),
        executed_fiscal=_maybe(task.executed_fiscal),
        total=task.total,
    )


def _target(target: Target | None) -> TargetOut | None:
    if target is None:
        return None
    return TargetOut(
        operator=target.operator,
        value=_maybe(target.value),
        upper=_maybe(target.upper),
        per=target.per,
    )


def _actual(actual: Actual | None) -> ActualOut | None:
    if actual is None:
        return None
    return ActualOut(operator=actual.operator, value=_maybe(actual.value))


def _standard(ladder: Ladder | None) -> LadderOut | None:
    if ladder is None:
        return None
    return LadderOut(
        text=ladder.text,
        maximum=_maybe(ladder.maximum),
        full=_maybe(ladder.full),
        deduct=_maybe(ladder.deduct),
        per=_maybe(ladder.per),
        direction=ladder.direction,
    )


def _maybe(figure: Figure | None) -> FigureOut | None:
    return None if figure is None else _figure(figure)


def _figure(figure: Figure) -> FigureOut:
    return FigureOut(
        text=figure.text,
        value=format(figure.value, "f"),
        unit=figure.unit.name if figure.unit else None,
        decimals=figure.decimals,
        misread=figure.misread.value if figure.misread else None,
        blank=figure.blank,
        **_placed(figure.place),
    )


def _placed(place: Place) -> dict[str, Any]:
    return {
        "quote": place.quote,
        "page": place.page,
        "bbox": place.box,
        "start": place.start,
        "end": place.end,
    }


def _claim(claim: AnyClaim) -> ClaimOut:
    subject = claim.subject
    return ClaimOut(
        id=claim.id,
        type=claim.type,
        subject=SubjectOut(
            text=subject.text,
            item=subject.item,
            scope=subject.scope,
            measure=subject.measure,
            year=subject.year,
        ),
        section=claim.section,
        **_placed(claim.place),
        **dict(_own_fields(claim)),
    )


_COMMON = frozenset(f.name for f in fields(Claim))


def _own_fields(claim: AnyClaim) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a claim's type, published."""
    for field in fields(claim):
        if field.name in _COMMON or field.name not in ClaimOut.model_fields:
            continue
        yield field.name, _published(getattr(claim, field.name))


def _published(value: Any) -> Any:  # noqa: ANN401 (a field of any claim type)
    match value:
        case Figure():
            return _figure(value)
        case Base():
            return BaseOut(
                kind=value.kind, text=value.text, year=value.year, figure=_maybe(value.figure)
            )
        case Part():
            return PartOut(name=value.name, item=value.item, figure=_figure(value.figure))
        case (str() as name, Place()):
            return name
        case tuple():
            return tuple(_published(v) for v in value)
        case _:
            return value
