"""Tables in the text of web pages: a pipe after each cell, cells side by side or one a line."""

from __future__ import annotations

import pytest

from gouji.extract import extract
from gouji.model.document import Grid
from gouji.read import read_text
from gouji.understand import understand
from tests.read.places import check_places

TITLE = "一、2021年度一般公共预算财政拨款“三公”经费支出决算表\n单位:万元\n"
SIDE_BY_SIDE = """项 目 | 预 算 数 | 决 算 数 |
合 计 | 3.80 | 2.52 |
因公出国(境)费 | ||
公务接待费 | 3.80 | 2.52 |
公务用车购置及运行维护费 | ||
"""
ONE_A_LINE = """项 目 |
预 算 数 |
决 算 数 |
合 计 |
3.80 |
2.52 |
因公出国(境)费 |
|
|
公务接待费 |
3.80 |
2.52 |
公务用车购置及运行维护费 |
|
|
"""
PIPES_ALONE = ONE_A_LINE.replace(" |", "\n|")


@pytest.mark.parametrize("printed", [SIDE_BY_SIDE, ONE_A_LINE, PIPES_ALONE])
def test_the_cells_of_a_web_page_become_a_table(printed: str) -> None:
    document = read_text(TITLE + printed + "二、情况说明\n", "网页")
    (table,) = extract(document, understand(document)).tables
    assert table.kind == "three_public"
    row = table.row("公务接待费", "")
    assert row is not None
    assert [f.text for f in row.figures.values()] == ["3.80", "2.52"]
    check_places(document)


def test_lines_that_fit_no_number_of_columns_stay_prose() -> None:
    lines = "甲 |\n1.00 |\n乙 |\n丙 |\n2.00 |\n3.00 |\n丁 |\n"
    document = read_text(lines, "网页")
    assert not any(isinstance(block, Grid) for block in document.blocks)


def test_a_number_that_opens_a_copied_page_is_its_page_number() -> None:
    document = read_text("3\n本校核定编制 95 名。\n", "网页")
    assert [p.text for p in document.paragraphs] == ["本校核定编制95名。"]
