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
from gouji.check.rule import Rule, all_rules, rule_cards
from gouji.check.run import CRASHED, Judged, Ledger
from gouji.check.telling.coverage import coverage_of, fates_of
from gouji.check.telling.evidence import Atlas, Guide, Key
from gouji.check.telling.grouping import Draft, clusters, draft_findings
from gouji.check.telling.headline import headline
from gouji.check.telling.reasons import say_reason
from gouji.check.telling.repair import Repair, repairs, vouched
from gouji.check.telling.sentences import Sentences
from gouji.check.terms import rests_on_model, terms_of
from gouji.check.trust import FAILS_AT_LARGE
from gouji.messages import N_, Catalogue
from gouji.model.disclosure import Disclosure
from gouji.model.examined import Examined
from gouji.model.reading import ModelReading
from gouji.model.relation import Breach
from gouji.model.report import (
    Check,
    Coverage,
    DocumentInfo,
    Engine,
    Evidence,
    Finding,
    ModelUse,
    PromptUsed,
    RecomputedValue,
    Report,
    Skipped,
    Summary,
)

READING = "READ"
"""Stands for a rule's code where the reading itself fell short."""
FINGERPRINT = 12
"""Hex digits of a fingerprint."""


def examined(
    disclosure: Disclosure, ledger: Ledger, rules: tuple[Rule, ...], say: Catalogue
) -> Examined:
    """Return a disclosure with its published report and the fate of every number (核查结果)."""
    fates = fates_of(disclosure, ledger)
    report = _report(disclosure, ledger, rules, coverage_of(fates), say)
    return Examined(disclosure, report, fates, rule_cards())


def report_of(
    disclosure: Disclosure, ledger: Ledger, rules: tuple[Rule, ...], say: Catalogue
) -> Report:
    """Return the published report of a disclosure and the ledger of the rules run (核查报告)."""
    return examined(disclosure, ledger, rules, say).report


