"""Footing: what each published table must add up to, and what may not be concluded from it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.check.judge import FAILING, judge
from gouji.check.rule import Rule, all_rules
from gouji.check.run import run_rules
from gouji.check.terms import terms_of
from gouji.model.figure import WAN_YUAN, YUAN, Figure, Unit
from gouji.model.finding import Verdict
from gouji.model.relation import Breach
from gouji.model.tables import Row, Table
from tests.check.published import (
    CODES,
    ECONOMIC,
    SMALL,
    Accounts,
    Balance,
    Item,
    disclosure,
    printed,
    reprint,
    table_of,
    with_figure,
)

RULES = tuple(r for r in all_rules() if r.family in ("FOO", "TIE"))
FEN = st.integers(0, 10**10)


def verdicts(tables: tuple[Table, ...], *codes: str) -> list[Verdict]:
    """Judge some tables by the footing and tie-out rules, or by the named ones."""
    rules: list[Rule] = [r for r in RULES if not codes or r.code in codes]
    return [j.verdict for j in run_rules(disclosure(tables), rules).judged]


def failing(tables: tuple[Table, ...], *codes: str) -> list[tuple[str, str]]:
    """Return (subject, grade) of what fails."""
    found = verdicts(tables, *codes)
    return [(v.relation.subject, v.grade) for v in found if v.grade in FAILING]


def figure_at(tables: tuple[Table, ...], kind: str, key: str, column: str) -> Figure:
    """Return a printed figure."""
    found = table_of(kind, tables).get(key, column)  # type: ignore[arg-type]
    assert found is not None
    return found


@st.composite
def accounts(draw: st.DrawFn) -> Accounts:
    """Draw the accounts of a unit: some items, some balances, some uses of its basic money."""
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=6, unique=True))
    items = [Item(c, *(draw(FEN) for _ in range(4))) for c in sorted(codes)]
    balances = st.integers(0, 10**7)
    items[0] = replace(
        items[0], project=items[0].project + 10**7, fund=10**7, other=items[0].other + 10**7
    )
    opening = Balance(draw(balances), draw(balances), draw(balances))
    closing = Balance(draw(balances), draw(balances), draw(balances))
    left, economic = sum(i.basic for i in items), {}
    for code in draw(st.lists(st.sampled_from(ECONOMIC), max_size=6, unique=True)):
        economic[code] = draw(st.integers(0, left))
        left -= economic[code]
    beside = (draw(balances), draw(balances), draw(balances), draw(balances))
    return Accounts(tuple(items), opening, closing, economic, beside)


@settings(deadline=None)
@given(accounts(), st.sampled_from([WAN_YUAN, YUAN]))
def test_balanced_accounts_printed_with_rounding_break_nothing(drawn: Accounts, unit: Unit) -> None:
    """Whatever is lost in rounding, true values stand behind the tables, and no relation fails."""
    grades = {v.grade for v in verdicts(printed(drawn, unit))}
    assert grades <= {"holds", "holds_by_rounding", "last_digit"}
    assert "last_digit" not in grades or unit is WAN_YUAN


@settings(deadline=None)
@given(accounts(), st.data())
def test_one_figure_changed_beyond_rounding_is_held_by_a_failing_relation(
    drawn: Accounts, data: st.DataObject
) -> None:
    """Every printed amount stands in a relation that notices a change, and names it."""
    tables = printed(drawn)
    amounts = [
        f
        for t in tables
        for r in t.rows
        for f in r.figures.values()
        if f.value and f.unit == WAN_YUAN
    ]
    old = data.draw(st.sampled_from(amounts))
    change = data.draw(st.sampled_from([Decimal(1), Decimal("3.5"), Decimal(-1), Decimal(20)]))
    new = reprint(old, str(old.value + change))
    changed = disclosure(with_figure(tables, old, new))
    stated = (judge(j.verdict.relation) for j in run_rules(changed, RULES).judged)
    failed = [v for v in stated if v.grade in FAILING]  # whatever trust in the table would say
    assert any(t.figure is new for v in failed for t in terms_of(v.relation))


def test_a_wrong_cell_breaks_its_row_and_its_column() -> None:
    """The crossing of what fails is the cell: across by columns, down by codes."""
    tables = printed(SMALL)
    old = figure_at(tables, "expenditure", "2010301", "基本支出")
    wrong = with_figure(tables, old, reprint(old, "6213.46"))
    assert failing(wrong, "FOO017") == [("2010301 科目2010301", "broken")]
    assert failing(wrong, "FOO019") == [("20103 科目20103 基本支出", "broken")]
    assert failing(wrong, "FOO018") == []


def test_a_blank_total_over_printed_parts_gives_no_verdict() -> None:
    """A hole above printed amounts is more often our reading than the report."""
    tables = printed(SMALL)
    old = figure_at(tables, "expenditure", "合计", "本年支出合计")
    holed = with_figure(tables, old, _blank(old))
    assert failing(holed) == []
    assert "not_checked" in {v.grade for v in verdicts(holed, "FOO017", "FOO018", "TIE002")}


def _blank(figure: Figure) -> Figure:
    return replace(figure, text="", value=Decimal(0), decimals=0, blank=True)


def test_a_missing_cell_names_what_was_not_read() -> None:
    """A row without a cell that its form has is not checked, and says which cell."""
    tables = printed(SMALL)
    table = table_of("general_public_expenditure", tables)
    short = replace(table.rows[1], figures={"小计": table.rows[1].figures["小计"]})
    cut = replace(table, rows=(table.rows[0], short, *table.rows[2:]), _index={})
    reasons = [v.reason for v in verdicts((cut,), "FOO020") if v.grade == "not_checked"]
    assert reasons == ["没有读到：基本支出、项目支出"]


@pytest.mark.parametrize(
    ("change", "spoiled"),
    [
        ({"2010301": "201030"}, {"20103"}),
        ({"2010399": "2010301"}, {"20103"}),
        ({"20103": "20104"}, {"合计", "201", "20104"} - {"合计"}),
        ({"201": "203"}, {"合计", "203", "213", "20103", "21303"}),
    ],
    ids=["cut", "twice", "parent missing", "class missing"],
)
def test_uncertain_codes_spoil_only_what_they_may_belong_to(
    change: dict[str, str], spoiled: set[str]
) -> None:
    """A code cut or printed twice leaves its parent open, and the rest of the table sound."""
    table = table_of("expenditure", printed(SMALL))
    rows = tuple(replace(r, key=change.get(r.key, r.key)) for r in table.rows)
    found = verdicts((replace(table, rows=rows, _index={}),), "FOO018", "FOO019")
    open_rows = {v.relation.subject.split()[0] for v in found if v.grade == "not_checked"}
    assert not [v for v in found if v.grade in FAILING]
    assert spoiled <= open_rows | {"203"}


def test_a_class_without_rows_below_is_its_own_leaf() -> None:
    """Forms may print a class without its 款; that is no error and hides none."""
    table = table_of("expenditure", printed(SMALL))
    rows = tuple(r for r in table.rows if not (r.key.startswith("213") and len(r.key) > 3))
    assert failing((replace(table, rows=rows, _index={}),), "FOO018", "FOO019") == []


def test_a_row_that_lost_its_code_leaves_the_total_open() -> None:
    """Amounts under a name alone may belong to any level."""
    table = table_of("expenditure", printed(SMALL))
    rows = tuple(replace(r, key="农林水支出") if r.key == "213" else r for r in table.rows)
    found = verdicts((replace(table, rows=rows, _index={}),), "FOO018")
    assert [v.reason for v in found] == ["“农林水支出”一行没有读到编码"]


def test_meetings_and_training_may_stand_inside_the_three_public_total() -> None:
    """Some places define the total so; a total that fits neither reading is broken."""
    table = table_of("three_public", printed(SMALL))
    total = table.rows[0].figures["决算数"]
    meeting = Row("会议费", "会议费", {c: reprint(total, "3.00") for c in table.columns})

    def with_total(text: str) -> tuple[Table, ...]:
        new = {c: reprint(f, text) for c, f in table.rows[0].figures.items()}
        first = replace(table.rows[0], figures=new)
        return (replace(table, rows=(first, *table.rows[1:], meeting), _index={}),)

    assert failing(with_total(str(total.value + 3)), "FOO036") == []
    assert failing(with_total(str(total.value)), "FOO036") == []
    assert len(failing(with_total(str(total.value + 1)), "FOO036")) == 2


def test_a_cost_without_its_count_is_a_question() -> None:
    """Money and counts go together; where they do not, it is at most a warning."""
    table = table_of("three_public", printed(SMALL))
    kept = table.rows[-1].figures["决算数"]
    none = with_figure((table,), kept, reprint(kept, "0"))
    (found,) = [v for v in verdicts(none, "FOO039") if v.grade in FAILING]
    assert isinstance(found.relation, Breach)
    assert found.relation.words == {"cost": "公务用车运行维护费", "count": "公务用车保有量"}
    assert next(r for r in RULES if r.code == "FOO039").at_most == "warning"


def test_a_nil_table_states_nothing() -> None:
    """A table without amounts has nothing to add up."""
    tables = printed(SMALL)
    assert verdicts((table_of("state_capital", tables),)) == []
