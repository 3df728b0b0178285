r"""Ratios that print their own arithmetic (自带算式的比率).

“三公”经费控制率 100% = (实际支出总额 0 万元 / 预算安排总额 0 万元) × 100% — also as a scan writes
formulas (\text{…}, \times). Only a formula with one amount on each side of the stroke is read.
"""

from __future__ import annotations

import re

from gouji.extract.numbers import find_numbers
from gouji.model.document import Document, Paragraph
from gouji.model.figure import PERCENT, Figure
from gouji.model.indicators import StatedRatio

_HINT = re.compile(r"率[^。;]{0,60}[/÷]")
_NOISE = re.compile(r"\\text|\\times|\\%|\\left|\\right|\\frac|[${}]")
_NAME = r"[“\"\u4e00-\u9fff\"”、()]{2,24}?率"
_AMOUNT = r"[^/÷=。;]{0,40}?\d[\d,]*(?:\.\d+)?\s*(?:万元|亿元|元|人|个|台|家)"
_FORMULA = re.compile(
    rf"(?P<name>{_NAME})(?:为|是)?\s*(?P<p1>\d[\d.]*\s*%)?\s*=\s*[\[(（]*(?P<part>{_AMOUNT})[^/÷=。;]{{0,6}}[/÷]\s*[(（]?"
    rf"(?P<whole>{_AMOUNT})\s*[)）\]]*\s*(?:[×xX*]?\s*100\s*%)?\s*(?:=\s*(?P<p2>\d[\d.]*\s*%))?"
)


def read_ratios(document: Document) -> tuple[StatedRatio, ...]:
    """Return the ratios the prose prints with numerator, denominator and result."""
    found: list[StatedRatio] = []
    for paragraph in document.paragraphs:
        if _HINT.search(paragraph.text):
            found.extend(_ratios(document, paragraph))
    return tuple(found)


def _ratios(document: Document, paragraph: Paragraph) -> list[StatedRatio]:
    blanked = _NOISE.sub(lambda m: " " * len(m[0]), paragraph.text)
    found: list[StatedRatio] = []
    for match in _FORMULA.finditer(blanked):
        percent = "p2" if match["p2"] else "p1" if match["p1"] else ""
        if not percent:
            continue
        rate = _figure(document, paragraph, match, percent)
        part = _figure(document, paragraph, match, "part")
        whole = _figure(document, paragraph, match, "whole")
        if rate is None or part is None or whole is None or rate.unit != PERCENT:
            continue
        words = {
            k: re.sub(r"[\d,.\s]+\S{0,2}$", "", match[k]).strip("( （") for k in ("part", "whole")
        }
        place = document.place(paragraph, match.start(), match.end())
        found.append(StatedRatio(match["name"], rate, part, whole, place, words))
    return found


def _figure(
    document: Document, paragraph: Paragraph, match: re.Match[str], group: str
) -> Figure | None:
    """Return the last number of a group: the amount after its noun."""
    tokens = find_numbers(match[group])
    if not tokens:
        return None
    token = tokens[-1]
    at = match.start(group)
    return token.figure(document.place(paragraph, at + token.start, at + token.stop))
