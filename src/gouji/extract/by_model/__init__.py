"""The language model's part in extraction (模型读取): what the rules left open, grounded, nothing else.

`read_further` takes the rules' disclosure and returns it enriched, with an account of every call and
every answer dropped. The rules' disclosure itself is never changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pydantic import BaseModel

from gouji.extract.by_model import semantic, subjects
from gouji.extract.by_model.claims import Claims
from gouji.extract.by_model.grounding import Account
from gouji.extract.by_model.openness import (
    RulesReading,
    is_weak,
    key_of,
    open_sentences,
    parts_of,
    rules_reading,
)
from gouji.extract.by_model.sheet import Figures, Sentence, Sheet, sheet_of
from gouji.llm.answers import ClaimsAnswer, SemanticAnswer, SubjectsAnswer
from gouji.llm.port import Port, Prompt, Reply, Request, Usage
from gouji.llm.prompts import request_for
from gouji.model.claim import AnyClaim, PrintedNumber
from gouji.model.disclosure import Disclosure
from gouji.model.reading import Engine, ModelReading, PromptUse, Suggestion

__all__ = ["read_further"]

_LINES = 8
"""Sentences of one call: a small model loses its way in more."""
_LETTERS = 1500
_SEMANTIC_SHARE = 20
"""One character in so many of a document may be shown to the semantic question (engine "hybrid") …"""
_SEMANTIC_LEAST = 500
"""… but so many of a short one."""
_TOO_MUCH = frozenset({"too_long", "cut_off"})
T = TypeVar("T")


@dataclass(slots=True)
class _Job:
    """A question and what to do with its answer (任务)."""

    units: Sequence[object]
    ask: Callable[[Sequence[object]], Request]
    take: Callable[[Sequence[object], BaseModel], None]


@dataclass(slots=True)
class _Calls:
    """Asks jobs and keeps the bill (调用)."""

    port: Port
    usage: Usage = field(default_factory=Usage)
    failures: Counter[str] = field(default_factory=Counter)
    prompts: dict[str, Prompt] = field(default_factory=dict)

    def run(self, jobs: Sequence[_Job]) -> None:
        """Ask all jobs at once; a job too large for the model is halved and asked again."""
        while jobs:
            requests = [job.ask(job.units) for job in jobs]
            self.prompts.update({r.prompt.task: r.prompt for r in requests})
            halves: list[_Job] = []
            for job, reply in zip(jobs, self.port.ask(requests), strict=True):
                halves += self._settle(job, reply)
            jobs = halves

    def _settle(self, job: _Job, reply: Reply) -> list[_Job]:
        self.usage += reply.usage
        if reply.answer is not None:
            job.take(job.units, reply.answer)
            return []
        middle = len(job.units) // 2
        if reply.failure in _TOO_MUCH and middle:
            return [
                replace(job, units=job.units[:middle]),
                replace(job, units=job.units[middle:]),
            ]
        self.failures[reply.failure or "invalid"] += 1
        return []


def read_further(disclosure: Disclosure, port: Port, engine: Engine) -> Disclosure:
    """Return the disclosure with what a model read beyond the rules (模型读取)."""
    account, calls = Account(), _Calls(port)
    reading = rules_reading(disclosure)
    if engine == "llm":
        reading = _nothing_read(reading)
    claims = Claims(disclosure, reading, account)
    found: list[Suggestion] = []
    jobs = _claim_jobs(disclosure, reading, engine, claims, account)
    jobs += _semantic_jobs(disclosure, engine, found, account)
    calls.run(jobs)
    made = _with_items(disclosure, claims.made, calls, account)
    enriched = _with_claims(disclosure, claims, made, engine)
    failures = tuple(f"model_failed:{failure}" for failure in sorted(calls.failures))
    return replace(
        enriched,
        suggestions=tuple(found),
        unread=(*enriched.unread, *failures),
        reading=_reading(port, engine, account, calls),
    )


def _nothing_read(reading: RulesReading) -> RulesReading:
    """With engine "llm" the rules have no say in what a number means, only in its digits and unit."""
    return RulesReading(
        figures=reading.figures,
        unread=frozenset(reading.figures) | reading.unread,
        house=reading.house,
    )


def _chunks(
    asked: Sequence[tuple[Sentence, Sentence | None]],
) -> list[list[tuple[Sentence, Sentence | None]]]:
    made: list[list[tuple[Sentence, Sentence | None]]] = []
    letters = 0
    for pair in asked:
        size = sum(len(s.text) for s in pair if s is not None)
        if not made or len(made[-1]) >= _LINES or letters + size > _LETTERS:
            made.append([])
            letters = 0
        made[-1].append(pair)
        letters += size
    return made


def _claim_jobs(
    disclosure: Disclosure, reading: RulesReading, engine: Engine, claims: Claims, account: Account
) -> list[_Job]:
    figures = Figures(disclosure.document, reading.figures, reading.house)
    asked = list(open_sentences(disclosure, reading, engine))
    account.asked["claims"] += len(asked)

    def ask(units: Sequence[object]) -> Request:
        return request_for("claims", text=sheet_of(units, figures).text())  # type: ignore[arg-type]  # pairs of sentences

    def take(units: Sequence[object], answer: BaseModel) -> None:
        assert isinstance(answer, ClaimsAnswer)  # noqa: S101  # the request names its answer
        claims.take(sheet_of(units, figures), answer.claims)  # type: ignore[arg-type]  # same

    return [_Job(chunk, ask, take) for chunk in _chunks(asked)]


def _semantic_jobs(
    disclosure: Disclosure, engine: Engine, found: list[Suggestion], account: Account
) -> list[_Job]:
    budget = max(_SEMANTIC_LEAST, _letters(disclosure) // _SEMANTIC_SHARE)
    asked = semantic.chosen(disclosure, engine, budget)
    account.asked["semantic"] += len(asked)

    def sheet(units: Sequence[object]) -> Sheet:
        made = sheet_of([(s, None) for s in units])  # type: ignore[misc]  # sentences
        made.open.clear()
        return made

    def ask(units: Sequence[object]) -> Request:
        entity = disclosure.outline.entity
        return request_for("semantic", text=sheet(units).text(), entity=entity)

    def take(units: Sequence[object], answer: BaseModel) -> None:
        assert isinstance(answer, SemanticAnswer)  # noqa: S101  # the request names its answer
        found.extend(semantic.suggestions(sheet(units), answer.pairs, disclosure, account))

    return [_Job(asked, ask, take)] if len(asked) > 1 else []


def _letters(disclosure: Disclosure) -> int:
    """Return how many characters a document prints, tables included."""
    prose = sum(len(p.text) for p in disclosure.document.paragraphs)
    return prose + sum(len(c.text) + 1 for g in disclosure.document.grids for c in g.cells)


def _with_items(
    disclosure: Disclosure, made: list[AnyClaim], calls: _Calls, account: Account
) -> list[AnyClaim]:
    """Ask which item each subject means that the vocabulary does not know (主体归一)."""
    asked, items = subjects.unresolved(made), subjects.candidates(disclosure)
    if not asked or not items:
        return made
    account.asked["subjects"] += len(asked)
    resolved: dict[str, AnyClaim] = {}

    def ask(units: Sequence[object]) -> Request:
        return subjects.request_of({str(u): asked[str(u)] for u in units}, items)

    def take(_: Sequence[object], answer: BaseModel) -> None:
        assert isinstance(answer, SubjectsAnswer)  # noqa: S101  # the request names its answer
        for said in answer.subjects:
            claim = subjects.resolved(said, asked, items, account)
            if claim is not None:
                resolved[claim.id] = claim
                account.accepted["subjects"] += 1

    calls.run([_Job(tuple(asked), ask, take)])
    return [resolved.get(c.id, c) for c in made]


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


def _reading(port: Port, engine: Engine, account: Account, calls: _Calls) -> ModelReading:
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
        asked=dict(account.asked),
        accepted=dict(account.accepted),
        dropped=dict(account.dropped),
        disagreements=account.disagreements,
        failures=dict(calls.failures),
        prompts=tuple(
            PromptUse(p.task, p.version, p.sha256, p.schema_sha256)
            for p in sorted(calls.prompts.values(), key=lambda p: p.task)
        ),
    )
