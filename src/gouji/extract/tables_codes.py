"""Tables keyed by functional code: 02, 03, 05, 07, 08 (按功能分类科目的表)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gouji.extract.numbers import is_blank, numbers_in_cell
from gouji.extract.tables_columns import (
    HEADER_WORDS,
    clean,
    match_columns,
    numbered_columns,
    rates_beside,
)
from gouji.extract.tables_sheet import compact
from gouji.model.tables import TOTAL_ROW, Row

if TYPE_CHECKING:
    from gouji.extract.tables_sheet import Sheet
    from gouji.model.figure import Figure
    from gouji.model.tables import TableModel

_CODE = re.compile(r"[1-9]\d{2,6}")
_PART = re.compile(r"\d{2,7}")
_SINGLE = re.compile(r"[1-9]")
"""A 款 or 项 typed without its zero: 301 | 2."""
_CODE_AND_NAME = re.compile(r"(\d{3,7})[.、\-]?([\u4e00-\u9fff].*)")
_TOTAL = re.compile(r"(?:类款项)?(?:本年)?(?:收入|支出)?(?:合计|总计)[::]?")
_LEVEL_WORDS = re.compile(r"[类款项]+")
_WORDS = re.compile(r"[\u4e00-\u9fff]")
_LEVELS = (3, 5, 7)
_DOUBLED = 8
"""A seven-digit code cut in two by the scan with one digit printed in both halves."""
_SLOTS = 3


@dataclass(slots=True)
class _Body:
    """One row below the headings, taken apart."""

    row: int
    key: str = ""
    label: str = ""
    label_col: int = -1
    values: list[int] = field(default_factory=list)
    """Columns that hold numbers, right of the label."""
    odd: bool = False
    """Something in the row does not stand where the headings say."""


def bind_codes(sheet: Sheet, model: TableModel) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return the rows of a table of codes and its columns' keys."""
    top = _first_body_row(sheet, model)
    columns = match_columns(sheet, model, top)
    numbered = numbered_columns(sheet, model, top)
    if len(columns) < len(numbered) and not set(columns.values()) - set(numbered.values()):
        columns = numbered
    required = [c.key for c in model.columns if c.required]
    if not columns or any(key not in columns.values() for key in required):
        sheet.problems.append("表头栏目无法识别")
        return (), ()
    bodies = _bodies(sheet, top, min(columns))
    aside = rates_beside(sheet, model, top)
    for body in bodies:
        body.values = [col for col in body.values if col not in aside]
    rows = [_row(sheet, body, columns) for body in bodies]
    if _loses_blanks(sheet, bodies, columns):
        rows = [_total_only(row, columns) for row in rows]
        sheet.stray.extend(row.key for row in rows if len(row.figures) < len(columns))
    return tuple(rows), tuple(columns[c] for c in sorted(columns))


def _loses_blanks(sheet: Sheet, bodies: list[_Body], columns: dict[int, str]) -> bool:
    """Tell a paste that dropped its empty cells: rows end early and none has a gap inside.

    Then only the first number of a short row, its total, is sure of its column.
    """
    if sheet.grid.ruled:
        return False
    last = max(columns)
    ends = [
        max((c for c, cell in enumerate(sheet.cells[b.row]) if cell), default=0) for b in bodies
    ]
    if all(end >= last for end in ends):
        return False
    return not any(
        is_blank(sheet.texts[b.row][col]) and any(later > col for later in b.values)
        for b in bodies
        for col in columns
    )


def _total_only(row: Row, columns: dict[int, str]) -> Row:
    first = columns[min(columns)]
    if any(f.blank for f in row.figures.values()) or len(row.figures) < len(columns):
        sure = {} if first.startswith("年初") else {first: row.figures.get(first)}
        return replace(row, figures={k: f for k, f in sure.items() if f is not None})
    return row


