"""A paragraph for people (摘要): a model words it from the findings alone, and no figure of its own stays.

The paragraph is kept only if every number in it stands in the findings, digits and Chinese numerals
alike, and if it does not call fine what is not; otherwise the deterministic headline takes its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from gouji.llm.answers import SummaryAnswer
from gouji.llm.port import Port, Reply
from gouji.llm.prompts import fenced, request_for
from gouji.model.report import ModelUse, PromptUsed, Report

MOST = 12
"""Findings a paragraph is made of, the worst first."""
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SPELLED = re.compile(
    r"百分之[〇零一二两三四五六七八九十百点]+|[〇零一二两三四五六七八九十百千]+(?=[处项个条万亿元成倍])"
)
_FINE = re.compile(
    r"(?:没有(?:发现)?|无|未发现|不存在)(?:任何|明显)?(?:问题|矛盾|错误|异常)|全部(?:一致|正确|成立)"
)
_LABELS = {"error": "错误", "warning": "疑点", "note": "提示"}


_UNUSED = ModelUse(
    calls=0,
    cached=0,
    retries=0,
    input_tokens=0,
    output_tokens=0,
    cost="0",
    asked={},
    accepted={},
    dropped={},
    disagreements=0,
    failures={},
    prompts=(),
)
"""The account of a report that the rules alone have made."""


def summarised(report: Report, model: Port) -> Report:
    """Return the report with a paragraph of a model's, or its own headline where that is not fit."""
    given = "\n".join(_lines(report))
    request = request_for("summary", text=fenced(given), max_tokens=600)
    (reply,) = model.ask([request])
    said = reply.answer.paragraph if isinstance(reply.answer, SummaryAnswer) else ""
    fit = bool(said) and is_fit(said, given, findings=bool(report.findings))
    paragraph = " ".join(said.split()) if fit else report.summary.headline
    prompt = PromptUsed(
        task="summary",
        version=request.prompt.version,
        sha256=request.prompt.sha256,
        schema_sha256=request.prompt.schema_sha256,
    )
    return report.model_copy(
        update={
            "summary": report.summary.model_copy(update={"paragraph": paragraph}),
            "engine": report.engine.model_copy(update={"model": model.name}),
            "model_use": _with(report.model_use or _UNUSED, reply, prompt, fit=fit),
        }
    )


def is_fit(paragraph: str, given: str, *, findings: bool) -> bool:
    """Tell whether a paragraph says nothing the findings do not (可采用)."""
    if not set(_numbers(paragraph)) <= set(_numbers(given)):
        return False
    if findings and _FINE.search(paragraph):
        return False
    return paragraph.isprintable()


def _numbers(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", text)
    yield from (n.replace(",", "") for n in _NUMBER.findall(plain))
    yield from _SPELLED.findall(plain)


def _lines(report: Report) -> Iterator[str]:
    yield f"结论: {report.summary.headline}"
    for n, finding in enumerate(report.findings[:MOST], 1):
        yield f"{n}. [{_LABELS[finding.severity]}] {finding.message}"


def _with(use: ModelUse, reply: Reply, prompt: PromptUsed, *, fit: bool) -> ModelUse:
    """Add the call to the account (记账)."""
    dropped, failures, accepted = dict(use.dropped), dict(use.failures), dict(use.accepted)
    if reply.failure is not None:
        failures[reply.failure] = failures.get(reply.failure, 0) + 1
    elif fit:
        accepted["summary"] = 1
    else:
        dropped["summary_not_of_findings"] = 1
    usage = reply.usage
    return use.model_copy(
        update={
            "calls": use.calls + usage.calls,
            "cached": use.cached + usage.cached,
            "retries": use.retries + usage.retries,
            "input_tokens": use.input_tokens + usage.input_tokens,
            "output_tokens": use.output_tokens + usage.output_tokens,
            "cost": format((Decimal(use.cost) + usage.cost).normalize(), "f"),
            "asked": {**use.asked, "summary": 1},
            "accepted": accepted,
            "dropped": dropped,
            "failures": failures,
            "prompts": (*use.prompts, prompt),
        }
    )
