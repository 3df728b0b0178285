"""Denials and figures (“无”应与数字一致).

What it checks
    A sentence that says there is none of something against the tables and the prose that print an
    amount of it.

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


def _denied(claim: Nil, name: str, text: str, place: Place) -> Breach:
    return Breach(
        subject=claim.subject.text,
        told_in=claim.place,
        grade="gross",
        message="文中称无{subject}，但{name}为 {figure}",
        words={"subject": claim.subject.text, "name": name, "figure": text},
        evidence=(("nil", claim.place), ("value", place)),
    )
