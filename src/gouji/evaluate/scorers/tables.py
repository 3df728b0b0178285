"""Scores bound tables, cell by cell (表格识别的评测).

A labelled empty cell (`null`) is right when it was bound as a blank, or when the table was found
empty as a whole. A table the label calls damaged counts only if one was bound: its rows were inferred
by the annotator, and gouji rightly reports it as unreadable.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gouji.evaluate.labels import Answer, BoundTable, CellLabel, Labels, TableLabel
from gouji.evaluate.scorers.scored import Scored

MISSING = "missing"
UNKNOWN = "other"
"""Kind of tables that no form declares: they are scored as grids only."""


def score(labels: Labels, answer: Answer, scored: Scored) -> None:
    """Compare every labelled cell with the bound tables."""
    for label in labels.tables or ():
        if label.kind == UNKNOWN:
            continue
        bound = _nearest(label, [t for t in answer.tables if t.kind == label.kind])
        scored.add("tables.named", bound is not None)
        if bound is None:
            scored.wrong.append(f"缺表 {label.id} {label.kind}")
            if label.damaged:
                continue
        for cell in label.cells:
            right = _is_right(bound, cell)
            scored.add("tables.cells", right)
            scored.add(f"tables.cells[{label.kind}]", right)
            if not right and bound is not None:
                got = _find(bound, cell) or "空"
                scored.wrong.append(
                    f"单元格 {label.id} {cell.key} {cell.column}：{cell.value or '空'} 读作 {got}"
                )


def _nearest(label: TableLabel, bound: Sequence[BoundTable]) -> BoundTable | None:
    """Return the table that is meant, where a report prints two of a kind: the likeliest, the first."""
    return max(bound, key=lambda t: sum([_is_right(t, c) for c in label.cells]), default=None)


def _is_right(bound: BoundTable | None, cell: CellLabel) -> bool:
    got = MISSING if bound is None else _find(bound, cell)
    return _agrees(got, cell, empty=bound is not None and bound.empty and not bound.rows)


def _find(table: BoundTable, cell: CellLabel) -> str | None:
    """Return what the cell was bound to: its print, None when empty, MISSING when there is none."""
    rows = [r for r in table.rows if r.key == cell.key and cell.side in ("", r.side)]
    if len(rows) > 1 and cell.label:
        rows = [r for r in rows if cell.label.startswith(r.label[:6])] or rows
    return rows[0].figures.get(cell.column, MISSING) if rows else MISSING


def _agrees(got: str | None, cell: CellLabel, *, empty: bool) -> bool:
    if cell.value is None:
        return empty or got is None or (cell.uncertain and got == MISSING)
    return got is not None and got != MISSING and Decimal(got) == Decimal(cell.value)
