"""Slips of rates, shares and words of direction (比率与方向词)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise, permutations
from random import Random

from gouji.check.judge import judge
from gouji.check.run import Judged
from gouji.evaluate.defects.clean import (
    BROKEN,
    Clean,
    in_prose,
    plant,
    plant_number,
    plant_numbers,
    shuffled,
)
from gouji.evaluate.defects.registry import defect
from gouji.evaluate.labels import Edit, Plant
from gouji.model.figure import Figure
from gouji.model.relation import ChangeRate, Direction, PriorRate, Ratio, Term

_OPPOSITE = {
    "增加": "减少",
    "减少": "增加",
    "增长": "下降",
    "下降": "增长",
    "上升": "下降",
    "提高": "降低",
    "降低": "提高",
    "大于": "小于",
    "小于": "大于",
    "高于": "低于",
    "低于": "高于",
}
_DIRECTION = re.compile("|".join(_OPPOSITE))
_UNCHOSEN = re.compile(rf"(?:{'|'.join(_OPPOSITE)})\s*[（(/](?:{'|'.join(_OPPOSITE)})")
"""下降（增长）: which of the two is meant was never said, so neither can be turned round."""
_HUNDRED = Decimal(100)
_BOTH = 2
"""A change has one word for its amount and one for its rate."""


def _rounded(value: Decimal, like: Figure) -> str:
    return str(value.quantize(Decimal(1).scaleb(-like.decimals), ROUND_HALF_UP))


def _sum(terms: tuple[Term, ...]) -> Decimal:
    return sum((t.sign * t.figure.base for t in terms), Decimal(0))


def _reprint(clean: Clean, figure: Figure, value: Decimal) -> Plant | None:
    if value <= 0 or not clean.printed(figure):
        return None
    return plant_number(clean, figure, _rounded(value, figure))


# --- wrong bases -----------------------------------------------------------------------------


@defect("current_base", "以本年数为基数")
def current_base(clean: Clean, random: Random) -> Iterator[Plant]:
    """Compute a rate of change from this year's figure instead of last year's: 7.26 % → 7.83 %."""
    for entry in shuffled(clean.of(ChangeRate), random):
        relation = entry.verdict.relation
        assert isinstance(relation, ChangeRate)  # noqa: S101 (of(ChangeRate) yields these)
        current = relation.value.figure.base
        if current:
            wrong = abs(relation.change.figure.base) / abs(current) * _HUNDRED
            if made := _reprint(clean, relation.rate.figure, wrong):
                yield made


@defect("wrong_denominator", "年初预算与全年预算混用")
def wrong_denominator(clean: Clean, random: Random) -> Iterator[Plant]:
    """Compute a completion rate from the other budget of the same item."""
    by_part: defaultdict[Decimal, list[Ratio]] = defaultdict(list)
    for entry in clean.of(Ratio):
        relation = entry.verdict.relation
        assert isinstance(relation, Ratio)  # noqa: S101 (of(Ratio) yields these)
        by_part[_sum(relation.part)].append(relation)
    found = [
        (relation, base)
        for relations in by_part.values()
        for relation in relations
        if in_prose(relation.percent.figure)
        for base in _other_bases(relation, relations)
    ]
    for relation, base in shuffled(found, random):
        if made := _reprint(clean, relation.percent.figure, _sum(relation.part) / base * _HUNDRED):
            yield made


def _other_bases(relation: Ratio, same_part: list[Ratio]) -> set[Decimal]:
    """Return what else a writer may have divided by, the relation's own base left out."""
    bases = {t.figure.base for t in relation.others}
    bases |= {_sum(r.whole) for r in same_part if r.subject == relation.subject}
    return {b for b in bases if b > 0 and b != _sum(relation.whole)}


@defect("complement", "误写余数")
def complement(clean: Clean, random: Random) -> Iterator[Plant]:
    """Print 100 − p for a share p."""
    for figure in shuffled(_percents(clean), random):
        if made := _reprint(clean, figure, _HUNDRED - figure.value):
            yield made


