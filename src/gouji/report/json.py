"""The report as JSON, gouji.report/1 (JSON 报告): UTF-8, deterministic, no ASCII escapes."""

from __future__ import annotations

from gouji.messages import Catalogue
from gouji.model.examined import Examined
from gouji.model.report import Report


def render(examined: Examined, _source: bytes, _say: Catalogue) -> bytes:
    """Return the report as JSON in UTF-8."""
    return to_json(examined.report).encode()


def to_json(report: Report) -> str:
    """Return the report as `schemas/report.v1.schema.json` describes it."""
    return report.model_dump_json(by_alias=True, indent=2) + "\n"
