"""Documents and outcomes for tests: small, and without a worker."""

from __future__ import annotations

from gouji.screen.limits import Limits
from gouji.screen.outcome import Checked, Failed, Options, Submission
from gouji.screen.worker import examine_one

CLEAN = """云岫市青屏区档案馆2024年度单位决算公开
一、收入支出决算总体情况说明
2024年度收入总计12.30万元，比上年增加2.30万元，增长23.00%。
"""
FAULTY = CLEAN.replace("23.00%", "32.00%")


def checked(text: str = CLEAN, name: str = "report.txt") -> Checked:
    """Check a text in this process."""
    outcome = examine_one(Submission(name, data=text.encode()), Options(), Limits())
    assert isinstance(outcome, Checked), outcome
    return outcome


def failed(sentence: str = "坏文件", sha256: str | None = None) -> Failed:
    """Return a failure."""
    return Failed("unreadable", sentence, sha256)
