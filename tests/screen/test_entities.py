"""Names are one unit only where the names themselves show it."""

from __future__ import annotations

import pytest

from gouji.screen.entities import half_of, member_name, parse_name, resolve

SAME = [
    ("甘肃省临夏州临夏市医疗保障局", "临夏市医疗保障局"),
    ("武汉市黄陂区医疗保障服务中心", "湖北省武汉市黄陂区医疗保障服务中心"),
    ("中共青川县委组织部", "青川县委组织部"),
    ("青川县水利局（本级）", "青川县水利局"),
    ("青川县水利局本级", "青川县水利局(本级)"),
    ("青川县卫生健康委", "青川县卫生健康委员会"),
    ("青川县　水利局", "青川县水利局"),
    ("上海市普陀区人民政府万里街道办事处", "上海市普陀区万里街道办事处"),
    ("青川县文化馆（原群众艺术馆）", "青川县群众艺术馆"),
]
APART = [
    ("青川县人民政府办公室", "青川县政府办公室"),
    ("江苏省人民政府办公厅", "江苏省人民政府办公室"),
    ("青川县水利局", "青川县水务局"),
    ("青川县卫生局", "青川县卫生健康局"),
    ("青川县第二中学", "青川县第一中学"),
    ("北京市朝阳区教育局", "长春市朝阳区教育局"),
    ("青川县委", "青川县委员会办公室"),
    ("益阳市医疗保障局", "益阳市医疗保障事务中心"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_ways_of_writing_one_name_are_one_unit(one: str, other: str) -> None:
    found = resolve([one, other])
    assert found[one].unit is not None
    assert found[one].unit == found[other].unit


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_that_do_not_show_it_stay_apart(one: str, other: str) -> None:
    found = resolve([one, other])
    assert found[one].unit != found[other].unit


def test_a_name_that_fits_two_units_is_neither_and_says_so() -> None:
    found = resolve(
        ["临江区教育局", "甲市临江区教育局", "重阳市临江区教育局", "九江市临江区教育局"]
    )
    assert found["临江区教育局"].unit is None
    assert found["临江区教育局"].why
    assert found["九江市临江区教育局"].unit != found["重阳市临江区教育局"].unit


@pytest.mark.parametrize("name", ["城关镇人民政府", "实验小学", "朝阳区教育局", "文化馆"])
def test_a_name_many_units_bear_means_none(name: str) -> None:
    assert resolve([name, f"某某省某某市{name}"])[name].unit is None


def test_the_name_says_before_the_cover_whether_it_is_the_department_or_its_own_office() -> None:
    assert half_of("青川县水利局（本级）", "department") == "unit"
    assert half_of("青川县水利局", "department") == "department"
    assert half_of("青川县水利局", None) is None


def test_a_unit_listed_without_its_place_stands_in_the_departments_place() -> None:
    assert member_name("文化馆", "四川省青川县文化局") == "四川省青川县文化馆"
    assert member_name("青川县文化馆", "青川县文化局") == "青川县文化馆"


def test_a_city_in_the_name_of_a_bureau_is_no_place() -> None:
    assert parse_name("九江市城市管理局").tail == "九江市城市管理局"
    assert parse_name("九江市浔阳区市场监督管理局").tail == "浔阳区市场监督管理局"
