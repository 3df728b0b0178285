"""Tables whose cells are the words of printed lines (没有分隔的表格): what is sure of its column is read.

Empty cells left no trace, so a number is read only where its order says what it is: the first after
a code is the total of that row, the one after an item is that item's. Where a number follows nothing
known, the lines were mixed up, and no figure of the table is believed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from gouji.extract.numbers import blank_figure, is_blank, numbers_in_cell
from gouji.extract.tables_flat_placed import Slots, balances, makes, settled, spread
from gouji.extract.tables_flat_public import bind_flat_public
from gouji.extract.tables_sheet import compact, item_name, name_index
from gouji.model.tables import AMOUNT, CLASS_OF_NAME, TOTAL_ROW, Row

if TYPE_CHECKING:
    from gouji.extract.tables_sheet import Sheet
    from gouji.model.figure import Figure
    from gouji.model.tables import TableModel

_FUNCTIONAL = re.compile(r"2\d{2}(?:\d{2}){0,2}")
_ECONOMIC = re.compile(r"[35]\d{2}(?:\d{2})?")
_ECONOMIC_ITEM = re.compile(r"[35]\d{4}")
_STEP = re.compile(r"\d{2}")
_ITEM = 7
"""Digits of an item (项), the longest code."""
_TOTAL = re.compile(r"(?:本年)?(?:收入|支出)?(?:合计|总计)[::]?")
_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,3}[、.]")
_FORMS: dict[str, tuple[str, ...]] = {
    "income": ("本年收入合计",),
    "expenditure": ("本年支出合计",),
    "general_public_expenditure": ("小计", "基本支出", "项目支出"),
}
"""Columns of the usual form that are sure of their place, the total first."""
_OTHER_FORM = re.compile("年初|上年|年末|结转|预算数")
_FUND_FORM = (
    "年初结转和结余",
    "本年收入",
    "本年支出/小计",
    "本年支出/基本支出",
    "本年支出/项目支出",
    "年末结转和结余",
)
_FUND_HEAD = re.compile("年初结转.*年末结转|年末结转.*年初结转")
_FUND_WORDS = ("本年收入", "本年支出", "基本支出", "项目支出")
_NO_SUCH_COLUMN = "表头栏目无法识别"
_MOST_LINES = 200
_MIXED = "行列已被打乱"
_RIGHT = frozenset({"本年支出合计", "结余分配", "年末结转和结余", "年末财政拨款结转和结余"})
_OPENING = "年初财政拨款结转和结余"
_BUDGETS = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
_HEAD = re.compile("科目|编码|名称|类款项|栏次|项目$|合计|小计|单位[:：]|决算数|预算数")
"""Words of a table's head, which no name above a code is."""
_ONE_A_LINE = 1.6
"""Words a line up to which each cell stands on a line of its own."""

Bound = tuple[tuple[Row, ...], tuple[str, ...]]


class _Word(NamedTuple):
    """One cell of the grid: where it stands, what it prints."""

    row: int
    col: int
    text: str
    number: bool


@dataclass(slots=True)
class _Entry:
    """A code or an item, and the numbers printed after it."""

    at: _Word
    key: str
    label: str = ""
    numbers: list[_Word] = field(default_factory=list)


def bind_flat(sheet: Sheet, model: TableModel) -> Bound:
    """Return the rows and columns of a table copied without marks between its cells (逐行识别)."""
    words = [
        _Word(row, col, compact(text), bool(numbers_in_cell(text)))
        for row, texts in enumerate(sheet.texts)
        for col, text in enumerate(texts)
        if text and not is_blank(text)
    ]
    if model.shape == "blocks":
        return _blocks(sheet, model, words)
    if model.shape == "lanes":
        return _lanes(sheet, model, words)
    if model.kind in _FORMS:
        return _codes(sheet, model, words)
    if model.kind in ("government_fund", "state_capital") and model.account == "final":
        return _funds(sheet, words)
    if model.shape == "three_public" and not any(word.number for word in words):
        return (), ()  # 空表
    if model.shape == "three_public" and (bound := bind_flat_public(sheet))[0]:
        return bound
    sheet.problems.append(_NO_SUCH_COLUMN)
    return (), ()