def _report(
    disclosure: Disclosure,
    ledger: Ledger,
    rules: tuple[Rule, ...],
    coverage: Coverage,
    say: Catalogue,
) -> Report:
    sentences = Sentences(Atlas(disclosure, say))
    findings = _findings(disclosure, ledger, sentences)
    return Report(
        engine=Engine(
            version=__version__,
            rules_fingerprint=rules_fingerprint(),
            extractor=disclosure.reading.engine if disclosure.reading else "rules",
            model=disclosure.reading.model if disclosure.reading else None,
        ),
        document=_document(disclosure),
        summary=_summary(ledger, findings, coverage.read + coverage.unread, say),
        coverage=coverage,
        findings=findings,
        checks=(
            *_unread(disclosure, ledger, say),
            *(_check(entry, sentences) for entry in ledger.judged),
        ),
        skipped=_skipped(ledger, rules, say),
        model_use=_model_use(disclosure.reading),
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
    own = [e for e in ledger.judged if not rests_on_model(e.verdict.relation)]
    mended, sure = repairs(drafts, own), vouched(own)
    evidence = [_evidence(draft, sentences.guide) for draft in drafts]
    fingerprints = _fingerprints(drafts, evidence)
    return tuple(
        Finding(
            id=_id(i),
            fingerprint=fingerprints[i],
            rule=draft.first.rule.code,
            name=draft.first.rule.name,
            grade=draft.grade,
            severity=draft.severity,
            confidence=draft.confidence,
            message=_message(draft, sentences),
            explanation=_explanation(draft, sentences),
            evidence=evidence[i],
            recomputed=_recomputed(draft),
            suggestions=_suggestions(draft, mended.get(i), sure, sentences),
            cluster=cluster,
        )
        for i, (draft, cluster) in enumerate(zip(drafts, clusters(drafts), strict=True))
    )


def _id(index: int) -> str:
    return f"F{index + 1}"


POINTED = N_("其中数字的含义由语言模型指认，请对照原文确认。")


def _suggestions(
    draft: Draft, repair: Repair | None, sure: frozenset[Key], sentences: Sentences
) -> tuple[str, ...]:
    if rests_on_model(draft.first.verdict.relation):
        return (*sentences.suggestions(draft.first.verdict, sure), sentences.say(POINTED))
    if repair is not None:
        return (sentences.repair(repair.term, repair.figure, [_id(i) for i in repair.mends]),)
    return () if draft.merged else sentences.suggestions(draft.first.verdict, sure)


def _evidence(draft: Draft, guide: Guide) -> tuple[Evidence, ...]:
    every = (e for m in draft.members for e in guide.with_statement(m.verdict.relation))
    return tuple(dict.fromkeys(every))


def _message(draft: Draft, sentences: Sentences) -> str:
    if not draft.merged:
        return sentences.message(draft.first.verdict)
    relation = draft.first.verdict.relation
    if isinstance(relation, Breach):
        return sentences.say(
            N_("{title}：全文共 {count} 处，如{first}"),
            title=draft.first.rule.title,
            count=len(draft.members),
            first=sentences.message(draft.first.verdict),
        )
    figures = terms_of(relation)
    return sentences.say(
        N_("{table} 有 {count} 处只在末位相差一个单位（尾差）。"),
        table=sentences.region([term.figure for term in figures]),
        count=len(draft.members),
    )


def _explanation(draft: Draft, sentences: Sentences) -> str:
    if not draft.merged:
        return sentences.explanation(draft.first.verdict)
    if isinstance(draft.first.verdict.relation, Breach):
        return ""
    return "".join(sentences.message(member.verdict) for member in draft.members)


def _fingerprints(drafts: list[Draft], evidence: list[tuple[Evidence, ...]]) -> list[str]:
    """Return a fingerprint for each draft; equal ones are numbered in printed order."""
    seen: Counter[str] = Counter()
    found: list[str] = []
    for draft, quoted in zip(drafts, evidence, strict=True):
        fingerprint = fingerprint_of(draft.first.rule.code, quoted)
        seen[fingerprint] += 1
        again = seen[fingerprint] > 1
        found.append(f"{fingerprint}-{seen[fingerprint]}" if again else fingerprint)
    return found


def fingerprint_of(code: str, evidence: Iterable[Evidence]) -> str:
    """Return a hash of the rule and its quotes, without offsets: it survives edits elsewhere."""
    digest = hashlib.sha256(code.encode())
    for item in evidence:
        quote = "".join(unicodedata.normalize("NFKC", item.quote).split())
        digest.update(f"\0{item.role}\0{quote}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:FINGERPRINT]


def _recomputed(draft: Draft) -> RecomputedValue | None:
    shown = draft.first.verdict.recomputed
    if draft.merged or shown is None:
        return None
    return RecomputedValue(
        expression=shown.expression, value=shown.value, low=shown.low, high=shown.high
    )


# --- the rest of the report ------------------------------------------------------------------


def _unread(disclosure: Disclosure, ledger: Ledger, say: Catalogue) -> tuple[Check, ...]:
    """Return what could not be read or run, so that nothing missing looks fine."""
    crashes = (s.reason for s in ledger.skipped if s.reason.startswith(CRASHED))
    notes = (
        *disclosure.document.notes,
        *disclosure.unread,
        *_doubted(disclosure, ledger),
        *crashes,
    )
    return tuple(
        Check(rule=READING, grade="not_checked", reason=say_reason(note, say), evidence=())
        for note in notes
    )


def _doubted(disclosure: Disclosure, ledger: Ledger) -> Iterable[str]:
    """Name the tables that fail at so many places that nothing was concluded from them (存疑的表).

    Misread or misprinted: only the reader can look, and only if told.
    """
    failed: Counter[str] = Counter()
    for entry in ledger.judged:
        if entry.verdict.reason != FAILS_AT_LARGE:
            continue
        cells = [t.figure.place.cell for t in terms_of(entry.verdict.relation)]
        grids = {cell.grid for cell in cells if cell is not None}
        if len(grids) == 1:  # a tie between two tables says not which
            failed.update(grids)
    return (
        f"《{t.title}》:doubted_table:{failed[t.grid]}" for t in disclosure.tables if failed[t.grid]
    )


def _check(entry: Judged, sentences: Sentences) -> Check:
    verdict = entry.verdict
    return Check(
        rule=entry.rule.code,
        grade=verdict.grade,
        reason=say_reason(verdict.reason, sentences.say),
        evidence=tuple(sentences.guide.of_relation(verdict.relation)),
    )


def _model_use(reading: ModelReading | None) -> ModelUse | None:
    if reading is None:
        return None
    return ModelUse(
        calls=reading.calls,
        cached=reading.cached,
        retries=reading.retries,
        input_tokens=reading.input_tokens,
        output_tokens=reading.output_tokens,
        cost=reading.cost,
        asked=dict(reading.asked),
        accepted=dict(reading.accepted),
        dropped=dict(reading.dropped),
        disagreements=reading.disagreements,
        failures=dict(reading.failures),
        prompts=tuple(
            PromptUsed(
                task=p.task, version=p.version, sha256=p.sha256, schema_sha256=p.schema_sha256
            )
            for p in reading.prompts
        ),
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
        pages=sum(page.number is not None for page in document.pages),
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
        headline=headline(findings, grades["holds"] + grades["holds_by_rounding"], unchecked, say),
    )
