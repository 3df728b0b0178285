"""Which passages the semantic question is shown (选段): clauses, by what could be wrong with them.

A conclusion about all, an exception, a reason with its direction, a thing denied and named, a form's
own instruction, words of another field, a text told twice, a phrase with two numerals. Choosing costs
tokens and missing costs recall: passages go by rank until the budget is spent, no text twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import chain, zip_longest

from gouji.extract.by_model import cues
from gouji.extract.by_model.attached import END, STOP, bounds, pasted
from gouji.extract.by_model.cues import RANKS, Cue
from gouji.extract.by_model.opposed import opposed
from gouji.extract.by_model.pieces import SHORTEST, Piece, Prose, in_cell
from gouji.extract.by_model.sectors import foreign_to
from gouji.model.disclosure import Disclosure
from gouji.model.document import Paragraph
from gouji.model.indicators import SelfEvaluation
from gouji.model.reading import Engine

__all__ = ["Piece", "chosen"]

_TITLE = 40
_CONTEXT = 14
"""A shorter clause takes the one before it along: there its subject stands."""
_LONGEST = 110
_TOLD_OFTEN = 4
_ANYWHERE: frozenset[Cue] = frozenset(("instruction", "own", "level", "foreign"))
"""Cues of a cell whatever it is told of."""
_TELLING = 2
"""The last rank of what is shown by turns."""


def chosen(disclosure: Disclosure, engine: Engine, budget: int) -> list[Piece]:
    """Return the pieces to compare, in printed order, of at most `budget` tokens."""
    pool = _Pool(disclosure)
    if engine == "llm":
        return [p for p in pool.everything() if len(p.text) >= SHORTEST]
    kept: list[Piece] = []
    for piece in _by_turns(_once(pool.candidates())):
        if piece.size <= budget:
            kept.append(piece)
            budget -= piece.size
    return sorted(kept, key=lambda p: p.at)


def _by_turns(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces as they are wanted: of what is telling some of each kind before more of any."""
    left: dict[Cue, list[Piece]] = {cue: [] for cue in RANKS}
    for piece in pieces:
        left[min(piece.cues, key=lambda cue: (RANKS[cue], cue))].append(piece)
    for rank in (0, _TELLING, *range(_TELLING + 1, max(RANKS.values()) + 1)):
        groups = [left.pop(cue) for cue in RANKS if cue in left and RANKS[cue] <= rank]
        for turn in zip_longest(*(_halves(group) for group in groups), fillvalue=()):
            yield from chain.from_iterable(turn)


