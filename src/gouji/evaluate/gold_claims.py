"""Measures extracted statements against labelled ones (陈述抽取的评测).

A labelled claim is found when an extracted claim of its type overlaps its quote and prints the same
value, change, percentage and direction. A number the label binds from elsewhere (`own: false`) may
be left unbound, but not bound to another number. Lists of names (计数与名单), one-part lists and
uses are not labelled alike everywhere and count on neither side when only we have them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from gouji.model.claim import (
    AnyClaim,
    Breakdown,
    Change,
    Completion,
    Difference,
    Flat,
    Level,
    Nil,
    PrintedNumber,
    Rated,
    Share,
    Uses,
)
from gouji.model.figure import Figure

_SUMS = frozenset({"sum", "count_sum"})


@dataclass(frozen=True, slots=True)
class Slots:
    """What a claim says, in the terms of the labels (比对项)."""

    type: str
    start: int
    end: int
    value: str | None = None
    change: str | None = None
    percent: str | None = None
    direction: str | None = None
    parts: tuple[str, ...] = ()
    quote: str = ""
    id: str = ""
    loose: frozenset[str] = frozenset()
    """Slots that may stay empty: their number is printed elsewhere."""


@dataclass(slots=True)
class Score:
    """Outcome for one document (评测结果): what was found, missed and invented."""

    found: list[tuple[Slots, Slots]] = field(default_factory=list)
    missed: list[Slots] = field(default_factory=list)
    extra: list[Slots] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of labels that were found."""
        return len(self.found) / max(1, len(self.found) + len(self.missed))

    @property
    def precision(self) -> float:
        """Share of extracted claims that a label confirms."""
        return len(self.found) / max(1, len(self.found) + len(self.extra))

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def by_type(self) -> list[tuple[str, int, int, int]]:
        """Return (type, found, missed, extra) for every type met."""
        counts = [
            Counter(s.type for s in seen) for seen in (self._labels(), self.missed, self.extra)
        ]
        kinds = sorted(set().union(*counts))
        return [(k, counts[0][k], counts[1][k], counts[2][k]) for k in kinds]

    def _labels(self) -> list[Slots]:
        return [pair[0] for pair in self.found]


def read_labels(path: Path) -> list[Slots]:
    """Return the labelled claims of a document (gold/claims/X.jsonl)."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_label(json.loads(line)) for line in lines if line.strip()]


def _label(row: dict[str, Any]) -> Slots:
    elsewhere = {n["role"] for n in row["numbers"] if n.get("own") is False}
    kind = "sum" if row["type"] in _SUMS else row["type"]
    loose = elsewhere | ({"value"} if kind in ("zero", "grade", "rate", "flat") else set())
    return Slots(
        type=kind,
        start=row["start"],
        end=row["end"],
        value=row["value"],
        change=row["change"],
        percent=row["percent"],
        direction=row["direction"],
        parts=tuple(p["value"] for p in row["parts"] or ()),
        quote=row["quote"],
        id=row["id"],
        loose=frozenset(loose),
    )


def _text(figure: Figure | None) -> str | None:
    return None if figure is None else figure.text


def slots_of(claim: AnyClaim) -> Slots | None:
    """Return an extracted claim in the labels' terms; None for kinds the labels do not hold."""
    said = _said_of_parts(claim) or _said_of_rates(claim) or _said_of_values(claim)
    if said is None:
        return None
    place = claim.place
    return Slots(start=place.start, end=place.end, quote=place.quote, id=claim.id, **said)


def _said_of_values(claim: AnyClaim) -> dict[str, Any] | None:
    match claim:
        case Level(value=value):
            return {"type": "level", "value": _text(value)}
        case Flat(value=value):
            return {"type": "flat", "value": _text(value), "direction": "flat"}
        case Difference(value=value, direction=direction):
            return {"type": "difference", "value": _text(value), "direction": direction}
        case Nil():
            return {"type": "zero"}
        case Rated(value=value):
            slot = "percent" if claim.type == "rate" else "value"
            return {"type": claim.type, slot: _text(value)}
        case _:
            return None


