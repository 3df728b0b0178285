"""Which rules to run (选用规则): codes or families, unknown ones refused."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gouji.check.rule import FAMILIES, Rule, all_rules
from gouji.errors import InputError
from gouji.messages import N_

_ACROSS = re.compile(r"XDC(?:\d{3})?")
"""Names of the rules about several documents: `gouji.screen.across` runs them; here they name none."""


def selected(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Return the rules that `select` names (all, where it names none) and `ignore` does not.

    A name is a code ("CHG001") or a family ("CHG"); those of rules across documents name no rule of
    one. Raises `InputError` for any other.
    """
    wanted, unwanted = _names(select), _names(ignore)
    return tuple(
        rule
        for rule in all_rules()
        if (not wanted or wanted & {rule.code, rule.family})
        and not unwanted & {rule.code, rule.family}
    )


def _names(names: Iterable[str]) -> set[str]:
    given = {name.strip().upper() for name in names if name.strip()}
    known = {rule.code for rule in all_rules()} | FAMILIES.keys()
    if unknown := sorted(n for n in given - known if not _ACROSS.fullmatch(n)):
        raise InputError(
            N_("没有这样的规则或规则族：{codes}；用 gouji rules 查看全部规则。"),
            codes="、".join(unknown),
        )
    return given
