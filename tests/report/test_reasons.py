"""Why something was not checked reads as a sentence."""

from __future__ import annotations

import pytest

from gouji.check.telling.reasons import say_reason
from gouji.messages import Catalogue


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", ""),
        ("missing_table:income", "没有找到“收入决算表”"),
        ("table_twice:income", "“收入决算表”不止一张，无法确定以哪张为准"),
        ("no_claims:change", "正文中没有增减陈述"),
        ("misread:split_digits", "数字可能没有读对：数字中间有空格"),
        ("shaky_table:各行宽度不一", "表格的行列不可靠：各行宽度不一"),
        ("项目支出绩效自评表:rows_in_doubt:2", "项目支出绩效自评表：有些行可能没有读对"),
        ("《收入决算表》:列数不对", "《收入决算表》:列数不对"),
        ("规则自己的一句话", "规则自己的一句话"),
    ],
)
def test_a_reason_is_a_sentence(reason: str, sentence: str) -> None:
    assert say_reason(reason, Catalogue()) == sentence
