"""What a form leaves behind in a report: instructions, options, placeholders, blanks (模板残留)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from gouji.extract.wording.lexicon import any_of, entries
from gouji.model.wording import Residue, ResidueKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gouji.extract.wording.scan import Cells, Prose

_ASIDE = re.compile(
    r"\(请(?:根据|按|依据|在|填|注明|说明|列|删|参照|结合|如实|自行|选择|补充|详)[^()\n]{1,40}\)"
    r"|\([^()\n]{0,30}(?:(?:如实|据实|应|需|请|要求|情况|规定|内容|实际)填写|填写(?:说明|要求|内容|具体)"
    r"|填列|自行设计|请[^()\n]{0,20}解释|不列举|可删除|\d{2,4}字(?:以内|左右))[^()\n]{0,20}\)"
)
"""An instruction in brackets: (请根据…), (…如实填写), (…100字以内)."""
_CELL_ASIDE = re.compile(r"(?m)(?<=^)(?:对照|结合|针对)[^()\n]{4,60}(\(\d{2,4}字(?:以内|左右)\))$")
"""A cell that still says what to fill in: 结合自评情况，说明……(200字以内)."""
_FORM = re.compile(r"\(?注?:?[^()。\n]{0,12}财决\d{2}(?:-\d)?表[^()。\n]{0,12}\)?")
"""A reference to the ministry's own forms, which are never published: 财决07表."""
_PLACEHOLDER = re.compile(
    r"[Xx×╳*_□△。](?:(?<=X)X+|(?<=x)x+|(?<=[×╳])[×╳]+|(?<=\*)\*{2,}|(?<=_)_{2,}|(?<=□)□+|(?<=△)△+|(?<=。)。{2,})"
)
_BESIDE_LETTER = re.compile(r"[A-Za-z./@\-]")
"""Beside these, xx is part of an address or a model number."""
_RULED = re.compile(r"^[*_\s]+$|签(?![订约])|[(盖公印]章|日期|电话|填报|填表")
"""A drawn line, or a line to sign on."""
_DOTS = re.compile(r"(?m)^(?:…+|\.{3,}|。{2,})$")
_BLANK = re.compile(
    r"(?:增加|减少|增长|下降|上升|降低|合计|总计|决算数?为|预算数?为)(?:万元|亿元|%)(?=[,。;、(]|$)"
    r"|(?<![\d.])占(?:[^,。;:\d\n]{0,14}(?:的|预算|支出|收入|合计|总计|总额|经费))?%",
    re.MULTILINE,
)


def read_residue(prose: Prose, cells: Cells) -> Iterator[Residue]:
    """Yield what a form left in the text (模板残留)."""
    yield from _phrases(prose, "instruction", any_of("instructions"), _ASIDE)
    if "财决" in prose.text:
        yield from _phrases(prose, "instruction", _FORM)
    yield from _phrases(cells, "instruction", any_of("instructions"), _CELL_ASIDE)
    yield from _options(prose)
    yield from _phrases(prose, "placeholder", any_of("placeholders"))
    yield from _phrases(cells, "dots", _DOTS)
    yield from _placeholders(prose)
    yield from _placeholders(cells)
    for found in _BLANK.finditer(prose.text):
        if prose.is_sentence(found.start()):
            yield Residue("blank", found[0], prose.place(*found.span()), prose.block(found.start()))
    yield from _phrases(prose, "field_code", any_of("field_codes"))


def _phrases(
    scan: Prose | Cells, kind: ResidueKind, *patterns: re.Pattern[str]
) -> Iterator[Residue]:
    for pattern in patterns:
        for found in pattern.finditer(scan.text):
            start, end = found.span()
            yield Residue(kind, found[0], scan.place(start, end), scan.block(start))


def _placeholders(scan: Prose | Cells) -> Iterator[Residue]:
    """Yield XX, ××, ***, ___ where a name or a figure should stand."""
    for found in _PLACEHOLDER.finditer(scan.text):
        start, end = found.span()
        before, after = scan.text[start - 1 : start], scan.text[end : end + 1]
        if found[0][0] in "Xx" and (_BESIDE_LETTER.match(before) or _BESIDE_LETTER.match(after)):
            continue
        if found[0][0] == "*" and (before.isdigit() or after.isdigit()):
            continue
        if found[0][0] in "*_" and _RULED.search(scan.line_text(start)):
            continue
        yield Residue("placeholder", found[0], scan.place(start, end), scan.block(start))


def _options(prose: Prose) -> Iterator[Residue]:
    """Yield choices the writer did not make: 增加(减少), 自评/评价."""
    bracketed, slashed = _option_patterns()
    opposites = _opposites()
    for found in bracketed.finditer(prose.text):
        at = found.start()
        one = next((w for w in opposites[found[1]] if prose.text.endswith(w, 0, at)), None)
        # A title or a column's head may name both directions; a sentence may not.
        if one and prose.is_sentence(at):
            yield _option(prose, at - len(one), found.end())
    for found in _RUN_TOGETHER.finditer(prose.text):
        yield _option(prose, *found.span())
    if "/" in prose.text:
        for found in slashed.finditer(prose.text):
            yield _option(prose, *found.span())


_RUN_TOGETHER = re.compile(
    r"(?:大小|小大|高低|低高)于(?=[^,。;:\d\n]{0,8}预算)"
    r"|(?:减增加|增减少|减少增加|增加减少|增长下降|下降增长|增加下降|减少增长)(?=\d)"
)
"""Both ways of a choice left side by side: 决算数大小于预算数, 比上年减增加12万元."""


def _option(prose: Prose, start: int, end: int) -> Residue:
    return Residue("option", prose.text[start:end], prose.place(start, end), prose.block(start))


@cache
def _opposites() -> dict[str, tuple[str, ...]]:
    """Return for each word of direction its opposites."""
    pairs = [(a, b) for one, two in entries("opposites") for a, b in ((one, two), (two, one))]
    return {word: tuple(b for a, b in pairs if a == word) for word, _ in pairs}


@cache
def _option_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    opposites = _opposites()
    slashed = "|".join(f"{a}/{b}" for a, others in opposites.items() for b in others)
    return (
        re.compile(rf"\(({'|'.join(opposites)})\)(?!率|额|幅|比例|=)"),
        re.compile(rf"(?:{slashed})(?!率|额|幅|比例|=)|{any_of('choices').pattern}"),
    )