def _first_body_row(sheet: Sheet, model: TableModel) -> int:
    known = {
        clean(part) for c in model.columns for a in (c.key, *c.aliases) for part in a.split("/")
    }
    heads = (known | HEADER_WORDS) - {"合计", "小计"}
    for row in range(sheet.n_rows):
        if _is_total_row(sheet, row):
            return row
        texts = [compact(t) for t in sheet.texts[row]]
        if any(clean(t) in heads for t in texts) or sheet.column_numbers(row):
            continue
        if any(sheet.is_amount(row, c) for c in range(sheet.n_cols)):
            return row
        filled = [t for t in texts if t]
        if not filled:
            if row and any(clean(compact(t)) in heads for t in sheet.texts[row - 1]):
                return row
            continue
        if any(_TOTAL.fullmatch(t) for t in texts):
            return row
        if _CODE.fullmatch(filled[0]) or _CODE_AND_NAME.fullmatch(filled[0]):
            return row
    return sheet.n_rows


def _bodies(sheet: Sheet, top: int, first_value: int) -> list[_Body]:
    bodies: list[_Body] = []
    nameless: list[_Body] = []
    slots = ["", "", ""]
    for row in range(top, sheet.n_rows):
        if sheet.column_numbers(row) or _is_heading(sheet, row):
            continue
        body = _take_apart(sheet, row, first_value, slots)
        if body is None:
            continue
        last = bodies[-1] if bodies else None
        if not body.key and body.values and last and last.key == TOTAL_ROW and not last.values:
            body.key, body.label, body.label_col = last.key, last.label, last.label_col
            body.odd = True
            bodies[-1] = body
        elif not body.key and not body.values and last and _continues(sheet, body):
            last.label += body.label if _WORDS.search(body.label) else ""
        elif body.key:
            bodies.append(body)
        elif body.values and not body.label:
            nameless.append(body)
    if not bodies and len(nameless) == 1:
        nameless[0].key = nameless[0].label = TOTAL_ROW  # a table of one row: only its totals
        return nameless
    return bodies


def _is_total_row(sheet: Sheet, row: int) -> bool:
    """Tell the total row whose code columns print the headings 类 款 项: 类 | 款 | 项 | 合计 | 450.81."""
    words = [(col, compact(t)) for col, t in enumerate(sheet.texts[row]) if compact(t)]
    levels = [col for col, word in words if _LEVEL_WORDS.fullmatch(word)]
    labels = [col for col, word in words if _TOTAL.fullmatch(word)]
    if not levels or len(labels) != 1 or labels[0] < max(levels) or labels[0] == sheet.n_cols - 1:
        return False
    return all(col in levels or col in labels or not _WORDS.search(word) for col, word in words)


def _is_heading(sheet: Sheet, row: int) -> bool:
    """Tell headings repeated on a new page."""
    if _is_total_row(sheet, row):
        return False
    return any("科目编码" in t or t in HEADER_WORDS for t in map(compact, sheet.texts[row]))


def _continues(sheet: Sheet, body: _Body) -> bool:
    """Tell the second line of a name, in a table whose rows have no rules."""
    return not sheet.grid.ruled and "科目" not in body.label


def _take_apart(sheet: Sheet, row: int, first_value: int, slots: list[str]) -> _Body | None:
    """Return a row's code, label and number cells; None for a row that prints nothing."""
    body = _Body(row)
    parts: list[tuple[int, str]] = []
    for col, text in enumerate(sheet.texts[row]):
        word = compact(text)
        if not word:
            continue
        if _TOTAL.fullmatch(word) and not any(c >= first_value for c in body.values):
            # Whatever stands left of 合计 is scraps of the heading 类 款 项 beside it.
            body = _Body(row, TOTAL_ROW, TOTAL_ROW, col)
            parts = []
        elif not body.label and col <= first_value and _PART.fullmatch(word):
            parts.append((col, word))
        elif parts and not body.label and col < first_value and _SINGLE.fullmatch(word):
            parts.append((col, "0" + word))
        elif numbers_in_cell(text) and (body.label or parts or col >= first_value):
            body.values.append(col)
        elif not is_blank(text) and _WORDS.search(word):
            _add_words(body, word, col, parts, first_value)
    if body.key != TOTAL_ROW:
        named = body.label if body.values and _WORDS.search(body.label) else ""
        body.key = _code(parts, slots, first_value) if parts else named
    out_of_place = body.label_col >= first_value or any(c < first_value for c in body.values)
    body.odd = body.odd or out_of_place
    return body if body.key or body.label or body.values else None


