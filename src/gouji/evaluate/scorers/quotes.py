"""When two quotes or two spans mean one place (出处比对)."""

from __future__ import annotations

import re

SHORTEST = 4
"""Quotes shorter than this (after squeezing) overlap anything and prove nothing."""
_HALF_WIDTH = str.maketrans("，：；（）％“”", ',:;()%""')


def squeeze(text: str) -> str:
    """Drop white space and the markup a paste leaves, so that quotes compare."""
    text = re.sub(r"\s+|\*\*|\^\{[^}]*\}", "", text)
    return text.translate(_HALF_WIDTH)


def overlaps(one: str, two: str) -> bool:
    """Tell whether one squeezed quote lies within the other."""
    a, b = squeeze(one), squeeze(two)
    if min(len(a), len(b)) < SHORTEST:
        return a == b
    return a in b or b in a


def touch(one: str, two: str) -> bool:
    """Tell whether two squeezed quotes overlap at all: one within the other, or end on beginning."""
    a, b = squeeze(one), squeeze(two)
    return a in b or b in a or _runs_on(a, b) or _runs_on(b, a)


def _runs_on(a: str, b: str) -> bool:
    """Tell whether the end of one text is the beginning of another."""
    return any(a.endswith(b[:n]) for n in range(2, min(len(a), len(b))))


def meets(one: tuple[int, int], two: tuple[int, int]) -> bool:
    """Tell whether two spans share a character; an empty span meets what it stands in or beside."""
    if one[0] == one[1] or two[0] == two[1]:
        return one[0] <= two[1] and two[0] <= one[1]
    return one[0] < two[1] and two[0] < one[1]
