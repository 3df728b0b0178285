"""Rows of a form whose cells ran together (成流的表找回各行).

A copied page may keep the cells in order and lose where rows end. The head names the columns; each
stretch of cells is then held against them, and the division under which all rows suit their columns
best wins. Money rows begin with their labels. What has no sure place is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from gouji.extract.indicators.align import Column, align
from gouji.extract.indicators.head import columns_of, roles_in
from gouji.extract.indicators.money import money_key
from gouji.extract.indicators.rows import RowView
from gouji.extract.indicators.values import as_score, tidy
from gouji.extract.indicators.words import (
    FOOTER,
    GOAL_OUTCOME,
    GOAL_TARGET,
    LEVEL1,
    LEVEL2,
    MONEY_ROW,
    NAMES,
    PAREN_WEIGHT,
    TOTAL,
    UNFILLED,
)
from gouji.model.document import Cell, Grid
from gouji.model.indicators import MoneyColumn

_FEWEST_CELLS = 20
_LEVELS = ("一级指标", "二级指标", "三级指标")
GLUED = re.compile("一级指标二级指标三级指标")
"""A head without even spaces between its cells: no row can be found again."""
_LONGEST_ROW = 14
_VALUES = frozenset({"target", "weight", "score"})
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?(?:%|分|[万亿]?元)?|[-—–/]+")
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_PIECES = 4


def is_stream(grid: Grid) -> bool:
    """Tell whether a grid is a form kept as one row of cells."""
    return grid.n_rows == 1 and not grid.ruled and grid.n_cols >= _FEWEST_CELLS


def stream_rows(grid: Grid) -> list[RowView]:
    """Return the rows of such a form: names, money, the head, the indicators and the total."""
    cells = _whole_labels([c for c in grid.cells if c.text])
    at = _head_at(cells)
    if at is None:
        return []
    first, head, body = _head(cells, at)
    columns, _ = columns_of([_row(0, head)], 0)
    if not _VALUES.intersection(c.role for c in columns):
        return []
    rows = [*_above(cells[:first]), head, *_body(cells[body:], columns)]
    return [_row(n, row) for n, row in enumerate(rows)]


def _row(index: int, cells: Sequence[Cell | None]) -> RowView:
    placed = tuple([replace(c, row=index, col=n) for n, c in enumerate(cells) if c is not None])
    return RowView(index, placed, len(placed), compact=True)


def _joined(cells: Sequence[Cell]) -> Cell:
    text = "".join(c.text for c in cells)
    return replace(cells[0], text=text)


def _whole_labels(cells: list[Cell]) -> list[Cell]:
    """Join labels that white space broke: 社会效益 + 指标, 产出指标 + (50分)."""
    kept: list[Cell] = []
    i = 0
    while i < len(cells):
        if i + 1 < len(cells) and _heads_nothing(tidy(cells[i].text), tidy(cells[i + 1].text)):
            i += 1
            continue
        taken = 1
        for n in range(min(_PIECES, len(cells) - i), 1, -1):
            text = tidy("".join(c.text for c in cells[i : i + n]))
            known = LEVEL1.fullmatch(text) or LEVEL2.fullmatch(text) or text in _LEVELS
            last = tidy(cells[i + n - 1].text)
            if known and (not _is_label(last) or text.startswith(_WHOM)):
                taken = n
                break
        kept.append(_joined(cells[i : i + taken]) if taken > 1 else cells[i])
        i += taken
    return kept


_WHOM = ("服务对象", "社会公众")


def _heads_nothing(text: str, after: str) -> bool:
    """Tell whether a label is followed by the next label: nothing was filled in under it."""
    if LEVEL2.fullmatch(text) is None or text.startswith(_WHOM):
        return False
    if LEVEL1.fullmatch(after) and not LEVEL2.fullmatch(after):
        return True
    return LEVEL1.fullmatch(text) is None and _is_label(after) and not after.startswith("指标")


def _is_label(text: str) -> bool:
    return LEVEL1.fullmatch(text) is not None or LEVEL2.fullmatch(text) is not None


def _head_at(cells: list[Cell]) -> int | None:
    texts = [tidy(c.text) for c in cells]
    for i in range(len(texts) - 2):
        if tuple(texts[i : i + 3]) == _LEVELS:
            return i
    return None


def _head(cells: list[Cell], at: int) -> tuple[int, list[Cell], int]:
    """Return where the head begins, its cells in the order of the columns, and where its rows begin.

    Columns that span two lines of a head are printed before the levels (实际完成值 | 分值 | 一级指标 …).
    """
    stop = at + 3
    head = cells[at:stop]
    halves: list[int] = []
    while stop < len(cells):
        text = tidy(cells[stop].text)
        pair = tidy("".join(c.text for c in cells[stop : stop + 2]))
        if text in _HALVES and pair[len(text) :] not in _OTHER_HALVES:
            halves.append(len(head))
            head.append(cells[stop])
        elif halves and text in _OTHER_HALVES:
            half = halves.pop(0)
            head[half] = _joined([head[half], cells[stop]])
        elif _heads_column(text):
            head.append(cells[stop])
        elif _heads_column(pair):
            head.append(_joined(cells[stop : stop + 2]))
            stop += 1
        else:
            break
        stop += 1
    first = at
    while first and _VALUE_HEAD.intersection(roles_in(tidy(cells[first - 1].text))):
        first -= 1
    named = {role for c in head for role in roles_in(tidy(c.text))}
    before = [c for c in cells[first:at] if not named.intersection(roles_in(tidy(c.text)))]
    return (first, head + before, stop) if before else (at, head, stop)


_HALVES = ("年度", "实际", "全年", "预期")
_OTHER_HALVES = ("指标值", "目标值", "完成值", "实际值")
"""A head set over two lines: 年度 | 实际 | 分值 | 得分, and 指标值 | 完成值 under it."""


def _heads_column(text: str) -> bool:
    return bool(roles_in(text)) and not _is_label(text) and not any(c.isdigit() for c in text)


_VALUE_HEAD = frozenset({"target", "actual", "weight", "score", "note"})


# --- above the head ----------------------------------------------------------------------------


def _above(cells: list[Cell]) -> Sequence[Sequence[Cell | None]]:
    """Return the rows above the head: each name with what follows it, the money, the goals."""
    rows: list[list[Cell]] = []
    start = next((i for i in range(len(cells)) if len(_money_columns(cells, i)) > 2), len(cells))  # noqa: PLR2004
    for cell in cells[:start]:
        text = tidy(cell.text)
        if not rows or _MONEY_BEGINS.search(text) or any(p.fullmatch(text) for _, p in NAMES):
            rows.append([])
        rows[-1].append(cell)
    columns = _money_columns(cells, start)
    if not columns:
        return rows
    width = sum(n for _, n in columns)
    head = cells[start : start + width]
    placed: list[Cell] = []
    at = 0
    for _, n in columns:
        placed.append(_joined(head[at : at + n]))
        at += n
    label = replace(head[0], text="资金")
    rows.append([label, *placed])
    keys = [key for key, _ in columns]
    return [*rows, *_money_rows(cells[start + width :], keys)]


_MONEY_BEGINS = re.compile(r"^(?:项目|年度|资金|预算)?(?:资金|预算).{0,6}$|\([万亿]?元\)$")


def _money_columns(cells: list[Cell], start: int) -> list[tuple[MoneyColumn, int]]:
    """Return the money columns that a run of cells heads, with the cells each takes."""
    found: list[tuple[MoneyColumn, int]] = []
    at = start
    while at < len(cells):
        for n in (1, 2):
            text = tidy("".join(c.text for c in cells[at : at + n]))
            key = money_key(text) if len(text) <= _LONGEST_HEAD else None
            if key is not None and not any(key == k for k, _ in found) and text[:1] != "(":
                found.append((key, n))
                at += n
                break
        else:
            break
    return found


_LONGEST_HEAD = 14


_LONGEST_LABEL = 30
_GOAL = re.compile("年度总体|总体目标|年度绩效目标")


def _money_rows(cells: list[Cell], keys: list[MoneyColumn]) -> list[list[Cell | None]]:
    """Return the money rows: a label and, where their columns are sure, its figures."""
    rows: list[list[Cell | None]] = []
    label: list[Cell] = []
    figures: list[Cell] = []
    for cell in [*cells, None]:
        text = tidy(cell.text) if cell is not None else ""
        if cell is not None and label and _FIGURE.fullmatch(text):
            figures.append(cell)
            continue
        ends = cell is None or any(p.search(text) for p in (GOAL_TARGET, GOAL_OUTCOME, _GOAL))
        opens = len(text) <= _LONGEST_HEAD and any(p.search(text) for _, p in MONEY_ROW)
        if label and (figures or ends or opens):
            rows.append([_joined(label), *_in_columns(figures, keys)])
            label, figures = [], []
        if ends or cell is None:
            break
        if len(text) <= _LONGEST_LABEL:
            label.append(cell)
    return rows


def _in_columns(figures: list[Cell], keys: list[MoneyColumn]) -> Sequence[Cell | None]:
    """Return a row's figures, one a column; none where an empty cell may be missing anywhere."""
    texts = [tidy(c.text) for c in figures]
    if not texts or len(texts) > len(keys):
        return []
    money = [k for k in keys if k in ("initial", "annual", "executed")]
    if len(texts) == len(keys) or (len(texts) == len(money) and keys[: len(money)] == money):
        return figures
    fits = [
        dict(zip(chosen, range(len(texts)), strict=True))
        for chosen in combinations(keys, len(texts))
        if _suits({k: texts[n] for n, k in enumerate(chosen)})
    ]
    placed: list[Cell | None] = []
    for key in keys:
        at = {fit.get(key) for fit in fits}
        one = at.pop() if len(at) == 1 else None
        placed.append(figures[one] if one is not None else None)
    return placed


