"""Every rule across documents, and which of them a check uses (跨文件规则总目)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import get_type_hints

import gouji.screen.across.rules  # noqa: F401 (registers them)
from gouji.check.rule import Rule
from gouji.errors import InputError
from gouji.messages import N_
from gouji.model.examined import RuleCard
from gouji.screen.across.pairs import Group
from gouji.screen.across.rule import FAMILIES, REGISTERED


@cache
def across_rules() -> tuple[Rule, ...]:
    """Return every rule across documents, ordered by code (全部跨文件规则)."""
    return tuple(REGISTERED[code] for code in sorted(REGISTERED))


def across_cards() -> tuple[RuleCard, ...]:
    """Return what a reader may know of every rule about several documents, by code (规则说明)."""
    return tuple(
        RuleCard(r.code, r.name, r.title, r.basis, r.at_most, r.doc) for r in across_rules()
    )


def selected(ignore: Iterable[str] = (), select: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Return the rules that `select` names (all, where it names nothing) and `ignore` does not (选用规则).

    A name is a code or a family; names of rules about one document are left to those. Raises
    `InputError` for a name of this family that is no rule.
    """
    unwanted, wanted = _names(ignore), _names(select)
    known = {r.code for r in across_rules()} | FAMILIES.keys()
    here = {n for n in (*unwanted, *wanted) if n.startswith(tuple(FAMILIES))}
    if unknown := sorted(here - known):
        raise InputError(
            N_("没有这样的规则或规则族：{codes}；用 gouji rules 查看全部规则。"),
            codes="、".join(unknown),
        )
    return tuple(
        r
        for r in across_rules()
        if (not wanted or wanted & {r.code, r.family}) and not unwanted & {r.code, r.family}
    )


def _names(names: Iterable[str]) -> set[str]:
    return {name.strip().upper() for name in names if name.strip()}


def rules_for(group: type[Group]) -> tuple[Rule, ...]:
    """Return the rules whose only parameter is this kind of group."""
    return tuple(r for r in across_rules() if group is _needs(r))


@cache
def _needs(one: Rule) -> object:
    return next(h for name, h in get_type_hints(one.function).items() if name != "return")
