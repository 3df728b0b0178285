"""What a budget's summaries print otherwise than final accounts: uses, one closing line (预算收支总表)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gouji.extract.tables_sheet import compact
from gouji.model.tables import RESERVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gouji.model.tables import Row

USES = ("基本支出", "项目支出", RESERVE)
"""Expenditure by use (支出用途), listed beside or instead of the functional classes."""
NUMBERED = {
    "本年收入": "本年收入合计",
    "本年支出": "本年支出合计",
    "基本支出": "基本支出",
    "项目支出": "项目支出",
    RESERVE: RESERVE,
    "预留机动经费": RESERVE,
}
"""Words that head columns in one form and number lines in another (一、本年收入)."""
_NUMBER = re.compile(r"\(?[一二三四五六七八九十]{1,3}[、.)]")
_CLOSED = {"收入": "本年收入合计", "支出": "本年支出合计"}
_BALANCES = (
    "使用非财政拨款结余",
    "年初结转和结余",
    "年末结转和结余",
    "年初财政拨款结转和结余",
    "年末财政拨款结转和结余",
    "结余分配",
)
_TOTAL = "总计"


def is_numbered(text: str) -> bool:
    """Tell whether a cell's text opens with a number: a line, not a heading."""
    return _NUMBER.match(compact(text)) is not None


def with_one_closing(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with 本年收入合计 and 本年支出合计 where a form prints one closing line a side.

    Without balances the line 收入总计 is the income of the year too: it then stands under both keys.
    """
    found = list(rows)
    for side, closed in _CLOSED.items():
        keys = {r.key for r in found if r.side == side}
        at = next((i for i, r in enumerate(found) if (r.key, r.side) == (_TOTAL, side)), None)
        if at is not None and closed not in keys and not keys & set(_BALANCES):
            found.insert(at, replace(found[at], key=closed))
    return found
