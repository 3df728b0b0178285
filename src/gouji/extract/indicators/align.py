"""Ties the cells of a printed row to the columns of the table's head (对齐).

A scan shifts cells, splits one over two columns, and after a page break a table may print fewer
columns than before. So a cell is placed by three things at once: the order of the columns, what the
cell holds (a target has an operator, weights and scores are numbers up to 100), and where it stands.
The best monotone assignment wins; cells nothing wants are left over and cost the row its certainty.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from gouji.extract.indicators.rows import RowView
from gouji.extract.indicators.values import as_score, operator_of, tidy
from gouji.extract.indicators.words import (
    LABEL_REST,
    LEVEL1,
    LEVEL2,
    PAREN_WEIGHT,
    Role,
)
from gouji.model.document import Cell

_CJK = re.compile(r"[\u4e00-\u9fff]")
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?(?:%|[万亿]?[元个人家次天件项分期台场张份户])?")
_STANDARD = re.compile(r"得\d|扣\d|满分|扣完|得\(?[\d.]|扣分|打分|得分|计分|酌情")
_SOURCE = re.compile(r"数据获取|计算公式|数据来源|档案|统计|佐证|系统记录")
_LONG = 25
_EXACT = 2.0
_NEAR = 0.6
_RULED_EXACT, _RULED_FAR = 6.0, -8.0
_MERGES: frozenset[Role] = frozenset(
    {"level3", "note", "target", "definition", "standard", "points"}
)
_NEVER = -50.0
_SIGNED = 4.0
_UNIT = re.compile("[%‰]|[万亿]?[\u4e00-\u9fff]{1,3}(?:/[\u4e00-\u9fff]{1,2})?")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the head (栏): its role and where it stands."""

    role: Role
    col: int


def _kind(text: str) -> str:
    if as_score(text) is not None:
        return "score"
    if _NUMBER.fullmatch(text):
        return "number"
    found = operator_of(text)
    if found is not None and any(c.isdigit() for c in text) and len(text) <= _LONG:
        return "inequality"
    if found is not None and text in ("≥", "≤", ">", "<", "="):
        return "sign"
    if not _CJK.search(text):
        return "junk" if not any(c.isdigit() for c in text) else "code"
    return "long" if len(text) > _LONG else "words"


_FIT: dict[Role, dict[str, float]] = {
    "level3": {"words": 2.2, "long": 2.2, "code": -3, "junk": -3},
    "definition": {"words": 1.0, "long": 2.0, "code": -3, "junk": -2},
    "points": {"words": 1.0, "long": 2.0, "inequality": 2.0, "code": -3, "junk": -2},
    "standard": {"words": 0.2, "long": 1.0, "code": -3, "junk": -2},
    "source": {"words": 0.2, "long": 0.8, "code": -3, "junk": -2},
    "nature": {"sign": 4, "words": 1.0},
    "unit": {"words": 1.0, "code": 1.0, "junk": 1.0},
    "target": {"inequality": 4, "sign": 2.5, "number": 2, "score": 1.4, "words": 1.2, "long": 0.5,
               "code": 0.2, "junk": -1},
    "actual": {"inequality": 1.5, "number": 2, "score": 1.8, "words": 1.4, "long": 0.8,
               "code": 0.5, "junk": -0.5},
    "weight": {"score": 3.2},
    "score": {"score": 3.0},
    "note": {"words": 1.2, "long": 1.4, "junk": -0.5, "code": -0.5},
    "other": {"score": 0.3, "number": 0.3, "words": 0.3, "long": 0.3, "inequality": 0.1, "sign": 0.1,
              "code": 0.3, "junk": 0.1},
    "level1": {"words": -1.5, "junk": -1, "code": -1},
    "level2": {"words": -1.2, "junk": -1, "code": -1},
}  # fmt: skip


@lru_cache(maxsize=16384)
def fit(role: Role, text: str) -> float:
    """Return how well a tidy text suits a column."""
    if role == "level1" and LEVEL1.fullmatch(text):
        return 3.0
    if role == "level2" and LEVEL2.fullmatch(text):
        return 3.0
    if role in ("level1", "level2") and LABEL_REST.fullmatch(text):
        return 1.5
    if role in ("level1", "level2") and PAREN_WEIGHT.search(text):
        return 1.0
    if role == "level3" and LABEL_REST.fullmatch(text):
        return -2.0
    if role == "standard" and _STANDARD.search(text) and len(text) > 5:  # noqa: PLR2004 (得5分)
        return 4.0
    if role == "source" and _SOURCE.search(text):
        return 3.5
    if role in ("weight", "score") and text == "100" and role == "weight":
        return 0.5
    return _FIT[role].get(_kind(text), _NEVER if role in ("weight", "score") else -4.0)


