"""Totals and their parts within a paragraph (其中、包括、分别为、由…构成).

Lists may nest. A list ends with its bracket, with its sentence, or where a name belongs to the list
around it; whether the parts must reach the total is said by the words, or known from the standard
lists of parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from gouji.extract import subjects
from gouji.extract.claims import words
from gouji.extract.claims.passage import Amount, Draft, Passage, clean_noun
from gouji.model.claim import Breakdown, Subject

MARKER = re.compile(
    r"其中|按(?:支出)?功能(?:科目)?分类(?:科目)?[:,]|(?P<complete>分项(?:情况|金额)?(?:是|为|如下|:)+|分别(?:为|是)|具体构成|构成情况|构成(?:如下|为|是)|具体(?:为|是|包括)|由(?=[^,。;]{2,30}(?:构成|组成)))"
    r"|(?P<loose>主要(?:包括|用于(?:以下方面|开支)?|是|为)|用于开支|包括|用于)"
)
_LISTED = re.compile(r"其中|包括|分别")
_STOP = re.compile(r"[;。]")
_GRADES = re.compile(r"[“\"](优秀|优|良好|良|中|合格|差|不合格)[”\"]")
_AND_MORE = re.compile(r"\s?等(?!级)")
_TOTAL_WORD = re.compile(
    r"^(?:合计|共计|总计|总分|总绩效|总得分|(?:收入|支出)合计|综合得分|自评总分|总额)$"
)
_ITEM = re.compile(r"(?:^|[:;。,])\s?\(?\d{1,2}[.、)]\s?$")
_SUMS_UP = re.compile(r"^[。;,](?:以上)?(?:合计|共计|总计|共)?(?:涉及|合计|共计|总计|共)")
_SIDE = {"收入": "收入", "支出": "支出"}


_FEWEST, _MOST = 2, 400
"""A list needs a total and a part; so many amounts in one paragraph are no prose."""
_FAR = 400
"""Characters a marker may stand before its list."""


@dataclass(slots=True, eq=False)
class _List:
    """A list being read: where its marker stands, what it belongs to, and its parts."""

    at: int
    marker: re.Match[str] | None
    totals: list[Amount] = field(default_factory=list)
    parts: list[Amount] = field(default_factory=list)
    closes: int | None = None
    """Offset of the bracket that closes the list."""
    separator: str = ""

    @property
    def total(self) -> Amount | None:
        """The amount the parts belong to."""
        return self.totals[0] if self.totals else None


def read(passage: Passage) -> list[_List]:
    """Draft a breakdown for every list of the paragraph; return them with what they hold."""
    if not _FEWEST <= len(passage.amounts) <= _MOST:
        return []
    stack: list[_List] = []
    done: list[_List] = []
    previous: Amount | None = None
    for amount in passage.amounts:
        gap_from = previous.stop if previous else 0
        _close(passage, stack, done, amount, gap_from)
        opened = _open(passage, previous, amount, gap_from)
        if opened is not None:
            stack.append(opened)
        if stack:
            _add(passage, stack[-1], amount)
        previous = amount
    done.extend(reversed(stack))
    for one in done:
        _draft(passage, one)
    _trailing_total(passage, done)
    _after_items(passage)
    return done


def _close(
    passage: Passage, stack: list[_List], done: list[_List], amount: Amount, gap_from: int
) -> None:
    text = passage.text
    while stack:
        top = stack[-1]
        outer = stack[-2] if len(stack) > 1 else None
        if not _ends(text, top, outer, amount, gap_from):
            return
        done.append(stack.pop())


def _ends(text: str, top: _List, outer: _List | None, amount: Amount, gap_from: int) -> bool:
    begins = max(gap_from, top.at)
    if top.closes is not None:
        return amount.start >= top.closes or "。" in text[begins : amount.start]
    gap = text[begins : amount.start]
    total = top.total
    if not amount.named:
        return False
    if total is not None and _stays(amount, total, gap):
        return False
    if "。" in gap or _leaves(top, amount):
        return True
    if not top.parts:
        return False
    if outer is None:
        return ";" in gap and top.separator == ","
    outer_total = outer.total
    if outer_total and subjects.is_part(amount.meaning.item, outer_total.meaning.item):
        return True
    return ";" in gap and top.separator != ";"


def _stays(amount: Amount, total: Amount, gap: str) -> bool:
    """Tell a part by the standard lists; an economic item only within the sentence."""
    item = amount.meaning.item
    if not subjects.is_part(item, total.meaning.item):
        return False
    return not (_is_detail(amount) and "。" in gap)


def _is_detail(amount: Amount) -> bool:
    """Tell an economic item below class level (基本工资): lists of these are rarely complete."""
    item = amount.meaning.item
    return item is not None and item.kind == "economic" and len(item.code) > 3  # noqa: PLR2004  # 款


def _leaves(top: _List, amount: Amount) -> bool:
    """Parts that repeat the total's noun end where a name does not: 备案…省内备案、省外备案、结算."""
    total = top.total
    if total is None or not top.parts or total.meaning.item is not None:
        return False
    noun = total.subject.text
    if len(noun) < 3 or not all(p.subject.text.endswith(noun) for p in top.parts):  # noqa: PLR2004  # a noun, not a suffix
        return False
    return not amount.subject.text.endswith(noun)


