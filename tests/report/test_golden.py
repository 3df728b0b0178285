"""Golden files at the last border: what the sample reports yield, finding by finding.

`make golden` writes them; read the difference before you commit it. The ledger is left out: the counts of the summary stand for it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from gouji import check_document

DOCUMENTS = Path(__file__).resolve().parents[2] / "fixtures" / "documents"
SAMPLES = sorted(p.parent.name for p in DOCUMENTS.glob("*/report.pdf"))


def golden_of(sample: str, file: str) -> dict[str, Any]:
    report = check_document(DOCUMENTS / sample / file)
    return {
        "summary": report.summary.model_dump(),
        "coverage": report.coverage.model_dump(),
        "findings": [
            {
                "rule": f.rule,
                "grade": f.grade,
                "severity": f.severity,
                "confidence": f.confidence,
                "message": f.message,
                "explanation": f.explanation,
                "suggestions": list(f.suggestions),
                "quotes": [e.quote for e in f.evidence],
                "cluster": f.cluster,
            }
            for f in report.findings
        ],
    }


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("kind", ["pdf", "txt"])
def test_a_sample_yields_what_its_golden_file_says(sample: str, kind: str) -> None:
    path = DOCUMENTS / sample / f"golden.report.{kind}.json"
    made = golden_of(sample, f"report.{kind}")
    if os.environ.get("GOUJI_UPDATE_GOLDEN"):
        path.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert path.exists(), "run `make golden`"
    assert made == json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s.endswith("-clean")])
@pytest.mark.parametrize("kind", ["pdf", "txt"])
def test_a_clean_sample_yields_nothing_above_a_note(sample: str, kind: str) -> None:
    report = check_document(DOCUMENTS / sample / f"report.{kind}")
    assert [f.message for f in report.findings if f.severity != "note"] == []
