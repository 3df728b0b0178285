"""A report page in parts (分段): what a first look needs comes with the page, the rest when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from gouji.web.views.report import Chosen, Group, Shown

ROOM = 44_000
"""Bytes of findings that come with a page, so that all of it stays below 100 kB."""
ROOM_FOR_TEXT = 24_000
"""Bytes of a pasted text that comes with its page."""


@dataclass(frozen=True, slots=True)
class Row:
    """A finding in the list, with the group it stands in (一行)."""

    shown: Shown
    group: Group
    opens: bool
    """Whether it is the first of its group that is shown."""
    opens_across: bool
    """Whether findings about several documents begin here."""


@dataclass(frozen=True, slots=True)
class Part:
    """Findings that are sent together (一段)."""

    html: Markup
    before: int
    """Findings that stand before these."""
    further: str | None
    """Fingerprint of the next finding; None at the end."""
    left: int
    """Findings that come after these."""


def rows_of(groups: Sequence[Group], chosen: Chosen) -> tuple[Row, ...]:
    """Return the findings a filter lets through, in their order (列表)."""
    rows: list[Row] = []
    across = False
    for group in groups:
        opens = True
        for one in group.findings:
            if not chosen.lets_through(one):
                continue
            rows.append(Row(one, group, opens, one.is_across and not across))
            opens, across = False, across or one.is_across
    return tuple(rows)


def part_of(
    rows: Sequence[Row],
    render: Callable[[Row], Markup],
    start: str = "",
    room: float = ROOM,
) -> Part:
    """Return the findings that fit into the room (取一段).

    A finding named as the start stands in it: in the first part where it fits there, else first of its own.
    """
    named = next((at for at, row in enumerate(rows) if row.shown.finding.fingerprint == start), 0)
    first = _packed(rows, render, 0, room)
    if named < first.before + len(rows) - first.left:
        return first
    return _packed(rows, render, named, room)


def part_from(
    rows: Sequence[Row], render: Callable[[Row], Markup], start: str, room: float = ROOM
) -> Part:
    """Return the findings from one on that fit into the room (续取)."""
    at = next((at for at, row in enumerate(rows) if row.shown.finding.fingerprint == start), 0)
    return _packed(rows, render, at, room)


def _packed(rows: Sequence[Row], render: Callable[[Row], Markup], start: int, room: float) -> Part:
    taken: list[tuple[Row, Markup]] = []
    for row in rows[start:]:
        html = render(row)
        room -= len(html.encode())
        if room < 0 and taken:
            break
        taken.append((row, html))
    end = start + len(taken)
    further = rows[end].shown.finding.fingerprint if end < len(rows) else None
    return Part(Markup("").join(_grouped(taken)), start, further, len(rows) - end)


def _grouped(taken: Sequence[tuple[Row, Markup]]) -> Iterator[Markup]:
    """Yield findings between the marks of their groups; a group that goes on is opened again."""
    group: Group | None = None
    for row, html in taken:
        if row.group is not group:
            if group is not None:
                yield CLOSE
            group = row.group
            yield OPEN
        yield html
    if group is not None:
        yield CLOSE


OPEN, CLOSE = Markup('<div class="group">'), Markup("</div>\n")
