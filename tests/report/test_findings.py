"""From the ledger to the findings a reader gets: weight, order, identity, merging, coverage."""

from __future__ import annotations

from dataclasses import replace

from gouji.model.claim import PrintedNumber
from gouji.model.figure import Misread
from gouji.model.relation import Breach, NotChecked, Term
from tests.report.handmade import (
    PROSE,
    Stated,
    cell,
    disclosure,
    equal,
    figure,
    report,
    rule,
    table,
    wrong_base,
    wrong_sum,
)

CHG, SUM, TXT, REP, FOO = (rule(c) for c in ("CHG001", "SUM001", "TXT001", "REP001", "FOO001"))


def test_a_broken_relation_is_an_error_and_the_rule_may_cap_it() -> None:
    assert report([(CHG, wrong_base())]).findings[0].severity == "error"
    capped = report([(rule("CHG001", at_most="warning"), wrong_base())])
    assert capped.findings[0].severity == "warning"


def test_a_relation_that_is_not_certain_is_never_more_than_a_warning() -> None:
    usual = report([(CHG, replace(wrong_base(), severe=False))])
    loose = report([(CHG, replace(wrong_base(), minor=True))])
    assert usual.findings[0].severity == "warning"
    assert loose.findings[0].severity == "note"


def test_findings_come_worst_first_and_are_numbered_in_that_order() -> None:
    found = report([(SUM, replace(wrong_sum(), minor=True)), (CHG, wrong_base())]).findings
    assert [(f.id, f.rule, f.severity) for f in found] == [
        ("F1", "CHG001", "error"),
        ("F2", "SUM001", "note"),
    ]


def test_relations_that_hold_yield_no_finding_but_stay_in_the_ledger() -> None:
    same = equal(figure("9.07"), figure("9.07", nth=1))
    result = report([(REP, same)])
    assert result.findings == ()
    assert [c.grade for c in result.checks] == ["holds"]
    assert result.summary.headline.startswith("没有发现")


def test_every_finding_quotes_the_clause_and_every_figure() -> None:
    (finding,) = report([(CHG, wrong_base())]).findings
    assert [e.role for e in finding.evidence] == ["statement", "rate", "change", "value"]
    for evidence in finding.evidence:
        assert PROSE[evidence.start : evidence.end] == evidence.quote


def test_a_fingerprint_survives_corrections_elsewhere_and_not_its_own() -> None:
    (before,) = report([(CHG, wrong_base())]).findings
    moved = "新增的一段，与此无关。\n" + PROSE
    (after,) = report([(CHG, wrong_base(moved))], disclosure(text=moved)).findings
    assert after.evidence[0].start != before.evidence[0].start
    assert after.fingerprint == before.fingerprint
    mended = PROSE.replace("9.07 万元，比上年", "9.17 万元，比上年")
    relation = replace(
        wrong_base(mended.replace("9.17", "9.07", 1)),
        value=Term(figure("9.17", text=mended), "value", "本年收入"),
    )
    (changed,) = report([(CHG, relation)], disclosure(text=mended)).findings
    assert changed.fingerprint != before.fingerprint


def test_two_findings_never_share_a_fingerprint() -> None:
    twice = [
        (CHG, equal(cell("1.00", 1), cell("2.00", 2))),
        (CHG, equal(cell("1.00", 3), cell("2.00", 4))),
    ]
    prints = [f.fingerprint for f in report(twice).findings]
    assert len(set(prints)) == 2


def test_the_same_figures_under_two_rules_are_one_finding_of_the_more_specific_rule() -> None:
    pair = equal(figure("3.00"), figure("5.00"))
    result = report([(REP, pair), (TXT, pair)])
    assert [f.rule for f in result.findings] == ["TXT001"]
    assert len(result.checks) == 2, "the ledger keeps both"


def test_last_digit_notes_of_one_table_are_one_note_with_all_evidence() -> None:
    prints = ("10.00", "10.02", "20.00", "20.02", "30.00", "30.02")
    cells = [cell(quote, row) for row, quote in enumerate(prints, 1)]
    pairs = [(FOO, equal(cells[i], cells[i + 1])) for i in (0, 2, 4)]
    result = report(pairs, disclosure(tables=(table(*cells),)))
    (note,) = result.findings
    assert (note.severity, note.grade) == ("note", "last_digit")
    assert len(note.evidence) == 6
    assert "3 处" in note.message
    assert result.summary.last_digit == 3


