"""Two published documents of one unit agree (跨文件一致).

What it checks
    What a report says of the year before, printed or implied by "比上年减少 X，下降 Y%", against the
    figure last year's report printed; the opening balance against last year's closing balance; the
    budget a report names against the published budget; a department against all its units.

Why it matters
    Nobody recomputes last year's figure from a sentence. Where it differs from what was published,
    either the change is wrong, or last year was restated and nobody says so.

For example
    2023 年决算：收、支总计 804.43 万元，比上年减少 299.50 万元。上年应为 1103.93 万元，而 2022 年决算公开的
    收入支出决算总表印的是 1130.93 万元。

Not a violation
    A gap that rounding in either document can explain (尾差，万元与元); a year before that the sentence
    itself calls adjusted or of another scope (追溯调整、口径变化、剔除、同口径); 基本持平. Where a unit was
    reorganised the finding is at most a warning; where the paragraph itself says so, a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gouji.check.choice import first_that_holds
from gouji.messages import N_
from gouji.model.relation import (
    AnyRelation,
    AtMost,
    Equal,
    NotChecked,
    PriorRate,
    Sum,
    Term,
)
from gouji.screen.across.pairs import (
    BudgetPair,
    BudgetYears,
    Members,
    OwnUnit,
    SameYear,
    YearPair,
)
from gouji.screen.across.paper import Paper, Quantity, best
from gouji.screen.across.rule import rule
from gouji.screen.fact import Fact, FactMeasure

RESTATED = N_("文中说明上年数经过调整或口径不同，不作比较")
OWN_PRINTS_DISAGREE = N_("另一份文件自身两处不一致，不作比较")
ELIMINATED = N_("单位之间有上缴或补助收支，汇总时须抵销，不作比较")
NOT_PRINTED = N_("有的单位没有印出此数")

HINT_REORGANISED = N_("文中提到机构改革、职能划转或新设，两年范围可能不同")
HINT_RESTATED = N_("文中另有上年数调整或口径变化的说明，请对照")
HINT_BALANCE = N_("文中提到收回、缴回或调整结转结余，年初数可能因此与上年年末数不同")
HINT_OPENING = N_("年初数经收回存量、差错更正、归集调入调出等调整的，应有说明")
HINT_BUDGET = N_("预算公开以后调整的，不应仍称年初预算；范围（部门、单位）不同的除外")

BALANCES = (
    ("all", "年初结转和结余", "年末结转和结余"),
    ("appropriation", "年初财政拨款结转和结余", "年末财政拨款结转和结余"),
    ("government_fund", "政府性基金年初结转和结余", "政府性基金年末结转和结余"),
)
"""Scope, opening balance of this year, closing balance of last year."""
ADDED_UP: tuple[tuple[str, str], ...] = (
    ("all", "本年收入合计"),
    ("all", "本年支出合计"),
    ("all", "基本支出"),
    ("all", "项目支出"),
    ("all", "年末结转和结余"),
    ("general_public", "一般公共预算财政拨款收入"),
    ("general_public", "一般公共预算财政拨款支出"),
    ("general_public", "一般公共预算财政拨款基本支出"),
    ("general_public", "一般公共预算财政拨款项目支出"),
    ("government_fund", "政府性基金预算财政拨款支出"),
    ("appropriation", "财政拨款支出"),
    ("appropriation", "三公经费"),
    ("appropriation", "公务接待费"),
    ("appropriation", "公务用车购置及运行维护费"),
    ("appropriation", "因公出国(境)费"),
)
"""What a department's figure is the plain sum of its units' for."""
BETWEEN_UNITS = ("上级补助收入", "附属单位上缴收入", "上缴上级支出", "对附属单位补助支出")
"""Money that may move between the units of one department."""


@rule(
    "XDC001",
    "prior-year",
    "文中所述或推算的上年数应与上年公开的决算数一致",
    basis="上年数＝上年决算公开所印的决算数；由本年数与增减额（率）推算",
)
def prior_year(pair: YearPair) -> Iterator[AnyRelation]:
    """State for each figure of the year before that it is what last year's report printed."""
    yield from told_against_printed(pair)


