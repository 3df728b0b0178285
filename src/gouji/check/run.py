"""Runs every rule over a disclosure (执行): needs → relations → verdicts, passed ones too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from gouji.check.judge import FAILING, judge
from gouji.check.rule import Rule, all_rules
from gouji.check.trust import Distrust, distrusted
from gouji.errors import RuleCrashError
from gouji.model.claim import Claim
from gouji.model.disclosure import Disclosure
from gouji.model.document import Document
from gouji.model.finding import Verdict
from gouji.model.indicators import SelfEvaluation, StatedRatio
from gouji.model.outline import Outline
from gouji.model.reading import Suggestion
from gouji.model.wording import Wording


@dataclass(frozen=True, slots=True)
class Judged:
    """One rule's verdict on one relation (核对结果)."""

    rule: Rule
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class SkippedRule:
    """A rule whose needs were not met (未执行)."""

    rule: Rule
    reason: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything the rules said (核对台账)."""

    judged: tuple[Judged, ...]
    skipped: tuple[SkippedRule, ...]


CRASHED = "rule_crashed"
"""Reason of a rule that raised: a bug of ours, which costs that rule and says so."""


def run_rules(
    disclosure: Disclosure, rules: Iterable[Rule] | None = None, *, strict: bool = False
) -> Ledger:
    """Run rules over a disclosure and judge what they state (逐条核对).

    A rule that raises is skipped with a visible reason; `strict` lets the error out, for tests.
    """
    judged: list[Judged] = []
    skipped: list[SkippedRule] = []
    for rule in all_rules() if rules is None else rules:
        arguments = _arguments(rule, disclosure)
        if isinstance(arguments, str):
            skipped.append(SkippedRule(rule, arguments))
            continue
        try:
            judged.extend(list(_verdicts(rule, arguments)))
        except RuleCrashError as crash:
            if strict:
                raise
            skipped.append(SkippedRule(rule, f"{CRASHED}:{crash.code}"))
    return Ledger(_without_distrusted(judged, disclosure), tuple(skipped))


def _verdicts(rule: Rule, arguments: dict[str, Any]) -> Iterator[Judged]:
    try:
        for relation in rule.function(**arguments):
            yield Judged(rule, judge(relation))
    except Exception as cause:
        raise RuleCrashError(rule.code, cause) from cause


def _without_distrusted(judged: list[Judged], disclosure: Disclosure) -> tuple[Judged, ...]:
    """Turn failures that rest on cells we may have misread into `not_checked`, reason kept."""
    doubts: Distrust = distrusted([(j.rule.code, j.verdict) for j in judged], disclosure)
    result: list[Judged] = []
    for entry in judged:
        reason = doubts.reason(entry.verdict) if entry.verdict.grade in FAILING else ""
        if reason:
            verdict = Verdict(entry.verdict.relation, "not_checked", reason=reason)
            result.append(Judged(entry.rule, verdict))
        else:
            result.append(entry)
    return tuple(result)


@cache
def _needs(rule: Rule) -> dict[str, tuple[Any, bool]]:
    """Return parameter → (what it needs, whether it may be missing)."""
    hints = get_type_hints(rule.function, include_extras=True)
    hints.pop("return", None)
    needs: dict[str, tuple[Any, bool]] = {}
    for name, hint in hints.items():
        if get_origin(hint) in (Union, UnionType):
            (inner,) = (a for a in get_args(hint) if a is not NoneType)
            needs[name] = (inner, True)
        else:
            needs[name] = (hint, False)
    return needs


def _arguments(rule: Rule, disclosure: Disclosure) -> dict[str, Any] | str:
    """Return the rule's arguments, or what is missing in one sentence."""
    arguments: dict[str, Any] = {}
    for name, (need, optional) in _needs(rule).items():
        value, missing = _resolve(need, disclosure)
        if missing and not optional:
            return missing
        arguments[name] = value
    return arguments


def _resolve(need: Any, disclosure: Disclosure) -> tuple[Any, str]:  # noqa: ANN401 (a type expression)
    if need is Disclosure:
        return disclosure, ""
    if need is Outline:
        return disclosure.outline, ""
    if need is Document:
        return disclosure.document, ""
    if need is Wording:
        return disclosure.wording, ""
    if get_origin(need) is Annotated:
        kind = get_args(need)[1]
        found = [t for t in disclosure.tables if t.kind == kind]
        if len(found) == 1:
            return found[0], ""
        return None, f"missing_table:{kind}" if not found else f"table_twice:{kind}"
    if get_origin(need) is tuple:
        return _resolve_all(get_args(need)[0], disclosure)
    message = f"a rule asks for something unknown: {need!r}"
    raise TypeError(message)


def _resolve_all(kind: Any, disclosure: Disclosure) -> tuple[Any, str]:  # noqa: ANN401 (a class)
    """Return everything of one class, or why there is none."""
    if kind is SelfEvaluation:
        return disclosure.indicators, "" if disclosure.indicators else "no_indicators"
    if kind is StatedRatio:
        return disclosure.ratios, "" if disclosure.ratios else "no_ratios"
    if kind is Suggestion:
        return disclosure.suggestions, "" if disclosure.reading else "no_model"
    claim_type: type[Claim] = kind
    claims = disclosure.of(claim_type)
    return claims, "" if claims else f"no_claims:{claim_type.__name__.lower()}"
