"""How far the check of a document is (进度): the stages of the pipeline, in their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, get_args

Stage = Literal["reading", "understanding", "extracting", "checking", "reporting"]
"""读取 · 理解 · 提取 · 核对 · 出报告"""
STAGES: tuple[Stage, ...] = get_args(Stage)


class Step(NamedTuple):
    """Where a check is at this moment (当前一步)."""

    stage: Stage
    page: int = 0
    """Page being read, from 1; 0 where no pages are counted."""
    pages: int = 0


Hear = Callable[[Step], None]


def unheard(_step: Step) -> None:
    """Tell nobody (无人听取)."""
