"""Performance forms whose rows ran together when they were copied (绩效表成流).

A reader or a crawler leaves the cells in their order and loses where a row ends: one cell a line, or all
in one line with spaces between. Such a form is known by its head (一级指标 二级指标 三级指标) and kept as one
row of cells; what knows the form finds its rows again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gouji.read.tabbed import Span

_GAP = r"[\s|]+"
_HEAD = re.compile(
    rf"一级\s*指标(?:(?P<apart>{_GAP})二级\s*指标{_GAP}三级\s*指标{_GAP}|二级\s*指标三级\s*指标)"
)
_NAME = re.compile(r"(?:项目(?:支出)?|单位|部门|专项资金)名称")
_OPENS = re.compile(r"(?:项目(?:支出)?|单位|部门|专项资金)\s*名称(?=[\s|::])")
_CLOSES = re.compile(
    rf"总\s*(?:得)?分(?:\s*值)?{_GAP}\d+(?:\.\d+)?分?(?:{_GAP}\d+(?:\.\d+)?分?)?(?!\d)"
)
_TOTAL = re.compile(r"总\s?(?:得)?分\s*[\d.]+")
_STOPS = re.compile(
    r"[\s|](?:注|备注|填[报表]人|说明)[::]|(?:项目|单位|部门)\s*名称[\s|::]"
    r"|[\s|](?:项目|部门|单位)?(?:整体)?(?:支出)?绩效(?:目标|自评)表"
)
_LEVEL2 = re.compile(r"(?:数量|质量|时效|成本|社会效益|满意度)\s*指标")
_ROWS = re.compile(rf"总\s*分|{_LEVEL2.pattern}")
_FIRST = re.compile(r"(?:产出|效益|满意度)\s*指标")
_NEAR = 200
_BEFORE = 2500
_WITHIN = 8000
_MOST_CELLS = 600
_ENOUGH_LABELS = 2
_ENOUGH_LINES = 12
_ONE_CELL = 0.7
_LONGEST_PART = 60
_TOKEN = re.compile(r"[^\s|]+")
_LINE_CELL = re.compile(r"[^|\n]*[^|\s][^|\n]*")


_RUN = re.compile(r"[\d.,%≥≤]*\d[\d.,%]*|[^\s\d][^\d\n]*")
"""Where even the spaces are gone, numbers and words are all that can be told apart."""


class Stream(NamedTuple):
    """A form that ran together: where it begins and ends, and its cells."""

    start: int
    end: int
    cells: list[Span]


def streams(folded: str) -> list[Stream]:
    """Return the forms of a text whose rows ran together, in order."""
    if "一级" not in folded:
        return []
    found: list[Stream] = []
    after = 0
    for head in _HEAD.finditer(folded):
        glued = head["apart"] is None
        if head.start() < after or not (glued or _ran_together(folded, head)):
            continue
        stream = _stream(folded, head, after, glued=glued)
        if stream is not None:
            found.append(stream)
            after = stream.end
    return found


def _ran_together(folded: str, head: re.Match[str]) -> bool:
    """Tell whether a head stands in no row of its own: a cell a line, spaces, or values behind it."""
    first = folded.rfind("\n", 0, head.start()) + 1
    stop = folded.find("\n", head.end())
    line = folded[first : len(folded) if stop < 0 else stop]
    if "\t" in line:
        return False
    if "||" in folded[head.start() : head.end() + _NEAR]:
        return False  # rows filled up with pipes
    if "|" not in line:
        return True
    return (
        "\n" in head[0].strip() or _FIRST.search(folded, head.end(), first + len(line)) is not None
    )


def _stream(folded: str, head: re.Match[str], after: int, *, glued: bool) -> Stream | None:
    before = max(after, head.start() - _BEFORE)
    opens = [m.start() for m in (_NAME if glued else _OPENS).finditer(folded, before, head.start())]
    start = opens[-1] if opens else head.start()
    if _ROWS.search(folded, start, head.start()):
        start = head.start()  # another form stands between
    end = min(len(folded), head.end() + _WITHIN)
    stops = _STOPS.search(folded, head.end(), end)
    if stops:
        end = stops.start()
    closes = (_TOTAL if glued else _CLOSES).search(folded, head.end(), end)
    if closes:
        end = closes.end()
    if len(_LEVEL2.findall(folded, head.end(), end)) < _ENOUGH_LABELS or "\t" in folded[start:end]:
        return None
    if glued:
        return Stream(start, end, [m.span() for m in _RUN.finditer(folded, start, end)])
    cells = _cells(folded, start, end)
    return Stream(start, end, cells) if len(cells) <= _MOST_CELLS else None


def _cells(folded: str, start: int, end: int) -> list[Span]:
    """Return the cells: the lines where nearly all hold one, else what stands between spaces."""
    lines = [m.span() for m in _LINE_CELL.finditer(folded, start, end)]
    single = sum(len(folded[a:b].split()) == 1 for a, b in lines)
    if len(lines) >= _ENOUGH_LINES and single >= _ONE_CELL * len(lines):
        return [_trimmed(folded, a, b) for a, b in lines]
    return [m.span() for m in _TOKEN.finditer(folded, start, end)]


def _trimmed(folded: str, start: int, end: int) -> Span:
    cell = folded[start:end]
    return start + len(cell) - len(cell.lstrip()), start + len(cell.rstrip())
