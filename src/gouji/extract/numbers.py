"""Every printed number of a text or a cell, read exactly (数字解析).

Texts are normalised (half-width digits and punctuation) but keep the white space a scan left inside
numbers. Prose and cells differ in what they forgive: a cell holds one number, so odd spaces inside
it are joined and marked; in prose a stray comma or space ends the number, because lists look alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from gouji.model.figure import (
    MONEY_NAMES,
    MONEY_UNITS,
    PER_MILLE,
    PERCENT,
    POINT,
    SCORE,
    TIMES,
    WAN_YUAN,
    YI_YUAN,
    Approximation,
    Figure,
    Misread,
    Unit,
    counting_unit,
)
from gouji.model.place import Place

_COUNTED = (
    "人次|批次|团组|人员|台/套|台\\(套\\)|台、套|台套|个工作日|工作日|个月|平方米|平方公里|立方米|公里|千米|小时|分钟|"
    "[人名个辆台套家项次天份件户起场期册部条张篇间所例亩吨米处座只批组类宗笔支艘架盏棵株头岁届幅]"
)
_NOT_A_UNIT = "批复|次年|项目(?!标)|部门|部分|所属|台账|期间|起[^,;。、]|名称|家庭|间[^,;。、]"
_SCORE_WORD = "分(?![钟别类管项局所支公期工配级析设校行布])"
_SUFFIX = re.compile(
    rf"\s?(?P<more>[余多])?(?P<name>个?百分点|%|‰|{MONEY_NAMES}|倍"
    rf"|[万亿](?:{_COUNTED})?|{_SCORE_WORD}|(?!{_NOT_A_UNIT})(?:{_COUNTED}))"
    r"(?P<after>以上|左右|以内|以下)?"
)
_UNITS = {
    **MONEY_UNITS,
    "个百分点": POINT,
    "百分点": POINT,
    "%": PERCENT,
    "‰": PER_MILLE,
    "倍": TIMES,
    "分": SCORE,
}
_SIZE = {"万": 10_000, "亿": 100_000_000}
_MONEY_WORD = re.compile(
    "资金|经费|支出|收入|预算|决算|拨款|金额|款项?|费用?|结余|结转|总额|投资|成本|价值|原值|补助|补贴"
)
_NUMBER = re.compile(
    r"(?P<sign>(?<![\w)%.\-])[-\u2212+]|(?<=[\u4e00-\u9fff])[-\u2212])?"
    r"(?P<int>\d{1,3}(?:,\d{3})+(?!\d)|[1-9]\d{0,2}(?:\s\d{3})+(?=(?:\.\d+)?\s?[千万亿]?元)|\d+)"
    r"(?P<frac>(?:\.|(?<!^\d)\s?\.\s?)(?!(?:19|20)\d\d\s?年)\d+(?!\.\d))?"
)
_BEFORE = re.compile(
    r"(?P<under>不足|不到|未超过|不超过|未达)$"
    r"|(?P<over>超过|(?<![高赶])超出?|逾|突破|多达)$"
    r"|(?P<about>大约为?|(?<![节合预公制契违条签租履特])约(?:为|计)?|将近|接近|(?<![最附亲靠临就])近)$"
)
_AFTER: dict[str, Approximation] = {
    "以上": "over",
    "左右": "about",
    "以下": "under",
    "以内": "under",
}


@dataclass(frozen=True, slots=True)
class NumberToken:
    """One printed number of a text (数字): its span, exact value and the unit directly after it."""

    start: int
    end: int
    """Span of the digits (with sign), unit excluded."""
    stop: int
    """End of the unit, or `end` where none follows."""
    text: str
    """Digits, sign and point only."""
    value: Decimal
    decimals: int
    unit: Unit | None
    unit_text: str = ""
    misread: Misread | None = None
    approximate: Approximation | None = None

    def figure(self, place: Place, unit: Unit | None = None, house: int | None = None) -> Figure:
        """Return the figure at a place; `unit` stands in where the text prints none."""
        finer = house if house is not None and house > self.decimals else None
        return Figure(
            text=self.text,
            value=self.value,
            unit=self.unit or unit,
            decimals=self.decimals,
            place=place,
            house=finer,
            approximate=self.approximate,
            misread=self.misread,
        )


@lru_cache(maxsize=256)
def _counted(name: str, factor: int = 1) -> Unit:
    return counting_unit(name, factor)


def _unit_of(match: re.Match[str], before: str) -> Unit | None:
    name = match["name"]
    known = _UNITS.get(name)
    if known is not None:
        return known
    size = _SIZE.get(name[0])
    if size is None:
        return _counted(name)
    if len(name) > 1:
        return _counted(name, size)
    if _MONEY_WORD.search(before):
        return WAN_YUAN if name == "万" else YI_YUAN
    return Unit(name, "other", Decimal(size))


def _approximation(before: str, suffix: re.Match[str] | None) -> Approximation | None:
    seen = _BEFORE.search(before)
    if seen is not None:
        return {"under": "under", "over": "over", "about": "about"}[seen.lastgroup or "about"]  # type: ignore[return-value]  # the three group names are the literals
    if suffix is None:
        return None
    if suffix["more"]:
        return "over"
    return _AFTER.get(suffix["after"] or "")


def find_numbers(text: str) -> list[NumberToken]:
    """Return every printed number of a paragraph, left to right.

    Years, codes and ordinals come back too: what a number is for is for the grammars to say.
    """
    return [_token(text, found) for found in _NUMBER.finditer(text)]


def _token(text: str, found: re.Match[str]) -> NumberToken:
    whole = re.sub(r"[\s,]", "", found["int"])
    fraction = found["frac"] or ""
    digits = fraction.strip().removeprefix(".").strip()
    split = any(c.isspace() for c in fraction)
    apart = any(c.isspace() for c in found["int"])
    sign = "-" if found["sign"] in ("-", "\u2212") else ""
    printed = sign + whole + ("." + digits if digits else "")
    before = text[max(0, found.start() - 24) : found.start()]
    suffix = _SUFFIX.match(text, found.end())
    return NumberToken(
        start=found.start(),
        end=found.end(),
        stop=suffix.end() if suffix else found.end(),
        text=printed,
        value=Decimal(printed),
        decimals=len(digits),
        unit=_unit_of(suffix, before) if suffix else None,
        unit_text=suffix[0].strip() if suffix else "",
        misread=Misread.SPLIT_DIGITS if apart or (split and len(digits) < _FULL_FRACTION) else None,
        approximate=_approximation(before, suffix),
    )


# --- cells -----------------------------------------------------------------------------------

_NONE = re.compile(r"[-\u2014\u2013\u2212_/\\\s.·]*|无|\u2014+")
_CELL = re.compile(
    r"(?P<sign>[-\u2212+])?\s?(?P<int>\d{1,3}(?:\s?,\s?\d{3})+|\d+)"
    r"(?:\s?(?P<point>[.,])\s?(?P<frac>\d+(?!\d)))?(?:\s*(?P<unit>%|万元|千元|亿元|元))?"
)
_FULL_FRACTION = 2
"""A point followed by so many digits lost none of them to the space beside it (25. 65)."""
_CELL_UNITS: dict[str, Unit] = {"%": PERCENT, **MONEY_UNITS}


@dataclass(frozen=True, slots=True)
class CellNumber:
    """A number read from a cell (单元格数字)."""

    text: str
    decimals: int
    unit: Unit | None = None
    misread: Misread | None = None

    def figure(self, place: Place, unit: Unit | None) -> Figure:
        """Return the figure at a place, in the cell's own unit or the table's."""
        return Figure(
            text=self.text,
            value=Decimal(self.text),
            unit=self.unit or unit,
            decimals=self.decimals,
            place=place,
            misread=self.misread,
        )


def is_blank(text: str) -> bool:
    """Tell whether a cell prints nothing or a mark for nothing (空、-、—、/)."""
    return _NONE.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def numbers_in_cell(text: str) -> tuple[CellNumber, ...]:
    """Return the numbers of a cell that holds nothing else; empty when it holds words or nothing.

    Two numbers in one cell are a neighbour's cell run into it; each is marked REPEATED.
    """
    text = text.strip()
    if not text or not any(c.isdigit() for c in text):
        return ()
    found: list[CellNumber] = []
    at = 0
    while at < len(text):
        match = _CELL.match(text, at)
        if match is None:
            return ()
        found.append(_cell_number(match))
        at = match.end()
        if at < len(text) and not text[at].isspace():
            return ()
        at += len(text[at:]) - len(text[at:].lstrip())
    if len(found) > 1:
        found = [replace(n, misread=Misread.REPEATED) for n in found]
    return tuple(found)


def _cell_number(match: re.Match[str]) -> CellNumber:
    whole = re.sub(r"[\s,]", "", match["int"])
    fraction = match["frac"] or ""
    misread: Misread | None = None
    if match["point"] == ",":
        misread = Misread.COMMA_FOR_POINT
    elif len(fraction) < _FULL_FRACTION and any(c.isspace() for c in match[0].strip()):
        misread = Misread.SPLIT_DIGITS
    sign = "-" if match["sign"] in ("-", "\u2212") else ""
    text = sign + whole + ("." + fraction if fraction else "")
    return CellNumber(text, len(fraction), _CELL_UNITS.get(match["unit"] or ""), misread)


def blank_figure(place: Place, unit: Unit | None) -> Figure:
    """Return the figure of an empty cell: nothing, 0 exactly (空白)."""
    return Figure("", Decimal(0), unit, 0, place, blank=True)


def figure_from_cell(text: str, place: Place, unit: Unit | None) -> Figure | None:
    """Return the figure of a cell: blank for an empty one, None where it prints words.

    None too where several numbers share the cell: which is meant is for the table to say.
    """
    if is_blank(text):
        return blank_figure(place, unit)
    numbers = numbers_in_cell(text)
    return numbers[0].figure(place, unit) if len(numbers) == 1 else None


# --- house precision -------------------------------------------------------------------------


def house_decimals(figures: Iterable[Figure]) -> int | None:
    """Return the decimals most money figures carry (惯用小数位); None without any."""
    counts = Counter(f.decimals for f in figures if f.dimension == "money" and not f.blank)
    if not counts:
        return None
    return max(counts.items(), key=lambda pair: (pair[1], pair[0]))[0]


def at_house(figure: Figure, decimals: int | None) -> Figure:
    """Return the figure with house precision noted, where it is finer than printed."""
    if decimals is None or figure.blank or figure.dimension != "money":
        return figure
    return replace(figure, house=decimals) if decimals > figure.decimals else figure
