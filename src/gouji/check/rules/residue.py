"""Residue of the form: nothing of a template may stay in a report (模板残留应清除).

What it checks
    Instructions for filling in, alternatives of which none was chosen, placeholders, blanks,
    references to internal forms and field codes of the word processor.

Why it matters
    Reports are written over a template or over last year's text. What is left of it shows that the
    passage was never read, and often that a figure or a reason is missing.

For example
    下降（增长）12.50%：升降未选定。收入合计 XXX 万元：数字未填。

Not a violation
    收入（支出） in a heading, 部门（单位） as forms print it, a column's head 增加（减少）.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice

from gouji.check.rule import rule
from gouji.model.finding import Severity
from gouji.model.place import Place
from gouji.model.relation import AnyRelation, Breach, Upheld
from gouji.model.wording import Residue, ResidueKind, Wording

FORM = "部门决算公开模板：说明与选项供填写时参照，公开时应删除"
_SHOWN = 3
_QUOTES = 6
_LOOKED_AT = 50


def breaches(
    wording: Wording, kind: ResidueKind, message: str, subject: str, *, once: bool = False
) -> Iterator[AnyRelation]:
    """State one breach a paragraph, or that the text was looked at and nothing found.

    With `once`, all finds of a document make one breach: a habit of the writer, not many faults.
    """
    found = [r for r in wording.residues if r.kind == kind]
    if not found and wording.paragraphs:
        yield Upheld(subject=subject)
    for _, group in groupby(found, key=lambda r: 0 if once else r.block):
        residues = _outermost(list(islice(group, _LOOKED_AT)))
        texts = list(dict.fromkeys(r.text for r in residues))
        text = "”“".join(texts[:_SHOWN]) + ("”等" if len(texts) > _SHOWN else "”")
        yield Breach(
            subject=subject,
            told_in=residues[0].place,
            grade="doubtful",
            message=message,
            words={"text": f"“{text}"},
            evidence=tuple([("text", r.place) for r in residues[:_QUOTES]]),
            habitual=True,
        )


def _outermost(residues: list[Residue]) -> list[Residue]:
    """Drop what stands inside another find (一处不重复报)."""
    return [
        r
        for i, r in enumerate(residues)
        if not any(
            (_holds(o.place, r.place) and not _holds(r.place, o.place))
            or (j < i and _holds(o.place, r.place))
            for j, o in enumerate(residues)
            if j != i
        )
    ]


def _holds(outer: Place, inner: Place) -> bool:
    same = outer.page == inner.page and outer.cell == inner.cell
    return same and outer.start <= inner.start and inner.end <= outer.end


WARNING: Severity = "warning"


@rule("RES001", "instruction", "填表说明不应留在公开文本中", basis=FORM, at_most=WARNING)
def instruction(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each paragraph that keeps an instruction of the form."""
    yield from breaches(wording, "instruction", "填表说明未删：{text}", "填表说明")


@rule("RES002", "option", "模板中的选项应选定其一", basis=FORM, at_most="note")
def option(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each paragraph with alternatives of which none was chosen."""
    yield from breaches(wording, "option", "模板选项未选定：{text}", "模板选项")


@rule("RES003", "placeholder", "占位符应换成实际内容", basis=FORM, at_most=WARNING)
def placeholder(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each paragraph or table with a placeholder."""
    yield from breaches(wording, "placeholder", "占位符未替换：{text}", "占位符")


@rule("RES004", "blank", "数字不应留空", basis=FORM, at_most=WARNING)
def blank(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach where a unit or per cent sign stands without its number."""
    yield from breaches(wording, "blank", "数字留空：{text}", "应填的数字")


@rule(
    "RES005", "field-code", "文档处理软件的域代码不应印出", basis="公开文本应可读", at_most=WARNING
)
def field_code(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach where the word processor printed a field code."""
    yield from breaches(wording, "field_code", "域代码残留：{text}", "域代码")


@rule("RES006", "missing-unit", "金额应有计量单位", basis="决算说明以万元为单位", at_most="note")
def missing_unit(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each amount of money without a unit."""
    yield from breaches(wording, "no_unit", "金额缺计量单位：{text}", "计量单位")


@rule(
    "RES007", "missing-percent", "比率应有百分号", basis="增减率、占比以百分数表示", at_most="note"
)
def missing_percent(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each rate without a per cent sign, and each change without any unit."""
    yield from breaches(wording, "no_percent", "比率缺百分号：{text}", "百分号")
    missing = "增减数缺计量单位或百分号：{text}"
    yield from breaches(wording, "no_measure", missing, "计量单位或百分号")


@rule("RES008", "short-unit", "金额单位应写全", basis="决算说明以万元为单位", at_most="note")
def short_unit(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each amount in 万 without 元."""
    yield from breaches(
        wording, "short_unit", "金额单位不全（万元写作万）：{text}", "金额单位", once=True
    )


@rule("RES009", "row-of-dots", "表中的省略号行应删除", basis=FORM, at_most="note")
def dots(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach where tables keep the form's rows of dots."""
    yield from breaches(wording, "dots", "表中保留了模板的省略号行：{text}", "省略号行", once=True)
