"""Numbers of chapters and items (序号): 第一部分, 一、, (一), 1., (1), ①."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gouji.extract.wording.lexicon import words
from gouji.model.wording import Neighbour, Ordinal, OrdinalStyle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gouji.extract.wording.scan import Cells, Prose
    from gouji.model.outline import Outline

_CHINESE = "[一二三四五六七八九十]{1,3}"
_MARKER = (
    rf"第(?P<part>{_CHINESE}|\d{{1,2}})(?:部分|章|编)"
    rf"|(?P<chinese>{_CHINESE})、"
    rf"|\((?P<paren>{_CHINESE})\)"
    r"|(?P<digit>\d{1,2})(?:、|\.(?!\d)|\.(?=(?:19|20)\d\d年))"
    r"|\((?P<paren_digit>\d{1,2})\)"
    r"|(?P<half>\d{1,2})\)"
    r"|(?P<circled>[①-⑳])"
)
_HEAD = re.compile(_MARKER)
_LINES = re.compile(rf"(?m)^(?:{_MARKER})")
_INLINE = re.compile(rf"(?<=[。;:])(?<!\d:)(?:{_MARKER})")
_END_OF_TITLE = re.compile(r"[,。;:!?]")
_LONGEST_TITLE = 24
_DIGITS = {c: i for i, c in enumerate("一二三四五六七八九", start=1)}
_STYLES: tuple[OrdinalStyle, ...] = (
    "part", "chinese", "paren", "digit", "paren_digit", "half", "circled",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Marked:
    style: OrdinalStyle
    number: int


def read_ordinals(prose: Prose, cells: Cells, outline: Outline) -> tuple[Ordinal, ...]:
    """Return every number that opens a heading or an item, in printed order (序号)."""
    contents = [(s.first, s.last) for s in outline.sections if s.kind == "contents"]
    found = [*_of_prose(prose, contents), *_of_cells(cells)]
    return tuple(sorted(found, key=lambda o: o.block))


def _of_prose(prose: Prose, contents: list[tuple[int, int]]) -> Iterator[Ordinal]:
    kinds: dict[int, Neighbour] = dict(prose.kinds)
    kinds |= {
        p.index: "ordinal" for p in prose.paragraphs if _HEAD.match(p.text) and not _is_line(p.text)
    }
    for paragraph in prose.paragraphs:
        text = paragraph.text
        around: tuple[Neighbour, Neighbour] = (
            kinds.get(paragraph.index - 1, "none"),
            kinds.get(paragraph.index + 1, "none"),
        )
        listed = any(first <= paragraph.index <= last for first, last in contents)
        head = _HEAD.match(text)
        matches = [*([head] if head else []), *_INLINE.finditer(text)]
        for i, match in enumerate(matches):
            if (marked := _read(match)) is None or (match is head and _is_line(text)):
                continue
            inline = match is not head
            end = matches[i + 1].start() if i + 1 < len(matches) else len(text)
            title = _END_OF_TITLE.split(text[match.end() : end].strip(), maxsplit=1)[0]
            rest = text[match.end() : end].strip()
            yield Ordinal(
                style=marked.style, number=marked.number, marker=match[0], title=title[:40],
                bare=len(rest) <= _LONGEST_TITLE and rest.rstrip("。:") == title,
                heading_like=title.endswith(words("heading_endings"))
                and not title.startswith(words("duty_verbs")),
                block=paragraph.index,
                place=prose.document.place(
                    paragraph, match.start(), min(end, match.end() + max(len(title), 1), len(text))
                ),
                where="inline" if inline else "head",
                before="text" if inline else around[0],
                after=around[1] if end == len(text) else "ordinal",
                contents=listed,
            )  # fmt: skip


def _of_cells(cells: Cells) -> Iterator[Ordinal]:
    for match in _LINES.finditer(cells.text):
        grid, cell = cells.at(match.start())
        marked = None if _is_line(cell.text) else _read(match)
        if marked is not None:
            yield Ordinal(
                marked.style, marked.number, match[0], "", bare=False, heading_like=False, block=grid.index,
                place=cell.place, where="cell",
            )  # fmt: skip


def _is_line(text: str) -> bool:
    """Tell whether a paragraph is really a line of a table that lost its rules (散落的表行)."""
    head = _HEAD.match(text)
    if head is None or not (head["chinese"] or head["digit"]):
        return False
    return text[head.end() :].partition(" ")[0].strip() in words("table_lines")


def _read(match: re.Match[str]) -> _Marked | None:
    for style in _STYLES:
        text = match[style]
        if text is not None:
            number = ord(text) - ord("①") + 1 if style == "circled" else number_of(text)
            return _Marked(style, number) if number else None
    return None


def number_of(text: str) -> int:
    """Return the value of a numeral up to 99, Chinese or Arabic; 0 for what is none (一一)."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return 0
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
