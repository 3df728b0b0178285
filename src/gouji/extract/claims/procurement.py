"""Amounts of contracts awarded, named by the clauses before them (政府采购成交金额).

"在面向中小企业预留的政府采购项目中，由中小企业供应商中标或成交的，采购金额 21.07 万元"
"""

from __future__ import annotations

import re

_NOUN = re.compile(r"(?:采购|合同|成交|中标)?金额")
_AWARDED = re.compile(
    r"(?:在|于)?(?P<projects>[^。;,]{2,24})项目中,?由(?P<who>[^。;,]{2,14}?)(?:供应商)?(?:中标|成交)(?:或者?(?:成交|中标))?的?,?$"
)
_WINDOW = 80


def awarded(text: str, at: int, noun: str) -> str | None:
    """Return the item an amount of awarded contracts is, or None when the clauses say no such thing."""
    if _NOUN.fullmatch(noun) is None:
        return None
    found = _AWARDED.search(text, max(0, at - _WINDOW), at)
    if found is None:
        return None
    small = "小微" in found["who"]
    if "预留" in found["projects"]:
        return "预留项目小微企业成交金额" if small else "预留项目中小企业成交金额"
    if "其他" in found["projects"] and not small:
        return "其他项目中小企业成交金额"
    return None
