"""What each figure of an evaluation is called, and which way is better (指标说明)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Better = Literal["higher", "lower", "neither"]


@dataclass(frozen=True, slots=True)
class FigureInfo:
    """A figure's name for people (指标): title, which way is better, whether it is a share."""

    title: str
    better: Better = "higher"
    share: bool = True
    """Between 0 and 1, shown in per cent; else a mean per document."""
    headline: bool = False
    """Watched by the gate and shown first."""


FIGURES: dict[str, FigureInfo] = {
    "answered": FigureInfo("有应答的样本", headline=True),
    "grids.found": FigureInfo("表格找到"),
    "grids.cells": FigureInfo("单元格一致", headline=True),
    "grids.cells_precision": FigureInfo("读出的单元格确有其位"),
    "grids.spans": FigureInfo("单元格与合并范围一致"),
    "grids.teds": FigureInfo("树编辑相似度 TEDS"),
    "tables.named": FigureInfo("决算表认出", headline=True),
    "tables.cells": FigureInfo("表内数字一致", headline=True),
    "indicators.tables": FigureInfo("绩效表认出"),
    "indicators.fields": FigureInfo("指标字段一致", headline=True),
    "budgets.fields": FigureInfo("资金与任务字段一致", headline=True),
    "claims.precision": FigureInfo("陈述准确率", headline=True),
    "claims.recall": FigureInfo("陈述召回率", headline=True),
    "claims.f1": FigureInfo("陈述 F1"),
    "claims.slot": FigureInfo("陈述各项一致"),
    "claims.sentences": FigureInfo("整句全对", headline=True),
    "findings.recall": FigureInfo("标注的差错被发现", headline=True),
    "findings.precision": FigureInfo("发现有标注支持", headline=True),
    "findings.disturbed": FigureInfo("静默段落被打扰", "lower", headline=True),
    "confidence": FigureInfo("各置信度的发现确有其事"),
    "clean.errors": FigureInfo(
        "无差错文档的误报（错误级，每份）", "lower", share=False, headline=True
    ),
    "clean.warnings": FigureInfo(
        "无差错文档的误报（疑点级，每份）", "lower", share=False, headline=True
    ),
    "passages.flagged": FigureInfo("不一致的段落被指出", headline=True),
    "passages.alarmed": FigureInfo("一致的段落被误报", "lower", headline=True),
    "pictures.told": FigureInfo("扫描页说明没有文字层", headline=True),
    "pictures.claimed": FigureInfo(
        "全扫描件仍称读到的内容（每份）", "lower", share=False, headline=True
    ),
    "plants.found": FigureInfo("植入的差错在原处被发现", headline=True),
    "plants.all": FigureInfo("一份多处差错全部发现"),
    "plants.first": FigureInfo("排在第一位的发现就是植入的差错"),
    "plants.strays": FigureInfo("别处的误报（每个植入）", "lower", share=False, headline=True),
    "controls.alarms": FigureInfo("对照被误报（高于提示）", "lower", headline=True),
    "controls.errors": FigureInfo("对照被误报（错误级）", "lower", headline=True),
    "coverage.checked": FigureInfo("数字经核对"),
    "coverage.unread": FigureInfo("文字中的数字未读", "lower", headline=True),
    "cost.seconds": FigureInfo("秒", "lower", share=False),
    "cost.memory_mb": FigureInfo("内存 MB（进程峰值）", "lower", share=False),
    "cost.calls": FigureInfo("模型调用", "lower", share=False),
    "cost.tokens": FigureInfo("词元", "lower", share=False),
    "cost.money": FigureInfo("费用", "lower", share=False),
    "cost.cached": FigureInfo("取自缓存的答案", "neither", share=False),
    "cost.failed": FigureInfo("没有可用答案的调用", "lower", share=False),
}
"""Base name → what it is; a breakdown is named `base[part]`."""


def info(name: str) -> FigureInfo:
    """Return what a figure is, breakdowns included."""
    return FIGURES[name.partition("[")[0]]


def title(name: str) -> str:
    """Return a figure's title: 陈述召回率［share］."""
    base, _, part = name.partition("[")
    return FIGURES[base].title + (f"［{part.removesuffix(']')}］" if part else "")


def is_headline(name: str) -> bool:
    """Tell whether a figure is shown first and watched by the gate."""
    return "[" not in name and info(name).headline


def order(name: str) -> tuple[int, str]:
    """Return where a figure stands in a list."""
    return (list(FIGURES).index(name.partition("[")[0]), name)


def shown(name: str, value: float) -> str:
    """Return a value as people read it: a share in per cent, a mean as it is."""
    return f"{100 * value:.2f}%" if info(name).share else f"{value:.4g}"
