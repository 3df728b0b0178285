"""Prose and tables print the same quantity (文字与表格应一致).

What it checks
    Every amount of the prose whose subject is an item of a table, against the cell; lists of uses
    against the non-zero rows of the basic expenditure table; operating expenses of government
    bodies (机关运行经费) against the public funds (公用经费).

Why it matters
    Tables come out of a system, prose is typed: where they differ, one of them misleads the reader.

For example
    文中基本支出 5,377.64 万元，一般公共预算财政拨款支出决算表基本支出合计 5,364.75 万元。

Not a violation
    Rounding from 元 to 万元; budgets and prior years (they stand in no table); figures of an attached
    report with its own scope (at most a warning).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.check.cells import Cells, economic_codes
from gouji.check.choice import first_that_holds
from gouji.check.rule import rule
from gouji.model.claim import AnyClaim, Change, Completion, Difference, Flat, Level, Share, Uses
from gouji.model.disclosure import Disclosure
from gouji.model.figure import Figure
from gouji.model.place import Place
from gouji.model.relation import AnyRelation, AtMost, Breach, Equal, Term, Upheld

VALUED = (Level, Change, Flat, Share, Completion, Difference)
LISTED_IN = {"人员经费": ("301", "303"), "公用经费": ("302", "307", "310", "312", "399")}
"""Subject of a list of uses → economic classes whose items may be named (经济分类类级)."""


@rule("TXT001", "text-equals-table", "文字中的数应与表中同一数一致", basis="决算说明引自决算表")
def text_equals_table(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """State prose = cell for every figure whose subject is an item of a table (文表一致)."""
    cells = Cells(disclosure)
    seen: set[tuple[int | None, int, str]] = set()
    for claim in disclosure.claims:
        value = claim.value if isinstance(claim, VALUED) else None
        item = claim.subject.item
        if value is None or item is None or not _of_this_year(claim, disclosure):
            continue
        key = (value.place.page, value.place.start, item)
        if key in seen:
            continue
        seen.add(key)
        candidates = [
            c for c in cells.of_subject(claim.subject) if c.figure.dimension == value.dimension
        ]
        if candidates:
            yield first_that_holds([_equal(claim, value, c) for c in candidates])


def _equal(claim: AnyClaim, value: Figure, cell: Term) -> Equal:
    return Equal(
        subject=claim.subject.text,
        told_in=claim.place,
        left=Term(value, "value", f"文中{claim.subject.text}"),
        right=cell,
        severe=not claim.attached and _surely(claim),
    )


def _surely(claim: AnyClaim) -> bool:
    """Tell a subject whose scope the words or the section name, from one that only fits."""
    return bool(claim.subject.cells) or "/" in (claim.subject.item or "")


def _of_this_year(claim: AnyClaim, disclosure: Disclosure) -> bool:
    year = claim.subject.year
    return year is None or year == disclosure.outline.fiscal_year


@rule(
    "TXT002",
    "uses-are-spent",
    "列举的用途在基本支出表中应有金额",
    basis="公开06表",
    at_most="note",
)
def uses_are_spent(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """Compare each list of uses with the zero rows of the basic expenditure table (用途与明细)."""
    cells = Cells(disclosure)
    for claim in disclosure.of(Uses):
        if claim.subject.item not in LISTED_IN:
            continue
        empty = [
            (name, place, found[0].figure)
            for name, place in claim.names
            if (found := cells.of_economic(name)) and found[0].figure.value == 0
        ]
        yield (
            _named_but_empty(claim, empty)
            if empty
            else Upheld(subject=claim.subject.text, evidence=(("uses", claim.place),))
        )


def _named_but_empty(claim: Uses, empty: list[tuple[str, Place, Figure]]) -> Breach:
    evidence: list[tuple[str, Place]] = []
    for _, place, figure in empty:
        evidence += [("uses", place), ("cell", figure.place)]
    return Breach(
        subject=claim.subject.text,
        told_in=claim.place,
        grade="doubtful",
        message="{subject}的用途列举了{names}，但基本支出表中金额为零",
        words={"subject": claim.subject.text, "names": "、".join(n for n, _, _ in empty)},
        evidence=tuple(evidence),
    )


@rule(
    "TXT003",
    "main-use-is-listed",
    "基本支出表中金额较大的项目应在用途中列举",
    basis="公开06表",
    at_most="note",
)
def main_use_is_listed(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """Note an item left out of a list of uses though it exceeds one that is named (主要用途)."""
    table = disclosure.table("basic_expenditure")
    if table is None:
        return
    codes = economic_codes()
    for claim in disclosure.of(Uses):
        classes = LISTED_IN.get(claim.subject.item or "")
        named = {codes[n] for n, _ in claim.names if n in codes}
        if classes is None or not named:
            continue
        spent = {
            r.key: r
            for r in table.rows
            if r.key[:3] in classes and len(r.key) > 3 and "金额" in r.figures  # noqa: PLR2004 (类)
        }
        smallest = min(
            (f.base for c in named if c in spent and (f := spent[c].figures["金额"]).base > 0),
            default=None,
        )
        if smallest is None:
            continue
        said = {n.removesuffix("支出") for n, _ in claim.names}
        left_out = [
            r
            for code, r in spent.items()
            if code not in named and r.key[:3] not in named and r.figures["金额"].base > smallest
            if r.label.removesuffix("支出").removeprefix("其他") not in said
            and not any(_joins(n, r.label) for n, _ in claim.names)
        ]
        if left_out:
            yield Breach(
                subject=claim.subject.text,
                told_in=claim.place,
                grade="doubtful",
                message="{subject}的主要用途未列举{names}，其金额大于已列举的项目",
                words={
                    "subject": claim.subject.text,
                    "names": "、".join(r.label for r in left_out),
                },
                evidence=(
                    ("uses", claim.place),
                    *(("cell", r.figures["金额"].place) for r in left_out),
                ),
            )


_JOINTS = re.compile("以及|[和及与]")


def _joins(name: str, label: str) -> bool:
    """Tell whether a joint name holds an item (甲购置及运行费 holds 甲运行费): its head, its tail."""
    return any(
        name[: joint.start()].startswith(label[:cut]) and name[joint.end() :].endswith(label[cut:])
        for joint in _JOINTS.finditer(name)
        for cut in range(len(label) + 1)
    )


@rule(
    "TXT004",
    "operating-within-public",
    "机关运行经费不应大于公用经费",
    basis="机关运行经费为行政及参公单位的公用经费",
    at_most="warning",
)
def operating_within_public(disclosure: Disclosure) -> Iterator[AnyRelation]:
    """State 机关运行经费 ≤ 公用经费合计; institutions (事业单位) do not count, so less is normal."""
    cells = Cells(disclosure)
    if disclosure.table("operating_expenses") is not None:
        return  # 另列机关运行经费表的，口径可能含项目支出
    limits = cells.of_item("公用经费", "general_public", cells.own_measure)
    for claim in disclosure.claims:
        value = claim.value if isinstance(claim, VALUED) else None
        if value is None or claim.subject.item != "机关运行经费" or not limits:
            continue
        if claim.subject.measure != cells.own_measure or not _of_this_year(claim, disclosure):
            continue
        if value.dimension == "money":
            yield AtMost(
                subject=claim.subject.text,
                told_in=claim.place,
                parts=(Term(value, "part", claim.subject.text),),
                whole=limits[0],
            )
