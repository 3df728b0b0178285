"""Finds the lists of a paragraph (其中、包括、分别为、由…构成): which amounts are parts of which.

Lists may nest. A list ends with its bracket, with its sentence, or where a name belongs to the list
around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gouji.extract.claims import words
from gouji.extract.claims.passage import Amount, Passage, clean_noun
from gouji.extract.parts import is_part
from gouji.model.claim import Subject

MARKER = re.compile(
    r"其中|按(?:支出)?功能(?:科目)?分类(?:科目)?[:,]|(?P<complete>分项(?:情况|金额)?(?:是|为|如下|:)+|分别(?:为|是)|具体构成|构成情况|构成(?:如下|为|是)|具体(?:为|是|包括)|由(?=[^,。;]{2,30}(?:构成|组成)))"
    r"|(?P<loose>主要(?:包括|用于(?:以下方面|开支)?|是|为)|用于开支|包括|用于)"
)
_LISTED = re.compile(r"其中|包括|分别")
_STOP = re.compile(r"[;。]")
TOTAL_WORD = re.compile(
    r"^(?:合计|共计|总计|总分|总绩效|总得分|(?:收入|支出)合计|综合得分|自评总分|总额)$"
)
"""A name that sums up what stands around it."""
_SIDE = {"收入": "收入", "支出": "支出"}
_FAR = 400
"""Characters a marker may stand before its list."""


@dataclass(slots=True, eq=False)
class NestedList:
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


def find(passage: Passage) -> list[NestedList]:
    """Return the lists of a paragraph, those within others first (列举)."""
    stack: list[NestedList] = []
    done: list[NestedList] = []
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
    return done


def _close(
    passage: Passage, stack: list[NestedList], done: list[NestedList], amount: Amount, gap_from: int
) -> None:
    text = passage.text
    while stack:
        top = stack[-1]
        outer = stack[-2] if len(stack) > 1 else None
        if not _ends(text, top, outer, amount, gap_from):
            return
        done.append(stack.pop())


def _ends(
    text: str, top: NestedList, outer: NestedList | None, amount: Amount, gap_from: int
) -> bool:
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
        return ";" in gap and gap_from > top.at
    if outer is None:
        return ";" in gap and top.separator == ","
    outer_total = outer.total
    if outer_total and is_part(amount.meaning.item, outer_total.meaning.item):
        return True
    return ";" in gap and top.separator != ";"


def _stays(amount: Amount, total: Amount, gap: str) -> bool:
    """Tell a part by the standard lists; an economic item only within the sentence."""
    item = amount.meaning.item
    if not is_part(item, total.meaning.item):
        return False
    return not (is_detail(amount) and "。" in gap)


def is_detail(amount: Amount) -> bool:
    """Tell an economic item below class level (基本工资): lists of these are rarely complete."""
    item = amount.meaning.item
    return item is not None and item.kind == "economic" and len(item.code) > 3  # noqa: PLR2004  # 款


def _leaves(top: NestedList, amount: Amount) -> bool:
    """Parts that repeat the total's noun end where a name does not: 备案…省内备案、省外备案、结算."""
    total = top.total
    if total is None or not top.parts or total.meaning.item is not None:
        return False
    noun = total.subject.text
    if len(noun) < 3 or not all(p.subject.text.endswith(noun) for p in top.parts):  # noqa: PLR2004  # a noun, not a suffix
        return False
    return not amount.subject.text.endswith(noun)


def _open(
    passage: Passage, previous: Amount | None, amount: Amount, gap_from: int
) -> NestedList | None:
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
    return NestedList(at, marker, closes=closes)


def _holds(passage: Passage, text: str, bracket: int) -> bool:
    """Tell whether a bracket holds amounts: （购置费 x、运行费 y）."""
    closes = text.find(")", bracket)
    inside = [a for a in passage.amounts if bracket < a.mention.start < closes]
    return bool(inside) and text[bracket + 1 : bracket + 3] != "含"


def _add(passage: Passage, one: NestedList, amount: Amount) -> None:
    if not amount.named or amount.reason or amount.mention.start < one.at:
        return
    if TOTAL_WORD.match(amount.subject.text):
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


def _totals(passage: Passage, one: NestedList, first: Amount) -> list[Amount]:
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


def _goes_on(passage: Passage, one: NestedList, last: Amount, first: Amount) -> bool:
    """Tell a list of a new sentence after a finished list: its total is not that list's last part."""
    if passage.sentence_at(one.at) == last.sentence or _is_known(first, last):
        return False
    begins = passage.ends[last.sentence - 1] + 1 if last.sentence else 0
    return last.listed or _LISTED.search(passage.text, begins, last.start) is not None


def _is_known(part: Amount, total: Amount) -> bool:
    return is_part(part.meaning.item, total.meaning.item)


def _reaches(passage: Passage, one: NestedList, last: Amount, first: Amount) -> bool:
    """Tell a list of the sentence, of the one before, or of its total over a reason between them."""
    here = passage.sentence_at(one.at)
    if here - last.sentence <= 1:
        return True
    begins = [passage.ends[i] + 1 for i in range(last.sentence, here - 1)]
    known = is_part(first.meaning.item, last.meaning.item)
    return known and all(passage.in_reason(at) for at in begins)


def _named_total(passage: Passage, one: NestedList) -> Subject | None:
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
