"""Printed rows → indicators as drafts (成行): joins what a narrow column or a page break tore apart.

A scan may print one indicator over two or three rows, with its weight and score printed again beside
each. A row continues the one above when that one ends in a bare sign (≥), when it completes a known
outcome (基本达 + 成目标), when it only adds a unit, or when it merely echoes unreadable values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gouji.extract.indicators.align import Aligned
from gouji.extract.indicators.rows import RowView
from gouji.extract.indicators.values import as_score, operator_of, read_target, tidy
from gouji.extract.indicators.words import PAREN_WEIGHT, Role
from gouji.model.document import Cell
from gouji.model.place import Place

_OUTCOMES = (
    "基本达成目标", "达成目标", "全部达成", "实现目标程度较低", "达成年度指标", "达成预期指标", "部分达成预期指标",
    "部分达成年度指标并具有一定效果", "未达成年度指标且效果较差", "未达成预期指标", "全部或基本达成预期指标",
    "部分达成预期指标并具有一定效果", "未达成预期指标且效果较差", "已完成", "全部完成", "基本完成", "未完成",
)  # fmt: skip
_UNIT = re.compile(
    r"[千万亿]{0,2}(?:元|人|家|个|件|次|台|场|期|户|项|天|人次|份|张|%|套|辆|名|处|批)/?"
)
_SIGNS = ("≥", "≤", ">", "<", "=")
_CJK = re.compile(r"[\u4e00-\u9fff]")
_FRAGMENT = 6
_NOWHERE = Place("", 0, 0)
VALUES: tuple[Role, ...] = ("target", "actual", "weight", "score")
SCORES: tuple[Role, ...] = ("weight", "score")


@dataclass
class Draft:
    """An indicator being put together (未定稿): texts and cells of each role, rows in order."""

    rows: list[RowView]
    texts: dict[Role, str]
    cells: dict[Role, tuple[Cell, ...]]
    left: list[Cell] = field(default_factory=list)
    shaky: str = ""

    def tidy(self, role: Role) -> str:
        """The role's text without white space; empty where it is not printed."""
        return tidy(self.texts.get(role, ""))


def draft_of(aligned: Aligned) -> Draft:
    """Return a row as a draft of its own."""
    texts = {role: "".join(c.text for c in cells) for role, cells in aligned.roles.items()}
    return Draft([aligned.row], texts, dict(aligned.roles), list(aligned.left))


def is_label_only(draft: Draft) -> bool:
    """Tell whether a row prints only headings (经济效益指标 with nothing beside it)."""
    holds: tuple[Role, ...] = (*VALUES, "note", "standard", "definition", "points", "nature")
    if not any(role in draft.texts for role in holds):
        return not draft.tidy("level3")
    return not draft.tidy("level3") and set(holds).intersection(draft.texts) == {"score"}


def join_rows(aligned: list[Aligned], has: frozenset[Role]) -> list[Draft]:
    """Return the indicators of consecutive rows; `has` are the columns of the table."""
    outcomes = frozenset(_OUTCOMES) | _said_whole(aligned)
    drafts: list[Draft] = []
    width = aligned[0].row.width if aligned else 0
    for entry in aligned:
        now = draft_of(entry)
        turned = entry.row.width != width
        width = entry.row.width
        if drafts and _continues(drafts[-1], now, outcomes, has, turned=turned):
            _absorb(drafts[-1], now, outcomes)
        else:
            drafts.append(now)
    return _without_labels(drafts)


def _without_labels(drafts: list[Draft]) -> list[Draft]:
    """Drop rows that print only headings; their headings hold for the row below."""
    kept: list[Draft] = []
    above: dict[Role, Draft] = {}
    for draft in drafts:
        if is_label_only(draft):
            if draft.tidy("level1"):
                above = {"level1": draft}
            if draft.tidy("level2"):
                above["level2"] = draft
            continue
        for role, label in above.items():
            if role == "level1" and draft.tidy("level1"):
                break
            if not draft.tidy(role):
                draft.texts[role] = label.texts[role]
                draft.cells[role] = label.cells[role]
        above = {}
        kept.append(draft)
    return kept


def _said_whole(aligned: list[Aligned]) -> frozenset[str]:
    texts = [tidy(c.text) for a in aligned for c in a.roles.get("actual", ()) if "score" in a.roles]
    return frozenset(t for t in texts if len(t) > 3 and not any(c.isdigit() for c in t))  # noqa: PLR2004


def _continues(
    above: Draft, now: Draft, outcomes: frozenset[str], has: frozenset[Role], *, turned: bool
) -> bool:
    """Tell whether a row only continues the indicator above it."""
    if above.tidy("target") in _SIGNS:
        return True
    one, two = above.tidy("actual"), now.tidy("actual")
    if one and two and one not in outcomes and one + two in outcomes:
        return True
    scored: list[Role] = [role for role in SCORES if role in has]
    if not scored:
        return False
    own = [role for role in scored if role in now.texts]
    if is_label_only(now):
        return False
    if _starts(now, outcomes):
        return False
    if not own:
        return _adds_nothing_new(now, turned=turned)
    if not any(role in above.texts for role in scored) and not is_label_only(above):
        return True
    return _echoes(above, now, own)