def _halves(pieces: list[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Yield the pieces of one kind two by two: what stands only against another comes with it."""
    yield from (tuple(pieces[at : at + 2]) for at in range(0, len(pieces), 2))


def _once(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Return each text once, figures aside, with all that speaks for it."""
    made: dict[str, Piece] = {}
    for piece in pieces:
        text = re.sub(r"[\s\d]+", "", piece.text)
        if len(text) >= SHORTEST:
            first = made.setdefault(text, piece)
            made[text] = replace(first, cues=first.cues | piece.cues)
    return _unfolded(made.values())


def _unfolded(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces in their order, one that stands within another as a cue more of that."""
    every = list(pieces)
    within: dict[int, int] = {}
    for n, piece in enumerate(every if len(every) > 1 else ()):
        around = (
            m
            for m, other in enumerate(every)
            if other.at[0] == piece.at[0] and other.at[1] <= piece.at[1]
            if len(other.text) > len(piece.text) and piece.text in other.text
        )
        if not piece.label and (m := next(around, None)) is not None:
            within[n] = m
            every[m] = replace(every[m], cues=every[m].cues | piece.cues)
    yield from (piece for n, piece in enumerate(every) if n not in within)


class _Pool:
    """Finds what could be asked about in one document (候选)."""

    def __init__(self, disclosure: Disclosure) -> None:
        self._disclosure = disclosure
        self._prose = Prose(disclosure)
        self._entity = disclosure.outline.entity or ""
        self._reasons_told: set[str] = set()

    def everything(self) -> Iterator[Piece]:
        """Yield every sentence, and every cell of words of the performance tables."""
        for paragraph in self._prose.paragraphs:
            for start, stop in bounds(paragraph.text, END):
                yield self._prose.piece(
                    paragraph, start, stop, *self._cues(paragraph.text[start:stop])
                )
        evaluated = {table.grid for table in self._disclosure.indicators}
        for grid in self._disclosure.document.grids:
            if grid.id in evaluated:
                for n, cell in enumerate(grid.cells):
                    found = frozenset(self._cues(cell.text))
                    yield Piece(cell.text, (grid.index, n), in_cell(cell), found)

    def candidates(self) -> Iterator[Piece]:
        """Yield what could be shown, in no order."""
        yield from self._identity()
        yield from self._cells()
        yield from opposed(self._disclosure, self._prose)
        yield from self._pasted()
        for paragraph in self._prose.telling:
            yield from self._clauses(paragraph)
            yield from self._reasons(paragraph)

    def _identity(self) -> Iterator[Piece]:
        """Yield the line that names the unit: what is another's is told from it."""
        entity = self._disclosure.outline.entity
        for paragraph in self._disclosure.document.paragraphs if entity else ():
            at = paragraph.text.find(entity or "")
            if at >= 0:
                yield self._prose.piece(
                    paragraph, at, min(len(paragraph.text), at + _TITLE), "identity"
                )
                return

    def _clauses(self, paragraph: Paragraph) -> Iterator[Piece]:
        """Yield the clauses with a cue; neighbours of one paragraph are one piece."""
        run: tuple[frozenset[Cue], int, int] | None = None
        clauses = list(bounds(paragraph.text, STOP))
        for n, (start, stop) in enumerate(clauses):
            found = frozenset(self._cues(paragraph.text[start:stop]))
            if not found:
                continue
            if stop - start < _CONTEXT and n:
                start = clauses[n - 1][0]  # noqa: PLW2901 (widened by the clause before)
            if run and start <= run[2] and stop - run[1] <= _LONGEST:
                run = (found | run[0], run[1], stop)
                continue
            if run:
                yield self._prose.piece(paragraph, run[1], run[2], *run[0])
            run = (found, max(start, run[2]) if run else start, stop)
        if run:
            yield self._prose.piece(paragraph, run[1], run[2], *run[0])

    def _cues(self, clause: str) -> Iterator[Cue]:
        """Yield what speaks for showing a clause (线索)."""
        if self._others and any(self._strange(f[0]) for f in self._others.finditer(clause)):
            yield "foreign"
        yield from cues.cues_of(clause, self._entity)

    @cached_property
    def _others(self) -> re.Pattern[str] | None:
        """Words of other fields."""
        return foreign_to(self._entity)

    def _strange(self, word: str) -> bool:
        """Tell a word this document does not live by."""
        return sum(p.text.count(word) for p in self._prose.paragraphs) < _TOLD_OFTEN

    def _reasons(self, paragraph: Paragraph) -> Iterator[Piece]:
        """Yield what rose or fell with the reason given, a reason told before only where it is crossed."""
        text = paragraph.text
        clauses = list(bounds(text, STOP))
        for found in cues.reasons(text):
            before = [c for c in clauses if c[0] < found.start()]
            told = [
                n for n, (a, b) in enumerate(before) if cues.moves(text[a : min(b, found.start())])
            ]
            if not told or len(before) - told[-1] > SHORTEST:
                continue
            first = told[-1]
            while first and (first - 1 in told or before[first][1] - before[first][0] < SHORTEST):
                first -= 1
            start, stop = before[first][0], _end_of_reason(text, found.end())
            start = max(start, before[told[-1]][0]) if stop - start > _LONGEST else start
            what, why = text[start : found.start()], text[found.start() : stop]
            crossed = cues.crossed(what, why)
            if crossed or why not in self._reasons_told:
                self._reasons_told.add(why)
                cue: Cue = "crossed" if crossed else "reason"
                yield self._prose.piece(paragraph, start, min(stop, start + _LONGEST), cue)

    def _cells(self) -> Iterator[Piece]:
        """Yield what performance tables say was to be reached and was, and instructions left in them."""
        grids = {grid.id: grid for grid in self._disclosure.document.grids}
        for table in self._disclosure.indicators:
            grid, told = grids[table.grid], _told(table)
            for n, cell in enumerate(grid.cells):
                label = told.get((cell.place.page, cell.place.start))
                for start, stop in _stretches(cell.text):
                    text = cell.text[start:stop]
                    found = {c for c in self._cues(text) if label is not None or c in _ANYWHERE}
                    if label is not None and cues.is_criterion(text):
                        found.add("instruction")
                    if found:
                        at, name = (grid.index, n), (label or "")[:_CONTEXT]
                        yield Piece(text, at, in_cell(cell, start), frozenset(found), name)

    def _pasted(self) -> Iterator[Piece]:
        """Yield what an attached report shares with another and only the other's project explains."""
        for said in pasted(self._prose.paragraphs):
            stop = min(said.stop, said.start + _LONGEST)
            yield self._prose.piece(said.paragraph, said.start, stop, "pasted")


def _end_of_reason(text: str, start: int) -> int:
    """Return where a reason has been given: after its first clause that moves, or its sentence."""
    ends = END.search(text, start)
    stop = ends.end() if ends else len(text)
    clauses = (
        start + b
        for a, b in bounds(text[start:stop], STOP)
        if cues.moves(text[start + a : start + b])
    )
    return next(clauses, stop)


def _stretches(text: str) -> list[tuple[int, int]]:
    """Return a cell's text whole, or what a long one says clause by clause."""
    if len(text) <= _LONGEST:
        return [(0, len(text))]
    return [(a, min(b, a + _LONGEST)) for a, b in bounds(text, STOP)]


def _told(table: SelfEvaluation) -> dict[tuple[int | None, int], str]:
    """Return which cells tell what was to be reached, was, and why not, with the indicator's name."""
    return {
        (said.place.page, said.place.start): row.name
        for row in table.indicators
        for said in (row.target, row.actual, row.explanation)
        if said is not None
    }
