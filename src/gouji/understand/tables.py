"""Names each grid by its title, its unit and its notes (表名识别).

The title stands in the lines above the grid or in its first rows. Form marks (公开03表) are kept but
never decide: provinces number their tables differently.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gouji.model.document import Grid, Paragraph
from gouji.model.figure import MONEY_NAMES, MONEY_UNITS, Unit, counting_unit
from gouji.model.outline import NamedGrid, TableKind
from gouji.model.tables import kind_of_title
from gouji.understand.headings import heading_of

if TYPE_CHECKING:
    from gouji.model.document import Block, Document
    from gouji.model.outline import ReportKind
    from gouji.model.place import Place

_LINES_ABOVE = 9
_ROWS_INSIDE = 4
_UNIT = re.compile(
    rf"(?:金额)?(?:计量)?单位(?:\(金额\))?[::]?\s?(?:人民币)?\(?({MONEY_NAMES})\)?"
    rf"(?![\u4e00-\u9fff])|(?:金额)?单位[::]({MONEY_NAMES})(?=公开|财决|部门|编制|预算|金额|年度)"
)
_BARE_UNIT = re.compile(rf"^\(({MONEY_NAMES})\)$|^(?:金额|决算数)\(({MONEY_NAMES})\)$")
_COUNTS = re.compile(r"单位[::]\s?([台辆套个人、/()]{1,8})$")
_FORM = re.compile(
    r"公开\s?\d+(?:-\d+)?\s?表|财决(?:公开)?\d+表"
    r"|^\(?(?:附件?|附?表|公开表|财决)\s?(?:\d{1,2}(?:-\d{1,2})?|[一二三四五六七八九十]{1,3})\)?[:.、]?$"
    r"|^\d{2}表$"
)
"""公开02表 anywhere; 表02 附表2 表二 only as a line of their own."""
_LOST_HEADING = re.compile(
    "(?:财政拨款|一般公共预算)*“?三公”?经费(?:支出)?|(?:本年)?(?:收入|支出)|项目"
)
"""The only heading of a table's first row: pasted alone on its line, it looks like no row."""
_YEAR = re.compile(r"(?<!\d)(20\d{2})年")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})年度")
_NOTE = re.compile(
    r"^(?:注|备注|说明|填表说明)\s?\d?[::.、]|^\(?注\)?|^\d[.、].{4,}|^\(?(?:本|我)(?:部门|单位|表|套)"
    r"|^无.{4,}的,|没有.*(?:表|收入|支出)|^当此表"
)
_CAPTION = re.compile(
    r"^(?:公开|编制|预算)?(?:部门|单位)(?:名称)?(?:\(公章\))?[::]|^\(?(?:20)?\d{2}年度?\)?$|^附(?:件|表)"
    r"|^第.{1,3}部分|^填[报表](?:单位|部门|日期)|^\d{2}表$"
)
_LONGEST_LINE = 120
_EVALUATION_WORDS = ("三级指标", "指标值", "满意度", "分值", "得分", "产出", "效益", "全年执行数")
_EVALUATION_ENOUGH = 5
_WIDE = 2
"""A title inside the grid spans more columns than a heading usually does."""


@dataclass(slots=True)
class _Mark:
    """What the lines above one grid say."""

    kind: TableKind | None = None
    title: str = ""
    place: Place | None = None
    unit: Unit | None = None
    year: int | None = None
    number: str = ""
    lines: list[int] = field(default_factory=list)


def name_grids(
    document: Document, kind: ReportKind, year: int | None
) -> tuple[tuple[NamedGrid, ...], tuple[tuple[TableKind, Place], ...]]:
    """Return every grid's name, and the titles of known tables under which no grid was found."""
    blocks = document.blocks
    final = kind != "budget"
    named: list[NamedGrid] = []
    claimed: set[int] = set()
    for index, block in enumerate(blocks):
        if isinstance(block, Grid):
            mark = _read_marks(document, index, final=final)
            claimed.update(mark.lines)
            named.append(
                NamedGrid(
                    grid=block.id,
                    kind=mark.kind or "other",
                    title=mark.title,
                    title_place=mark.place,
                    unit=mark.unit,
                    year=mark.year or year,
                    number=mark.number,
                    notes=_notes(blocks, index),
                )
            )
    return tuple(named), _bare_titles(document, claimed, final=final)


