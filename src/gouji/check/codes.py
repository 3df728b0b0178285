"""Which rows of a table of codes stand below which (科目层级): 类 3, 款 5, 项 7 digits.

The parent is derived from the code alone, so a code that was misread or cut spoils the relations it
may belong to. Those branches carry the reason and get no verdict; the rest of the table stays sound.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gouji.check.cells import Entry, add_up, at, not_checked, row_name, table_name, within
from gouji.model.relation import AnyRelation
from gouji.model.tables import TOTAL_ROW, Row, Table

LENGTHS = (3, 5, 7)
"""Digits of 类, 款 and 项."""
ROOT = ""
"""Code that stands for the whole table."""


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
    return {r.key: r for r in rows if seen[r.key] == 1 and len(r.key) in LENGTHS}


def top_branch(table: Table) -> Branch | None:
    """Return the total row (合计) with the rows of the highest printed level; None without either."""
    total = table.row(TOTAL_ROW)
    levels = _levels(table)
    if total is None or not levels:
        return None
    classes = tuple(r for r in coded_rows(table) if len(r.key) == levels[0])
    return Branch(total, classes, _doubts(table).get(ROOT, ""))


def branches(table: Table) -> Iterator[Branch]:
    """Yield every coded row that has rows below it, in printed order."""
    levels, doubts = _levels(table), _doubts(table)
    rows = coded_rows(table)
    for row in rows:
        if len(row.key) not in levels[:-1]:
            continue
        below = levels[levels.index(len(row.key)) + 1]
        children = tuple(r for r in rows if len(r.key) == below and r.key.startswith(row.key))
        doubt = doubts.get(row.key) or doubts.get(row.key[: levels[0]] + "*", "")
        if children or doubt:
            yield Branch(row, children, doubt)


def foot(table: Table, branch: Branch | None, columns: Sequence[str]) -> Iterator[AnyRelation]:
    """State, for each printed column, that a row is the sum of the rows directly below it."""
    name = table_name(table)
    if branch is None:
        if not table.empty:
            yield not_checked(name, "no_codes_or_total", ()) if not at(table) else _unknown(table)
        return
    subject = row_name(branch.parent)
    if branch.doubt:
        yield not_checked(subject, branch.doubt, _printed(branch.parent, columns))
        return
    if _without_amounts(branch, columns):
        yield not_checked(subject, "no_amounts_below", _printed(branch.parent, columns))
        return
    for column in columns:
        if column in table.columns:
            parts = [within(r, column) for r in branch.children]
            total = within(branch.parent, column)
            yield from add_up(f"{subject} {column}".removesuffix(" 金额"), total, parts)


def _unknown(table: Table) -> AnyRelation:
    from dataclasses import replace

    return replace(not_checked(table_name(table), "no_codes_or_total"), evidence=at(table))


def _printed(row: Row, columns: Sequence[str]) -> list[Entry]:
    return [within(row, c) for c in columns]


def _without_amounts(branch: Branch, columns: Sequence[str]) -> bool:
    """Tell whether a row prints amounts and no row below it prints any: not itemised, or lost."""
    below = [within(r, c) for r in branch.children for c in columns]
    return not all(e.nothing for e in _printed(branch.parent, columns)) and all(
        e.figure is None or e.figure.blank for e in below
    )


def _levels(table: Table) -> tuple[int, ...]:
    printed = {len(r.key) for r in coded_rows(table)}
    return tuple(n for n in LENGTHS if n in printed)


def _doubts(table: Table) -> dict[str, str]:
    """Return code → why the rows below it are uncertain; "208*" stands for all rows of a class."""
    rows, levels = coded_rows(table), _levels(table)
    seen = Counter(r.key for r in rows)
    doubts: dict[str, str] = {}
    for row in rows:
        key = row.key
        if len(key) not in LENGTHS:
            doubts[_nearest(key, seen, levels)] = f"odd_code:{key}"
        elif seen[key] > 1:
            doubts[_nearest(key, seen, levels)] = doubts[key] = f"code_twice:{key}"
        elif (parent := _parent(key, levels)) and parent not in seen:
            top = key[: levels[0]]
            spoiled = (top, f"{top}*") if top in seen else (ROOT, *(f"{k}*" for k in seen), *seen)
            doubts.update(dict.fromkeys(spoiled, f"no_parent:{key}"))
    return doubts


def _parent(key: str, levels: tuple[int, ...]) -> str:
    """Return the code of the row a code stands below; empty for the highest level."""
    higher = [n for n in levels if n < len(key)]
    return key[: higher[-1]] if higher else ROOT


def _nearest(key: str, seen: Counter[str], levels: tuple[int, ...]) -> str:
    """Return the longest printed code a misread code surely stands below."""
    for n in reversed(levels):
        if n < len(key) and key[:n] in seen:
            return key[:n]
    return ROOT
