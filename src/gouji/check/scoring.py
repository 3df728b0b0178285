"""How points are earned (计分办法): schemes as pure functions, each with its source.

Schemes differ by province and by unit, and tables rarely say which they use. So a score is never
called wrong for not following one: a rule asks whether *any* known scheme gives it, and speaks only
where none does and the sign is wrong as well (missed but full, met but reduced).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from gouji.check.bounds import half_up
from gouji.model.figure import Figure
from gouji.model.indicators import Actual, Ladder, Target

ONE = Fraction(1)
FAR_ABOVE = Fraction(13, 10)
"""Beyond this multiple of the target a table may take points off: the target was set too low."""
OTHER_UNIT = 100
"""A bare number this much smaller than its target was printed in another unit (0.98 for 98%, 万元)."""
LOWER_IS_BETTER = re.compile(
    "成本|费用|经费|支出|开支|造价|单价|价格|投入|时限|时间|期限|周期|时长|天数|工作日|响应"
    "|投诉|信访|上访|事故|事件|灾|伤亡|死亡|发病|感染|患病|发案|案件|差错|错误|失误|缺陷|故障|违规|违纪|违法|违约"
    "|逾期|超期|延误|滞后|退回|返工|返修|返贫|复发|辍学|流失|失业|空置|浪费|损失|污染|排放|消耗|能耗|耗"
    "|变动率|调整率|控制|偏离|偏差|结转|结余|压减|下降|降低|减少|次数不|不超"
)
"""Names under which a number without a sign is not surely a floor."""
RATE_OF_SUCCESS = re.compile(
    r"(?:执行|完成|覆盖|达标|合格|知晓|到位|及时|支付|满意|破获|办结|侦破)(?:比?率|度)"
)
"""Names that say more is better, whatever stands before (投诉办结率)."""
MISREAD_SIGN = re.compile(r"2(\d+(?:\.\d+)?)")
"""What a scan makes of ≥ before a number: 290% for ≥90%."""


# --- schemes for one indicator ----------------------------------------------------------------


def proportional(weight: Fraction, ratio: Fraction) -> Fraction:
    """Return weight × actual ÷ target (≥) or target ÷ actual (≤), never above the weight.

    Source: notes of the national self-evaluation form as reproduced in Hubei's and a county's forms
    (domain notes S15, S16); 财预〔2020〕10号 itself was not at hand.
    """
    return weight * min(ONE, ratio)


def steep(weight: Fraction, ratio: Fraction) -> Fraction:
    """Return weight × (1 − 2.5 × shortfall): nothing at 60 % and below.

    Source: observed in self-evaluation tables of a Jiangxi district, 2024 (local scheme).
    """
    return weight * max(Fraction(0), ONE - Fraction(5, 2) * (ONE - min(ONE, ratio)))


def by_deviation(weight: Fraction, ratio: Fraction) -> Fraction:
    """Return weight × (1 − |actual − target| ÷ target).

    Source: observed beside `steep` in the same tables, for a ceiling that was exceeded.
    """
    return weight * max(Fraction(0), ONE - abs(ONE - ratio))


SCALES = (
    ("优", "良", "中", "低", "差"),
    ("优秀", "良好", "中等", "合格", "不合格"),
    ("好", "较好", "一般", "较差", "差"),
    ("显著", "明显", "较明显", "不明显"),
)
"""Words of one scale each, best first; an outcome is held against a target of the same scale only."""
PARTIAL = re.compile(
    "部分(?:达成|完成|实现)(?:年度|预期)?(?:绩效)?(?:指标|目标)?(?:并具有一定效果)?"
    "|未(?:达成|完成|达标|实现|达到)(?:年度|预期)?(?:绩效)?(?:指标|目标)?(?:且效果较差)?"
    "|实现目标程度较低|不达标|较差"
)
"""Outcomes of the lower two tiers, as the national form words them (domain notes S15)."""
ACHIEVED = re.compile(
    "(?:全部|基本|全部或基本|已)?(?:达成|完成|实现)(?:年度|预期)?(?:绩效)?(?:指标|目标)?"
)


def falls_short_in_words(promised: str, outcome: str) -> bool | None:
    """Tell whether an outcome in words is below its promise; None where words cannot tell."""
    one, two = ("".join(text.split()).strip('“”。."') for text in (promised, outcome))
    if PARTIAL.fullmatch(two):
        return True
    if ACHIEVED.fullmatch(two):
        return False
    for scale in SCALES:
        if one in scale and two in scale:
            return scale.index(two) > scale.index(one)
    return None


def scores_of(weight: Fraction, ratio: Fraction) -> Iterator[Fraction]:
    """Yield what each scheme gives for a ratio of achievement."""
    yield proportional(weight, ratio)
    yield steep(weight, ratio)
    yield by_deviation(weight, ratio)


def some_scheme_gives(score: Figure, weight: Figure, ratio: Fraction) -> bool:
    """Tell whether a scheme, rounded to the printed decimals, gives the printed score."""
    printed = Fraction(score.value)
    return any(
        half_up(points, score.decimals) == printed
        for points in scores_of(Fraction(weight.value), ratio)
    )


# --- schemes for the execution rate -----------------------------------------------------------

GENEROUS = Fraction(9, 10)
"""Some forms give full marks from 90 % on (domain notes S18: 支出进度 ≥90% 得满分)."""


def execution_score_fits(score: Figure, weight: Figure, rate: Fraction) -> bool:
    """Tell whether a known scheme gives an execution score.

    National: weight × min(1, rate). Jiangxi: nothing up to 60 %, then linear. Guangxi (S18): full
    from 90 %, then one point a percentage point. Whole points are common: 6.875 printed 7.
    """
    full = Fraction(weight.value)
    printed = Fraction(score.value)
    jiangxi = full * min(ONE, max(Fraction(0), (rate - Fraction(3, 5)) / Fraction(2, 5)))
    guangxi = max(Fraction(0), full - max(Fraction(0), GENEROUS - rate) * 100)
    national = full * min(ONE, rate)
    return any(half_up(p, score.decimals) == printed for p in (national, jiangxi, guangxi))


# --- target and actual ------------------------------------------------------------------------


def comparable(target: Target, actual: Actual) -> bool:
    """Tell whether a target and an actual are numbers of one kind."""
    if target.value is None or actual.value is None or actual.operator not in ("bare", "equal"):
        return False
    one, two = target.value.unit, actual.value.unit
    if one is None or two is None or one == two:
        return True
    same = one.dimension == two.dimension
    return same and (one.dimension == "money" or one.name.lstrip("万亿") == two.name.lstrip("万亿"))


def reached(target: Target, actual: Actual, name: str = "") -> bool | None:
    """Tell whether the actual meets the target; None where that cannot be said.

    A number without a sign is a floor, except under names where less is better. Only a shortfall
    that survives the printed digits counts.
    """
    if not comparable(target, actual):
        return None
    goal, got = _value(target.value, actual.value), _value(actual.value, target.value)
    if actual.value is not None and actual.value.unit is None and 0 < got * OTHER_UNIT <= 2 * goal:
        return None
    match target.operator:
        case "at_least":
            return got >= goal
        case "more":
            return got > goal or (got == goal and None)
        case "at_most":
            return got <= goal
        case "less":
            return got < goal or (got == goal and None)
        case "range" if target.upper is not None:
            return goal <= got <= _value(target.upper, actual.value)
        case "equal" | "bare":
            return _exactly(goal, got, target, name)
        case _:
            return None


def _exactly(goal: Fraction, got: Fraction, target: Target, name: str) -> bool | None:
    if got == goal:
        return True
    less_is_better = LOWER_IS_BETTER.search(name) and not RATE_OF_SUCCESS.search(name)
    if got < goal:
        return None if less_is_better or _may_be_sign(target, got) else False
    if less_is_better or target.operator == "equal":
        return None
    return True


def _may_be_sign(target: Target, got: Fraction) -> bool:
    """Tell whether a bare target begins with a sign misread as 2: its rest is what was reached.

    No rate above 200 % is promised: there the rest may also be exceeded.
    """
    if target.value is None or target.operator != "bare":
        return False
    found = MISREAD_SIGN.fullmatch(target.value.text)
    if found is None:
        return False
    rest = Fraction(found[1]) * Fraction(target.value.factor)
    return got == rest or (target.value.dimension == "percent" and got >= rest)


def ratio_of(target: Target, actual: Actual) -> Fraction | None:
    """Return the ratio of achievement: actual ÷ target, or target ÷ actual under a ceiling."""
    if target.value is None or actual.value is None:
        return None
    goal, got = _value(target.value, actual.value), _value(actual.value, target.value)
    down = target.operator in ("at_most", "less")
    top, bottom = (goal, got) if down else (got, goal)
    return top / bottom if bottom > 0 else None


def _value(figure: Figure | None, other: Figure | None) -> Fraction:
    """Return a figure in base units; one without a unit shares the other's."""
    if figure is None:
        return Fraction(0)
    factor = figure.factor if figure.unit or other is None else other.factor
    return Fraction(figure.value) * Fraction(factor)


