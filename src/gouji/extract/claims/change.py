"""Rises and falls (增减): "比上年减少 4.25 万元，下降 98.68%", with one base, several, or none said."""

from __future__ import annotations

import re
from dataclasses import replace

from gouji.extract.claims import words
from gouji.extract.claims.mentions import Mention
from gouji.extract.claims.passage import BUDGETS, Amount, Draft, Passage, clean_noun, same_subject
from gouji.model.claim import Base, Change, Direction, Subject

_BASE_END = re.compile(r"(?:较|比|与|同(?!期|比))[^,。;]{0,30}$")
_PRIOR = re.compile(
    r"(?:(?P<said>(?:上一?年度?|去年)(?:同期)?)|(?P<year>(?:19|20)\d\d)年度?(?=.*(?:决算|执行|完成)))"
    r"(?:支出|收入|决算|执行|完成|预算|实际){0,4}(?:总额|数|额)?(?:为|是|:)?$"
)
_THEN_CHANGED = re.compile(
    rf",?(?:同比|(?:较|比|与)(?:上年度?|去年)[^,。;\d]{{0,6}},?)?{words.FOLLOWED_BY_DIRECTION.pattern}"
)
_NOTHING = re.compile(r"^[,(]?(?:上年度?|去年)(?:支出|收入|决算)?(?:基数|数)?(?:为|是)$")
_YEARLY = re.compile(r"年均|每年|年平均")
_EACH = re.compile(r"(?:各|共|分别|均|都|也|略|净)+$")


def read(passage: Passage, mention: Mention) -> bool:
    """Take a number governed by a direction word, or the base printed before one."""
    if _is_base(passage, mention):
        passage.printed_base = mention
        return True
    if _is_nothing(passage, mention) or _is_aside(passage, mention):
        return True
    found = words.DIRECTION.search(mention.clause)
    if found is None and words.NEUTRAL_RATE.search(mention.clause) is None:
        return _continues(passage, mention)
    yearly = mention.dimension == "percent" and _YEARLY.search(mention.clause)
    if yearly or mention.dimension in ("points", "score", "ratio"):
        return False
    direction: Direction = (
        words.direction_of(found) if found else ("down" if mention.token.value < 0 else "up")
    )
    rate = mention.dimension == "percent" or (mention.unit is None and _follows_amount(passage))
    if mention.unit is None and not rate:
        return False
    option = bool(found and found["option"])
    if _completes(passage, mention, direction, rate=rate, option=option):
        return True
    _state(passage, mention, direction, rate=rate, option=option)
    return True


def _is_base(passage: Passage, mention: Mention) -> bool:
    """较2024年的2190万元减少, 较上年2.08减少, 与上年的0.50万元持平; 上年决算数为2.6万元,同比减少."""
    if mention.dimension not in ("money", "count", ""):
        return False
    if not _BASE_END.search(mention.clause):
        return _is_prior(passage, mention)
    if words.FOLLOWED_BY_DIRECTION.match(passage.text, mention.stop) is None:
        return False
    return words.DIRECTION.search(mention.clause) is None


def _is_prior(passage: Passage, mention: Mention) -> bool:
    """Tell last year's figure that a change follows; a year in digits needs this year's before it."""
    found = _PRIOR.search(mention.clause)
    if found is None or _THEN_CHANGED.match(passage.text, mention.stop) is None:
        return False
    if found["said"]:
        return True
    before = passage.amounts[-1] if passage.amounts else None
    last_year = passage.fiscal_year is not None and int(found["year"]) == passage.fiscal_year - 1
    here = before is not None and before.sentence == passage.sentence_at(mention.start)
    return last_year and here and before is not None and before.subject.year is None


def _is_aside(passage: Passage, mention: Mention) -> bool:
    """Take the rate of a change just stated where it stands in brackets: 减少1.5万元(42.86%)."""
    bare = mention.dimension == "percent" and mention.gap == "("
    if not bare or not passage.text.startswith(")", mention.stop) or not passage.open:
        return False
    draft = passage.open[0]
    if (
        draft.fields.get("rate") is not None
        or draft.fields.get("change") is not (passage.mentions[mention.index - 1])
    ):
        return False
    draft.fields["rate"] = mention
    draft.uses(mention)
    return True


def _is_nothing(passage: Passage, mention: Mention) -> bool:
    """Take the base of a change just stated where it was nothing: 增加3.65万元,上年为0,不计算增减率."""
    if mention.token.value != 0 or _NOTHING.search(mention.clause) is None or not passage.open:
        return False
    draft = passage.open[0]
    base, printed = draft.fields["base"]
    change = draft.fields.get("change")
    if printed is not None or change is None or base.kind not in ("prior_year", "unknown"):
        return False
    if mention.unit is None and mention.figure is not None:
        mention.unit = change.unit
        mention.figure = replace(mention.figure, unit=change.unit)
    draft.fields["base"] = (base, mention)
    draft.uses(mention)
    return True


def _follows_amount(passage: Passage) -> bool:
    return any(d.fields.get("change") and not d.fields.get("rate") for d in passage.open)


