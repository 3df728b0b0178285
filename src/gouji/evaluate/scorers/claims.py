"""Scores statements (陈述抽取的评测).

A labelled claim is found when an extracted claim of its type overlaps its place and prints the same
value, change, percentage and direction. A number the label binds from elsewhere (`own: false`) may
be left unbound, but not bound to another number. One-part lists are not labelled alike everywhere
and count on neither side when only we have them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from gouji.evaluate.labels import Answer, Labels, Slots
from gouji.evaluate.scorers.quotes import meets, touch
from gouji.evaluate.scorers.scored import Scored

VALUES = ("value", "change", "percent")
_SENTENCE = re.compile(r"[^。\n]+")


@dataclass(slots=True)
class Match:
    """Labels and extracted claims, paired (比对结果)."""

    found: list[tuple[Slots, Slots]] = field(default_factory=list)
    missed: list[Slots] = field(default_factory=list)
    extra: list[Slots] = field(default_factory=list)


def score(labels: Labels, answer: Answer, scored: Scored) -> None:
    """Add the figures of the claims of one document."""
    if labels.claims is None:
        return
    match = compare(labels.claims, answer.claims)
    _count(scored, match, "")
    kinds = {s.type for s in labels.claims if not s.optional} | {s.type for s in match.extra}
    for kind in sorted(kinds):
        _count(scored, match, kind)
    for slot in (*VALUES, "direction", "parts"):
        scored.add(f"claims.slot[{slot}]", *_slot(labels.claims, answer.claims, slot))
    if labels.text:
        scored.add("claims.sentences", *_perfect(labels.text, match))
    scored.wrong += [f"陈述漏读 {line_of(s)}" for s in match.missed]
    scored.wrong += [f"陈述多读 {line_of(s)}" for s in match.extra]


def _count(scored: Scored, match: Match, kind: str) -> None:
    def of(slots: Iterable[Slots]) -> int:
        return sum(kind in ("", s.type) for s in slots)

    scored.agreement(
        "claims",
        found=of(label for label, _ in match.found),
        missed=of(match.missed),
        extra=of(match.extra),
        of=kind,
    )


def compare(labels: Sequence[Slots], ours: Iterable[Slots]) -> Match:
    """Match labels with extracted claims, one to one, the nearest first."""
    match = Match()
    left = list(ours)
    ranks = _ranks(labels) | _ranks(left)
    for label in sorted(labels, key=lambda s: s.optional):
        fits = [s for s in left if _agree(label, s)]
        if not fits:
            if not label.optional:
                match.missed.append(label)
            continue
        best = min(fits, key=lambda s: _apart(label, s, ranks))
        left.remove(best)
        if not label.optional:
            match.found.append((label, best))
    match.extra = [s for s in left if not (s.type == "sum" and len(s.parts) < 2)]  # noqa: PLR2004 (one-part lists are not labelled)
    return match


def _ranks(slots: Sequence[Slots]) -> dict[int, float]:
    """Return where each claim stands among all, from 0 to 1."""
    ordered = sorted(slots, key=lambda s: (s.page or 0, s.start))
    return {id(s): n / len(ordered) for n, s in enumerate(ordered)}


def _apart(label: Slots, ours: Slots, ranks: dict[int, float]) -> float:
    """Return how far apart two claims stand: in characters, or in order where pages differ."""
    if label.page == ours.page:
        return abs(ours.start - label.start) + abs(ours.end - label.end)
    return abs(ranks[id(ours)] - ranks[id(label)])


def _agree(label: Slots, ours: Slots) -> bool:
    if label.type != ours.type or not _same_place(label, ours):
        return False
    if label.type == "sum":
        return _same_parts(label, ours) and _same(label.value, ours.value)
    for name in VALUES:
        mine: str | None = getattr(ours, name)
        if mine is None and name in label.loose:
            continue
        if not _same(getattr(label, name), mine):
            return label.type in ("grade", "zero") and name == "value"
    return label.direction == ours.direction or label.type in ("level", "share", "zero")


def _same_place(label: Slots, ours: Slots) -> bool:
    """Tell whether spans overlap; labels of a text meet claims of its PDF by their quotes."""
    if label.page == ours.page:
        return meets((label.start, label.end), (ours.start, ours.end))
    return touch(label.quote, ours.quote)


def _same(printed: str | None, said: str | None) -> bool:
    if printed is None or said is None or printed == said:
        return printed == said
    try:
        return Decimal(printed) == Decimal(said)
    except InvalidOperation:
        return False


def _same_parts(label: Slots, ours: Slots) -> bool:
    return sorted(map(Decimal, label.parts)) == sorted(map(Decimal, ours.parts))


def _slot(labels: Sequence[Slots], ours: Sequence[Slots], name: str) -> tuple[int, int]:
    """Return how many labelled values of a slot some claim of that type and place prints."""
    due = [s for s in labels if getattr(s, name) and name not in s.loose and not s.optional]
    right = 0
    for label in due:
        near = [s for s in ours if s.type == label.type and _same_place(label, s)]
        if name == "parts":
            right += any(_same_parts(label, s) for s in near)
        else:
            right += any(_same(getattr(label, name), getattr(s, name)) for s in near)
    return right, len(due)


def _perfect(text: str, match: Match) -> tuple[int, int]:
    """Return (sentences with every claim right and none invented, sentences with claims)."""
    spans = [found.span() for found in _SENTENCE.finditer(text)]
    due = set(_sentences(spans, (label for label, _ in match.found)))
    wrong = set(_sentences(spans, (*match.missed, *match.extra)))
    whole = due | set(_sentences(spans, match.missed))
    return len(whole - wrong), len(whole)


def _sentences(spans: Sequence[tuple[int, int]], slots: Iterable[Slots]) -> Iterator[int]:
    starts = [start for start, _ in spans]
    for each in slots:
        yield bisect_right(starts, each.start) - 1


def line_of(slots: Slots) -> str:
    """Return a claim in one line, for the list of what went wrong."""
    quote = "".join(slots.quote.split())[:70]
    said = f"v={slots.value} c={slots.change} p={slots.percent} {slots.direction or ''}"
    return f"{slots.id} {slots.type} {said} {len(slots.parts)} parts «{quote}»"
