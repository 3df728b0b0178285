"""Which declared column a printed column is, by its headings (栏目识别)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from gouji.extract.tables_ragged import Words
from gouji.extract.tables_sheet import compact
from gouji.model.tables import EXECUTED, model_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gouji.extract.tables_sheet import Sheet
    from gouji.model.outline import TableKind
    from gouji.model.tables import Account, TableModel

_CLEAN = re.compile(r"^(?:19|20)\d\d年度?(?=.)|\((?:按功能分类|含[^)]*|万元|元)\)|[\"'“”‘’\d]+$")
_NAMES_ROWS = re.compile(r"科目|功能分类|编码")
"""Over a column of codes or names: 合计 below it is the total row's label, not a heading."""
_EXECUTED = re.compile(r"(?:20\d\d年度?|上年度?)(?:预算)?执行数")
_PLANNED = re.compile(r"20\d\d年度?预算数?|本年预算数?")
_COMPARED = re.compile(r"比.{0,6}(?:执行|预算|上年)")
_RATE = re.compile(r"[%\uff05]|增减幅度|增减比例|增幅")
_SHORTEST_CUT = 6
"""A heading cut by the scan must keep so many characters to be recognised."""
HEADER_WORDS = frozenset(
    [
        "项目",
        "科目名称",
        "科目编码",
        "科目代码",
        "功能分类科目编码",
        "支出功能分类科目编码",
        "支出功能分类科目",
        "类",
        "款",
        "项",
        "栏次",
        "行次",
        "功能分类",
        "经济分类科目编码",
        "经济分类",
        "金额",
        "决算数",
        "本年支出",
        "本年收入",
        "收入",
        "支出",
        "预算数",
        "功能分类科目名称",
    ]
)


def clean(text: str) -> str:
    """Return a heading without spaces, column number and remarks."""
    return _CLEAN.sub("", compact(text))


@dataclass(frozen=True, slots=True)
class _Names:
    """Headings of one model: leaf → [(parent or "", key)]."""

    leaves: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    parents: dict[str, frozenset[str]] = field(default_factory=dict)


def _names(model: TableModel) -> _Names:
    return _names_of(model.kind, model.account)


@cache
def _names_of(kind: TableKind, account: Account) -> _Names:
    names = _Names()
    model = model_of(kind, account)
    for column in model.columns if model else ():
        for alias in (column.key, *column.aliases):
            parent, _, leaf = alias.rpartition("/")
            entry = (parent, column.key)
            if entry not in names.leaves.setdefault(clean(leaf), []):
                names.leaves[clean(leaf)].append(entry)
    for leaf, entries in names.leaves.items():
        names.parents[leaf] = frozenset(parent for parent, _ in entries if parent)
    return names


def column_key(model: TableModel, path: Sequence[str]) -> str | None:
    """Return the declared column a path of headings names, or None.

    An alias with the nearest parent wins; an alias without one does not count under another's parent.
    """
    if not path:
        return None
    names = _names(model)
    steps = [clean(step) for step in path]
    leaf = _known_leaf(steps[-1], names)
    if leaf is None:
        return None
    above = steps[:-1]
    nearest = [(above.index(parent), key) for parent, key in names.leaves[leaf] if parent in above]
    if nearest:
        return max(nearest, key=lambda pair: pair[0])[1]
    if any(step in names.leaves and _is_group(step, names) for step in above):
        return None
    return next((key for parent, key in names.leaves[leaf] if not parent), None)


def _is_group(step: str, names: _Names) -> bool:
    """Tell whether a heading groups columns and so decides what stands under it."""
    return any(step in parents for parents in names.parents.values()) and step not in (
        "本年支出",
        "决算数",
    )


def heading_words(model: TableModel) -> Words:
    """Return what the headings of a table of codes mean."""
    names = _names(model)
    return Words(
        lambda path: column_key(model, path),
        lambda text: any(clean(text) in parents for parents in names.parents.values()),
    )


def _known_leaf(text: str, names: _Names) -> str | None:
    if text in names.leaves:
        return text
    if len(text) < _SHORTEST_CUT:
        return None
    whole = [leaf for leaf in names.leaves if leaf.startswith(text)]
    return whole[0] if len(whole) == 1 else None


def _of_years(path: Sequence[str]) -> tuple[str, ...]:
    """Return a budget's headings by what they mean: 2024年执行数 is 上年执行数, 2025年预算数 says nothing."""
    steps: list[str] = []
    for step in path:
        if _COMPARED.search(step) or (_PLANNED.fullmatch(step) and len(path) > 1):
            continue
        steps.append(EXECUTED if _EXECUTED.fullmatch(step) else step)
    return tuple(steps)


def rates_beside(sheet: Sheet, model: TableModel, rows: int) -> set[int]:
    """Return the columns of rates beside a budget's amounts (增减%): no amount of any heading."""
    if model.account != "budget":
        return set()
    return {c for c, path in enumerate(sheet.paths(rows)) if path and _RATE.search(path[-1])}


def match_columns(sheet: Sheet, model: TableModel, rows: int) -> dict[int, str]:
    """Return column → key over the first `rows` rows; a key found twice is dropped with a note."""
    found: dict[int, str] = {}
    for col, path in enumerate(sheet.paths(rows)):
        if any(_NAMES_ROWS.search(step) for step in path):
            continue
        key = column_key(model, _of_years(path) if model.account == "budget" else path)
        if key is not None:
            found[col] = key
    keys = list(found.values())
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        sheet.problems.append("同名栏目不止一个:" + "、".join(sorted(twice)))
    return {col: key for col, key in found.items() if key not in twice}


def numbered_columns(sheet: Sheet, model: TableModel, rows: int) -> dict[int, str]:
    """Return column → key by the row of column numbers, where the usual count is printed."""
    for row in range(rows):
        numbers = sheet.column_numbers(row)
        if model.usual and len(numbers) == model.usual:
            return {col: model.columns[n - 1].key for col, n in numbers.items()}
    return {}
