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

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from gouji.check.rule import rule
from gouji.model.finding import Severity
from gouji.model.relation import AnyRelation, Breach, Upheld
from gouji.model.wording import Ordinal, OrdinalStyle, Wording

ORDER = "公文序号规则：GB/T 9704《党政机关公文格式》"
NOTE: Severity = "note"
_RARE_JUMP = 3
"""A list that skips more numbers than this is not one list."""
_DEEPEST = 12
"""Lists inside one another that are kept in mind."""
_CHAPTERS = ("part", "chinese")


@dataclass(slots=True, eq=False)
class _List:
    """A list that is still open: its style and its last item."""

    style: OrdinalStyle
    last: Ordinal


class Walk:
    """Follows the lists of a report, one inside another, and notes what is out of order (多级序号)."""

    def __init__(self, wording: Wording) -> None:
        self.repeated: list[tuple[Ordinal, Ordinal]] = []
        self.disordered: list[tuple[Ordinal, Ordinal]] = []
        self.headless: list[Ordinal] = []
        self.empty: list[tuple[Ordinal, Ordinal]] = []
        self.seen = False
        self._stack: list[_List] = []
        self._blocks: dict[tuple[OrdinalStyle, int], list[int]] = {}
        for ordinal in wording.ordinals:
            self._blocks.setdefault((ordinal.style, ordinal.number), []).append(ordinal.block)
        self._follow(wording)

    def _follow(self, wording: Wording) -> None:
        previous: Ordinal | None = None
        for ordinal in wording.ordinals:
            if ordinal.where == "cell" or ordinal.contents:
                continue
            if ordinal.style == "part":
                self._stack = [entry for entry in self._stack if entry.style == "part"]
            above = self._stack[-1] if self._stack else None
            if self._place(ordinal, previous):
                # A heading whose list goes on or ends at the next number has nothing under it.
                inside = above in self._stack[:-1]
                if previous is not None and not inside and _is_empty(previous, ordinal):
                    self.empty.append((previous, ordinal))
                previous = ordinal
                self.seen = True

    def _place(self, ordinal: Ordinal, previous: Ordinal | None) -> bool:
        """Put an ordinal into the list it belongs to; return False for one that is no item at all."""
        same = [entry for entry in reversed(self._stack) if entry.style == ordinal.style]
        going_on = next((e for e in same if e.last.number == ordinal.number - 1), None)
        if going_on is not None:
            self._resume(going_on, ordinal)
            return True
        top = same[0] if same else None
        if ordinal.where == "inline" and not _follows_its_own(ordinal, top):
            if ordinal.number == 1:
                self._open(ordinal)
            return ordinal.number == 1
        if ordinal.number == 1 and not _restarts(ordinal, previous, top):
            self._open(ordinal)
        elif top is None:
            # A text that opens in the middle is an excerpt; chapters may go on from the contents.
            if self._stack and ordinal.style not in _CHAPTERS:
                self.headless.append(ordinal)
            self._open(ordinal)
        else:
            self._out_of_order(ordinal, top)
            self._resume(top, ordinal)
        return True

    def _open(self, ordinal: Ordinal) -> None:
        if ordinal.style in _CHAPTERS:
            # Chapters do not lie inside chapters: a new 一、 ends everything down to the last 一、.
            stack = self._stack
            at = next((i for i, e in enumerate(stack) if e.style == ordinal.style), len(stack))
            del stack[at:]
        self._stack.append(_List(ordinal.style, ordinal))
        del self._stack[:-_DEEPEST]

    def _resume(self, entry: _List, ordinal: Ordinal) -> None:
        entry.last = ordinal
        del self._stack[self._stack.index(entry) + 1 :]

    def _out_of_order(self, ordinal: Ordinal, top: _List) -> None:
        if ordinal.number == top.last.number:
            self.repeated.append((top.last, ordinal))
        elif ordinal.number < top.last.number or not self._stands_between(top.last, ordinal):
            self.disordered.append((top.last, ordinal))

    def _stands_between(self, last: Ordinal, ordinal: Ordinal) -> bool:
        """Tell whether the skipped number stands in a table or inside a paragraph between the two."""
        if ordinal.number - last.number > _RARE_JUMP or ordinal.style == "part":
            # Forms print the title of a part of tables without its number (第二部分).
            return True
        for number in range(last.number + 1, ordinal.number):
            blocks = self._blocks.get((ordinal.style, number), [])
            at = bisect_left(blocks, last.block)
            if at < len(blocks) and blocks[at] <= ordinal.block:
                return True
        return False


def _follows_its_own(ordinal: Ordinal, top: _List | None) -> bool:
    """Tell whether a number inside a paragraph repeats one of the paragraph before."""
    if top is None:
        return False
    return top.last.number == ordinal.number and top.last.block == ordinal.block - 1


def _is_empty(heading: Ordinal, following: Ordinal) -> bool:
    """Tell whether a bare heading stands right before the next number (空标题)."""
    if not (heading.bare and heading.heading_like) or heading.after != "ordinal":
        return False
    if following.where == "inline" or following.block != heading.block + 1:
        return False
    if following.number == 1 and following.style == heading.style:  # 2. … ⏎ 1. …: its own list
        return False
    return heading.where == "head" or heading.style == "paren"


def _restarts(ordinal: Ordinal, previous: Ordinal | None, top: _List | None) -> bool:
    """Tell whether a number 1 follows its own list with nothing between that could open a new one."""
    if top is None or previous is None or ordinal.where != "head" or previous.where != "head":
        return False
    if ordinal.style in _CHAPTERS:  # a report inside the report, or after its contents
        return False
    if ordinal.before != "ordinal" or previous.block != ordinal.block - 1:
        return False
    if previous.title.endswith(("其中", "如下", "包括")) or (
        previous.bare and previous.heading_like
    ):
        return False
    if previous.style == ordinal.style:
        return True
    # (一) … 1. … (一): the second (一) cannot lie under the first one's item.
    return top.last.number == 1 and top.last.block >= ordinal.block - 2 and not previous.bare


def _breach(subject: str, message: str, *ordinals: Ordinal) -> Breach:
    return Breach(
        subject=subject,
        told_in=ordinals[-1].place,
        grade="doubtful",
        message=message,
        words={"number": ordinals[-1].marker, "last": ordinals[0].marker},
        evidence=tuple([("item", o.place) for o in ordinals]),
        habitual=True,
    )


@rule("RES020", "number-used-twice", "同一序号不应使用两次", basis=ORDER, at_most=NOTE)
def repeated(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each number used twice in one list."""
    walk = Walk(wording)
    for last, ordinal in walk.repeated:
        yield _breach("序号", "序号“{number}”重复使用", last, ordinal)
    if walk.seen and not walk.repeated:
        yield Upheld(subject="序号")


@rule("RES021", "numbers-in-order", "序号应依次递增", basis=ORDER, at_most=NOTE)
def in_order(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each number that falls back or skips one."""
    walk = Walk(wording)
    for last, ordinal in walk.disordered:
        yield _breach("序号", "序号“{last}”之后是“{number}”，次序不连续", last, ordinal)
    if walk.seen and not walk.disordered:
        yield Upheld(subject="序号")


@rule("RES022", "list-starts-at-one", "序号应从一开始", basis=ORDER, at_most=NOTE)
def starts_at_one(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each list under a new heading that starts above one."""
    walk = Walk(wording)
    for ordinal in walk.headless:
        yield _breach("序号", "这一级序号从“{number}”开始", ordinal)
    if walk.seen and not walk.headless:
        yield Upheld(subject="序号")
