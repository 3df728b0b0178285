"""Lines of a copied table are told from prose by where they stand and by having no clause."""

from __future__ import annotations

import pytest

from gouji.read import read_text
from gouji.read.flat import flat_zones

TABLE = ["合计 30.00 20.00", "201 一般公共服务支出 10.00 10.00", "213 农林水支出 20.00", "其他"]


def zones(*lines: str) -> list[range]:
    return flat_zones(list(lines))


@pytest.mark.parametrize("opening", ["单位:万元", "公开03表 金额单位:万元", "支出决算表"])
def test_a_table_begins_below_its_title_or_its_unit(opening: str) -> None:
    assert zones("前言", opening, *TABLE) == [range(2, 5)]


def test_nothing_begins_without_either() -> None:
    assert zones("前言", *TABLE) == []


@pytest.mark.parametrize(
    "line",
    [
        "本年支出合计 30.00 万元,比上年增加 2.00 万元。",
        "元,占 74.59%;项目支出 4,838.27 万元",
        "注:本表反映本年度支出情况。",
        "第三部分 部门决算情况说明",
    ],
)
def test_prose_notes_and_parts_end_a_table(line: str) -> None:
    assert zones("支出决算表", *TABLE, line, "1.00 2.00") == [range(1, 4)]


def test_headings_after_the_last_amount_are_no_part_of_it() -> None:
    assert zones("支出决算表", *TABLE[:3], "一、收入支出决算总体情况说明") == [range(1, 4)]


def test_a_list_of_contents_is_no_table() -> None:
    assert zones("收入支出决算总表", "收入决算表", "支出决算表", "财政拨款收入支出决算总表") == []


def test_a_report_in_sentences_below_its_unit_stays_prose() -> None:
    text = "单位:万元\n本年支出合计 30.00 万元,其中基本支出 20.00 万元,项目支出 10.00 万元。"
    assert not read_text(text, "粘贴").grids


def test_each_word_of_a_line_is_a_cell_in_its_place() -> None:
    text = "支出决算表\n单位:万元\n" + "\n".join(TABLE)
    document = read_text(text, "粘贴")
    (grid,) = document.grids
    assert grid.flat
    assert [cell.text for cell in grid.row_cells(1)] == [
        "201",
        "一般公共服务支出",
        "10.00",
        "10.00",
    ]
    for cell in grid.cells:
        assert text[cell.place.start : cell.place.end] == cell.place.quote
