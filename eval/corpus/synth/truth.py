"""What a synthetic document says, as JSON beside it (真值)."""

import json
import re
from typing import Any

from blocks import Table

from synth.compose import Disclosure
from synth.teller import CLOSE, FIRST_MARK, Claim, counted

NIL = ("", "-", "—")
"""What an empty cell may print."""
CLAUSE = re.compile(r"[。；;\n：:，,、]")


def unmark(marked: str) -> tuple[str, dict[int, tuple[int, int]]]:
    """Return the text without marks, and where each marked number stands in it."""
    plain: list[str] = []
    starts: dict[int, int] = {}
    places: dict[int, tuple[int, int]] = {}
    open_at: list[int] = []
    for char in marked:
        if ord(char) >= FIRST_MARK:
            open_at.append(ord(char) - FIRST_MARK)
            starts[open_at[-1]] = len(plain)
        elif char == CLOSE:
            number = open_at.pop()
            places[number] = (starts[number], len(plain))
        else:
            plain.append(char)
    return "".join(plain), places


def bare(printed: str) -> str:
    """Strip thousands separators."""
    return printed.replace(",", "")


def claims_of(
    made: Disclosure, text: str, places: dict[int, tuple[int, int]]
) -> list[dict[str, Any]]:
    """List the claims in the format of the gold labels, sorted by place."""
    tell = made.teller
    found = [*tell.claims, *tell.levels()]
    rows = [_row(made, claim, text, places) for claim in found]
    rows += [_elsewhere(row) for row in rows if row and _value_elsewhere(row)]
    kept = sorted((r for r in rows if r is not None), key=lambda r: (r["start"], r["end"]))
    return [{"id": f"S{at:03d}", **row} for at, row in enumerate(kept, 1)]


def _row(
    made: Disclosure, claim: Claim, text: str, places: dict[int, tuple[int, int]]
) -> dict[str, Any] | None:
    numbers = made.teller.numbers
    ids = [*claim.roles.values(), *(at for _, at in claim.parts)]
    if not ids or any(at not in places for at in ids):
        return None
    anchor = {
        "change": "change",
        "difference": "amount",
        "share": "percent",
        "completion": "percent",
        "sum": "total",
        "implied_sum": "total",
    }
    main = claim.roles.get(anchor.get(claim.type, ""), claim.roles.get("mark", ids[0]))
    left = max(text.rfind(mark, 0, places[main][0]) for mark in ("。", "\n\n"))
    ends = (text.find(mark, places[main][1]) for mark in ("。", "\n\n"))
    right = min((at for at in ends if at >= 0), default=len(text))
    own = {at for at in ids if left < places[at][0] < right}
    spans = [places[at] for at in own]
    start = _clause_start(text, min(s for s, _ in spans))
    end = max(e for _, e in spans)
    end += 1 if text[end : end + 1] == "%" else 0
    said = {name: bare(numbers[at].printed) for name, at in claim.roles.items() if name != "mark"}
    roles = [
        {
            "role": name, "start": places[at][0], "end": places[at][1],
            "text": bare(numbers[at].printed), **({} if at in own else {"own": False}),
        }
        for name, at in (*claim.roles.items(), *(("part", at) for _, at in claim.parts))
        if name != "mark"
    ]  # fmt: skip
    parts = [
        {
            "name": name,
            "value": bare(counted(numbers[at].printed)),
            "start": places[at][0],
            "end": places[at][1],
        }
        for name, at in claim.parts
    ]
    return {
        "start": start,
        "end": end,
        "quote": text[start:end],
        "type": claim.type.removeprefix("implied_"),
        "optional": claim.type == "implied_sum",
        "subject": claim.subject,
        "year": made.books.year,
        "value": said.get("value", said.get("total")),
        "change": said.get("change"),
        "percent": said.get("percent"),
        "direction": claim.direction,
        "base_kind": claim.base_kind,
        "base_value": said.get("base"),
        "parts": parts or None,
        "holds": True,
        "numbers": roles,
    }


def _value_elsewhere(row: dict[str, Any]) -> dict[str, Any] | None:
    """Find the value of a claim where it stands in another sentence (数值在前句)."""
    if row["type"].endswith("sum"):
        return None
    roles = (n for n in row["numbers"] if n["role"] == "value" and n.get("own") is False)
    return next(roles, None)


def _elsewhere(row: dict[str, Any]) -> dict[str, Any]:
    """State that value as a level too, which a reader may or may not count (可选的数额陈述)."""
    number = _value_elsewhere(row) or {}
    place = {"start": number["start"], "end": number["end"], "quote": number["text"]}
    empty = dict.fromkeys(("change", "percent", "direction", "base_kind", "base_value", "parts"))
    numbers = [{key: number[key] for key in ("role", "start", "end", "text")}]
    return row | place | empty | {"type": "level", "optional": True, "numbers": numbers}


def _clause_start(text: str, at: int) -> int:
    """Go back to where the clause of a number begins, over its subject (分句起点)."""
    found = [m.end() for m in CLAUSE.finditer(text, max(0, at - 80), at)]
    return found[-1] if found else at


def grid_of(table: Table) -> dict[str, Any]:
    """Return a printed grid with its merged cells (网格)."""
    rows = [
        [{"text": c.text, "colspan": c.colspan, "rowspan": c.rowspan} for c in row]
        for row in (*table.head, *table.body)
    ]
    return {"title": table.title, "header_rows": len(table.head), "cells": rows}


def truth_of(made: Disclosure, text: str, places: dict[int, tuple[int, int]]) -> str:
    """Write the truth of a document as JSON."""
    books = made.books
    tables = [
        {
            "table": f.table, "kind": f.kind, "row": f.row, "column": f.column, "side": f.side,
            "text": None if f.text in NIL else f.text.replace(",", ""),
        }
        for f in made.sheets.facts
    ]  # fmt: skip
    value = {
        "seed": made.seed,
        "family": made.family.name,
        "entity": books.entity,
        "year": books.year,
        "unit": made.sheets.look.unit,
        "claims": claims_of(made, text, places),
        "tables": [*tables, *made.evaluations],
        "grids": [grid_of(b) for b in made.blocks if isinstance(b, Table)],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