def told_against_printed(pair: YearPair | BudgetYears) -> Iterator[AnyRelation]:
    """State what a document tells of the year before against what was printed then (所述与所印)."""
    printed = pair.before.own()
    for quantity, told in pair.now.told_of(pair.before.profile.year or 0).items():
        if quantity not in printed:
            continue
        there = best(printed[quantity])
        if there is None:
            yield NotChecked(subject=quantity.item, reason=OWN_PRINTS_DISAGREE)
            continue
        fair = [fact for fact in told if fact.caveat not in ("restated", "scope")]
        if not fair:
            yield NotChecked(subject=quantity.item, reason=RESTATED)
            continue
        prior = pair.before.term(there, "prior", "上年文件所印的" + _name(there))
        stated = [_of_base(pair.now, fact, prior, "本年文件所述上年的") for fact in fair]
        yield _weighed(first_that_holds(stated), pair, fair)


@rule(
    "XDC002",
    "opening-balance",
    "年初结转和结余应等于上年公开的年末结转和结余",
    basis="公开01表 年初结转和结余（行29）＝上年公开01表 年末结转和结余（行60），年初调整的除外",
    at_most="warning",
)
def opening_balance(pair: YearPair) -> Iterator[AnyRelation]:
    """State that each balance opens as it closed the year before (年初＝上年年末)."""
    for scope, opening, closing in BALANCES:
        ours = pair.now.own().get(Quantity(scope, opening, "final"), ())
        theirs = pair.before.own().get(Quantity(scope, closing, "final"), ())
        if not ours or not theirs:
            continue
        now, before = best(ours), best(theirs)
        if now is None or before is None:
            yield NotChecked(subject=opening, reason=OWN_PRINTS_DISAGREE)
            continue
        said = any(p.profile.remark("balance", "restated") for p in (pair.now, pair.before))
        explained = said or any(f.caveat in ("balance", "restated", "scope") for f in ours)
        yield Equal(
            subject=opening,
            left=pair.now.term(now, "value", "本年文件的" + opening),
            right=pair.before.term(before, "prior", "上年文件的" + closing),
            minor=explained,
            severe=False,
            hint=HINT_BALANCE if explained else HINT_OPENING,
        )


@rule(
    "XDC003",
    "initial-budget",
    "决算所称的年初预算数应与预算公开所印一致",
    basis="决算公开中的年初预算数＝同年预算公开所印的预算数",
    at_most="warning",
)
def initial_budget(pair: BudgetPair) -> Iterator[AnyRelation]:
    """State that what is called the initial budget is what the budget printed (年初预算数)."""
    printed = pair.budget.own()
    for quantity, told in pair.final.initial_budgets().items():
        if quantity not in printed:
            continue
        there = best(printed[quantity])
        if there is None:
            yield NotChecked(subject=quantity.item, reason=OWN_PRINTS_DISAGREE)
            continue
        fair = [fact for fact in told if fact.caveat not in ("restated", "scope")]
        if not fair:
            yield NotChecked(subject=quantity.item, reason=RESTATED)
            continue
        base = pair.budget.term(there, "budget", "预算公开所印的" + _name(there))
        stated = [_of_base(pair.final, fact, base, "决算所称年初预算的") for fact in fair]
        yield replace(
            first_that_holds(stated),
            severe=False,
            minor=any(fact.caveat == "reorganised" for fact in fair),
            hint=HINT_BUDGET,
        )


@rule(
    "XDC004",
    "department-units",
    "部门决算（预算）应等于所属各单位决算（预算）之和",
    basis="部门决算（预算）＝纳入编制范围的各单位汇总；单位之间的上缴、补助抵销除外",
    at_most="warning",
)
def department_units(family: Members) -> Iterator[AnyRelation]:
    """State for each total that the department prints the sum of its units (部门＝各单位之和)."""
    moved = _moved_between(family.units)
    measure = own_measure(family.department)
    for scope, item in ADDED_UP:
        quantity = Quantity(scope, item, measure)
        whole = best(family.department.own().get(quantity, ()))
        if whole is None:
            continue
        if moved and scope == "all":
            yield NotChecked(subject=item, reason=ELIMINATED)
            continue
        parts = [(unit, best(unit.own().get(quantity, ()))) for unit in family.units]
        if any(fact is None for _, fact in parts):
            yield NotChecked(subject=item, reason=NOT_PRINTED)
            continue
        yield Sum(
            subject=item,
            total=family.department.term(whole, "total", "部门决算的" + item),
            parts=tuple(
                unit.term(fact, "part", f"{unit.entity}的{item}") for unit, fact in parts if fact
            ),
            severe=False,
        )


@rule(
    "XDC006",
    "prior-budget",
    "预算公开所述或推算的上年预算数应与上年预算公开所印一致",
    basis="上年预算数＝上年预算公开所印的预算数；由本年预算数与增减额推算；与“预算执行数”比的除外",
)
def prior_budget(pair: BudgetYears) -> Iterator[AnyRelation]:
    """State for each budget of the year before that it is what last year's budget printed."""
    yield from told_against_printed(pair)


