"""Lists of names without figures (主要用于、主要包括、分别为…): what was bought, or what is counted."""

from __future__ import annotations

import re
from bisect import bisect_right

from gouji.extract.claims.passage import Amount, Passage
from gouji.extract.vocabulary import named
from gouji.model.claim import Uses

MARKER = re.compile(
    r"主要(?:包括|用于(?:支付|开支)?|是用于)?[:]|主要(?:包括|用于(?:支付|开支)?)|包括[:]?|用于[:]?|分别(?:为|是)[:]|主要是[:]"
)
_NAME = re.compile(r"[^、,;。:]+")
_DIGIT = re.compile(r"\d")
_END = re.compile(r"[。;]")
_ETC = re.compile(r"等(?:方面)?的?(?:支出|费用|经费|开支|项目)?$")
_LONGEST = 24
_LONGEST_LIST = 800
_COUNT_MARKER = re.compile(r"分别(?:为|是)|主要是|即")
_ORDINAL = re.compile(r"(?:^|[:;。])\s?\(?\d{1,2}[.、)](?!\d)\s?(?P<name>[^;。]{2,60})")


def read(passage: Passage) -> None:
    """Draft the lists of names of a paragraph."""
    for found in MARKER.finditer(passage.text):
        if not passage.in_reason(found.start()):
            _read_names(passage, found)


def _read_names(passage: Passage, found: re.Match[str]) -> None:
    text = passage.text
    limit = min(len(text), found.end() + _LONGEST_LIST)
    stop = _END.search(text, found.end(), limit)
    end = stop.start() if stop else limit
    total = _before(passage, found.start())
    if _COUNT_MARKER.match(found[0]):
        _read_counted(passage, found, end, total)
        return
    names = _split(text, found.end(), end)
    known = [n for n in names if _is_economic(text[n[0] : n[1]])]
    if len(names) < 2 or len(known) * 3 < len(names) * 2 or _DIGIT.search(text, found.end(), end):  # noqa: PLR2004  # a list has two
        return
    subject = total.subject if total else (passage.current or passage.topic)
    if subject is None:
        return
    draft = passage.draft(Uses, "uses", subject, (found.start(), end))
    draft.fields.update(names=names, total=total.mention if total else None)


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = [m.span() for m in _NAME.finditer(text, start, end)]
    return [(a, _and_so_on(text, a, b)) for a, b in spans if b - a <= _LONGEST]


def _and_so_on(text: str, start: int, end: int) -> int:
    """Return where a name ends before 等, 等支出, 等方面的支出."""
    found = _ETC.search(text, start, end)
    return found.start() if found and found.start() > start else end


def _is_economic(name: str) -> bool:
    return any(i.kind == "economic" for i in named(name))


def _before(passage: Passage, at: int) -> Amount | None:
    place = bisect_right(passage.amounts, at, key=lambda a: a.stop)
    found = [a for a in passage.amounts[:place][-1:] if not a.reason]
    return found[-1] if found and passage.sentence_at(at) - found[-1].sentence <= 1 else None


def _read_counted(passage: Passage, found: re.Match[str], end: int, total: Amount | None) -> None:
    """Names against their number: 对2个项目…，分别为：甲和乙; 3个，主要是：1.甲…；2.乙…."""
    if total is None or total.mention.dimension != "count":
        return
    text = passage.text
    far = found.end() + _LONGEST_LIST
    numbered = [m.span("name") for m in _ORDINAL.finditer(text, found.end() - 1, far)]
    names = numbered if len(numbered) > 1 else _inline(text, found.end(), end)
    if len(names) < 2:  # noqa: PLR2004  # a list has two
        return
    draft = passage.draft(Uses, "uses", total.subject, (total.start, names[-1][1]))
    draft.fields.update(names=names, total=total.mention)


def _inline(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if _DIGIT.search(text, start, end):
        return []
    spans: list[tuple[int, int]] = []
    for first, last in (m.span() for m in _NAME.finditer(text, start, end)):
        joint = text.find("和", first, last)
        if joint > 0 and len(spans) == 0 and last == end:
            spans += [(first, joint), (joint + 1, last)]
        else:
            spans.append((first, last))
    return spans
