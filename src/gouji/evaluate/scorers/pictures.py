"""Scores scans (扫描件): a picture has no text, so gouji must say so and claim nothing of it.

A document that is a picture throughout is refused in one sentence; of a document with some such pages
the report names every one. What is found in the text around them is scored as in any document.
"""

from __future__ import annotations

import re

from gouji.evaluate.labels import Answer, Labels
from gouji.evaluate.scorers.scored import Scored

_SAYS = "没有文字层"
_PAGES = re.compile(rf"第 ([\d、]+) 页{_SAYS}")


def score(labels: Labels, answer: Answer, scored: Scored) -> None:
    """Add whether pictures are named as such, and what is claimed of a document that is nothing else."""
    if labels.pictures == "all":
        told = _SAYS in answer.error and "\n" not in answer.error
        scored.add("pictures.told", told)
        claimed = len(answer.claims) + len(answer.tables) + len(answer.findings)
        scored.add("pictures.claimed", claimed)
        if not told:
            scored.wrong.append(f"没有说明是扫描件：{answer.error or '当作有文字的文件核对了'}")
    elif labels.pictures:
        named = {int(n) for s in answer.unread for m in _PAGES.findall(s) for n in m.split("、")}
        scored.add("pictures.told", named == set(labels.pictures))
        if missed := set(labels.pictures) ^ named:
            pages = "、".join(map(str, sorted(missed)))
            scored.wrong.append(f"扫描页说明有误：第 {pages} 页")
