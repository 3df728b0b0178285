"""Passages that are worth showing only together (相对之处): what one says, the other may deny.

A thing denied and named or paid for elsewhere, a phrase with two numerals, a list of two told once in
another way, thrift beside rising running costs. Neither side is shown without the other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import zip_longest

from gouji.extract.by_model import cues
from gouji.extract.by_model.cues import Cue
from gouji.extract.by_model.pieces import SHORTEST, Piece, Prose, in_cell
from gouji.model.claim import Nil, Uses
from gouji.model.disclosure import Disclosure
from gouji.model.document import Paragraph

_NUMERAL = re.compile(
    r"([一二两三四五六七八九十])([级项类批期大])[\"'“”‘’」』]?(?=([\u4e00-\u9fff]{5}))"
)
_COUPLE = re.compile(
    r"(?<![、\u4e00-\u9fff])([\u4e00-\u9fff]{3,6})、([\u4e00-\u9fff]{2})(?![\u4e00-\u9fff]{0,3}、)"
)
_AMOUNT = re.compile(r"\d*[1-9][\d,.]*(?:万|亿)?元")
_OFTEN = 3
_MOST = 3
"""Clauses shown of either side."""
_RARE = 12
"""Clauses a word may stand in and still say what is meant."""
_LEAD = 40


def opposed(disclosure: Disclosure, prose: Prose) -> Iterator[Piece]:
    """Yield the passages of every pair, in no order."""
    yield from _named(disclosure, prose)
    yield from _paid_for(prose)
    yield from _numerals(prose)
    yield from _couples(disclosure, prose)
    yield from _thrift(prose)


def _named(disclosure: Disclosure, prose: Prose) -> Iterator[Piece]:
    """Yield what is denied in one place and named among the uses of money in another."""
    claims, denied = disclosure.claims, frozenset[Cue](("denied",))
    denials = [c for c in claims if isinstance(c, Nil) and len(c.subject.text) >= SHORTEST]
    for uses in (c for c in claims if isinstance(c, Uses)):
        for name, place in uses.names:
            denial = next((d for d in denials if _one_item(d.subject.text, name)), None)
            if denial is not None and denial.block in prose.by_index:
                paragraph = prose.by_index[denial.block]
                at = max(paragraph.text.find(denial.subject.text), 0)
                yield prose.clause_at(paragraph, at, "denied")
                lead = _lead(prose, uses)
                spot = (uses.block, place.start)
                yield Piece(name, spot, lambda _a, _b, p=place: p, denied, lead)  # type: ignore[misc]


def _lead(prose: Prose, uses: Uses) -> str:
    """Return what a list of uses is told of (公用经费36.6万元,主要包括)."""
    text = prose.by_index[uses.block].text if uses.block in prose.by_index else ""
    at = text.find(uses.names[0][0])
    return re.split(r"[。;]", text[: max(at, 0)])[-1].rstrip(":")[-_LEAD:]


def _one_item(one: str, other: str) -> bool:
    """Tell whether two names are of one item, or the one a part of the other's name."""
    return one.startswith(other.removesuffix("用")) or other.startswith(one.removesuffix("用"))


def _paid_for(prose: Prose) -> Iterator[Piece]:
    """Yield what a unit says it has nothing of, and the amounts told of such a thing."""
    told = [(p, a, b, p.text[a:b]) for p, a, b in prose.clauses()]
    often = Counter(pair for *_, text in told for pair in cues.letters(text))
    for paragraph, start, stop, text in told:
        what = cues.denied(text)
        words = {pair for pair in cues.letters(what) if 1 < often[pair] <= _RARE}
        paid = [t for t in told if _AMOUNT.search(t[3]) and words & cues.letters(t[3])]
        if paid:
            yield prose.piece(paragraph, start, stop, "denied")
        for other, a, b, _ in paid[: _MOST - 1]:
            yield prose.piece(other, a, b, "denied")


def _numerals(prose: Prose) -> Iterator[Piece]:
    """Yield a phrase that stands with two numerals (四级…一体化 · 三级…一体化)."""
    told: dict[tuple[str, str], dict[str, tuple[Paragraph, int]]] = defaultdict(dict)
    for paragraph in prose.paragraphs:
        for found in _NUMERAL.finditer(paragraph.text):
            phrase = told[found[2], found[3]]
            phrase.setdefault(found[1], (paragraph, found.start()))
    for phrase in told.values():
        for paragraph, at in phrase.values() if len(phrase) > 1 else ():
            yield prose.clause_at(paragraph, at, "numeral")


def _couples(disclosure: Disclosure, prose: Prose) -> Iterator[Piece]:
    """Yield a couple that is told time and again, and once with another at its side (甲、乙 · 甲、丙)."""
    evaluated = {table.grid for table in disclosure.indicators}
    grids = [g for g in disclosure.document.grids if g.id in evaluated]
    told: dict[str, dict[str, list[Piece]]] = defaultdict(lambda: defaultdict(list))
    for paragraph in prose.telling:
        for found in _COUPLE.finditer(paragraph.text):
            piece = prose.clause_at(paragraph, found.start(), "numeral")
            told[found[1]][found[2]].append(piece)
    for grid in grids:
        for n, cell in enumerate(grid.cells):
            for found in _COUPLE.finditer(cell.text):
                at = (grid.index, n)
                piece = Piece(cell.text, at, in_cell(cell), frozenset(("numeral",)))
                told[found[1]][found[2]].append(piece)
    for others in told.values():
        if any(len(said) >= _OFTEN for said in others.values()):
            yield from (said[0] for said in others.values() if len(others) > 1)


def _thrift(prose: Prose) -> Iterator[Piece]:
    """Yield where spending is said to be held down, and where one's own running costs rose."""
    told = [(p, a, b, p.text[a:b]) for p, a, b in prose.clauses()]
    held = [t[:3] for t in told if cues.is_thrift(t[3])]
    rises = [t[:3] for t in told if cues.is_spending(t[3])]
    sides = zip_longest(held[:_MOST], rises[:_MOST]) if held and rises else ()
    for told_of in (side for both in sides for side in both if side):
        yield prose.piece(*told_of, "thrift")
