"""Words every reporter uses for the report's closed sets (标签)."""

from __future__ import annotations

from gouji.messages import N_, Catalogue
from gouji.model.report import Decision, DocumentInfo, Evidence, Finding, Report
from gouji.report.legible import cut

SEVERITIES = {"error": N_("错误"), "warning": N_("疑点"), "note": N_("提示")}
CONFIDENCES = {"high": N_("把握高"), "medium": N_("把握中"), "low": N_("把握低")}
GRADES = {
    "gross": N_("明显矛盾"),
    "broken": N_("不能同时成立"),
    "doubtful": N_("存疑"),
    "last_digit": N_("末位差一"),
    "holds": N_("成立"),
    "holds_by_rounding": N_("尾差之内成立"),
    "not_checked": N_("未核对"),
    "no_power": N_("位数太少，无从检验"),
}
FATES = {
    "checked": N_("已核对"),
    "read": N_("读到未核对"),
    "unread": N_("未读懂"),
    "not_a_quantity": N_("不是数量"),
}
KINDS = {
    "final_accounts": N_("决算公开"),
    "budget": N_("预算公开"),
    "performance": N_("绩效报告"),
    "other": N_("其他文档"),
}
FAMILIES = {
    "READ": N_("读取"),
    "FOO": N_("表内加总"),
    "TIE": N_("表间勾稽"),
    "TXT": N_("文表一致"),
    "REP": N_("前后一致"),
    "CHG": N_("增减变动"),
    "SHR": N_("占比"),
    "CMP": N_("预算完成率"),
    "SUM": N_("文字分项"),
    "CNT": N_("数量"),
    "NIL": N_("空表与“无”"),
    "DAT": N_("日期与年度"),
    "RES": N_("模板残留"),
    "ENT": N_("单位名称与层级"),
    "DOC": N_("公开完整性"),
    "IND": N_("绩效指标"),
    "DEF": N_("比率定义"),
    "SEM": N_("语义（模型提示）"),
    "XDC": N_("跨文件核对"),
}
"""Families of rules as their registries name them, and what the reading itself fell short of."""
ROLES = {
    "statement": N_("原文"),
    "text": N_("原文"),
    "total": N_("合计"),
    "part": N_("分项"),
    "value": N_("本年数"),
    "prior": N_("上年数"),
    "change": N_("增减额"),
    "rate": N_("增减率"),
    "whole": N_("整体"),
    "budget": N_("预算数"),
    "percent": N_("比率"),
    "executed": N_("执行数"),
    "same": N_("同一数"),
    "other": N_("另一处"),
    "limit": N_("上限"),
    "left": N_("一处"),
    "right": N_("另一处"),
    "first": N_("一处"),
    "second": N_("另一处"),
    "next": N_("下一处"),
    "row": N_("表行"),
    "cell": N_("单元格"),
    "item": N_("项目"),
    "table": N_("表"),
    "title": N_("标题"),
    "heading": N_("标题"),
    "contents": N_("目录"),
    "name": N_("名称"),
    "publisher": N_("公开单位"),
    "year": N_("年度"),
    "day": N_("日期"),
    "issued": N_("印发日期"),
    "number": N_("编号"),
    "count": N_("数量"),
    "nil": N_("“无”的陈述"),
    "uses": N_("用途"),
    "score": N_("得分"),
    "grade": N_("等级"),
    "standard": N_("评分标准"),
    "outcome": N_("完成情况"),
    "report": N_("报告"),
}
SOMEWHERE = N_("出处")
"""Label of a role that has none of its own."""
LONGEST_QUOTE = 80
READING = "READ"
"""Code of ledger lines that say what could not be read."""


def document_line(document: DocumentInfo, say: Catalogue) -> str:
    """Return who published what: 云岫市青屏区水务局 · 2024 年度 · 决算公开 · 18 页."""
    parts = [
        document.entity,
        say(N_("{year} 年度"), year=document.fiscal_year) if document.fiscal_year else None,
        say(KINDS.get(document.kind, document.kind)),
        say(N_("{n} 页"), n=document.pages) if document.pages else None,
        document.name,
    ]
    return " · ".join(p for p in parts if p)


