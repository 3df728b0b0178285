"""Which heading an indicator stands under, and the weights headings print (上级指标).

Labels are printed once, in the first row of their stretch, and hold until the next. A scan may set
one in the middle of its stretch; between two subtotals that is mended, elsewhere no weight of a
heading is compared with the rows under it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gouji.extract.indicators.drafts import Draft
from gouji.extract.indicators.values import score_figure
from gouji.extract.indicators.words import LEVEL1, LEVEL2, PAREN_WEIGHT, Role
from gouji.model.figure import Figure
from gouji.model.indicators import Heading
from gouji.model.place import Place

_CJK = re.compile(r"[\u4e00-\u9fff]")
_NOISE = "{}[]|•·_~^*:;,.、"
_OUTER = ("满意", "成本", "產", "产出指")


@dataclass(slots=True)
class Labels:
    """The labels of one indicator: its own and those it stands under."""

    level1: str
    level2: str
    level3: str
    own: str
    """The third level where this row prints it."""
    places: dict[int, Place]
    """Depth → where the label is printed, for those this row prints itself."""


def label(drafts: list[Draft], *, weighted: bool) -> list[Labels]:
    """Return the labels of a stretch of indicators; `weighted`: weights have a column of their own.

    Where third-level labels print the weights, a weighted label beside a bare one is the third level,
    set one column too far left.
    """
    found: list[Labels] = []
    level1 = level2 = level3 = ""
    outer = weighted or not any(PAREN_WEIGHT.search(d.tidy("level3")) for d in drafts)
    for draft in drafts:
        one, two, three, places = _own(draft, outer=outer)
        if one:
            level1, level2, level3 = one, "", ""
        if two:
            level2, level3 = two, ""
        if three:
            level3 = three
        found.append(Labels(level1, level2, level3, three, places))
    return found


def fill_upwards(labels: list[Labels]) -> None:
    """Give rows above the only first-level label of a subtotalled stretch that label."""
    named = {entry.level1 for entry in labels if entry.level1}
    if len(named) != 1:
        return
    first = next(entry for entry in labels if entry.level1)
    for entry in labels:
        if not entry.level1:
            entry.level1 = first.level1
    if first is not labels[0]:
        place = first.places.get(1)
        for entry in labels:
            entry.places.clear()
        if place is not None:
            labels[0].places[1] = place


def _own(draft: Draft, *, outer: bool) -> tuple[str, str, str, dict[int, Place]]:
    roles: tuple[Role, ...] = ("level1", "level2", "level3")
    one, two, three = (t.strip(_NOISE) if _CJK.search(t) else "" for t in map(draft.tidy, roles))
    places = {
        depth: draft.cells[role][0].place
        for depth, role in enumerate(roles, 1)
        if draft.cells.get(role)
    }
    if one and not two and not LEVEL1.fullmatch(one) and PAREN_WEIGHT.search(one):
        one, two = "", one
        places[2] = places.pop(1)
    if one and not two and LEVEL2.fullmatch(one) and not one.startswith(_OUTER):
        one, two = "", one
        places[2] = places.pop(1)
    if (
        draft.rows[0].compact
        and not two
        and one.startswith("成本")
        and not PAREN_WEIGHT.search(one)
    ):
        one, two = "", one
        places[2] = places.pop(1)
    shifted = two and PAREN_WEIGHT.search(two) and not PAREN_WEIGHT.search(three)
    if shifted and not outer and three:
        two, three = "", two
        places[3] = places.pop(2)
    return one, two, three, places


def headings(labels: list[Labels], *, weighted: bool) -> tuple[Heading, ...]:
    """Return the headings that print a weight, with the stretch of indicators under each."""
    found: list[Heading] = []
    for depth in (1, 2) if weighted else (1, 2, 3):
        start = 0
        while start < len(labels):
            stop = start
            while stop + 1 < len(labels) and _continues(labels, stop, depth):
                stop += 1
            text = _text(labels[start], depth)
            weight = _weight(text, labels[start].places.get(depth))
            if weight is not None and (depth < 3 or stop > start):  # noqa: PLR2004 (a third level of its own is a row)
                found.append(Heading(text, weight, depth, start, stop))
            start = stop + 1
    return tuple(h for h in found if not _repeats_parent(h, found))


def _repeats_parent(heading: Heading, found: list[Heading]) -> bool:
    """Tell whether a heading prints its parent's weight over fewer rows: its stretch is not sure."""
    return any(
        h.depth < heading.depth
        and h.first <= heading.first
        and heading.last <= h.last
        and h.weight.value == heading.weight.value
        and h.last - h.first > heading.last - heading.first
        for h in found
    )


def _continues(labels: list[Labels], at: int, depth: int) -> bool:
    """Tell whether the next indicator still stands under the same label."""
    here, after = labels[at], labels[at + 1]
    above = all(_text(here, d) == _text(after, d) for d in range(1, depth))
    return above and _text(here, depth) == _text(after, depth) and not (depth == 3 and after.own)  # noqa: PLR2004


def _text(entry: Labels, depth: int) -> str:
    return (entry.level1, entry.level2, entry.level3)[depth - 1]


def _weight(text: str, place: Place | None) -> Figure | None:
    found = PAREN_WEIGHT.search(text)
    return score_figure(found[1], place) if found and place is not None else None
