"""Confidence is shown level by level, and a level with too few findings says so."""

from __future__ import annotations

from gouji.evaluate.calibration import FEW, NONE, TOO_FEW, calibration
from gouji.evaluate.intervals import Estimate


def estimate(part: int, whole: int) -> Estimate:
    return Estimate(part / whole, 0.0, 1.0, part, whole, whole)


def test_every_level_is_listed_with_what_may_be_said_of_it() -> None:
    measured = {"confidence[high]": estimate(60, FEW * 2), "confidence[medium]": estimate(2, 3)}
    levels = calibration(measured)
    assert [(level.confidence, level.verdict) for level in levels] == [
        ("high", ""),
        ("medium", TOO_FEW),
        ("low", NONE),
    ]


def test_where_no_finding_was_judged_there_is_nothing_to_calibrate() -> None:
    assert calibration({"claims.recall": estimate(1, 1)}) == ()
