"""The file of a baseline: JSON made to be kept under version control (基线文件)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from gouji.check.known import gone
from gouji.errors import InputError
from gouji.messages import N_
from gouji.model.baseline import Baseline, BaselineEntry, BaselineStatus, Key, key_in, ordered
from gouji.model.report import DocumentInfo, Finding, Report
from gouji.read.source import load

SCHEMA = "gouji.baseline/1"


def read_baseline(path: Path) -> Baseline:
    """Return the baseline a file holds; raises `InputError` for anything else."""
    data = _json(load(path), str(path))
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise InputError(
            N_("{path}：不是 gouji 的基线文件（{schema}）；请用 gouji baseline update 生成。"),
            path=path,
            schema=SCHEMA,
        )
    try:
        return Baseline.model_validate(data)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise InputError(
            N_("{path}：基线文件有误（{where}）；请改正或重新生成。"), path=path, where=where
        ) from error


def written(baseline: Baseline) -> str:
    """Return a baseline as JSON whose order depends on nothing but its entries."""
    return baseline.model_dump_json(by_alias=True, indent=1) + "\n"


def report_in(data: bytes, name: str) -> Report | None:
    """Return the JSON report some bytes hold; None where they hold a document to check."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    content = _json(data, name)
    if not isinstance(content, dict) or content.get("schema") != "gouji.report/1":
        raise InputError(N_("{name}：不是 gouji 的 JSON 报告（gouji.report/1）。"), name=name)
    try:
        return Report.model_validate(content)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise InputError(
            N_("{name}：JSON 报告有误（{where}）；请重新生成。"), name=name, where=where
        ) from error


def _json(data: bytes, name: str) -> Any:  # noqa: ANN401 (any JSON)
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(N_("{name}：不是有效的 JSON，可能已损坏。"), name=name) from error


class Noting(NamedTuple):
    """How new entries are noted (登记方式)."""

    date: str
    status: BaselineStatus | None = None
    """None keeps what is there, and notes new ones as known."""
    reason: str | None = None


class Update(NamedTuple):
    """What an update did (更新结果)."""

    baseline: Baseline
    added: int
    changed: int
    kept: int
    gone: list[BaselineEntry]
    """Entries of the documents looked at that no longer occur; still in the baseline."""

    def pruned(self) -> Baseline:
        """Return the baseline without the entries that no longer occur."""
        entries = self.baseline.by_key()
        for entry in self.gone:
            entries.pop(entry.key, None)
        return ordered(entries)


def updated(baseline: Baseline, reports: Iterable[Report], noting: Noting) -> Update:
    """Return a baseline with every finding of the reports noted (更新基线)."""
    reports = list(reports)
    entries = baseline.by_key()
    touched: dict[Key, bool] = {}
    added = 0
    for report in reports:
        for finding in report.findings:
            key = key_in(report.document, finding.fingerprint)
            old = entries.get(key)
            entries[key] = _entry(old, finding, report.document, noting)
            added += old is None
            if old is not None:
                touched[key] = touched.get(key, False) or entries[key] != old
    result = ordered(entries)
    missing = {e.key: e for r in reports if r.baseline is None for e in gone(result, r)}
    occur = {key_in(r.document, f.fingerprint) for r in reports for f in r.findings}
    changed = sum(touched.values())
    lost = [entry for key, entry in missing.items() if key not in occur]
    return Update(result, added, changed, len(touched) - changed, lost)


def _entry(
    old: BaselineEntry | None, finding: Finding, document: DocumentInfo, noting: Noting
) -> BaselineEntry:
    """Return a finding's entry: a reviewer's decision first, then the flags, then what it was."""
    decision = finding.decision
    status: BaselineStatus = noting.status or (old.status if old else "known")
    reason = noting.reason if noting.reason is not None else (old.reason if old else "")
    if decision is not None and decision.status is not None:
        status, reason = decision.status, decision.reason or decision.comment
    same = old is not None and (old.status, old.reason) == (status, reason)
    return BaselineEntry(
        fingerprint=finding.fingerprint,
        entity=document.entity,
        fiscal_year=document.fiscal_year,
        rule=finding.rule,
        message=finding.message,
        status=status,
        reason=reason,
        date=old.date if same and old is not None else noting.date,
    )
