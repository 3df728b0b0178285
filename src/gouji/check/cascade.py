"""Rules first, the model's reading on top (级联): nothing a model says takes a verdict away.

The rules judge their own reading; then they judge the enriched one, and of that only what rests on a
figure a model pointed at, or is a model's own suggestion, joins the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable

from gouji.check.rule import Rule
from gouji.check.run import Judged, Ledger, run_rules
from gouji.check.telling.evidence import Key, key_of
from gouji.check.terms import places_of, rests_on_model
from gouji.model.disclosure import Disclosure

SEMANTIC = "SEM"
"""The family that only ever passes on what a model suggests."""


def run_cascade(read: Disclosure, further: Disclosure, rules: Iterable[Rule]) -> Ledger:
    """Return the ledger of the rules' reading with what a model's further reading adds (级联核对)."""
    chosen = tuple(rules)
    first, second = run_rules(read, chosen), run_rules(further, chosen)
    known = {_identity(entry) for entry in first.judged}
    added = tuple(e for e in second.judged if _is_new(e) and _identity(e) not in known)
    still = {entry.rule.code for entry in second.skipped}
    return Ledger((*first.judged, *added), tuple(e for e in first.skipped if e.rule.code in still))


def _is_new(entry: Judged) -> bool:
    return entry.rule.family == SEMANTIC or rests_on_model(entry.verdict.relation)


def _identity(entry: Judged) -> tuple[str, str, frozenset[Key]]:
    relation = entry.verdict.relation
    places = frozenset(key_of(place) for _, place in places_of(relation))
    return entry.rule.code, type(relation).__name__, places