def _starts(now: Draft, outcomes: frozenset[str]) -> bool:
    """Tell whether a row surely begins an indicator: a target with its sign, or half an outcome."""
    target, actual = now.tidy("target"), now.tidy("actual")
    if operator_of(target) is not None and (target in _SIGNS or not _is_garbage(target)):
        return True
    if len(actual) > 1 and actual not in outcomes and any(o.startswith(actual) for o in outcomes):
        return "weight" in now.texts or "target" not in now.texts
    weighted = any(PAREN_WEIGHT.search(now.tidy(role)) for role in ("level2", "level3"))
    return weighted and ("standard" not in now.texts or len(now.tidy("standard")) > _LONG_ENOUGH)


_LONG_ENOUGH = 10
"""A standard of this length is a sentence, not the tail of one broken by a page."""


def _adds_nothing_new(now: Draft, *, turned: bool) -> bool:
    """Tell whether a row without weight and score is only more text of the row above."""
    if turned:
        return True
    target, actual = now.tidy("target"), now.tidy("actual")
    return not (target and actual and len(target) > 3 and len(actual) > 3 and _CJK.search(target))  # noqa: PLR2004 (not a fragment)


def _echoes(above: Draft, now: Draft, own: list[Role]) -> bool:
    """Tell whether a row prints the weight and score above again, beside a unit or noise."""
    if any(_score(above, role) != _score(now, role) for role in own):
        return False
    target = now.tidy("target")
    if _is_unit(target) and not _CJK.search(above.tidy("target")):
        return True
    return bool(target) and _is_garbage(target)


def _score(draft: Draft, role: Role) -> object:
    return as_score(draft.tidy(role))


def _is_unit(text: str) -> bool:
    return _UNIT.fullmatch(text) is not None


def _is_garbage(text: str) -> bool:
    """Tell whether a cell is neither words nor a readable number."""
    if _CJK.search(text):
        return False
    return read_target(text, _NOWHERE).operator == "words"


def _absorb(above: Draft, now: Draft, outcomes: frozenset[str]) -> None:
    """Add a continuing row to the indicator above it."""
    sign_only = above.tidy("target") in _SIGNS
    above.rows += now.rows
    for role in now.texts:
        if role in ("weight", "score"):
            _take_score(above, now, role)
        elif role == "actual":
            _take_actual(above, now, outcomes, over=sign_only)
        elif role == "target":
            _take_target(above, now)
        elif role == "level3" and _is_unit(now.tidy(role)) and _lacks_unit(above):
            _append(above, "target", now.texts[role], ())
        elif not _is_garbage(now.tidy(role)) or role not in above.texts:
            _append(above, role, now.texts[role], now.cells[role])
    above.left += now.left


def _append(above: Draft, role: Role, text: str, cells: tuple[Cell, ...]) -> None:
    above.texts[role] = above.texts.get(role, "") + text
    above.cells[role] = (*above.cells.get(role, ()), *cells)


def _lacks_unit(above: Draft) -> bool:
    target = above.tidy("target")
    return target[-1:].isdigit() or target.endswith("/")


def _take_score(above: Draft, now: Draft, role: Role) -> None:
    if role not in above.texts:
        _append(above, role, now.texts[role], now.cells[role])
    elif _score(above, role) != _score(now, role):
        above.shaky = above.shaky or f"two_values:{role}"
        if "weight" in now.texts and "score" in now.texts:
            above.texts[role], above.cells[role] = now.texts[role], now.cells[role]


def _take_actual(above: Draft, now: Draft, outcomes: frozenset[str], *, over: bool) -> None:
    if "actual" not in above.texts:
        _append(above, "actual", now.texts["actual"], now.cells["actual"])
    elif (
        _lacks_unit(above)
        and above.tidy("target").endswith("/")
        and len(now.tidy("actual")) < _FRAGMENT
    ):
        _append(above, "target", now.texts["actual"], ())
    elif above.tidy("actual") + now.tidy("actual") in outcomes:
        _append(above, "actual", now.texts["actual"], now.cells["actual"])
    elif over and not _is_garbage(now.tidy("actual")):
        if above.tidy("actual") != now.tidy("actual"):
            above.shaky = above.shaky or "two_values:actual"
        above.texts["actual"], above.cells["actual"] = now.texts["actual"], now.cells["actual"]


def _take_target(above: Draft, now: Draft) -> None:
    """Complete a target: a sign with its number, a number with its unit, words with words."""
    one, two = above.tidy("target"), now.tidy("target")
    open_end = not one or one in _SIGNS or one.endswith("/")
    unit = _is_unit(two) and _lacks_unit(above)
    words = _CJK.search(two) is not None and not any(c.isdigit() for c in one)
    if open_end or unit or words:
        _append(above, "target", now.texts["target"], now.cells["target"])
