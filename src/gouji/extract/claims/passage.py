"""One paragraph while it is read (段落状态): its quantities, current subject and drafted claims."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from gouji.extract import subjects
from gouji.extract.claims import words
from gouji.extract.claims.mentions import Mention
from gouji.extract.numbers import NumberToken
from gouji.model.claim import AnyClaim, Base, Direction, Measure, Subject
from gouji.model.figure import Figure
from gouji.model.outline import SectionKind

BUDGETS: tuple[Measure, ...] = ("initial_budget", "annual_budget", "adjusted_budget", "budget")
_SIDES = {
    "收支总计": ("收入总计", "支出总计"),
    "财政拨款收支总计": ("财政拨款收入总计", "财政拨款支出总计"),
}
_YEAR_HEAD = re.compile(r"^.*?(?:19|20)\d\d年度?(?=.{2})")
_NEAR = 80
_SOURCE = re.compile(
    r"(?:当年|本年)?(?:一般公共|公共|政府性基金|国有资本经营)?(?:预算)?(?:财政)?拨款(?:安排|资金)?"
)
_TOTAL = re.compile("拨款|收入|支出$|总计|合计")
_FUNDS = ("一般公共预算", "政府性基金", "国有资本经营")
_PARTIAL: frozenset[SectionKind] = frozenset({"performance", "overview"})


@dataclass(slots=True, eq=False)
class Draft:
    """A claim before it has an id (待定陈述): fields may still be filled by a later number."""

    make: type[Any]
    type: str
    subject: Subject
    start: int
    stop: int
    block: int
    sentence: int
    fields: dict[str, Any] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    of: Amount | None = None
    """The amount this claim is about, where it is printed."""

    def uses(self, *mentions: Mention) -> None:
        """Note numbers that take part, and widen the span over them."""
        for mention in mentions:
            self.mentions.append(mention)
            self.start = min(self.start, mention.start)
            self.stop = max(self.stop, mention.stop)


@dataclass(slots=True, eq=False)
class Amount:
    """A quantity of a subject (数额), the value other statements are about."""

    mention: Mention
    subject: Subject
    meaning: subjects.Meaning
    start: int
    block: int
    sentence: int
    group: int
    """Amounts of one subject in a row share a group: 年初预算…，决算…."""
    named: bool
    """The clause names its own subject."""
    reason: bool = False
    """Stands in a reason (主要原因…): never a value for other statements."""
    home: Draft | None = None
    """The claim that states this amount."""
    passage: Passage | None = None
    """The paragraph it stands in."""
    listed: bool = False
    """Is a part in a list of the text."""

    @property
    def figure(self) -> Figure:
        """The figure of the amount."""
        assert self.mention.figure is not None  # noqa: S101  # set before any grammar runs
        return self.mention.figure

    @property
    def stop(self) -> int:
        """End of the amount in the paragraph."""
        return self.mention.stop


def same_subject(left: Subject, right: Subject) -> bool:
    """Tell whether two subjects are the same quantity: same item, or the same words."""
    if left.reach and right.reach and left.reach != right.reach:
        return False
    if left.item or right.item:
        return left.item == right.item
    a, b = _core(left.text), _core(right.text)
    return bool(a) and a == b


def _core(text: str) -> str:
    text = "".join(c for c in text if c not in "“”\"' ")
    for tail in ("支出", "决算", "经费", "情况"):
        text = text.removesuffix(tail)
    return text


@dataclass(slots=True)
class Passage:
    """A paragraph being read, left to right (段落)."""

    text: str
    block: int
    section: SectionKind
    fiscal_year: int | None
    mentions: list[Mention]
    others: list[tuple[NumberToken, str]]
    ends: list[int]
    """Offsets of sentence ends."""
    reasons: list[tuple[int, int]]
    budgeting: bool = False
    """The report is a budget: a figure without a measure word is budgeted."""
    entity: str = ""
    holder: str = ""
    """The fund a heading names (企业职工基本养老保险基金): income and expenditure are its own."""
    topic: Subject | None = None
    """Subject a heading gives to what follows it."""
    lookup: Callable[[Subject, str], Amount | None] | None = None
    """Finds the amount of a subject in earlier paragraphs of the section."""
    current: Subject | None = None
    base: Base | None = None
    """The last base named, for items of a list that leave it out."""
    amounts: list[Amount] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    open: list[Draft] = field(default_factory=list)
    """Changes that may still get their amount or rate."""
    printed_base: Mention | None = None
    """A base printed just now: 较上年的2190万元…"""
    waiting: tuple[Mention, Base] | None = None
    """A budget printed inside the words of a rate that follows."""
    full_score: Mention | None = None
    """A full score printed just before the score."""
    about: tuple[Amount | None, int] | None = None
    """What a statement has just named itself, and in which sentence."""
    defined: Draft | None = None
    """A rate whose definition is being read."""
    paired: set[int] = field(default_factory=set)
    """Mentions a statement about a run has taken already (分别)."""
    groups: int = 0
    year: tuple[int, int] | None = None
    """The year the sentence speaks of, and which sentence."""

    def recent(self) -> list[Amount]:
        """Return the amounts a statement may be about: the last ones of the paragraph."""
        return self.amounts[-_NEAR:]

    def sentence_at(self, offset: int) -> int:
        """Return the ordinal of the sentence that holds an offset."""
        return bisect_left(self.ends, offset)

    def in_reason(self, offset: int) -> bool:
        """Tell whether an offset stands in a reason."""
        at = bisect_right(self.reasons, (offset, len(self.text) + 1)) - 1
        return at >= 0 and offset < self.reasons[at][1]

    def draft(self, make: type[Any], kind: str, subject: Subject, span: tuple[int, int]) -> Draft:
        """Begin a claim."""
        made = Draft(make, kind, subject, span[0], span[1], self.block, self.sentence_at(span[0]))
        self.drafts.append(made)
        return made

    def subject(
        self, text: str, measure: Measure, unit: str = "", year: int | None = None
    ) -> tuple[Subject, subjects.Meaning]:
        """Return the subject a noun phrase names here."""
        meaning = subjects.resolve(text, self.section, unit)
        item = self.item_of(meaning)
        if item is not None and self._is_source(text):
            item = None
        cells = meaning.cells(measure) if item and year is None else ()
        reach = subjects.reach_of(text) or self.holder
        return Subject(text, item, meaning.scope, measure, year, cells, reach), meaning

    def _is_source(self, text: str) -> bool:
        """Tell the money a heading's own subject is paid from: 机关运行经费 ⏎ 当年财政拨款6.83万元."""
        about = self.topic.item if self.topic else None
        return (
            about is not None and not _TOTAL.search(about) and _SOURCE.fullmatch(text) is not None
        )

    def says_nothing(self, noun: str, unit: str = "") -> bool:
        """Tell a noun that only repeats "spent" or "final" and is no item itself."""
        if words.GENERIC.fullmatch(noun) is None:
            return False
        return not noun or subjects.resolve(noun, self.section, unit).item is None

    def noun_before_base(self, gap: str) -> str:
        """Return the subject before a comparison in an earlier clause: X与上年相比,减少…."""
        sentence = gap[max(gap.rfind("。"), gap.rfind(";")) + 1 :]
        for found in words.BASE.finditer(sentence):
            if words.base_of(found, None) is None:
                continue
            clause = sentence[: found.start()]
            clause = clause[max(clause.rfind(c) for c in ",:") + 1 :]
            _, clause = words.measure_of(words.COPULA.sub("", clause))
            noun = clean_noun(clause, self.entity)
            noun = _YEAR_HEAD.sub("", noun)
            return "" if self.says_nothing(noun) else noun
        return ""

    def item_of(self, meaning: subjects.Meaning) -> str | None:
        """Return the item to report, or None where the scope is open: no verdict beats a wrong one.

        In the performance section amounts are those of the projects evaluated, not of the tables;
        so are the funds named in an attached report.
        """
        if self.section in _PARTIAL or (
            self.section == "attachment" and meaning.name.startswith(_FUNDS)
        ):
            return None
        if meaning.sure or meaning.item is None:
            return meaning.name or None
        open_scope = self.section in ("other", "attachment") and meaning.item.kind == "item"
        return meaning.name if open_scope else None

    def value_of(self, named: Subject | None, dimension: str, at: int) -> Amount | None:
        """Return the current figure a statement at an offset is about (现值), or None.

        Without a subject of its own the statement is about the amount just before it; that fails
        where an earlier sentence has spoken of several subjects.
        """
        seen = [a for a in self.recent() if not a.reason and a.mention.dimension == dimension]
        if named is not None:
            return self._named_value(named, seen, dimension)
        about = self.about
        if about is not None and about[1] == self.sentence_at(at):
            return about[0]
        if not seen:
            return self.lookup(self.current, dimension) if self.lookup and self.current else None
        last = self._before_bracket(seen, at)
        if (
            last is seen[-1]
            and last.sentence != self.sentence_at(at)
            and self._several(seen, last.sentence)
        ):
            return None
        return self._final_of(last, seen)

    def _before_bracket(self, seen: list[Amount], at: int) -> Amount:
        """Return the last amount, or the one before the bracket that closed after it (含…)."""
        for amount in reversed(seen):
            between = self.text[amount.stop : at]
            if between.count(")") <= between.count("("):
                return amount
        return seen[-1]

    def _several(self, seen: list[Amount], sentence: int) -> bool:
        groups = {a.group for a in seen if a.sentence == sentence}
        return len(groups) > 1

    def _final_of(self, last: Amount, seen: list[Amount]) -> Amount:
        """Prefer the final figure where budget and final stand side by side."""
        if last.subject.measure in BUDGETS:
            finals = [
                a
                for a in seen
                if a.group == last.group
                and a.subject.measure not in BUDGETS
                and a.subject.year == last.subject.year
            ]
            if finals:
                return finals[-1]
        return last

    def _named_value(self, named: Subject, seen: list[Amount], dimension: str) -> Amount | None:
        fits = [a for a in seen if same_subject(a.subject, named) and a.subject.year == named.year]
        wanted = [a for a in fits if a.subject.measure == named.measure]
        if not wanted and not self.budgeting:
            wanted = [a for a in fits if a.subject.measure not in BUDGETS]
        if wanted:
            plain = [a for a in wanted if a.subject.reach == named.reach]
            several = len({a.subject.reach for a in wanted}) > 1
            return plain[-1] if plain else None if several else wanted[-1]
        both = self._both_sides(named, seen)
        if both is not None:
            return both
        return self.lookup(named, dimension) if self.lookup else None

    def reach_of(self, value: Amount) -> int:
        """Return where a value ends: with its run (A和B) or its budget said again (预算数为0)."""
        place = self.amounts.index(value) if value in self.amounts else len(self.amounts)
        after = self.amounts[place + 1 :]
        same = all(
            a.mention.elided
            or (a.group == value.group and a.subject.measure in BUDGETS and not a.named)
            for a in after
        )
        return after[-1].stop if after and same else value.stop

    def prior_of(self, value: Amount, year: int | None) -> Amount | None:
        """Return the figure of the year compared with, where the paragraph prints it (上年数)."""
        wanted = year or (self.fiscal_year - 1 if self.fiscal_year else None)
        if wanted is None or value.subject.year == wanted:
            return None
        found = [
            a
            for a in self.recent()
            if not a.reason
            and a.subject.year == wanted
            and a.mention.dimension == value.mention.dimension
            and a.subject.measure in ("final", "prior", value.subject.measure)
            and (a.group == value.group or same_subject(a.subject, value.subject))
        ]
        values = {(a.figure.base, a.figure.decimals) for a in found}
        return found[-1] if len(values) == 1 else None

    def _both_sides(self, named: Subject, seen: list[Amount]) -> Amount | None:
        """收、支总计 printed as two totals of one value: 收入总计A,支出总计A。收、支总计各增加…."""
        sides = _SIDES.get(named.item or "")
        found = [a for a in seen if sides and a.subject.item in sides]
        values = {(a.figure.base, a.figure.decimals) for a in found}
        return found[-1] if len(values) == 1 and len(found) > 1 else None

    def budget_of(self, value: Amount | None, kind: str, at: int) -> Amount | None:
        """Return the budget a rate names (基数): of the same subject, the only one of its kind."""
        if kind not in BUDGETS:
            return None
        pool = [
            a
            for a in self.recent()
            if a.subject.measure in BUDGETS and not a.reason and a.mention.start < at
            if a is not value
        ]
        if value is not None:
            pool = [
                a
                for a in pool
                if (a.group == value.group or same_subject(a.subject, value.subject))
                and a.subject.year == value.subject.year
            ]
        else:
            pool = pool if len({a.group for a in pool}) == 1 else []
        own = [a for a in pool if a.subject.measure == kind]
        if kind == "budget":
            own = pool
        elif not own:
            own = [a for a in pool if a.subject.measure == "budget"]
        if kind in ("annual_budget", "adjusted_budget") and not own:
            pair = ("annual_budget", "adjusted_budget")
            own = [a for a in pool if a.subject.measure in pair]
        figures = {(a.figure.base, a.figure.decimals) for a in own}
        return own[-1] if len(figures) == 1 else None


_UNPAIRED = re.compile(r"\((?![^)]*\))|“(?![^”]*”)|\"(?![^\"]*\")")


def clean_noun(phrase: str, entity: str = "") -> str:
    """Return a noun phrase without connectors, dates and the unit's own name in front of it."""
    while True:
        before = phrase
        phrase = words.CONNECTOR.sub("", phrase, count=1)
        if entity and phrase.startswith(entity):
            phrase = phrase[len(entity) :].removeprefix("(本级)").removeprefix("部门")
        phrase = words.TIME.sub("", phrase, count=1)
        phrase = words.OWNER.sub("", phrase, count=1)
        if _UNPAIRED.match(phrase):
            phrase = phrase[1:]
        if phrase == before:
            break
    return phrase.lstrip(".").rstrip("“\"'( ,、:;")


def inherit(subject: Subject, measure: Measure, meaning: subjects.Meaning) -> Subject:
    """Return the same subject under another measure."""
    cells = meaning.cells(measure) if subject.item and subject.year is None else ()
    return replace(subject, measure=measure, cells=cells)


__all__ = [
    "BUDGETS",
    "Amount",
    "AnyClaim",
    "Direction",
    "Draft",
    "Passage",
    "clean_noun",
    "inherit",
    "same_subject",
]
