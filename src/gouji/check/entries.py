"""Cells of bound tables under the names a reader knows (登记项), and relations between them.

Every footing and tie-out rule goes through `add_up`, `agree` and `stay_within`, so that one policy
holds everywhere: what is not printed anywhere states nothing; a missing cell, a total left blank over
printed parts, and parts all blank under a printed total are more often lost in reading than false,
and give no verdict. Any other empty cell is zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gouji.check.bounds import total_of
from gouji.model.figure import Figure, Interval
from gouji.model.outline import TableKind
from gouji.model.place import Place
from gouji.model.relation import AnyRelation, AtMost, Equal, NotChecked, Sum, Term
from gouji.model.tables import AMOUNT, TOTAL_ROW, Row, Table

TABLE_NAMES: dict[TableKind, str] = {
    "income_expenditure_summary": "收入支出决算总表",
    "income": "收入决算表",
    "expenditure": "支出决算表",
    "appropriation_summary": "财政拨款收支总表",
    "general_public_expenditure": "一般公共预算支出表",
    "basic_expenditure": "基本支出表",
    "government_fund": "政府性基金表",
    "state_capital": "国有资本经营表",
    "three_public": "“三公”经费表",
    "state_assets": "国有资产占用表",
    "appropriation_expenditure": "财政拨款支出表",
    "appropriation_basic": "财政拨款基本支出表",
    "operating_expenses": "机关运行经费表",
    "procurement": "政府采购表",
}
BUDGET_NAMES: dict[TableKind, str] = {
    "income_expenditure_summary": "收支预算总表",
    "income": "收入预算表",
    "expenditure": "支出预算表",
}
"""Short titles where those of final accounts say 决算."""
"""Short titles. Form marks (公开07表) are no names: their order differs between provinces."""


_BASIC_AND_PROJECT = ("基本支出", "项目支出")
PARTS_OF_COLUMN: dict[str, tuple[str, ...]] = {
    "本年收入合计": (
        "财政拨款收入",
        "上级补助收入",
        "事业收入",
        "经营收入",
        "附属单位上缴收入",
        "其他收入",
    ),
    "本年支出合计": (*_BASIC_AND_PROJECT, "上缴上级支出", "经营支出", "对附属单位补助支出"),
    "小计": _BASIC_AND_PROJECT,
    "合计": (
        *_BASIC_AND_PROJECT,
        "一般公共预算财政拨款",
        "政府性基金预算财政拨款",
        "国有资本经营预算财政拨款",
    ),
    "本年支出/小计": ("本年支出/基本支出", "本年支出/项目支出"),
}
"""Column that is a row's total → the columns it adds up."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure and its name for the reader (登记项); `figure` is None where there is no such cell."""

    name: str
    figure: Figure | None
    sign: int = 1

    @property
    def nothing(self) -> bool:
        """Tell whether no amount is printed here: no cell, an empty cell, or a zero."""
        return self.figure is None or self.figure.value == 0

    @property
    def blank(self) -> bool:
        """Tell whether there is a cell and nothing in it."""
        return self.figure is not None and self.figure.blank

    def term(self, role: str) -> Term:
        """Return the figure in its role; only for entries that have one."""
        if self.figure is None:
            message = f"no figure: {self.name}"
            raise ValueError(message)
        return Term(self.figure, role, self.name, self.sign)


def table_name(table: Table) -> str:
    """Return the short title of a table."""
    names = TABLE_NAMES | BUDGET_NAMES if table.account == "budget" else TABLE_NAMES
    return names.get(table.kind, table.title)


def row_name(row: Row) -> str:
    """Return the code with its item, or the item alone (2080505 机关事业单位基本养老保险缴费支出)."""
    if not row.key.isdigit():
        return row.key.removeprefix("年初/")
    return f"{row.key} {''.join(row.label.split()).removeprefix(row.key)}".strip()


def column_name(column: str) -> str:
    """Return a column key as a reader says it; the only amount column of a table needs no name."""
    return "" if column == AMOUNT else column.replace("/", " ")


def within(row: Row, column: str, name: str = "") -> Entry:
    """Return a cell as named inside its table: by row, or by what tells it apart."""
    return Entry(name or row_name(row), read(row, column))


def read(row: Row, column: str) -> Figure | None:
    """Return a row's figure; a blank total beside printed parts was lost in reading: None."""
    figure = row.figures.get(column)
    if figure is None or not figure.blank:
        return figure
    parts = (row.figures.get(part) for part in PARTS_OF_COLUMN.get(column, ()))
    return None if any(p is not None and p.value != 0 for p in parts) else figure


def line(table: Table, key: str, side: str, column: str = AMOUNT, name: str = "") -> Entry:
    """Return the figure of a line under its own name; an entry without figure if there is no line."""
    row = table.row(key, side)
    return Entry(name or key, None) if row is None else within(row, column, name)