def _read_marks(document: Document, index: int, *, final: bool) -> _Mark:
    mark = _Mark()
    blocks = document.blocks
    grid = blocks[index]
    if isinstance(grid, Grid):
        _marks_inside(mark, grid, final=final)
    for at in range(index - 1, max(-1, index - 1 - _LINES_ABOVE), -1):
        block = blocks[at]
        if not isinstance(block, Paragraph):
            break
        if not _read_line(mark, document, block, final=final):
            if at == index - 1 and _LOST_HEADING.fullmatch(block.text):
                continue
            break
        mark.lines.append(at)
        if mark.kind is not None and at < index - 1 and mark.title == block.text:
            break
    if mark.kind is None and isinstance(grid, Grid):
        mark.kind = _by_content(grid)
    return mark


def _by_content(grid: Grid) -> TableKind | None:
    """Tell an untitled self-evaluation (自评表) by its talk of targets, weights and scores."""
    text = "".join(cell.text for cell in grid.cells).replace(" ", "")
    if sum(word in text for word in _EVALUATION_WORDS) < _EVALUATION_ENOUGH:
        return None
    whole = "整体支出" in text or "部门(单位)名称" in text or "部门名称" in text
    return "overall_self_evaluation" if whole else "project_self_evaluation"


def _marks_inside(mark: _Mark, grid: Grid, *, final: bool) -> None:
    """Take title, unit and form mark from the first rows, where some forms print them."""
    for cell in grid.cells:
        if cell.row >= _ROWS_INSIDE:
            break
        text = cell.text
        if not text or len(text) > _LONGEST_LINE:
            continue
        _read_unit(mark, text)
        if mark.kind is None and cell.row <= 1 and "表" in text and text != "项目":
            kind = kind_of_title(text, final_accounts=final)
            if kind is not None and (kind != "other" or cell.colspan > _WIDE):
                mark.kind, mark.title, mark.place = kind, text, cell.place


def _read_unit(mark: _Mark, text: str) -> None:
    if not mark.number:
        form = _FORM.search(text)
        mark.number = form[0].replace(" ", "").strip("():.、") if form else ""
    if mark.unit is None:
        money = _UNIT.search(text) or _BARE_UNIT.match(text)
        if money:
            mark.unit = MONEY_UNITS[money[1] or money[money.lastindex or 1]]
        else:
            counts = _COUNTS.search(text)
            mark.unit = counting_unit(counts[1].strip("()")) if counts else None


def _read_line(mark: _Mark, document: Document, line: Paragraph, *, final: bool) -> bool:
    """Take what a line above the grid says; False where it is no caption at all."""
    text = line.text
    if len(text) > _LONGEST_LINE:
        return False
    if mark.kind is None:
        kind = kind_of_title(text, final_accounts=final)
        if kind is not None and (kind != "other" or not _CAPTION.match(text)):
            mark.kind, mark.title = kind, text
            mark.place = document.place(line, 0, len(text))
            _read_unit(mark, text)
            _read_year(mark, text)
            return True
    elif heading_of(text) is not None or kind_of_title(text) is not None:
        return False
    before = (mark.unit, mark.number)
    _read_unit(mark, text)
    caption = _CAPTION.match(text) is not None or before != (mark.unit, mark.number)
    caption = caption or _UNIT.search(text) is not None or _FORM.search(text) is not None
    if caption:
        _read_year(mark, text)
    return caption


def _read_year(mark: _Mark, text: str) -> None:
    if mark.year is None:
        found = _YEAR.search(text)
        short = _SHORT_YEAR.search(text)
        if found:
            mark.year = int(found[1])
        elif short:
            mark.year = 2000 + int(short[1])


def _notes(blocks: tuple[Block, ...], index: int) -> tuple[str, ...]:
    """Return the lines under a grid that speak of it, up to the next title, heading or grid."""
    notes: list[str] = []
    for block in blocks[index + 1 : index + 7]:
        if not isinstance(block, Paragraph) or not _NOTE.search(block.text):
            break
        if kind_of_title(block.text) is not None:
            break
        notes.append(block.text)
    return tuple(notes)


def _bare_titles(
    document: Document, claimed: set[int], *, final: bool
) -> tuple[tuple[TableKind, Place], ...]:
    """Return titles of known tables that stand over no grid: their cells were lost in reading."""
    found: list[tuple[TableKind, Place]] = []
    blocks = document.blocks
    for index, block in enumerate(blocks):
        if index in claimed or not isinstance(block, Paragraph) or heading_of(block.text):
            continue
        kind = kind_of_title(block.text, final_accounts=final)
        if kind in (None, "other") or block.text.startswith("附"):
            continue
        follows = _text_at(blocks, index + 1)
        if _FORM.search(follows) or _CAPTION.match(follows) or _UNIT.search(follows):
            found.append((kind, document.place(block, 0, len(block.text))))
    return tuple(found)


def _text_at(blocks: tuple[Block, ...], index: int) -> str:
    block = blocks[index] if index < len(blocks) else None
    return block.text if isinstance(block, Paragraph) else ""
