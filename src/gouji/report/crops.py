"""Pieces of page images around the evidence (页面截图): what a finding shows beside its sentence.

Each stretch of a page that any finding points at is a picture once (a strip); every finding shows
windows on the strips, with its marks, so that a picture costs its bytes once however often it is shown. Strips are cut over the width of what is printed,
so that a line is read whole.
"""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from math import sqrt
from typing import Literal

from gouji.model.document import Page
from gouji.model.place import Box
from gouji.report.headings import Heading
from gouji.report.marks import Kind, Mark
from gouji.report.page_images import PageImages

MOST_PIXELS = 9_000_000
"""Pixels of all strips of a report, about 0.9 MB; more evidence is shown smaller, never more heavily."""
SHARPEST, COARSEST = 2.0, 1.2
"""Pixels a point: what a good screen shows, and what is just legible."""
MOST_WINDOWS = 6
"""Pictures of one finding; a slip of form that stands in fifty places needs no fifty pictures."""
_AROUND = 9.0
"""Points of context above and below the evidence."""
_GAP = 48.0
"""Stretches nearer than this are one."""
_AIR = 3.0
_HAIR = 1.0
"""Points around the headings of a table: their rules, and nothing that stands beside them."""
_TALL = 60.0
"""A line taller than this is no line of text (print that runs up the page)."""
_MARGIN = 8.0
"""Points kept left and right of the text."""
_PORTRAIT = 600.0
_MOST_HEADS = 2
"""Tables whose headings stand over one picture."""

Headed = Callable[[Mark], Heading | None]
"""Tells what names the cell of a mark."""
SpotKind = Kind | Literal["head"]
"""数字 · 文句 · 栏目或行名"""


@dataclass(frozen=True, slots=True)
class Strip:
    """A stretch of a page as a picture (页条)."""

    name: str
    page: int
    area: Box
    data: str
    """A data URI."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A box on a crop with the findings that point at it (框)."""

    box: Box
    kind: SpotKind
    findings: tuple[str, ...]
    """None for a heading or a label, which names what findings point at."""


@dataclass(frozen=True, slots=True)
class Crop:
    """A window on a strip (截图)."""

    strip: str
    page: int
    area: Box
    spots: tuple[Spot, ...]
    heads: tuple[Crop, ...] = ()
    """The headings of its table, where they stand elsewhere: to be shown right above it."""

    @property
    def is_wide(self) -> bool:
        """Whether it shows a page that lies on its side."""
        return self.area[2] - self.area[0] > _PORTRAIT

    @property
    def findings(self) -> tuple[str, ...]:
        """The findings that point at something in this window, in order."""
        return tuple(dict.fromkeys(f for spot in self.spots for f in spot.findings))


@dataclass(frozen=True, slots=True)
class Pictures:
    """What one finding shows (一项发现的截图)."""

    crops: tuple[Crop, ...] = ()
    missing: tuple[int, ...] = ()
    """Pages whose evidence is shown by no picture."""


@dataclass(frozen=True, slots=True)
class Gallery:
    """All pictures of one report (图版): strips, and what each finding shows of them."""

    strips: tuple[Strip, ...] = ()
    of: Mapping[str, Pictures] = field(default_factory=dict)
    """By the finding's id; a finding without pictures is not there."""


def gallery_of(
    marks: Iterable[Mark],
    pages: Iterable[Page],
    images: PageImages,
    headed: Headed = lambda _mark: None,
) -> Gallery:
    """Return the pictures for all findings that have marks (制图); figures of tables under their headings."""
    by_number = {page.number: page for page in pages if page.number is not None}
    own: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        own[mark.finding].append(mark)
    windows = {
        finding: [_headed(window, headed, by_number) for window in _windows(marked, by_number)]
        for finding, marked in own.items()
    }
    areas = _strip_areas(
        each
        for found in windows.values()
        for window in found[:MOST_WINDOWS]
        for each in (window, *window.heads)
    )
    strips = tuple(_strips(areas, images))
    return Gallery(strips, {name: _pictures(found, strips) for name, found in windows.items()})


def _pictures(windows: Sequence[_Window], strips: Sequence[Strip]) -> Pictures:
    shown = [_strip_of(w, strips) for w in windows[:MOST_WINDOWS]]
    found = list(zip_longest(windows, shown))
    crops = tuple(_crop(window, strip, strips) for window, strip in found if strip)
    return Pictures(crops, tuple(sorted({w.page for w, strip in found if strip is None})))


@dataclass(frozen=True, slots=True)
class _Window:
    page: int
    area: Box
    marks: tuple[Mark, ...]
    named: tuple[Box, ...] = ()
    """Headings and labels within it."""
    heads: tuple[_Window, ...] = ()


def _windows(marks: Sequence[Mark], pages: dict[int, Page]) -> list[_Window]:
    """Return the stretches of pages the marks stand on, in the order of the pages."""
    on: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        on[mark.page].append(mark)
    windows = []
    for number in sorted(on):
        page = pages[number]
        left, right = _sides(page)
        stretches = [(m.box[1] - _AROUND, m.box[3] + _AROUND) for m in on[number]]
        for above, below in _joined(stretches):
            inside = tuple(m for m in on[number] if above <= m.box[1] and m.box[3] <= below)
            top, bottom = _whole_lines(page, above, below)
            area = (left, max(0.0, top), right, min(page.height, bottom))
            windows.append(_Window(number, area, inside))
    return windows


