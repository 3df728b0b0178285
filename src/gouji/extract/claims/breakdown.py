"""States totals and their parts within a paragraph (分项合计): lists, a total after its parts.

Whether the parts must reach the total is said by the words, or known from the standard lists of parts.
"""

from __future__ import annotations

import re
from dataclasses import replace

from gouji.extract.claims import lists, words
from gouji.extract.claims.lists import TOTAL_WORD, NestedList, is_detail
from gouji.extract.claims.passage import Amount, Draft, Passage, clean_noun
from gouji.extract.parts import is_part
from gouji.model.claim import Breakdown

_GRADES = re.compile(r"[“\"](优秀|优|良好|良|中|合格|差|不合格)[”\"]")
_AND_MORE = re.compile(r"\s?等(?!级)")
_ITEM = re.compile(r"(?:^|[:;。,])\s?\(?\d{1,2}[.、)]\s?$")
_SUMS_UP = re.compile(r"^[。;,](?:以上)?(?:合计|共计|总计|共)?(?:涉及|合计|共计|总计|共)")
_FEWEST, _MOST = 2, 400
"""A list needs a total and a part; so many amounts in one paragraph are no prose."""


def read(passage: Passage) -> None:
    """Draft a breakdown for every list of the paragraph (分项合计)."""
    if not _FEWEST <= len(passage.amounts) <= _MOST:
        return
    found = lists.find(passage)
    for one in found:
        _draft(passage, one)
    _trailing_total(passage, found)
    _after_items(passage)


def _draft(passage: Passage, one: NestedList) -> None:
    """State the list for each measure in which total and parts are printed."""
    opened_by_where = one.marker is not None and one.marker[0] == "其中"
    for total in one.totals:
        parts = _in_measure(passage, one, total)
        enough = 1 if opened_by_where else 2
        if len(parts) < enough or (len(parts) == 1 and total.subject.item == parts[0].subject.item):
            continue
        draft_list(total, parts, exhaustive=_exhaustive(passage, one, total, parts))
        for part in parts:
            if _part_of_another(part, total):
                detach(passage, part)


def _in_measure(passage: Passage, one: NestedList, total: Amount) -> list[Amount]:
    """Return the parts in the total's measure: 年初预算 with 年初预算, 决算 with 决算."""
    wanted = total.subject.measure
    groups = {p.group for p in one.parts}
    if len(one.totals) == 1:
        return [p for p in one.parts if _comparable(p, total)]
    first: dict[int, Amount] = {}
    for amount in passage.amounts:
        if amount.group in groups and amount.subject.measure == wanted and amount.stop > one.at:
            first.setdefault(amount.group, amount)
    return list(first.values())


def _comparable(part: Amount, total: Amount) -> bool:
    if part.mention.tabular != total.mention.tabular:
        return False
    budgets = ("initial_budget", "annual_budget", "adjusted_budget")
    left, right = part.subject.measure, total.subject.measure
    return left == right or not (left in budgets or right in budgets) or "budget" in (left, right)


def _exhaustive(passage: Passage, one: NestedList, total: Amount, parts: list[Amount]) -> bool:
    """Tell whether the parts must reach the total."""
    if len(parts) == 1 or _AND_MORE.match(passage.text, parts[-1].stop):
        return False
    if one.marker is not None and one.marker["complete"]:
        return True
    if any(is_part(p.meaning.item, q.meaning.item) for p in parts for q in parts):
        return False
    if all(is_part(p.meaning.item, total.meaning.item) for p in parts):
        return not any(is_detail(p) for p in parts)
    graded = [_GRADES.search(passage.text[p.start : p.stop + 16]) for p in parts]
    return all(graded)


