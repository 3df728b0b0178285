"""The registry of rules across documents (跨文件规则): as `gouji.check.rule`, over groups of documents."""

from __future__ import annotations

from collections.abc import Callable

from gouji.check.rule import Rule, RuleFunction
from gouji.model.finding import Severity

FAMILIES = {"XDC": "跨文件核对"}
"""Families of rules that need more than one document."""

REGISTERED: dict[str, Rule] = {}
"""Rule by code, once its module is imported."""


def rule(
    code: str, name: str, title: str, *, basis: str, at_most: Severity = "error"
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a rule across documents under its code (登记规则); a code is never used twice."""

    def register(function: RuleFunction) -> RuleFunction:
        if code in REGISTERED:
            message = f"rule code used twice: {code}"
            raise ValueError(message)
        REGISTERED[code] = Rule(code, name, title, basis, at_most, function)
        return function

    return register
