"""What a finding says: one sentence with both figures, and the recomputation (措辞).

Every sentence is an id of the catalogue (`gouji.messages`); figures and names are its fields.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from fractions import Fraction

from gouji.check.bounds import half_up
from gouji.check.shown import chain, common_unit, exact, in_unit, plain
from gouji.check.telling.evidence import Guide, Key, key_of
from gouji.messages import N_, Catalogue
from gouji.model.figure import Figure, Unit
from gouji.model.finding import Grade, Slip, Verdict
from gouji.model.place import Place
from gouji.model.relation import (
    AnyRelation,
    AtMost,
    Breach,
    ChangeRate,
    Direction,
    Equal,
    PriorRate,
    Ratio,
    Sum,
    Term,
)

VERDICTS: dict[Grade, str] = {
    "gross": N_("不能同时成立"),
    "broken": N_("不能同时成立"),
    "doubtful": N_("若少印小数位的数是精确值，则不能同时成立"),
    "last_digit": N_("末位相差一个单位（尾差）"),
}

SLIPS: dict[str, str] = {
    "scale": N_("“{name}”恰为另一数{factor}，疑单位或小数点有误"),
    "part_extra": N_("去掉“{name}” {figure} 即相符，疑此项重复计入或不属其中"),
    "transposed": N_("{left} 与 {right} 只是相邻两位数字颠倒"),
    "truncated": N_("末位是截去的，不是四舍五入"),
    "current_base": N_("{rate} 恰为 {change}÷{value}，疑以本年数为基数"),
    "other_base": N_("以“{name}” {figure} 为分母则相符，疑分母用错"),
    "wrong_direction": N_("增减方向相反则相符，疑方向写反"),
    "complement": N_("{rate} 恰为 100% 减去应有的比率，疑取成了余数"),
    "swapped": N_("“{name}”的 {figure} 才与此相符，疑两项互换"),
    "percent_scale": N_("应有的比率{factor}即为 {rate}，疑小数点或百分号有误"),
    "zero_base": N_("基数为零，算不出比率"),
    "zero_by_zero": N_("零除以零没有比率"),
}


MOST_PLACES = 3
"""Places a sentence names; the evidence has them all."""


class Sentences:
    """Puts verdicts on one document into sentences (措辞)."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.say: Catalogue = guide.say

    # --- the sentence ------------------------------------------------------------------------

    def message(self, verdict: Verdict) -> str:
        """Say in one sentence what cannot both be true, with figures, units and places."""
        relation = verdict.relation
        outcome = self.say(VERDICTS.get(verdict.grade, ""))
        match relation:
            case Breach():
                return self._breach(relation)
            case Sum():
                sentence = self._sum(relation, outcome)
            case Equal(left=left, right=right):
                sentence = self.say(
                    N_("{left}与{right}{outcome}"),
                    left=self.term(left),
                    right=self.term(right),
                    outcome=outcome,
                )
            case AtMost(parts=parts, whole=whole):
                sentence = self.say(
                    N_("{parts}超过了{whole}，{outcome}"),
                    parts=self.terms(parts),
                    whole=self.term(whole),
                    outcome=outcome,
                )
            case Direction(larger=larger, smaller=smaller):
                sentence = self.say(
                    N_("按文意{larger}应大于{smaller}，所印数字并非如此"),
                    larger=self.term(larger),
                    smaller=self.term(smaller),
                )
            case Ratio() | ChangeRate() | PriorRate():
                sentence = self._rate(relation, outcome)
            case _:
                sentence = outcome
        return self._about(relation, sentence)

    def _about(self, relation: AnyRelation, sentence: str) -> str:
        subject = relation.subject
        if not subject or subject in sentence:
            return self.say(N_("{sentence}。"), sentence=sentence).strip()
        return self.say(N_("{subject}：{sentence}。"), subject=subject, sentence=sentence)

    def _sum(self, relation: Sum, outcome: str) -> str:
        total, parts = relation.total, relation.parts
        result = _with_unit(*_total_of(total, parts))
        if any(p.sign < 0 or p.role == "change" for p in parts) or len(parts) == 1:
            return self.say(
                N_("{total}与{parts}推算的 {result} {outcome}"),
                total=self.term(total),
                parts=self.terms(parts),
                result=result,
                outcome=outcome,
            )
        return self.say(
            N_("{total}与所列 {count} 项之和 {result}（{where}）{outcome}"),
            total=self.term(total),
            count=len(parts),
            result=result,
            where=self.region([p.figure for p in parts]),
            outcome=outcome,
        )

    def _rate(self, relation: Ratio | ChangeRate | PriorRate, outcome: str) -> str:
        match relation:
            case Ratio(percent=percent, part=part, whole=whole):
                return self.say(
                    N_("{rate}与{part}除以{whole}{outcome}"),
                    rate=self.term(percent),
                    part=self.terms(part),
                    whole=self.terms(whole),
                    outcome=outcome,
                )
            case ChangeRate(rate=rate, value=value, change=change, direction=direction):
                sentence = (
                    N_("{rate}与{value}、增加 {change}{outcome}")
                    if direction > 0
                    else N_("{rate}与{value}、减少 {change}{outcome}")
                )
                return self.say(
                    sentence,
                    rate=self.term(rate),
                    value=self.term(value),
                    change=printed(change.figure),
                    outcome=outcome,
                )
            case PriorRate(rate=rate, value=value, prior=prior):
                return self.say(
                    N_("{rate}与{value}、{prior}{outcome}"),
                    rate=self.term(rate),
                    value=self.term(value),
                    prior=self.term(prior),
                    outcome=outcome,
                )

    def _breach(self, relation: Breach) -> str:
        sentence = self.say(relation.message, **relation.words)
        seen = [place for _, place in relation.evidence]
        outer = [p for p in seen if not any(_inside(p, q) for q in seen if q is not p)]
        places = list(dict.fromkeys(self.guide.where(place) for place in outer))
        if not places:
            return sentence
        where = self.say(N_("、")).join(places[:MOST_PLACES])
        if len(places) > MOST_PLACES:
            where = self.say(N_("{where}等 {count} 处"), where=where, count=len(places))
        return self.say(N_("{sentence}（{where}）。"), sentence=sentence.rstrip("。."), where=where)

    # --- figures and places ------------------------------------------------------------------

    def term(self, term: Term) -> str:
        """Name a figure: 本年收入合计 450.81 万元（第 12 页 / 公开01表 …）."""
        return self.say(
            N_("{name} {figure}（{where}）"),
            name=term.name,
            figure=printed(term.figure),
            where=self._whereabouts(term),
        ).strip()

    def _whereabouts(self, term: Term) -> str:
        """Say where a figure stands, without the row and column its name already gives."""
        place = term.figure.place
        cell = self.guide.cell(place)
        if cell and cell.column in term.name:
            return f"{self.guide.page(place)} / {cell.table}"
        return self.guide.where(place)

    def terms(self, terms: Sequence[Term]) -> str:
        """Name a few figures; many as their sum."""
        if len(terms) == 1:
            return self.term(terms[0])
        unit = common_unit(terms)
        return self.say(
            N_("{names} {sum}（{where}）"),
            names=_names(terms),
            sum=f"{chain(terms, unit)} {_unit_name(unit, terms)}".strip(),
            where=self.region([t.figure for t in terms]),
        )

    def region(self, figures: Sequence[Figure]) -> str:
        """Say where several figures stand: their tables, one page, or first to last."""
        cells = [f.place.cell for f in figures]
        first, last = self.guide.page(figures[0].place), self.guide.page(figures[-1].place)
        pages = first if first == last else f"{first}–{last}"
        if None in cells:
            return pages
        tables = dict.fromkeys(self.guide.table(c.grid) for c in cells if c is not None)
        return f"{pages} / {self.say(N_('、')).join(tables)}"

    # --- the arithmetic ----------------------------------------------------------------------

    def explanation(self, verdict: Verdict) -> str:
        """Show the recomputation with its range, then what slip would explain the print."""
        relation = verdict.relation
        slips = (self._slip(slip, relation) for slip in verdict.slips)
        pieces = [self._recomputed(verdict), *slips, self.say(relation.hint)]
        sentences = (self.say(N_("{sentence}。"), sentence=p.rstrip("。.")) for p in pieces if p)
        return "".join(sentences).strip()

    def _recomputed(self, verdict: Verdict) -> str:
        shown = verdict.recomputed
        if shown is None or isinstance(verdict.relation, Equal | Breach):
            return self._difference(verdict.relation)
        if shown.low is None or shown.high is None or shown.low == shown.high:
            return self.say(N_("复算：{expression}"), expression=shown.expression)
        low, high = (f"{end}{_range_unit(verdict.relation)}" for end in (shown.low, shown.high))
        return self.say(
            N_("复算：{expression}，按所印位数应在 {low} 至 {high} 之间"),
            expression=shown.expression,
            low=low,
            high=high,
        )

    def _difference(self, relation: AnyRelation) -> str:
        if not isinstance(relation, Equal):
            return ""
        terms = (relation.left, relation.right)
        unit = common_unit(terms) or _finer(terms)
        apart = abs(relation.left.figure.base - relation.right.figure.base)
        return self.say(N_("两数相差 {gap}"), gap=_with_unit(exact(in_unit(apart, unit)), unit))

    def _slip(self, slip: Slip, relation: AnyRelation) -> str:
        words = {**slip.words, **_rate_words(relation)}
        return self.say(SLIPS.get(slip.name, slip.name), **words)

    def suggestions(self, verdict: Verdict, vouched: Container[Key] = ()) -> tuple[str, ...]:
        """Name the one value that would make a broken relation hold, where there is one.

        Of a sum it is the total, or the only part, that nothing else confirms (`vouched`).
        """
        shown = verdict.recomputed
        if verdict.grade not in ("broken", "gross") or shown is None or shown.value is None:
            return ()
        relation = verdict.relation
        if isinstance(relation, Sum):
            return self._of_sum(relation, vouched)
        target = (
            relation.percent if isinstance(relation, Ratio) else getattr(relation, "rate", None)
        )
        if target is None or Fraction(shown.value) < 0:
            return ()
        decimals = target.figure.decimals
        value = plain(half_up(Fraction(shown.value), decimals), decimals)
        return (self._would_hold(target, f"{value}%"),)

    def _of_sum(self, relation: Sum, vouched: Container[Key]) -> tuple[str, ...]:
        total, parts = relation.total, relation.parts
        if key_of(total.figure.place) not in vouched:
            return (self._would_hold(total, _with_unit(*_total_of(total, parts))),)
        doubtful = [p for p in parts if key_of(p.figure.place) not in vouched]
        if len(doubtful) != 1:
            return ()
        part = doubtful[0]
        rest = tuple(p for p in parts if p is not part)
        flipped = tuple(replace(p, sign=-p.sign * part.sign) for p in rest)
        value = _total_of(part, (replace(total, sign=part.sign), *flipped))
        return () if value[0].startswith("-") else (self._would_hold(part, _with_unit(*value)),)

    def repair(self, term: Term, figure: Figure, findings: Sequence[str]) -> str:
        """Name the one value that would make several findings' relations hold at once."""
        return self.say(
            N_("若{name}为 {value}（所印为 {figure}），则 {findings} 的矛盾同时消除。"),
            name=term.name,
            value=printed(figure),
            figure=printed(term.figure),
            findings=self.say(N_("、")).join(findings),
        )

    def _would_hold(self, term: Term, value: str) -> str:
        return self.say(N_("若{name}为 {value}，则成立。"), name=term.name, value=value)


