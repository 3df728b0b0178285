"""Totals whose parts stand in other paragraphs of the section (跨段分项).

Two kinds: a paragraph that ends by opening a list (…其中：), and the standard lists of parts, where a
section prints a total and later each of its parts (三公经费, 基本支出, 类款项).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gouji.extract.claims.breakdown import draft_list
from gouji.extract.claims.passage import BUDGETS, Amount, Passage
from gouji.extract.parts import are_all_parts, is_part, is_required, is_spending
from gouji.extract.vocabulary import item as item_of
from gouji.model.claim import Measure, Uses
from gouji.model.outline import Outline, Section

_COUNT_OPENS = re.compile(r"[^。;,]{0,20},?(?:分别(?:为|是)|具体(?:为|是|如下)|包括|如下|即)[:]")
_NUMBERED_NAME = re.compile(r"\(?(?P<number>\d{1,2})[.、)]\s?(?P<name>[^。;:,\d]{2,30})")
_MOST = 400
_FAR = 90
"""Blocks a list may run on: 26 classes with their items, and page breaks."""
_EXTENDS = frozenset({"三公经费", "公务用车购置及运行维护费", "公务接待费"})
"""Totals whose parts may stand in the next subsection."""


def read(passages: Sequence[Passage], outline: Outline) -> None:
    """Draft a breakdown for every total whose parts are printed in later paragraphs."""
    stops = _stops(outline)
    amounts = [a for p in passages for a in p.amounts if not a.reason]
    done = _stated(passages)
    for index, total in enumerate(amounts):
        if total.meaning.item is None or total.mention.dimension != "money":
            continue
        end = _end(total, stops, outline)
        following = _until(amounts[index + 1 : index + 1 + _MOST], end, total)
        for parts, everyone in zip(
            _families(total, _of_measure(following, total.subject.measure)),
            _families(total, _of_measure(following, None)),
            strict=True,
        ):
            if not _fits(total, parts) or _key(total.mention, _kind(parts[0])) in done:
                continue
            _drop_single(total, parts)
            others = _siblings(total, parts, following)
            whole = (
                total.meaning.sure
                and not others
                and _names(parts) == _names(everyone)
                and not _denied(total, passages, end)
                and not _lacks_balances(total, parts)
                and not _strays(total, parts, following)
                and not _are_some(parts[0], total)
                and not _are_main(parts, total, passages)
                and not _breaks_off(total, parts, passages)
                and not _unfilled(total, parts, passages)
            )
            draft = draft_list(total, [*parts, *others], exhaustive=whole)
            draft.fields["standard"] = whole and _are_its_own(total, parts)
            for part in parts:
                part.listed = True


def read_names(passages: Sequence[Passage]) -> None:
    """Draft the numbered names that follow a count: 内设3个机构，分别为： 1、办公室。 2、…."""
    for index, passage in enumerate(passages):
        total = passage.amounts[-1] if passage.amounts else None
        if total is None or total.mention.dimension != "count":
            continue
        if _COUNT_OPENS.fullmatch(passage.text, total.stop) is None:
            continue
        names = _numbered(passages[index + 1 : index + 1 + _FAR])
        if len(names) > 1:
            draft = passage.draft(Uses, "uses", total.subject, (total.start, total.stop))
            draft.fields.update(names=names, total=total.mention)


def _numbered(passages: Sequence[Passage]) -> list[tuple[int, int, int]]:
    """Return block and span of the names of a numbered list, 1, 2, 3 …, to its first gap."""
    found: list[tuple[int, int, int]] = []
    for passage in passages:
        item = _NUMBERED_NAME.match(passage.text)
        if item is None or int(item["number"]) != len(found) + 1:
            break
        found.append((*item.span("name"), passage.block))
    return found


def _stated(passages: Sequence[Passage]) -> set[tuple[int, str]]:
    """Return the lists of the paragraphs themselves: total and family of parts."""
    return {
        _key(draft.fields["total"], family)
        for passage in passages
        for draft in passage.drafts
        if draft.type == "breakdown" and len(draft.fields["parts"]) > 1
        for family in _family(draft.fields["parts"])
    }


def _siblings(total: Amount, parts: list[Amount], following: list[Amount]) -> list[Amount]:
    """Return what stands beside the parts under no known name: 单位预留机动经费.

    A list that holds such an item may be longer than the standard one, or end before it.
    """
    if any(p.meaning.item is None or p.meaning.item.kind != "item" for p in parts):
        return []
    blocks = {p.block for p in parts}
    last = max(blocks)
    found: dict[int, Amount] = {}
    for amount in following:
        if amount.block in blocks or amount.block == total.block or amount.block > last + 1:
            continue
        found.setdefault(amount.block, amount)
    return [
        a
        for a in found.values()
        if not a.meaning.name
        and not a.listed
        and a.subject.measure == total.subject.measure
        and a.mention.dimension == "money"
    ]


_NUMBERED = re.compile(r"(?:^|[:;。])\s?\(?\d{1,2}[“\"]?[.、)]")
"""Where an item of a numbered list begins, also inside a paragraph: …;11.丙支出8万元."""


def _strays(total: Amount, parts: list[Amount], following: list[Amount]) -> bool:
    """Tell a list of classes with an item that names none: it lost its name, or has an unknown one."""
    if all(_kind(p) != "function" for p in parts):
        return False
    blocks = {p.block for p in parts}
    inside = {a.block for a in following if min(blocks) < a.block < max(blocks)}
    return bool(inside - blocks) or any(
        total.block < a.block <= max(blocks) and not a.meaning.name and _is_numbered(a)
        for a in following
    )


def _is_numbered(amount: Amount) -> bool:
    """Tell the first amount of an item that a number opens."""
    if amount.passage is None:
        return False
    begins = max(amount.passage.text.rfind(mark, 0, amount.start) for mark in ";。")
    first = not any(begins < a.start < amount.start for a in amount.passage.amounts)
    return first and _NUMBERED.match(amount.passage.text, max(begins, 0)) is not None


def _lacks_balances(total: Amount, parts: list[Amount]) -> bool:
    """A closing total (总计) also holds the balances carried over, unless the list names them."""
    item = total.meaning.item
    named = any("结转" in p.meaning.name or "结余" in p.meaning.name for p in parts)
    return item is not None and item.key.endswith("总计") and not named


def _breaks_off(total: Amount, parts: list[Amount], passages: Sequence[Passage]) -> bool:
    """Tell a standard list that the text ends inside of: what is pasted is a piece of a report."""
    last = max(p.block for p in parts)
    whole = total.meaning.item
    after = [a for p in passages if p.block > last for a in p.amounts]
    standard = is_required(whole) and all(_kind(p) == "item" for p in parts)
    if not standard or any(not is_part(a.meaning.item, whole) for a in after):
        return False
    denied = {d.subject.item for p in passages for d in p.drafts if d.type == "nil"}
    names = frozenset({*_names(parts), *(name for name in denied if name)})
    return not are_all_parts(names, whole)


_PLACEHOLDER = re.compile(r"[×Xx]{2,}|_{2,}")


def _unfilled(total: Amount, parts: list[Amount], passages: Sequence[Passage]) -> bool:
    """Tell a list in which, or right after which, an amount of the template was never filled in."""
    last = max(p.block for p in parts) + 1
    return any(
        total.block <= p.block <= last and _PLACEHOLDER.search(p.text) is not None for p in passages
    )


_SOME = re.compile(
    r"部分|重点支出|主要支出|主要(?:科目|项目)|个别|(?:民生|刚性|重点)(?:类|领域|项目|等)"
)


def _are_some(first: Amount, total: Amount) -> bool:
    """Tell a list that says it names only some: 部分民生支出增长较快,其中:教育支出…."""
    if first.passage is None or _kind(first) != "function":
        return False
    text = first.passage.text
    begins = max(text.rfind("。", 0, text.rfind("。", 0, first.start)), 0)
    opened = total.passage is not None and _SOME.search(total.passage.text, total.stop)
    return bool(opened) or _SOME.search(text, begins, first.start) is not None


def _are_its_own(total: Amount, parts: list[Amount]) -> bool:
    """Tell the standard list of a total, each part of it in the total's measure (三公经费的三项)."""
    same = all(p.subject.measure == total.subject.measure for p in parts)
    return same and are_all_parts(frozenset(_names(parts)), total.meaning.item)