@dataclass(frozen=True, slots=True)
class Aligned:
    """A row whose cells have roles (已对齐的行); `left` are cells no column took."""

    row: RowView
    roles: dict[Role, tuple[Cell, ...]]
    left: tuple[Cell, ...]
    value: float
    shifted: bool = False
    """The row stands to the side of the head as a whole."""


NOWHERE = -99
"""Position of a column that is not known for this stretch of rows."""


def align(
    row: RowView, columns: tuple[Column, ...], at: dict[Role, int] | None = None, *, ruled: bool
) -> Aligned:
    """Return the best assignment of a row's cells to columns; `at` overrides where columns stand."""
    labels = _labels_only(row)
    if labels is not None:
        return labels
    exact: list[Aligned] = []
    if at is None:
        exact = [e for s in _SHIFTS if (e := _exactly(row, columns, s)) is not None]
        if exact and exact[0].value == max(e.value for e in exact) and not exact[0].shifted:
            return exact[0]
    wanted = [c.col if at is None else at.get(c.role, NOWHERE) for c in columns]
    best, taken = _search(row, columns, wanted, ruled=ruled)
    roles: dict[Role, tuple[Cell, ...]] = {}
    left: list[Cell] = []
    for cell, column in zip(row.cells, taken, strict=True):
        if column < 0:
            left.append(cell)
        else:
            role = columns[column].role
            roles[role] = (*roles.get(role, ()), cell)
    return max((Aligned(row, roles, tuple(left), best), *exact), key=lambda entry: entry.value)


def _labels_only(row: RowView) -> Aligned | None:
    """Return a row that prints only headings (成本指标 | 社会成本指标), whatever columns they stand in."""
    roles: dict[Role, tuple[Cell, ...]] = {}
    for cell, text in zip(row.cells, row.tidy, strict=True):
        if LEVEL2.fullmatch(text) and not LEVEL1.fullmatch(text):
            roles["level2"] = (cell,)
        elif LEVEL1.fullmatch(text):
            roles["level1"] = (cell,)
        elif not LABEL_REST.fullmatch(text):
            return None
    return Aligned(row, roles, (), 0.0)


_SHIFTS = (0, 1, -1)
_SHIFT_COST = 1.5


def _exactly(row: RowView, columns: tuple[Column, ...], shift: int) -> Aligned | None:
    """Return the assignment by position alone where every cell stands under its head and suits it.

    A row may stand one cell to the side of the head (a merged label lost its cell): `shift`.
    """
    by_col = {c.col - shift: c.role for c in columns}
    roles: dict[Role, tuple[Cell, ...]] = {}
    left: list[Cell] = []
    value = -_SHIFT_COST * abs(shift)
    for cell, text in zip(row.cells, row.tidy, strict=True):
        role = by_col.get(cell.col)
        if role is None:
            if cell.col > 0:
                return None
            left.append(cell)
            continue
        suits = fit(role, text)
        if suits < 0 and not (role in ("level1", "level2") and _CJK.search(text)):
            return None
        if shift and role in ("level1", "level2") and suits < 0:
            return None
        roles[role] = (cell,)
        value += suits + _EXACT
    return Aligned(row, roles, tuple(left), value, shifted=shift != 0)


