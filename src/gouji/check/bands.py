"""Bands of grades that a report prints itself (报告自定的等级分档): 95(含)-100分为优.

Localities set their own; where a report says how it grades, its words count before the usual bands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gouji.check.scoring import GRADES, grade_fits
from gouji.model.document import Document

_GRADE = "[“\"'‘]?(?P<grade>优秀|优|良好|良|中等|中|合格|不合格|较差|差)(?![好级])[”\"'’]?"
_POINTS = r"(\d{1,3}(?:\.\d+)?)\s?分?(?:\(不?含[^()]{0,6}\))?"
_TO = r"\s?(?:-|—|–|~|～|至|到)+\s?"
_IS = r"\s?(?:\(不?含[^()]{0,6}\))?(?:的|,)?\s?(?:评?定?为|等级为|是|:)"
_PATTERNS = (
    re.compile(rf"(?P<low>{_POINTS}){_TO}(?P<high>{_POINTS}){_IS}{_GRADE}"),
    re.compile(rf"{_GRADE}\s?[(:]\s?(?P<low>{_POINTS}){_TO}(?P<high>{_POINTS})"),
    re.compile(rf"(?P<low>{_POINTS})\s?(?:及)?以上{_IS}{_GRADE}"),
    re.compile(rf"(?P<high>{_POINTS})\s?以下{_IS}{_GRADE}"),
    re.compile(rf"{_GRADE}\s?[(:]\s?(?P<low>{_POINTS})\s?(?:及)?以上"),
    re.compile(rf"{_GRADE}\s?[(:]\s?(?P<high>{_POINTS})\s?以下"),
)
_ENOUGH = 2
"""Grades a scale must name: one alone is the result (得分 92 分以上为优)."""
_FULL = Decimal(100)
_GAP = Decimal(1)
"""Between 80-89 and 90-100 a score of 89.5 belongs to the lower."""

Bands = dict[str, list[tuple[Decimal, Decimal]]]


def printed_bands(document: Document) -> Bands:
    """Return the bands a report prints, by grade; nothing where it names fewer than two grades."""
    bands: Bands = {}
    for paragraph in document.paragraphs:
        if "分" not in paragraph.text:
            continue
        text = "".join(paragraph.text.split())
        for grade, low, high in _bands_in(text):
            bands.setdefault(grade, []).append((low, high))
    return bands if len(bands) >= _ENOUGH else {}


def _bands_in(text: str) -> Iterator[tuple[str, Decimal, Decimal]]:
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            said = found.groupdict()
            low, high = _number(said.get("low")), _number(said.get("high"))
            if low is None or low < (_FULL if high is None else high):
                yield said["grade"] or "", low or Decimal(0), _FULL if high is None else high


def _number(text: str | None) -> Decimal | None:
    found = re.match(r"\d+(?:\.\d+)?", text or "")
    return Decimal(found[0]) if found else None


def carries(grade: str, score: Decimal, bands: Bands) -> bool | None:
    """Tell whether a score carries a grade by the printed bands, else by the usual ones."""
    name = grade.strip("“”\"'")
    if not bands:
        return grade_fits(grade, score)
    own = bands.get(name) or bands.get(name[:1])
    if own is None:
        return None
    if any(low <= score <= high for low, high in own):
        return True
    other = any(low <= score <= high for named in bands.values() for low, high in named)
    return not other and any(high < score < high + _GAP for _, high in own)


def usual(bands: Bands) -> bool:
    """Tell whether printed bands begin where the usual ones do."""
    least = {name: low for name, low, _ in GRADES}
    return all(least.get(g, low) == low for g, ends in bands.items() for low, _ in ends)