_MAIN = re.compile(r"主要(?:内容|情况)如下")


def _are_main(parts: list[Amount], total: Amount, passages: Sequence[Passage]) -> bool:
    """Tell a list headed 主要内容如下 that falls short of its total: it need not name everything."""
    first = parts[0].block
    said = any(total.block <= p.block <= first and _MAIN.search(p.text) for p in passages)
    return said and sum(p.figure.base for p in parts) < total.figure.base - total.figure.ulp


def _drop_single(total: Amount, parts: list[Amount]) -> None:
    """A list of one part gives way to the longer list that holds the part (其中)."""
    passage = total.passage
    assert passage is not None  # noqa: S101  # every amount knows its paragraph
    passage.drafts = [
        d
        for d in passage.drafts
        if not (
            d.type == "breakdown"
            and d.of is total
            and len(d.fields["parts"]) == 1
            and d.fields["parts"][0] in parts
        )
    ]


def _key(mention: object, family: str) -> tuple[int, str]:
    return (id(mention), family)


def _family(parts: Iterable[Amount]) -> set[str]:
    return {_kind(p) for p in parts}


def _kind(part: Amount) -> str:
    if part.meaning.item is None and part.meaning.name:
        return "function"
    return part.meaning.item.kind if part.meaning.item else "other"


