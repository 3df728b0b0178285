"""Reads label files (标注文件): tables, claims, findings, grids, each in its own format.

The formats are described in docs/evaluation.md. A field that is missing is not labelled; a field that
is `null` is labelled as empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from gouji.evaluate.labels import (
    CellLabel,
    FindingLabel,
    GridCell,
    GridText,
    Performance,
    PerformanceRow,
    Slots,
    TableLabel,
)
from gouji.model.tables import AMOUNT

Json = Any
"""Parsed JSON or YAML."""

PERFORMANCE_KINDS = ("project_self_evaluation", "overall_self_evaluation", "evaluation_scores")
_SUMS = frozenset({"sum", "count_sum"})
_THREE_PUBLIC_COLUMNS = {"预算数": "全年预算数", "决算数": "决算数"}
_CARS = "公务用车购置及运行维护费"


# --- grids -----------------------------------------------------------------------------------


def grids(entries: Iterable[Json]) -> tuple[GridText, ...]:
    """Return grids: a list of placed cells, as `gouji extract` prints them, or rows as in HTML."""
    return tuple(_rows(e) if _is_rows(e["cells"]) else _grid(e) for e in entries)


def _is_rows(cells: Json) -> bool:
    return bool(cells) and isinstance(cells[0], list)


def _rows(entry: Json) -> GridText:
    """Place cells that are given row by row, each in the next column no span covers."""
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    for row, printed in enumerate(entry["cells"]):
        col = 0
        for c in printed:
            while (row, col) in taken:
                col += 1
            down, right = c.get("rowspan", 1), c.get("colspan", 1)
            taken |= {(row + i, col + j) for i in range(down) for j in range(right)}
            cells.append(GridCell(row, col, c["text"], down, right))
    width = max((col for _, col in taken), default=-1) + 1
    return GridText(len(entry["cells"]), width, tuple(cells), entry.get("title") or "")


def _grid(entry: Json) -> GridText:
    cells = tuple(
        GridCell(c["row"], c["col"], c["text"], c.get("rowspan", 1), c.get("colspan", 1))
        for c in entry["cells"]
    )
    pages = tuple(entry.get("pages") or ())
    return GridText(entry["n_rows"], entry["n_cols"], cells, entry.get("title") or "", pages)


# --- published tables ------------------------------------------------------------------------


def tables(entries: Iterable[Json]) -> tuple[TableLabel, ...]:
    """Return the labelled standard tables (T01 … T10), as whole tables or cell by cell."""
    listed = list(entries)
    if cells := [e for e in listed if "row" in e]:
        return tuple(_from_cells(cells))
    return tuple(
        TableLabel(e["id"], e["kind"], tuple(_cells_of(e)), bool(e.get("damaged")))
        for e in listed
        if e["id"].startswith("T")
    )


def _from_cells(entries: list[Json]) -> Iterator[TableLabel]:
    by_table: defaultdict[tuple[str, str], list[CellLabel]] = defaultdict(list)
    for e in entries:
        side, label = e.get("side") or "", e.get("label") or ""
        cell = CellLabel(e["row"], e["column"], side, e["text"], label)
        by_table[f"T{e['table']}", e["kind"]].append(cell)
    for (name, kind), cells in by_table.items():
        yield TableLabel(name, kind, tuple(cells))


def _cells_of(entry: Json) -> Iterator[CellLabel]:
    """Yield the cells of a labelled table, with our keys."""
    cells = entry["cells"]
    match entry["kind"]:
        case "income_expenditure_summary":
            yield from _summary(cells)
        case "appropriation_summary":
            yield from _appropriation(cells)
        case "basic_expenditure":
            for code, row in cells.items():
                yield CellLabel(code, AMOUNT, "", row["amount"], row["name"])
        case "three_public":
            yield from _three_public(cells)
        case "state_assets":
            for row in cells.values():
                value = row["columns"]["决算数"]
                yield CellLabel(_asset(row["name"]), "决算数", "", value, row["name"])
        case _:
            yield from _codes(cells)


def _summary(cells: dict[str, str | None]) -> Iterator[CellLabel]:
    side_of = {"收入总计": "收入", "支出总计": "支出"}
    for name, value in cells.items():
        key = "总计" if name in side_of else name.replace("(含专用结余)", "")
        yield CellLabel(key, AMOUNT, side_of.get(name, ""), value)


def _appropriation(cells: dict[str, dict[str, Json]]) -> Iterator[CellLabel]:
    for name, value in cells["收入"].items():
        yield CellLabel("总计" if name == "收入总计" else name, AMOUNT, "收入", value)
    for name, row in cells["支出"].items():
        key = "总计" if name == "支出总计" else name
        for column, value in row.items():
            yield CellLabel(key, column, "支出", value)


def _codes(cells: dict[str, dict[str, Json]]) -> Iterator[CellLabel]:
    for code, row in cells.items():
        printed = row.get("printed_code", code)
        key = code if "|" in printed else printed
        for column, value in row["columns"].items():
            doubtful = column in row.get("uncertain", [])
            yield CellLabel(key, column, "", value, row["name"], doubtful)


def _three_public(cells: dict[str, dict[str, Json]]) -> Iterator[CellLabel]:
    for name, row in cells.items():
        if name in _THREE_PUBLIC_COLUMNS:
            for item, value in row.items():
                key = item.removeprefix(_CARS + "/").replace("小计", _CARS)
                yield CellLabel(key, _THREE_PUBLIC_COLUMNS[name], "", value)
        elif row["name"] != "相关统计数":
            for column, value in row["columns"].items():
                yield CellLabel(_three_public_key(row["name"]), column, "", value, row["name"])


def _three_public_key(name: str) -> str:
    if "经费支出" in name:
        return "合计"
    bare = name.rpartition("其中:")[2].strip()
    return bare.removesuffix("(个)").removesuffix("(人)").removesuffix("(辆)")


def _asset(name: str) -> str:
    if "车辆数合计" in name:
        return "车辆合计"
    return "设备" if "设备" in name else name


# --- performance tables ----------------------------------------------------------------------


def performances(entries: Iterable[Json]) -> tuple[Performance, ...]:
    """Return the labelled performance tables (P01 …, Z01 …)."""
    return tuple(
        _performance(e) for e in entries if e["kind"] in PERFORMANCE_KINDS and "cells" in e
    )


def _performance(entry: Json) -> Performance:
    cells = entry["cells"]
    rows = (
        *(_indicator(row) for row in cells.get("indicators") or ()),
        *(_money(label, row) for label, row in (cells.get("预算") or {}).items()),
        *(_task(row) for row in cells.get("tasks") or ()),
    )
    lines = (entry.get("start_line", 0), entry.get("end_line", 0))
    project = cells.get("项目名称") or cells.get("部门(单位)名称") or ""
    return Performance(entry["id"], rows, lines, project)


def _indicator(row: Json) -> PerformanceRow:
    line = row.get("line", 0)
    lines = row.get("lines") or [line, line]
    cells = {name: row[name] for name in ("target", "actual", "score")}
    cells["weight"] = row.get("weight_printed") or row["weight"]
    return PerformanceRow("indicator", row["level3"] or "", cells, (lines[0], lines[-1]))


def _money(label: str, row: Json) -> PerformanceRow:
    cells = {name: None if value == "-" else value for name, value in row.items()}
    return PerformanceRow("money", label, cells)


def _task(row: Json) -> PerformanceRow:
    names = ("预算数", "其中:财政拨款(预算)", "执行数", "其中:财政拨款(执行)")
    return PerformanceRow("task", row["任务名称"], {n: row[n] for n in names if n in row})


# --- claims ----------------------------------------------------------------------------------


def claims(rows: Iterable[Json]) -> tuple[Slots, ...]:
    """Return the labelled claims of a document."""
    return tuple(_claim(row) for row in rows)


def _claim(row: Json) -> Slots:
    elsewhere = {n["role"] for n in row.get("numbers") or () if n.get("own") is False}
    kind = "sum" if row["type"] in _SUMS else row["type"]
    loose = elsewhere | ({"value"} if kind in ("zero", "grade", "rate", "flat") else set())
    return Slots(
        type=kind,
        start=row["start"],
        end=row["end"],
        value=row.get("value"),
        change=row.get("change"),
        percent=row.get("percent"),
        direction=row.get("direction"),
        parts=tuple(p["value"] for p in row.get("parts") or ()),
        quote=row["quote"],
        id=row["id"],
        loose=frozenset(loose),
        optional=bool(row.get("optional")),
    )


# --- findings --------------------------------------------------------------------------------


def findings(entries: Iterable[Json]) -> tuple[FindingLabel, ...]:
    """Return known contradictions, or passages that must stay silent."""
    return tuple(
        FindingLabel(
            id=str(entry["id"]),
            quotes=tuple(str(q) for q in entry["quotes"]),
            judged_by=entry.get("judged_by", ""),
            family=entry.get("family", ""),
            disputed="disputed" in entry,
        )
        for entry in entries
    )
