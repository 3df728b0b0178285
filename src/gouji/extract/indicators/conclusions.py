"""What the prose concludes of the performance as a whole (绩效结论): universal statements, as printed.

本部门项目均较好完成年初绩效目标任务 · 各项指标均已完成 · 账实相符 · 设立了明确、细化的绩效目标 · 存在的问题：无.
A statement of intent (确保账实相符, 力争全部完成) or a hedged one (基本完成) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from gouji.model.document import Document, Paragraph
from gouji.model.indicators import Conclusion, ConclusionKind

_ALL = "(?:均|全部|都)(?:已经?|能够?|较好|圆满|顺利|如期|按期|按时|按要求|保质保量|地|较为|全部)*"
_DONE = "(?:完成|实现|达到|达成|达标)"
_LEVEL = "(?P<level>数量|质量|时效|成本|经济效益|社会效益|效益|满意度)?"
_PATTERNS: tuple[tuple[ConclusionKind, re.Pattern[str]], ...] = (
    (
        "indicators_met",
        re.compile(rf"(?:所有|全部|各项?|\d+[项条个])?{_LEVEL}(?:绩效)?指标值?{_ALL}{_DONE}[^,。;]{{0,10}}"),
    ),
    (
        "projects_met",
        re.compile(
            rf"(?:本部门|本单位|我部门|我单位|我局|各个?|所有|全部)?(?:二级|一级|预算|支出)*项目(?:支出)?{_ALL}{_DONE}[^,。;]{{0,14}}"
            rf"|(?:所有|全部|各个?)项目(?!绩效目标)[^,。;]{{0,4}}{_DONE}了?[^,。;]{{0,8}}(?:目标|任务)"
        ),
    ),
    ("goals_met", re.compile(rf"绩效目标(?:任务)?{_ALL}{_DONE}")),
    ("books_agree", re.compile("账[实账证表]相符")),
    (
        "clear_targets",
        re.compile(
            "(?:设[立定置]|制定|编制)了[^,。;]{0,6}(?:明确|清晰)、[^,。;]{0,14}(?:目标|指标)"
            "|绩效(?:目标|指标)(?:设[立置定])?(?:明确|清晰)、(?:细化|量化)"
        ),
    ),
    ("no_problems", re.compile("存在的?(?:主要)?问题(?:[及和]原因(?:分析)?)?:(?:无|没有|暂无)。?$")),
)  # fmt: skip
_HINT = re.compile("相符|目标|指标|项目均|项目全部|问题")
_NOT_SAID = re.compile(
    "确保|保证|促进|力争|争取|努力|要求|应当?|需要?|必须|未|没有|不|是否|如果?|若|旨在|为了"
)
_HEAD = re.compile(
    r"[(\d一二三四五六七八九十)、.]*存在的?(?:主要)?问题(?:[及和]原因(?:分析)?)?[:。]?"
)
_NONE = re.compile("(?:无|暂无|没有|无问题|不存在问题|未发现问题)[。.]?")


def read_conclusions(document: Document) -> tuple[Conclusion, ...]:
    """Return the conclusions of the prose, in printed order."""
    found = [c for p in document.paragraphs for c in _in_paragraph(document, p)]
    for head, body in pairwise(document.paragraphs):
        if _HEAD.fullmatch("".join(head.text.split())) and _NONE.fullmatch(body.text.strip()):
            place = document.place(body, 0, len(body.text))
            found.append(Conclusion("no_problems", "存在的问题：无", place, body.index))
    return tuple(sorted(found, key=lambda c: (c.block, c.place.start)))


def _in_paragraph(document: Document, paragraph: Paragraph) -> Iterator[Conclusion]:
    if not _HINT.search(paragraph.text):
        return
    printed = [i for i, c in enumerate(paragraph.text) if not c.isspace()]
    text = "".join(paragraph.text[i] for i in printed)
    taken: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken) or _hedged(text, start, end):
                continue
            taken.append((start, end))
            place = document.place(paragraph, printed[start], printed[end - 1] + 1)
            level = match["level"] or "" if kind == "indicators_met" else ""
            if kind == "goals_met" and "整体" in text[_clause(text, start) : start]:
                level = "整体"
            yield Conclusion(kind, match[0], place, paragraph.index, level)


def _clause(text: str, at: int) -> int:
    """Return where the clause that holds a character begins."""
    return max(text.rfind(mark, 0, at) for mark in ",。;:") + 1


def _hedged(text: str, start: int, end: int) -> bool:
    """Tell whether the clause only demands, denies or asks what it seems to state."""
    clause = _clause(text, start)
    return _NOT_SAID.search(text, clause, start) is not None or "基本" in text[start:end]
