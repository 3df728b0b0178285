"""A rule that crashes must show in the figures, not pass for silence."""

from __future__ import annotations

import pytest

from gouji.evaluate import engine
from gouji.evaluate.dataset import Sample
from tests.check.test_degrading import CRASHING, TEXT


def test_a_rule_that_crashes_costs_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "all_rules", lambda: (CRASHING,))
    assert "CHG999" in engine.answer(Sample("s", None, TEXT)).error
