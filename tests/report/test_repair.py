"""One replacement that mends several findings is offered once, and only when it is the only one."""

from __future__ import annotations

from gouji.model.relation import Sum, Term
from tests.report.handmade import Stated, cell, equal, report, rule

SUM, TXT, FOO = rule("SUM001"), rule("TXT001"), rule("FOO001")


def sum_of(total: Term, *parts: Term) -> Sum:
    return Sum(subject="支出", total=total, parts=parts)


def test_a_value_that_mends_two_findings_is_named_with_both() -> None:
    wrong = Term(cell("142.88", 1), "part", "社会保障支出")
    other, total = Term(cell("10.00", 2), "part", "其他"), Term(cell("134.88", 3), "total", "合计")
    stated: Stated = [
        (SUM, sum_of(total, wrong, other)),
        (TXT, equal(wrong.figure, cell("124.88", 4))),
    ]
    sentence = "若社会保障支出为 124.88 万元（所印为 142.88 万元），则 F1、F2 的矛盾同时消除。"
    assert [f.suggestions for f in report(stated).findings] == [(sentence,), (sentence,)]


def test_a_value_that_breaks_what_holds_is_not_offered() -> None:
    wrong = Term(cell("142.88", 1), "part", "社会保障支出")
    other, total = Term(cell("10.00", 2), "part", "其他"), Term(cell("134.88", 3), "total", "合计")
    stated: Stated = [
        (SUM, sum_of(total, wrong, other)),
        (TXT, equal(wrong.figure, cell("124.88", 4))),
        (FOO, equal(wrong.figure, cell("142.88", 5))),
    ]
    assert all("同时消除" not in "".join(f.suggestions) for f in report(stated).findings)


def test_two_values_that_would_do_equally_well_are_not_offered() -> None:
    wrong = cell("1.00", 1)
    stated: Stated = [(TXT, equal(wrong, cell("2.00", 2))), (FOO, equal(wrong, cell("3.00", 3)))]
    assert all(not f.suggestions for f in report(stated).findings)


def test_a_total_that_something_else_confirms_is_not_called_wrong() -> None:
    wrong = Term(cell("12.00", 1), "part", "农林水支出")
    other, total = Term(cell("10.00", 2), "part", "其他"), Term(cell("30.00", 3), "total", "合计")
    stated: Stated = [
        (SUM, sum_of(total, wrong, other)),
        (TXT, equal(total.figure, cell("30.00", 4))),
    ]
    failing = [f for f in report(stated).findings if f.rule == "SUM001"]
    assert [f.suggestions for f in failing] == [()]


def test_the_only_part_that_nothing_confirms_is_the_one_to_look_at() -> None:
    wrong = Term(cell("12.00", 1), "part", "农林水支出")
    other, total = Term(cell("10.00", 2), "part", "其他"), Term(cell("30.00", 3), "total", "合计")
    stated: Stated = [
        (SUM, sum_of(total, wrong, other)),
        (TXT, equal(total.figure, cell("30.00", 4))),
        (FOO, equal(other.figure, cell("10.00", 5))),
    ]
    (finding,) = report(stated).findings
    assert finding.suggestions == ("若农林水支出为 20.00 万元，则成立。",)