def draft_list(total: Amount, parts: list[Amount], *, exhaustive: bool) -> Draft:
    """Begin a breakdown where its total stands; part ids are settled when all claims are known."""
    passage = total.passage
    assert passage is not None  # noqa: S101  # every amount knows its paragraph
    inside = all(p.block == total.block for p in parts)
    start = min([total.start, *(p.start for p in parts)]) if inside else total.start
    stop = max([total.stop, *(p.stop for p in parts)]) if inside else total.stop
    draft = passage.draft(Breakdown, "breakdown", total.subject, (start, stop))
    draft.fields.update(
        total=total.mention,
        parts=parts,
        exhaustive=exhaustive,
        counted=total.mention.dimension == "count",
    )
    draft.of = total
    return draft


def _trailing_total(passage: Passage, found: list[NestedList]) -> None:
    """A total after its parts in one sentence: 收入…，支出…，合计 V."""
    inner = {id(p) for one in found for p in one.parts if one.closes is not None}
    taken = {id(t) for one in found for t in one.totals if one.closes is None}
    for index, total in enumerate(passage.amounts):
        if total.reason or not TOTAL_WORD.match(_said(passage, total)) or id(total) in taken:
            continue
        parts = [
            a
            for a in passage.amounts[:index]
            if a.sentence == total.sentence
            and a.mention.dimension == total.mention.dimension
            and a.named
            and id(a) not in inner
            and id(a) not in taken
        ]
        if len(parts) > 1 and not any(TOTAL_WORD.match(_said(passage, p)) for p in parts):
            if any(p.subject.item and p.subject.item == total.subject.item for p in parts):
                detach(passage, total)
            draft_list(total, parts, exhaustive=_run_is_whole(passage, parts, total))


def detach(passage: Passage, amount: Amount) -> None:
    """Leave open which item an amount is: it goes by an item's name and is another quantity."""
    amount.subject = replace(amount.subject, item=None, cells=())
    for draft in passage.drafts:
        if draft.of is amount:
            draft.subject = replace(draft.subject, item=None, cells=())


_OWN_SPLIT = frozenset({"基本支出", "项目支出", "人员经费", "公用经费", "税收收入", "非税收入"})
"""Items that many a whole is made of: only the standard one's parts go by the bare name."""


_OF_ALL = re.compile("总|合计|预算|决算|本年|全年|年度|本单位|本部门|我")


def _part_of_another(part: Amount, total: Amount) -> bool:
    """Tell the basic or project expenditure of one function (小学教育支出…,其中:基本支出…)."""
    item, whole = part.meaning.item, total.meaning.item
    if item is None or not any(name in item.key for name in _OWN_SPLIT):
        return False
    if whole is None:
        text = total.subject.text
        other = bool(text) and _OF_ALL.search(text) is None
        return bool(total.meaning.name) or text.endswith(("支出", "收入")) or other
    return whole.kind != "item"


def _run_is_whole(passage: Passage, parts: list[Amount], total: Amount) -> bool:
    """Tell whether every amount from the first part to the total was read as an amount."""
    read = {id(a.mention) for a in passage.amounts}
    between = passage.mentions[parts[0].mention.index : total.mention.index]
    return all(id(m) in read for m in between if m.dimension == total.mention.dimension)


def _after_items(passage: Passage) -> None:
    """A total after numbered items of one paragraph: 1.甲10万元；2.乙20万元。共涉及30万元."""
    items = [a for a in passage.amounts if _ITEM.search(passage.text, 0, a.start) and not a.reason]
    if len(items) < 2:  # noqa: PLR2004  # a list has two
        return
    place = passage.amounts.index(items[-1])
    following = passage.amounts[place + 1 : place + 2]
    if not following or following[0].mention.dimension != items[0].mention.dimension:
        return
    if _SUMS_UP.search(passage.text[items[-1].stop : following[0].mention.start]):
        draft_list(following[0], items, exhaustive=False)


def _said(passage: Passage, amount: Amount) -> str:
    clause = words.COPULA.sub("", amount.mention.clause)
    return clean_noun(clause, passage.entity) or amount.mention.clause
