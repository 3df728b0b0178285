"""The report as a workbook (Excel 报告): findings, evidence, the whole ledger, tables, every number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from gouji.messages import N_, Catalogue
from gouji.model.examined import Examined, PrintedFate
from gouji.model.report import Check, Evidence, Finding, Report
from gouji.report.labels import (
    CONFIDENCES,
    FATES,
    GRADES,
    SEVERITIES,
    coverage_line,
    decision_lines,
    document_line,
    model_lines,
    quote,
    role,
    unread_lines,
    where,
    worth_showing,
)
from gouji.report.legible import cut
from gouji.report.workbook import Book, Column, Styled, Value, workbook
from gouji.report.xlsx_tables import write_tables

GRADE_STYLES = {
    "gross": "error",
    "broken": "error",
    "doubtful": "warning",
    "last_digit": "note",
    "holds": "good",
    "holds_by_rounding": "good",
    "not_checked": "grey",
    "no_power": "grey",
}
FATE_STYLES = {"checked": "good", "read": "note", "unread": "warning", "not_a_quantity": "grey"}
MOST_TERMS = 30
"""Figures of one relation told in its line of the ledger."""
MOST_PLACES = 4
AROUND = 24
"""Characters shown before and after a number."""
Row = list[Value | Styled]


def render(examined: Examined, _source: bytes, say: Catalogue) -> bytes:
    """Return the report as an .xlsx workbook; the same document gives the same bytes."""
    with workbook(f"gouji {examined.report.engine.version}") as (book, target):
        _summary(book, examined.report, say)
        _findings(book, examined, say)
        _evidence(book, examined, say)
        _checks(book, examined, say)
        write_tables(book, examined, say)
        _coverage(book, examined, say)
    return target.getvalue()


def _summary(book: Book, report: Report, say: Catalogue) -> None:
    sheet = book.sheet(say(N_("概要")))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    lines: list[tuple[Value | Styled, Value | Styled]] = [
        (Styled(say(N_("核查报告")), "title"), Styled(report.summary.headline, "bold")),
        (say(N_("文档")), document_line(report.document, say)),
        ("SHA-256", report.document.sha256),
        (say(N_("核查程序")), f"gouji {report.engine.version} · {report.engine.rules_fingerprint}"),
        (say(N_("核对范围")), coverage_line(report, say)),
        *((Styled(say(text), GRADE_STYLES[g]), Styled(getattr(report.summary, g), "left")) for g, text in GRADES.items()),
        *((say(N_("未能读取")), line) for line in unread_lines(report, say)),
        *((say(N_("语言模型")), line) for line in model_lines(report, say)),
    ]  # fmt: skip
    for row, (name, value) in enumerate(lines):
        book.write(sheet, row, 0, name)
        book.write(sheet, row, 1, value)


# --- findings --------------------------------------------------------------------------------


def _findings(book: Book, examined: Examined, say: Catalogue) -> None:
    titles = {rule.code: rule.title for rule in examined.rules}
    columns = (
        Column(say(N_("编号")), 7),
        Column(say(N_("级别")), 8),
        Column(say(N_("规则")), 10),
        Column(say(N_("应成立")), 22),
        Column(say(N_("发现")), 50),
        Column(say(N_("位置")), 28),
        Column(say(N_("原文")), 42),
        Column(say(N_("复算")), 32),
        Column(say(N_("可能的更正")), 30),
        Column(say(N_("同源")), 8),
        Column(say(N_("把握")), 9),
        Column(say(N_("复核意见")), 22),
        Column(say(N_("指纹")), 16),
    )
    rows = (_finding(f, titles.get(f.rule, ""), say) for f in examined.report.findings)
    book.list(say(N_("发现")), columns, rows)


def _finding(finding: Finding, title: str, say: Catalogue) -> Row:
    shown = worth_showing(finding)
    places = dict.fromkeys(p for p in (where(e, say) for e in finding.evidence) if p)
    return [
        finding.id,
        Styled(say(SEVERITIES[finding.severity]), finding.severity),
        finding.rule,
        title,
        finding.message,
        "\n".join(places),
        "\n".join(f"{role(e, say)}「{quote(e, say)}」" for e in shown),
        finding.explanation,
        "\n".join(finding.suggestions),
        finding.cluster,
        say(CONFIDENCES[finding.confidence]),
        "\n".join(decision_lines(finding.decision, say)),
        finding.fingerprint,
    ]


def _evidence(book: Book, examined: Examined, say: Catalogue) -> None:
    columns = (
        Column(say(N_("编号")), 7),
        Column(say(N_("所据")), 12),
        Column(say(N_("页")), 6),
        Column(say(N_("表")), 30),
        Column(say(N_("表行")), 26),
        Column(say(N_("栏")), 18),
        Column(say(N_("原文")), 60),
        Column(say(N_("数值")), 16),
        Column(say(N_("单位")), 8),
        Column(say(N_("下限（基本单位）")), 18),
        Column(say(N_("上限（基本单位）")), 18),
    )
    rows = (
        [
            finding.id,
            role(e, say),
            e.page,
            f"《{e.document}》{e.table or ''}" if e.document else e.table,
            e.row,
            e.column,
            cut(e.quote, 500),
            _number(e.value),
            e.unit,
            _number(e.low),
            _number(e.high),
        ]
        for finding in examined.report.findings
        for e in finding.evidence
    )
    book.list(say(N_("证据")), columns, rows)


def _number(printed: str | None) -> Decimal | None:
    return None if printed is None else Decimal(printed)


# --- the ledger ------------------------------------------------------------------------------


def _checks(book: Book, examined: Examined, say: Catalogue) -> None:
    columns = (
        Column(say(N_("序号")), 7),
        Column(say(N_("结果")), 16),
        Column(say(N_("规则")), 10),
        Column(say(N_("应成立")), 40),
        Column(say(N_("页")), 6),
        Column(say(N_("位置")), 44),
        Column(say(N_("所据数字")), 56),
        Column(say(N_("说明")), 44),
    )
    book.list(say(N_("核对")), columns, _ledger(examined, say))


def _ledger(examined: Examined, say: Catalogue) -> Iterator[Row]:
    """Yield every relation judged, then the rules that could not run: nothing missing looks fine."""
    titles = {rule.code: rule.title for rule in examined.rules}
    checks = examined.report.checks
    for number, check in enumerate(checks, 1):
        yield _check(number, check, titles.get(check.rule, ""), say)
    for number, skipped in enumerate(examined.report.skipped, len(checks) + 1):
        result = Styled(say(N_("未执行")), "grey")
        yield [number, result, skipped.rule, titles.get(skipped.rule, ""), None, "", "", skipped.reason]  # fmt: skip


def _check(number: int, check: Check, title: str, say: Catalogue) -> Row:
    pages = [e.page for e in check.evidence if e.page is not None]
    places = dict.fromkeys(p for p in (where(e, say) for e in check.evidence[:MOST_TERMS]) if p)
    return [
        number,
        Styled(say(GRADES[check.grade]), GRADE_STYLES[check.grade]),
        check.rule,
        title,
        min(pages, default=None),
        "\n".join([*places][:MOST_PLACES]) + (" …" if len(places) > MOST_PLACES else ""),
        _terms(check.evidence, say),
        check.reason,
    ]


def _terms(evidence: tuple[Evidence, ...], say: Catalogue) -> str:
    printed = [e for e in evidence if e.quote.strip()]
    told = [f"{role(e, say)} {cut(e.quote, 60)}" for e in printed[:MOST_TERMS]]
    more = len(printed) - len(told)
    return "；".join(told) + (say(N_("…… 另有 {n} 处"), n=more) if more else "")


# --- every number ----------------------------------------------------------------------------


def _coverage(book: Book, examined: Examined, say: Catalogue) -> None:
    paged = bool(examined.report.document.pages)
    columns = (
        Column(say(N_("序号")), 7),
        Column(say(N_("页")) if paged else say(N_("行")), 6),
        Column(say(N_("数字")), 18),
        Column(say(N_("去向")), 14),
        Column(say(N_("出处")), 36),
        Column(say(N_("前后文")), 84),
    )
    book.list(say(N_("覆盖率")), columns, _numbers(examined, say))


def _numbers(examined: Examined, say: Catalogue) -> Iterator[Row]:
    document, outline = examined.disclosure.document, examined.disclosure.outline
    texts = {page.number: page.text for page in document.pages}
    starts = list(accumulate((len(x) + 1 for x in texts.get(None, "").split("\n")), initial=0))
    named = {n.grid: n.number or n.title for n in outline.grids}
    judged = {
        (e.page, e.start): where(e, say).rpartition(" / ")[2]
        for check in examined.report.checks
        for e in check.evidence
        if e.table and not e.document
    }
    for number, fate in enumerate(sorted(examined.fates, key=_in_order), 1):
        place = fate.place
        yield [
            number,
            place.page if place.page is not None else bisect_right(starts, place.start),
            cut(place.quote, 60),
            Styled(say(FATES[fate.fate]), FATE_STYLES[fate.fate]),
            judged.get((place.page, place.start)) or _within(fate, named, say),
            _context(texts.get(place.page, ""), fate),
        ]


def _within(fate: PrintedFate, named: dict[str, str], say: Catalogue) -> str:
    cell = fate.place.cell
    return (named.get(cell.grid) or say(N_("表"))) if cell else say(N_("文字"))


def _in_order(fate: PrintedFate) -> tuple[int, int]:
    return (fate.place.page or 0, fate.place.start)


def _context(text: str, fate: PrintedFate) -> str:
    """Return a number with the words around it, the number itself in brackets."""
    start, end = fate.place.start, fate.place.end
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return cut(f"…{before}【{text[start:end]}】{after}…", 200)