def _continues(passage: Passage, mention: Mention) -> bool:
    """The second number of a run takes the words of the first: 各减少A,B万元,各下降p、q."""
    if not mention.elided or not passage.open:
        return False
    last = passage.mentions[mention.index - 1]
    slot = "rate" if mention.dimension == "percent" else "change"
    owner = next((d for d in passage.open if d.fields.get(slot) is last), None)
    if owner is None:
        return False
    twins = [d for d in passage.open if d.fields.get(slot) is None]
    if twins:
        twins[0].fields[slot] = mention
        twins[0].uses(mention)
        return True
    if slot != "change":
        return False
    value = _beside(passage, owner)
    made = passage.draft(
        Change, "change", value.subject if value else owner.subject, (mention.start, mention.stop)
    )
    made.fields.update(
        owner.fields, value=value.mention if value else None, change=mention, rate=None
    )
    made.uses(mention)
    _own(made, value)
    passage.open.append(made)
    return True


def _beside(passage: Passage, owner: Draft) -> Amount | None:
    """The amount printed beside the one the first number belongs to."""
    if owner.of is None:
        return None
    place = passage.amounts.index(owner.of)
    following = passage.amounts[place + 1] if place + 1 < len(passage.amounts) else None
    return following if following and following.mention.elided else None


def _completes(
    passage: Passage, mention: Mention, direction: Direction, *, rate: bool, option: bool
) -> bool:
    """Fill the rate of a change just read, or the amount of a rate just read."""
    if not passage.open or _compares(mention) or _noun(passage, mention):
        return False
    slot = "rate" if rate else "change"
    draft = passage.open[0]
    if draft.fields.get(slot) is not None:
        return False
    draft.fields[slot] = mention
    if rate:
        draft.fields["rate_direction"] = direction
    draft.fields["unspecified"] = draft.fields.get("unspecified", False) or option
    draft.uses(mention)
    return True


def _compares(mention: Mention) -> bool:
    return any(_is_comparison(m) for m in words.BASE.finditer(mention.gap)) or bool(
        words.SAME_PERIOD.search(mention.gap)
    )


def _is_comparison(match: re.Match[str]) -> bool:
    return words.base_of(match, None) is not None


def _noun(passage: Passage, mention: Mention) -> str:
    """Return the subject words between the base phrase, or the clause's start, and the direction."""
    body = words.DIRECTION.sub("", mention.clause)
    body = words.NEUTRAL_RATE.sub("", body)
    measure_cut = _cut_base(body)
    noun = clean_noun(_EACH.sub("", words.COPULA.sub("", measure_cut)), passage.entity)
    _, noun = words.measure_of(noun) if not noun.endswith("收支总预算") else (None, noun)
    noun = re.sub(r"^.*?(?:19|20)\d\d年度?(?=.{2})", "", noun)
    return passage.noun_before_base(mention.gap) if passage.says_nothing(noun) else noun


def _cut_base(body: str) -> str:
    """Remove the base phrase: what stands before it, else after it, is the subject."""
    for found in words.BASE.finditer(body):
        if words.base_of(found, None) is None:
            continue
        head, tail = body[: found.start()], body[found.end() :]
        return head if clean_noun(head) else tail
    found_same = words.SAME_PERIOD.search(body)
    if found_same:
        head, tail = body[: found_same.start()], body[found_same.end() :]
        return head if clean_noun(head) else tail
    return body


def base_before(passage: Passage, gap: str) -> Base | None:
    """Return the base the words before a number name, or None."""
    found = [
        base
        for match in words.BASE.finditer(gap)
        if (base := words.base_of(match, passage.fiscal_year, budgeting=passage.budgeting))
    ]
    if found:
        return found[-1]
    same = words.SAME_PERIOD.search(gap)
    return Base("prior_year", same[0].strip(",;。 ")) if same else None


def _state(
    passage: Passage, mention: Mention, direction: Direction, *, rate: bool, option: bool
) -> None:
    noun = _noun(passage, mention)
    printed = passage.printed_base
    near = printed if printed is not None and printed.index == mention.index - 1 else None
    gap = (near.gap if near else "") + mention.gap
    base = base_before(passage, gap)
    if base is None:
        base = passage.base or Base("unknown", "")
    else:
        passage.base = base
    if near is not None and not noun:
        noun = _noun_before(passage, near)
    if passage.in_reason(mention.start) and not noun:
        noun = _noun_of_reason(passage, near or mention)
    named = _named(passage, mention, noun)
    value = _of_year(passage, _value(passage, mention, named), near)
    if named is not None and not passage.in_reason(mention.start):
        passage.about = (value, passage.sentence_at(mention.start))
    base = _of_budgets(base, value)
    subject = _subject(passage, named, value)
    start = (near or mention).clause_from
    draft = passage.draft(
        Change, "change", subject or passage.subject("", "final")[0], (start, mention.stop)
    )
    budget = None if near else _base_elsewhere(passage, mention, value, base)
    draft.fields.update(
        value=value.mention if value else None,
        direction=direction,
        base=(base, near or (budget.mention if budget else None)),
        unspecified=option,
    )
    draft.fields["rate" if rate else "change"] = mention
    if rate:
        draft.fields["rate_direction"] = direction
    draft.uses(mention, *([near] if near else []))
    if not passage.in_reason(mention.start):
        _own(draft, value, adjacent=_adjacent(passage, mention, near, value))
    passage.printed_base = None
    passage.open = [draft]


