"""Scores grids (表格还原的评测): cells, spans, and tree edit distance (TEDS).

A labelled grid is paired with the read grid that shares most of its texts. A cell is right when the
same position prints the same text, white space aside; merged cells and the tree are compared only for
PDFs, as a paste keeps no spans. TEDS follows Zhong et al. (ECCV 2020) through
`table-recognition-metric`; it is left out where that is not installed, and for tables so large that
the distance would take minutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from html import escape
from typing import Protocol

from gouji.evaluate.labels import Answer, GridCell, GridText, Labels
from gouji.evaluate.scorers.quotes import squeeze
from gouji.evaluate.scorers.scored import Scored

LARGEST = 320
"""Cells of the largest grid whose tree edit distance is computed: time grows with the square."""


def score(labels: Labels, answer: Answer, scored: Scored) -> None:
    """Compare every labelled grid with the grid read in its place."""
    if labels.grids is None:
        return
    left = list(answer.grids)
    for label in labels.grids:
        ours = _nearest(label, left)
        if ours is not None:
            left.remove(ours)
        scored.add("grids.found", ours is not None)
        pasted = bool(labels.text)
        _cells(label, ours, scored, pasted=pasted)
        if not pasted and (likeness := teds(label, ours)) is not None:
            scored.add("grids.teds", likeness)


def _nearest(label: GridText, grids: Sequence[GridText]) -> GridText | None:
    """Return the grid that shares most texts with a label; None where none shares half."""
    wanted = _texts(label)
    shared = [(sum((wanted & _texts(g)).values()), -n) for n, g in enumerate(grids)]
    best, place = max(shared, default=(0, 0))
    return grids[-place] if 2 * best >= wanted.total() and best else None


def _texts(grid: GridText) -> Counter[str]:
    return Counter(text for c in grid.cells if (text := squeeze(c.text)))


def _cells(label: GridText, ours: GridText | None, scored: Scored, *, pasted: bool) -> None:
    read = {} if ours is None else {(c.row, c.col): c for c in ours.cells}
    for cell in label.cells:
        got = read.get((cell.row, cell.col))
        right = got is not None and squeeze(got.text) == squeeze(cell.text)
        scored.add("grids.cells", right)
        if not pasted:
            spans = got is not None and (got.rowspan, got.colspan) == (cell.rowspan, cell.colspan)
            scored.add("grids.spans", right and spans)
        if not right:
            shown = None if got is None else got.text
            scored.wrong.append(
                f"表格 {label.title} [{cell.row},{cell.col}]：{cell.text!r} 读作 {shown!r}"
            )
    matched = {
        (c.row + i, c.col + j)
        for c in label.cells
        for i in range(c.rowspan)
        for j in range(c.colspan)
    }
    for place in read:
        scored.add("grids.cells_precision", place in matched)


# --- TEDS ------------------------------------------------------------------------------------


class _Measure(Protocol):
    def __call__(self, pred: str, gt: str) -> float: ...


@cache
def _measure() -> _Measure | None:
    try:
        from table_recognition_metric import TEDS  # noqa: PLC0415 (of the eval extra)
    except ImportError:
        return None
    measure: _Measure = TEDS()
    return measure


def teds(label: GridText, ours: GridText | None) -> float | None:
    """Return the tree edit similarity of two grids, 0 … 1; None where it is not computed."""
    if ours is None:
        return 0.0
    one, two = to_html(label), to_html(ours)
    if one == two:
        return 1.0
    measure = _measure()
    if measure is None or max(len(label.cells), len(ours.cells)) > LARGEST:
        return None
    return measure(two, one)


def to_html(grid: GridText) -> str:
    """Return a grid as the HTML table TEDS reads."""
    rows: list[list[GridCell]] = [[] for _ in range(grid.n_rows)]
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.col)):
        rows[cell.row].append(cell)
    body = "".join(f"<tr>{''.join(map(_td, row))}</tr>" for row in rows)
    return f"<html><body><table>{body}</table></body></html>"


def _td(cell: GridCell) -> str:
    spans = ""
    if cell.rowspan > 1:
        spans += f' rowspan="{cell.rowspan}"'
    if cell.colspan > 1:
        spans += f' colspan="{cell.colspan}"'
    return f"<td{spans}>{escape(squeeze(cell.text))}</td>"
