"""Which item is a part of which (分项关系), by the standard lists of parts."""

from __future__ import annotations

from functools import cache

from gouji.extract.vocabulary import Item, vocabulary

_SPENDING = frozenset(
    {
        "本年支出合计",
        "一般公共预算财政拨款支出",
        "财政拨款支出",
        "政府性基金预算财政拨款支出",
        "国有资本经营预算财政拨款支出",
        "财政拨款收支总计",
    }
)
_STAFF = frozenset({"301", "303"})
_BASIC = frozenset({"基本支出", "一般公共预算财政拨款基本支出", "财政拨款基本支出"})


def is_part(part: Item | None, total: Item | None) -> bool:
    """Tell whether one item is a part of another in the standard lists (分项关系)."""
    if part is None or total is None or part is total:
        return False
    if total.key in _wholes(part.key):
        return True
    if part.kind == "function":
        return total.key in _SPENDING
    if part.kind == "economic":
        return _is_economic_part(part.code, total)
    return False


@cache
def _wholes(key: str) -> frozenset[str]:
    """Return every item that holds an item, over all steps (公务用车购置费 → 三公经费)."""
    found: set[str] = set()
    for items in vocabulary().values():
        for one in items:
            if one.key == key:
                found |= one.part_of
    for above in tuple(found):
        found |= _wholes(above)
    return frozenset(found)


@cache
def _parts(key: str) -> frozenset[str]:
    """Return the direct parts of an item."""
    return frozenset(
        one.key for items in vocabulary().values() for one in items if key in one.part_of
    )


_REQUIRED = frozenset(
    {
        "三公经费",
        "公务用车购置及运行维护费",
        "一般公共预算财政拨款基本支出",
        "基本支出",
        "政府采购支出",
    }
)


def is_required(total: Item | None) -> bool:
    """Tell a total whose standard list of parts is always printed in full."""
    return total is not None and total.key in _REQUIRED


def are_all_parts(parts: frozenset[str], total: Item | None) -> bool:
    """Tell whether names cover the standard list of a total: each part, or the parts of a part."""
    if total is None or not is_required(total):
        return False
    return all(
        need in parts or (bool(_parts(need)) and _parts(need) <= parts)
        for need in _parts(total.key)
    )


def is_spending(item: Item) -> bool:
    """Tell a total of expenditure, whose parts are the functional classes (类款项)."""
    return item.key in _SPENDING


def _is_economic_part(code: str, total: Item) -> bool:
    top = code[:3]
    if total.kind == "economic":
        return total.code == top != code
    if total.key in _BASIC:
        return code == top
    if total.key == "人员经费":
        return top in _STAFF
    return total.key in ("公用经费", "机关运行经费") and top not in _STAFF
