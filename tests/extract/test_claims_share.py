"""What a share without a noun of its own is a share of (占比)."""

from __future__ import annotations

import pytest

from gouji.model.claim import Share
from gouji.pipeline import extract_document


@pytest.mark.parametrize(
    "aside", ["(年初预算100.00万元)", ",主要原因是人员增资10.00万元", "(其中:津贴30.00万元)"]
)
def test_an_amount_told_aside_is_not_the_part(aside: str) -> None:
    """Brackets and reasons tell of the amount before them; the share is of that amount."""
    text = f"二、支出决算情况说明\n本年支出合计200.00万元。基本支出90.00万元{aside},占45.00%。\n"
    shares = [c for c in extract_document(text, name="t").claims if isinstance(c, Share)]
    assert [c.value.text for c in shares if c.value] == ["90.00"]
