"""One long string over many stretches of text, so that a search runs once a document (连续文本)."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from gouji.model.document import Grid, Paragraph

if TYPE_CHECKING:
    from gouji.model.document import Cell, Document
    from gouji.model.place import Place


_NEAR = 300
"""Characters to either side that are still looked at in a sentence without end."""


_PAUSES = ",。;"
_TELLING = 4
_CONTEXT = 24
"""Characters of a clause shown to either side of a word."""


class Prose:
    """All paragraphs, one a line; offsets lead back to where each character is printed (段落)."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.paragraphs = document.paragraphs
        self.text = "\n".join(p.text for p in self.paragraphs)
        self._starts: list[int] = []
        self._sentences: dict[int, bool] = {}
        at = 0
        for paragraph in self.paragraphs:
            self._starts.append(at)
            at += len(paragraph.text) + 1

    def number(self, at: int) -> int:
        """Return which paragraph holds a character."""
        return bisect_right(self._starts, at) - 1

    def block(self, at: int) -> int:
        """Return the block index of the paragraph that holds a character."""
        return self.paragraphs[self.number(at)].index

    def line(self, at: int) -> tuple[int, int]:
        """Return where the paragraph that holds a character starts and ends."""
        number = self.number(at)
        start = self._starts[number]
        return start, start + len(self.paragraphs[number].text)

    def line_text(self, at: int) -> str:
        """Return the text of the paragraph that holds a character."""
        return self.paragraphs[self.number(at)].text

    def sentence(self, at: int) -> str:
        """Return the sentence that holds a character, or what stands near in a very long one (句)."""
        start, end = self.line(at)
        start, end = max(start, at - _NEAR), min(end, at + _NEAR)
        first = self.text.rfind("。", start, at) + 1 or start
        last = self.text.find("。", at, end)
        return self.text[first : last if last >= 0 else end]

    def is_sentence(self, at: int) -> bool:
        """Tell whether a character stands in a sentence, not in a title or a line of a table."""
        number = self.number(at)
        if number not in self._sentences:
            text = self.paragraphs[number].text
            self._sentences[number] = any(mark in text for mark in ",。;")
        return self._sentences[number]

    def place(self, start: int, end: int) -> Place:
        """Return where a stretch is printed, to the end of its paragraph at most."""
        number = self.number(start)
        first = self._starts[number]
        length = len(self.paragraphs[number].text)
        return self.document.place(self.paragraphs[number], start - first, min(end - first, length))

    def clause(self, start: int, end: int) -> Place:
        """Return where a word is printed; a very short one, which tells little, with its clause."""
        if end - start >= _TELLING:
            return self.place(start, end)
        first, last = self.line(start)
        before = max((self.text.rfind(mark, first, start) for mark in _PAUSES), default=-1) + 1
        after = min(
            (at for mark in _PAUSES if (at := self.text.find(mark, end, last)) >= 0), default=last
        )
        return self.place(max(first, before, start - _CONTEXT), min(after, end + _CONTEXT))

    @cached_property
    def kinds(self) -> dict[int, Literal["text", "grid"]]:
        """What each block is: "text" or "grid"."""
        return {
            b.index: "text" if isinstance(b, Paragraph) else "grid" for b in self.document.blocks
        }


class Cells:
    """All table cells, one a line (单元格)."""

    def __init__(self, document: Document) -> None:
        self.cells: list[tuple[Grid, Cell]] = [
            (grid, cell) for grid in document.grids for cell in grid.cells if cell.text
        ]
        texts = [cell.text.replace("\n", " ") for _, cell in self.cells]
        self.text = "\n".join(texts)
        self._starts: list[int] = []
        at = 0
        for text in texts:
            self._starts.append(at)
            at += len(text) + 1

    def at(self, at: int) -> tuple[Grid, Cell]:
        """Return the cell that holds a character, and its grid."""
        return self.cells[bisect_right(self._starts, at) - 1]

    def line_text(self, at: int) -> str:
        """Return the text of the cell that holds a character."""
        return self.at(at)[1].text

    def block(self, at: int) -> int:
        """Return the block index of the grid that holds a character."""
        return self.at(at)[0].index

    def place(self, start: int, end: int) -> Place:  # noqa: ARG002 (a cell is quoted whole)
        """Return the place of the cell that holds a stretch."""
        return self.at(start)[1].place
