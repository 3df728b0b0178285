"""The money rows, the goal and the tasks above the indicators (资金、目标、任务)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise, takewhile

from gouji.extract.indicators.aside import MoneyHead, set_right
from gouji.extract.indicators.rows import RowView, span_place
from gouji.extract.indicators.values import score_figure, tidy
from gouji.extract.indicators.words import (
    GOAL_OUTCOME,
    GOAL_TARGET,
    MONEY_BY_NATURE,
    MONEY_HEADER,
    MONEY_ROW,
)
from gouji.extract.numbers import blank_figure, numbers_in_cell
from gouji.model.document import Cell, Document
from gouji.model.figure import MONEY_NAMES, MONEY_UNITS, PERCENT, WAN_YUAN, Figure, Misread, Unit
from gouji.model.indicators import BudgetKey, BudgetRow, Goal, MoneyColumn, Words
from gouji.model.place import Place

_ENOUGH = 3
_DASH = re.compile(r"[-—–_一/]+")
_TOKEN = re.compile(r"\d[\d,]*(?:\s?\.\s?\d+)?%?|[-—–_]+")
_NUMERIC = re.compile(r"[\d.,%]+(?:分|[万亿]?元)?")
_MONEY: tuple[MoneyColumn, ...] = ("initial", "annual", "executed")


@dataclass(frozen=True, slots=True)
class Span:
    """A money column and the cells it covers (资金栏): a scan may split one head over two cells."""

    key: MoneyColumn
    first: int
    last: int


def money_head(row: RowView) -> tuple[Span, ...]:
    """Return the money columns a row heads; empty when it is no such head."""
    found: list[tuple[MoneyColumn, int]] = []
    for cell, text in zip(row.cells, row.tidy, strict=True):
        if len(text) > _LONGEST_HEAD:
            continue
        key = money_key(text)
        if key is None or any(k == key for k, _ in found):
            continue
        if key == "annual" and found and found[-1][0] == "annual":
            continue
        found.append((key, cell.col))
    keys = {key for key, _ in found}
    if len(keys & set(_MONEY)) < 2 or len(keys) < _ENOUGH:  # noqa: PLR2004 (budget and execution)
        return ()
    found = _with_rate(found)
    ends = [*(col - 1 for _, col in found[1:]), row.width + 5]
    return tuple(Span(key, col, end) for (key, col), end in zip(found, ends, strict=True))


_LONGEST_HEAD = 18
_MONEY_LABEL = re.compile("年度预算(?:数|资金|执行)?(?:\\(|$)")
"""The label beside a head of its own (年度预算数(万元) | 年初预算 | 调整后预算数)."""


def money_key(text: str) -> MoneyColumn | None:
    """Return the money column a head cell names, or None."""
    if _MONEY_LABEL.match(text):
        return None
    for key, pattern in MONEY_HEADER:
        if pattern.search(text):
            return key
    return None


def _with_rate(found: list[tuple[MoneyColumn, int]]) -> list[tuple[MoneyColumn, int]]:
    """Put the rate between weight and score where the scan lost its head but kept its cell."""
    by_key = dict(found)
    if "rate" in by_key or "weight" not in by_key or "score" not in by_key:
        return found
    if by_key["score"] - by_key["weight"] == 2:  # noqa: PLR2004 (one column between)
        found.append(("rate", by_key["weight"] + 1))
    return sorted(found, key=lambda pair: pair[1])


def table_unit(rows: list[RowView], default: Unit | None) -> Unit:
    """Return the unit printed beside the money rows, else the document's, else 万元."""
    for row in rows[:12]:
        for text in row.tidy:
            found = re.search(rf"\(({MONEY_NAMES})\)|单位:({MONEY_NAMES})", text)
            if found:
                return MONEY_UNITS[found[1] or found[2]]
    return default or WAN_YUAN


