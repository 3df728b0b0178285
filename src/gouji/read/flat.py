"""Tables with nothing between their cells (没有分隔的表格): one printed line a row, or one cell a line.

A viewer's copy and most converters print a table so, and a page that was recognised from a scan has no
rules either; nothing marks an empty cell. Such lines look like prose and are none. They are told by where they stand: below a table's title or its money unit,
without a clause among them, with amounts that no unit follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gouji.model.document import Cell, Grid
from gouji.model.place import CellRef, Place
from gouji.model.tables import kind_of_title
from gouji.read.breaks import is_label
from gouji.read.normalize import squeeze_cell

if TYPE_CHECKING:
    from gouji.model.document import Page
    from gouji.read.compose import Piece

_TOKEN = re.compile(r"[^\s|]+")
_UNIT_LINE = re.compile(r"单位\s?[:：]\s?(?:人民币)?[万亿百千]*元\s*$")
_AMOUNT = re.compile(r"(?<!\S)[-\u2212]?\d[\d,]*(?:\.\d+)?(?!\S)(?!\s?[年月日号个台辆批人])")
"""A number that stands alone between spaces: no unit, no word beside it."""
_CLAUSE = re.compile(r"[。;!?]|,(?!\d{3})|(?<!\d),|[\d)]\s?[万亿百千]?元|\d\s?%")
_NOTE = re.compile(r"(?:备?注|说明)[:：]")
_PART = re.compile(r"\s*第[一二三四五六七八九十]{1,3}部分")
_LONGEST = 160
_LONGEST_CAPTION = 60
_CAPTIONS = 4
"""Lines between a title and the table: form mark, unit, filler, year."""
_FEWEST = 3
"""Amounts that make a table."""
_MODELLED_ELSEWHERE = ("project_self_evaluation", "overall_self_evaluation", "evaluation_scores")


def flat_zones(lines: Sequence[str]) -> list[range]:
    """Return the runs of lines that print a table, headings included (表格行)."""
    zones: list[range] = []
    at = 0
    while at < len(lines):
        zone = _zone(lines, at + 1) if _opens(lines[at]) else None
        if zone is None:
            at += 1
            continue
        zones.append(zone)
        at = zone.stop
    return zones


def flat_grid(
    name: str, rows: Sequence[Sequence[Piece]], pages: Sequence[Page], folded: Sequence[str]
) -> Grid | None:
    """Return the grid of such lines, a cell for each word or number; None where nothing is printed.

    A row is the pieces of one printed line; of a line with wide gaps there are several.
    """
    cells = [
        _cell(name, (row, col), (page, start + word.start(), start + word.end()), pages, folded)
        for row, pieces in enumerate(rows)
        for col, (page, start, word) in enumerate(_words(pieces, folded))
    ]
    if not cells:
        return None
    numbers = dict.fromkeys(pages[page].number for pieces in rows for page, _, _ in pieces)
    n_cols = 1 + max(cell.col for cell in cells)
    standing = tuple(number for number in numbers if number is not None)
    return Grid(name, len(rows), n_cols, tuple(cells), standing, ruled=False, flat=True)


def _words(
    pieces: Sequence[Piece], folded: Sequence[str]
) -> Iterator[tuple[int, int, re.Match[str]]]:
    for page, start, end in pieces:
        for word in _TOKEN.finditer(folded[page][start:end]):
            yield page, start, word


def _cell(
    name: str, at: tuple[int, int], piece: Piece, pages: Sequence[Page], folded: Sequence[str]
) -> Cell:
    page, start, end = piece
    printed = pages[page]
    box = printed.box_of(start, end)
    place = Place(printed.text[start:end], start, end, printed.number, box, CellRef(name, *at))
    return Cell(*at, squeeze_cell(folded[page][start:end]), place)


def _opens(line: str) -> bool:
    """Tell a table's title, or the line that says its money unit."""
    if len(line) > _LONGEST_CAPTION:
        return False
    if _UNIT_LINE.search(line):
        return True
    title = line.replace(" ", "")
    kinds = {kind_of_title(title, final_accounts=final) for final in (True, False)}
    return bool(kinds - {None, "other", *_MODELLED_ELSEWHERE})


def _zone(lines: Sequence[str], start: int) -> range | None:
    """Return the table that begins here: up to its last line with an amount."""
    for _ in range(_CAPTIONS):
        if start < len(lines) and is_label(lines[start].strip()):
            start += 1
    last = amounts = 0
    at = start
    for at in range(start, len(lines)):
        line = lines[at]
        if _ends(line) or (_opens(line) and not _AMOUNT.search(line)):
            break
        if printed := len(_AMOUNT.findall(line)):
            last, amounts = at, amounts + printed
    if not amounts and _is_empty_form(lines, start, at):
        return range(start, at)
    return range(start, last + 1) if amounts >= _FEWEST else None


def _is_empty_form(lines: Sequence[str], start: int, end: int) -> bool:
    """Tell the headings of a table in which nothing is printed: from its unit to its note (空表)."""
    under_unit = start > 0 and _UNIT_LINE.search(lines[start - 1]) is not None
    headings = end - start >= _FEWEST and all(
        len(lines[at]) <= _LONGEST for at in range(start, end)
    )
    return under_unit and headings and _NOTE.match(lines[end].strip()) is not None


def _ends(line: str) -> bool:
    if len(line) > _LONGEST or _CLAUSE.search(line) or _PART.match(line):
        return True
    return is_label(line.strip())
