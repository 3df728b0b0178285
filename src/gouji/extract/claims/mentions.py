"""Numbers of a paragraph with the words that govern them (数字与其前文)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from gouji.extract.claims import words
from gouji.extract.claims.sorting import is_threshold, reason_of
from gouji.extract.numbers import NumberToken, find_numbers
from gouji.model.figure import Figure, Unit

_ELISION = re.compile(r"[,、和与及/]\s?")
_NAMED_COUNT = re.compile(
    r"[\u4e00-\u9fff“”、()]{2,24}?(?:经费|资金|补助|项目款|运维费|[\u4e00-\u9fff]费)(?=[,。;:、]|\d|$)"
)
_NOT_A_NAME = re.compile(r"项目|部门|单位|月|方面|科目")
_NAME_HINT = re.compile(r"\d[个项家所条]")
_QUOTED_NAME = re.compile(r"[^\d”’,。;]{2,20}[”’]")
_UNIT_TAIL = re.compile(r"\((?:台|套|辆|个|含|次)\)")
CLAUSE_LIMIT = 120
_WINDOW = 400


@dataclass(slots=True)
class Mention:
    """One quantity of a paragraph (数量): its span with unit, and the words before it."""

    token: NumberToken
    index: int
    start: int
    stop: int
    gap_from: int
    """End of the previous quantity, or 0."""
    gap: str
    """Everything between the previous quantity and this one."""
    clause_from: int
    clause: str
    """The last clause of the gap: what directly governs the number."""
    unit: Unit | None
    unit_name: str
    figure: Figure | None = None
    claims: list[int] = field(default_factory=list)
    tabular: bool = False
    """Stands in a run of bare numbers, as a table's row does in text without its lines."""
    elided: bool = False
    """Continues the number before it: 各是A,B万元."""

    @property
    def dimension(self) -> str:
        """What the unit measures; empty without a unit."""
        return self.unit.dimension if self.unit else ""


@dataclass(slots=True)
class Sorted:
    """The numbers of a paragraph: quantities, and those that are none with the reason."""

    mentions: list[Mention]
    others: list[tuple[NumberToken, str]]


def names_in(text: str) -> set[str]:
    """Return the names that begin with a count and are printed whole: 37个社区网络费."""
    if not _NAME_HINT.search(text):
        return set()
    return {
        text[token.start : token.stop] + found[0]
        for token in find_numbers(text)
        if (found := _is_name(text, token))
    }


def sort_numbers(text: str, names: tuple[str, ...] = ()) -> Sorted:
    """Return the quantities of a paragraph and why its other numbers are none (数字归类)."""
    tokens = find_numbers(text)
    others: list[tuple[NumberToken, str]] = []
    kept: list[NumberToken] = []
    for token in tokens:
        reason = reason_of(text, token) or ("threshold" if is_threshold(text, token) else "")
        named = _is_name(text, token) or _is_quoted(text, token)
        if not reason and (named or text.startswith(names, token.start)):
            reason = "name"
        if reason:
            others.append((token, reason))
        else:
            kept.append(token)
    return Sorted(_mentions(text, kept), others)


def _is_name(text: str, token: NumberToken) -> re.Match[str] | None:
    """Match the name of a project that a count begins: 37个社区网络费20万元."""
    if token.unit is None or token.unit.dimension != "count":
        return None
    before = text[max(0, token.start - 1) : token.start]
    if before and before not in ",;。:、年. (":
        return None
    found = _NAMED_COUNT.match(text, token.stop)
    return None if found is None or _NOT_A_NAME.match(found[0]) else found


def _is_quoted(text: str, token: NumberToken) -> bool:
    """Tell a number inside a quoted name: “15分钟生活圈”."""
    if text[max(0, token.start - 1) : token.start] not in ("“", "‘"):
        return False
    alone = text.startswith(("”", "’"), token.stop) and token.unit is None
    return alone or _QUOTED_NAME.match(text, token.stop) is not None


def _mentions(text: str, tokens: list[NumberToken]) -> list[Mention]:
    found: list[Mention] = []
    last = 0
    units = _elided_units(text, tokens)
    for index, token in enumerate(tokens):
        tail = _UNIT_TAIL.match(text, token.stop)
        stop = tail.end() if tail else token.stop
        begin = max(last, token.start - _WINDOW)
        gap = text[begin : token.start]
        at = words.clause_start(gap)
        if not gap[at:].strip("“”\"' ") and gap[:at].endswith(":"):
            at = words.clause_start(gap[: at - 1])
            clause = gap[at:].rstrip(":")
        else:
            clause = gap[at:]
        unit = token.unit or units.get(index)
        found.append(
            Mention(
                token,
                index,
                token.start,
                stop,
                last,
                gap,
                begin + at,
                clause[-CLAUSE_LIMIT:],
                unit,
                unit.name if unit else "",
                elided=index > 0 and _ELISION.fullmatch(gap) is not None,
            )
        )
        last = stop
    for one, two in pairwise(found):
        if one.token.unit is None and two.token.unit is None and two.gap.isspace():
            one.tabular = two.tabular = True
    return found


def _elided_units(text: str, tokens: list[NumberToken]) -> dict[int, Unit]:
    """Give numbers of a run the unit printed after its last one: 4125.49,4143.91万元."""
    units: dict[int, Unit] = {}
    for index in range(len(tokens) - 2, -1, -1):
        token, following = tokens[index], tokens[index + 1]
        unit = following.unit or units.get(index + 1)
        if token.unit is None and unit and _ELISION.fullmatch(text, token.stop, following.start):
            units[index] = unit
    return units
