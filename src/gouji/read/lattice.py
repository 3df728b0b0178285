"""Lattices: the cells that rules enclose, spans included (网格).

Only rules are looked at, not words. Sides that are not drawn are taken as drawn where the rules of
the other direction run on to them: many tables have no outer side rules, and Word leaves out the
rule where a table breaks over a page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from gouji.read.rules import NEAR, Rules, Segment

if TYPE_CHECKING:
    from gouji.model.place import Box

_OVERRUN = 6.0
_ENOUGH = 2
_MOST_RULES = 20_000

Slot = tuple[int, int, int, int]
"""A cell by row, column, rowspan and colspan."""


class Lattice(NamedTuple):
    """Columns and rows by their edges, and the cells between them."""

    xs: list[float]
    ys: list[float]
    slots: list[Slot]

    @property
    def box(self) -> Box:
        """The outer edges."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def lattices_of(rules: Rules) -> tuple[list[Lattice], list[Segment]]:
    """Return the lattices on a page, and the horizontal rules that meet no upright."""
    across, down = rules
    if not down or len(across) + len(down) > _MOST_RULES:
        return [], across
    lattices: list[Lattice] = []
    loose: list[Segment] = []
    for rows, columns in _components(across, down):
        lattice = _lattice(rows, columns) if rows and columns else None
        if lattice:
            lattices.append(lattice)
        elif not columns:
            loose.extend(rows)
    return lattices, loose


def _components(
    across: list[Segment], down: list[Segment]
) -> list[tuple[list[Segment], list[Segment]]]:
    """Group rules that touch."""
    levels = [segment[0] for segment in across]
    n = len(across)
    parent = list(range(n + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for j, (x, top, bottom) in enumerate(down, n):
        for i in range(bisect_left(levels, top - NEAR), bisect_right(levels, bottom + NEAR)):
            _, left, right = across[i]
            if left - NEAR <= x <= right + NEAR:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for i, segment in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(segment)
    for j, segment in enumerate(down, n):
        groups.setdefault(root(j), ([], []))[1].append(segment)
    return list(groups.values())


def _edges(crossing: list[Segment], along: list[Segment]) -> list[float]:
    """Return where `crossing` rules cut, with the open ends that `along` rules run on to."""
    edges: list[float] = []
    for at, _, _ in crossing:  # sorted
        if not edges or at - edges[-1] > NEAR:
            edges.append(at)
    starts = sorted([segment[1] for segment in along])
    ends = sorted([segment[2] for segment in along], reverse=True)
    if edges[0] - starts[0] > _OVERRUN and _together(starts):
        edges.insert(0, starts[0])
    if ends[0] - edges[-1] > _OVERRUN and _together(ends):
        edges.append(ends[0])
    return edges


def _together(ends: list[float]) -> bool:
    """Tell whether rules run on to the same place: two of them, or the only one."""
    return len(ends) == 1 or abs(ends[1] - ends[0]) <= NEAR


def _lattice(across: list[Segment], down: list[Segment]) -> Lattice | None:
    xs = _edges(down, across)
    ys = _edges(across, down)
    n_cols, n_rows = len(xs) - 1, len(ys) - 1
    if n_cols < 1 or n_rows < 1 or n_cols * n_rows < _ENOUGH:
        return None
    under = _masks(ys, across, xs)
    beside = _masks(xs, down, ys)
    slots = _slots(n_rows, n_cols, under, beside)
    if len(slots) < _ENOUGH or all(colspan == n_cols for _, _, _, colspan in slots):
        return None
    return Lattice(xs, ys, slots)


def _masks(edges: list[float], rules: list[Segment], bounds: list[float]) -> list[int]:
    """Return for each edge a bit set of the rows (or columns) along which it is drawn."""
    middles = [(a + b) / 2 for a, b in pairwise(bounds)]
    masks = [0] * len(edges)
    for at, start, end in rules:
        i = bisect_left(edges, at - NEAR)
        if i < len(edges) and abs(edges[i] - at) <= NEAR:
            first, last = bisect_left(middles, start), bisect_right(middles, end)
            if last > first:
                masks[i] |= (1 << last) - (1 << first)
    full = (1 << len(middles)) - 1
    masks[0] = masks[-1] = full
    return masks


def _slots(n_rows: int, n_cols: int, under: list[int], beside: list[int]) -> list[Slot]:
    """Return the cells: a cell grows right, then down, until a rule stops it."""
    taken = [0] * n_rows
    slots: list[Slot] = []
    for row in range(n_rows):
        here = 1 << row
        for col in range(n_cols):
            if taken[row] >> col & 1:
                continue
            end = col + 1
            while end < n_cols and not beside[end] & here and not taken[row] >> end & 1:
                end += 1
            width = (1 << end) - (1 << col)
            taken[row] |= width
            last = row + 1
            while last < n_rows and not under[last] & width and _open(beside, col, end, last):
                taken[last] |= width
                last += 1
            slots.append((row, col, last - row, end - col))
    return slots


def _open(beside: list[int], col: int, end: int, row: int) -> bool:
    """Tell whether a row continues the cell above: same sides, nothing between them."""
    here = 1 << row
    if not (beside[col] & here and beside[end] & here):
        return False
    return not any(beside[c] & here for c in range(col + 1, end))
