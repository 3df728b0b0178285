"""The registry of rules across documents (跨文件规则): as `gouji.check.rule`, over groups of documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import get_type_hints

from gouji.check.rule import Rule, RuleFunction
from gouji.errors import InputError
from gouji.model.finding import Severity
from gouji.screen.across.pairs import Group

FAMILIES = {"XDC": "跨文件核对"}
"""Families of rules that need more than one document."""

_RULES: dict[str, Rule] = {}


def rule(
    code: str, name: str, title: str, *, basis: str, at_most: Severity = "error"
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a rule across documents under its code (登记规则); a code is never used twice."""

    def register(function: RuleFunction) -> RuleFunction:
        if code in _RULES:
            message = f"rule code used twice: {code}"
            raise ValueError(message)
        _RULES[code] = Rule(code, name, title, basis, at_most, function)
        return function

    return register


@cache
def across_rules() -> tuple[Rule, ...]:
    """Return every rule across documents, ordered by code (全部跨文件规则)."""
    from gouji.screen.across import rules  # noqa: PLC0415 (rules import this module)

    del rules
    return tuple(_RULES[code] for code in sorted(_RULES))


def selected(ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Return the rules that `ignore` does not name by code or family (选用规则).

    Raises `InputError` for a name that is none of them.
    """
    names = {name.strip().upper() for name in ignore}
    known = {r.code for r in across_rules()} | FAMILIES.keys()
    if unknown := sorted(names - known):
        raise InputError(
            f"没有这样的规则或规则族：{'、'.join(unknown)}；用 gouji rules 查看全部规则。"
        )
    return tuple(r for r in across_rules() if not names & {r.code, r.family})


def rules_for(group: type[Group]) -> tuple[Rule, ...]:
    """Return the rules whose only parameter is this kind of group."""
    return tuple(r for r in across_rules() if group is _needs(r))


@cache
def _needs(one: Rule) -> object:
    return next(h for name, h in get_type_hints(one.function).items() if name != "return")
