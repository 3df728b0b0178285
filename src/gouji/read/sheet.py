"""One PDF page as words and rules, turned upright (版面).

The text and the drawings of a page are each read once. Characters are asked for only where a word
crosses a rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gouji.read.mupdf import UPRIGHT, Fetched, MupdfText, Turn, Word, damage
from gouji.read.rules import Rules, rules_of

if TYPE_CHECKING:
    from gouji.model.place import Box

_SIDEWAYS = 2.0
_FEW = 20


def turned(box: Box, turn: Turn) -> Box:
    """Return a box after a turn."""
    a, b, c, d, e, f = turn
    x0, y0, x1, y1 = box
    xa, ya = a * x0 + c * y0 + e, b * x0 + d * y0 + f
    xb, yb = a * x1 + c * y1 + e, b * x1 + d * y1 + f
    return (min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def _inverse(turn: Turn) -> Turn:
    a, b, c, d, e, f = turn
    return (a, c, b, d, -(a * e + b * f), -(c * e + d * f))


class Sheet:
    """Words and rules of a page in the direction its text is read.

    `width` and `height` are those of the page as displayed; `shown` brings a box back there.
    """

    __slots__ = ("_back", "_text", "_turn", "height", "number", "rules", "size", "width", "words")

    def __init__(self, fetched: Fetched, number: int) -> None:
        self.number = number
        self._text: MupdfText = fetched.text
        self.words: list[Word] = fetched.words
        self.size = fetched.unturned
        """Width and height as read, after turning."""
        drawings = fetched.drawings
        self.width, self.height = fetched.unturned
        self._turn = UPRIGHT
        self._back: Turn | None = None
        sideways = _is_sideways(self.words)
        if sideways or fetched.rotation != UPRIGHT:
            self._turn_upright(fetched.rotation, sideways=sideways)
            drawings = [_turned_drawing(drawing, self._turn) for drawing in drawings]
        self.rules: Rules = rules_of(drawings)

    @property
    def has_little_text(self) -> bool:
        """Tell whether the page has hardly any text, as a scan has."""
        return sum([len(word[4]) for word in self.words]) < _FEW

    @property
    def is_turned(self) -> bool:
        """Tell whether boxes differ between the page as read and as displayed."""
        return self._back is not None

    def shown(self, box: Box) -> Box:
        """Return a box as the page is displayed."""
        return box if self._back is None else turned(box, self._back)

    def characters(self) -> dict[tuple[int, int], list[tuple[Box, str]]]:
        """Return the characters of each line, by the numbers of block and line."""
        with damage():
            raw: dict[str, Any] = self._text.extractRAWDICT()
        return {
            (block["number"], number): [
                (turned(char["bbox"], self._turn), char["c"])
                for span in line["spans"]
                for char in span["chars"]
            ]
            for block in raw["blocks"]
            for number, line in enumerate(block.get("lines", ()))
        }

    def _turn_upright(self, rotation: Turn, *, sideways: bool) -> None:
        shown = turned((0, 0, *self.size), rotation)
        self.width, self.height = shown[2] - shown[0], shown[3] - shown[1]
        turn = _reading_turn(self._text) if sideways else UPRIGHT
        whole = turned((0, 0, *self.size), turn)
        turn = (*turn[:4], turn[4] - whole[0], turn[5] - whole[1])
        self.size = (whole[2] - whole[0], whole[3] - whole[1])
        self._turn = turn
        self._back = _product(_inverse(turn), rotation)
        self.words = [(*turned(word[:4], turn), *word[4:]) for word in self.words]


def _product(first: Turn, then: Turn) -> Turn:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _is_sideways(words: list[Word]) -> bool:
    """Tell whether most words run up or down the page."""
    up = sum([1 for w in words if len(w[4]) > 1 and w[3] - w[1] > _SIDEWAYS * (w[2] - w[0])])
    if not up:
        return False
    across = sum([1 for w in words if len(w[4]) > 1 and w[2] - w[0] > w[3] - w[1]])
    return up > across


def _reading_turn(text: MupdfText) -> Turn:
    """Return the turn that makes the commonest writing direction run to the right."""
    weight: dict[tuple[int, int], int] = {}
    with damage():
        blocks = text.extractDICT()["blocks"]
    for block in blocks:
        for line in block.get("lines", ()):
            cos, sin = line["dir"]
            way = (round(cos), round(sin))
            weight[way] = weight.get(way, 0) + len(line["spans"])
    cos, sin = max(weight, key=lambda way: weight[way]) if weight else (1, 0)
    return (cos, -sin, sin, cos, 0, 0)


def _turned_drawing(drawing: dict[str, Any], turn: Turn) -> dict[str, Any]:
    a, b, c, d, e, f = turn

    def point(p: tuple[float, float]) -> tuple[float, float]:
        return (a * p[0] + c * p[1] + e, b * p[0] + d * p[1] + f)

    items: list[tuple[Any, ...]] = []
    for item in drawing["items"]:
        if item[0] == "re":
            items.append(("re", turned(item[1], turn)))
        elif item[0] == "l":
            items.append(("l", point(item[1]), point(item[2])))
        elif item[0] == "qu":
            items.append(("qu", [point(p) for p in item[1]]))
    return {**drawing, "items": items, "rect": turned(drawing["rect"], turn)}