def coverage_line(report: Report, say: Catalogue) -> str:
    """Return what became of every number, in one line."""
    seen = report.coverage
    return say(
        N_(
            "印出的数字 {numbers} 个：已核对 {checked}（{share}%），读到未核对 {read}，"
            "未读懂 {unread}，不是数量 {other}；没有对象可核的规则 {skipped} 条。"
        ),
        numbers=seen.numbers,
        checked=seen.checked,
        share=seen.share_checked,
        read=seen.read,
        unread=seen.unread,
        other=seen.not_a_quantity,
        skipped=len(report.skipped),
    )


def model_lines(report: Report, say: Catalogue) -> list[str]:
    """Return what a language model did and cost; nothing where none was used (模型用量)."""
    use = report.model_use
    if use is None:
        return []
    line = say(
        N_(
            "语言模型 {model}：调用 {calls} 次，取自缓存 {cached} 次，输入 {sent} 词元，输出 {got} 词元，"
            "费用 {cost}；采用答复 {kept} 条，弃用无据的 {dropped} 条。"
        ),
        model=report.engine.model,
        calls=use.calls,
        cached=use.cached,
        sent=use.input_tokens,
        got=use.output_tokens,
        cost=say(N_("未计")) if use.cost == "0" and use.calls else use.cost,
        kept=sum(use.accepted.values()),
        dropped=sum(use.dropped.values()),
    )
    if report.summary.paragraph is None:
        return [line]
    by_model = N_("摘要（由语言模型撰写，以发现为准）：{text}")
    by_rules = N_("摘要（语言模型没有写出可用的，以下是核对结论）：{text}")
    told = by_model if use.accepted.get("summary") else by_rules
    return [say(told, text=report.summary.paragraph), line]


def unread_lines(report: Report, say: Catalogue) -> list[str]:
    """Return what could not be read, a sentence each."""
    return [
        say(N_("未能读取：{what}"), what=check.reason)
        for check in report.checks
        if check.rule == READING
    ]


def role(evidence: Evidence, say: Catalogue) -> str:
    """Return what a piece of evidence is, in the reader's words."""
    return say(ROLES.get(evidence.role, SOMEWHERE))


def where(evidence: Evidence, say: Catalogue) -> str:
    """Return document, page, table, row and column of a piece of evidence, as far as they are told."""
    parts = [say(N_("《{name}》"), name=evidence.document)] if evidence.document else []
    if evidence.page is not None:
        parts.append(say(N_("第 {n} 页"), n=evidence.page))
    if evidence.table is not None:
        parts.append(
            say(
                N_("{table} {row} 行 {column} 栏"),
                table=evidence.table,
                row=evidence.row,
                column=evidence.column,
            )
        )
    return " / ".join(parts)


def quote(evidence: Evidence, say: Catalogue) -> str:
    """Return a quote on one line, cut where it is long; an empty cell says so."""
    return cut(evidence.quote, LONGEST_QUOTE) or say(N_("（空格）"))


def is_dismissed(finding: Finding) -> bool:
    """Tell whether a reviewer dismissed a finding (已驳回)."""
    return finding.decision is not None and finding.decision.status == "dismissed"


def decision_lines(decision: Decision | None, say: Catalogue) -> list[str]:
    """Return what a reviewer decided, why and who, and what he noted (复核意见)."""
    if decision is None:
        return []
    lines = []
    signed = " ".join(p for p in (decision.by, decision.at[:10]) if p)
    if decision.status == "confirmed":
        lines.append(say(N_("已确认")))
    if decision.status == "dismissed":
        why = decision.reason
        lines.append(say(N_("已驳回：{reason}"), reason=why) if why else say(N_("已驳回")))
    if decision.comment:
        lines.append(say(N_("批注：{comment}"), comment=decision.comment))
    if signed and lines:
        lines[-1] += say(N_("（{signed}）"), signed=signed)
    return lines


def worth_showing(finding: Finding) -> list[Evidence]:
    """Return the evidence a reader needs: not the figures inside a quoted clause, nor a place twice."""
    shown: list[Evidence] = []
    for evidence in finding.evidence:
        if not any(_within(evidence, other) for other in shown):
            shown.append(evidence)
    return shown


def _within(inner: Evidence, outer: Evidence) -> bool:
    same_page = (inner.document, inner.page) == (outer.document, outer.page)
    return same_page and outer.start <= inner.start and inner.end <= outer.end
