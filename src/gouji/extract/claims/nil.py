"""Denials without a figure (空项说明): "无政府采购支出", "未发生公务接待费", "没有使用政府性基金…"."""

from __future__ import annotations

import re

from gouji.extract import subjects
from gouji.extract.claims.passage import Passage
from gouji.model.claim import Measure, Nil, Subject

NIL = re.compile(
    r"(?:(?:当年|本年|年度)?(?:没有|未)(?:发生|产生|安排|使用|列支|开支|编制|支出|收到)?|不存在|不涉及|(?<![有并毫均尚])无(?!形|偿|线|障碍|害|公害|人机|论|疑|关|法|需|须|缝))(?P<what>[^,。;:、()]{0,2}[^,。;:]{2,40})"
)
NOTE = re.compile(
    r"当(?:此|本)表|(?:如|若|凡)(?:果)?[^,。]{0,12}(?:无|没有|为空)|仍保留|不涉及(?:[^,。]{0,24}的)?(?:单位|部门)|不涉及的"
)
_ARRANGED = re.compile(r"安排的?(?=支出|收入|收支)")
_BUDGETED = re.compile(r"预算(?:数|安排)?$")
_TIDY = re.compile(r"预算和决算|预算、决算|预决算|收入、?支出|收入和支出")
_TAIL = re.compile(r"(?:财政拨款)?(?:预算|决算|执行)?(?:情况|数据|数|业务|活动|安排)?$")
_EMPTY = re.compile(r"本表(?:为空|无数据)")
_JOINED = re.compile("[和与及]")
"""A note under a budget's table denies each of what it joins: 无“三公”经费和机关运行经费预算,故本表为空表."""
_NUMBER = re.compile(r"\d")
_COUNTED = ("辆", "台", "个", "批次", "人次")


def read(passage: Passage, match: re.Match[str]) -> None:
    """State a denial whose noun is an item of the vocabulary."""
    if passage.in_reason(match.start()):
        return
    what = match["what"]
    if _NUMBER.search(what):
        return
    meaning, phrase = _meaning(passage, what)
    if meaning is None:
        return
    measure = _measure(phrase, meaning)
    subject = Subject(
        phrase, meaning.name or None, meaning.scope, measure, None, meaning.cells(measure)
    )
    passage.draft(Nil, "nil", subject, match.span())


def _measure(phrase: str, meaning: subjects.Meaning) -> Measure:
    """Return the budget where an item that has one is denied it: 没有“三公”经费预算."""
    budgeted = meaning.item is not None and any(c.column == "$" for c in meaning.item.cells)
    return "budget" if budgeted and _BUDGETED.search(phrase) else "final"


def _meaning(passage: Passage, what: str) -> tuple[subjects.Meaning | None, str]:
    plain = what.rstrip('”"')
    bare = _ARRANGED.sub("", plain)
    forms = [plain, bare, _TAIL.sub("", bare), _TAIL.sub("", _TIDY.sub("支出", bare))]
    if passage.budgeting and _EMPTY.search(passage.text):
        forms.append(_TAIL.sub("", _JOINED.split(bare, maxsplit=1)[0]))
    for phrase in dict.fromkeys(forms):
        for unit in ("", *_COUNTED):
            found = subjects.resolve(phrase, passage.section, unit)
            if found.item is not None:
                return found, plain
    return None, plain
