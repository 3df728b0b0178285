"""A full report has all tables and statements that the form requires (公开内容应完整).

What it checks
    The nine tables of the accounts; statements on operating expenses, procurement, assets,
    performance and 三公 with its counts.

Why it matters
    Missing tables and statements are what inspections of published accounts report most.

For example
    全文没有机关运行经费的说明：没有的也应写明“无”。

Not a violation
    A text without the tables, or an attachment published alone: only a report with most of its
    tables is held to the list. Tables that are printed but could not be read; a report with pages
    that are pictures, which may hold what seems to be missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.check.rule import rule
from gouji.model.document import Document
from gouji.model.finding import Severity
from gouji.model.outline import Outline, TableKind
from gouji.model.place import Place
from gouji.model.relation import AnyRelation, Breach, NotChecked, Upheld
from gouji.model.wording import Wording

FORM = "《地方预决算公开操作规程》（财预〔2016〕143号）"
WARNING: Severity = "warning"
REQUIRED: dict[TableKind, str] = {
    "income_expenditure_summary": "收入支出决算总表",
    "income": "收入决算表",
    "expenditure": "支出决算表",
    "appropriation_summary": "财政拨款收入支出决算总表",
    "general_public_expenditure": "一般公共预算财政拨款支出决算表",
    "basic_expenditure": "一般公共预算财政拨款基本支出决算表",
    "government_fund": "政府性基金预算财政拨款收入支出决算表",
    "state_capital": "国有资本经营预算财政拨款支出决算表",
    "three_public": "财政拨款“三公”经费支出决算表",
}
TOPICS = ("机关运行经费", "政府采购", "国有资产占用", "预算绩效", "“三公”经费")
COUNTS = (
    "因公出国（境）团组数、人次", "公务用车购置数", "公务用车保有量", "公务接待批次", "公务接待人次",
)  # fmt: skip
SURELY_FULL = 6


def _tables(outline: Outline) -> set[TableKind]:
    """Return the kinds of required tables that are printed, read or not."""
    printed = {g.kind for g in outline.grids} | {kind for kind, _ in outline.bare_titles}
    return printed & set(REQUIRED)


def _is_full(outline: Outline) -> bool:
    return outline.kind == "final_accounts" and len(_tables(outline)) >= SURELY_FULL


@rule("DOC001", "tables-complete", "决算报表应齐全", basis=FORM, at_most=WARNING)
def tables_complete(outline: Outline, document: Document) -> Iterator[AnyRelation]:
    """State a breach for each required table that a full report lacks."""
    if not _is_full(outline):
        return
    present = _tables(outline)
    missing = [name for kind, name in REQUIRED.items() if kind not in present]
    anchor = next((g.title_place for g in outline.grids if g.title_place is not None), None)
    if missing and anchor is not None:
        yield _missing("缺少决算报表：{names}", missing, (outline, document), anchor)
    elif not missing:
        yield Upheld(subject="决算报表")


@rule("DOC002", "statements-complete", "应公开的说明应齐全", basis=FORM, at_most=WARNING)
def statements_complete(
    wording: Wording, outline: Outline, document: Document
) -> Iterator[AnyRelation]:
    """State a breach for each required statement that a full report lacks."""
    message = "没有说明：{names}（没有的也应写明“无”）"
    yield from _topics(wording, (outline, document), TOPICS, message)


@rule("DOC003", "three-public-counts", "“三公”经费的实物量应公开", basis=FORM, at_most=WARNING)
def counts_complete(
    wording: Wording, outline: Outline, document: Document
) -> Iterator[AnyRelation]:
    """State a breach for each count of the three public expenses that a full report lacks.

    A report that states to have no such expenses needs no counts.
    """
    topics = {s.topic for s in wording.statements}
    if "“三公”经费" in topics and "无“三公”经费" not in topics:
        yield from _topics(wording, (outline, document), COUNTS, "“三公”经费没有说明：{names}")


def _topics(
    wording: Wording, report: tuple[Outline, Document], topics: tuple[str, ...], message: str
) -> Iterator[AnyRelation]:
    if not wording.statements or not _is_full(report[0]):
        return
    stated = {s.topic for s in wording.statements}
    missing = [topic for topic in topics if topic not in stated]
    if not missing:
        yield Upheld(subject="应公开的说明")
        return
    yield _missing(message, missing, report, wording.statements[0].place)


def _missing(
    message: str, names: list[str], report: tuple[Outline, Document], anchor: Place
) -> AnyRelation:
    outline, document = report
    evidence = (("report", outline.entity_place or anchor),)
    if document.pictures:
        reason = f"pictures:{len(document.pictures)}"
        return NotChecked(subject="公开内容", reason=reason, evidence=evidence)
    return Breach(
        subject="公开内容",
        grade="doubtful",
        message=message,
        words={"names": "、".join(names)},
        evidence=evidence,
    )
