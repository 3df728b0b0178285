"""Scores bound tables against labelled tables, cell by cell (表格识别评测).

`python -m gouji.evaluate.gold_tables CORPUS` prints cells right of all, and each wrong one.

A labelled empty cell (`null`) is right when it was bound as a blank, or when the table was found
empty as a whole. A table the label calls damaged counts only if one was bound: its rows were inferred
by the annotator, and gouji rightly reports it as unreadable. Codes the label restored from a cut print are looked up as printed.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gouji.model.tables import AMOUNT
from gouji.pipeline import extract_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gouji.model.figure import Figure
    from gouji.model.tables import Table

_THREE_PUBLIC_COLUMNS = {"预算数": "全年预算数", "决算数": "决算数"}
SEEDS = {"A": "000_*.txt", "C": "002_*.txt", "E": "004_*.txt"}
_CARS = "公务用车购置及运行维护费"


class Cell(NamedTuple):
    """One labelled cell: where it is to be found, and what it prints (None for an empty one)."""

    key: str
    column: str
    side: str
    value: str | None
    label: str = ""
    """The row's name, to tell rows of one printed code apart."""
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Miss:
    """A cell that was not bound as labelled (错误单元格)."""

    table: str
    cell: Cell
    got: str


@dataclass(slots=True)
class Score:
    """How many labelled cells were bound right (得分)."""

    right: int = 0
    total: int = 0
    misses: list[Miss] = field(default_factory=list)
    missing_tables: list[str] = field(default_factory=list)


def load(path: Path) -> list[dict[str, Any]]:
    """Return the labelled standard tables (T01 … T10) of one document."""
    tables = json.loads(path.read_text(encoding="utf-8"))
    return [table for table in tables if table["id"].startswith("T")]


def score(labels: list[dict[str, Any]], tables: tuple[Table, ...]) -> Score:
    """Compare every labelled cell with the bound tables."""
    result = Score()
    by_kind: dict[str, Table] = {}
    for table in tables:
        by_kind.setdefault(table.kind, table)
    for label in labels:
        bound = by_kind.get(label["kind"])
        if bound is None:
            result.missing_tables.append(label["id"])
            if label.get("damaged"):
                continue
        for cell in cells_of(label):
            result.total += 1
            figure = _find(bound, cell) if bound is not None else None
            if _agrees(figure, cell, empty=bound is not None and bound.empty and not bound.rows):
                result.right += 1
            else:
                result.misses.append(Miss(label["id"], cell, _show(figure)))
    return result


def cells_of(label: dict[str, Any]) -> Iterator[Cell]:
    """Yield the cells of a labelled table, with our keys."""
    cells = label["cells"]
    match label["kind"]:
        case "income_expenditure_summary":
            yield from _summary(cells)
        case "appropriation_summary":
            yield from _appropriation(cells)
        case "basic_expenditure":
            for code, row in cells.items():
                yield Cell(code, AMOUNT, "", row["amount"], row["name"])
        case "three_public":
            yield from _three_public(cells)
        case "state_assets":
            for row in cells.values():
                yield Cell(_asset(row["name"]), "决算数", "", row["columns"]["决算数"], row["name"])
        case _:
            yield from _codes(cells)


def _summary(cells: dict[str, str | None]) -> Iterator[Cell]:
    side_of = {"收入总计": "收入", "支出总计": "支出"}
    for name, value in cells.items():
        key = "总计" if name in side_of else name.replace("(含专用结余)", "")
        yield Cell(key, AMOUNT, side_of.get(name, ""), value)


def _appropriation(cells: dict[str, dict[str, Any]]) -> Iterator[Cell]:
    for name, value in cells["收入"].items():
        yield Cell("总计" if name == "收入总计" else name, AMOUNT, "收入", value)
    for name, row in cells["支出"].items():
        key = "总计" if name == "支出总计" else name
        for column, value in row.items():
            yield Cell(key, column, "支出", value)


def _codes(cells: dict[str, dict[str, Any]]) -> Iterator[Cell]:
    for code, row in cells.items():
        printed = row.get("printed_code", code)
        key = code if "|" in printed else printed
        for column, value in row["columns"].items():
            doubtful = column in row.get("uncertain", [])
            yield Cell(key, column, "", value, row["name"], doubtful)


def _three_public(cells: dict[str, dict[str, Any]]) -> Iterator[Cell]:
    for name, row in cells.items():
        if name in _THREE_PUBLIC_COLUMNS:
            for item, value in row.items():
                key = item.removeprefix(_CARS + "/").replace("小计", _CARS)
                yield Cell(key, _THREE_PUBLIC_COLUMNS[name], "", value)
        elif row["name"] != "相关统计数":
            for column, value in row["columns"].items():
                yield Cell(_three_public_key(row["name"]), column, "", value, row["name"])


def _three_public_key(name: str) -> str:
    if "经费支出" in name:
        return "合计"
    bare = name.rpartition("其中:")[2].strip()
    return bare.removesuffix("(个)").removesuffix("(人)").removesuffix("(辆)")


def _asset(name: str) -> str:
    if "车辆数合计" in name:
        return "车辆合计"
    return "设备" if "设备" in name else name


def _find(table: Table, cell: Cell) -> Figure | None:
    rows = [r for r in table.rows if r.key == cell.key and cell.side in ("", r.side)]
    if len(rows) > 1 and cell.label:
        rows = [r for r in rows if cell.label.startswith(r.label[:6])] or rows
    return rows[0].figures.get(cell.column) if rows else None


def _agrees(figure: Figure | None, cell: Cell, *, empty: bool) -> bool:
    if cell.value is None:
        return empty or (figure is not None and figure.blank) or (cell.uncertain and figure is None)
    return figure is not None and not figure.blank and figure.value == Decimal(cell.value)


def _show(figure: Figure | None) -> str:
    if figure is None:
        return "missing"
    return "blank" if figure.blank else figure.text


def main(corpus: Path) -> None:
    """Print how many cells of the labelled documents are right, and each wrong one."""
    for name, pattern in SEEDS.items():
        (path,) = (corpus / "seeds").glob(pattern)
        result = score(
            load(corpus / "gold" / "tables" / f"{name}.json"), extract_document(path).tables
        )
        print(f"{name}: {result.right}/{result.total} cells")  # noqa: T201
        for miss in result.misses:
            where = f"{miss.table} {miss.cell.key} {miss.cell.column}"
            print(f"    {where}: {miss.cell.value or 'blank'}, got {miss.got}")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
