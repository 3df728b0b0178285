"""Where a passage of a text stands in another print of it (对位): the same words as pasted and as a PDF.

Paragraphs and cells of both are laid side by side in order; what stands alike maps character by
character, what was read otherwise maps as far as its characters agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from gouji.evaluate.edits import Span
from gouji.evaluate.labels import Where
from gouji.model.document import Document, Grid, Paragraph


@dataclass(frozen=True, slots=True)
class _Item:
    """A paragraph or a cell without white space, and where each character stands."""

    text: str
    places: tuple[Where, ...]


def located(
    written: Document, printed: Document, spans: Sequence[Sequence[Span]]
) -> tuple[tuple[Where, ...], ...]:
    """Return where groups of spans of a pasted text stand in another reading of the same words."""
    at: dict[int, Where] = {}
    for (_, start, end), place in _pairs(_items(written), _items(printed)):
        at.update(dict.fromkeys(range(start, end), place))
    return tuple(
        tuple(sorted({at[o] for span in group for o in range(*span) if o in at}, key=_in_order))
        for group in spans
    )


def _in_order(where: Where) -> tuple[int, int, int]:
    return (where[0] or 0, where[1], where[2])


def _items(document: Document) -> list[_Item]:
    found: list[_Item] = []
    for block in document.blocks:
        found += _cells(block) if isinstance(block, Grid) else [_paragraph(document, block)]
    return [item for item in found if item.text]


def _cells(grid: Grid) -> Iterator[_Item]:
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.col)):
        text = "".join(cell.text.split())
        place = (cell.place.page, cell.place.start, cell.place.end)
        yield _Item(text, (place,) * len(text))


def _paragraph(document: Document, paragraph: Paragraph) -> _Item:
    places: list[Where] = []
    for run in paragraph.runs:
        page = document.pages[run.page].number
        places += [(page, offset, offset + 1) for offset in run.offsets]
    kept = [(c, p) for c, p in zip(paragraph.text, places, strict=True) if not c.isspace()]
    return _Item("".join(c for c, _ in kept), tuple(p for _, p in kept))


def _pairs(ours: Sequence[_Item], theirs: Sequence[_Item]) -> Iterator[tuple[Where, Where]]:
    """Yield the places of characters that correspond."""
    matcher = SequenceMatcher(
        None, [i.text for i in ours], [i.text for i in theirs], autojunk=False
    )
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            for one, two in zip(ours[a:b], theirs[c:d], strict=True):
                yield from zip(one.places, two.places, strict=True)
        elif tag == "replace":
            one, two = _joined(ours[a:b]), _joined(theirs[c:d])
            for x, y, size in SequenceMatcher(
                None, one.text, two.text, autojunk=False
            ).get_matching_blocks():
                yield from zip(one.places[x : x + size], two.places[y : y + size], strict=True)


def _joined(items: Sequence[_Item]) -> _Item:
    return _Item("".join(i.text for i in items), tuple(p for i in items for p in i.places))
