"""The money rows of a self-evaluation table pasted as one line (年度资金总额、其中…).

"年度资金总额: 0 0 0 10 0 0 其中:本年财政拨款 90 89.974 89.974": the first number of each row is the
initial budget, so the row after 其中 is a part of the row before it.
"""

from __future__ import annotations

import re

from gouji.extract.claims.breakdown import draft_list
from gouji.extract.claims.passage import Passage

_TOTAL = re.compile(r"年度资金总额[:\s]*$")
_PART = re.compile(r"其中[:\s]*\S{2,12}$")


def read(passage: Passage) -> None:
    """Draft total and part of the initial budget where both rows are printed with figures."""
    if "年度资金总额" not in passage.text:
        return
    totals = [a for a in passage.amounts if _TOTAL.search(a.mention.gap)]
    parts = [a for a in passage.amounts if _PART.search(a.mention.gap.rstrip())]
    if len(totals) == 1 and len(parts) == 1 and totals[0].start < parts[0].start:
        draft_list(totals[0], parts, exhaustive=False)
