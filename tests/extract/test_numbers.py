"""Numbers of prose and cells are read exactly, with unit, decimals and doubts (数字解析)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.extract.numbers import (
    at_house,
    figure_from_cell,
    find_numbers,
    house_decimals,
    is_blank,
    numbers_in_cell,
)
from gouji.model.figure import WAN_YUAN, Misread
from gouji.model.place import Place

HERE = Place("", 0, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收入1,234.56万元", [("1234.56", "万元")]),
        ("增长7.5%,提高1.2个百分点", [("7.5", "%"), ("1.2", "个百分点")]),
        ("接待12批次、103人次", [("12", "批次"), ("103", "人次")]),
        ("设备2台(套),车辆3辆", [("2", "台(套)"), ("3", "辆")]),
        ("得分96.5分,其中3分钟", [("96.5", "分"), ("3", "分钟")]),
        ("2024年12月31日", [("2024", None), ("12", None), ("31", None)]),
        ("2080505机关", [("2080505", None)]),
        ("为上年的1.5倍", [("1.5", "倍")]),
        ("1.2024年度", [("1", None), ("2024", None)]),
        ("增长-5.2%", [("-5.2", "%")]),
        ("2023-2025年", [("2023", None), ("2025", None)]),
        ("分别为1,2,3个", [("1", None), ("2", None), ("3", "个")]),
    ],
)
def test_every_number_of_a_paragraph_is_found_with_its_unit(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    tokens = find_numbers(text)
    assert [(t.text, t.unit.name if t.unit else None) for t in tokens] == expected


def test_a_span_covers_digits_and_stop_covers_the_unit() -> None:
    text = "支出1,203.40万元。"
    (token,) = find_numbers(text)
    assert text[token.start : token.end] == "1,203.40"
    assert text[token.start : token.stop] == "1,203.40万元"
    assert (token.value, token.decimals) == (Decimal("1203.40"), 2)


def test_wan_alone_is_money_only_after_a_word_of_money() -> None:
    (money,) = find_numbers("安排专项资金20万,")
    (people,) = find_numbers("服务群众20万人次")
    (unknown,) = find_numbers("发放20万")
    assert money.unit == WAN_YUAN
    assert people.unit is not None
    assert (people.unit.dimension, people.unit.factor) == ("count", Decimal(10_000))
    assert unknown.unit is not None
    assert unknown.unit.dimension == "other"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("约5万元", "about"),
        ("近30家", "about"),
        ("超过100人", "over"),
        ("300余人", "over"),
        ("不足2万元", "under"),
        ("不超过2万元", "under"),
        ("节约5万元", None),
        ("超支5万元", None),
        ("最近3年", None),
    ],
)
def test_words_beside_a_number_widen_it(text: str, expected: str | None) -> None:
    assert find_numbers(text)[0].approximate == expected


@pytest.mark.parametrize(
    ("text", "value", "misread"),
    [
        ("25. 65", "25.65", None),
        ("25. 6", "25.6", Misread.SPLIT_DIGITS),
        ("300, 20", "300.20", Misread.COMMA_FOR_POINT),
        ("1, 537.42", "1537.42", None),
        ("-0.05", "-0.05", None),
        ("1,234,567.89", "1234567.89", None),
    ],
)
def test_a_cell_of_one_number_is_read_with_its_doubt(
    text: str, value: str, misread: Misread | None
) -> None:
    (number,) = numbers_in_cell(text)
    assert (number.text, number.misread) == (value, misread)


def test_two_numbers_in_a_cell_are_both_kept_and_marked() -> None:
    numbers = numbers_in_cell("88. 40 88. 4")
    assert [n.text for n in numbers] == ["88.40", "88.4"]
    assert {n.misread for n in numbers} == {Misread.REPEATED}
    assert figure_from_cell("88. 40 88. 4", HERE, WAN_YUAN) is None


def test_words_are_no_number_and_dashes_are_nothing() -> None:
    assert numbers_in_cell("合计") == ()
    assert numbers_in_cell("22 =+=") == ()
    assert all(is_blank(text) for text in ("", "-", "—", "--", "/"))
    blank = figure_from_cell("—", HERE, WAN_YUAN)
    assert blank is not None
    assert blank.blank
    assert figure_from_cell("见附注", HERE, WAN_YUAN) is None


def test_house_precision_is_what_most_amounts_carry() -> None:
    figures = [
        f for t in ("1.20", "3.45", "7") if (f := figure_from_cell(t, HERE, WAN_YUAN)) is not None
    ]
    assert house_decimals(figures) == 2
    assert [at_house(f, 2).house for f in figures] == [None, None, 2]
    assert house_decimals([]) is None


@given(st.text(alphabet="0123456789,.- 万元%人约近超余个分(年", max_size=30))
def test_any_text_reads_back_in_order_and_in_place(text: str) -> None:
    """Spans follow each other, lie within the text, and hold every digit of it."""
    tokens = find_numbers(text)
    at = 0
    for token in tokens:
        assert at <= token.start < token.end <= token.stop <= len(text)
        at = token.end
    held = sum(c.isdigit() for t in tokens for c in text[t.start : t.end])
    assert held == sum(c.isdigit() for c in text)
