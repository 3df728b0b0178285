"""Scoring standards (评分标准): how an indicator earns its points, as printed.

Read are: a full mark (得5分, 满分7分), deductions by step (每下降10个百分点扣0.5分, 每超出1人扣1分),
by item (有1项不符扣2分), and bands (90%(含)-100%得2分). Anything else stays words.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from gouji.extract.indicators.values import score_figure, tidy
from gouji.extract.numbers import find_numbers
from gouji.model.figure import Figure
from gouji.model.indicators import Ladder, Step
from gouji.model.place import Place

Direction = Literal["below", "above", "either", "items", ""]
_N = r"\d+(?:\.\d+)?"
_TAGS = re.compile(r"</?\w+>")
_GAIN = re.compile(
    rf"(?:得|计|给|为)({_N})分|全部符合({_N})分|满分({_N})分?|得({_N})-({_N})分|({_N})分$"
)
_EACH = re.compile(
    r"(?:每|各|分别|逐)[^扣,;。]{0,12}(?:得|计)\d|(?<!增)加\d分|[①②][^扣]{2,60}得\d[^扣]*[②③]"
)
_OPEN = re.compile(rf"(?:得)?({_N})\s?[-~至]\s?({_N})分.{{0,4}}满分({_N})分|({_N})[-~]({_N})分")
_BY_STEP = re.compile(
    rf"每(?P<how>下降|降低|减少|少|低于|低|超出|超过|超|增加|高于|高|多|相差|偏差|变动)(?P<per>{_N})"
    rf"(?P<unit>个百分点|%|人|个|次|项|天)(?P<begun>以内|\(含\)以内|及以内)?,?(?:扣|减)(?:除)?(?P<cost>{_N})分"
)
_BY_ITEM = re.compile(
    rf"(?:有|每有?|发现)?(?P<per>一|1|每)(?:项|处|例|次|起|个|笔)?(?:不符合?|未[^扣]{{1,6}}|不[^扣]{{1,8}})[^扣]{{0,6}},?扣(?P<cost>{_N})分"
)
_BAND = re.compile(
    rf"(?P<op>≥|>|<|≤|=)?(?P<low>{_N})%(?:\(含\))?(?:(?:和|-|~|至)(?P<high>{_N})%(?:\(含\))?(?:之间|以?内)?)?(?:的|之间|以上|以下)*,?得(?P<points>{_N})分"
)
_FULL = re.compile(
    rf"(?:[=为达]|达到|≤|≥|<|>|^)({_N})%?(?:以下|以上|及以[上下])?(?:的|,|时)*(?:得|计){_N}分"
)


def read_ladder(text: str, place: Place) -> Ladder:
    """Return what a scoring standard says; fields stay empty where it does not say."""
    words = tidy(_TAGS.sub("", text))
    spread = _OPEN.search(words)
    maximum = _highest(words, place)
    step = _BY_STEP.search(words)
    item = _BY_ITEM.search(words) if step is None else None
    bands = _bands(words, place)
    full = _FULL.search(words)
    return Ladder(
        text=text,
        place=place,
        maximum=maximum,
        deduct=_number((step or item)["cost"], place) if (step or item) else None,  # type: ignore[index]  # one of the two matched
        per=_number(step["per"] + step["unit"], place) if step else None,
        direction=_direction(words, step, item),
        started=bool(step and step["begun"]),
        full=_number(full[1], place) if full and len(bands) < 2 else None,  # noqa: PLR2004 (a ladder of bands)
        steps=bands if len(bands) > 1 else (),
        open_scale=spread is not None,
    )


def _direction(words: str, step: re.Match[str] | None, item: re.Match[str] | None) -> Direction:
    if item is not None:
        return "items"
    if step is None:
        return ""
    if "绝对值" in words or step["how"] in ("相差", "偏差", "变动"):
        return "either"
    return "below" if step["how"] in ("下降", "降低", "减少", "少", "低于", "低") else "above"


def _highest(words: str, place: Place) -> Figure | None:
    """Return the most points the standard can give; None where it gives points item by item."""
    if _EACH.search(words):
        return None
    found = [g for match in _GAIN.finditer(words) for g in match.groups() if g]
    if not found:
        return None
    return _number(max(found, key=Decimal), place)


def _bands(words: str, place: Place) -> tuple[Step, ...]:
    steps: list[Step] = []
    for match in _BAND.finditer(words):
        low, high = _number(match["low"], place), match["high"] and _number(match["high"], place)
        points = _number(match["points"], place)
        if points is None or low is None:
            continue
        if match["op"] in ("<", "≤") and not high:
            steps.append(Step(None, low, points))
        else:
            steps.append(Step(low, high or None, points))
    return tuple(steps)


def _number(text: str, place: Place) -> Figure | None:
    """Return a number of the standard: points are exact, a step keeps its unit (个百分点, 人)."""
    figure = score_figure(text, place) if text[-1:].isdigit() else None
    if figure is not None:
        return figure
    tokens = find_numbers(text)
    return tokens[0].figure(place) if tokens else None
