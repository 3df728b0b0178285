"""Scores performance tables, field by field (绩效自评表的评测).

A row is found by the lines it stands on where both sides have them, else by its name. Prints agree
when they are the same but for white space, per cent signs of rates and the tail of long wording.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from gouji.evaluate.labels import Answer, Labels, Performance, PerformanceRow
from gouji.evaluate.scorers.quotes import squeeze
from gouji.evaluate.scorers.scored import Scored

NAMES = {"indicator": "indicators", "money": "budgets", "task": "budgets"}
_LONG = 20


def score(labels: Labels, answer: Answer, scored: Scored) -> None:
    """Compare every labelled field with the performance tables read."""
    left = list(answer.performance)
    for label in labels.performance or ():
        table = _table(label, left)
        if table is not None:
            left.remove(table)
        scored.add("indicators.tables", table is not None)
        _fields(label, table, scored)


def _table(label: Performance, tables: Sequence[Performance]) -> Performance | None:
    if label.lines[1] and any(t.lines[1] for t in tables):
        return next((t for t in tables if _within(t.lines[0], label.lines)), None)
    wanted = squeeze(label.project)
    named = [t for t in tables if squeeze(t.project) == wanted]
    rows = {squeeze(r.name) for r in label.rows}
    return max(
        named or tables,
        key=lambda t: len(rows & {squeeze(r.name) for r in t.rows}),
        default=None,
    )


def _within(line: int, lines: tuple[int, int]) -> bool:
    return lines[0] <= line <= lines[1]


def _fields(label: Performance, table: Performance | None, scored: Scored) -> None:
    for nth, row in enumerate(label.rows):
        ours = None if table is None else _row(label, nth, table)
        for name, expected in row.cells.items():
            shown = None if ours is None else _shown(row, ours, name)
            right = agree(expected, shown)
            kind = NAMES[row.kind]
            scored.add(f"{kind}.fields", right)
            scored.add(f"{kind}.fields[{name}]", right)
            if not right:
                at = f"L{row.lines[0]} " if row.lines[0] else ""
                scored.wrong.append(
                    f"字段 {label.id} {at}{row.name[:20]} {name}：{expected!r} 读作 {shown!r}"
                )


def _row(label: Performance, nth: int, table: Performance) -> PerformanceRow | None:
    row = label.rows[nth]
    rows = [r for r in table.rows if r.kind == row.kind]
    if row.kind == "money":  # labels of components vary; their order does not
        place = sum(r.kind == "money" for r in label.rows[:nth])
        return rows[place] if place < len(rows) else None
    if row.lines[1] and any(r.lines[1] for r in rows):
        return next((r for r in rows if _on(row, r)), None)
    same = [r for r in rows if squeeze(r.name) == squeeze(row.name)]
    place = sum(r.kind == row.kind and r.name == row.name for r in label.rows[:nth])
    return same[min(place, len(same) - 1)] if same else None


def _on(label: PerformanceRow, row: PerformanceRow) -> bool:
    first, last = row.lines
    return any(first <= line <= last for line in label.lines) or _within(first, label.lines)


def _shown(label: PerformanceRow, row: PerformanceRow, name: str) -> str | None:
    shown = row.cells.get(name)
    expected = label.cells[name]
    if name == "target" and (ladder := row.cells.get("ladder")) and agree(expected, ladder):
        return ladder  # score tables print the standard where others print the target
    if label.kind == "money" and shown and not (expected or "").endswith("%"):
        return shown.rstrip("%")
    return shown


def agree(expected: str | None, found: str | None) -> bool:
    """Tell whether two prints of a field are the same but for white space, signs and long wording."""
    one, two = _plain(expected), _plain(found)
    if one == two:
        return True
    if len(one) > _LONG and len(two) > _LONG:
        numbers = re.findall(r"\d+(?:\.\d+)?", one)
        if numbers:
            return numbers == re.findall(r"\d+(?:\.\d+)?", two)
        return one[:8] == two[:8]
    return bool(one) and one.rstrip("…") == two[: len(one.rstrip("…"))] and "…" in (expected or "")


def _plain(text: str | None) -> str:
    words = unicodedata.normalize("NFKC", re.sub(r"\s+|</?\w+>", "", text or ""))
    return re.sub(r"[,。;]$", "", words.replace("—", "-"))