# --- a code for each row ---------------------------------------------------------------------


def _codes(sheet: Sheet, model: TableModel, words: list[_Word]) -> Bound:
    form = _FORMS[model.kind]
    entries = _coded(sheet, words, _FUNCTIONAL, {})
    head = "".join(w.text for w in words if not entries or w < entries[0].at)
    if not entries or _OTHER_FORM.search(head):
        sheet.problems.append(_NO_SUCH_COLUMN)
        return (), ()
    if any(len(entry.numbers) > model.usual for entry in entries):
        sheet.problems.append(_MIXED)
    rows = [
        Row(e.key, e.label, _in_form(sheet, e, form), place=sheet.place(e.at.row, e.at.col))
        for e in entries
    ]
    return tuple(rows), form


def _in_form(sheet: Sheet, entry: _Entry, form: tuple[str, ...]) -> dict[str, Figure]:
    """Return the total of a row, and its other columns where none was left empty."""
    sure = form if len(entry.numbers) == len(form) else form[:1]
    return {
        key: figure
        for key, word in zip(sure, entry.numbers, strict=False)
        if (figure := sheet.figure(word.row, word.col)) is not None
    }


def _funds(sheet: Sheet, words: list[_Word]) -> Bound:
    """Return the columns of each row that are sure because balances and spending add up (公开07表)."""
    head = "".join(w.text for w in words if not w.number)
    if not _FUND_HEAD.search(head) or any(word not in head for word in _FUND_WORDS):
        sheet.problems.append(_NO_SUCH_COLUMN)
        return (), ()
    rows: list[Row] = []
    for entry in _coded(sheet, words, _FUNCTIONAL, {}):
        found = [sheet.figure(word.row, word.col) for word in entry.numbers]
        figures = [figure for figure in found if figure is not None]
        if len(figures) > len(_FUND_FORM):
            sheet.problems.append(_MIXED)
        cells = settled(spread(figures, len(_FUND_FORM), _carries_over)) if figures else {}
        sure = {_FUND_FORM[at]: figure for at, figure in cells.items() if figure is not None}
        if sure:
            place = sheet.place(entry.at.row, entry.at.col)
            rows.append(Row(entry.key, entry.label, sure, place=place))
    return tuple(rows), _FUND_FORM if rows else ()


def _carries_over(slots: Slots) -> bool:
    """Tell whether what came in was spent or carried over, and spending is basic and project."""
    opening, received, spent, basic, project, closing = slots
    return makes(spent, (basic, project)) and balances((opening, received), (spent, closing))


def _lanes(sheet: Sheet, model: TableModel, words: list[_Word]) -> Bound:
    rows: list[Row] = []
    for entry in _coded(sheet, words, _ECONOMIC, name_index(model.rows), many=True):
        if len(entry.numbers) > 1:
            sheet.problems.append(_MIXED)
        elif entry.numbers or entry.label:
            place = sheet.place(entry.at.row, entry.at.col)
            rows.append(Row(entry.key, entry.label, {AMOUNT: _amount(sheet, entry)}, place=place))
    if not rows:
        sheet.problems.append(_NO_SUCH_COLUMN)
    return tuple(rows), (AMOUNT,) if rows else ()


def _coded(
    sheet: Sheet,
    words: list[_Word],
    code: re.Pattern[str],
    totals: dict[str, str],
    *,
    many: bool = False,
) -> list[_Entry]:
    """Return what begins with a code or a total, one or `many` a line, with the numbers after it."""
    scattered = _scattered(sheet, words)
    entries: list[_Entry] = []
    at = 0
    while at < len(words):
        word = words[at]
        opens = scattered or many or word.col == 0
        length, key = _key_at(words, at, code, totals) if opens else (0, "")
        if length:
            label = "" if key.isdigit() else key
            entries.append(_Entry(word, key, label))
            at += length
            continue
        at += 1
        last = entries[-1] if entries else None
        if last is None:
            if "." in word.text and word.number:
                sheet.problems.append(_MIXED)
            continue
        beside = scattered or word.row == last.at.row
        if not word.number:
            below = word.row == last.at.row + 1 and not last.label
            last.label += word.text if (beside or below) and not last.numbers else ""
        elif beside or _stands_below(last, word, words[at - 2]):
            last.numbers.append(word)
        else:
            sheet.problems.append(_MIXED)
    if not scattered:
        _label_broken_names(entries, words)
    return entries


