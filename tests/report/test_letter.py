"""The query letter, opened with python-docx: neutral questions, one a cause, on one page."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest

from gouji.messages import Catalogue
from gouji.model.examined import Examined
from gouji.model.report import Decision, Finding
from gouji.pipeline import examine
from gouji.report.letter import LINES, render
from gouji.report.questions import height, letter_of, on_one_page, questions_of
from tests.report.hostile import hostile

FAULTY = Path(__file__).resolve().parents[2] / "fixtures/documents/wanyuan-faulty/report.pdf"


@pytest.fixture(scope="module")
def faulty() -> Examined:
    return examine(FAULTY)


def lines(examined: Examined, lang: Catalogue | None = None) -> list[str]:
    """Return every paragraph of the letter, those of its annex too."""
    letter = docx.Document(BytesIO(render(examined, b"", lang or Catalogue())))
    cells = [c.text for table in letter.tables for row in table.rows for c in row.cells]
    return [*(p.text for p in letter.paragraphs), *cells]


def with_findings(examined: Examined, findings: tuple[Finding, ...]) -> Examined:
    report = examined.report.model_copy(update={"findings": findings})
    return Examined(examined.disclosure, report, examined.fates, examined.rules)


def test_the_letter_is_addressed_and_leaves_number_date_and_seal_open(faulty: Examined) -> None:
    told = lines(faulty)
    assert told[0] == "关于核实2024 年度决算公开有关数据的函"
    assert "云岫市青屏区水务局：" in told
    assert "〔　　　　〕　　　号" in told
    assert "（发函单位盖章）　　　　" in told
    assert "　　　　年　　月　　日　　　　" in told


def test_it_asks_and_does_not_judge(faulty: Examined) -> None:
    told = "".join(lines(faulty))
    assert "请核实并说明" in told
    assert "第 10 页" in told
    for judgement in ("不能同时成立", "错误", "疑", "矛盾", "若增减率为"):
        assert judgement not in told


def test_one_cause_is_one_question(faulty: Examined) -> None:
    weighty = [f for f in faulty.report.findings if f.severity != "note"]
    causes = {f.cluster or f.id for f in weighty}
    asked = questions_of(faulty.report, Catalogue())
    assert len(asked) == len(causes)
    assert sum(len(q.statements) for q in asked) == len(weighty)


def test_notes_and_dismissed_findings_are_left_out(faulty: Examined) -> None:
    first = faulty.report.findings[0]
    report = faulty.report.decided({first.fingerprint: Decision(status="dismissed", reason="x")})
    told = "".join(lines(Examined(faulty.disclosure, report, faulty.fates)))
    assert "13.5%" not in told
    assert "增加（减少）" not in told
    assert "63.0%" in told


def test_a_typical_letter_has_no_annex(faulty: Examined) -> None:
    letter = on_one_page(questions_of(faulty.report, Catalogue()), LINES)
    assert letter.annex == []
    assert sum(map(height, letter.questions)) <= LINES


def test_what_does_not_fit_is_counted_and_stands_in_the_annex(faulty: Examined) -> None:
    again = tuple(
        f.model_copy(update={"id": f"F{n}", "cluster": None})
        for n, f in enumerate(faulty.report.findings * 5, 1)
    )
    many = with_findings(faulty, again)
    asked = questions_of(many.report, Catalogue())
    letter = on_one_page(asked, LINES)
    assert sum(map(height, letter.questions)) <= LINES
    assert letter.left == len(asked) - len(letter.questions) > 0
    told = lines(many)
    assert f"其余 {letter.left} 处见附表。" in told
    assert sum(t.endswith("。") and "一致" in t for t in told) >= len(asked) - 5


def test_a_cause_of_many_findings_is_cut_and_goes_on_in_the_annex(faulty: Examined) -> None:
    one = tuple(f.model_copy(update={"cluster": "C1"}) for f in faulty.report.findings[:9])
    (question,) = questions_of(with_findings(faulty, one).report, Catalogue())
    letter = on_one_page([question], LINES)
    assert [len(q.statements) for q in (*letter.questions, *letter.annex)] == [4, 5]
    assert letter.annex[0].number == letter.questions[0].number


def test_nothing_to_ask_says_so(faulty: Examined) -> None:
    assert "没有需要请贵单位核实的事项，本函不必发出。" in lines(with_findings(faulty, ()))


def test_the_same_findings_give_the_same_bytes(faulty: Examined) -> None:
    assert render(faulty, b"", Catalogue()) == render(faulty, b"", Catalogue())


def test_the_english_letter_is_english_and_as_neutral() -> None:
    told = " ".join(lines(examine(FAULTY, lang="en"), Catalogue("en")))
    assert "Please verify and explain" in told
    assert "do not agree" in told
    assert "cannot both be true" not in told


def test_hostile_text_is_text() -> None:
    told = "".join(lines(hostile()))
    assert "<script>alert(1)</script>" in told
    assert "[U+202E]" in told
    assert "\ufffd" in told


def test_an_endless_line_is_cut() -> None:
    assert max(map(len, lines(hostile(endless=True)))) < 1000


def test_eight_findings_stand_on_one_page_however_long_they_are(faulty: Examined) -> None:
    long = faulty.report.findings[0].model_copy(
        update={"message": "收入合计 12.30 万元（第 3 页）与支出合计 12.80 万元不能同时成立；" * 9}
    )
    apart = tuple(
        long.model_copy(update={"id": f"F{n}", "fingerprint": f"{n}", "cluster": None})
        for n in range(1, 9)
    )
    together = tuple(f.model_copy(update={"cluster": "c"}) for f in apart)
    for findings in (apart, together):
        report = with_findings(faulty, findings).report
        letter = letter_of(report, Catalogue(), LINES)
        assert letter.annex == []
        assert sum(map(height, letter.questions)) <= LINES
    nine = (*apart, long.model_copy(update={"id": "F9", "fingerprint": "9"}))
    assert letter_of(with_findings(faulty, nine).report, Catalogue(), LINES).annex


def test_a_reproach_is_put_mildly_and_a_quote_stays_as_printed(faulty: Examined) -> None:
    first = faulty.report.findings[0].model_copy(
        update={
            "message": "公开单位是甲局，此处却写乙局，文中写“却写丙局”，甲超过了乙，不能同时成立。"
        }
    )
    (question,) = questions_of(with_findings(faulty, (first,)).report, Catalogue())
    assert question.statements == (
        "公开单位是甲局，此处写作乙局，文中写“却写丙局”，甲大于乙，两者不一致",
    )
