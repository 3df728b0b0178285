"""How far a check is comes from its worker, and from nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.model.stage import STAGES, Step
from gouji.pipeline import examine
from gouji.screen.hearing import parsed
from gouji.screen.limits import Limits
from gouji.screen.outcome import Checked, Options, Submission
from gouji.screen.pool import Workers

SAMPLE = Path(__file__).resolve().parents[2] / "fixtures/documents/wanyuan-faulty/report.pdf"


def test_the_pipeline_tells_each_page_and_each_stage_in_their_order() -> None:
    told: list[Step] = []
    pages = examine(SAMPLE, hear=told.append).report.document.pages
    assert told[0] == Step("reading")
    assert [s.page for s in told if s.stage == "reading"] == [*range(pages + 1)]
    assert {s.pages for s in told[1:] if s.stage == "reading"} == {pages}
    assert list(dict.fromkeys(s.stage for s in told)) == list(STAGES[:-1])


def test_a_worker_process_tells_the_program_that_asked() -> None:
    told: list[tuple[str, Step]] = []
    with Workers(1, Limits(), heard=lambda place, step: told.append((place, step))) as workers:
        outcome = workers.examine(Submission(str(SAMPLE)), Options())
        workers.renew()
        again = workers.examine(Submission(str(SAMPLE)), Options())
    assert isinstance(outcome, Checked)
    assert isinstance(again, Checked)
    assert {place for place, _ in told} == {str(SAMPLE)}
    stages = [step.stage for _, step in told]
    assert list(dict.fromkeys(stages)) == list(STAGES)
    assert stages.count("reporting") == 2
    last = [step for _, step in told if step.stage == "reading"][-1]
    assert last.page == last.pages == outcome.document.pages


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b'["a","reading",-1,3]',
        b'["a","reading",4,3]',
        b'["a","done",0,0]',
        b'["a",["reading"],0,0]',
        b'[1,"reading",1,3]',
        b'["a","reading","1","3"]',
        b'["a","reading",1,99999999]',
        b"[" * 5000,
    ],
)
def test_a_line_that_no_worker_of_ours_would_send_is_not_believed(line: bytes) -> None:
    assert parsed(line) is None
