"""What every scorer must hold, whatever the document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.evaluate.dataset import Sample
from gouji.evaluate.draft import draft_of
from gouji.evaluate.engine import answer
from gouji.evaluate.figures import FIGURES, info
from gouji.evaluate.gold import claims as claims_of
from gouji.evaluate.gold import findings as findings_of
from gouji.evaluate.gold import grids as grids_of
from gouji.evaluate.gold import performances, tables
from gouji.evaluate.labels import (
    Answer,
    Edit,
    FindingLabel,
    Found,
    GridCell,
    GridText,
    Labels,
    Plant,
    Slots,
    Spot,
    Standing,
)
from gouji.evaluate.scorers import score
from gouji.evaluate.scorers.scored import Scored, total
from tests.evaluate.echo import answer_from, found
from tests.evaluate.strategies import findings, labels


def perfect(scored: Scored) -> None:
    for name, (part, whole) in scored.ratios.items():
        if info(name).better == "higher":
            assert part == whole, name
        elif not name.startswith("cost."):
            assert part == 0, name
    assert scored.wrong == []


def of(scored: Scored, name: str) -> str:
    part, whole = scored.ratios[name]
    return f"{part:g}/{whole:g}"


@given(labels)
def test_labels_scored_against_themselves_are_perfect_everywhere(known: Labels) -> None:
    perfect(score(known, answer_from(known)))


@given(findings(smallest=1), st.data())
def test_a_dropped_finding_lowers_recall_by_exactly_one_in_n(
    known: tuple[FindingLabel, ...], data: st.DataObject
) -> None:
    dropped = data.draw(st.integers(0, len(known) - 1))
    kept = tuple(found(x) for i, x in enumerate(known) if i != dropped)
    scored = score(Labels(findings=known), Answer(findings=kept))
    assert scored.ratios["findings.recall"] == (len(known) - 1, len(known))


@given(st.lists(labels, max_size=5), st.randoms())
def test_the_order_of_samples_changes_nothing(known: list[Labels], random: Random) -> None:
    scores = [score(x, answer_from(x)) for x in known]
    shuffled = random.sample(scores, len(scores))
    assert total(scores) == total(shuffled)


def test_every_figure_a_scorer_adds_has_a_name() -> None:
    known = Labels(findings=(FindingLabel("X", ("一处矛盾的话",), "count"),), silent=(), clean=True)
    for scored in (
        score(known, answer_from(known)),
        score(Labels(consistent=False, text="x"), Answer()),
        score(Labels(consistent=True), Answer()),
    ):
        assert {name.partition("[")[0] for name in scored.ratios} <= set(FIGURES)


@pytest.mark.parametrize("suffix", ["txt", "pdf"])
@pytest.mark.parametrize("slug", ["yuan-clean", "self-evaluation"])
def test_a_draft_scored_against_its_own_answer_is_perfect(
    root: Path, slug: str, suffix: str
) -> None:
    """Every layer survives the way into a file of labels and back."""
    name = "project" if slug == "self-evaluation" else "report"
    said = answer(Sample("x", root / f"fixtures/documents/{slug}/{name}.{suffix}"))
    draft = draft_of(said)
    drafted = Labels(
        grids=grids_of(draft["grids"]),
        tables=tables(draft["tables"]),
        performance=performances(draft["tables"]),
        claims=claims_of(draft["claims"]),
        findings=findings_of(draft["findings"]),
    )
    scored = score(drafted, replace(said, cost=None, coverage={}))
    assert [w for w in scored.wrong if not w.startswith("陈述多读")] == []
    assert scored.ratios["grids.cells"][0] > 0
    for figure in ("tables.cells", "indicators.fields", "budgets.fields", "claims.recall"):
        part, whole = scored.ratios.get(figure, (0, 0))
        assert part == whole, figure


# --- claims ----------------------------------------------------------------------------------


def claim(**said: object) -> Slots:
    return Slots(**{"type": "level", "start": 0, "end": 9, "value": "9.07", **said})  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    "ours",
    [
        claim(value="9.08"),
        claim(type="share"),
        claim(start=20, end=29),
    ],
)
def test_another_value_type_or_place_is_missed_and_extra(ours: Slots) -> None:
    scored = score(Labels(claims=(claim(),)), Answer(claims=(ours,)))
    assert of(scored, "claims.f1") == "0/2"


def test_trailing_zeros_are_no_difference() -> None:
    scored = score(Labels(claims=(claim(value="9.10"),)), Answer(claims=(claim(value="9.1"),)))
    assert of(scored, "claims.recall") == "1/1"


def test_a_label_of_pasted_text_meets_a_claim_of_a_page_by_its_quote() -> None:
    quote = "本年收入合计 9.07 万元"
    ours = claim(page=3, start=700, end=720, quote="本年收入合计9.07万元")
    scored = score(Labels(claims=(claim(quote=quote),)), Answer(claims=(ours,)))
    assert of(scored, "claims.recall") == "1/1"


def test_an_optional_label_counts_on_neither_side() -> None:
    known = Labels(claims=(claim(optional=True),))
    assert "claims.recall" not in score(known, Answer()).ratios
    assert "claims.precision" not in score(known, Answer(claims=(claim(),))).ratios


def test_a_sentence_is_perfect_only_without_misses_and_inventions() -> None:
    text = "本年收入9.07万元，支出8元。上年无收入。"
    known = Labels(text=text, claims=(claim(), claim(start=10, end=14, value="8")))
    assert of(score(known, Answer(claims=known.claims or ())), "claims.sentences") == "1/1"
    assert score(known, Answer(claims=(claim(),))).ratios["claims.sentences"] == (0, 1)


# --- grids -----------------------------------------------------------------------------------


def grid(*texts: str, colspan: int = 1) -> GridText:
    cells = tuple(GridCell(0, n, t, 1, colspan) for n, t in enumerate(texts))
    return GridText(1, len(texts), cells)


def test_a_wrong_cell_costs_its_cell_and_part_of_the_tree() -> None:
    scored = score(Labels(grids=(grid("甲", "乙", "丙"),)), Answer(grids=(grid("甲", "乙", "丁"),)))
    assert of(scored, "grids.cells") == "2/3"
    likeness, count = scored.ratios["grids.teds"]
    assert count == 1
    assert 0.7 < likeness < 1


def test_a_wrong_span_costs_the_span_not_the_text() -> None:
    scored = score(Labels(grids=(grid("甲", colspan=2),)), Answer(grids=(grid("甲"),)))
    assert of(scored, "grids.cells") == "1/1"
    assert of(scored, "grids.spans") == "0/1"


def test_a_grid_that_shares_nothing_is_missing() -> None:
    scored = score(Labels(grids=(grid("甲", "乙"),)), Answer(grids=(grid("丙", "丁"),)))
    assert of(scored, "grids.found") == "0/1"


# --- plants ----------------------------------------------------------------------------------

PLANT = Plant("p", "digit_transposed", (Edit(10, 12, "987"),), cascade=((30, 34),))


def finding(start: int, end: int, *, severity: str = "error", rule: str = "SUM001") -> Found:
    return Found("F1", rule, "broken", severity, "high", "", (Spot("…", start, end),))


@pytest.mark.parametrize("place", [(10, 13), (31, 35)])
def test_a_plant_is_found_at_its_place_or_at_its_partner(place: tuple[int, int]) -> None:
    """The edit is a character longer: what stood at 30 stands at 31."""
    scored = score(Labels(plants=(PLANT,)), Answer(findings=(finding(*place),)))
    assert of(scored, "plants.found") == "1/1"
    assert of(scored, "plants.strays") == "0/1"


def test_a_finding_elsewhere_is_a_stray() -> None:
    scored = score(Labels(plants=(PLANT,)), Answer(findings=(finding(50, 55),)))
    assert of(scored, "plants.found") == "0/1"
    assert of(scored, "plants.strays") == "1/1"


def test_a_note_finds_only_slips_of_form() -> None:
    said = Answer(findings=(finding(10, 13, severity="note"),))
    assert of(score(Labels(plants=(PLANT,)), said), "plants.found") == "0/1"
    assert of(score(Labels(plants=(replace(PLANT, quiet=True),)), said), "plants.found") == "1/1"


def test_what_stood_there_before_is_not_the_plant() -> None:
    said = Answer(findings=(finding(31, 35),), standing=(Standing("SUM001", ((30, 34),)),))
    assert of(score(Labels(plants=(PLANT,)), said), "plants.found") == "0/1"


def test_a_control_must_stay_silent_above_note() -> None:
    control = Labels(plants=(replace(PLANT, control=True),))
    quiet = score(control, Answer(findings=(finding(10, 13, severity="note"),)))
    loud = score(control, Answer(findings=(finding(10, 13, severity="warning"),)))
    assert of(quiet, "controls.alarms") == "0/1"
    assert of(loud, "controls.alarms") == "1/1"
    assert of(loud, "controls.errors") == "0/1"


# --- scans -----------------------------------------------------------------------------------

REFUSED = "a.pdf：整个 PDF 没有文字层（可能是扫描件）；请先做文字识别（OCR）再读。"


def test_a_scan_is_answered_by_saying_so() -> None:
    scored = score(Labels(pictures="all"), Answer(error=REFUSED))
    assert of(scored, "pictures.told") == "1/1"
    assert of(scored, "pictures.claimed") == "0/1"
    assert "answered" not in scored.ratios
    assert scored.wrong == []


@pytest.mark.parametrize("said", [Answer(), Answer(error="内部出错：ValueError()")])
def test_a_scan_checked_as_a_text_or_crashed_on_is_wrong(said: Answer) -> None:
    assert of(score(Labels(pictures="all"), said), "pictures.told") == "0/1"


def test_what_is_claimed_of_a_scan_is_counted() -> None:
    said = Answer(findings=(finding(10, 13),), claims=(claim(),))
    assert of(score(Labels(pictures="all"), said), "pictures.claimed") == "2/1"


def test_every_page_that_is_a_picture_must_be_named() -> None:
    whole = Answer(unread=("第 3、5 页没有文字层（图片），未能读取。",))
    part = Answer(unread=("第 3 页没有文字层（图片），未能读取。",))
    assert of(score(Labels(pictures=(3, 5)), whole), "pictures.told") == "1/1"
    assert of(score(Labels(pictures=(3, 5)), part), "pictures.told") == "0/1"
