"""Replacements in pasted text, and where things stand after them (改动)."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.evaluate.labels import Edit, Plant

Span = tuple[int, int]


def edits_of(plants: Sequence[Plant]) -> tuple[Edit, ...]:
    """Return the edits of all plants of one document, in the order of the text."""
    return tuple(sorted((e for p in plants for e in p.edits), key=lambda e: e.start))


def spans_of(plant: Plant, edits: Sequence[Edit]) -> tuple[Span, ...]:
    """Return where a plant's changes and its cascade stand once all `edits` are made."""
    own = [s for e, s in zip(edits, changed(edits), strict=True) if e in plant.edits]
    return (*own, *(shifted(span, edits) for span in plant.cascade))


def changed(edits: Sequence[Edit]) -> tuple[Span, ...]:
    """Return the spans of the replacements in the edited text."""
    spans = []
    shift = 0
    for edit in sorted(edits, key=lambda e: e.start):
        start = edit.start + shift
        spans.append((start, start + len(edit.text)))
        shift += len(edit.text) - (edit.end - edit.start)
    return tuple(spans)


def shifted(span: Span, edits: Sequence[Edit]) -> Span:
    """Return where a span of the clean text stands in the edited text."""
    move = 0
    for edit in edits:
        if edit.end <= span[0]:
            move += len(edit.text) - (edit.end - edit.start)
    return (span[0] + move, span[1] + move)


def edited(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with its replacements made."""
    for edit in sorted(edits, key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
