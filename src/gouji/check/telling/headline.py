"""The one sentence at the head of a report (结论)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gouji.messages import N_, Catalogue
from gouji.model.finding import Severity
from gouji.model.report import Finding

_FOUND: dict[Severity, str] = {
    "error": N_("{n} 处不能同时成立"),
    "warning": N_("{n} 处疑点"),
    "note": N_("{n} 处提示"),
}


def headline(findings: Sequence[Finding], held: int, unchecked: int, say: Catalogue) -> str:
    """Return what was found, how many relations held, and how many numbers nobody checked."""
    weights = Counter(f.severity for f in findings)
    said = [say(text, n=weights[s]) for s, text in _FOUND.items() if weights[s]]
    if said:
        found = say(N_("发现 {findings}"), findings=say(N_("、")).join(said))
    else:
        found = say(N_("没有发现不能同时成立的数字"))
    return say(
        N_("{found}；{held} 项关系核对成立；{unchecked} 个数字未核对。"),
        found=found,
        held=held,
        unchecked=unchecked,
    )