@rule(
    "XDC007",
    "unit-within-department",
    "单位（本级）的支出应不超过本部门的同一支出",
    basis="部门决算（预算）＝本级与所属各单位汇总；单位之间的上缴、补助抵销除外",
    at_most="warning",
)
def unit_within_department(pair: OwnUnit) -> Iterator[AnyRelation]:
    """State for totals and codes that a unit's own figure is part of its department's (本级≤部门)."""
    moved = _moved_between((pair.own,))
    measure = own_measure(pair.department)
    summed = {Quantity(scope, item, measure) for scope, item in ADDED_UP}
    whole = pair.department.own()
    for quantity, ours in pair.own.own().items():
        if quantity.measure != measure or (moved and quantity.scope == "all"):
            continue
        if not (quantity.item.isdigit() or quantity in summed):
            continue
        own, all_of_it = best(_tabled(ours)), best(_tabled(whole.get(quantity, ())))
        if own is not None and all_of_it is not None and not own.figure.blank:
            yield AtMost(
                subject=_name(own),
                parts=(pair.own.term(own, "part", "单位的" + _name(own)),),
                whole=pair.department.term(all_of_it, "limit", "部门的" + _name(own)),
            )


def _tabled(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return what tables print: a sentence may speak of another part of the department."""
    return tuple(f for f in facts if f.told == "table")


@rule(
    "XDC005",
    "same-year-twice",
    "同一单位同一年度的两份公开文件应一致",
    basis="同一单位、同一年度、同一口径的决算只有一个数",
    at_most="warning",
)
def same_year_twice(pair: SameYear) -> Iterator[AnyRelation]:
    """State that two versions of one report print the same figures (两份文件)."""
    theirs = pair.other.own()
    for quantity, ours in pair.one.own().items():
        one, other = best(ours), best(theirs.get(quantity, ()))
        if one is None or other is None or (one.figure.blank and other.figure.blank):
            continue
        yield Equal(
            subject=_name(one),
            left=pair.one.term(one, "value", "一份文件的" + _name(one)),
            right=pair.other.term(other, "same", "另一份文件的" + _name(other)),
            severe=False,
        )


def _of_base(paper: Paper, fact: Fact, base: Term, printed_as: str) -> AnyRelation:
    """State what a fact, printed or implied, says against the base another document printed."""
    placed = [paper.placed(fact, term) for term in fact.terms]
    told_in = None if fact.place.cell is not None else paper.clause(fact)
    subject = _name(fact)
    value = replace(placed[0], role="value", name=("本年文件的" + subject))
    if fact.told == "change":
        return Sum(subject=subject, told_in=told_in, total=base, parts=(value, placed[1]))
    if fact.told == "rate":
        up = placed[1].sign > 0
        return PriorRate(
            subject=subject,
            told_in=told_in,
            value=value,
            prior=base,
            rate=replace(placed[1], sign=1),
            direction=1 if up else -1,
        )
    name = ("持平的" if fact.told == "flat" else printed_as) + subject
    return Equal(subject=subject, told_in=told_in, left=replace(value, name=name), right=base)


def _weighed(
    relation: AnyRelation, pair: YearPair | BudgetYears, told: Iterable[Fact]
) -> AnyRelation:
    """Lower what a relation may weigh where the documents say that the years differ in scope."""
    if any(fact.caveat == "reorganised" for fact in told):
        return replace(relation, minor=True, hint=HINT_REORGANISED)
    if any(p.profile.remark("restated") for p in (pair.now, pair.before)):
        return replace(relation, minor=True, hint=HINT_RESTATED)
    if any(p.profile.remark("reorganised") for p in (pair.now, pair.before)):
        return replace(relation, severe=False, hint=HINT_REORGANISED)
    return relation


def own_measure(paper: Paper) -> FactMeasure:
    """Return what a document's own figures are: final, or those of its budget (决算数、预算数)."""
    return "initial_budget" if paper.profile.kind == "budget" else "final"


def _moved_between(units: Iterable[Paper]) -> bool:
    """Tell whether money may have moved between the units, which a department's account leaves out."""
    return any(
        fact.value
        for unit in units
        for item in BETWEEN_UNITS
        for fact in unit.own().get(Quantity("all", item, own_measure(unit)), ())
    )


def _name(fact: Fact) -> str:
    """Return what a reader calls the quantity, without its measure."""
    return fact.label