def _suits(row: dict[MoneyColumn, str]) -> bool:
    """Tell whether figures suit the columns they are given: weight and score points, the rate a rate."""
    weight, score, rate = (row.get(k) for k in ("weight", "score", "rate"))
    for points in (weight, score):
        if points is None or not any(c.isdigit() for c in points):
            continue
        if as_score(points) is None or points.endswith("%"):
            return False
    if any(row[k].endswith(("%", "分")) for k in ("initial", "annual", "executed") if k in row):
        return False
    one, two = as_score(weight or ""), as_score(score or "")
    if (weight is None and score is not None) or (
        one is not None and two is not None and two > one
    ):
        return False
    return rate is None or _is_rate(
        rate, row.get("executed"), row.get("annual") or row.get("initial")
    )


def _is_rate(rate: str, executed: str | None, budget: str | None) -> bool:
    share, spent, base = (_number(t) for t in (rate, executed, budget))
    if share is None:
        return True
    if spent is None or base is None:
        return False
    if not spent or not base:
        return share == 0
    per_cent = spent / base * 100
    return min(abs(share - per_cent), abs(share * 100 - per_cent)) <= 1


def _number(text: str | None) -> Decimal | None:
    found = _DIGITS.match(text or "")
    return Decimal(found[0].replace(",", "")) if found else None


