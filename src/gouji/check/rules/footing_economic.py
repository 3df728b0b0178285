"""Footing of basic expenditure by economic code (一般公共预算财政拨款基本支出决算表).

What it checks
    Each economic class (301, 302, …) is the sum of the items below it; personnel costs are 301 and
    303; running costs are all other classes; both together are the total where one is printed.

Why it matters
    The table stands in two or three stripes and is often retyped; an amount one line too high or
    low keeps the class total and changes what the money was spent on.

For example
    301 工资福利支出 88.00，其下各项之和为 86.20：少列 1.80。

Not a violation
    A gap that rounding of the items can explain (尾差: half a digit for each item); capital
    purchases (310) inside basic expenditure belong to running costs.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.check.codes import classes_of, foot_branches, foot_total
from gouji.check.entries import add_up, line, within
from gouji.check.needs import BasicExpenditure
from gouji.check.rule import rule
from gouji.model.relation import AnyRelation
from gouji.model.tables import AMOUNT, TOTAL_ROW

PERSONNEL_CLASSES = ("301", "303")
"""工资福利支出, 对个人和家庭的补助; every other class is running cost (公用经费)."""
PERSONNEL, RUNNING = "人员经费合计", "公用经费合计"


@rule(
    "FOO032",
    "economic-codes",
    "基本支出表：经济分类的类级科目应等于所属款级之和",
    basis="公开06表：301＝Σ301xx，302＝Σ302xx，303、307、310、312、399同",
)
def economic_codes(basic: BasicExpenditure) -> Iterator[AnyRelation]:
    """State that each economic class is the sum of its items."""
    yield from foot_branches(basic, (AMOUNT,))


@rule(
    "FOO033",
    "personnel-total",
    "基本支出表：人员经费合计应等于工资福利支出与对个人和家庭的补助之和",
    basis="公开06表：人员经费合计＝301＋303",
)
def personnel_total(basic: BasicExpenditure) -> Iterator[AnyRelation]:
    """State that personnel costs are the classes 301 and 303."""
    if basic.account == "budget" and basic.row(PERSONNEL) is None:
        return
    parts = [within(r, AMOUNT) for c, r in classes_of(basic).items() if c in PERSONNEL_CLASSES]
    yield from add_up(PERSONNEL, line(basic, PERSONNEL, ""), parts)


@rule(
    "FOO034",
    "running-total",
    "基本支出表：公用经费合计应等于商品和服务支出等各类之和",
    basis="公开06表：公用经费合计＝302＋307＋310＋312＋399（表内列示的各类）",
)
def running_total(basic: BasicExpenditure) -> Iterator[AnyRelation]:
    """State that running costs are all classes other than personnel."""
    if basic.account == "budget" and basic.row(RUNNING) is None:
        return
    classes = classes_of(basic).items()
    parts = [within(r, AMOUNT) for c, r in classes if c not in PERSONNEL_CLASSES]
    yield from add_up(RUNNING, line(basic, RUNNING, ""), parts)


@rule(
    "FOO035",
    "basic-total",
    "基本支出表：合计应等于人员经费与公用经费之和",
    basis="公开06表（列有合计的表样）：合计＝人员经费合计＋公用经费合计",
)
def basic_total(basic: BasicExpenditure) -> Iterator[AnyRelation]:
    """State that the total is personnel plus running costs, where the form prints a total."""
    if basic.row(TOTAL_ROW) is None:
        return
    if basic.account == "budget" and basic.row(PERSONNEL) is None:
        yield from foot_total(basic, (AMOUNT,))
        return
    parts = [line(basic, PERSONNEL, ""), line(basic, RUNNING, "")]
    yield from add_up("基本支出合计", line(basic, TOTAL_ROW, ""), parts)
