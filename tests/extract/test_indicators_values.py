"""What a target, an actual, a weight and a scoring standard say."""

from __future__ import annotations

import pytest

from gouji.extract.indicators.ladder import read_ladder
from gouji.extract.indicators.values import as_score, read_actual, read_target, tidy
from gouji.model.place import Place

HERE = Place("", 0, 0)


@pytest.mark.parametrize(
    ("text", "operator", "value", "unit"),
    [
        ("≥ 120 台", "at_least", "120", "台"),
        ("不少于35场", "at_least", "35", "场"),
        (r"\leq 6 个工作日", "at_most", "6", "个工作日"),
        ("控制在85万元以内", "at_most", "85", "万元"),
        ("大于95%", "more", "95", "%"),
        ("=100%", "equal", "100", "%"),
        ("满意率达92%", "at_least", "92", "%"),
        ("3次以上", "at_least", "3", "次"),
        ("15. 26", "bare", "15.26", None),
        ("≥2人/乡镇", "at_least", "2", "人"),
        ("≥150万人次", "at_least", "150", "万人次"),
    ],
)
def test_a_numeric_target_has_operator_value_and_unit(
    text: str, operator: str, value: str, unit: str | None
) -> None:
    target = read_target(text, HERE)
    assert target.operator == operator
    assert target.value is not None
    assert target.value.text == value
    assert (target.value.unit.name if target.value.unit else None) == unit


@pytest.mark.parametrize(
    "text",
    [
        "2024年底前",
        "及时",
        "有效提升",
        "≥",
        ">00/0",
        "第3季度",
        "12月31日前",
        "XX",
        "第一、二批5个",
    ],
)
def test_dates_words_and_noise_are_no_numbers(text: str) -> None:
    assert read_target(text, HERE).operator == "words"


def test_a_range_keeps_both_ends() -> None:
    target = read_target("90%-95%", HERE)
    assert target.operator == "range"
    assert target.value is not None
    assert target.upper is not None
    assert (target.value.text, target.upper.text) == ("90", "95")


def test_what_a_target_is_counted_by_is_kept() -> None:
    """元/人 is a price, not a total."""
    assert read_target("=5万元/人/年", HERE).per == "人/年"


def test_an_actual_that_repeats_an_inequality_says_so() -> None:
    assert read_actual("≥98%", HERE).operator == "at_least"


def test_operators_have_one_spelling() -> None:
    assert tidy(r"\geq 95 %") == "≥95%"
    assert tidy("<=20 天") == "≤20天"


@pytest.mark.parametrize(("text", "value"), [("10", 10), ("10%", 10), ("100", 100), ("120", None)])
def test_a_score_is_a_number_up_to_a_hundred(text: str, value: int | None) -> None:
    assert as_score(text) == value


@pytest.mark.parametrize(
    ("text", "maximum", "direction", "steps"),
    [
        ("全部符合得8分,有1项不符扣2分,扣完为止", "8", "items", 0),
        ("达标率100%得6分,每下降5个百分点扣1分", "6", "below", 0),
        ("控制率≤100%,得4分,每增加2个百分点扣0.5分,扣完为止", "4", "above", 0),
        ("=100%得3分;90%(含)-100%得2分;<90%得0分", "3", "", 3),
        ("根据实施情况评估,达到效果得0-7分,满分7分", "7", "", 0),
        ("每建成一处得2分", None, "", 0),
    ],
)
def test_a_standard_gives_its_maximum_direction_and_bands(
    text: str, maximum: str | None, direction: str, steps: int
) -> None:
    ladder = read_ladder(text, HERE)
    assert (ladder.maximum.text if ladder.maximum else None) == maximum
    assert ladder.direction == direction
    assert len(ladder.steps) == steps
