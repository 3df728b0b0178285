"""Normalised text loses odd characters and spaces, never a digit, and knows where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.read.normalize import fold, squeeze, squeeze_cell


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("（１２．５０％），：；", "(12.50%),:;"),
        ("决算数。“三公”《通知》〔2024〕【甲】…—", "决算数。“三公”《通知》〔2024〕【甲】…—"),
        ("⼈⺠⻔⻚⻅⻋", "人民门页见车"),
        ("\uf900", "豈"),
        ("①㈠⑴²½㎡Ⅲ", "①㈠⑴²½㎡Ⅲ"),
    ],
)
def test_full_width_and_radicals_are_folded_and_nothing_becomes_a_digit(
    printed: str, read: str
) -> None:
    assert fold(printed) == read


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("支出 448.60 万元", "支出448.60万元"),
        ("为 25. 65 万元与 25 .65 万元", "为25.65万元与25.65万元"),
        ("1, 537.4 万元", "1,537.4万元"),
        ("12, 20, 30", "12, 20, 30"),
        ("1 234 567.00", "1 234 567.00"),
        ("50% 25%", "50% 25%"),
        ("推进 DRG pilot 付费", "推进DRG pilot付费"),
        ("1. 2023 年预算 20 万元", "1. 2023年预算20万元"),
        ("主要是：1. 工作经费；2. 37 个社区", "主要是:1.工作经费;2. 37个社区"),
        ("完成\u200b预算\ufeff的 9\u200b8%", "完成预算的98%"),
        ("  ", ""),
    ],
)
def test_prose_keeps_a_space_only_between_words_or_separate_numbers(
    printed: str, read: str
) -> None:
    assert squeeze(fold(printed)).text == read


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (" 25. 65 ", "25. 65"),
        ("一般公共\n预算", "一般公共预算"),
        ("-", "-"),
        ("1 ,234", "1 ,234"),
        ("= 100 %", "=100%"),
    ],
)
def test_a_cell_keeps_white_space_inside_numbers(printed: str, read: str) -> None:
    assert squeeze_cell(fold(printed)) == read


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="甲乙 12.,%(（ａ\n\u200b\t"))
def test_every_character_left_is_the_one_at_its_offset(text: str) -> None:
    folded = fold(text)
    squeezed = squeeze(folded)
    assert len(squeezed.text) == len(squeezed.origin)
    assert list(squeezed.origin) == sorted(set(squeezed.origin))
    for char, at in zip(squeezed.text, squeezed.origin, strict=True):
        assert char == folded[at] or (char == " " and folded[at] in " \n\t\u200b")
