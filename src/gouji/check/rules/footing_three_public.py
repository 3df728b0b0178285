"""Footing of the three public expenses and of vehicles (“三公”经费、国有资产占用情况).

What it checks
    Travel abroad, vehicles and receptions add to the total, for budget and final figures alike;
    vehicles are purchase and running; receptions are domestic and foreign. Money and counts go
    together: no purchase fee without a vehicle bought. All kinds of vehicles add to their number.

Why it matters
    These are the figures the public reads first, and the counts are often typed by hand.

For example
    公务接待费 1.20 万元，国内公务接待批次为 0：有支出而无批次。

Not a violation
    Meetings and training inside the total where a place defines it so; counts that differ because
    a vehicle was paid in another year or a trip was organised by another unit (a warning at most).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gouji.check.entries import Entry, add_up, line, nearer, stay_within, within
from gouji.check.needs import StateAssets, ThreePublic
from gouji.check.rule import rule
from gouji.messages import N_
from gouji.model.figure import Figure
from gouji.model.relation import AnyRelation, Breach, Upheld
from gouji.model.tables import TOTAL_ROW, Table

FINAL = "决算数"
ABROAD, VEHICLES, RECEPTION = "因公出国(境)费", "公务用车购置及运行维护费", "公务接待费"
PURCHASE, RUNNING = "公务用车购置费", "公务用车运行维护费"


def printed(table: Table, keys: Sequence[str], column: str) -> list[Entry]:
    """Return the cells of the rows the form prints."""
    rows = (table.row(key) for key in keys)
    return [within(row, column) for row in rows if row is not None]


@rule(
    "FOO036",
    "three-public-total",
    "“三公”经费表：合计应等于因公出国（境）费、公务用车费与公务接待费之和",
    basis="公开09表：栏1＝栏2＋栏3＋栏6，预算数与决算数分别成立",
)
def three_public_total(three: ThreePublic) -> Iterator[AnyRelation]:
    """State for each column that the total is the sum of the three expenses."""
    for column in three.columns:
        total = line(three, TOTAL_ROW, "", column, "“三公”经费合计")
        parts = [line(three, key, "", column) for key in (ABROAD, VEHICLES, RECEPTION)]
        extra = printed(three, ("会议费", "培训费"), column)
        yield from add_up(f"“三公”经费合计 {column}", total, nearer(total, parts, extra))


@rule(
    "FOO037",
    "three-public-vehicles",
    "“三公”经费表：公务用车购置及运行维护费应等于购置费与运行维护费之和",
    basis="公开09表：公务用车购置及运行维护费小计＝公务用车购置费＋公务用车运行维护费",
)
def three_public_vehicles(three: ThreePublic) -> Iterator[AnyRelation]:
    """State for each column that vehicle costs are purchase plus running."""
    for column in three.columns:
        parts = [line(three, key, "", column) for key in (PURCHASE, RUNNING)]
        yield from add_up(f"{VEHICLES} {column}", line(three, VEHICLES, "", column), parts)


@rule(
    "FOO038",
    "three-public-reception",
    "“三公”经费表：公务接待费应等于国内接待费与国（境）外接待费之和",
    basis="公开09表（分列国内、国外的表样）：公务接待费＝国内接待费＋国（境）外接待费",
)
def three_public_reception(three: ThreePublic) -> Iterator[AnyRelation]:
    """State that receptions are domestic plus foreign, and foreign guests part of domestic ones."""
    if three.row("国内接待费") is None:
        return
    for column in three.columns:
        parts = printed(three, ("国内接待费", "国(境)外接待费"), column)
        yield from add_up(f"{RECEPTION} {column}", line(three, RECEPTION, "", column), parts)
        domestic = line(three, "国内接待费", "", column)
        for guests in printed(three, ("外事接待费",), column):
            yield from stay_within(f"外事接待费 {column}", [guests], domestic)


@dataclass(frozen=True, slots=True)
class Pair:
    """A cost and the count that goes with it (费用与数量)."""

    cost: str
    count: str
    both_ways: bool
    """Whether a count without cost is odd too, not only a cost without count."""


PAIRS = (
    Pair(PURCHASE, "公务用车购置数", both_ways=True),
    Pair(RUNNING, "公务用车保有量", both_ways=False),
    Pair(ABROAD, "因公出国(境)人次数", both_ways=False),
    Pair("国内接待费", "国内公务接待批次", both_ways=True),
    Pair("国(境)外接待费", "国(境)外公务接待批次", both_ways=True),
)
COST_WITHOUT_COUNT = N_("{cost}有支出，而{count}为零")
COUNT_WITHOUT_COST = N_("{count}不为零，而{cost}没有支出")
VISITS = (
    ("国内公务接待批次", "国内公务接待人次"),
    ("外事接待批次", "外事接待人次"),
    ("国(境)外公务接待批次", "国(境)外公务接待人次"),
    ("外事接待批次", "国内公务接待批次"),
    ("外事接待人次", "国内公务接待人次"),
)
"""(fewer, more): a visit has at least one visitor; visits of foreign guests are among all visits."""


@rule(
    "FOO039",
    "three-public-counts",
    "“三公”经费表：有支出应有相应的数量，接待人次应不少于批次",
    basis="公开09表（列有实物量的表样）：费用与团组、车辆、批次、人次应相互对应",
    at_most="warning",
)
def three_public_counts(three: ThreePublic) -> Iterator[AnyRelation]:
    """State that costs and counts go together, and that visitors are no fewer than visits."""
    for pair in PAIRS:
        yield from _paired(pair, three.get(pair.cost, FINAL), three.get(pair.count, FINAL))
    for fewer, more in VISITS:
        if three.row(fewer) is not None and three.row(more) is not None:
            parts = printed(three, (fewer,), FINAL)
            yield from stay_within(fewer, parts, line(three, more, "", FINAL))


def _paired(pair: Pair, cost: Figure | None, count: Figure | None) -> Iterator[AnyRelation]:
    """State that a cost and its count are both there or both not."""
    if cost is None or count is None or (cost.blank and count.blank):
        return
    evidence = (("value", cost.place), ("other", count.place))
    if cost.value != 0 and count.value == 0:
        message = COST_WITHOUT_COUNT
    elif pair.both_ways and count.value != 0 and cost.value == 0:
        message = COUNT_WITHOUT_COST
    else:
        yield Upheld(subject=pair.cost, evidence=evidence)
        return
    words = {"cost": pair.cost, "count": pair.count}
    yield Breach(
        subject=pair.cost, grade="doubtful", message=message, words=words, evidence=evidence
    )


@rule(
    "FOO040",
    "vehicle-total",
    "国有资产占用表：车辆合计应等于各类车辆之和",
    basis="公开10表：车辆数合计＝副部（省）级及以上领导用车＋…＋其他用车（行2至9）",
)
def vehicle_total(assets: StateAssets) -> Iterator[AnyRelation]:
    """State that the number of vehicles is the sum of its kinds."""
    for column in assets.columns:
        parts = [within(r, column) for r in assets.rows if r.key.endswith("用车")]
        yield from add_up("车辆合计", line(assets, "车辆合计", "", column), parts)
