"""What `gouji extract` publishes, gouji.extract/1 (提取结果): tables, statements, and every number.

Like the report, this is a separate type from what stages use, so that it can stay still while they move.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from gouji.model.claim import AnyClaim, Base, Claim, Part
from gouji.model.disclosure import Disclosure
from gouji.model.document import Grid
from gouji.model.figure import Figure
from gouji.model.outline import NamedGrid
from gouji.model.place import Place
from gouji.model.tables import Table

Bbox = tuple[float, float, float, float]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class SourceOut(_Frozen):
    """The document read (文档)."""

    name: str
    sha256: str
    source: Literal["pdf", "text"]
    pages: int
    notes: tuple[str, ...]
    """What could not be read."""


class SectionOut(_Frozen):
    """A headed part of the document (章节)."""

    title: str
    kind: str
    depth: int
    ordinal: str


class OutlineOut(_Frozen):
    """What the document is (结构)."""

    kind: str
    level: str | None
    entity: str | None
    fiscal_year: int | None
    unit: str | None
    sections: tuple[SectionOut, ...]


class CellOut(_Frozen):
    """A cell as printed (单元格)."""

    row: int
    col: int
    rowspan: int
    colspan: int
    text: str
    page: int | None
    bbox: Bbox | None


class GridOut(_Frozen):
    """A table as printed; one over several pages is one grid (表格)."""

    id: str
    pages: tuple[int, ...]
    title: str | None
    kind: str
    n_rows: int
    n_cols: int
    cells: tuple[CellOut, ...]


class FigureOut(_Frozen):
    """A number as printed (数字)."""

    text: str
    value: str
    unit: str | None
    decimals: int
    quote: str
    page: int | None
    bbox: Bbox | None
    start: int
    end: int
    misread: str | None = None
    """Why the digits may not be what was printed."""
    blank: bool = False
    """An empty cell, read as nothing."""


class RowOut(_Frozen):
    """A row of a recognised table (行)."""

    key: str
    label: str
    line: str
    side: str
    figures: dict[str, FigureOut]
    """By column."""


class TableOut(_Frozen):
    """A recognised table (已识别的表)."""

    kind: str
    title: str
    grid: str
    unit: str | None
    year: int | None
    empty: bool
    shaky: str
    """Why its rows and columns cannot be trusted; empty when they can."""
    columns: tuple[str, ...]
    rows: tuple[RowOut, ...]
    notes: tuple[str, ...]


class SubjectOut(_Frozen):
    """What a statement is about (主体)."""

    text: str
    item: str | None
    scope: str
    measure: str
    year: int | None


class BaseOut(_Frozen):
    """What a change or rate is measured against (基数)."""

    kind: str
    text: str
    year: int | None
    figure: FigureOut | None


class PartOut(_Frozen):
    """A part of a breakdown (分项)."""

    name: str
    item: str | None
    figure: FigureOut


class ClaimOut(_Frozen):
    """A statement (陈述): what all have, and the fields of its type; others are null."""

    id: str
    type: str
    subject: SubjectOut
    section: str
    quote: str
    page: int | None
    bbox: Bbox | None
    start: int
    end: int
    value: FigureOut | None = None
    change: FigureOut | None = None
    direction: str | None = None
    rate: FigureOut | None = None
    percent: FigureOut | None = None
    base: BaseOut | None = None
    whole: FigureOut | None = None
    whole_text: str | None = None
    amount: FigureOut | None = None
    total: FigureOut | None = None
    parts: tuple[PartOut, ...] | None = None
    exhaustive: bool | None = None
    """Whether the parts should reach the total."""
    names: tuple[str, ...] | None = None
    grade: str | None = None


class NumberOut(_Frozen):
    """What became of one number of the prose (数字去向)."""

    quote: str
    page: int | None
    start: int
    end: int
    use: str
    reason: str
    claims: tuple[str, ...]


class Extraction(_Frozen):
    """Everything extracted from one document (提取结果)."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, populate_by_name=True
    )

    schema_: Literal["gouji.extract/1"] = Field("gouji.extract/1", alias="schema")
    document: SourceOut
    outline: OutlineOut
    grids: tuple[GridOut, ...]
    tables: tuple[TableOut, ...]
    indicators: tuple[dict[str, str], ...]
    """Performance indicators; none are read yet."""
    claims: tuple[ClaimOut, ...]
    numbers: tuple[NumberOut, ...]
    unread: tuple[str, ...]
    """What could not be read, in sentences."""


def to_json(disclosure: Disclosure) -> str:
    """Return the extraction as `schemas/extract.v1.schema.json` describes it."""
    return published(disclosure).model_dump_json(by_alias=True, indent=1) + "\n"


def published(disclosure: Disclosure) -> Extraction:
    """Return the published form of a disclosure."""
    document, outline = disclosure.document, disclosure.outline
    return Extraction(
        document=SourceOut(
            name=document.name,
            sha256=document.sha256,
            source=document.source,
            pages=len(document.pages),
            notes=document.notes,
        ),
        outline=OutlineOut(
            kind=outline.kind,
            level=outline.level,
            entity=outline.entity,
            fiscal_year=outline.fiscal_year,
            unit=outline.unit.name if outline.unit else None,
            sections=tuple(
                SectionOut(title=s.title, kind=s.kind, depth=s.depth, ordinal=s.ordinal)
                for s in outline.sections
            ),
        ),
        grids=tuple(_grid(g, outline.named(g.id)) for g in document.grids),
        tables=tuple(_table(t) for t in disclosure.tables),
        indicators=(),
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
            for n in disclosure.numbers
        ),
        unread=disclosure.unread,
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
            figure = _figure(value.figure) if value.figure else None
            return BaseOut(kind=value.kind, text=value.text, year=value.year, figure=figure)
        case Part():
            return PartOut(name=value.name, item=value.item, figure=_figure(value.figure))
        case (str() as name, Place()):
            return name
        case tuple():
            return tuple(_published(v) for v in value)
        case _:
            return value
