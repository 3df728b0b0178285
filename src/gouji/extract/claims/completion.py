"""Execution against a budget (完成率): "完成年初预算的 95.45%", "执行率 87.5%", "占调整预算 90.75%"."""

from __future__ import annotations

import re

from gouji.extract.claims import words
from gouji.extract.claims.mentions import Mention
from gouji.extract.claims.passage import BUDGETS, Amount, Draft, Passage, clean_noun
from gouji.model.claim import Base, Completion, Subject

_NAMED = re.compile(
    r"(?:完成|执行|达到|占(?=(?:年初|全年|年度|本年|当年|调整后?的?|变动)*预算(?:的|数|比|总额|\d|$))|为|是|达)(?:了)?(?P<base>(?:(?:年初|全年|年度|本年|当年|调整后?的?|变动|总|批复|支出|收入|部门|计划)*预算(?:安排|支出|收入)?(?:总额|数|额|任务|指标|安排)?))"
    r"(?:的|比例|比|为|约|达到)*$"
)
_RATE = re.compile(
    r"(?P<name>资金到位|预算执行|预算完成|支出执行|支出完成|收入完成|资金执行|资金使用执行|执行|到位|支出进度|执行进度)(?:完成)?(?P<rate>率|比例|进度)?"
    r"(?:\([^()]{1,16}\))?(?:为|约为|达到|达|约|是|:|=|均为|均达)*$"
)
_BARE = re.compile(r"^,?完成(?:率|比例)(?:为|约为|达到|达|约|是|:)*$")
"""A rate that names no budget: of whatever else is completed unless a budget stands beside it."""
_AGAINST = re.compile(
    r"(?:较|比|与)?(?P<base>年初预算|年初|全年预算|预算)(?:数)?(?:相比)?完成(?:了)?$"
)
_PRINTED_BASE = re.compile(
    r"(?:完成|执行|占)(?:了)?(?P<base>(?:年初|全年|年度|调整后?的?|变动)*预算(?:总额|数|额|任务)?)(?:为|的)?$"
)
_THEN_RATE = re.compile(r"的?(?:比例)?(?:为)?\s?\d")


def read(passage: Passage, mention: Mention) -> bool:
    """Take a percentage of a budget, or an execution rate."""
    if mention.dimension != "percent":
        return _read_base(passage, mention)
    found = _NAMED.search(mention.clause) or _AGAINST.search(mention.clause)
    if found is not None:
        kind = words.budget_kind(found["base"] + ("预算" if found["base"] == "年初" else ""))
        return _state(passage, mention, found.start(), Base(kind, found["base"]))
    waiting = _waiting_base(passage, mention)
    if waiting is not None:
        return _state(passage, mention, 0, waiting)
    if _BARE.match(mention.clause) and _beside_budget(passage, mention):
        return _state(passage, mention, 0, Base("budget", "完成率"))
    rate = _RATE.search(mention.clause)
    if rate is None or not (rate["rate"] or "进度" in rate["name"]):
        return False
    arrived = "到位" in rate["name"]
    return _state(passage, mention, rate.start(), Base("budget", rate["name"]), arrived=arrived)


def _beside_budget(passage: Passage, mention: Mention) -> bool:
    """Tell a rate right after budget and final figure: 预算为17.50万元,决算为15.23万元,完成率为87%."""
    near = passage.amounts[-2:]
    budgets = [a for a in near if a.subject.measure in BUDGETS]
    here = all(a.sentence == passage.sentence_at(mention.start) and not a.reason for a in near)
    return here and len(near) == 2 and len(budgets) == 1 and near[0].group == near[1].group  # noqa: PLR2004  # budget and final


def _read_base(passage: Passage, mention: Mention) -> bool:
    """A budget printed inside the rate's own words: 完成全年预算84.82万元的73.2%."""
    found = _PRINTED_BASE.search(mention.clause)
    if found is None or _THEN_RATE.match(passage.text, mention.stop) is None:
        return False
    passage.waiting = (mention, Base(words.budget_kind(found["base"]), found["base"]))
    return True


def _waiting_base(passage: Passage, mention: Mention) -> Base | None:
    if passage.waiting is None or passage.waiting[0].index != mention.index - 1:
        return None
    return passage.waiting[1]


def _state(
    passage: Passage, mention: Mention, at: int, base: Base, *, arrived: bool = False
) -> bool:
    noun = clean_noun(words.COPULA.sub("", mention.clause[:at]), passage.entity)
    named = None if passage.says_nothing(noun) else passage.subject(noun, "final")[0]
    value = (
        None
        if passage.in_reason(mention.start)
        else _value(passage, mention, named, arrived=arrived)
    )
    subject = value.subject if value else (named or _unsaid(passage))
    start = mention.clause_from + (at if named is None else 0)
    draft = passage.draft(Completion, "completion", subject, (start, mention.stop))
    draft.uses(mention)
    draft.fields.update(value=value.mention if value else None, percent=mention)
    _bind_base(passage, mention, value, base, draft)
    if value is not None and value.home is None and not arrived and _adjacent(value, mention):
        value.home, draft.of = draft, value
        draft.start = min(draft.start, value.start)
        draft.uses(value.mention)
    return True


def _unsaid(passage: Passage) -> Subject:
    current = passage.current or passage.topic
    return current or passage.subject("", "final")[0]


def _bind_base(
    passage: Passage, mention: Mention, value: Amount | None, base: Base, draft: Draft
) -> None:
    """Give the rate its budget: printed in its words, else the one of the subject (基数)."""
    waiting = passage.waiting
    if waiting is not None and waiting[1] is base:
        draft.fields["base"] = (base, waiting[0])
        draft.uses(waiting[0])
        passage.waiting = None
        return
    reason = passage.in_reason(mention.start)
    found = None if reason else passage.budget_of(value, base.kind, mention.start)
    draft.fields["base"] = (base, found.mention if found else None)


def _value(
    passage: Passage, mention: Mention, named: Subject | None, *, arrived: bool
) -> Amount | None:
    """Return the final figure, or the money that arrived where the rate is 到位率."""
    if named is not None:
        return passage.value_of(named, "money", mention.start)
    for amount in reversed(passage.amounts):
        if amount.reason or amount.mention.dimension not in ("money", "count", ""):
            continue
        if amount.sentence < passage.sentence_at(mention.start) - 1:
            return None
        if amount.subject.measure in BUDGETS:
            continue
        if arrived != ("到位" in amount.mention.clause):
            return None
        return amount
    return None


def _adjacent(value: Amount, mention: Mention) -> bool:
    """No other quantity stands between, but a budget printed in the rate's words."""
    return mention.index - value.mention.index <= 1 + (mention.gap_from > value.stop)
