"""Ledger → Report (成文): findings numbered and worded, the whole ledger, coverage, versions."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from gouji import __version__
from gouji.check.coverage import coverage_of
from gouji.check.evidence import Atlas
from gouji.check.grouping import Draft, clusters, draft_findings
from gouji.check.reasons import say_reason
from gouji.check.rule import Rule, all_rules
from gouji.check.run import Judged, Ledger
from gouji.check.sentences import Sentences
from gouji.check.terms import terms_of
from gouji.messages import N_, Catalogue
from gouji.model.disclosure import Disclosure
from gouji.model.finding import Grade, Recomputed, Severity
from gouji.model.report import (
    Check,
    DocumentInfo,
    Engine,
    Evidence,
    Finding,
    RecomputedValue,
    Report,
    Skipped,
    Summary,
)

FINGERPRINT = 12
"""Hex digits of a fingerprint."""


def report_of(
    disclosure: Disclosure, ledger: Ledger, rules: tuple[Rule, ...], say: Catalogue
) -> Report:
    """Return the published report of a disclosure and the ledger of the rules run (核查报告)."""
    sentences = Sentences(Atlas(disclosure, say))
    findings = _findings(disclosure, ledger, sentences)
    coverage = coverage_of(disclosure, ledger)
    return Report(
        engine=Engine(
            version=__version__,
            rules_fingerprint=rules_fingerprint(),
            extractor="rules",
            model=None,
        ),
        document=_document(disclosure),
        summary=_summary(ledger, findings, coverage.read + coverage.unread, say),
        coverage=coverage,
        findings=findings,
        checks=tuple(_check(entry, sentences) for entry in ledger.judged),
        skipped=_skipped(ledger, rules, say),
    )


@cache
def rules_fingerprint() -> str:
    """Return a hash of everything that judges: the sources of this package."""
    digest = hashlib.sha256()
    for name, source in sorted(_sources(files("gouji") / "check", "")):
        digest.update(name.encode() + b"\0" + source + b"\0")
    return digest.hexdigest()[:FINGERPRINT]


def _sources(folder: Traversable, prefix: str) -> Iterable[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".py"):
            yield f"{prefix}{entry.name}", entry.read_bytes()


# --- findings --------------------------------------------------------------------------------


def _findings(disclosure: Disclosure, ledger: Ledger, sentences: Sentences) -> tuple[Finding, ...]:
    drafts = draft_findings(ledger.judged, disclosure.document)
    names = clusters(drafts)
    seen: Counter[str] = Counter()
    found: list[Finding] = []
    for number, (draft, cluster) in enumerate(zip(drafts, names, strict=True), 1):
        evidence = _evidence(draft, sentences.atlas)
        fingerprint = fingerprint_of(draft.first.rule.code, evidence)
        seen[fingerprint] += 1
        if seen[fingerprint] > 1:
            fingerprint = f"{fingerprint}-{seen[fingerprint]}"
        found.append(_finding(f"F{number}", fingerprint, draft, cluster, sentences))
    return tuple(found)


def _finding(
    identity: str, fingerprint: str, draft: Draft, cluster: str | None, sentences: Sentences
) -> Finding:
    verdict, rule = draft.first.verdict, draft.first.rule
    merged = len(draft.members) > 1
    return Finding(
        id=identity,
        fingerprint=fingerprint,
        rule=rule.code,
        name=rule.name,
        grade=verdict.grade,
        severity=draft.severity,
        confidence=draft.confidence,
        message=_merged_message(draft, sentences) if merged else sentences.message(verdict),
        explanation=_merged_explanation(draft, sentences)
        if merged
        else sentences.explanation(verdict),
        evidence=_evidence(draft, sentences.atlas),
        recomputed=None if merged else _recomputed(verdict.recomputed),
        suggestions=() if merged else sentences.suggestions(verdict),
        cluster=cluster,
    )


def _evidence(draft: Draft, atlas: Atlas) -> tuple[Evidence, ...]:
    every = (e for m in draft.members for e in atlas.with_statement(m.verdict.relation))
    return tuple(dict.fromkeys(every))


def _merged_message(draft: Draft, sentences: Sentences) -> str:
    figures = terms_of(draft.first.verdict.relation)
    return sentences.say(
        N_("{table} 有 {count} 处只在末位相差一个单位（尾差）。"),
        table=sentences.region([term.figure for term in figures]),
        count=len(draft.members),
    )


def _merged_explanation(draft: Draft, sentences: Sentences) -> str:
    return "".join(sentences.message(member.verdict) for member in draft.members)


def fingerprint_of(code: str, evidence: Iterable[Evidence]) -> str:
    """Return a hash of the rule and its quotes, without offsets: it survives edits elsewhere."""
    digest = hashlib.sha256(code.encode())
    for item in evidence:
        quote = "".join(unicodedata.normalize("NFKC", item.quote).split())
        digest.update(f"\0{item.role}\0{quote}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:FINGERPRINT]


def _recomputed(shown: Recomputed | None) -> RecomputedValue | None:
    if shown is None:
        return None
    return RecomputedValue(
        expression=shown.expression, value=shown.value, low=shown.low, high=shown.high
    )


# --- the rest of the report ------------------------------------------------------------------


def _check(entry: Judged, sentences: Sentences) -> Check:
    verdict = entry.verdict
    return Check(
        rule=entry.rule.code,
        grade=verdict.grade,
        reason=say_reason(verdict.reason, sentences.say),
        evidence=tuple(sentences.atlas.of_relation(verdict.relation)),
    )


def _skipped(ledger: Ledger, rules: tuple[Rule, ...], say: Catalogue) -> tuple[Skipped, ...]:
    reasons = {entry.rule.code: entry.reason for entry in ledger.skipped}
    reasons |= {rule.code: "not_selected" for rule in set(all_rules()).difference(rules)}
    return tuple(
        Skipped(rule=code, reason=say_reason(reason, say))
        for code, reason in sorted(reasons.items())
    )


def _document(disclosure: Disclosure) -> DocumentInfo:
    document, outline = disclosure.document, disclosure.outline
    return DocumentInfo(
        name=document.name,
        sha256=document.sha256,
        kind=outline.kind,
        entity=outline.entity,
        fiscal_year=outline.fiscal_year,
        pages=len(document.pages),
        unit=outline.unit.name if outline.unit else None,
    )


def _summary(
    ledger: Ledger, findings: tuple[Finding, ...], unchecked: int, say: Catalogue
) -> Summary:
    grades = Counter(entry.verdict.grade for entry in ledger.judged)
    return Summary(
        gross=grades["gross"],
        broken=grades["broken"],
        doubtful=grades["doubtful"],
        last_digit=grades["last_digit"],
        holds=grades["holds"],
        holds_by_rounding=grades["holds_by_rounding"],
        not_checked=grades["not_checked"],
        no_power=grades["no_power"],
        headline=_headline(findings, grades, unchecked, say),
    )


_HEADLINE: dict[Severity, str] = {
    "error": N_("{n} 处不能同时成立"),
    "warning": N_("{n} 处疑点"),
    "note": N_("{n} 处提示"),
}


def _headline(
    findings: tuple[Finding, ...], grades: Counter[Grade], unchecked: int, say: Catalogue
) -> str:
    weights = Counter(f.severity for f in findings)
    said = [say(text, n=weights[s]) for s, text in _HEADLINE.items() if weights[s]]
    held = grades["holds"] + grades["holds_by_rounding"]
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
