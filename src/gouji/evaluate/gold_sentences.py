"""Real passages of many provinces, each known to be consistent or not (句子评测)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from gouji.errors import InputError
from gouji.model.report import Finding
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
        scores.append(PassageScore(entry["id"], text, entry["consistent"], _findings(text)))
    return tuple(scores)


def _findings(text: str) -> tuple[Finding, ...]:
    """Check a passage; one refused as no fiscal text has nothing said of it."""
    try:
        return check_document(text).findings
    except InputError:
        return ()
