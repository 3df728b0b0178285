"""Answers that say exactly what the labels say (照答)."""

from __future__ import annotations

from collections import defaultdict

from gouji.evaluate.labels import (
    Answer,
    BoundRow,
    BoundTable,
    FindingLabel,
    Found,
    Labels,
    Spot,
    TableLabel,
)


def answer_from(labels: Labels) -> Answer:
    return Answer(
        grids=labels.grids or (),
        tables=tuple(_bound(t) for t in labels.tables or ()),
        performance=labels.performance or (),
        claims=labels.claims or (),
        findings=tuple(found(x) for x in labels.findings or ()),
    )


def found(label: FindingLabel) -> Found:
    spots = tuple(Spot(q, 0, len(q)) for q in label.quotes)
    return Found(label.id, "CHG001", "broken", "error", "high", "", spots, fingerprint=label.id)


def _bound(table: TableLabel) -> BoundTable:
    rows: defaultdict[tuple[str, str, str], dict[str, str | None]] = defaultdict(dict)
    for cell in table.cells:
        rows[cell.key, cell.side, cell.label][cell.column] = cell.value
    return BoundTable(
        table.kind,
        empty=False,
        rows=tuple(BoundRow(*key, figures) for key, figures in rows.items()),
    )