# --- printed ladders --------------------------------------------------------------------------


def ladder_scores(ladder: Ladder, rate: Decimal) -> tuple[Decimal, ...]:
    """Return the scores a printed ladder can mean for a rate: whole steps, begun steps, pro rata.

    Source: the standard's own words; whether a begun step counts is often unsaid, so all count.
    """
    if ladder.maximum is None or ladder.deduct is None or ladder.per is None or ladder.full is None:
        return ()
    if ladder.per.value == 0 or ladder.per.dimension not in ("points", "percent"):
        return ()
    found: list[Decimal] = []
    for beyond in _beyond(ladder, rate, ladder.full.value):
        steps = max(Decimal(0), beyond) / ladder.per.value
        whole = steps.to_integral_value(ROUND_FLOOR)
        begun = steps.to_integral_value(ROUND_CEILING)
        costs = (count * ladder.deduct.value for count in (whole, begun, steps))
        found.extend(max(Decimal(0), ladder.maximum.value - cost) for cost in costs)
    return tuple(dict.fromkeys(found))


def _beyond(ladder: Ladder, rate: Decimal, full: Decimal) -> tuple[Decimal, ...]:
    """Return how far a rate lies on the losing side; an absolute value can be meant in two ways."""
    if ladder.direction == "below":
        return (full - rate,)
    if ladder.direction == "above":
        return (rate - full,)
    return (abs(rate - full), abs(rate) - full)


