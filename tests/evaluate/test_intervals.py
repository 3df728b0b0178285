"""Intervals and the paired test."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gouji.evaluate.intervals import estimate, paired_p, wilson

ratios = st.lists(
    st.integers(1, 20).flatmap(lambda w: st.tuples(st.integers(0, w), st.just(w))),
    min_size=1,
    max_size=20,
)


@given(ratios)
def test_an_interval_holds_its_value(drawn: list[tuple[int, int]]) -> None:
    e = estimate([(float(p), float(w)) for p, w in drawn], share=True)
    assert e.low <= e.value + 1e-9
    assert e.value <= e.high + 1e-9


def test_ten_of_ten_is_not_certain() -> None:
    low, high = wilson(10, 10)
    assert 0.72 < low < 0.73
    assert high > 0.999


def test_the_same_samples_give_the_same_interval() -> None:
    drawn = [(3.0, 5.0), (4.0, 4.0), (0.0, 7.0)]
    assert estimate(drawn, share=True) == estimate(drawn, share=True)


@given(ratios)
def test_a_run_does_not_differ_from_itself(drawn: list[tuple[int, int]]) -> None:
    same = [(float(p), float(w)) for p, w in drawn]
    assert paired_p(same, same) == 1


def test_one_changed_sample_is_never_significant_and_ten_are() -> None:
    before, after = [(1.0, 1.0)] * 10, [(0.0, 1.0)] * 10
    assert paired_p(before, [*before[1:], (0.0, 1.0)]) == 1
    assert paired_p(before, after) < 0.01


def test_the_test_is_the_same_both_ways() -> None:
    one = [(1.0, 2.0), (5.0, 9.0), (0.0, 3.0), (2.0, 2.0)]
    two = [(2.0, 2.0), (3.0, 9.0), (1.0, 3.0), (2.0, 2.0)]
    assert paired_p(one, two) == paired_p(two, one)
