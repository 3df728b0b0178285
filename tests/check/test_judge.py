"""What the judge says of single relations, and what it must never say."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gouji.check.judge import judge
from gouji.model.figure import WAN_YUAN, YUAN
from gouji.model.relation import (
    AtMost,
    ChangeRate,
    Direction,
    Equal,
    PriorRate,
    Ratio,
    Sum,
    Term,
)
from tests.check.figures import count, figure, percent, term

FAILING = {"last_digit", "doubtful", "broken", "gross"}
YUAN_AMOUNTS = st.integers(min_value=0, max_value=10**11).map(lambda cents: Decimal(cents) / 100)


def wan(yuan: Decimal) -> str:
    """Print an exact amount in 万元 with two decimals, rounded half up."""
    return str((yuan / 10_000).quantize(Decimal("0.01"), ROUND_HALF_UP))


def rate(value: Decimal) -> str:
    """Print a rate with two decimals, rounded half up."""
    return str(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


@pytest.mark.parametrize(
    ("value", "change", "printed", "direction", "grade", "slip"),
    [
        ("9.07", "0.71", "7.83", -1, "broken", "current_base"),
        ("804.43", "299.5", "27.13", -1, "holds", None),
        ("0.26", "0.19", "268.55", 1, "holds_by_rounding", None),
        ("307.82", "307.82", "100.00", 1, "broken", "zero_base"),
        ("4143.91", "2570.97", "38.28", -1, "last_digit", "truncated"),
        ("9746.50", "1193.20", "13.95", -1, "gross", "wrong_direction"),
        ("19.56", "3.59", "15.31", -1, "broken", None),
    ],
)
def test_a_change_rate_follows_from_value_and_change(  # noqa: PLR0913  # one column a case
    value: str, change: str, printed: str, direction: int, grade: str, slip: str | None
) -> None:
    """The implied prior decides; the named slip is the first hint."""
    verdict = judge(
        ChangeRate(
            subject="收入",
            value=term(value),
            change=term(change),
            rate=percent(printed),
            direction=direction,
        )
    )
    assert verdict.grade == grade
    assert (verdict.slips[0].name if verdict.slips else None) == slip


@pytest.mark.parametrize(
    ("part", "whole", "printed", "grade", "slip"),
    [
        ("9746.50", "10210.34", "95.45", "last_digit", "truncated"),
        ("888.19", "1099.73", "80.7", "last_digit", "truncated"),
        ("0.53", "1.71", "69", "broken", "complement"),
        ("307.82", "0", "95.89", "broken", "zero_base"),
        ("0.00", "0.00", "0.0", "holds", None),
        ("0.00", "0.00", "100", "broken", "zero_by_zero"),
        ("4733.14", "4628.17", "102.27", "holds", None),
        ("120.00", "200.00", "0.60", "gross", "percent_scale"),
    ],
)
def test_a_proportion_is_judged_by_its_corners(
    part: str, whole: str, printed: str, grade: str, slip: str | None
) -> None:
    """Truncation is a last digit; a zero base gives no rate at all."""
    verdict = judge(
        Ratio(subject="x", percent=percent(printed), part=(term(part),), whole=(term(whole),))
    )
    assert verdict.grade == grade
    assert (verdict.slips[0].name if verdict.slips else None) == slip


def test_the_other_budget_is_named_when_it_fits() -> None:
    """完成年初预算 100 % computed on the adjusted budget."""
    verdict = judge(
        Ratio(
            subject="x",
            percent=percent("100"),
            part=(term("1099.73"),),
            whole=(term("1073.78"),),
            others=(Term(figure("1099.73"), "other", "调整后预算数"),),
        )
    )
    assert verdict.grade == "broken"
    assert verdict.slips[0].words["name"] == "调整后预算数"


def test_a_share_that_fits_its_neighbour_is_named_as_swapped() -> None:
    """接待费 69 % beside 用车 31 %, the other way round."""
    verdict = judge(
        Ratio(
            subject="接待费",
            percent=percent("69"),
            part=(term("0.53"),),
            whole=(term("1.71"),),
            siblings=(Term(percent("31").figure, "sibling", "用车"),),
        )
    )
    assert [s.name for s in verdict.slips] == ["swapped"]


def test_two_prints_of_one_number_at_one_precision_cannot_differ() -> None:
    """999.72 beside 999.73 is a last digit although the intervals touch."""
    equal = Equal(subject="x", left=term("999.72"), right=term("999.73"))
    assert judge(equal).grade == "last_digit"


def test_yuan_and_wan_yuan_mix() -> None:
    """7,506,951.79 元 is 750.70 万元, and not 750.69."""
    table = Term(figure("7506951.79", YUAN), "same", "表")
    assert judge(Equal(subject="x", left=term("750.70"), right=table)).grade == "holds"
    assert judge(Equal(subject="x", left=term("750.69"), right=table)).grade == "last_digit"
    assert judge(Equal(subject="x", left=term("7506951.79"), right=table)).grade == "gross"


def test_an_integer_holds_as_printed_and_is_doubted_at_house_precision() -> None:
    """3 万元 beside 3.42 万元: possible as printed, doubtful if written like its neighbours."""
    loose = Equal(subject="x", left=term("3", house=2), right=term("3.42"))
    assert judge(loose).grade == "doubtful"


def test_counts_have_no_rounding() -> None:
    """Five vehicles are not one plus three."""
    counted = Sum(subject="车辆", total=count("5"), parts=(count("1"), count("3")))
    assert judge(counted).grade == "broken"


def test_a_part_above_its_whole_turns_the_statement_over() -> None:
    """Part ≤ whole is gross when broken, and forgiving at the last digit."""
    assert judge(AtMost(subject="x", parts=(term("8.31"),), whole=term("0.30"))).grade == "gross"
    assert judge(AtMost(subject="x", parts=(term("0.31"),), whole=term("0.30"))).grade != "gross"


def test_a_direction_word_against_the_figures_is_gross() -> None:
    """小于 beside a larger figure."""
    said = Direction(subject="x", larger=term("2.85"), smaller=term("3.39"))
    assert judge(said).grade == "gross"


def test_one_part_left_out_is_named() -> None:
    """The total holds without one of the parts."""
    verdict = judge(
        Sum(subject="x", total=term("30.00"), parts=(term("10.00"), term("20.00"), term("5.00")))
    )
    assert verdict.slips[0].name == "part_extra"


@given(parts=st.lists(YUAN_AMOUNTS, min_size=1, max_size=12))
def test_honest_rounding_of_a_sum_is_never_a_finding(parts: list[Decimal]) -> None:
    """Exact amounts that add up, each printed in 万元, hold or hold by rounding."""
    total = term(wan(sum(parts, Decimal(0))))
    verdict = judge(Sum(subject="x", total=total, parts=tuple(term(wan(p)) for p in parts)))
    assert verdict.grade not in FAILING


@given(value=YUAN_AMOUNTS, prior=YUAN_AMOUNTS)
def test_honest_rounding_of_a_change_is_never_a_finding(value: Decimal, prior: Decimal) -> None:
    """A rate computed from exact amounts is reachable from the printed ones."""
    assume(prior > 0)
    assume(value != prior)
    growth = abs(value - prior) / prior * 100
    direction = 1 if value > prior else -1
    printed = {"value": term(wan(value)), "rate": percent(rate(growth)), "direction": direction}
    verdict = judge(ChangeRate(subject="x", change=term(wan(abs(value - prior))), **printed))  # type: ignore[arg-type]  # one dict for both
    if Decimal(wan(value)) - direction * Decimal(wan(abs(value - prior))) != 0:
        assert verdict.grade not in FAILING
    by_prior = judge(PriorRate(subject="x", prior=term(wan(prior)), **printed))  # type: ignore[arg-type]  # one dict for both
    if Decimal(wan(prior)) != 0:
        assert by_prior.grade not in FAILING


@given(part=YUAN_AMOUNTS, rest=YUAN_AMOUNTS)
def test_honest_rounding_of_a_share_is_never_a_finding(part: Decimal, rest: Decimal) -> None:
    """A share computed from exact amounts is reachable from the printed ones."""
    whole = part + rest
    assume(Decimal(wan(whole)) > 0)
    verdict = judge(
        Ratio(
            subject="x",
            percent=percent(rate(part / whole * 100)),
            part=(term(wan(part)),),
            whole=(term(wan(whole)),),
        )
    )
    assert verdict.grade not in FAILING


@given(parts=st.lists(YUAN_AMOUNTS, min_size=2, max_size=8), data=st.data())
def test_a_figure_changed_beyond_rounding_is_found(
    parts: list[Decimal], data: st.DataObject
) -> None:
    """Shift one part by more than all rounding together: the sum breaks."""
    slack = Decimal("0.005") * (len(parts) + 1) + Decimal("0.01")
    shift = data.draw(st.decimals(min_value=slack * 2, max_value=1000, places=2))
    total = term(wan(sum(parts, Decimal(0))))
    printed = [Decimal(wan(p)) for p in parts]
    printed[0] += shift
    verdict = judge(Sum(subject="x", total=total, parts=tuple(term(f"{p:.2f}") for p in printed)))
    assert verdict.grade in {"broken", "gross"}


@given(value=YUAN_AMOUNTS)
def test_the_unit_does_not_matter(value: Decimal) -> None:
    """The same amount in 元 and in 万元 is the same amount."""
    yuan = Term(figure(f"{value:.2f}", YUAN), "same", "元")
    printed = Term(figure(wan(value), WAN_YUAN), "value", "万元")
    assert judge(Equal(subject="x", left=yuan, right=printed)).grade not in FAILING