def _inside(inner: Place, outer: Place) -> bool:
    """Tell whether a place is only part of another one named as well (a cell of a quoted row)."""
    within = outer.start <= inner.start and inner.end <= outer.end
    smaller = inner.end - inner.start < outer.end - outer.start
    return inner.page == outer.page and within and smaller


def printed(figure: Figure) -> str:
    """Write a figure with its unit as a reader expects it: 450.81 万元, 7.83%."""
    return _with_unit(figure.text or "0", figure.unit)


def _with_unit(number: str, unit: Unit | None) -> str:
    if unit is None:
        return number
    return f"{number}{unit.name}" if unit.name in "%‰" else f"{number} {unit.name}"


def _total_of(total: Term, parts: Sequence[Term]) -> tuple[str, Unit | None]:
    """Return the sum of parts in the total's own unit."""
    unit = common_unit((total, *parts)) or total.figure.unit
    value = sum((p.figure.base * p.sign for p in parts), start=total.figure.base * 0)
    decimals = max(p.figure.decimals for p in (total, *parts))
    if common_unit((total, *parts)) is None:
        return exact(in_unit(value, unit)), unit
    return plain(in_unit(value, unit), decimals), unit


def _names(terms: Sequence[Term]) -> str:
    names = list(dict.fromkeys(t.name for t in terms if t.name))
    return "、".join(names[:3]) + ("…" if len(names) > 3 else "")  # noqa: PLR2004 (enough to recognise)


def _unit_name(unit: Unit | None, terms: Sequence[Term]) -> str:
    if unit is not None:
        return unit.name
    return "元" if any(t.figure.dimension == "money" for t in terms) else ""


def _finer(terms: Sequence[Term]) -> Unit | None:
    units = [t.figure.unit for t in terms if t.figure.unit is not None]
    return min(units, key=lambda u: u.factor, default=None)


def _range_unit(relation: AnyRelation) -> str:
    if isinstance(relation, Ratio | ChangeRate | PriorRate):
        return "%"
    if isinstance(relation, Sum):
        terms = (relation.total, *relation.parts)
        name = _unit_name(common_unit(terms), terms)
        return f" {name}" if name else ""
    return ""


def _rate_words(relation: AnyRelation) -> dict[str, str]:
    """Return the figures slips of rates speak of."""
    match relation:
        case Ratio(percent=percent):
            return {"rate": printed(percent.figure)}
        case ChangeRate(rate=rate, change=change, value=value):
            return {
                "rate": printed(rate.figure),
                "change": change.figure.text,
                "value": value.figure.text,
            }
        case PriorRate(rate=rate):
            return {"rate": printed(rate.figure)}
        case _:
            return {}
