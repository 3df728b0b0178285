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
from pathlib import Path
from random import Random
from typing import TypeVar

from gouji.check.judge import FAILING, judge
from gouji.check.run import Judged, run_rules
from gouji.check.telling.weight import severity_of
from gouji.check.terms import places_of, terms_of
from gouji.errors import InputError
from gouji.evaluate.edits import Span
from gouji.evaluate.labels import Edit, Plant
from gouji.evaluate.reprint import Joined, joined
from gouji.evaluate.scorers.quotes import meets
from gouji.messages import N_
from gouji.model.disclosure import Disclosure
from gouji.model.figure import Figure
from gouji.model.place import Place
from gouji.model.relation import AnyRelation, Term, Upheld
from gouji.pipeline import extract_document

HOLDING = frozenset({"holds", "holds_by_rounding"})
BROKEN = frozenset({"broken", "gross"})
NUMBER = re.compile(r"-?\d+(?:,\d{3})*(?:\.\d+)?")
QUOTED = 24
"""Characters of context shown on each side of a change."""

T = TypeVar("T")

At = tuple[int | None, int]
"""Page of a figure (None in pasted text), and where it starts there."""
Changes = Mapping[At, Figure]
"""Where a figure stands → the figure as it would be printed."""


@dataclass(frozen=True)
class Clean:
    """A text, what was read in it, and every relation that holds (无差错文档)."""

    whole: Joined
    """The text; of a PDF, of all its pages."""
    disclosure: Disclosure
    judged: tuple[Judged, ...]
    faulty: frozenset[At] = frozenset()
    """Figures of relations that fail as it is: what is planted in them could not be told apart."""
    _ties: dict[At, list[Judged]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for entry in self.judged:
            for at in {spot_of(t.figure) for t in terms_of(entry.verdict.relation)}:
                self._ties[at].append(entry)

    @property
    def text(self) -> str:
        """The text edits are counted in."""
        return self.whole.text

    def span(self, place: Place) -> Span:
        """Return where a place stands in the text."""
        return self.whole.at(place)

    def start(self, figure: Figure) -> int:
        """Return where a figure begins in the text."""
        return self.whole.at(figure.place)[0]

    def end(self, figure: Figure) -> int:
        """Return where a figure ends in the text, its unit included."""
        return self.whole.at(figure.place)[1]

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure some relation ties to another, in printed order, as plainly printed digits."""
        by_start: dict[int, Figure] = {}
        for entry in self.judged:
            for term in terms_of(entry.verdict.relation):
                if self.printed(term.figure):
                    by_start.setdefault(self.start(term.figure), term.figure)
        return tuple(by_start[start] for start in sorted(by_start))

    def of(self, relation: type[AnyRelation]) -> Iterator[Judged]:
        """Yield the holding relations of a class."""
        return (e for e in self.judged if isinstance(e.verdict.relation, relation))

    def tied(self, figure: Figure) -> list[Judged]:
        """Return the holding relations a figure stands in."""
        return self._ties.get(spot_of(figure), [])

    def printed(self, figure: Figure) -> str:
        """Return the digits as they stand in the text; empty where they do not stand there plainly."""
        if figure.blank or figure.misread is not None or spot_of(figure) in self.faulty:
            return ""
        found = NUMBER.match(self.text, self.start(figure))
        digits = found.group() if found else ""
        return digits if digits.replace(",", "") == figure.text else ""

    def broken_by(self, changes: Changes) -> list[Judged]:
        """Return the holding relations that surely fail, above note, once figures are replaced."""
        every = {id(e): e for at in changes for e in self._ties.get(at, ())}
        return [e for e in every.values() if _breaks(e, changes)]

    def stays(self, changes: Changes) -> bool:
        """Tell whether every relation of some figures holds after they are replaced."""
        every = {id(e): e for at in changes for e in self._ties.get(at, ())}
        return bool(every) and all(
            judge(replaced(e.verdict.relation, changes)).grade in HOLDING for e in every.values()
        )


def spot_of(figure: Figure) -> At:
    """Return where a figure stands."""
    return (figure.place.page, figure.place.start)


def clean_of(source: str | Path, name: str) -> Clean:
    """Check a pasted text or a PDF and keep what holds; refuse one in which nothing does."""
    data = source.encode() if isinstance(source, str) else source
    disclosure = extract_document(data, name=name)
    ledger = run_rules(disclosure)
    failing = (e for e in ledger.judged if e.verdict.grade in FAILING)
    faulty = frozenset(spot_of(t.figure) for e in failing for t in terms_of(e.verdict.relation))
    holding = tuple(e for e in ledger.judged if e.verdict.grade in HOLDING)
    if not any(terms_of(e.verdict.relation) for e in holding):
        raise InputError(N_("{name}：没有一处核对成立，不能用来植入差错。"), name=name)
    return Clean(joined(disclosure.document), disclosure, holding, faulty)


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
    figure = changes.get(spot_of(term.figure))
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
        cascade=tuple(sorted(cascade(clean, [*entries, *_seen(clean, ordered)]))),
        rules=tuple(sorted({e.rule.code for e in entries})),
        quote=_quote(clean.text, ordered),
        control=control,
    )


def _seen(clean: Clean, edits: tuple[Edit, ...]) -> Iterator[Judged]:
    """Yield the pattern rules that looked at a changed passage and found it sound."""
    for entry in clean.of(Upheld):
        spans = [clean.span(p) for _, p in places_of(entry.verdict.relation)]
        if any(meets(span, (e.start, e.end)) for span in spans for e in edits):
            yield entry


def cascade(clean: Clean, entries: Iterable[Judged]) -> set[Span]:
    """Return the spans of everything the relations rest on."""
    return {clean.span(p) for e in entries for _, p in places_of(e.verdict.relation)}


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
    start = clean.start(figure)
    return Edit(start, start + len(clean.printed(figure)), digits)


def plant_number(clean: Clean, figure: Figure, digits: str) -> Plant | None:
    """Return the plant that prints a figure with other digits; None where nothing surely breaks."""
    return plant_numbers(clean, [(figure, digits)])


def plant_numbers(clean: Clean, printed: Iterable[tuple[Figure, str]]) -> Plant | None:
    """Return the plant that prints several figures otherwise; None where nothing surely breaks."""
    pairs = [(f, d) for f, d in printed if d != clean.printed(f)]
    changes = {spot_of(f): reprinted(f, d) for f, d in pairs}
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
