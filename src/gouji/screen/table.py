"""The ranking on a console (排序表)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from gouji.screen.ranking import Ranked, State
from gouji.screen.store.across import AcrossFound

STATES: dict[State, str] = {
    "suspect": "有矛盾",
    "unsure": "有疑点",
    "unknown": "未知",
    "clean": "未见矛盾",
}
SHOWN_RULES = 4


def print_across(found: Iterable[AcrossFound], console: Console, top: int) -> None:
    """Print what documents say against each other, worst first (跨文件发现)."""
    live = [a for a in found if a.finding.decision != "dismissed" and a.finding.severity != "note"]
    if not live:
        return
    order = {"error": 0, "warning": 1}
    live.sort(key=lambda a: (order[a.finding.severity], a.unit, a.year))
    console.print(f"\n跨文件发现 {len(live)} 处：")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("单位", "年度", "规则", "说明"):
        table.add_column(title, overflow="fold")
    for across in live[:top]:
        finding = across.finding
        table.add_row(across.unit, str(across.year), finding.rule, finding.message)
    console.print(table)


def print_ranking(queue: Sequence[Ranked], console: Console, top: int) -> None:
    """Print how the documents divide, and the first of the queue (排序表)."""
    counts = Counter(r.state for r in queue)
    console.print(f"共 {len(queue)} 份：" + "，".join(f"{STATES[s]} {counts[s]}" for s in STATES))
    worst = [r for r in queue if r.score > 0][:top]
    if not worst:
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("分值", "矛盾", "核对率"):
        table.add_column(title, justify="right", no_wrap=True)
    for title in ("单位", "年度", "规则", "文件"):
        table.add_column(title, overflow="fold")
    for item in worst:
        listed = item.listed
        more = "…" if len(item.rules) > SHOWN_RULES else ""
        table.add_row(
            f"{item.score:.1f}",
            str(listed.gross + listed.broken),
            f"{item.share_checked:.0%}",
            listed.entity or "—",
            str(listed.fiscal_year or "—"),
            " ".join(item.rules[:SHOWN_RULES]) + more,
            listed.name,
        )
    console.print(table)