def entry(table: Table, key: str, column: str, side: str = "") -> Entry:
    """Return a cell as named among several tables: table, row and column."""
    row = table.row(key, side)
    words = (table_name(table), row_name(row) if row else key, column_name(column))
    figure = None if row is None else read(row, column)
    if key == TOTAL_ROW and figure is not None and figure.blank and _amounts(table, column):
        figure = None
    return Entry(" ".join(w for w in words if w), figure)


def total_entry(table: Table, column: str) -> Entry:
    """Return a cell of the total row (合计); a blank one above printed amounts was lost: None."""
    return entry(table, TOTAL_ROW, column)


def _amounts(table: Table, column: str) -> bool:
    """Tell whether any row of a table prints an amount in a column."""
    return any(f.value != 0 for r in table.rows if (f := r.figures.get(column)) is not None)


def minus(subtracted: Entry) -> Entry:
    """Return an entry that counts against the sum."""
    return replace(subtracted, sign=-1)


def add_up(subject: str, total: Entry, parts: Sequence[Entry]) -> Iterator[AnyRelation]:
    """State that a total is the sum of its parts, unless a cell is missing or nothing is printed."""
    everything = (total, *parts)
    if _unprinted(everything) or any(_is_one_print(total, p) for p in parts):
        return
    if missing := _missing(everything):
        yield not_checked(subject, missing, everything)
    elif not parts:
        yield not_checked(subject, f"没有读到“{total.name}”的分项", everything)
    elif total.blank and Decimal(0) not in _sum_of(parts):
        yield not_checked(subject, f"“{total.name}”一格为空，可能没有读到", everything)
    elif all(p.blank for p in parts):
        yield not_checked(subject, f"“{total.name}”的各分项均为空，可能没有读到", everything)
    else:
        terms = tuple(p.term("part") for p in parts)
        yield Sum(subject=subject, total=total.term("total"), parts=terms)


def agree(subject: str, left: Entry, right: Entry) -> Iterator[AnyRelation]:
    """State that two prints of one quantity agree, unless one is missing or both are empty."""
    both = (left, right)
    if _unprinted(both) or _is_one_print(left, right):
        return
    if missing := _missing(both):
        yield not_checked(subject, missing, both)
    else:
        yield Equal(subject=subject, left=left.term("same"), right=right.term("other"))


def stay_within(subject: str, parts: Sequence[Entry], whole: Entry) -> Iterator[AnyRelation]:
    """State that parts do not exceed a whole, unless a cell is missing or nothing is printed."""
    everything = (*parts, whole)
    if _unprinted(everything):
        return
    if missing := _missing(everything):
        yield not_checked(subject, missing, everything)
    else:
        terms = tuple(p.term("part") for p in parts)
        yield AtMost(subject=subject, parts=terms, whole=whole.term("limit"))


def nearer(total: Entry, parts: Sequence[Entry], extra: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the parts with or without `extra`, whichever comes nearer to the total.

    For forms that print a heading either as a part of its own or as "其中" of another part: only a
    total that fits neither reading is a contradiction.
    """
    printed = [e for e in extra if not e.nothing]
    if total.figure is None or not printed:
        return tuple(parts)
    gap = total.figure.base - sum(p.figure.base * p.sign for p in parts if p.figure)
    more = sum(p.figure.base * p.sign for p in printed if p.figure)
    return (*parts, *printed) if abs(gap - more) < abs(gap) else tuple(parts)


def not_checked(subject: str, reason: str, entries: Iterable[Entry] = ()) -> NotChecked:
    """Say what could not be checked and why, pointing at the figures there are."""
    places = tuple(("other", e.figure.place) for e in entries if e.figure is not None)
    return NotChecked(subject=subject, reason=reason, evidence=places[:2])


def no_column(table: Table, column: str) -> NotChecked:
    """Say that a table was read without a column that its form has."""
    return no_part(table, f"没有读到“{column_name(column)}”一栏")


def no_part(table: Table, reason: str) -> NotChecked:
    """Say that a table was read without something its form has."""
    place: tuple[tuple[str, Place], ...] = () if table.place is None else (("other", table.place),)
    return NotChecked(subject=table_name(table), reason=reason, evidence=place)


def _is_one_print(left: Entry, right: Entry) -> bool:
    """Tell one figure under two keys: where a form prints one closing line, it says nothing of itself."""
    if left.figure is None or right.figure is None:
        return False
    return left.figure.place == right.figure.place


def _unprinted(entries: Sequence[Entry]) -> bool:
    """Tell whether nothing was printed: all cells empty, or the few there are print zero."""
    known = [e.figure for e in entries if e.figure is not None]
    return all(f.blank for f in known) or (
        len(known) < len(entries) and all(f.value == 0 for f in known)
    )


def _sum_of(parts: Sequence[Entry]) -> Interval:
    return total_of([p.term("part") for p in parts], "printed")


def _missing(entries: Sequence[Entry]) -> str:
    names = [e.name for e in entries if e.figure is None]
    return f"没有读到：{'、'.join(names[:3])}" if names else ""