def _open(passage: Passage, previous: Amount | None, amount: Amount, gap_from: int) -> _List | None:
    """Open a list where a marker, or a bracket with amounts in it, stands before an amount."""
    if amount.reason:
        return None
    text = passage.text
    stop = amount.mention.start
    gap_from = max(gap_from, stop - _FAR)
    marker = None
    for found in MARKER.finditer(text, gap_from, stop):
        closed = found["loose"] and _STOP.search(text, found.end(), stop)
        if not closed and (not passage.in_reason(found.start()) or found[0] == "其中"):
            marker = found
    bracket = text.rfind("(", gap_from, amount.start + 1)
    inside = bracket >= 0 and text.find(")", bracket, stop) < 0 and _holds(passage, text, bracket)
    if marker is None and not (inside and previous is not None and bracket <= previous.stop + 1):
        return None
    at = marker.end() if marker else bracket + 1
    closes = text.find(")", stop) if inside else None
    return _List(at, marker, closes=closes)


def _holds(passage: Passage, text: str, bracket: int) -> bool:
    """Tell whether a bracket holds amounts: （购置费 x、运行费 y）."""
    closes = text.find(")", bracket)
    inside = [a for a in passage.amounts if bracket < a.mention.start < closes]
    return bool(inside) and text[bracket + 1 : bracket + 3] != "含"


def _add(passage: Passage, one: _List, amount: Amount) -> None:
    if not amount.named or amount.reason or amount.mention.start < one.at:
        return
    if _TOTAL_WORD.match(amount.subject.text):
        return
    if not one.totals:
        one.totals = _totals(passage, one, amount)
        if not one.totals:
            return
    first = one.totals[0]
    if amount.mention.dimension != first.mention.dimension or amount in one.totals:
        return
    if first.mention.dimension == "count" and amount.mention.unit_name != first.mention.unit_name:
        return
    if one.parts and not one.separator:
        gap = passage.text[one.parts[-1].stop : amount.start]
        one.separator = ";" if ";" in gap else ("。" if "。" in gap else ",")
    one.parts.append(amount)
    amount.listed = True


def _totals(passage: Passage, one: _List, first: Amount) -> list[Amount]:
    """Return the amounts before the marker that the list may belong to, one a measure."""
    before = [
        a
        for a in passage.amounts
        if a.stop <= one.at and not a.reason and a.mention.dimension == first.mention.dimension
    ]
    if first.mention.dimension == "count":
        before = [a for a in before if a.mention.unit_name == first.mention.unit_name]
    named = _named_total(passage, one)
    if named is not None:
        return _by_name(passage, before, named, first)
    if not before:
        return []
    last = before[-1]
    if not _reaches(passage, one, last, first) or _goes_on(passage, one, last, first):
        return []
    return [a for a in before if a.group == last.group][-4:]


