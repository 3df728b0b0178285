r"""What a cell of an indicator row says: target, actual, weight, score (单元格内容).

Cells come from scans: `\geq`, "≥ 95%", "15. 26", "100W". A number is read only where the whole cell
is a number with its sign and unit, or where words lead up to one (满意率达 95%); a date is words.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from gouji.extract.numbers import NumberToken, find_numbers
from gouji.model.figure import MONEY_UNITS, PERCENT, SCORE, Figure, Unit, counting_unit
from gouji.model.indicators import EXACT_SCORE, Actual, Operator, Target
from gouji.model.place import Place

_ODD = re.compile(r"[\\$<>=≧⩾≦⩽═﹦]")
_SYMBOLS = (
    (re.compile(r"\\geq?q?(?:slant)?|>=|=>|≧|⩾"), "≥"),
    (re.compile(r"\\leq?q?(?:slant)?|<=|=<|≦|⩽"), "≤"),
    (re.compile("[═﹦]"), "="),
    (re.compile(r"\$|\\%"), ""),
)
_OPERATORS: tuple[tuple[str, Operator], ...] = (
    ("不低于|不少于|不小于|大于等于|大于或等于|至少|≥", "at_least"),
    ("不高于|不超过|不多于|不大于|小于等于|小于或等于|控制在|至多|≤", "at_most"),
    ("大于|超过|高于|多于|>", "more"),
    ("小于|低于|少于|<", "less"),
    ("等于|=", "equal"),
)
_OPERATOR = re.compile("|".join(f"(?P<o{i}>{words})" for i, (words, _) in enumerate(_OPERATORS)))
_REACH = re.compile(r"(?:达到?|达成|完成|为)$")
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_SPLIT_POINT = re.compile(r"(?<=\d)\.\s+(?=\d)|(?<=\d)\s+\.(?=\d)")
_UNIT_TAIL = re.compile(
    r"(?:个百分点|[%‰]|[千万亿]{0,2}[\u4e00-\u9fff]{0,4}(?:/[\u4e00-\u9fff]{1,3})*)"
    r"(?:以上|以内|以下|及以上|左右|\(含\))?"
)
_RANGE = re.compile(
    rf"({_NUMBER})\s*([%\u4e00-\u9fff]{{0,3}})\s*(?:-|~|～|—|至|到)\s*({_NUMBER})\s*([%\u4e00-\u9fff]{{0,3}})"
)
_DATE = re.compile(r"(?:19|20)\d\d\s?年|\d{1,2}\s?月|\d\s?[日号]前|(?:19|20)\d\d[-./]\d{1,2}")
_SCORE = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)\s*(%|分)?")
FULL = Decimal(100)
MOST_IN_ALL = Decimal(150)
"""A closing row may print more than 100 by mistake; what lies beyond is no score."""


def tidy(text: str) -> str:
    """Return a cell without white space, with one spelling for each operator."""
    if _ODD.search(text):
        for pattern, symbol in _SYMBOLS:
            text = pattern.sub(symbol, text)
    return "".join(text.split())


@lru_cache(maxsize=4096)
def as_score(text: str, most: Decimal = FULL) -> Decimal | None:
    """Return a weight or score up to 100, or None: "10", "9.11", "94. 11", "10%", "10分"."""
    found = _SCORE.fullmatch(tidy(text))
    if found is None:
        return None
    value = Decimal(found[1])
    return value if value <= most else None


def score_figure(text: str, place: Place, most: Decimal = FULL) -> Figure | None:
    """Return a weight or score: exact without decimals, in per cent where so printed."""
    found = _SCORE.fullmatch(tidy(text))
    value = as_score(text, most)
    if found is None or value is None:
        return None
    decimals = len(found[1].partition(".")[2])
    unit = EXACT_SCORE if decimals == 0 else SCORE
    if found[2] == "%":
        unit = PERCENT_WEIGHT
    return Figure(found[1], value, unit, decimals, place)


PERCENT_WEIGHT = Unit("%", "count", Decimal(1))
"""A weight printed in per cent ("10%"): exact, and worth as many points."""


def operator_of(text: str) -> tuple[Operator, int, int] | None:
    """Return the first operator of a tidy text with its span."""
    found = _OPERATOR.search(text)
    if found is None or found.lastgroup is None:
        return None
    return _OPERATORS[int(found.lastgroup[1:])][1], found.start(), found.end()


def read_target(text: str, place: Place, sign: str = "", unit: str = "") -> Target:
    """Return the target a cell prints; `sign` and `unit` come from columns of their own."""
    words = tidy(sign + text + unit) if sign or unit else tidy(text)
    parsed = _parse(words)
    if parsed is None:
        span = _RANGE.fullmatch(words)
        if span:
            return _range_target(text, words, place)
        return Target(text, place, "words")
    operator, noun, token, per = parsed
    return Target(text, place, operator, _figure(token, place), None, per, noun)


def read_actual(text: str, place: Place) -> Actual:
    """Return what a cell says was reached."""
    parsed = _parse(tidy(text))
    if parsed is None:
        return Actual(text, place, "words")
    operator, _, token, _ = parsed
    return Actual(text, place, operator, _figure(token, place))


def _range_target(text: str, words: str, place: Place) -> Target:
    span = _RANGE.fullmatch(words)
    low, high = find_numbers(f"{span[1]}{span[2] or span[4]}"), find_numbers(span[3] + span[4])  # type: ignore[index]  # matched by the caller
    if len(low) != 1 or len(high) != 1 or low[0].value >= high[0].value:
        return Target(text, place, "words")
    return Target(text, place, "range", _figure(low[0], place), _figure(high[0], place))


@lru_cache(maxsize=4096)
def _parse(words: str) -> tuple[Operator, str, NumberToken, str] | None:
    """Return (operator, noun before it, number with its unit, per) of a numeric text."""
    words = _SPLIT_POINT.sub(".", words)
    if _DATE.search(words) or not any(c.isdigit() for c in words):
        return None
    found = operator_of(words)
    operator: Operator
    if found is None:
        operator, noun, rest = _without_operator(words)
    else:
        operator, noun, rest = found[0], words[: found[1]], words[found[2] :]
        if operator == "equal" and noun.endswith("率"):
            operator = "bare"
        elif noun and (any(c.isdigit() for c in noun) or not rest[:1].isdigit()):
            return None
    tokens = find_numbers(rest)
    if len(tokens) != 1 or tokens[0].start != 0:
        return None
    token = tokens[0]
    tail = rest[token.end :]
    if _UNIT_TAIL.fullmatch(tail) is None or (len(noun) > _LONGEST_NOUN):
        return None
    if operator == "bare" and re.search("以上|及以上", tail):
        operator = "at_least"
    elif operator == "bare" and re.search("以内|以下", tail):
        operator = "at_most"
    return operator, noun, _with_unit(token, tail), tail.partition("/")[2]


_LONGEST_NOUN = 30


def _without_operator(words: str) -> tuple[Operator, str, str]:
    """Split "满意率达95%" or "满意率95%" into noun and rest; a bare number has no noun."""
    first = next(i for i, c in enumerate(words) if c.isdigit())
    noun = words[:first]
    reach = _REACH.search(noun)
    if reach is not None:
        return (
            "at_least" if reach[0].startswith("达") else "bare",
            noun[: reach.start()],
            words[first:],
        )
    if noun[-1:] in ("率", "度") and words.endswith("%"):
        return "bare", noun, words[first:]
    return "bare", noun, words[first:] if not noun else ""


def _with_unit(token: NumberToken, tail: str) -> NumberToken:
    """Give a number the unit of its tail where the number grammar knows none (5期 is known)."""
    name = re.sub(r"(?:及?以上|以内|以下|左右|\(含\))$", "", tail.partition("/")[0])
    if not name or (token.unit is not None and token.unit.name == name):
        return _plain(token)
    if name in MONEY_UNITS:
        unit = MONEY_UNITS[name]
    elif name == "百分比":
        unit = PERCENT
    elif token.unit is not None and token.unit_text.startswith(name):
        return _plain(token)
    elif name[0] in "万亿" and len(name) > 1:
        unit = counting_unit(name[1:], 10_000 if name[0] == "万" else 100_000_000)
    elif token.unit is not None:
        return _plain(token)
    else:
        unit = counting_unit(name)
    return _plain(token, unit)


def _plain(token: NumberToken, unit: Unit | None = None) -> NumberToken:
    return NumberToken(
        token.start,
        token.end,
        token.stop,
        token.text,
        token.value,
        token.decimals,
        unit or token.unit,
        token.unit_text,
    )


def _figure(token: NumberToken, place: Place) -> Figure:
    return token.figure(place)