def _subject(passage: Passage, named: Subject | None, value: Amount | None) -> Subject | None:
    """Return the subject of a change: the value's, unless the clause names a wider one (收、支总计)."""
    if value is None or (named is not None and named.item and named.item != value.subject.item):
        return named or passage.current or passage.topic
    return value.subject


def _base_elsewhere(
    passage: Passage, mention: Mention, value: Amount | None, base: Base
) -> Amount | None:
    """Return the base where the paragraph prints it for the same subject: budget or last year."""
    if value is None:
        return None
    if base.kind in ("prior_year", "named"):
        return passage.prior_of(value, base.year)
    return passage.budget_of(value, base.kind, mention.start)


def _named(passage: Passage, mention: Mention, noun: str) -> Subject | None:
    """Return the subject the clause names; a reason speaks of its own subjects only."""
    if passage.in_reason(mention.start):
        return Subject(noun, None, "other", "other")
    return passage.subject(noun, "final")[0] if noun else None


def _noun_of_reason(passage: Passage, mention: Mention) -> str:
    """项目支出增加,较上年增加…: the clause before names what changed."""
    clauses = passage.text[mention.gap_from : mention.clause_from].rstrip(",;:。").rsplit(",", 1)
    last = re.split("[,;:。]", clauses[-1])[-1]
    return clean_noun(words.DIRECTION.sub("", last)) if words.DIRECTION.search(last) else ""


def _of_budgets(base: Base, value: Amount | None) -> Base:
    """A budget compared with last year's budget changes year on year (比上年预算)."""
    if (
        base.kind == "named"
        and "预算" in base.text
        and value is not None
        and value.subject.measure in BUDGETS
    ):
        return Base("prior_year", base.text, base.year, base.figure)
    return base


def _noun_before(passage: Passage, near: Mention) -> str:
    compared = _BASE_END.search(near.clause)
    body = _cut_base(near.clause) if compared else _PRIOR.sub("", near.clause)
    noun = clean_noun(words.COPULA.sub("", body), passage.entity)
    return "" if passage.says_nothing(noun) else noun


def _value(passage: Passage, mention: Mention, named: Subject | None) -> Amount | None:
    if passage.in_reason(mention.start):
        return None
    dimension = mention.dimension
    if dimension in ("percent", ""):
        last = [a for a in passage.amounts if not a.reason]
        dimension = last[-1].mention.dimension if last else "money"
    return _first_of_run(passage, mention, passage.value_of(named, dimension, mention.start))


def _of_year(passage: Passage, value: Amount | None, near: Mention | None) -> Amount | None:
    """Leave open a value that may not be what was compared: last year's own, or not the budget."""
    if value is None:
        return None
    if near is not None and _PRIOR.search(near.clause) and not _BASE_END.search(near.clause):
        budgets = "预算" in near.clause and value.subject.measure not in BUDGETS
        return None if budgets else value
    last_year = passage.fiscal_year is not None and value.subject.year == passage.fiscal_year - 1
    others = (a for a in passage.recent() if a.mention.dimension == value.mention.dimension)
    both = [a for a in others if a.subject.year is None and not a.reason]
    if not last_year or not both:
        return value
    beside = [a for a in both if a.sentence == value.sentence and _is_this_year(a, value)]
    return beside[-1] if beside else None


def _is_this_year(amount: Amount, last: Amount) -> bool:
    """Tell this year's figure printed before last year's: 2016年预算8万元,2015年预算12万元;对比减少…."""
    same = amount.subject.measure == last.subject.measure and amount.stop < last.start
    return same and same_subject(amount.subject, last.subject)


def _first_of_run(passage: Passage, mention: Mention, value: Amount | None) -> Amount | None:
    """Pair first with first: 各是A,B…各减少a,b (分别)."""
    following = passage.mentions[mention.index + 1 : mention.index + 2]
    if value is None or not value.mention.elided or not (following and following[0].elided):
        return value
    place = passage.amounts.index(value) if value in passage.amounts else 0
    while place > 0 and passage.amounts[place].mention.elided:
        place -= 1
    return passage.amounts[place]


def _adjacent(
    passage: Passage, mention: Mention, near: Mention | None, value: Amount | None
) -> bool:
    """Tell a change right after its value, or after the rest of its run or its budget."""
    first = near or mention
    return value is not None and first.gap_from <= passage.reach_of(value)


def _own(draft: Draft, value: Amount | None, *, adjacent: bool = True) -> None:
    """The change states its value too, where it follows it directly."""
    if value is None or value.block != draft.block:
        return
    draft.of = value
    if adjacent and value.home is None:
        value.home = draft
        draft.start = min(draft.start, value.start)
        draft.uses(value.mention)