def _goes_on(passage: Passage, one: _List, last: Amount, first: Amount) -> bool:
    """Tell a list of a new sentence after a finished list: its total is not that list's last part."""
    if passage.sentence_at(one.at) == last.sentence or _is_known(first, last):
        return False
    begins = passage.ends[last.sentence - 1] + 1 if last.sentence else 0
    return last.listed or _LISTED.search(passage.text, begins, last.start) is not None


def _is_known(part: Amount, total: Amount) -> bool:
    return subjects.is_part(part.meaning.item, total.meaning.item)


def _reaches(passage: Passage, one: _List, last: Amount, first: Amount) -> bool:
    """Tell a list of the sentence, of the one before, or of its total over a reason between them."""
    here = passage.sentence_at(one.at)
    if here - last.sentence <= 1:
        return True
    begins = [passage.ends[i] + 1 for i in range(last.sentence, here - 1)]
    known = subjects.is_part(first.meaning.item, last.meaning.item)
    return known and all(passage.in_reason(at) for at in begins)


def _named_total(passage: Passage, one: _List) -> Subject | None:
    """The marker's clause may name the total: 人员经费用途主要包括, 支出包括."""
    if one.marker is None:
        return None
    start = words.clause_before(passage.text, one.marker.start(), "。;,:(")
    noun = clean_noun(passage.text[start : one.marker.start()], passage.entity)
    noun = re.sub(r"(?:的|用途|情况)+$", "", noun)
    if not noun or (passage.says_nothing(noun) and noun not in _SIDE):
        return None
    before = passage.amounts and any(
        start <= a.mention.start < one.marker.start() for a in passage.amounts
    )
    if before or passage.text[start : one.marker.start()].endswith(("“", '"')):
        return None
    return passage.subject(noun, "final")[0]


def _by_name(passage: Passage, before: list[Amount], named: Subject, first: Amount) -> list[Amount]:
    if named.text in _SIDE:
        joint = [a for a in before if "收支" in a.subject.text or "收、支" in a.subject.text]
        if joint:
            return joint[-1:]
    fits = [a for a in before if a.subject.item is not None and a.subject.item == named.item]
    fits = fits or [a for a in before if a.subject.text and a.subject.text in named.text]
    if fits:
        return [a for a in fits if a.group == fits[-1].group]
    if named.item is None:
        return []
    found = passage.lookup(named, first.mention.dimension) if passage.lookup else None
    return [found] if found is not None else []


def _draft(passage: Passage, one: _List) -> None:
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


def _in_measure(passage: Passage, one: _List, total: Amount) -> list[Amount]:
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


def _exhaustive(passage: Passage, one: _List, total: Amount, parts: list[Amount]) -> bool:
    """Tell whether the parts must reach the total."""
    if len(parts) == 1 or _AND_MORE.match(passage.text, parts[-1].stop):
        return False
    if one.marker is not None and one.marker["complete"]:
        return True
    if any(subjects.is_part(p.meaning.item, q.meaning.item) for p in parts for q in parts):
        return False
    if all(subjects.is_part(p.meaning.item, total.meaning.item) for p in parts):
        return not any(_is_detail(p) for p in parts)
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


def _trailing_total(passage: Passage, lists: list[_List]) -> None:
    """A total after its parts in one sentence: 收入…，支出…，合计 V."""
    inner = {id(p) for one in lists for p in one.parts if one.closes is not None}
    taken = {id(t) for one in lists for t in one.totals if one.closes is None}
    for index, total in enumerate(passage.amounts):
        if total.reason or not _TOTAL_WORD.match(_said(passage, total)) or id(total) in taken:
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
        if len(parts) > 1 and not any(_TOTAL_WORD.match(_said(passage, p)) for p in parts):
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


def _part_of_another(part: Amount, total: Amount) -> bool:
    """Tell the basic or project expenditure of one function (小学教育支出…,其中:基本支出…)."""
    item, whole = part.meaning.item, total.meaning.item
    if item is None or not any(name in item.key for name in _OWN_SPLIT):
        return False
    if whole is None:
        return bool(total.meaning.name) or total.subject.text.endswith(("支出", "收入"))
    return whole.kind == "function"


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
