"""The items that reports speak of (科目、指标词表): their aliases, table cells and wholes.

The vocabulary is data: schemas/items.json, and the functional classes (支出功能分类).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from gouji import resources
from gouji.model.claim import CellKey, Measure, Scope
from gouji.model.tables import FUNCTIONAL_CLASSES

QUOTES = str.maketrans("", "", "“”\"'‘’「」*《》 ")
"""Marks that are no part of a name."""
_COLUMN_OF_MEASURE: dict[Measure, str] = {
    "final": "决算数",
    "annual_budget": "全年预算数",
    "adjusted_budget": "全年预算数",
    "initial_budget": "年初预算数",
    "budget": "",
}
_CLASS_TABLE: dict[Scope, tuple[str, str, str]] = {
    "all": ("expenditure", "本年支出合计", ""),
    "general_public": ("general_public_expenditure", "小计", ""),
    "appropriation": ("appropriation_summary", "合计", "支出"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the vocabulary of items (科目、指标)."""

    key: str
    scope: Scope
    cells: tuple[CellKey, ...] = ()
    part_of: frozenset[str] = frozenset()
    """Keys of the items this one is a part of in the standard lists (分项关系)."""
    code: str = ""
    """Code of a functional class or an economic item."""
    units: frozenset[str] = frozenset()
    any_scope: bool = False
    kind: str = "item"
    """item, function (功能分类) or economic (经济分类)."""

    def cells_for(self, measure: Measure, scope: Scope) -> tuple[CellKey, ...]:
        """Return where the item stands in the tables for a measure."""
        if self.kind == "function":
            return self._class_cells(measure, scope)
        column = _COLUMN_OF_MEASURE.get(measure, "")
        if any(c.column == "$" for c in self.cells):
            if self.units and measure == "other":
                column = "决算数"
            return tuple(c._replace(column=column) for c in self.cells) if column else ()
        counted = bool(self.units)
        return self.cells if measure == "final" or (counted and measure == "other") else ()

    def _class_cells(self, measure: Measure, scope: Scope) -> tuple[CellKey, ...]:
        found = _CLASS_TABLE.get(scope)
        if measure != "final" or found is None:
            return ()
        table, column, side = found
        row = self.key if table == "appropriation_summary" else self.code
        return (CellKey(table, row, column, side),)


@cache
def vocabulary() -> dict[str, tuple[Item, ...]]:
    """Return alias → items, read once from schemas/items.json and the functional classes."""
    found: dict[str, list[Item]] = {}
    raw: dict[str, Any] = resources.data("schemas", "items.json")
    for row in raw["items"]:
        item = Item(
            key=row["key"],
            scope=row["scope"],
            cells=tuple(CellKey(*c) for c in row.get("cells", ())),
            part_of=frozenset(row.get("part_of", ())),
            units=frozenset(row.get("units", ())),
            any_scope=row.get("any_scope", False),
        )
        for alias in (row["key"], *row["aliases"]):
            found.setdefault(alias.translate(QUOTES), []).append(item)
    for code, names in FUNCTIONAL_CLASSES.items():
        item = Item(names[0], "other", any_scope=True, kind="function", code=code)
        for alias in names:
            found.setdefault(alias, []).append(item)
    for row in raw["economics"]:
        cells = (CellKey("basic_expenditure", row["code"], "金额"),)
        item = Item(
            row["key"], "general_public", cells, any_scope=True, kind="economic", code=row["code"]
        )
        for alias in row["aliases"]:
            found.setdefault(alias, []).append(item)
    return {alias: tuple(dict.fromkeys(items)) for alias, items in found.items()}


@cache
def item(key: str) -> Item | None:
    """Return an item by its key."""
    return next((i for i in vocabulary().get(key, ()) if i.key == key), None)


def named(name: str) -> tuple[Item, ...]:
    """Return the items a name means exactly, with or without 支出 at its end."""
    plain = name.translate(QUOTES)
    words = vocabulary()
    return (
        words.get(plain) or words.get(plain.removesuffix("支出")) or words.get(plain + "用") or ()
    )