def _stops(outline: Outline) -> list[Section]:
    return sorted(outline.sections, key=lambda s: (s.first, -s.depth))


def _end(total: Amount, stops: list[Section], outline: Outline) -> int:
    """Return the block where the list of a total ends: the next heading of its own depth."""
    inner = outline.section_of(total.block)
    if inner is None:
        return total.block + _FAR
    depth = inner.depth
    item = total.meaning.item
    if item is not None and item.key in _EXTENDS:
        return max(_kind_end(total.block, outline), inner.last)
    for section in stops:
        if section.first > total.block and section.depth <= depth:
            return section.first - 1
    return min(inner.last, total.block + _FAR)


def _kind_end(block: int, outline: Outline) -> int:
    """Return the last block of the outermost section of the same kind."""
    kind = outline.section_kind_of(block)
    ends = [s.last for s in outline.sections if s.first <= block <= s.last and s.kind == kind]
    return max(ends, default=block)


def _until(following: Sequence[Amount], end: int, total: Amount) -> list[Amount]:
    """Return the amounts of the list: to its end, or to the next total of the same name."""
    found: list[Amount] = []
    for amount in following:
        if amount.block > end or amount.block - total.block > _FAR:
            break
        again = (
            amount.subject.item == total.subject.item
            and amount.subject.measure == total.subject.measure
        )
        if again and amount.group != total.group and amount.block != total.block:
            break
        found.append(amount)
    return found


def _of_measure(following: list[Amount], measure: Measure | None) -> list[Amount]:
    """Return the amounts of money in one measure; in any measure of this year for None."""
    measures = (*BUDGETS, "final") if measure is None else (measure,)
    return [
        a for a in following if a.subject.measure in measures and a.mention.dimension == "money"
    ]


def _names(amounts: list[Amount]) -> set[str]:
    return {a.meaning.name for a in amounts}


def _denied(total: Amount, passages: Sequence[Passage], end: int) -> bool:
    """Tell a budget one of whose items is only denied: what was budgeted for it is not said."""
    if total.subject.measure == "final":
        return False
    whole = total.meaning.item
    return any(
        draft.type == "nil" and is_part(item_of(draft.subject.item or ""), whole)
        for passage in passages
        if total.block < passage.block <= end
        for draft in passage.drafts
    )


def _families(total: Amount, kin: list[Amount]) -> Iterable[list[Amount]]:
    """Collect the parts of each family, one amount an item."""
    yield _once(a for a in kin if _is_item(a, total))
    yield _functions(kin, total)
    yield _economic(kin, total)


def _is_item(amount: Amount, total: Amount) -> bool:
    item = amount.meaning.item
    whole = total.meaning.item
    return (
        item is not None and whole is not None and item.kind == "item" and whole.key in item.part_of
    )


def _once(amounts: Iterable[Amount]) -> list[Amount]:
    found: dict[str, Amount] = {}
    for amount in amounts:
        found.setdefault(amount.meaning.name, amount)
    return list(found.values())


def _functions(kin: list[Amount], total: Amount) -> list[Amount]:
    """Return classes, and the items of classes that have no amount of their own (类、款、项)."""
    item = total.meaning.item
    if item is None or not is_spending(item):
        return []
    classes = [
        a
        for a in kin
        if a.meaning.item and is_part(a.meaning.item, item) and a.meaning.item.kind == "function"
    ]
    tops = {a.meaning.name for a in classes}
    paths = [a for a in kin if "/" in a.meaning.name]
    for width in (2, 3):
        level = [a for a in paths if a.meaning.name.count("/") == width - 1]
        if width == 2:  # noqa: PLR2004  # 款 only where its 类 is not printed
            heads = {a.meaning.name for a in level}
        level = [a for a in level if a.meaning.name.split("/")[0] not in tops]
        if width == 3:  # noqa: PLR2004  # 项 only where neither 类 nor 款 is printed
            level = [a for a in level if a.meaning.name.rsplit("/", 1)[0] not in heads]
        classes += level
    return _once(classes)


def _economic(kin: list[Amount], total: Amount) -> list[Amount]:
    """Return the economic items that make up a total of basic expenditure (经济分类)."""
    whole = total.meaning.item
    return _once(
        a
        for a in kin
        if a.meaning.item and a.meaning.item.kind == "economic" and is_part(a.meaning.item, whole)
    )


def _fits(total: Amount, parts: list[Amount]) -> bool:
    """A list has two parts, and is the section's own: not the same paragraph's other list."""
    if len(parts) < 2:  # noqa: PLR2004  # one part is no list
        return False
    if any(p.block != total.block for p in parts):
        return True
    return are_all_parts(frozenset(p.meaning.name for p in parts), total.meaning.item)