@defect("shares_swapped", "占比互换")
def shares_swapped(clean: Clean, random: Random) -> Iterator[Plant]:
    """Swap two shares of one paragraph."""
    lines: defaultdict[int, list[Figure]] = defaultdict(list)
    for figure in _percents(clean):
        lines[clean.text.count("\n", 0, clean.start(figure))].append(figure)
    pairs = [pair for figures in lines.values() for pair in permutations(figures, 2)]
    for one, two in shuffled([p for p in pairs if clean.start(p[0]) < clean.start(p[1])], random):
        printed = [(one, clean.printed(two)), (two, clean.printed(one))]
        if all(d for _, d in printed) and (made := plant_numbers(clean, printed)):
            yield made


@defect("rate_copied", "照抄上一句的比率")
def rate_copied(clean: Clean, random: Random) -> Iterator[Plant]:
    """Print the rate of the sentence before, as when a line is copied and half mended."""
    rates = sorted(
        {
            t.figure
            for entry in (*clean.of(ChangeRate), *clean.of(Ratio))
            if isinstance(r := entry.verdict.relation, ChangeRate | Ratio)
            for t in ((r.rate if isinstance(r, ChangeRate) else r.percent),)
            if in_prose(t.figure)
        },
        key=clean.start,
    )
    for one, two in shuffled(pairwise(rates), random):
        above = clean.printed(one)
        if above and clean.printed(two) and (made := plant_number(clean, two, above)):
            yield made


def _percents(clean: Clean) -> list[Figure]:
    found = {
        r.percent.figure for e in clean.of(Ratio) if isinstance(r := e.verdict.relation, Ratio)
    }
    return sorted((f for f in found if in_prose(f)), key=clean.start)


# --- words -----------------------------------------------------------------------------------


@defect("direction_flipped", "增减方向写反")
def direction_flipped(clean: Clean, random: Random) -> Iterator[Plant]:
    """Print the opposite words of direction: 减少…下降 → 增加…增长, 大于 → 小于."""
    every = (*clean.of(ChangeRate), *clean.of(PriorRate), *clean.of(Direction))
    for entry in shuffled(every, random):
        edits = _flips(clean, entry)
        if edits and _turns_over(entry):
            yield plant(clean, edits, [entry])


@defect("one_direction_flipped", "增减额与增减率方向不一")
def one_direction_flipped(clean: Clean, random: Random) -> Iterator[Plant]:
    """Flip one of the two words of a change: 减少…增长."""
    for entry in shuffled(clean.of(ChangeRate), random):
        edits = _flips(clean, entry)
        relation = entry.verdict.relation
        assert isinstance(relation, ChangeRate)  # noqa: S101 (of(ChangeRate) yields these)
        moved = relation.change.figure.base and relation.rate.figure.base
        if len(edits) == _BOTH and moved:
            yield plant(clean, [random.choice(edits)], [entry])


def _turns_over(entry: Judged) -> bool:
    relation = entry.verdict.relation
    match relation:
        case ChangeRate() | PriorRate():
            turned = replace(relation, direction=-relation.direction)
            return judge(turned).grade in BROKEN
        case Direction():
            turned_words = replace(relation, larger=relation.smaller, smaller=relation.larger)
            return judge(turned_words).grade in BROKEN
        case _:
            return False


def _flips(clean: Clean, entry: Judged) -> list[Edit]:
    """Return the replacement of every word of direction of a clause; none where there are many."""
    told = entry.verdict.relation.told_in
    if told is None or told.cell is not None:
        return []
    start, end = clean.span(told)
    words = list(_DIRECTION.finditer(clean.text, start, end))
    if not 1 <= len(words) <= _BOTH or _UNCHOSEN.search(clean.text, start, end):
        return []
    return [Edit(w.start(), w.end(), _OPPOSITE[w.group()]) for w in words]


@defect("percent_missing", "漏写百分号")
def percent_missing(clean: Clean, random: Random) -> Iterator[Plant]:
    """Leave out the sign after a rate of the prose: 占 76.23. Nought is nought with and without."""
    rates = (f for f in clean.figures if in_prose(f) and f.dimension == "percent")
    tied = [f for f in rates if f.value]
    for figure in shuffled(tied, random):
        digits = clean.printed(figure)
        end = clean.start(figure) + len(digits)
        sign = clean.text[end : end + 1]
        if sign in ("%", "％"):
            edit = Edit(clean.start(figure), end + 1, digits)
            yield replace(plant(clean, [edit], clean.tied(figure)), quiet=True)