def test_findings_that_share_a_figure_share_a_cluster() -> None:
    shared = figure("9.07")
    stated: Stated = [
        (CHG, wrong_base()),
        (TXT, equal(shared, figure("3.00"))),
        (SUM, wrong_sum()),
    ]
    found = {f.rule: f.cluster for f in report(stated).findings}
    assert found["CHG001"] == found["TXT001"] == "C1"
    assert found["SUM001"] is None or found["SUM001"] == "C1"


def test_confidence_follows_the_evidence() -> None:
    clean, misread = cell("1.00", 1), cell("2.00", 2, misread=Misread.SPLIT_DIGITS)
    pair = equal(clean, cell("2.00", 2))
    ruled = report([(FOO, pair)], disclosure(tables=(table(clean),)))
    rebuilt = report([(FOO, pair)], disclosure(tables=(table(clean),), ruled=False))
    doubtful = report([(FOO, equal(clean, misread))], disclosure(tables=(table(clean),)))
    assert [r.findings[0].confidence for r in (ruled, rebuilt, doubtful)] == [
        "high",
        "medium",
        "low",
    ]


def test_a_place_is_named_as_a_reader_would() -> None:
    one, two = cell("1.00", 1), cell("2.00", 2)
    (finding,) = report([(FOO, equal(one, two))], disclosure(tables=(table(one, two),))).findings
    assert "第 3 页 / 公开03表 2080501 行 基本支出 栏" in finding.message
    assert (finding.evidence[0].table, finding.evidence[0].row) == ("公开03表", "2080501")
    (prose,) = report([(CHG, wrong_base())]).findings
    assert "第 2 行" in prose.message


def test_every_number_is_counted_once_by_what_became_of_it() -> None:
    def number(quote: str, use: str, nth: int = 0) -> PrintedNumber:
        return PrintedNumber(figure(quote, nth=nth).place, 0, use)  # type: ignore[arg-type]  # the test names the literals

    numbers = (
        number("9.07", "claimed"),
        number("0.71", "claimed"),
        number("7.83", "unread"),
        number("3.00", "claimed"),
        number("5.00", "unread"),
        number("9.07", "not_a_quantity", nth=1),
    )
    one = cell("1.00", 1)
    of = disclosure(numbers=numbers, tables=(table(one),))
    counted = report([(CHG, wrong_base())], of).coverage
    assert (counted.numbers, counted.checked, counted.read) == (7, 3, 2)
    assert (counted.not_a_quantity, counted.unread) == (1, 1)
    assert counted.share_checked == "50.0"


def test_a_relation_that_was_not_checked_checks_no_number() -> None:
    place = figure("9.07").place
    of = disclosure(numbers=(PrintedNumber(place, 0, "claimed"),))
    stated = NotChecked(subject="收入", reason="no_ratios", evidence=(("value", place),))
    result = report([(CHG, stated)], of)
    assert (result.coverage.checked, result.coverage.read) == (0, 1)
    assert result.checks[0].reason == "正文中没有列出算式的比率"


def test_pattern_findings_of_two_rules_about_one_passage_both_stand() -> None:
    place = figure("9.07").place
    breach = Breach(
        subject="",
        grade="broken",
        message="{subject}变动为零，应写“持平”",
        words={"subject": "收入"},
        evidence=(("statement", place),),
    )
    result = report([(rule("RES001"), breach), (rule("DAT001"), breach)])
    assert sorted(f.rule for f in result.findings) == ["DAT001", "RES001"]
    assert result.findings[0].message == "收入变动为零，应写“持平”（第 2 行）。"


def test_rules_that_were_not_selected_are_listed_as_skipped() -> None:
    result = report([])
    assert {s.reason for s in result.skipped} == {"按选项没有执行"}


def test_what_could_not_be_read_stands_in_the_ledger() -> None:
    of = disclosure()
    of = replace(
        of, document=replace(of.document, notes=("第 2 页没有文字层（图片），未能读取。",))
    )
    result = report([], of)
    assert [(c.rule, c.grade) for c in result.checks] == [("READ", "not_checked")]
    assert "第 2 页" in result.checks[0].reason
