"""Unit cost times quantity against execution (单位成本×数量与执行数).

What it checks
    In one table: the cost per unit reached (元/人、万元/台) times the number of such units reached
    against the year's execution.

Why it matters
    Unit cost, quantity and execution are filled in by different people; together they show a figure
    in the wrong unit or of another year.

For example
    人均补助 1200 元/人，补助 2100 人，全年执行数 108 万元：1200×2100＝252 万元。

Not a violation
    A product below the execution: other things were paid as well. Above it, part may have been paid
    in another year or from elsewhere: a note at most.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.check.rule import rule
from gouji.messages import N_
from gouji.model.figure import Figure
from gouji.model.indicators import Indicator, SelfEvaluation
from gouji.model.relation import AnyRelation, Breach, Upheld

TEN_THOUSAND = Decimal(10_000)


@rule(
    "IND015",
    "price-times-quantity",
    "单位成本乘以数量不应超过全年执行数",
    basis="项目支出＝Σ单位成本×数量",
    at_most="note",
)
def price_times_quantity(tables: tuple[SelfEvaluation, ...]) -> Iterator[AnyRelation]:
    """Look for a unit cost whose product with its only quantity is above the execution."""
    for table in tables:
        executed = table.money("executed")
        if executed is None or executed.blank:
            continue
        for price_row, price in _prices(table):
            counted = [(r, f) for r, f in _quantities(table) if _unit(f) == _counted_by(price_row)]
            if len(counted) != 1:
                continue
            quantity_row, quantity = counted[0]
            evidence = (
                ("row", price_row.place),
                ("row", quantity_row.place),
                ("value", executed.place),
            )
            least = _least(price) * _least(quantity)
            if least <= (executed.interval().high or executed.base):
                yield Upheld(subject=price_row.name, evidence=evidence)
                continue
            yield Breach(
                subject=price_row.name,
                grade="doubtful",
                message=N_(
                    "“{price}”{cost} 乘以“{quantity}”{count}，得 {product} 万元，大于全年执行数 {executed}"
                ),
                words={
                    "price": price_row.name,
                    "cost": price_row.actual.text if price_row.actual else "",
                    "quantity": quantity_row.name,
                    "count": quantity_row.actual.text if quantity_row.actual else "",
                    "product": format((price.base * quantity.base / TEN_THOUSAND).normalize(), "f"),
                    "executed": f"{executed.text} {executed.unit.name if executed.unit else ''}".strip(),
                },
                evidence=evidence,
            )


def _least(figure: Figure) -> Decimal:
    low = figure.interval().low
    return figure.base if low is None else low


def _prices(table: SelfEvaluation) -> Iterator[tuple[Indicator, Figure]]:
    """Yield rows whose target is money per unit, with the money reached per unit."""
    for row in table.indicators:
        if row.target is None or not row.target.per or row.actual is None or row.shaky:
            continue
        value = row.actual.value
        if value is not None and value.dimension == "money" and row.actual.operator == "bare":
            yield row, value


def _counted_by(row: Indicator) -> str:
    """Return the unit a cost is counted by (元/人/年 → 人)."""
    return row.target.per.partition("/")[0] if row.target else ""


def _quantities(table: SelfEvaluation) -> Iterator[tuple[Indicator, Figure]]:
    for row in table.indicators:
        value = row.actual.value if row.actual and row.actual.operator == "bare" else None
        if (
            value is not None
            and "数量" in row.level2
            and value.dimension == "count"
            and not row.shaky
        ):
            yield row, value


def _unit(figure: Figure) -> str:
    return figure.unit.name.lstrip("万亿") if figure.unit else ""
