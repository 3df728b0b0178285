"""Real passages of many provinces, each known to be consistent or not (句子评测)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from gouji.model.report import Finding, Report
from gouji.pipeline import check_document


@dataclass(frozen=True, slots=True)
class PassageScore:
    """What was said of one passage (结果)."""

    id: str
    text: str
    consistent: bool | None
    findings: tuple[Finding, ...]

    @property
    def flagged(self) -> bool:
        """A finding of any severity."""
        return bool(self.findings)

    @property
    def alarmed(self) -> bool:
        """A finding above note."""
        return any(f.severity != "note" for f in self.findings)


def score_passages(path: Path) -> tuple[PassageScore, ...]:
    """Check every passage as if it were pasted; its context, where given, stands before it."""
    scores = []
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        context = entry["context"]
        text = f"{context}\n{entry['text']}" if context else entry["text"]
        report: Report = check_document(text, name=entry["id"])
        scores.append(PassageScore(entry["id"], text, entry["consistent"], report.findings))
    return tuple(scores)