def _headed(window: _Window, headed: Headed, pages: Mapping[int, Page]) -> _Window:
    """Return a window with the headings of its figures: within it where they are near, else above it."""
    found = [heading for mark in window.marks if (heading := headed(mark)) is not None]
    named = [heading.label for heading in found if heading.label]
    rows: dict[tuple[int, float, float], list[Box]] = defaultdict(list)
    for heading in found:
        rows[heading.page, heading.top, heading.bottom] += heading.columns
    heads: list[_Window] = []
    left, top, right, bottom = window.area
    for (page, above, below), columns in rows.items():
        if page == window.page and above < bottom and top - below < _GAP:
            top = min(top, above - _HAIR)
            named += columns
        elif len(heads) < _MOST_HEADS:
            sides = (left, right) if _same_width(pages, page, window.page) else _sides(pages[page])
            area = (sides[0], max(0.0, above - _HAIR), sides[1], below + _HAIR)
            heads.append(_Window(page, area, (), tuple(columns)))
    area = (left, max(0.0, top), right, bottom)
    return replace(window, area=area, named=tuple(dict.fromkeys(named)), heads=tuple(heads))


def _same_width(pages: Mapping[int, Page], one: int, other: int) -> bool:
    return abs(pages[one].width - pages[other].width) < 1


def _sides(page: Page) -> tuple[float, float]:
    """Return how far the print of a page reaches, with a little air."""
    boxes = [line.box for line in page.lines if line.box]
    left = min((b[0] for b in boxes), default=0.0)
    right = max((b[2] for b in boxes), default=page.width)
    return max(0.0, left - _MARGIN), min(page.width, right + _MARGIN)


def _whole_lines(page: Page, top: float, bottom: float) -> tuple[float, float]:
    """Return a stretch that cuts no line in two, with a little air."""
    boxes = [line.box for line in page.lines if line.box]
    cut = [b for b in boxes if b[1] < bottom and top < b[3] and b[3] - b[1] < _TALL]
    top = min([top, *(b[1] - _AIR for b in cut)])
    return top, max([bottom, *(b[3] + _AIR for b in cut)])


def _joined(stretches: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return stretches with near ones made one."""
    joined: list[tuple[float, float]] = []
    for top, bottom in sorted(stretches):
        if joined and top - joined[-1][1] < _GAP:
            joined[-1] = (joined[-1][0], max(joined[-1][1], bottom))
        else:
            joined.append((top, bottom))
    return joined


def _strip_areas(windows: Iterable[_Window]) -> list[tuple[int, Box]]:
    """Return the parts of pages that must be pictures, those of the worst findings first."""
    on: dict[int, list[_Window]] = {}
    for window in windows:
        on.setdefault(window.page, []).append(window)
    return [
        (number, (own[0].area[0], top, own[0].area[2], bottom))
        for number, own in on.items()
        for top, bottom in _joined((w.area[1], w.area[3]) for w in own)
    ]


def _strips(areas: Sequence[tuple[int, Box]], images: PageImages) -> Iterator[Strip]:
    total = sum(_size(area) for _, area in areas)
    scale = min(SHARPEST, max(COARSEST, sqrt(MOST_PIXELS / total))) if total else SHARPEST
    room = MOST_PIXELS / scale**2
    for index, (page, area) in enumerate(areas, 1):
        room -= _size(area)
        if room < 0 and index > 1:
            return
        png = images.png(page, area, scale)
        if png is not None:
            data = f"data:image/png;base64,{b64encode(png).decode()}"
            yield Strip(f"strip{index}", page, area, data)


def _size(area: Box) -> float:
    return (area[2] - area[0]) * (area[3] - area[1])


def _strip_of(window: _Window, strips: Iterable[Strip]) -> Strip | None:
    return next((strip for strip in strips if _lies_in(window, strip)), None)


def _lies_in(window: _Window, strip: Strip) -> bool:
    top, bottom = strip.area[1], strip.area[3]
    return window.page == strip.page and top <= window.area[1] and window.area[3] <= bottom


def _crop(window: _Window, strip: Strip, strips: Sequence[Strip]) -> Crop:
    found: dict[tuple[Box, Kind], list[str]] = {}
    for mark in sorted(window.marks, key=_passages_first):
        names = found.setdefault((_rounded(mark.box), mark.kind), [])
        if mark.finding not in names:
            names.append(mark.finding)
    spots = (
        *(Spot(_rounded(box), "head", ()) for box in window.named),
        *(Spot(box, kind, tuple(names)) for (box, kind), names in found.items()),
    )
    above = [(head, _strip_of(head, strips)) for head in window.heads]
    heads = tuple(_crop(head, own, ()) for head, own in above if own)
    return Crop(strip.name, window.page, _rounded(window.area), spots, heads)


def _passages_first(mark: Mark) -> bool:
    return mark.kind == "figure"


def _rounded(box: Box) -> Box:
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))
