"""Numbers of chapters and items run on (序号应连续).

What it checks
    Each list of headings or items starts at one, goes up by one, and uses no number twice; a heading
    has text under it; parts bear the same title in the contents and in the body.

Why it matters
    Broken numbers show where a chapter was pasted in, dropped or copied from another report.

For example
    …（三）…（四）…（三）：（三）用了两次。

Not a violation
    A new list under a new heading; a list that goes on after text; numbers inside tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gouji.check.rule import rule
from gouji.model.finding import Severity
from gouji.model.relation import AnyRelation, Breach, Upheld
from gouji.model.wording import Ordinal, OrdinalStyle, Wording

ORDER = "公文序号规则：GB/T 9704《党政机关公文格式》"
NOTE: Severity = "note"
_RARE_JUMP = 3


@dataclass(slots=True)
class _List:
    """A list that is still open: its style and its items so far."""

    style: OrdinalStyle
    items: list[Ordinal] = field(default_factory=list)

    @property
    def last(self) -> Ordinal:
        return self.items[-1]


@dataclass(slots=True)
class _Walk:
    """What a walk through all ordinals finds out of order."""

    repeated: list[tuple[Ordinal, Ordinal]] = field(default_factory=list)
    disordered: list[tuple[Ordinal, Ordinal]] = field(default_factory=list)
    headless: list[Ordinal] = field(default_factory=list)
    empty: list[tuple[Ordinal, Ordinal]] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)


def walk_lists(wording: Wording) -> _Walk:
    """Follow the lists of a report; lists may lie inside one another (多级序号)."""
    walk = _Walk()
    stack: list[_List] = []
    previous: Ordinal | None = None
    for ordinal in wording.ordinals:
        if ordinal.where == "cell" or ordinal.contents:
            continue
        if ordinal.style == "part":
            stack = [entry for entry in stack if entry.style == "part"]
        above = stack[-1] if stack else None
        if _place(ordinal, previous, stack, walk, wording):
            # A heading whose list goes on or ends at the next number has nothing under it.
            inside = above in stack[:-1]
            if previous is not None and not inside and _is_empty(previous, ordinal):
                walk.empty.append((previous, ordinal))
            previous = ordinal
    return walk


def _is_empty(heading: Ordinal, following: Ordinal) -> bool:
    """Tell whether a bare heading stands right before the next number (空标题)."""
    if not (heading.bare and heading.heading_like) or heading.after != "ordinal":
        return False
    if following.where == "inline" or following.block != heading.block + 1:
        return False
    return heading.where == "head" or heading.style == "paren"


def _place(
    ordinal: Ordinal, previous: Ordinal | None, stack: list[_List], walk: _Walk, wording: Wording
) -> bool:
    """Put an ordinal into the list it belongs to; return False for one that is no item at all."""
    same = [entry for entry in stack if entry.style == ordinal.style]
    going_on = next((e for e in reversed(same) if e.last.number == ordinal.number - 1), None)
    if going_on is not None:
        _resume(going_on, ordinal, stack)
        return True
    top = same[-1] if same else None
    if ordinal.where == "inline" and (
        top is None or top.last.number != ordinal.number or top.last.block != ordinal.block - 1
    ):
        if ordinal.number == 1:
            _open(ordinal, stack, walk)
        return ordinal.number == 1
    if ordinal.number == 1 and not _restarts(ordinal, previous, top):
        _open(ordinal, stack, walk)
    elif top is None:
        # A text that opens in the middle is an excerpt; chapters may go on from the contents page.
        if stack and ordinal.style not in ("part", "chinese"):
            walk.headless.append(ordinal)
        _open(ordinal, stack, walk)
    else:
        _out_of_order(ordinal, top, walk, wording)
        _resume(top, ordinal, stack)
    return True


def _open(ordinal: Ordinal, stack: list[_List], walk: _Walk) -> None:
    entry = _List(ordinal.style, [ordinal])
    if ordinal.style in ("part", "chinese"):
        # Chapters do not lie inside chapters: a new 一、 ends everything down to the last 一、.
        at = next((i for i, e in enumerate(stack) if e.style == ordinal.style), len(stack))
        del stack[at:]
    stack.append(entry)
    walk.lists.append(entry)


def _resume(entry: _List, ordinal: Ordinal, stack: list[_List]) -> None:
    entry.items.append(ordinal)
    del stack[stack.index(entry) + 1 :]


def _restarts(ordinal: Ordinal, previous: Ordinal | None, top: _List | None) -> bool:
    """Tell whether a number 1 follows its own list with nothing between that could open a new one."""
    if top is None or previous is None or ordinal.where != "head":
        return False
    if ordinal.style in ("part", "chinese"):  # a report inside the report, or after its contents
        return False
    adjacent = ordinal.before == "ordinal" and previous.block == ordinal.block - 1
    if (
        not adjacent
        or previous.where != "head"
        or previous.title.endswith(("其中", "如下", "包括"))
    ):
        return False
    if previous.style == ordinal.style:
        return True
    # (一) … 1. … (一): the second (一) cannot lie under the first one's item.
    return top.last.number == 1 and top.last.block >= ordinal.block - 2 and not previous.bare


def _out_of_order(ordinal: Ordinal, top: _List, walk: _Walk, wording: Wording) -> None:
    last = top.last
    if ordinal.number == last.number:
        walk.repeated.append((last, ordinal))
    elif ordinal.number < last.number or not _in_between(last, ordinal, wording):
        walk.disordered.append((last, ordinal))


def _in_between(last: Ordinal, ordinal: Ordinal, wording: Wording) -> bool:
    """Tell whether the skipped number stands in a table or inside a paragraph between the two."""
    if ordinal.number - last.number > _RARE_JUMP or ordinal.style == "part":
        # Forms print the title of a part of tables without its number (第二部分).
        return True
    return any(
        o.style == ordinal.style
        and last.number < o.number < ordinal.number
        and last.block <= o.block <= ordinal.block
        for o in wording.ordinals
    )


def _breach(subject: str, message: str, *ordinals: Ordinal) -> Breach:
    return Breach(
        subject=subject,
        told_in=ordinals[-1].place,
        grade="doubtful",
        message=message,
        words={"number": ordinals[-1].marker, "last": ordinals[0].marker},
        evidence=tuple([("item", o.place) for o in ordinals]),
    )


@rule("RES020", "number-used-twice", "同一序号不应使用两次", basis=ORDER, at_most=NOTE)
def repeated(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each number used twice in one list."""
    walk = walk_lists(wording)
    for last, ordinal in walk.repeated:
        yield _breach("序号", "序号“{number}”重复使用", last, ordinal)
    if walk.lists and not walk.repeated:
        yield Upheld(subject="序号")


@rule("RES021", "numbers-in-order", "序号应依次递增", basis=ORDER, at_most=NOTE)
def in_order(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each number that falls back or skips one."""
    walk = walk_lists(wording)
    for last, ordinal in walk.disordered:
        yield _breach("序号", "序号“{last}”之后是“{number}”，次序不连续", last, ordinal)
    if walk.lists and not walk.disordered:
        yield Upheld(subject="序号")


@rule("RES022", "list-starts-at-one", "序号应从一开始", basis=ORDER, at_most=NOTE)
def starts_at_one(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each list under a new heading that starts above one."""
    walk = walk_lists(wording)
    for ordinal in walk.headless:
        yield _breach("序号", "这一级序号从“{number}”开始", ordinal)
    if walk.lists and not walk.headless:
        yield Upheld(subject="序号")
