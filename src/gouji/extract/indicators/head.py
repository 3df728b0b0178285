"""The head of an indicator table (表头): which column is which, over one to three printed lines."""

from __future__ import annotations

import re

from gouji.extract.indicators.align import Column
from gouji.extract.indicators.rows import RowView
from gouji.extract.indicators.values import as_score
from gouji.extract.indicators.words import HEADER, Role

_LEVELS: frozenset[Role] = frozenset({"level1", "level2", "level3"})
_VALUES: frozenset[Role] = frozenset({"target", "actual", "weight", "score", "standard"})
_ALONE: frozenset[Role] = frozenset(
    {"nature", "unit", "standard", "source", "points", "definition", "other"}
)
"""Long heads that mention others: 指标值计算公式和数据获取方式 heads no target."""
_ENOUGH_VALUES = 2


def role_of(text: str) -> Role | None:
    """Return the role a head cell names."""
    for role, pattern in HEADER:
        if pattern.search(text):
            return role
    return None


def roles_in(text: str) -> list[Role]:
    """Return every role a head cell names, in printed order: a scan may run two heads together."""
    found: dict[Role, int] = {}
    rest = text
    for role, pattern in HEADER:
        hit = pattern.search(rest)
        if hit:
            if role in _ALONE:
                return [role]
            found[role] = hit.start()
            rest = rest[: hit.start()] + "\0" * (hit.end() - hit.start()) + rest[hit.end() :]
    return sorted(found, key=lambda role: found[role])


def is_head(row: RowView) -> bool:
    """Tell whether a row heads the indicator columns: at least two levels, or one and two values.

    A form without third-level indicators (二级指标 is the row) heads two levels and three values.
    """
    third = _LEVEL3.search(row.text)
    if not third and "二级" not in row.text:
        return False
    roles = {role for text in row.tidy for role in roles_in(text) if len(text) <= _LONGEST_HEAD}
    levels = len(roles & _LEVELS)
    values = len(roles & _VALUES)
    if not third:
        return levels >= _ENOUGH_VALUES and values > _ENOUGH_VALUES
    return "level3" in roles and (levels >= _ENOUGH_VALUES or values >= _ENOUGH_VALUES)


_LONGEST_HEAD = 16
_LEVEL3 = re.compile("三级|指标内容|指标名称|具体指标")


def columns_of(rows: list[RowView], at: int) -> tuple[tuple[Column, ...], int]:
    """Return the columns the head at `at` names and the number of lines it takes after it.

    A head set over three lines (年度 / … / 指标) is read down each column.
    """
    lines = [rows[at]]
    after = 0
    if at and _is_piece(rows[at - 1], rows[at]):
        lines.insert(0, rows[at - 1])
        if at + 1 < len(rows) and _is_piece(rows[at + 1], rows[at]):
            lines.append(rows[at + 1])
            after = 1
    stacked: dict[int, str] = {}
    for line in lines:
        for cell, text in zip(line.cells, line.tidy, strict=True):
            stacked[cell.col] = stacked.get(cell.col, "") + text
    return _columns(stacked), after


def _is_piece(row: RowView, head: RowView) -> bool:
    """Tell whether a line above or below a head only completes its words."""
    pieces = (
        "年度",
        "实际",
        "指标",
        "完成值",
        "偏差",
        "分析",
        "原因",
        "改进",
        "措施",
        "分值",
        "得分",
    )
    hits = sum(any(p in text for p in pieces) for text in row.tidy)
    known = {c.col for c in head.cells}
    longest = max(len(t) for t in row.tidy)
    if any(as_score(t) is not None for t in row.tidy):
        return False
    fills = any(c.col not in known for c in row.cells)
    return hits >= _ENOUGH_VALUES and longest <= _LONGEST_HEAD and fills and not is_head(row)


def _columns(stacked: dict[int, str]) -> tuple[Column, ...]:
    """Read the head left to right; cells left of the levels frame the table (年度绩效指标完成情况)."""
    found: list[Column] = []
    seen: set[Role] = set()
    start = min(c for c, text in stacked.items() if _LEVELS.intersection(roles_in(text)))
    for col in sorted(c for c in stacked if c >= start):
        for role in roles_in(stacked[col]):
            if role not in seen:
                found.append(Column(role, col))
                seen.add(role)
    return tuple(_with_score(found, stacked, seen))


def _with_score(found: list[Column], stacked: dict[int, str], seen: set[Role]) -> list[Column]:
    """Read an unreadable head cell between weight and note as the score's (得分 lost by a scan)."""
    if "score" in seen or "weight" not in seen or "note" not in seen:
        return found
    weight = next(c for c in found if c.role == "weight")
    note = next(c for c in found if c.role == "note")
    between = [c for c in stacked if weight.col < c < note.col]
    if len(between) == 1:
        found.insert(found.index(weight) + 1, Column("score", between[0]))
    return found