def _search(
    row: RowView, columns: tuple[Column, ...], wanted: list[int], *, ruled: bool
) -> tuple[float, list[int]]:
    """Find the best monotone assignment: cell i → column j, several cells to one text column."""
    n, m = len(row.cells), len(columns)
    # state (i, j): cells before i are settled, the last used column is j-1
    worst = float("-inf")
    best = [[worst] * (m + 1) for _ in range(n + 1)]
    back: list[list[tuple[int, int] | None]] = [[None] * (m + 1) for _ in range(n + 1)]
    best[0][0] = 0.0
    heads = frozenset(wanted)
    for i, (cell, text) in enumerate(zip(row.cells, row.tidy, strict=True)):
        drop = _dropped(text, cell)
        here, after, came = best[i], best[i + 1], back[i + 1]
        lead, lead_at = worst, 0
        gains = [fit(c.role, text) for c in columns]
        for j in range(m + 1):
            base = here[j]
            if j and lead > worst:
                value = lead + gains[j - 1] + _position(cell, wanted[j - 1], ruled=ruled)
                if value > after[j]:
                    after[j], came[j] = value, (lead_at, j - 1)
            if base > lead:
                lead, lead_at = base, j
            if base == worst:
                continue
            if base + drop > after[j]:
                after[j], came[j] = base + drop, (j, -1)
            if j and i and columns[j - 1].role in _MERGES and back[i][j] != (j, -1):
                own = cell.col in heads
                value = base + _merged(columns[j - 1].role, cell, row.cells[i - 1], headed=own)
                if value > after[j]:
                    after[j], came[j] = value, (j, j - 1)
    return _trace(best, back, n)


def _trace(
    best: list[list[float]], back: list[list[tuple[int, int] | None]], n: int
) -> tuple[float, list[int]]:
    j = max(range(len(best[n])), key=lambda k: best[n][k])
    value = best[n][j]
    taken: list[int] = []
    for i in range(n, 0, -1):
        step = back[i][j]
        if step is None:
            return value, [-1] * n
        j, column = step
        taken.append(column)
    return value, taken[::-1]


def _position(cell: Cell, wanted: int, *, ruled: bool) -> float:
    apart = abs(cell.col - wanted)
    if ruled:
        covers = cell.col <= wanted < cell.col + cell.colspan
        return _RULED_EXACT if covers else _RULED_FAR
    return _EXACT if apart == 0 else _NEAR if apart == 1 else 0.0


def _dropped(text: str, cell: Cell) -> float:
    if LABEL_REST.fullmatch(text) or LEVEL1.fullmatch(text) or LEVEL2.fullmatch(text):
        return 0.0 if cell.col == 0 else -0.1
    kind = _kind(text)
    if kind == "junk":
        return -0.2
    return -0.8 if kind == "code" else -1.6


def _merged(role: Role, cell: Cell, before: Cell, *, headed: bool) -> float:
    """Value of giving a cell to the column that took the cell before it.

    A target may be printed over cells without heads of their own (≤ | 30 | 万元).
    """
    text = tidy(cell.text)
    if role == "target" and not headed and cell.col - before.col == 1:
        number = _kind(text) in ("score", "number")
        if number and _kind(tidy(before.text)) == "sign":
            return _SIGNED
        if _UNIT.fullmatch(text) and tidy(before.text)[-1:].isdigit():
            return 0.0
    if _kind(text) in ("score", "number", "inequality") and role != "target":
        return _NEVER
    near = 0.0 if cell.col - before.col == 1 else -0.8
    if _kind(text) in ("code", "junk") and len(text) > 1:
        near -= 1.0
    if role == "target":
        return near - 0.6 if len(text) <= 6 and not as_score(text) else _NEVER  # noqa: PLR2004 (a fragment)
    return near + 0.4


def align_all(
    rows: list[RowView], columns: tuple[Column, ...], width: int, *, ruled: bool
) -> list[Aligned]:
    """Align a table's rows; a stretch printed with fewer columns than the head finds its own places.

    Such a stretch (after a page break) is aligned by order and content first; where its full rows
    stand then places the rows that lack something.
    """
    result: list[Aligned] = []
    for same, stretch in groupby(rows, key=lambda row: row.width):
        run = list(stretch)
        if ruled or (same == width and not run[0].compact):
            result.extend(align(row, columns, ruled=ruled) for row in run)
            continue
        first = [align(row, columns, {}, ruled=False) for row in run]
        places = _places(first)
        result.extend(align(row, columns, places, ruled=False) for row in run)
    return result


def _places(aligned: list[Aligned]) -> dict[Role, int]:
    """Return where columns stand by the rows that fill most of them."""
    counts: dict[Role, Counter[int]] = {}
    most = max((len(a.roles) for a in aligned), default=0)
    for entry in aligned:
        if len(entry.roles) >= most - 1:
            for role, cells in entry.roles.items():
                counts.setdefault(role, Counter())[cells[0].col] += 1
    return {role: found.most_common(1)[0][0] for role, found in counts.items()}
