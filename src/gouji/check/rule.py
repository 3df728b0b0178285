"""The registry of rules (规则登记): code, name, what should hold, and what each rule needs.

A rule is a pure function from the models it names in its parameters to relations. The annotations
*are* its needs: a missing model yields `Skipped(code, what was missing)`, never silence.

- `Income`, `Expenditure`, … (see `gouji.check.needs`): the bound table of that kind
- `Income | None`: the same, but the rule runs without it
- `tuple[Change, ...]`: all claims of a class; none at all skips the rule
- `Disclosure`, `Outline`, `Document`: the whole
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from gouji.model.examined import RuleCard
from gouji.model.finding import Severity
from gouji.model.relation import AnyRelation

RuleFunction = Callable[..., Iterator[AnyRelation]]

FAMILIES = {
    "FOO": "表内加总",
    "TIE": "表间勾稽",
    "TXT": "文表一致",
    "REP": "前后一致",
    "CHG": "增减变动",
    "SHR": "占比",
    "CMP": "预算完成率",
    "SUM": "文字分项",
    "CNT": "数量",
    "NIL": "空表与“无”",
    "DAT": "日期与年度",
    "RES": "模板残留",
    "ENT": "单位名称与层级",
    "DOC": "公开完整性",
    "IND": "绩效指标",
    "DEF": "比率定义",
    "SEM": "语义（模型提示）",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule (规则)."""

    code: str
    name: str
    """Short English slug."""
    title: str
    """What should hold, in Chinese (应…)."""
    basis: str
    """Where the relation comes from: form definition, regulation, or arithmetic."""
    at_most: Severity
    """The most a finding of this rule can weigh, whatever the grade."""
    function: RuleFunction

    @property
    def family(self) -> str:
        """The three letters of the code."""
        return self.code[:3]

    @property
    def doc(self) -> str:
        """The family's page (module docstring) and the rule's own sentence."""
        page = sys.modules[self.function.__module__].__doc__ or ""
        own = self.function.__doc__ or ""
        return f"{inspect.cleandoc(page)}\n\n{inspect.cleandoc(own)}".strip()


_RULES: dict[str, Rule] = {}


def rule(
    code: str, name: str, title: str, *, basis: str, at_most: Severity = "error"
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a rule under its code (登记规则); a code is never used twice."""

    def register(function: RuleFunction) -> RuleFunction:
        if code in _RULES:
            message = f"rule code used twice: {code}"
            raise ValueError(message)
        _RULES[code] = Rule(code, name, title, basis, at_most, function)
        return function

    return register


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, ordered by code; imports all rule modules once."""
    from gouji.check import rules  # noqa: PLC0415 (rules import this module)

    for module in iter_modules(rules.__path__):
        import_module(f"{rules.__name__}.{module.name}")
    return tuple(_RULES[code] for code in sorted(_RULES))


@cache
def rule_cards() -> tuple[RuleCard, ...]:
    """Return what a reader may know of every rule, ordered by code (规则说明)."""
    return tuple(RuleCard(r.code, r.name, r.title, r.basis, r.at_most, r.doc) for r in all_rules())