def _stands_below(entry: _Entry, word: _Word, before: _Word) -> bool:
    """Tell the amounts of a code that a viewer printed a line above its name."""
    if entry.numbers:
        return before.number and before.row == word.row == entry.numbers[-1].row
    return word.row == entry.at.row + 1 and before.row == word.row and not before.number


def _key_at(
    words: list[_Word], at: int, code: re.Pattern[str], totals: dict[str, str]
) -> tuple[int, str]:
    """Return how many words make the key that begins here, and the key; no words where none does."""
    text = words[at].text
    after = words[at + 1] if at + 1 < len(words) else None
    if after is not None and after.number and not text.isdigit():  # a heading has none
        total = totals.get(item_name(text)) if totals else _TOTAL.fullmatch(text) and TOTAL_ROW
        return (1, total) if total else (0, "")
    if not code.fullmatch(text):
        return 0, ""
    length = 1
    while (
        len(text) < _ITEM and at + length < len(words) and _STEP.fullmatch(words[at + length].text)
    ):
        text += words[at + length].text
        length += 1
    follows = words[at + length] if at + length < len(words) else None
    sure = follows is None or not follows.number or "." in follows.text
    sure = sure or (length == 1 and _beside_stripe(words, at))
    return (length, text) if code.fullmatch(text) and sure else (0, "")


def _beside_stripe(words: list[_Word], at: int) -> bool:
    """Tell a code without an amount, whose broken name left it alone beside the next stripe's code."""
    beside = words[at + 1 : at + 3]
    codes = [word.text for word in (words[at], *beside[:1])]
    named = len(beside) > 1 and not beside[1].number and beside[1].row == words[at].row
    return named and all(_ECONOMIC_ITEM.fullmatch(code) for code in codes)


def _label_broken_names(entries: list[_Entry], words: list[_Word]) -> None:
    """Give a name that was broken over the lines above and below its code to that code.

    Its middle may stand beside the code. A line between two codes belongs to the upper one where that
    has a line above it, else to the lower one: a name so broken has both.
    """
    lines: dict[int, list[_Word]] = {}
    for word in words:
        lines.setdefault(word.row, []).append(word)
    bare = {
        row: "".join(w.text for w in line)
        for row, line in lines.items()
        if not any(w.number or w.text.isdigit() for w in line)
    }
    taken = -1
    for entry in entries:
        above, below = entry.at.row - 1, entry.at.row + 1
        whole = bare.get(above, "") + entry.label + bare.get(below, "")
        broken = above > taken and above in bare and below in bare and not _HEAD.search(bare[above])
        if not entry.label or broken:
            entry.label = whole
        taken = below if broken else taken


# --- items of income beside items of expenditure ----------------------------------------------


def _blocks(sheet: Sheet, model: TableModel, words: list[_Word]) -> Bound:
    entries = _items(sheet, name_index(model.rows), words)
    _without_line_numbers(entries)
    head = "".join(w.text for w in words if not entries or w < entries[0].at)
    funds = model.kind == "appropriation_summary"
    if not entries or "预算数" in head:
        sheet.problems.append(_NO_SUCH_COLUMN)
        return (), ()
    rows: list[Row] = []
    opening = False
    totals = 0
    for entry in entries:
        totals += entry.key == "总计"
        right = entry.key in CLASS_OF_NAME or entry.key in _RIGHT or totals == 2  # noqa: PLR2004 (after income's)
        column = "合计" if right and funds else AMOUNT
        if len(entry.numbers) > (1 if column == AMOUNT else 1 + len(_BUDGETS)):
            sheet.problems.append(_MIXED)
        key = f"年初/{entry.key}" if opening and entry.key in _BUDGETS else entry.key
        opening = opening or entry.key == _OPENING
        side = "支出" if right else "收入"
        place = sheet.place(entry.at.row, entry.at.col)
        figures = {column: _amount(sheet, entry)}
        rows.append(Row(key, entry.label, figures, place=place, side=side))
    return tuple(rows), (AMOUNT, "合计") if funds else (AMOUNT,)


