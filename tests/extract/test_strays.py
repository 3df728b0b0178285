"""Numbers of a grid that no table model takes are counted, not passed over (无从归属的数字)."""

from __future__ import annotations

import gouji
from gouji.check.telling.coverage import coverage_of
from gouji.pipeline import examine

UNKNOWN = """南屏县文化馆2024年度部门决算

馆藏器材折旧一览

单位:万元

序号\t科目编码\t器材\t2024\t2023
栏次\t1\t2\t3\t4
1\t2070109\t灯光\t12.40\t11.30
2\t2070109\t音响\t8.60\t9.10

本年收入合计20.00万元,其中:财政拨款收入15.00万元,其他收入5.00万元。
"""


def test_numbers_of_a_table_nobody_knows_are_unread() -> None:
    strays = gouji.extract_document(UNKNOWN).strays
    unread = [n.place.quote for n in strays if n.use == "unread"]
    assert unread == ["12.40", "11.30", "8.60", "9.10"]


def test_codes_years_and_counts_of_rows_and_columns_are_no_quantities() -> None:
    reasons = {n.place.quote: n.reason for n in gouji.extract_document(UNKNOWN).strays}
    assert reasons["2070109"] == "code"
    assert reasons["2023"] == "year"
    assert reasons["1"] == reasons["2"] == "ordinal"
    assert reasons["4"] == "ordinal"


def test_the_coverage_counts_them() -> None:
    result = examine(UNKNOWN)
    assert coverage_of(result.fates) == result.report.coverage
    assert result.report.coverage.unread == 4
    assert result.report.coverage.checked == 3


def test_a_known_table_has_none() -> None:
    text = "收入决算表\n\n单位:万元\n\n项目\t本年收入合计\t财政拨款收入\t其他收入\n合计\t20.00\t15.00\t5.00\n"
    assert not gouji.extract_document(text).strays