# --- below the head ----------------------------------------------------------------------------


def _body(cells: list[Cell], columns: tuple[Column, ...]) -> list[list[Cell]]:
    """Return the indicators' rows and the total's."""
    stop = next((i for i, c in enumerate(cells) if _ends(tidy(c.text))), len(cells))
    if stop == len(cells) and any(c.role == "score" for c in columns):
        while stop and as_score(cells[stop - 1].text) is None:
            stop -= 1  # the text breaks off in a row
    own = [c for c in cells[:stop] if not _is_unfilled(tidy(c.text))]
    rows = _divided(own, columns)
    total = _total(cells[stop:])
    return [*rows, total] if total else rows


def _ends(text: str) -> bool:
    return TOTAL.fullmatch(text) is not None or text == "合计" or FOOTER.match(text) is not None


def _is_unfilled(text: str) -> bool:
    return UNFILLED.fullmatch(text) is not None and as_score(text) is None


def _total(cells: list[Cell]) -> list[Cell]:
    at = next(
        (i for i, c in enumerate(cells) if TOTAL.fullmatch(tidy(c.text)) or tidy(c.text) == "合计"),
        None,
    )
    if at is None:
        return []
    stop = at + 1
    while stop < len(cells) and as_score(cells[stop].text) is not None:
        stop += 1
    return cells[at:stop]


def _divided(cells: list[Cell], columns: tuple[Column, ...]) -> list[list[Cell]]:
    """Return the division into rows that suits the columns best."""
    has = {c.role for c in columns}
    values = ("weight", "score") if has & {"weight", "score"} else ("target",)
    needed = [r for r in ("level3", *values) if r in has]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(cells) + 1):
        options = [
            (best[start][0] + _value(cells[start:end], columns, needed), start)
            for start in range(max(0, end - _LONGEST_ROW), end)
        ]
        best.append(max(options))
    rows: list[list[Cell]] = []
    end = len(cells)
    while end:
        start = best[end][1]
        rows.append(cells[start:end])
        end = start
    return rows[::-1]


_MISSING, _LEFT, _LATE_LABEL = -6.0, -4.0, -20.0
_NOTE = 1.0
"""Words after a score are rather the next name than a reason."""


def _value(cells: list[Cell], columns: tuple[Column, ...], needed: Sequence[str]) -> float:
    """Return how well cells make one row: labels first, a name, weight and score."""
    texts = [tidy(c.text) for c in cells]
    labels = [_is_label(t) or PAREN_WEIGHT.search(t) is not None for t in texts]
    if all(labels):
        return -1.0
    lead = labels.index(False)
    late = sum(labels[lead:])
    entry = align(_row(0, cells), columns, {}, ruled=False)
    missing = sum(role not in entry.roles for role in needed)
    entry_value = entry.value - _NOTE * ("note" in entry.roles)
    return entry_value + _MISSING * missing + _LEFT * len(entry.left) + _LATE_LABEL * late
