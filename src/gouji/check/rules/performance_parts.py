"""Scores and projects that prose lists by kind (得分、项目数按类列举，应与总数相符).

What it checks
    A total score against the scores of 决策, 过程, 产出 and 效益 printed after it with their full marks,
    and the projects named with each grade against the number of projects.

Why it matters
    The parts are copied from the score table, the total from the conclusion: when one was corrected the
    other often was not.

For example
    综合得分 87.6 分；决策 18 分（满分 20 分）、过程 17.6 分（20）、产出 28 分（30）、效益 25 分（30）：合计 88.6 分。

Not a violation
    Parts whose full marks do not add up to 100: some may not be named; grades that leave projects
    unnamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gouji.check.graded import graded_counts
from gouji.check.rule import rule
from gouji.messages import N_
from gouji.model.claim import Level
from gouji.model.document import Document, Paragraph
from gouji.model.figure import SCORE, Figure
from gouji.model.indicators import EXACT_SCORE
from gouji.model.relation import AnyRelation, Breach, Sum, Term, Upheld

ARITHMETIC = "部分之和等于总数"
_KIND = "(?P<kind>决策|投入|过程|管理|产出|效益|效果|满意度|成本)(?:类|部分|情况)?(?:指标|绩效)?"
_POINTS = r"\d{1,3}(?:\.\d{1,4})?"
_PART = re.compile(
    rf"{_KIND}[^\d,。;:、]{{0,6}}(?:[,:]?(?:得分|得|实得)[:为]?(?P<a>{_POINTS})分[,(]?(?:满分|分值|权重)[:为]?(?P<full_a>{_POINTS})分?"
    rf"|[,(]?(?:满分|分值|权重)[:为]?(?P<full_b>{_POINTS})分?\)?[,、]?(?:评价|自评|实际)?(?:得分|得|实得)[:为]?(?P<b>{_POINTS})分)"
)
_TOTAL = re.compile(
    rf"(?:综合|总|自评|评价)[^\d,。;:]{{0,8}}得?分[^\d,。;:]{{0,3}}(?P<total>{_POINTS})分"
)
_FULL = Decimal(100)
_ENOUGH = 3


@rule(
    "IND047", "score-by-kind", "各类指标得分之和应等于总得分", basis=ARITHMETIC, at_most="warning"
)
def score_by_kind(document: Document) -> Iterator[AnyRelation]:
    """State that the scores by kind add up to the total, where their full marks make 100."""
    for paragraph in document.paragraphs:
        text = paragraph.text
        parts = list(_PART.finditer(text)) if "得" in text and "分" in text else []
        total = _TOTAL.search(text)
        if len(parts) < _ENOUGH or total is None or total.start() > parts[0].start():
            continue
        kinds = [p["kind"] for p in parts]
        if len(set(kinds)) < len(kinds) or sum(Decimal(_full(p)) for p in parts) != _FULL:
            continue
        terms = [Term(_figure(document, paragraph, p, _group(p)), "part", p["kind"]) for p in parts]
        whole = _figure(document, paragraph, total, "total")
        yield Sum(
            subject="总得分",
            told_in=document.place(paragraph, total.start(), parts[-1].end()),
            total=Term(whole, "total", "总得分"),
            parts=tuple(terms),
        )


def _group(part: re.Match[str]) -> str:
    return "a" if part["a"] else "b"


def _full(part: re.Match[str]) -> str:
    return part["full_a"] or part["full_b"]


def _figure(document: Document, paragraph: Paragraph, found: re.Match[str], group: str) -> Figure:
    text = found[group]
    place = document.place(paragraph, *found.span(group))
    decimals = len(text.partition(".")[2])
    return Figure(text, Decimal(text), SCORE if decimals else EXACT_SCORE, decimals, place)


def _counts_projects(document: Document, level: Level) -> bool:
    """Tell whether a number counts projects: 自评项目12个, 12个项目."""
    if "项目" in level.subject.text:
        return True
    block = document.blocks[level.block]
    unit = level.value.unit.name if level.value.unit else ""
    return isinstance(block, Paragraph) and f"{level.value.text}{unit}项目" in block.text


@rule(
    "IND048",
    "grades-within-projects",
    "各等级项目数之和不应超过项目总数",
    basis=ARITHMETIC,
    at_most="warning",
)
def grades_within_projects(levels: tuple[Level, ...], document: Document) -> Iterator[AnyRelation]:
    """Look for more graded projects than the same sentence says were evaluated."""
    for group in graded_counts(levels):
        first = min(group.counts.values(), key=lambda level: level.place.start)
        before = [
            level
            for level in levels
            if (level.block, level.sentence) == (first.block, first.sentence)
            and level.place.start < first.place.start
            and level.value.unit is not None
            and level.value.unit.name in ("个", "项")
            and level not in group.counts.values()
        ]
        if len(before) != 1 or not _counts_projects(document, before[0]):
            continue
        evidence = (
            ("count", before[0].place),
            *(("grade", level.place) for level in group.counts.values()),
        )
        if group.total <= before[0].value.value:
            yield Upheld(subject="自评项目", evidence=evidence)
            continue
        yield Breach(
            subject="自评项目",
            grade="broken",
            message=N_("项目共 {count} 个，所列各等级合计却为 {graded} 个"),
            words={"count": before[0].value.text, "graded": str(group.total)},
            evidence=evidence,
        )
