"""Scoring schemes: any known one is accepted, and only a wrong sign speaks."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.check.judge import FAILING
from gouji.check.rule import all_rules
from gouji.check.run import run_rules
from gouji.check.scoring import (
    band_score,
    execution_score_fits,
    grade_fits,
    ladder_scores,
    proportional,
    reached,
    steep,
)
from gouji.extract import extract
from gouji.extract.indicators.ladder import read_ladder
from gouji.extract.indicators.values import read_actual, read_target, score_figure
from gouji.model.figure import Figure
from gouji.model.place import Place
from gouji.read import read_text
from gouji.understand import understand

HERE = Place("", 0, 0)
SAMPLES = Path(__file__).parents[2] / "fixtures" / "documents" / "self-evaluation"
MINE = [r for r in all_rules() if r.code[:3] in ("IND", "DEF")]


def _score(text: str) -> Figure:
    figure = score_figure(text, HERE)
    assert figure is not None
    return figure


@given(st.fractions(0, 2), st.integers(1, 50))
def test_no_scheme_gives_more_than_the_weight(ratio: Fraction, weight: int) -> None:
    assert 0 <= proportional(Fraction(weight), ratio) <= weight
    assert 0 <= steep(Fraction(weight), ratio) <= weight


@pytest.mark.parametrize(
    ("rate", "score", "fits"),
    [("0.875", "8.75", True), ("0.875", "7", True), ("0.92", "10", True), ("0.5", "10", False)],
)
def test_national_local_and_generous_execution_scores_fit(
    rate: str, score: str, *, fits: bool
) -> None:
    assert execution_score_fits(_score(score), _score("10"), Fraction(rate)) is fits


@pytest.mark.parametrize(
    ("target", "actual", "name", "met"),
    [
        ("≥3万人次", "31200人次", "到馆人次", True),
        ("≥3万人次", "29000人次", "到馆人次", False),
        ("≤320000元", "14万元", "项目成本", True),
        ("≤10天", "0", "用时", True),
        ("85%", "100%", "满意度", True),
        ("20天", "26天", "处理时限", None),
        ("≥90%", "≥90%", "满意度", None),
        ("≥5场", "基本达成目标", "场次", None),
        ("≥5场", "12个", "场次", None),
    ],
)
def test_a_target_is_met_missed_or_undecided(
    target: str, actual: str, name: str, *, met: bool | None
) -> None:
    assert reached(read_target(target, HERE), read_actual(actual, HERE), name) is met


def test_whole_and_begun_steps_are_both_possible() -> None:
    ladder = read_ladder("控制率为100%的得2分,绝对值每高于20个百分点扣0.5分,扣完为止", HERE)
    assert Decimal("1.0") in ladder_scores(ladder, Decimal(143))
    assert Decimal(2) not in ladder_scores(ladder, Decimal(143))


def test_a_boundary_belongs_to_both_bands() -> None:
    ladder = read_ladder("=100%得3分;90%(含)-100%得2分;80%(含)-90%得1分;<80%得0分", HERE)
    assert set(band_score(ladder, Decimal(90))) == {Decimal(2), Decimal(1)}


@pytest.mark.parametrize(
    ("grade", "score", "fits"),
    [
        ("优", "90", True),
        ("优秀", "89.9", False),
        ("良", "80", True),
        ("差", "59", True),
        ("一等", "95", None),
    ],
)
def test_grades_follow_their_thresholds(grade: str, score: str, *, fits: bool | None) -> None:
    assert grade_fits(grade, Decimal(score)) is fits


@pytest.mark.parametrize(
    ("name", "expected"),
    [("project", {"IND006", "IND008"}), ("overall", {"IND005", "IND016", "IND025"})],
)
def test_the_planted_slips_are_found_and_nothing_else(name: str, expected: set[str]) -> None:
    """Each sample's README lists its slips; no other relation fails."""
    document = read_text((SAMPLES / f"{name}.txt").read_text("utf-8"), name)
    ledger = run_rules(extract(document, understand(document)), MINE)
    failing = [j.rule.code for j in ledger.judged if j.verdict.grade in FAILING]
    assert sorted(failing) == sorted(expected)
