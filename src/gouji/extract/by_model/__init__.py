"""The language model's part in extraction (模型读取): what the rules left open, grounded, nothing else.

`read_further` takes the rules' disclosure and returns it enriched, with an account of every call and
every answer dropped. The rules' disclosure itself is never changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from gouji.extract.by_model import indicators, semantic, subjects, tables
from gouji.extract.by_model.claims import Claims
from gouji.extract.by_model.grounding import Account
from gouji.extract.by_model.jobs import Calls, Job
from gouji.extract.by_model.openness import (
    RulesReading,
    is_weak,
    key_of,
    open_sentences,
    parts_of,
    rules_reading,
)
from gouji.extract.by_model.passages import chosen
from gouji.extract.by_model.pieces import Piece
from gouji.extract.by_model.sheet import Figures, Sentence, sheet_of
from gouji.llm.answers import (
    ClaimsAnswer,
    IndicatorsAnswer,
    RowSaid,
    SemanticAnswer,
    SubjectsAnswer,
    TablesAnswer,
)
from gouji.llm.port import Port, Request, tokens_of
from gouji.llm.prompts import request_for
from gouji.model.claim import AnyClaim, PrintedNumber
from gouji.model.disclosure import Disclosure
from gouji.model.document import Grid
from gouji.model.outline import NamedGrid
from gouji.model.reading import Engine, ModelReading, PromptUse, Suggestion
from gouji.model.tables import Table

__all__ = ["read_further"]

Asked = tuple[Sentence, Sentence | None]
"""A sentence to ask about, and the one before it."""

_LINES = 8
"""Sentences of one call: a small model loses its way in more."""
_LETTERS = 1500
_ROWS = 6
_SHARE = Decimal("0.145")
"""What engine "hybrid" sends of a document, in tokens: the semantic question gets what is left of it …"""
_SEMANTIC_LEAST = 400
"""… and no less than so many tokens of passages, which only a short document lacks."""


@dataclass(slots=True)
class _Found:
    """What the answers add (所得)."""

    claims: Claims
    pairs: list[Suggestion] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    rows: list[tuple[indicators.OpenRow, RowSaid]] = field(default_factory=list)


def read_further(disclosure: Disclosure, port: Port, engine: Engine) -> Disclosure:
    """Return the disclosure with what a model read beyond the rules (模型读取)."""
    account, calls = Account(), Calls(port)
    reading = rules_reading(disclosure)
    if engine == "llm":
        disclosure = replace(disclosure, tables=())
        reading = _nothing_read(reading)
    found = _Found(Claims(disclosure, reading, account))
    jobs = [
        *_claim_jobs(disclosure, reading, engine, found, account),
        *_table_jobs(disclosure, engine, found, account),
        *_row_jobs(disclosure, engine, found, account),
    ]
    spent = sum(job.ask(job.units).size for job in jobs)
    calls.run([*jobs, *_semantic_jobs(disclosure, engine, found, account, spent)])
    enriched = _with_tables(disclosure, found)
    made = _with_items(enriched, found.claims.made, calls, account)
    enriched = _with_claims(enriched, found.claims, made, engine)
    failures = tuple(f"model_failed:{failure}" for failure in sorted(calls.failures))
    return replace(
        enriched,
        suggestions=tuple(found.pairs),
        unread=(*enriched.unread, *failures),
        reading=_reading(port, engine, account, calls),
    )


def _nothing_read(reading: RulesReading) -> RulesReading:
    """With engine "llm" the rules have no say in what a number means, only in digits and unit."""
    every = frozenset(reading.figures) | reading.unread
    return RulesReading(figures=reading.figures, unread=every, house=reading.house)


# --- questions -------------------------------------------------------------------------------


def _claim_jobs(
    disclosure: Disclosure, reading: RulesReading, engine: Engine, found: _Found, account: Account
) -> list[Job]:
    figures = Figures(disclosure.document, reading.figures, reading.house)
    asked = list(open_sentences(disclosure, reading, engine))
    account.asked["claims"] += len(asked)

    def ask(units: Sequence[Asked]) -> Request:
        return request_for("claims", text=sheet_of(units, figures).text())

    def take(units: Sequence[Asked], answer: ClaimsAnswer) -> None:
        found.claims.take(sheet_of(units, figures), answer.claims)

    return [Job(chunk, ask, take) for chunk in _chunks(asked)]


def _chunks(asked: Sequence[Asked]) -> list[list[Asked]]:
    made: list[list[Asked]] = []
    letters = 0
    for pair in asked:
        size = sum(len(s.text) for s in pair if s is not None)
        if not made or len(made[-1]) >= _LINES or letters + size > _LETTERS:
            made.append([])
            letters = 0
        made[-1].append(pair)
        letters += size
    return made


def _table_jobs(
    disclosure: Disclosure, engine: Engine, found: _Found, account: Account
) -> list[Job]:
    asked = list(tables.open_grids(disclosure, engine))
    account.asked["tables"] += len(asked)

    def ask(units: Sequence[tuple[Grid, NamedGrid]]) -> Request:
        return tables.request_of(units[0][0])

    def take(units: Sequence[tuple[Grid, NamedGrid]], answer: TablesAnswer) -> None:
        if answer.table is None or answer.table.kind == "other":
            return
        known = replace(disclosure, tables=(*disclosure.tables, *found.tables))
        table = tables.bound(answer.table, *units[0], known, account)
        if table is not None:
            found.tables.append(table)

    return [Job([pair], ask, take) for pair in asked]


def _row_jobs(disclosure: Disclosure, engine: Engine, found: _Found, account: Account) -> list[Job]:
    asked = list(indicators.open_rows(disclosure, engine))
    account.asked["indicators"] += len(asked)

    def ask(units: Sequence[indicators.OpenRow]) -> Request:
        return indicators.request_of(list(units), disclosure.indicators)

    def take(units: Sequence[indicators.OpenRow], answer: IndicatorsAnswer) -> None:
        for said in answer.rows:
            row = indicators.shaped(said, list(units), account)
            if row is not None:
                found.rows.append(row)
                account.accepted["indicators"] += 1

    chunks = [
        [r for r in asked if r.table == table][at : at + _ROWS]
        for table in dict.fromkeys(r.table for r in asked)
        for at in range(0, sum(r.table == table for r in asked), _ROWS)
    ]
    return [Job(chunk, ask, take) for chunk in chunks]


def _semantic_jobs(
    disclosure: Disclosure, engine: Engine, found: _Found, account: Account, spent: int
) -> list[Job]:
    entity = disclosure.outline.entity

    def ask(units: Sequence[Piece]) -> Request:
        return request_for("semantic", text=semantic.text_of(units), entity=entity)

    def take(units: Sequence[Piece], answer: SemanticAnswer) -> None:
        found.pairs.extend(semantic.suggestions(units, answer.pairs, account))

    left = int(_SHARE * _tokens(disclosure)) - spent - ask(()).size
    asked = chosen(disclosure, engine, max(left, _SEMANTIC_LEAST))
    if not semantic.is_worth_asking(asked):
        return []
    account.asked["semantic"] += len(asked)
    return [Job(asked, ask, take)]


def _tokens(disclosure: Disclosure) -> int:
    """Return about how many tokens a document has, tables included."""
    prose = sum(tokens_of(p.text) for p in disclosure.document.paragraphs)
    return prose + sum(tokens_of(c.text + " ") for g in disclosure.document.grids for c in g.cells)


def _with_items(
    disclosure: Disclosure, made: list[AnyClaim], calls: Calls, account: Account
) -> list[AnyClaim]:
    """Ask which item each subject means that the vocabulary does not know (主体归一)."""
    asked, items = subjects.unresolved(made), subjects.candidates(disclosure)
    if not asked or not items:
        return made
    account.asked["subjects"] += len(asked)
    resolved: dict[str, AnyClaim] = {}

    def ask(units: Sequence[str]) -> Request:
        return subjects.request_of({u: asked[u] for u in units}, items)

    def take(_: Sequence[str], answer: SubjectsAnswer) -> None:
        for said in answer.subjects:
            claim = subjects.resolved(said, asked, items, account)
            if claim is not None:
                resolved[claim.id] = claim
                account.accepted["subjects"] += 1

    calls.run([Job(tuple(asked), ask, take)])
    return [resolved.get(c.id, c) for c in made]


# --- answers ---------------------------------------------------------------------------------


def _with_tables(disclosure: Disclosure, found: _Found) -> Disclosure:
    """Return the disclosure with the tables and rows a model pointed at."""
    evaluations = list(disclosure.indicators)
    for own, said in found.rows:
        evaluations[own.table] = indicators.with_row(evaluations[own.table], own, said)
    return replace(
        disclosure,
        tables=(*disclosure.tables, *found.tables),
        indicators=tuple(evaluations),
    )


def _with_claims(
    disclosure: Disclosure, claims: Claims, made: list[AnyClaim], engine: Engine
) -> Disclosure:
    """Return the disclosure with the model's claims after the rules' of the same paragraph."""
    if engine == "llm":
        own: list[AnyClaim] = [c for c in disclosure.claims if not any(True for _ in parts_of(c))]
    else:
        own = [c for c in disclosure.claims if c.id not in claims.superseded or not is_weak(c)]
    every = sorted([*own, *made], key=lambda c: c.block)
    return replace(disclosure, claims=tuple(every), numbers=_numbers(disclosure, every))


def _numbers(disclosure: Disclosure, claims: Sequence[AnyClaim]) -> tuple[PrintedNumber, ...]:
    """Return what became of every number, now that more claims use them (数字去向)."""
    users: dict[tuple[int | None, int], list[str]] = {}
    for claim in claims:
        for figure, _ in parts_of(claim):
            users.setdefault(key_of(figure.place), []).append(claim.id)
    made: list[PrintedNumber] = []
    for number in disclosure.numbers:
        ids = tuple(dict.fromkeys(users.get(key_of(number.place), ())))
        if number.use == "unread" and ids:
            made.append(replace(number, use="claimed", claims=ids))
        else:
            made.append(number)
    return tuple(made)


def _reading(port: Port, engine: Engine, account: Account, calls: Calls) -> ModelReading:
    usage = calls.usage
    return ModelReading(
        model=port.name,
        engine=engine,
        calls=usage.calls,
        cached=usage.cached,
        retries=usage.retries,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cost=format(usage.cost.normalize(), "f"),
        asked={task: n for task, n in account.asked.items() if n},
        accepted=dict(account.accepted),
        dropped=dict(account.dropped),
        disagreements=account.disagreements,
        failures=dict(calls.failures),
        prompts=tuple(
            PromptUse(p.task, p.version, p.sha256, p.schema_sha256)
            for p in sorted(calls.prompts.values(), key=lambda p: p.task)
        ),
    )
