"""Replacements in pasted text, and where things stand after them (改动)."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.evaluate.labels import Edit

Span = tuple[int, int]


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
