"""Every rule across documents, and which of them a check uses (跨文件规则总目)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import get_type_hints

import gouji.screen.across.rules  # noqa: F401 (registers them)
from gouji.check.rule import Rule
from gouji.errors import InputError
from gouji.messages import N_
from gouji.screen.across.pairs import Group
from gouji.screen.across.rule import FAMILIES, REGISTERED


@cache
def across_rules() -> tuple[Rule, ...]:
    """Return every rule across documents, ordered by code (全部跨文件规则)."""
    return tuple(REGISTERED[code] for code in sorted(REGISTERED))


def selected(ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Return the rules that `ignore` does not name by code or family (选用规则).

    Raises `InputError` for a name that is none of them.
    """
    names = {name.strip().upper() for name in ignore}
    known = {r.code for r in across_rules()} | FAMILIES.keys()
    if unknown := sorted(names - known):
        raise InputError(
            N_("没有这样的规则或规则族：{codes}；用 gouji rules 查看全部规则。"),
            codes="、".join(unknown),
        )
    return tuple(r for r in across_rules() if not names & {r.code, r.family})


def rules_for(group: type[Group]) -> tuple[Rule, ...]:
    """Return the rules whose only parameter is this kind of group."""
    return tuple(r for r in across_rules() if group is _needs(r))


@cache
def _needs(one: Rule) -> object:
    return next(h for name, h in get_type_hints(one.function).items() if name != "return")