def _said_of_rates(claim: AnyClaim) -> dict[str, Any] | None:
    match claim:
        case Change(value=value, change=change, rate=rate, direction=direction):
            said = {"value": _text(value), "change": _text(change), "percent": _text(rate)}
            return {"type": "change", "direction": direction, **said}
        case Share(value=value, percent=percent):
            return {"type": "share", "value": _text(value), "percent": _text(percent)}
        case Completion(value=value, percent=percent):
            return {"type": "completion", "value": _text(value), "percent": _text(percent)}
        case _:
            return None


def _said_of_parts(claim: AnyClaim) -> dict[str, Any] | None:
    match claim:
        case Breakdown(total=total, parts=parts):
            figures = tuple(p.figure.text for p in parts)
            return {"type": "sum", "value": _text(total), "parts": figures}
        case Uses(total=total, names=names) if total is not None and total.dimension == "count":
            return {"type": "sum", "value": _text(total), "parts": ("1",) * len(names)}
        case _:
            return None


def _same(printed: str | None, said: str | None) -> bool:
    if printed is None or said is None:
        return printed == said
    return Decimal(printed) == Decimal(said)


def _agree(label: Slots, ours: Slots) -> bool:
    if label.type != ours.type or label.start >= ours.end or ours.start >= label.end:
        return False
    if label.type == "sum":
        same = sorted(Decimal(p) for p in label.parts) == sorted(Decimal(p) for p in ours.parts)
        return same and _same(label.value, ours.value)
    for name in ("value", "change", "percent"):
        mine: str | None = getattr(ours, name)
        if mine is None and name in label.loose:
            continue
        if not _same(getattr(label, name), mine):
            return label.type in ("grade", "zero") and name == "value"
    return label.direction == ours.direction or label.type in ("level", "share", "zero")


def compare(labels: Sequence[Slots], claims: Iterable[AnyClaim]) -> Score:
    """Match labels with extracted claims, one to one, nearest span first."""
    ours = [s for c in claims if (s := slots_of(c)) is not None]
    score = Score()
    left = list(ours)
    for label in labels:
        fits = [s for s in left if _agree(label, s)]
        if not fits:
            score.missed.append(label)
            continue
        best = min(fits, key=lambda s: abs(s.start - label.start) + abs(s.end - label.end))
        left.remove(best)
        score.found.append((label, best))
    score.extra = [s for s in left if not (s.type == "sum" and len(s.parts) < 2)]  # noqa: PLR2004  # one-part lists are not labelled
    return score


def unread_share(numbers: Sequence[PrintedNumber]) -> float:
    """Return the share of the prose's numbers that nothing accounts for."""
    unread = sum(1 for n in numbers if n.use == "unread")
    return unread / max(1, len(numbers))


def report(name: str, score: Score, numbers: Sequence[PrintedNumber]) -> str:
    """Return a readable account: totals, each type, each miss and each extra."""
    head = f"{name}: P {score.precision:.3f} R {score.recall:.3f} F1 {score.f1:.3f} unread {unread_share(numbers):.3f} of {len(numbers)}"
    rows = [f"  {k:12} found {a:3} missed {b:3} extra {c:3}" for k, a, b, c in score.by_type()]
    rows += [f"  miss  {_line(s)}" for s in score.missed]
    rows += [f"  extra {_line(s)}" for s in score.extra]
    return "\n".join([head, *rows])


def _line(slots: Slots) -> str:
    quote = "".join(slots.quote.split())[:70]
    said = f"v={slots.value} c={slots.change} p={slots.percent} {slots.direction or ''}"
    return f"{slots.id} {slots.type} {said} {len(slots.parts)} parts «{quote}»"