def _add_words(
    body: _Body, word: str, col: int, parts: list[tuple[int, str]], first_value: int
) -> None:
    both = _CODE_AND_NAME.fullmatch(word)
    if both:
        if not parts:
            parts.append((col, both[1]))
        elif both[1] != "".join(text for _, text in parts):
            body.odd = True
        word = both[2]
    if not body.values and (col < first_value or not body.label):
        body.label += word
        body.label_col = col
    else:
        body.odd = True


def _code(parts: list[tuple[int, str]], slots: list[str], first_value: int) -> str:
    """Return the code that one, two or three cells print (类 | 款 | 项)."""
    texts = [text for _, text in parts]
    joined = "".join(texts)
    if len(parts) == 2 and len(joined) == _DOUBLED and texts[0][-1] == texts[1][0]:  # noqa: PLR2004
        return texts[0] + texts[1][1:]
    if all(len(t) == (3 if i == 0 else 2) for i, t in enumerate(texts)) and len(parts) <= _SLOTS:
        slots[: len(texts)] = texts
        return joined
    if all(len(t) == 2 for t in texts) and slots[0] and first_value > _SLOTS:  # noqa: PLR2004
        first = parts[0][0]
        if 0 < first < _SLOTS and len(texts) <= _SLOTS - first and all(slots[:first]):
            slots[first : first + len(texts)] = texts
            return "".join(slots[: first + len(texts)])
    return joined if len(joined) in _LEVELS else texts[0]


def _row(sheet: Sheet, body: _Body, columns: dict[int, str]) -> Row:
    if body.odd or any(col not in columns for col in body.values):
        figures = _realigned(sheet, body, columns)
    else:
        figures = _aligned(sheet, body, columns)
    place = sheet.place(body.row, max(body.label_col, 0))
    return Row(body.key, body.label, figures, place=place)


def _aligned(sheet: Sheet, body: _Body, columns: dict[int, str]) -> dict[str, Figure]:
    """Figures of a row whose numbers stand under the headings.

    Two numbers in one cell spill into the empty cell to the right. In a table without rules an
    empty total beside filled parts, or a total with no part at all, is a lost cell, not a zero.
    """
    figures: dict[str, Figure] = {}
    spilled: dict[int, Figure] = {}
    for col in sorted(columns):
        numbers = numbers_in_cell(sheet.texts[body.row][col])
        if len(numbers) == 2 and is_blank(_text(sheet, body.row, col + 1)):  # noqa: PLR2004
            figures[columns[col]] = sheet.made(numbers[0], body.row, col)
            spilled[col + 1] = sheet.made(numbers[1], body.row, col)
        elif col in spilled:
            figures[columns[col]] = spilled[col]
        elif (figure := sheet.figure(body.row, col)) is not None:
            figures[columns[col]] = figure
    if not sheet.grid.ruled:
        _drop_lost(figures, [columns[c] for c in sorted(columns)])
    return figures


def _text(sheet: Sheet, row: int, col: int) -> str:
    return sheet.texts[row][col] if col < sheet.n_cols else "end"


def _drop_lost(figures: dict[str, Figure], keys: list[str]) -> None:
    total, parts = keys[0], [k for k in keys[1:] if k in figures]
    if total not in figures or "/" in total or total.startswith(("年初", "上年")):
        return
    if figures[total].blank and any(figures[k].value for k in parts):
        del figures[total]
    elif figures[total].value and parts and all(figures[k].blank for k in parts):
        for key in parts:
            del figures[key]


def _realigned(sheet: Sheet, body: _Body, columns: dict[int, str]) -> dict[str, Figure]:
    """Figures of a row that does not stand under the headings: only where the order is certain."""
    keys = [columns[c] for c in sorted(columns)]
    numbers = [(n, col) for col in body.values for n in numbers_in_cell(sheet.texts[body.row][col])]
    if len(numbers) == len(keys):
        return {k: sheet.made(n, body.row, col) for k, (n, col) in zip(keys, numbers, strict=True)}
    if all(col in columns for col in body.values) and body.label_col < min(columns):
        figures = _aligned(sheet, body, columns)
        return {k: f for k, f in figures.items() if not f.blank}
    if numbers:
        sheet.stray.append(body.label or body.key)
    return {}
