"""Headings have text under them and read alike in contents and body (标题应有内容).

What it checks
    A bare heading directly followed by the next one; parts whose titles differ between the contents
    page and the body.

Why it matters
    An empty heading is a question of the form that nobody answered.

For example
    2. 主要结论 ⏎ 四、主要经验及做法：主要结论之下没有内容。

Not a violation
    A heading followed by its own sub-headings, a table or 无; entries of a plain list.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.check.rule import rule
from gouji.check.rules.numbering import Walk
from gouji.model.finding import Severity
from gouji.model.relation import AnyRelation, Breach, Upheld
from gouji.model.wording import Wording

FORM = "部门决算公开模板：各标题下应有说明，没有的应写明“无”"
NOTE: Severity = "note"
_TWICE = 2
_ALIKE = 0.6


@rule("RES023", "heading-without-text", "标题之下应有内容", basis=FORM, at_most=NOTE)
def empty_heading(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each bare heading that is followed by a heading of its own or higher rank."""
    walk = Walk(wording)
    for heading, following in walk.empty:
        yield Breach(
            subject="标题",
            told_in=heading.place,
            grade="doubtful",
            message="标题“{title}”之下没有内容",
            words={"title": f"{heading.marker}{heading.title}"},
            evidence=(("heading", heading.place), ("next", following.place)),
        )
    if walk.seen and not walk.empty:
        yield Upheld(subject="标题")


@rule("RES024", "contents-match-body", "目录与正文的标题应一致", basis=FORM, at_most=NOTE)
def contents(wording: Wording) -> Iterator[AnyRelation]:
    """State for each part printed in contents and body that both titles are the same."""
    parts = [o for o in wording.ordinals if o.style == "part" and o.where == "head" and o.title]
    for number in sorted({o.number for o in parts}):
        same = [o for o in parts if o.number == number]
        if len(same) != _TWICE or not _alike(same[0].title, same[1].title):
            continue
        evidence = (("contents", same[0].place), ("heading", same[1].place))
        if same[0].title == same[1].title:
            yield Upheld(subject=same[0].marker, evidence=evidence)
            continue
        yield Breach(
            subject=same[0].marker,
            told_in=same[1].place,
            grade="doubtful",
            message="{part}在目录中题为“{contents}”，正文题为“{body}”",
            words={"part": same[0].marker, "contents": same[0].title, "body": same[1].title},
            evidence=evidence,
        )


def _alike(one: str, two: str) -> bool:
    """Tell whether two titles are meant to be the same: most characters from both ends agree."""
    shorter, longer = sorted((one, two), key=len)
    head = next((i for i, c in enumerate(shorter) if c != longer[i]), len(shorter))
    tail = next((i for i, c in enumerate(reversed(shorter)) if c != longer[-1 - i]), len(shorter))
    return min(head + tail, len(shorter)) >= _ALIKE * len(longer)