def budget_rows(
    document: Document, head: RowView, rows: list[RowView], spans: tuple[Span, ...], unit: Unit
) -> tuple[BudgetRow, ...]:
    """Return the money rows that follow their head, the total first.

    Where a component has no sure place below the head none is returned: the others are no whole.
    """
    found: list[BudgetRow] = []
    at: dict[MoneyColumn, int] = {}
    for span in spans:
        at.setdefault(span.key, span.first)
    rows = list(takewhile(_may_be_money, rows))
    whole = True
    for row in set_right(rows, MoneyHead(at, head.width)):
        if row is None:
            whole = False
            continue
        label = "".join(
            t for c, t in zip(row.cells, row.tidy, strict=True) if c.col < spans[0].first
        )
        figures = _figures(document, row, spans, unit)
        money = [f for k, f in figures.items() if k in _MONEY and not f.blank]
        key = _row_key(label, first=not found)
        weighted = key == "total" and "weight" in figures
        if key is None or not (money or weighted or (found and key != "total")):
            continue
        if key == "total" and any(r.key == "total" for r in found):
            continue
        found.append(BudgetRow(key, label, figures, span_place(document, row.cells)))
    return tuple(found if whole else [r for r in found if r.key == "total"])


def _may_be_money(row: RowView) -> bool:
    """Tell whether a row still belongs to the money: the goals and other divisions follow it."""
    ends = (GOAL_TARGET, GOAL_OUTCOME, MONEY_BY_NATURE)
    return not any(pattern.search(row.text) for pattern in ends)


def _row_key(label: str, *, first: bool) -> BudgetKey | None:
    for key, pattern in MONEY_ROW:
        if pattern.search(label):
            return key
    return "total" if first and label else None


def _figures(
    document: Document, row: RowView, spans: tuple[Span, ...], unit: Unit
) -> dict[MoneyColumn, Figure]:
    figures: dict[MoneyColumn, Figure] = {}
    for at, span in enumerate(spans):
        cells = [c for c in row.cells if span.first <= c.col <= span.last]
        if not cells or span.key in figures:
            continue
        run = _several(cells, spans[at:])
        if run:
            for key, text in run:
                figure = _figure(key, text, cells[0], unit)
                if figure is not None:
                    figures.setdefault(key, figure)
            continue
        figure = _joined(document, span.key, cells, unit)
        if figure is not None:
            figures[span.key] = figure
    return _in_per_cent(_confirmed(figures))


def _several(cells: list[Cell], spans: tuple[Span, ...]) -> list[tuple[MoneyColumn, str]]:
    """Spread a cell that holds the rest of its row over the columns left ("2.7 — 100 —")."""
    if len(cells) != 1:
        return []
    text = cells[0].text
    tokens = _TOKEN.findall(text)
    if len(tokens) < 2 or _TOKEN.sub("", text).strip():  # noqa: PLR2004 (several)
        return []
    return [
        (span.key, token)
        for span, token in zip(spans, tokens, strict=False)
        if not _DASH.fullmatch(token)
    ]


def _joined(document: Document, key: MoneyColumn, cells: list[Cell], unit: Unit) -> Figure | None:
    """Join the pieces of a number a scan cut in two; where both show the digit at the cut, once."""
    pieces = [tidy(c.text) for c in cells]
    kept = [(p, c) for p, c in zip(pieces, cells, strict=True) if _NUMERIC.fullmatch(p)]
    if not kept:
        return None
    if len(kept) == 1:
        return _figure(key, kept[0][0], kept[0][1], unit)
    if len(kept) > 2:  # noqa: PLR2004 (two halves)
        return None
    (one, cell), (two, after) = kept
    text = one + (two[1:] if one[-1] == two[0] and one[-1].isdigit() else two)
    figure = _figure(key, text, cell, unit)
    if figure is None:
        return None
    place = span_place(document, (cell, after))
    return replace(figure, misread=Misread.SPLIT_DIGITS, place=replace(place, cell=cell.place.cell))


def _figure(key: MoneyColumn, text: str, cell: Cell, unit: Unit) -> Figure | None:
    words = tidy(text)
    if _DASH.fullmatch(words):
        return blank_figure(cell.place, unit if key in _MONEY else None)
    if key in ("weight", "score"):
        return score_figure(words, cell.place)
    numbers = numbers_in_cell(words)
    if len(numbers) != 1:
        return None
    figure = numbers[0].figure(cell.place, unit if key in _MONEY else PERCENT)
    return figure if key in _MONEY or figure.value <= _HIGHEST_RATE else None


_HIGHEST_RATE = Decimal(100_000)