def _items(sheet: Sheet, names: dict[str, str], words: list[_Word]) -> list[_Entry]:
    """Return the known items in the order printed, each with the numbers after it."""
    scattered = _scattered(sheet, words)
    entries: list[_Entry] = []
    first = _first_item(names, words)
    if any(word.number and "." in word.text for word in words[:first]):
        sheet.problems.append(_MIXED)
    for word in words[first:]:
        last = entries[-1] if entries else None
        if not word.number:
            halves = last.label + word.text if last is not None and not last.key else ""
            whole = names.get(item_name(halves)) if halves else None
            if last is not None and whole and last.numbers:
                last.key, last.label = whole, halves  # its amount stands between its halves
                continue
            key = names.get(item_name(word.text)) or whole or ""
            entries.append(_Entry(word, key, word.text))
        elif last is not None and (scattered or word.row == last.at.row or not last.key):
            last.numbers.append(word)
        elif not word.text.isdigit():  # the line number of an item without a name is none
            sheet.problems.append(_MIXED)
    if any(entry.numbers and not entry.key for entry in entries):
        sheet.problems.append(_MIXED)
    return [entry for entry in entries if entry.key]


def _without_line_numbers(entries: list[_Entry]) -> None:
    """Drop the line numbers (行次) that most items of a numbered form have before their amounts."""
    numbered = [e for e in entries if e.numbers and e.numbers[0].text.isdigit()]
    if len(numbered) * 2 <= len(entries) or not _count_lines(numbered):
        return
    step = _step_to_the_right(numbered)
    for entry in numbered:
        line = int(entry.numbers[0].text)
        if len(entry.numbers) > 1 and entry.numbers[-1].text == str(line + step):
            del entry.numbers[-1]  # beside it stands a line without an item
        del entry.numbers[0]


def _count_lines(numbered: list[_Entry]) -> bool:
    """Tell line numbers from amounts in whole 元: they are small, and no two are the same."""
    numbers = [int(entry.numbers[0].text) for entry in numbered]
    return len(set(numbers)) == len(numbers) and max(numbers) < _MOST_LINES


def _step_to_the_right(numbered: list[_Entry]) -> int:
    """Return how much higher the line numbers on the right are; 0 where no two stand side by side."""
    steps = Counter(
        int(right.numbers[0].text) - int(left.numbers[0].text)
        for left, right in pairwise(numbered)
        if left.at.row == right.at.row
    )
    return steps.most_common(1)[0][0] if steps else 0


def _first_item(names: dict[str, str], words: list[_Word]) -> int:
    """Return where the headings end: at the first item that is numbered, or has an amount."""
    for at, word in enumerate(words):
        amount = at + 1 < len(words) and words[at + 1].number
        if item_name(word.text) in names and (amount or _ORDINAL.match(word.text)):
            return at
    return len(words)


# --- both -------------------------------------------------------------------------------------


def _scattered(sheet: Sheet, words: list[_Word]) -> bool:
    """Tell a copy that prints every cell on a line of its own."""
    return len(words) < _ONE_A_LINE * sheet.n_rows


def _amount(sheet: Sheet, entry: _Entry) -> Figure:
    """Return the first number after an item; blank where none is printed."""
    if entry.numbers:
        word = entry.numbers[0]
        figure = sheet.figure(word.row, word.col)
        if figure is not None:
            return figure
    return blank_figure(sheet.place(entry.at.row, entry.at.col), sheet.unit)
