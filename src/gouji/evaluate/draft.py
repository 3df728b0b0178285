"""Drafts labels from gouji's own output for a person to correct (起草标注)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from gouji.errors import InputError
from gouji.evaluate.dataset import CARD, DOCUMENTS, TRUTH, Sample
from gouji.evaluate.engine import answer
from gouji.evaluate.labels import Answer, BoundTable, Found, GridText, Performance, Slots
from gouji.messages import N_

Json = dict[str, Any]
DRAFT = "由 gouji 起草，尚未核对：逐项改正后删去本行，才能用于评测。"


def init(folder: Path) -> list[Path]:
    """Write a card and a draft of labels beside every document; return the drafts written."""
    if not folder.is_dir():
        raise InputError(N_("{folder}: 不是目录。"), folder=folder)
    documents = sorted(p for p in folder.rglob("*") if p.suffix in DOCUMENTS)
    if not documents:
        raise InputError(N_("{folder}: 没有找到 .txt 或 .pdf 文档。"), folder=folder)
    card = folder / CARD
    if not card.exists():
        patterns = [f'"**/*{s}"' for s in DOCUMENTS if any(d.suffix == s for d in documents)]
        card.write_text(
            f"name: {folder.resolve().name}\n"
            "about: 请写明文档来源、年度与标注人。\n"
            f"documents: [{', '.join(patterns)}]\n",
            "utf-8",
        )
    drafts = []
    for document in documents:
        path = document.with_name(document.stem + TRUTH[0])
        if not path.exists():
            said = answer(Sample(document.name, document))
            path.write_text(_json(draft_of(said)), "utf-8")
            drafts.append(path)
    return drafts


def draft_of(said: Answer) -> Json:
    """Return an answer in the shape of labels, marked as a draft."""
    return {
        "draft": DRAFT,
        "clean": False,
        "grids": [_grid(g) for g in said.grids],
        "tables": [*_cells(said.tables), *map(_performance, said.performance)],
        "claims": [_claim(s) for s in said.claims],
        "findings": [_finding(f) for f in said.findings],
        "silent": [],
    }


def _json(draft: Json) -> str:
    """Return JSON with one label a line, a row of a grid a line: a person can read it, a diff can show it."""
    parts = []
    for layer, value in draft.items():
        if layer == "grids" and value:
            grids = ",\n  ".join(_grid_lines(grid) for grid in value)
            parts.append(f"{json.dumps(layer)}: [\n  {grids}\n]")
            continue
        if isinstance(value, list) and value:
            lines = ",\n  ".join(json.dumps(v, ensure_ascii=False) for v in value)
            parts.append(f"{json.dumps(layer)}: [\n  {lines}\n]")
        else:
            parts.append(f"{json.dumps(layer)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _grid_lines(grid: Json) -> str:
    """Return a grid as JSON, its cells row by row."""
    head = json.dumps({k: v for k, v in grid.items() if k != "cells"}, ensure_ascii=False)
    rows: dict[int, list[Json]] = {}
    for cell in grid["cells"]:
        rows.setdefault(cell["row"], []).append(cell)
    lines = ",\n    ".join(json.dumps(r, ensure_ascii=False)[1:-1] for r in rows.values())
    return f'{head[:-1]}, "cells": [\n    {lines}\n  ]}}'


def _grid(grid: GridText) -> Json:
    cells = [
        {"row": c.row, "col": c.col, "rowspan": c.rowspan, "colspan": c.colspan, "text": c.text}
        for c in grid.cells
    ]
    return {"title": grid.title, "n_rows": grid.n_rows, "n_cols": grid.n_cols, "cells": cells}


def _cells(tables: Iterable[BoundTable]) -> Iterator[Json]:
    for number, table in enumerate(tables, 1):
        for row in table.rows:
            for column, text in row.figures.items():
                yield {
                    "table": f"{number:02d}",
                    "kind": table.kind,
                    "row": row.key,
                    "label": row.label,
                    "column": column,
                    "side": row.side,
                    "text": text,
                }


def _performance(table: Performance) -> Json:
    rows = {
        kind: [r for r in table.rows if r.kind == kind] for kind in ("indicator", "money", "task")
    }
    cells: Json = {
        "项目名称": table.project,
        "预算": {r.name: r.cells for r in rows["money"]},
        "tasks": [{"任务名称": r.name, **r.cells} for r in rows["task"]],
        "indicators": [
            {
                "level3": r.name,
                **{name: r.cells.get(name) for name in ("target", "actual", "weight", "score")},
                "line": r.lines[0],
                "lines": list(r.lines),
            }
            for r in rows["indicator"]
        ],
    }
    first, last = table.lines
    return {
        "id": f"P-{table.id}",
        "kind": "project_self_evaluation",
        "start_line": first,
        "end_line": max([last, *(r.lines[1] for r in table.rows)]),
        "cells": cells,
    }


def _claim(slots: Slots) -> Json:
    return {
        "id": slots.id,
        "type": slots.type,
        "start": slots.start,
        "end": slots.end,
        "quote": slots.quote,
        "value": slots.value,
        "change": slots.change,
        "percent": slots.percent,
        "direction": slots.direction,
        "parts": [{"value": p} for p in slots.parts] or None,
        "numbers": [],
    }


def _finding(finding: Found) -> Json:
    return {
        "id": finding.id,
        "judged_by": "arithmetic",
        "family": finding.rule[:3],
        "quotes": [e.quote for e in finding.evidence],
        "why": finding.message,
    }