def _in_per_cent(figures: dict[MoneyColumn, Figure]) -> dict[MoneyColumn, Figure]:
    """Read a rate printed as a fraction (0.95, 1) as per cent, where the row's money says so."""
    rate, executed = figures.get("rate"), figures.get("executed")
    base = figures.get("annual") or figures.get("initial")
    if rate is None or executed is None or base is None or rate.blank or base.value <= 0:
        return figures
    if rate.value > _HIGHEST_FRACTION or rate.place.quote.strip().endswith(("%", "％")):
        return figures
    share = executed.value / base.value
    if abs(rate.value - share) >= abs(rate.value - share * 100):
        return figures
    decimals = max(0, rate.decimals - 2)
    return {**figures, "rate": replace(rate, value=rate.value * 100, decimals=decimals)}


_HIGHEST_FRACTION = Decimal(2)


def _confirmed(figures: dict[MoneyColumn, Figure]) -> dict[MoneyColumn, Figure]:
    """Trust a joined number that the same row prints elsewhere in one piece."""
    sure = {f.value for k, f in figures.items() if k in _MONEY and f.misread is None}
    return {
        k: replace(f, misread=None) if f.misread and k in _MONEY and f.value in sure else f
        for k, f in figures.items()
    }


def side_budget(document: Document, rows: list[RowView], unit: Unit) -> tuple[BudgetRow, ...]:
    """Return the budget of a table that prints it sideways: 资金总额 | 财政拨款 | 其他资金 above numbers."""
    for head, row in pairwise(rows):
        columns = {c.col: t for c, t in zip(head.cells, head.tidy, strict=True)}
        keys = {col: _row_key(text, first=False) for col, text in columns.items()}
        if "total" not in keys.values() or len([k for k in keys.values() if k]) < 2:  # noqa: PLR2004
            continue
        found: list[BudgetRow] = []
        for cell in row.cells:
            key = keys.get(cell.col)
            figure = _figure("annual", cell.text, cell, unit)
            if key and figure is not None:
                place = span_place(document, row.cells)
                found.append(BudgetRow(key, columns[cell.col], {"annual": figure}, place))
        return tuple(found)
    return ()


_RUN_TOGETHER = re.compile(
    r"(年初预算|全年预算|全年执行)数?(?:\([AB]\))?((?:\s*\d[\d,]*\.\d+(?=\D))+)"
)
_RUN_ROWS: tuple[tuple[BudgetKey, str], ...] = (("total", "年度资金总额"), ("fiscal", "财政拨款"))


def run_together(rows: list[RowView], unit: Unit) -> tuple[BudgetRow, ...]:
    """Return the money a scan ran together with its head in one cell (全年执行10.2 10.2…).

    The amounts say which row they are of only by their order: where one column has lost an amount
    that another has, none is taken.
    """
    figures: list[dict[MoneyColumn, Figure]] = [{} for _ in _RUN_ROWS]
    places: list[Place] = []
    counts: set[int] = set()
    for cell in (cell for row in rows for cell in row.cells):
        found = _RUN_TOGETHER.match(cell.text)
        key = money_key(found[1] + "数") if found else None
        if found is None or key is None:
            continue
        at = 0
        tokens = found[2].split()
        counts.add(len(tokens))
        for n, token in enumerate(tokens[: len(_RUN_ROWS)]):
            at = cell.place.quote.find(token, at)
            if at < 0:
                break
            start = cell.place.start + at
            place = replace(cell.place, quote=token, start=start, end=start + len(token))
            figures[n].setdefault(key, numbers_in_cell(token)[0].figure(place, unit))
            places.append(cell.place)
            at += len(token)
    if len(counts) > 1:
        return ()
    return tuple(
        BudgetRow(key, label, row, places[0])
        for (key, label), row in zip(_RUN_ROWS, figures, strict=True)
        if row
    )


def goal_of(rows: list[RowView]) -> Goal | None:
    """Return the goal and its outcome: the cells below 预期目标 and 实际完成情况."""
    for head, row in pairwise(rows):
        outcome = [c for c, t in zip(head.cells, head.tidy, strict=True) if GOAL_OUTCOME.search(t)]
        target = [c for c, t in zip(head.cells, head.tidy, strict=True) if GOAL_TARGET.search(t)]
        if not outcome or not target:
            continue
        return Goal(_below(row, target[0], outcome[-1]), _below(row, outcome[-1], None))
    return None


def _below(row: RowView, head: Cell, stop: Cell | None) -> Words | None:
    end = stop.col if stop is not None else row.width + 1
    cells = [c for c in row.cells if head.col <= c.col < end and len(c.text) > 1]
    return Words(cells[0].text, cells[0].place) if cells else None
