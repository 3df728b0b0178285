"""A clean document and what holds in it (无差错文档): the ground defects are planted in.

A figure is worth changing only when a relation of the clean ledger ties it to something else in the
document, and when the change is larger than rounding: `broken_by` judges those relations again with
the figure replaced. So every planted number is *detectable inside the document*.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from functools import cached_property
from random import Random
from typing import TypeVar

from gouji.check.judge import judge
from gouji.check.run import Judged, run_rules
from gouji.check.telling.weight import severity_of
from gouji.check.terms import places_of, terms_of
from gouji.errors import InputError
from gouji.evaluate.edits import Span
from gouji.evaluate.labels import Edit, Plant
from gouji.evaluate.scorers.quotes import meets
from gouji.messages import N_
from gouji.model.disclosure import Disclosure
from gouji.model.figure import Figure
from gouji.model.relation import AnyRelation, Term, Upheld
from gouji.pipeline import extract_document

HOLDING = frozenset({"holds", "holds_by_rounding"})
BROKEN = frozenset({"broken", "gross"})
NUMBER = re.compile(r"-?\d+(?:,\d{3})*(?:\.\d+)?")
QUOTED = 24
"""Characters of context shown on each side of a change."""

T = TypeVar("T")

Changes = Mapping[int, Figure]
"""Start of a figure in the text → the figure as it would be printed."""


@dataclass(frozen=True)
class Clean:
    """A text, what was read in it, and every relation that holds (无差错文档)."""

    text: str
    disclosure: Disclosure
    judged: tuple[Judged, ...]
    _ties: dict[int, list[Judged]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for entry in self.judged:
            for start in {t.figure.place.start for t in terms_of(entry.verdict.relation)}:
                self._ties[start].append(entry)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure some relation ties to another, in printed order, as plainly printed digits."""
        by_start: dict[int, Figure] = {}
        for entry in self.judged:
            for term in terms_of(entry.verdict.relation):
                if self.printed(term.figure):
                    by_start.setdefault(term.figure.place.start, term.figure)
        return tuple(by_start[start] for start in sorted(by_start))

    def of(self, relation: type[AnyRelation]) -> Iterator[Judged]:
        """Yield the holding relations of a class."""
        return (e for e in self.judged if isinstance(e.verdict.relation, relation))

    def tied(self, figure: Figure) -> list[Judged]:
        """Return the holding relations a figure stands in."""
        return self._ties.get(figure.place.start, [])

    def printed(self, figure: Figure) -> str:
        """Return the digits as they stand in the text; empty where they do not stand there plainly."""
        if figure.blank or figure.misread is not None:
            return ""
        found = NUMBER.match(self.text, figure.place.start)
        digits = found.group() if found else ""
        return digits if digits.replace(",", "") == figure.text else ""

    def broken_by(self, changes: Changes) -> list[Judged]:
        """Return the holding relations that surely fail, above note, once figures are replaced."""
        every = {id(e): e for start in changes for e in self._ties.get(start, ())}
        return [e for e in every.values() if _breaks(e, changes)]

    def stays(self, changes: Changes) -> bool:
        """Tell whether every relation of some figures holds after they are replaced."""
        every = {id(e): e for start in changes for e in self._ties.get(start, ())}
        return bool(every) and all(
            judge(replaced(e.verdict.relation, changes)).grade in HOLDING for e in every.values()
        )


def clean_of(text: str, name: str) -> Clean:
    """Check a text and keep what holds; refuse one that is not clean enough to plant in."""
    disclosure = extract_document(text.encode(), name=name)
    ledger = run_rules(disclosure)
    if not disclosure.tables and not disclosure.indicators:
        raise InputError(N_("{name}：没有读出表格，不能用来植入差错。"), name=name)
    return Clean(text, disclosure, tuple(e for e in ledger.judged if e.verdict.grade in HOLDING))


def _breaks(entry: Judged, changes: Changes) -> bool:
    verdict = judge(replaced(entry.verdict.relation, changes))
    return verdict.grade in BROKEN and severity_of(Judged(entry.rule, verdict)) != "note"