def band_score(ladder: Ladder, rate: Decimal) -> tuple[Decimal, ...]:
    """Return the points of every band that may hold a rate: both neighbours at a boundary."""
    return tuple(
        step.points.value
        for step in ladder.steps
        if (
            step.low is None
            or step.low.value <= rate
            or (step.high is None and step.low.value == rate)
        )
        and (step.high is None or rate <= step.high.value)
    )


# --- grades -----------------------------------------------------------------------------------

GRADES: tuple[tuple[str, Decimal, Decimal], ...] = (
    ("优秀", Decimal(90), Decimal(100)),
    ("优", Decimal(90), Decimal(100)),
    ("良好", Decimal(75), Decimal(90)),
    ("良", Decimal(75), Decimal(90)),
    ("中", Decimal(60), Decimal(80)),
    ("合格", Decimal(60), Decimal(100)),
    ("差", Decimal(0), Decimal(60)),
    ("不合格", Decimal(0), Decimal(60)),
)
"""Grade → least score and the score it stays below (domain notes S17: all central departments).

合格 may be all there is above 不合格. 良 begins at 75 where the grades are 优、良、合格、不合格 (domain notes §4.3), at 80 elsewhere: both pass.
"""


def grade_fits(grade: str, score: Decimal) -> bool | None:
    """Tell whether a score carries a grade; None for a grade not known."""
    for name, low, high in GRADES:
        if name == grade.strip("“”\"'"):
            return low <= score and (score < high or high == 100)  # noqa: PLR2004 (full marks)
    return None
