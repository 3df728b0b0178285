"""Why something was not checked, in a sentence (未核对的原因).

Rules and the runner give a code with its detail ("missing_table:income") or a sentence of their own.
"""

from __future__ import annotations

from gouji.check.telling.notices import said
from gouji.messages import N_, Catalogue
from gouji.model.tables.declared import MODELS

TABLES = {model.kind: model.name for model in MODELS}

CLAIMS = {
    "level": N_("数额陈述"),
    "change": N_("增减陈述"),
    "flat": N_("持平陈述"),
    "share": N_("占比陈述"),
    "completion": N_("完成率陈述"),
    "difference": N_("预决算差异陈述"),
    "breakdown": N_("分项陈述"),
    "points": N_("百分点陈述"),
    "nil": N_("“无”的陈述"),
    "uses": N_("用途陈述"),
    "rated": N_("得分与评级陈述"),
}

MISREADINGS = {
    "comma_for_point": N_("小数点疑被认作逗号"),
    "split_digits": N_("数字中间有空格"),
    "repeated": N_("一格之中有多个数字"),
    "cut": N_("数字不完整"),
}

FAILURES = {
    "unreachable": N_("连接不上"),
    "timeout": N_("超时"),
    "deadline": N_("超过文档时限"),
    "busy": N_("服务限流"),
    "server_error": N_("服务出错"),
    "refused": N_("模型拒答"),
    "rejected": N_("请求被拒绝"),
    "too_long": N_("超出上下文长度"),
    "cut_off": N_("输出被截断"),
    "invalid": N_("答复不合格式"),
    "budget": N_("达到限额"),
    "cancelled": N_("已取消"),
    "unfit": N_("模型没有通过语义试题，未请它比较文义"),
}
"""Why a language model gave no usable answer."""

REASONS = {
    "missing_table": N_("没有找到“{detail}”"),
    "table_twice": N_("“{detail}”不止一张，无法确定以哪张为准"),
    "no_claims": N_("正文中没有{detail}"),
    "no_indicators": N_("没有读到绩效表"),
    "no_ratios": N_("正文中没有列出算式的比率"),
    "rows_in_doubt": N_("有些行可能没有读对"),
    "execution_row_unread": N_("没有读到预算执行率一行"),
    "cells_run_together": N_(
        "单元格连成一片，分不出行列，没有核对；请粘贴带制表符的表格，或使用原 PDF"
    ),
    "table_cut_off": N_("表没有印完，可能还有行"),
    "weight_missing": N_("没有读到分值"),
    "score_missing": N_("没有读到得分"),
    "total_unread": N_("没有读到总分"),
    "misread": N_("数字可能没有读对：{detail}"),
    "shaky_table": N_("表格的行列不可靠：{detail}"),
    "beside_picture": N_("第 {detail} 页没有文字层，分项可能没有读全"),
    "pictures": N_("有 {detail} 页没有文字层，无法判断是否齐全"),
    "table_fails_at_large": N_("此表多处同时不符，更像是没有读对，不据此下结论"),
    "doubted_table": N_(
        "表内 {detail} 处不符，没有据此下结论：可能没有读对，也可能原表错行，请对照原表"
    ),
    "list_of_another_total": N_("所列各项大于此数，应是另一总数的分项"),
    "zero_by_zero": N_("零除以零，按惯例印作零"),
    "rule_crashed": N_("规则 {detail} 运行出错，这一项没有核对；请报告这个问题"),
    "not_selected": N_("按选项没有执行"),
    "no_model": N_("没有使用语言模型"),
    "model_failed": N_("语言模型没有答完（{detail}），没有答的部分只按规则读取"),
}
"""Reason code → sentence; `detail` is what follows the colon."""

_DETAILS: dict[str, dict[str, str]] = {
    "missing_table": {str(kind): name for kind, name in TABLES.items()},
    "table_twice": {str(kind): name for kind, name in TABLES.items()},
    "no_claims": CLAIMS,
    "misread": MISREADINGS,
    "model_failed": FAILURES,
}


def say_reason(reason: str, say: Catalogue) -> str:
    """Return a reason in the reader's language; an unknown one is its own sentence."""
    code, _, detail = reason.partition(":")
    if code in REASONS:
        named = _DETAILS.get(code, {}).get(detail, detail)
        return say(REASONS[code], detail=said(say(named), say))
    if detail.partition(":")[0] in REASONS:
        return say(N_("{what}：{reason}"), what=code, reason=say_reason(detail, say))
    return said(say(reason), say)
