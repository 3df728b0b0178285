"""Reads one paragraph: events left to right, each offered to the grammars in turn (段落阅读)."""

from __future__ import annotations

import re

from gouji.extract.claims import (
    breakdown,
    change,
    completion,
    flat,
    funds,
    level,
    nil,
    performance,
    risen,
    share,
    uses,
    words,
)
from gouji.extract.claims.mentions import Mention
from gouji.extract.claims.passage import Passage

GRAMMARS = (
    performance.read_defined,
    performance.read_points,
    completion.read,
    share.read,
    flat.read_amount,
    risen.read,
    change.read,
    performance.read_score,
    performance.read_rate,
    level.read,
)
"""Offered each number in this order; the first that takes it ends the round."""

HINT = re.compile(
    r"\d|无|没有|未发生|未安排|未使用|不存在|不涉及|结果为|等级为|级次为|评级为|主要包括|主要用于|主要(?:内容|情况)如下"
)
"""A paragraph without any of these makes no statement."""
_FLAT_HINT = re.compile(
    r"持平|无增减|无变化|没有变化|无变动|未发生变化|不变|零增长|一致|相同|没有增减|相等"
)
_NIL_HINT = re.compile(r"无|没有|未|不存在|不涉及")
_ENUMERATED = re.compile(r"[一二三四五六七八九]是|其[一二三四]|\(?\d[.、)]")

Event = tuple[int, str, Mention | re.Match[str]]


def read_passage(passage: Passage) -> None:
    """Draft every claim of a paragraph."""
    for offset, kind, what in sorted(_events(passage), key=lambda e: e[0]):
        if isinstance(what, Mention):
            _read_number(passage, what)
        elif kind == "flat":
            flat.read_flat(passage, what)
        elif kind == "difference":
            flat.read_difference(passage, what)
        elif kind == "stop":
            passage.open = []
        elif kind == "grade":
            performance.read_grade(passage, what)
        elif kind == "nil" and offset >= 0:
            nil.read(passage, what)
    level.distribute(passage)
    level.finish(passage)
    breakdown.read(passage)
    funds.read(passage)
    uses.read(passage)


def _read_number(passage: Passage, mention: Mention) -> None:
    if mention.tabular:
        level.read_cell(passage, mention)
        return
    for grammar in GRAMMARS:
        if grammar(passage, mention):
            return


def _events(passage: Passage) -> list[Event]:
    text = passage.text
    events: list[Event] = [(m.start, "number", m) for m in passage.mentions]
    if _FLAT_HINT.search(text):
        events += [(m.start(), "flat", m) for m in words.FLAT.finditer(text)]
    if "预算" in text:
        events += [(m.start(), "difference", m) for m in words.DIFFERENCE.finditer(text)]
    if _NIL_HINT.search(text) and not nil.NOTE.search(text):
        events += [(m.start(), "nil", m) for m in nil.NIL.finditer(text)]
    if "为" in text or ":" in text:
        events += [(m.start(), "grade", m) for m in performance.GRADE.finditer(text)]
    if passage.mentions:
        events += [(m.start(), "stop", m) for m in _STOPS.finditer(text)]
    return events


_STOPS = re.compile(r"。|;(?!(?:增长|增加|减少|下降|降低)率|增幅|降幅|减幅)")


def reasons_of(text: str) -> list[tuple[int, int]]:
    """Return the spans of reasons: from 主要原因 to the end of its sentence or enumeration."""
    spans: list[tuple[int, int]] = []
    if "因" not in text and "由于" not in text and "主要" not in text and "系" not in text:
        return spans
    for found in words.REASON.finditer(text):
        if spans and found.start() < spans[-1][1]:
            continue
        spans.append((found.start(), _reason_end(text, found.end())))
    return spans


def _reason_end(text: str, at: int) -> int:
    while True:
        found = _STOPS.search(text, at)
        if found is None:
            return len(text)
        if found[0] == "。" or not _ENUMERATED.match(text, found.end()):
            return found.start()
        at = found.end()
