"""Which rows of a table of codes stand below which (科目层级): 类 3, 款 5, 项 7 digits.

The parent is derived from the code alone, so a code that was misread or cut spoils the relations it
may belong to. Those branches carry the reason and get no verdict; the rest of the table stays sound.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gouji.check.entries import add_up, column_name, no_part, not_checked, row_name, within
from gouji.model.relation import AnyRelation
from gouji.model.tables import TOTAL_ROW, Row, Table

LENGTHS = (3, 5, 7)
"""Digits of 类, 款 and 项; economic codes (基本支出表) end with 款."""
BY_ECONOMIC_CODE = ("basic_expenditure", "appropriation_basic", "operating_expenses")
ROOT = ""
"""Stands for the whole table where a code would stand."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A row and the rows directly below it (上级与下级); `doubt` says why they may not belong."""

    parent: Row
    children: tuple[Row, ...]
    doubt: str = ""


def coded_rows(table: Table) -> tuple[Row, ...]:
    """Return the rows keyed by a code, in printed order."""
    return tuple(r for r in table.rows if r.key.isdigit())


def sound_codes(table: Table) -> dict[str, Row]:
    """Return code → row for every code that is whole and printed once."""
    rows = coded_rows(table)
    seen = Counter(r.key for r in rows)
    return {r.key: r for r in rows if seen[r.key] == 1 and len(r.key) in _lengths(table)}


def classes_of(table: Table) -> dict[str, Row]:
    """Return code → row for the classes (类) of a table."""
    return {code: row for code, row in sound_codes(table).items() if len(code) == LENGTHS[0]}


def top_branch(table: Table) -> Branch | None:
    """Return the total row (合计) with the rows of the highest printed level; None without either."""
    total = table.row(TOTAL_ROW)
    levels = _levels(table)
    if total is None or not levels:
        return None
    classes = tuple(r for r in coded_rows(table) if len(r.key) == levels[0])
    return Branch(total, classes, _doubts(table, levels).get(ROOT, ""))


def branches(table: Table) -> Iterator[Branch]:
    """Yield every coded row that has rows below it, or may have, in printed order."""
    levels = _levels(table)
    doubts = _doubts(table, levels)
    rows = coded_rows(table)
    for row in rows:
        if len(row.key) not in _lengths(table)[:-1]:
            continue
        below = [n for n in levels if n > len(row.key)][:1]
        children = tuple(r for r in rows if len(r.key) in below and r.key.startswith(row.key))
        doubt = doubts.get(row.key, "")
        if children or doubt:
            yield Branch(row, children, doubt)


def foot_total(table: Table, columns: Sequence[str]) -> Iterator[AnyRelation]:
    """State for each printed column that the total row is the sum of the classes (合计＝Σ类)."""
    branch = top_branch(table)
    if branch is not None:
        yield from _foot(table, branch, columns)
    elif not table.empty and not _is_totals_only(table):
        yield no_part(table, "没有读到合计行或科目编码")


def _is_totals_only(table: Table) -> bool:
    """Tell a budget's table of one row, which lists no items (只列合计的预算表)."""
    return table.account == "budget" and table.row(TOTAL_ROW) is not None and len(table.rows) == 1


def foot_branches(table: Table, columns: Sequence[str]) -> Iterator[AnyRelation]:
    """State for each printed column that a row is the sum of the rows below (类＝Σ款, 款＝Σ项)."""
    for branch in branches(table):
        yield from _foot(table, branch, columns)


def _foot(table: Table, branch: Branch, columns: Sequence[str]) -> Iterator[AnyRelation]:
    printed = [c for c in columns if c in table.columns]
    subject = row_name(branch.parent)
    reason = branch.doubt or ("下级科目没有读到金额" if _not_itemised(branch, printed) else "")
    if reason:
        yield not_checked(subject, reason, [within(branch.parent, c) for c in printed])
        return
    for column in printed:
        name = f"{subject} {column_name(column)}".strip()
        parts = [within(r, column) for r in branch.children]
        yield from add_up(name, within(branch.parent, column, name), parts)


def _not_itemised(branch: Branch, columns: Sequence[str]) -> bool:
    """Tell whether a row prints amounts and no row below it prints any."""
    below = [r.figures.get(c) for r in branch.children for c in columns]
    return not all(within(branch.parent, c).nothing for c in columns) and all(
        figure is None or figure.blank for figure in below
    )


def _lengths(table: Table) -> tuple[int, ...]:
    return LENGTHS[:2] if table.kind in BY_ECONOMIC_CODE else LENGTHS


def _levels(table: Table) -> tuple[int, ...]:
    printed = {len(r.key) for r in coded_rows(table)}
    return tuple(n for n in _lengths(table) if n in printed)


def _doubts(table: Table, levels: tuple[int, ...]) -> dict[str, str]:
    """Return code → why the rows below it are uncertain."""
    seen = Counter(r.key for r in coded_rows(table))
    lengths = _lengths(table)
    doubts: dict[str, str] = {}
    for key, count in seen.items():
        if len(key) not in lengths:
            doubts[_nearest(key, seen, lengths)] = f"编码“{key}”位数不对，上下级无法确定"
        elif count > 1:
            doubts[_nearest(key, seen, lengths)] = doubts[key] = (
                f"编码“{key}”出现不止一次，上下级无法确定"
            )
        elif _parent(key, levels) not in (ROOT, *seen):
            spoiled = _whole_class(key, seen, levels)
            doubts.update(dict.fromkeys(spoiled, f"编码“{key}”的上级科目没有读到"))
    for label, above in _rows_without_code(table):
        spoiled = _whole_class(above, seen, levels) if above else [ROOT]
        doubts.update(dict.fromkeys([ROOT, *spoiled], f"“{label}”一行没有读到编码"))
    return doubts


def _rows_without_code(table: Table) -> Iterator[tuple[str, str]]:
    """Yield (label, last code above it) of rows that print amounts under a name only."""
    above = ROOT
    for row in table.rows:
        if row.key.isdigit():
            above = row.key
        elif not row.key.endswith(("合计", "总计", "小计")) and any(
            f.value != 0 for f in row.figures.values()
        ):
            yield row.key, above


def _parent(key: str, levels: tuple[int, ...]) -> str:
    """Return the code of the row a code stands below; ROOT for the highest level."""
    higher = [n for n in levels if n < len(key)]
    return key[: higher[-1]] if higher else ROOT


def _nearest(key: str, seen: Counter[str], lengths: tuple[int, ...]) -> str:
    """Return the longest printed code a misread code surely stands below."""
    for n in reversed(lengths[:-1]):
        if n < len(key) and key[:n] in seen:
            return key[:n]
    return ROOT


def _whole_class(key: str, seen: Counter[str], levels: tuple[int, ...]) -> list[str]:
    """Return every code of the class a stray code belongs to; all codes where no class is printed."""
    top = key[: levels[0]] if levels else ROOT
    return [k for k in seen if k.startswith(top)] if top in seen else [ROOT, *seen]
