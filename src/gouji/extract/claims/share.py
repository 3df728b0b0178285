"""Shares of a whole (占比): "占本年支出合计的 90.9%", "占 76.23" without its sign."""

from __future__ import annotations

import re
from dataclasses import replace

from gouji.extract import subjects
from gouji.extract.claims import words
from gouji.extract.claims.mentions import Mention
from gouji.extract.claims.passage import Amount, Draft, Passage, clean_noun
from gouji.model.claim import Measure, Share, Subject

_SHARE = re.compile(
    r"(?:所|约|共|各|分别)?占(?:到|了|比(?![例重率])|有)?(?P<whole>[^占,]{0,40}?)"
    r"(?:的)?(?:比重|比例|比率|百分比|份额|比)?(?:约?为|达到|达|约|是|:|的)*$"
)
_TRIM = re.compile(r"^(?:到|了|其|全部|整个|比)|(?:的|当年|数)$")
BARE = frozenset({"总收入", "总支出", "收入", "支出", "总额", "总数", "总量", "合计", "总计"})
"""Wholes that name no item: the list's own total."""
_OF_YEAR = re.compile(r"^(?:本年|当年|全年|年度|总)(?:支出|收入)|^(?:支出|收入)(?:合计|总计|总额)")
_OF_BUDGET = re.compile(r"^(?:年初|全年|调整后?的?|年度)?预算(?:数|总额)?$")


def read(passage: Passage, mention: Mention) -> bool:
    """Take a percentage after 占 as a share; budgets alone are left to completion."""
    if mention.index in passage.paired:
        return True
    if "占" not in mention.clause or mention.dimension not in ("percent", ""):
        return False
    found = _SHARE.search(mention.clause)
    if found is None:
        return False
    whole_text = _TRIM.sub("", found["whole"])
    if _OF_BUDGET.match(whole_text):
        return False
    value, own = _value(passage, mention, mention.clause[: found.start()])
    start = mention.clause_from + (found.start() if value else 0)
    percents = _run_of(passage, mention)
    parts = [value] if len(percents) == 1 else _beside(passage, value, len(percents))
    for percent, part in zip(percents, parts, strict=True):
        subject = part.subject if part else own
        draft = passage.draft(
            Share, "share", subject or passage.subject("", "final")[0], (start, percent.stop)
        )
        draft.fields.update(
            value=part.mention if part else None, percent=percent, whole_text=whole_text
        )
        _name_whole(passage, draft, whole_text, part)
        draft.uses(percent)
        if part is not None and own is None:
            _settle(draft, part)
    passage.paired.update(p.index for p in percents[1:])
    return True


def _run_of(passage: Passage, mention: Mention) -> list[Mention]:
    """Return the percentages of a run: 占总规模的8.1%和91.9%."""
    run = [mention]
    for following in passage.mentions[mention.index + 1 :]:
        if not following.elided or following.dimension != mention.dimension:
            break
        run.append(following)
    return run


def _beside(passage: Passage, last: Amount | None, count: int) -> list[Amount | None]:
    """Return the amounts of the run that ends here, one a percentage; none where they do not pair."""
    if last is not None and last in passage.amounts:
        place = passage.amounts.index(last)
        run = passage.amounts[max(0, place - count + 1) : place + 1]
        begins = run[0].mention.elided
        if len(run) == count and not begins and all(a.mention.elided for a in run[1:]):
            return list(run)
    return [None] * count


def _settle(draft: Draft, value: Amount) -> None:
    draft.of = value
    if value.home is None and draft.block == value.block:
        value.home = draft
        draft.start = min(draft.start, value.start)
        draft.uses(value.mention)


def _value(passage: Passage, mention: Mention, before: str) -> tuple[Amount | None, Subject | None]:
    """Return the part, and the subject the clause names itself where it does."""
    noun = clean_noun(words.COPULA.sub("", before), passage.entity)
    if passage.says_nothing(noun):
        return _nearest(passage, mention), None
    subject, _ = passage.subject(noun, "final")
    value = passage.value_of(subject, "money", mention.start)
    return value, subject


def _nearest(passage: Passage, mention: Mention) -> Amount | None:
    """The amount just before, in the same sentence; not one of a reason or of a closed bracket.

    支出决算90万元(年初预算100万元),占45%: what stands in brackets tells of the amount before them.
    """
    for amount in reversed(passage.amounts):
        if amount.sentence != passage.sentence_at(mention.start):
            return None
        between = passage.text[amount.mention.stop : mention.start]
        aside = amount.reason or between.count(")") > between.count("(")
        if amount.mention.dimension in ("money", "count", "") and not aside:
            return amount
    return None


def _whole(
    passage: Passage, noun: str, measure: Measure, value: Amount | None
) -> tuple[Subject, subjects.Meaning]:
    """The whole of a year (占本年支出合计) is that of all funds, whatever the section speaks of."""
    whole, meaning = passage.subject(noun, measure)
    itself = value is not None and meaning.item is not None and meaning.item is value.meaning.item
    if itself or _OF_YEAR.search(noun):
        meaning = subjects.resolve(noun, "expenditure")
        whole = Subject(noun, meaning.name or None, meaning.scope, measure)
    return whole, meaning


def _of_others(passage: Passage, draft: Draft, whole: Amount) -> bool:
    """Tell a whole of some (盟本级收入…) where others have been spoken of since (全盟…中,税收收入…)."""
    if whole.block != passage.block or not whole.subject.reach:
        return False
    since = subjects.reach_of(passage.text[whole.stop : draft.start])
    return bool(since) and since != whole.subject.reach


def _name_whole(passage: Passage, draft: Draft, text: str, value: Amount | None) -> None:
    """Resolve the noun after 占 to an item and, where it is printed nearby, to its figure."""
    if not text or text in BARE:
        return
    said, noun = words.measure_of(text)
    measure: Measure = value.subject.measure if value else "final"
    whole, meaning = _whole(passage, noun or text, said or measure, value)
    draft.fields["whole_item"] = meaning.name or None
    if value is None:
        return
    sentence = passage.sentence_at(draft.start)
    begins = passage.ends[sentence - 1] + 1 if sentence else 0
    reach = whole.reach or subjects.reach_of(passage.text[begins : draft.start])
    whole = replace(whole, reach=reach)
    found = passage.value_of(whole, value.mention.dimension, draft.start)
    if found is not None and found is not value and not _of_others(passage, draft, found):
        draft.fields["whole"] = found.mention
