"""What the rules left open (未读懂之处): numbers unread, or read only as an amount of nothing known.

The rules take a number after any noun as an amount, so an odd wording ends as the amount of half a
sentence ("较之上一年多花": 0.71). Such a weak reading gives way; every other reading of theirs stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from gouji.extract.by_model.sheet import Key, Sentence, sentences
from gouji.extract.numbers import house_decimals
from gouji.model.claim import (
    AnyClaim,
    Breakdown,
    Change,
    Completion,
    Difference,
    Flat,
    Level,
    Points,
    Rated,
    Share,
)
from gouji.model.disclosure import Disclosure
from gouji.model.figure import Figure
from gouji.model.outline import SectionKind
from gouji.model.place import Place
from gouji.model.reading import Engine

Part = Literal["amount", "change", "rate", "percent"]
"""What a number is in a statement: a level or base, an increment, a rate of change, another per cent."""
SILENT: frozenset[SectionKind] = frozenset({"contents", "glossary"})
_ODD = re.compile(
    r"上一?年|去年|往年|同期|年初|年底|盘子|相比|比$|比[^例重率]|较|相当|里头|之中|当中|里面|今年|变成|[由从]"
    r"|[了掉出到成去得下回走过的上少多]$"
)
_TELLING = frozenset({"money", "percent"})
"""Quantities statements are about; counts of things (2-3次) are not worth a question."""
_RELATED = 2
"""A single number stands in no relation: a label under a chart."""
_LIST = 3
_COMPARED = re.compile(r"比|较|相当|持平|多|少|[增减升降涨跌退]|省|缩|剩|超|分别|拆|凑")
_RATE_NOUN = re.compile(r"(?:率|度|比例|比重|占比|比|分|数|值|幅|指标|进度|[》”)])$")


def key_of(place: Place) -> Key:
    """Return the identity of a printed number."""
    return (place.page, place.start)


def parts_of(claim: AnyClaim) -> Iterator[tuple[Figure, Part]]:
    """Yield the figures of a claim with the part each plays (数字角色)."""
    base = getattr(claim, "base", None)
    if base is not None and base.figure is not None:
        yield base.figure, "amount"
    found: list[tuple[Figure | None, Part]] = []
    match claim:
        case Change(value=value, change=change, rate=rate):
            found = [(value, "amount"), (change, "change"), (rate, "rate")]
        case Share(value=value, percent=percent, whole=whole):
            found = [(value, "amount"), (percent, "percent"), (whole, "amount")]
        case Completion(value=value, percent=percent):
            found = [(value, "amount"), (percent, "percent")]
        case Difference(value=value, amount=amount):
            found = [(value, "amount"), (amount, "change")]
        case Breakdown(total=total, parts=parts):
            found = [(total, "amount"), *((p.figure, "amount") for p in parts)]
        case Points(amount=amount):
            found = [(amount, "rate")]
        case Level(value=value) | Flat(value=value) | Rated(value=value):
            found = [(value, "amount")]
        case _:
            pass
    yield from ((figure, part) for figure, part in found if figure is not None)


def is_weak(claim: AnyClaim) -> bool:
    """Tell a claim that gives way to a better reading: an amount or a rate of nothing known."""
    if isinstance(claim, Level):
        return claim.subject.item is None
    if isinstance(claim, Change):
        stray = claim.value is not None and claim.subject.item is None
        return stray and _ODD.search(claim.subject.text) is not None
    return isinstance(claim, Rated) and claim.grade is None and claim.ratio is None


@dataclass(slots=True)
class RulesReading:
    """What the rules made of every number (规则的读法)."""

    figures: dict[Key, Figure] = field(default_factory=dict)
    firm: dict[Key, set[Part]] = field(default_factory=lambda: defaultdict(set))
    weak: dict[Key, list[AnyClaim]] = field(default_factory=lambda: defaultdict(list))
    unread: frozenset[Key] = frozenset()
    house: int | None = None

    def is_open(self, key: Key) -> bool:
        """Tell a number the rules read weakly or not at all."""
        return key in self.unread or (key in self.weak and key not in self.firm)

    def is_odd(self, key: Key) -> bool:
        """Tell an open number whose weak reading looks like half a sentence."""
        if key in self.unread:
            return True
        return self.is_open(key) and any(_is_odd(c) for c in self.weak[key])


def _is_odd(claim: AnyClaim) -> bool:
    text = claim.subject.text
    if isinstance(claim, Rated):
        percent = claim.value is not None and claim.value.dimension == "percent"
        return percent and _RATE_NOUN.search(text) is None
    return _ODD.search(text) is not None


def rules_reading(disclosure: Disclosure) -> RulesReading:
    """Return what the rules made of every number of the prose."""
    made = RulesReading()
    for claim in disclosure.claims:
        weak = is_weak(claim)
        for figure, part in parts_of(claim):
            key = key_of(figure.place)
            made.figures.setdefault(key, figure)
            if weak:
                made.weak[key].append(claim)
            else:
                made.firm[key].add(part)
    made.unread = frozenset(key_of(n.place) for n in disclosure.numbers if n.use == "unread")
    made.house = house_decimals(made.figures.values())
    return made


def open_sentences(
    disclosure: Disclosure, reading: RulesReading, engine: Engine
) -> Iterator[tuple[Sentence, Sentence | None]]:
    """Yield the sentences to ask about, each with the sentence before it in its paragraph.

    With engine "llm" that is every sentence with a quantity.
    """
    document, outline = disclosure.document, disclosure.outline
    skip = frozenset(
        p.index for p in document.paragraphs if outline.section_kind_of(p.index) in SILENT
    )
    before: Sentence | None = None
    for sentence in sentences(document, skip):
        same = before is not None and before.paragraph is sentence.paragraph
        keys = [
            key_of(document.place(sentence.paragraph, m.start, m.stop))
            for m in sentence.mentions
            if m.dimension in _TELLING
        ]
        if engine == "llm":
            asked = bool(sentence.mentions)
        else:
            odd = len(keys) >= _RELATED and any(reading.is_odd(k) for k in keys)
            asked = odd or any(k in reading.unread for k in keys)
            asked = (asked or _is_list(sentence, reading, keys)) and _may_relate(sentence)
        if asked:
            yield sentence, before if same else None
        before = sentence


def _may_relate(sentence: Sentence) -> bool:
    """Tell whether the numbers could say anything together: a rate, a sum, or two amounts compared.

    One amount after another, or noughts, make no statement that arithmetic could hold to anything.
    """
    told = [m for m in sentence.mentions if m.dimension in _TELLING and m.token.value]
    amounts = [m for m in told if m.dimension == "money"]
    if len(told) > len(amounts) or len(amounts) >= _LIST:
        return True
    return len(amounts) >= _RELATED and _COMPARED.search(sentence.text) is not None


def _is_list(sentence: Sentence, reading: RulesReading, keys: list[Key]) -> bool:
    """Tell three amounts or more, none of them known and two side by side: perhaps a sum (分项)."""
    if len(keys) < _LIST or not all(reading.is_open(k) for k in keys):
        return False
    text = sentence.paragraph.text
    return any(text.startswith("、", m.stop) for m in sentence.mentions)
