"""How a run tells where it stands (进度): on a terminal a bar, elsewhere a line now and then."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from gouji.screen.find import Found
from gouji.screen.local import Plan, Tally
from gouji.screen.outcome import Outcome, Submission

EVERY = 30.0
"""Seconds between lines where there is no terminal."""
REASONS = {
    "unreadable": "读不了",
    "gone": "找不到或取不到",
    "too_large": "文件过大",
    "too_long": "页数过多",
    "waiting": "等候批量答复",
    "time": "超时",
    "memory": "超出内存",
    "crash": "读取崩溃",
    "fault": "内部出错",
}


class Progress:
    """Shows rate, time left, findings and failures while a run goes on (进度)."""

    def __init__(self, total: int, tally: Tally, *, quiet: bool = False) -> None:
        self._total, self._tally, self._quiet = total, tally, quiet
        self._terminal = sys.stderr.isatty()
        self._started = self._said = time.monotonic()
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[told]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=quiet or not self._terminal or not total,
            refresh_per_second=4,
        )
        self._task = self._bar.add_task("核查", total=total, told="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def hear(self, document: Submission, outcome: Outcome) -> None:
        """Show that one more document came to an outcome."""
        del document, outcome
        self.tick()

    def tick(self) -> None:
        """Show what the tally says now (刷新)."""
        if self._quiet:
            return
        if self._terminal:
            self._bar.update(self._task, completed=self._tally.done, told=self._told())
        elif time.monotonic() - self._said >= EVERY:
            self._said = time.monotonic()
            line = f"{self._tally.done}/{self._total} 份，{self._told()}{self._left()}"
            print(line, file=sys.stderr, flush=True)  # noqa: T201 (a log line is for a log)

    def _rate(self) -> float:
        return self._tally.done / max(time.monotonic() - self._started, 1e-6)

    def _told(self) -> str:
        failures = self._tally.failures.total()
        return f"{self._rate():.1f} 份/秒，发现 {self._tally.findings}，未能核查 {failures}"

    def _left(self) -> str:
        minutes = (self._total - self._tally.done) / max(self._rate(), 1e-6) / 60
        return f"，约剩 {minutes:.0f} 分钟"


def say_start(found: Found, todo: Plan, url: str) -> None:
    """Say what was found and what there is to do."""
    total = len(found.documents) + len(found.refused)
    parts = [f"找到 {total} 份文档：待查 {todo.total} 份"]
    if todo.standing:
        parts.append(f"已有结果 {todo.standing} 份")
    later = total - todo.total - todo.standing
    if later:
        parts.append(f"留待下次 {later} 份")
    if found.old:
        parts.append(f"早于 --since 的 {found.old} 份")
    if found.others:
        parts.append(f"略过非文档 {found.others} 个")
    _say(f"{'，'.join(parts)}。存入 {shown(url)}。")


def say_end(tally: Tally, todo: Plan, *, stopped: bool = False) -> None:
    """Say what the run came to."""
    if not todo.total:
        return
    if stopped:
        _say(f"已停止：完成 {tally.done}/{todo.total} 份；再次运行同一命令即接着做。")
    _say(
        f"核查 {tally.checked} 份，发现 {tally.findings} 处（其中错误 {tally.errors} 处）"
        + (f"；内容未变 {tally.unchanged} 份" if tally.unchanged else "")
        + "。"
    )
    if tally.failures:
        counted = "，".join(f"{REASONS[r]} {n}" for r, n in tally.failures.most_common())
        _say(f"未能核查 {tally.failures.total()} 份：{counted}。")


def shown(url: str) -> str:
    """Return a store's URL without its password (地址)."""
    if "://" not in url:
        return url
    from sqlalchemy import make_url  # noqa: PLC0415 (only for a database server)

    return make_url(url).render_as_string(hide_password=True)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201 (told beside the result, not as it)
