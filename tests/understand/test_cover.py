"""The cover tells kind, entity, year and unit (封面)."""

from __future__ import annotations

import pytest

from gouji.model.figure import WAN_YUAN
from gouji.read import read_text
from gouji.understand import understand

BODY = "\n\n第一部分 南屏县文化馆概况\n\n一、主要职责\n\n组织群众文化活动。\n\n本年支出10.00万元,其中基本支出6.00万元。"


@pytest.mark.parametrize(
    ("cover", "kind", "entity", "year"),
    [
        ("南屏县文化馆2024年度部门决算", "final_accounts", "南屏县文化馆", 2024),
        ("2023年度\n\n南屏县文化馆单位决算公开", "final_accounts", "南屏县文化馆", 2023),
        ("附件1:\n\n2024年度南屏县文化馆部门决算公开", "final_accounts", "南屏县文化馆", 2024),
        ("南屏县文化馆2025年部门预算", "budget", "南屏县文化馆", 2025),
        ("南屏县文化馆部门整体支出绩效自评报告\n\n(2024年度)", "performance", "南屏县文化馆", 2024),
        ("南屏县\n\n文化馆2024年度\n\n部门决算", "final_accounts", "南屏县文化馆", 2024),
        ("南屏县文化馆2024年部门决算\n\n2025年8月", "final_accounts", "南屏县文化馆", 2024),
    ],
)
def test_a_cover_gives_kind_entity_and_year(cover: str, kind: str, entity: str, year: int) -> None:
    outline = understand(read_text(cover + BODY, "paste"))
    assert (outline.kind, outline.entity, outline.fiscal_year) == (kind, entity, year)
    assert outline.unit is not None
    assert outline.unit.name == "万元"
    assert outline.entity_place is not None
    assert outline.entity_place.quote == entity


def test_a_story_is_other() -> None:
    story = "那年冬天,河面结了冰。\n\n他走了3里路,买了2斤糖,花了5元钱。\n\n第二天,雪停了。"
    outline = understand(read_text(story, "story"))
    assert outline.kind == "other"
    assert outline.entity is None
    assert outline.grids == ()


def test_a_fragment_without_cover_is_told_by_its_words() -> None:
    text = (
        "二、收入决算情况说明\n\n2024年度本年收入合计9.00万元,其中:财政拨款收入9.00万元。\n\n"
        "三、支出决算情况说明\n\n2024年度本年支出合计9.00万元。"
    )
    outline = understand(read_text(text, "paste"))
    assert (outline.kind, outline.fiscal_year) == ("final_accounts", 2024)


def test_a_year_that_lost_its_century_is_completed() -> None:
    outline = understand(read_text("24年度收入决算表\n\n单位:万元\n\n甲\t乙\n1\t2", "paste"))
    assert outline.fiscal_year == 2024


def test_a_date_on_the_cover_is_no_fiscal_year() -> None:
    text = "南屏县文化馆部门决算公开\n\n2025年8月" + BODY + "\n\n2024年度收入10.00万元。"
    assert understand(read_text(text, "paste")).fiscal_year == 2024


def test_amounts_in_two_units_as_often_leave_the_unit_open() -> None:
    """Taking the first would scale whatever prints no unit by ten thousand."""
    text = "南屏县文化馆2024年度部门决算\n\n支出20万元,人均补助100元。"
    assert understand(read_text(text, "paste")).unit is None
    assert understand(read_text(text + "收入30万元。", "paste")).unit == WAN_YUAN


def test_a_million_is_a_unit_of_money() -> None:
    text = "收入决算表\n\n单位:百万元\n\n甲\t乙\n1\t2"
    (named,) = understand(read_text(text, "paste")).grids
    assert named.unit is not None
    assert named.unit.factor == 1_000_000
