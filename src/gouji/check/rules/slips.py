"""Slips of the pen: doubled words, stray punctuation, half sentences (文字应通顺).

What it checks
    Words or phrases printed twice in a row, punctuation marks in a row, brackets without a partner,
    lost or misplaced characters of set phrases, sentences that stop after 根据…, and a reason for a
    change after 持平.

Why it matters
    They mark passages put together from two texts, where a figure or a reason may have been lost.

For example
    支出决算为 0.00 万元，。：删去原因时留下了标点。

Not a violation
    Words that are doubled by grammar: 目的的实现, 普及、推广.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.check.rule import rule
from gouji.check.rules.residue import breaches
from gouji.model.finding import Severity
from gouji.model.relation import AnyRelation, Breach, Upheld
from gouji.model.wording import Wording

LANGUAGE = "公开文本应通顺、完整"
PUNCTUATION = "GB/T 15834《标点符号用法》"
NOTE: Severity = "note"


@rule("RES010", "doubled-words", "词句不应重复", basis=LANGUAGE, at_most=NOTE)
def doubled(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each phrase printed twice in a row."""
    yield from breaches(wording, "doubled", "词句重复：{text}", "词句")


@rule("RES011", "punctuation-run", "标点不应连用", basis=PUNCTUATION, at_most=NOTE)
def punctuation(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each paragraph with punctuation marks in a row."""
    yield from breaches(wording, "punctuation", "标点连用：{text}", "标点", once=True)


@rule("RES012", "open-bracket", "括号与书名号应成对", basis=PUNCTUATION, at_most=NOTE)
def bracket(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each bracket without its partner."""
    yield from breaches(wording, "bracket", "括号或书名号不成对：{text}", "括号与书名号")


@rule("RES013", "lost-characters", "固定词语不应脱漏或错位", basis=LANGUAGE, at_most=NOTE)
def slip(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each set phrase with lost, doubled or misplaced characters."""
    found = [r for r in wording.residues if r.kind == "slip"]
    if not found and wording.paragraphs:
        yield Upheld(subject="固定词语")
    for residue in found:
        yield Breach(
            subject="固定词语",
            told_in=residue.place,
            grade="doubtful",
            message="文字脱漏、重复或错位，疑为“{right}”",
            words={"right": residue.text},
            evidence=(("text", residue.place),),
        )


@rule("RES014", "unfinished-sentence", "句子应完整", basis=LANGUAGE, at_most=NOTE)
def unfinished(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each sentence that ends after 根据…."""
    yield from breaches(wording, "unfinished", "句子没有写完：{text}", "句子")


@rule("RES015", "reason-without-change", "持平的不应说明增减原因", basis=LANGUAGE, at_most=NOTE)
def idle_reason(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach where no change is explained by a rise or a fall."""
    yield from breaches(wording, "idle_reason", "持平却说明增减原因：{text}", "增减原因")


@rule("RES016", "report-names-itself", "报告的自称应与标题一致", basis=LANGUAGE, at_most=NOTE)
def report_title(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach where a 评价报告 introduces itself as 自评报告, or the reverse."""
    for report in wording.report_titles:
        evidence = (("title", report.title_place), ("text", report.says_place))
        if report.title == report.says:
            yield Upheld(subject="报告名称", evidence=evidence)
        else:
            yield Breach(
                subject="报告名称",
                told_in=report.says_place,
                grade="doubtful",
                message="标题是{title}报告，正文却自称{says}报告",
                words={"title": report.title, "says": report.says},
                evidence=evidence,
            )
