"""The findings as SARIF 2.1.0 (SARIF 报告), for those who put documents through code review.

A result is a finding, with its fingerprint, so that a platform recognises it in the next version of
the document. A dismissed finding is suppressed, with the reason. In text a place is a region counted
in characters; a PDF has no lines, so page and box stand in the properties of the location.
Passed checks are left out, for platforms show every result as an alert; `sarif_ledger` has them.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Any
from urllib.parse import quote as percent_encoded

from gouji.messages import Catalogue
from gouji.model.examined import Examined
from gouji.model.report import Evidence, Finding, Report
from gouji.report.catalogue import page as rule_page
from gouji.report.labels import READING, is_dismissed, role, where, worth_showing
from gouji.report.legible import cut, legible

Json = dict[str, Any]

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "goujiFinding/v1"
LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
LONGEST_SNIPPET = 2000


def render(examined: Examined, source: bytes, say: Catalogue) -> bytes:
    """Return the findings as a SARIF log."""
    writer = Writer(examined, say)
    results = [writer.finding(f) for f in examined.report.findings]
    return log_of(writer.run(results, source))


def log_of(run: Json) -> bytes:
    """Return a log of one run, in UTF-8."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return (json.dumps(log, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


class Writer:
    """Writes the parts of a run about one document (SARIF 写出)."""

    def __init__(self, examined: Examined, say: Catalogue) -> None:
        self.examined = examined
        self.say = say
        self.cards = {card.code: card for card in examined.rules}
        self.uri = percent_encoded(examined.report.document.name.replace("\\", "/"))
        pages = examined.disclosure.document.pages
        self.text = pages[0].text if pages and pages[0].number is None else None
        lines = (self.text or "").split("\n")
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=0))

    def run(self, results: list[Json], source: bytes) -> Json:
        """Return the run: who looked, at what, what was found, and how far the look went."""
        report = self.examined.report
        codes = sorted({r["ruleId"] for r in results})
        for result in results:
            result["ruleIndex"] = codes.index(result["ruleId"])
        return {
            "tool": {"driver": self._driver(codes)},
            "invocations": [
                {"executionSuccessful": True, "toolExecutionNotifications": self._unread()}
            ],
            "artifacts": [self._artifact(len(source))],
            "results": results,
            "columnKind": "unicodeCodePoints",
            "language": LANGUAGES[self.say.language],
            "properties": _properties(report),
        }

    def finding(self, finding: Finding) -> Json:
        """Return the result of a finding: the first place it stands at, and the others beside it."""
        shown = worth_showing(finding)
        first, others = (shown[0] if shown else None), shown[1:]
        result: Json = {
            "ruleId": finding.rule,
            "kind": "fail",
            "level": finding.severity,
            "message": {"text": legible(_told(finding))},
            "locations": [self.location(first)],
            "partialFingerprints": {FINGERPRINT: finding.fingerprint},
            "properties": _of(finding),
        }
        related = [self.location(e, n) for n, e in enumerate(others, 1)]
        if related:
            result["relatedLocations"] = related
        result["suppressions"] = _suppressions(finding)
        return result

    def location(self, evidence: Evidence | None, number: int | None = None) -> Json:
        """Return where a piece of evidence stands; the whole document without one."""
        place: Json = {"artifactLocation": {"uri": self.uri, "index": 0}}
        if evidence is None:
            return {"physicalLocation": place}
        quoted = f"{role(evidence, self.say)}「{cut(evidence.quote, 200)}」"
        told = f"{quoted} {where(evidence, self.say)}".strip()
        location: Json = {} if number is None else {"id": number}
        location |= {"physicalLocation": place, "message": {"text": told}}
        if evidence.document:
            place["artifactLocation"] = {"uri": percent_encoded(evidence.document)}
            place["properties"] = _on_page(evidence)
        elif evidence.page is None:
            place["region"] = self._region(evidence)
        else:
            place["properties"] = _on_page(evidence)
        return location

    def _region(self, evidence: Evidence) -> Json:
        start, end = evidence.start, evidence.end
        first, last = bisect_right(self._starts, start), bisect_right(self._starts, end)
        return {
            "startLine": first,
            "startColumn": start - self._starts[first - 1] + 1,
            "endLine": last,
            "endColumn": end - self._starts[last - 1] + 1,
            "charOffset": start,
            "charLength": end - start,
            "snippet": {"text": evidence.quote[:LONGEST_SNIPPET]},
        }

    def _driver(self, codes: Iterable[str]) -> Json:
        engine = self.examined.report.engine
        return {
            "name": "gouji",
            "fullName": f"gouji {engine.version}",
            "version": engine.version,
            "rules": [self._rule(code) for code in codes],
            "properties": {
                "rulesFingerprint": engine.rules_fingerprint,
                "extractor": engine.extractor,
                "model": engine.model,
            },
        }

    def _rule(self, code: str) -> Json:
        card = self.cards.get(code)
        if card is None:
            return {"id": code}
        return {
            "id": code,
            "name": _pascal(card.name),
            "shortDescription": {"text": card.title},
            "fullDescription": {"text": f"{card.title}。{card.basis}"},
            "defaultConfiguration": {"level": card.at_most},
            "help": {"text": card.doc, "markdown": rule_page(card)},
            "properties": {"tags": [card.family], "basis": card.basis},
        }

    def _artifact(self, length: int) -> Json:
        artifact: Json = {
            "location": {"uri": self.uri},
            "length": length,
            "mimeType": "application/pdf" if self.text is None else "text/plain",
            "hashes": {"sha-256": self.examined.report.document.sha256},
            "roles": ["analysisTarget"],
        }
        return artifact

    def _unread(self) -> list[Json]:
        """Return what could not be read, so that nothing missing looks fine."""
        return [
            {"level": "warning", "message": {"text": legible(check.reason)}}
            for check in self.examined.report.checks
            if check.rule == READING
        ]


def _told(finding: Finding) -> str:
    return "\n".join(x for x in (finding.message, finding.explanation, *finding.suggestions) if x)


def _of(finding: Finding) -> Json:
    return {
        "id": finding.id,
        "grade": finding.grade,
        "confidence": finding.confidence,
        "cluster": finding.cluster,
        "recomputed": finding.recomputed.model_dump() if finding.recomputed else None,
        "decision": finding.decision.model_dump() if finding.decision else None,
    }


def _suppressions(finding: Finding) -> list[Json]:
    """Return the suppression of a dismissed finding; an empty list says that there is none."""
    decision = finding.decision
    if decision is None or not is_dismissed(finding):
        return []
    why = legible(decision.reason or decision.comment)
    return [
        {
            "kind": "external",
            "status": "accepted",
            **({"justification": why} if why else {}),
            "properties": {"by": decision.by, "at": decision.at},
        }
    ]


def _on_page(evidence: Evidence) -> Json:
    return {
        "page": evidence.page,
        "boundingBox": list(evidence.bbox) if evidence.bbox else None,
        "start": evidence.start,
        "end": evidence.end,
        "table": evidence.table,
        "row": evidence.row,
        "column": evidence.column,
    }


def _properties(report: Report) -> Json:
    document = report.document
    return {
        "entity": document.entity,
        "fiscalYear": document.fiscal_year,
        "kind": document.kind,
        "pages": document.pages,
        "summary": report.summary.model_dump(),
        "coverage": report.coverage.model_dump(),
        "rulesNotApplicable": len(report.skipped),
    }


def _pascal(slug: str) -> str:
    return "".join(part.capitalize() for part in slug.split("-"))
