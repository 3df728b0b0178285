"""Thirty wordings the grammars do not know: with a model that reads rightly, hybrid reads them all."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="the llm extra is not installed")

from gouji import check_document
from gouji.llm.scripted import Scripted

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "eval" / "llm"))
cascade = import_module("cascade")
odd = import_module("odd")


def test_a_right_model_lifts_recall_from_nothing_to_nearly_all() -> None:
    """`python eval/llm/cascade.py` runs the 200 documents of the full measure."""
    odds = list(odd.documents(10))
    rules = cascade.measure(odds, None)
    hybrid = cascade.measure(odds, Scripted(odd.perfect))
    assert rules["claims"][0] == 0
    for measure in ("claims", "planted"):
        hits, total = hybrid[measure]
        assert hits >= 0.97 * total > 0
    assert hybrid["false"][0] == 0


def test_a_model_that_quotes_rightly_and_means_nothing_raises_hardly_a_false_warning() -> None:
    odds = list(odd.documents(25))
    false, statements = cascade.measure(odds, Scripted(odd.quoting_liar(5)))["false"]
    assert false <= 0.02 * statements
    for document in odds[:5]:
        report = check_document(document.text, model=Scripted(odd.quoting_liar(7)))
        assert all(f.severity != "error" for f in report.findings)


def test_every_wording_is_used_and_none_is_read_by_the_rules() -> None:
    every = {t.wording.text for d in odd.documents(5) for t in d.truths}
    assert len(every) == len(odd.WORDINGS) == 30


def test_hybrid_sends_a_small_part_of_a_real_document(corpus: Path) -> None:
    shares = [sent.share for p in sorted(corpus.rglob("*.pdf")) if (sent := cascade.sent(p))]
    assert shares
    assert max(shares) <= 0.15
