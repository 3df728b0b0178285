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
_ADJUSTED = re.compile("调整后?(?:指标|目标)值")
_INITIAL = re.compile("年初(?:指标|目标)值")


def columns_of(rows: list[RowView], at: int) -> tuple[tuple[Column, ...], int]:
    """Return the columns the head at `at` names and the number of lines it takes after it.

    A head set over three lines (年度 / … / 指标) is read down each column; a second
    line may split levels into 名称 and 权重, or the target into 符号, 值 and 单位.
    """
    lines = [rows[at]]
    after = 0
    forced: dict[int, Role] = {}
    if at + 1 < len(rows) and set(rows[at + 1].tidy) <= _SUBHEADS.keys():
        forced = _split_by(rows[at + 1])
        after = 1
    elif at and _is_piece(rows[at - 1], rows[at]):
        lines.insert(0, rows[at - 1])
        if at + 1 < len(rows) and _is_piece(rows[at + 1], rows[at]):
            lines.append(rows[at + 1])
            after = 1
    elif at + 1 < len(rows) and _completes(rows[at + 1], rows[at]):
        lines.append(rows[at + 1])
        after = 1
    stacked: dict[int, str] = {}
    for line in lines:
        for cell, text in zip(line.cells, line.tidy, strict=True):
            stacked[cell.col] = stacked.get(cell.col, "") + text
    return _columns(stacked, forced), after


_SUBHEADS: dict[str, Role | None] = {
    "名称": None, "指标名称": None, "指标": None,
    "权重": "weight", "权重(%)": "weight", "分值": "weight",
    "符号": "nature", "指标性质": "nature", "运算符号": "nature", "计算符号": "nature",
    "值": "target", "指标值": "target", "目标值": "target", "数值": "target",
    "单位": "unit", "单位(文字描述)": "unit", "计量单位": "unit", "度量单位": "unit",
}  # fmt: skip
"""What a second line under 三级指标 (名称 | 权重) or 指标值 (符号 | 值 | 单位) can say."""


def repeats_head(row: RowView) -> bool:
    """Tell whether a row below the head is the head printed again, or its second line."""
    return is_head(row) or set(row.tidy) <= _SUBHEADS.keys()


def _split_by(row: RowView) -> dict[int, Role]:
    """Return the roles a second line gives; of several weights the last is the row's own."""
    given = [
        (c.col, role)
        for c, t in zip(row.cells, row.tidy, strict=True)
        if (role := _SUBHEADS[t]) is not None
    ]
    weights = [col for col, role in given if role == "weight"]
    return {col: "other" if col in weights[:-1] else role for col, role in given}


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


def _completes(below: RowView, head: RowView) -> bool:
    """Tell whether a line under a head gives its empty words their sense: 年度 over 指标值."""
    above = {c.col: t for c, t in zip(head.cells, head.tidy, strict=True)}
    halves = [(above.get(c.col, ""), t) for c, t in zip(below.cells, below.tidy, strict=True)]
    return len(below.cells) < len(head.cells) and all(
        one and not roles_in(one) and roles_in(one + two) and len(one + two) <= _LONGEST_HEAD
        for one, two in halves
    )


def _columns(stacked: dict[int, str], forced: dict[int, Role]) -> tuple[Column, ...]:
    """Read the head left to right; cells left of the levels frame the table (年度绩效指标完成情况).

    Of several targets the adjusted one counts (调整后指标值); a second 度量单位 is the actual's.
    """
    found: list[Column] = []
    seen: set[Role] = set()
    start = min(c for c, text in stacked.items() if _LEVELS.intersection(roles_in(text)))
    adjusted = any(_ADJUSTED.search(text) for text in stacked.values())
    for col in sorted(c for c in {**stacked, **forced} if c >= start):
        text = stacked.get(col, "")
        roles: list[Role] = [forced[col]] if col in forced else roles_in(text)
        if (adjusted and _INITIAL.search(text)) or (roles == ["unit"] and "unit" in seen):
            roles = ["other"]
        for role in roles:
            again = role in seen and role in _PRINTED_TWICE and len(roles) == 1
            if role not in seen or role == "other" or again:
                found.append(Column("other" if again else role, col))
                seen.add(role)
    return tuple(_with_score(found, stacked, seen))


_PRINTED_TWICE: frozenset[Role] = frozenset({"weight", "score"})
"""Values that an evaluator may print beside the unit's own (自评得分 | 复核得分): the first counts."""


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
