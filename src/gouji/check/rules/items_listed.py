"""A list of the items used names those of the table (所列功能科目应与决算表相符).

What it checks
    A list headed 使用的支出功能分类科目 against the items (项) that the table of expenditure prints
    with an amount.

Why it matters
    The list is carried over from last year; new items then go without an explanation.

For example
    所列 7 项，支出决算表中有支出的 11 项，缺“提租补贴”等。

Not a violation
    A glossary that does not claim to list what is used; a list of another year or unit, whose items
    the table does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.check.rule import rule
from gouji.messages import N_
from gouji.model.disclosure import Disclosure
from gouji.model.document import Document, Paragraph
from gouji.model.place import Place
from gouji.model.relation import AnyRelation, Breach, Upheld
from gouji.model.tables import Row

_HEAD = re.compile(r"使用的?(?:支出)?功能(?:分类)?科目")
_LONGEST_HEAD = 40
_ITEM = re.compile(r"\(款\)([^()]{2,40})\(项\)")
_NEXT = re.compile(
    r"\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|第[一二三四五六七八九]部分"
)
_CODE = re.compile(r"\d{6,7}")
"""The code of an item; a scan may have lost its last digit."""
_LONG_ENOUGH = 4
_FEWEST = 3
"""Items a list must share with the table to be its list."""


@rule(
    "CNT003",
    "items-listed",
    "所列使用的功能科目应与支出决算表的项一致",
    basis="列举与决算表为同一年度的支出",
    at_most="note",
)
def items_listed(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """Hold the items listed as used against those with an amount in the table of expenditure."""
    table = disclosure.table("expenditure")
    if table is None or table.shaky:
        return
    spent = {_plain(r.label): r for r in table.rows if _CODE.fullmatch(r.key) and _has_amount(r)}
    for head, listed in _lists(disclosure.document):
        known = all(any(_same(name, own) for own in spent) for name in listed)
        if len(listed) < _FEWEST or not known:
            continue
        missing = [row for own, row in spent.items() if not any(_same(n, own) for n in listed)]
        if not missing:
            yield Upheld(subject="功能科目", evidence=(("list", head),))
            continue
        rows = tuple(("row", row.place) for row in missing if row.place is not None)
        yield Breach(
            subject="功能科目",
            grade="doubtful",
            message=N_(
                "所列使用的功能科目 {listed} 项，支出决算表中有支出的 {spent} 项，没有列出“{name}”等"
            ),
            words={
                "listed": str(len(listed)),
                "spent": str(len(spent)),
                "name": _plain(missing[0].label),
            },
            evidence=(("list", head), *rows),
        )


def _lists(document: Document) -> Iterator[tuple[Place, dict[str, Place]]]:
    """Yield each such list: where its heading is printed, and its items."""
    for at, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph) or len(block.text) > _LONGEST_HEAD:
            continue
        if _HEAD.search(block.text) is None:
            continue
        items: dict[str, Place] = {}
        for after in document.blocks[at + 1 :]:
            if not isinstance(after, Paragraph) or _NEXT.match(after.text):
                break
            for found in _ITEM.finditer(after.text):
                items[_plain(found[1])] = document.place(after, *found.span(1))
        yield document.place(block, 0, len(block.text)), items


def _same(one: str, two: str) -> bool:
    """Tell whether two names are one, the end of a long one cut off in its cell."""
    short, long = sorted((one, two), key=len)
    return one == two or (len(short) >= _LONG_ENOUGH and long.startswith(short))


def _has_amount(row: Row) -> bool:
    return any(not f.blank and f.value != 0 for f in row.figures.values())


def _plain(text: str) -> str:
    return re.sub(r"[\s()（）]", "", text)