def replaced(relation: AnyRelation, changes: Changes) -> AnyRelation:
    """Return a relation with some of its figures printed otherwise."""
    new: dict[str, Term | tuple[Term, ...]] = {}
    for part in fields(relation):
        value = getattr(relation, part.name)
        if isinstance(value, Term):
            new[part.name] = _term(value, changes)
        elif isinstance(value, tuple) and value and isinstance(value[0], Term):
            new[part.name] = tuple(_term(t, changes) for t in value)
    return replace(relation, **new)  # type: ignore[arg-type]  # fields by name


def _term(term: Term, changes: Changes) -> Term:
    figure = changes.get(term.figure.place.start)
    if figure is None:
        return term
    return replace(term, figure=replace(figure, house=term.figure.house))


def reprinted(figure: Figure, digits: str) -> Figure:
    """Return a figure printed with other digits; nothing printed is a blank."""
    plain = digits.replace(",", "")
    if not plain:
        return replace(figure, text="", value=Decimal(0), decimals=0, blank=True)
    decimals = len(plain.partition(".")[2])
    return replace(figure, text=plain, value=Decimal(plain), decimals=decimals, blank=False)


# --- plants ----------------------------------------------------------------------------------


def plant(
    clean: Clean, edits: Iterable[Edit], broken: Iterable[Judged] = (), *, control: bool = False
) -> Plant:
    """Return a plant without its name: its edits, and the cascade of the relations it breaks."""
    ordered = tuple(sorted(edits, key=lambda e: e.start))
    entries = list(broken)
    return Plant(
        id="",
        kind="",
        edits=ordered,
        cascade=tuple(sorted({*cascade(entries), *cascade(_seen(clean, ordered))})),
        rules=tuple(sorted({e.rule.code for e in entries})),
        quote=_quote(clean.text, ordered),
        control=control,
    )


def _seen(clean: Clean, edits: tuple[Edit, ...]) -> Iterator[Judged]:
    """Yield the pattern rules that looked at a changed passage and found it sound."""
    for entry in clean.of(Upheld):
        spans = [(p.start, p.end) for _, p in places_of(entry.verdict.relation)]
        if any(meets(span, (e.start, e.end)) for span in spans for e in edits):
            yield entry


def cascade(entries: Iterable[Judged]) -> Iterator[Span]:
    """Yield the spans of everything the relations rest on."""
    for entry in entries:
        for _, place in places_of(entry.verdict.relation):
            yield (place.start, place.end)


def _quote(text: str, edits: tuple[Edit, ...]) -> str:
    """Return the first change in its context: …支出合计[553.65→563.65]万元…."""
    first = edits[0]
    before = text[max(0, first.start - QUOTED) : first.start]
    after = text[first.end : first.end + QUOTED]
    shown = f"{before}[{text[first.start : first.end]}→{first.text}]{after}"
    more = f"（另 {len(edits) - 1} 处）" if len(edits) > 1 else ""
    return "…" + re.sub(r"\s+", " ", shown) + "…" + more


def number_edit(clean: Clean, figure: Figure, digits: str) -> Edit:
    """Return the replacement of a figure's digits; its unit stays."""
    start = figure.place.start
    return Edit(start, start + len(clean.printed(figure)), digits)


def plant_number(clean: Clean, figure: Figure, digits: str) -> Plant | None:
    """Return the plant that prints a figure with other digits; None where nothing surely breaks."""
    return plant_numbers(clean, [(figure, digits)])


def plant_numbers(clean: Clean, printed: Iterable[tuple[Figure, str]]) -> Plant | None:
    """Return the plant that prints several figures otherwise; None where nothing surely breaks."""
    pairs = [(f, d) for f, d in printed if d != clean.printed(f)]
    changes = {f.place.start: reprinted(f, d) for f, d in pairs}
    broken = clean.broken_by(changes)
    if not broken:
        return None
    return plant(clean, [number_edit(clean, f, d) for f, d in pairs], broken)


def shuffled(items: Iterable[T], random: Random) -> list[T]:
    """Return items in a random order."""
    listed = list(items)
    random.shuffle(listed)
    return listed


def in_prose(figure: Figure) -> bool:
    """Tell whether a figure stands in the prose, not in a table."""
    return figure.place.cell is None


def regrouped(printed: str, digits: str) -> str:
    """Return digits with thousands separators where the print has them."""
    if "," not in printed:
        return digits
    whole, dot, decimals = digits.partition(".")
    return f"{int(whole):,}{dot}{decimals}"
