"""Denials and figures (“无”应与数字一致).

What it checks
    A sentence that says there is none of something against the tables and the prose that print an
    amount of it; a “三公” table without a single figure against the prose that prints one.

Why it matters
    Denials are copied from last year; the table then shows what the sentence denies.

For example
    文中称“无政府性基金预算财政拨款收支”，政府性基金表本年支出 13.00 万元。

Not a violation
    A denial beside 0.00 or an empty table; 无 of a narrower thing than the table shows.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.check.cells import Cells
from gouji.check.rule import rule
from gouji.model.claim import Level, Nil
from gouji.model.disclosure import Disclosure
from gouji.model.place import Place
from gouji.model.relation import AnyRelation, Breach, Upheld


@rule("NIL001", "nil-against-table", "写明“无”的，表中不应有数", basis="空表说明与表一致")
def nil_against_table(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """Compare each denial with the cells of its item (无…与表)."""
    cells = Cells(disclosure)
    for claim in disclosure.of(Nil):
        if claim.subject.item is None or claim.attached:
            continue
        found = cells.of_item(claim.subject.item, claim.subject.scope, cells.own_measure)
        if not found:
            continue
        filled = [t for t in found if t.figure.value != 0]
        if not filled:
            yield Upheld(subject=claim.subject.text, evidence=(("nil", claim.place),))
            continue
        term = filled[0]
        yield _denied(claim, term.name, term.figure.text, term.figure.place)


@rule("NIL002", "nil-against-text", "写明“无”的，文中不应另有数", basis="文义")
def nil_against_text(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """Compare each denial with the amounts the prose prints of the same item (无…与文)."""
    levels: dict[tuple[str, str], list[Level]] = {}
    for level in disclosure.of(Level):
        if level.subject.item and level.subject.measure == "final" and level.subject.year is None:
            levels.setdefault((level.subject.item, level.subject.scope), []).append(level)
    for claim in disclosure.of(Nil):
        if claim.subject.item is None or claim.attached:
            continue
        same = levels.get((claim.subject.item, claim.subject.scope), ())
        filled = [x for x in same if x.value.value != 0 and not x.attached]
        if filled:
            first = filled[0]
            yield _denied(claim, first.subject.text, first.value.text, first.place)


@rule(
    "NIL003",
    "blank-table-against-text",
    "文中有数的，“三公”经费表不应空白",
    basis="空表应注明原因",
    at_most="warning",
)
def blank_table_against_text(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """Compare a table of the three public expenses that prints nothing with the prose (空表与文)."""
    table = disclosure.table("three_public")
    if table is None or not table.empty or table.place is None:
        return
    if any(not f.blank for row in table.rows for f in row.figures.values()):
        return
    for level in disclosure.of(Level):
        subject = level.subject
        said = subject.item == "三公经费" and subject.measure != "other" and subject.year is None
        if said and level.value.value != 0 and not level.attached:
            yield Breach(
                subject=subject.text,
                told_in=level.place,
                grade="doubtful",
                message="《{table}》没有填数，文中却写“{quote}”",
                words={"table": table.title, "quote": level.place.quote.replace("\n", "")},
                evidence=(("value", level.place), ("cell", table.place)),
            )
            return


def _denied(claim: Nil, name: str, text: str, place: Place) -> Breach:
    return Breach(
        subject=claim.subject.text,
        told_in=claim.place,
        grade="gross",
        message="文中称无{subject}，但{name}为 {figure}",
        words={"subject": claim.subject.text, "name": name, "figure": text},
        evidence=(("nil", claim.place), ("value", place)),
    )
