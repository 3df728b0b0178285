"""Statements the grammars did not read (陈述): a model points, our parser reads, the rules' reading wins.

Every role must be a number on the sheet, every word a quote; what ties a number to its role (cue 提示词)
must stand beside it. Figures of such claims carry `suggested`, so that no finding on them is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from gouji.extract.by_model.grounding import Account, UngroundedError, length, spans
from gouji.extract.by_model.openness import Part as Role
from gouji.extract.by_model.openness import RulesReading, key_of
from gouji.extract.by_model.readings import Reading
from gouji.extract.by_model.sheet import Sheet, Shown
from gouji.extract.claims import words
from gouji.extract.claims.passage import Passage
from gouji.llm.answers import ClaimSaid, MeasureKind, NumberRole
from gouji.model.claim import (
    AnyClaim,
    Base,
    Breakdown,
    Change,
    Completion,
    Difference,
    Flat,
    Level,
    Part,
    Share,
    Subject,
)
from gouji.model.disclosure import Disclosure
from gouji.model.document import Paragraph
from gouji.model.figure import Figure

_SHORTEST = 2
_UP = re.compile(rf"{words._UP}|涨|升|多花|多支|抬高|高出|超出")  # noqa: SLF001 (the grammar's words)
_DOWN = re.compile(rf"{words._DOWN}|跌|退|少花|缩水|低于|省下|省出")  # noqa: SLF001 (same)
_WORDS_ONLY = re.compile(r"[^\d万亿元%,。;:]*[\u4e00-\u9fff][^\d万亿元%,。;:]*")
"""A cue is words: a stretch with digits, a unit or a stop in it says nothing of a role."""
_LEVELS = ("money", "count")
_ASIDE = re.compile("其中|包括|包含|含")
_RATED = frozenset({"change", "share", "completion"})
_CUED = frozenset({"change", "flat", "share", "completion", "difference"})


_BUDGET = re.compile("预算|年初")
_MEASURES: dict[MeasureKind, re.Pattern[str]] = {
    "initial_budget": _BUDGET,
    "annual_budget": _BUDGET,
    "adjusted_budget": _BUDGET,
    "budget": _BUDGET,
    "prior": re.compile("上一?年|去年|往年"),
}


@dataclass(frozen=True, slots=True)
class Roles:
    """The numbers of one statement by role (角色)."""

    value: Shown | None
    base: Shown | None
    change: Shown | None
    rate: Shown | None
    whole: Shown | None
    parts: tuple[tuple[str, Shown], ...]

    def every(self) -> Iterator[tuple[Shown, Role]]:
        """Yield each number with the part it plays."""
        for shown in (self.value, self.base, self.whole, *(s for _, s in self.parts)):
            if shown is not None:
                yield shown, "amount"
        if self.change is not None:
            yield self.change, "change"

    def rates(self, kind: str) -> Iterator[tuple[Shown, Role]]:
        """Yield the percentage with the part it plays in a kind of statement."""
        if self.rate is not None:
            yield self.rate, "rate" if kind == "change" else "percent"


class Claims:
    """Turns grounded answers into claims (成句); their ids are m1, m2 and so on."""

    def __init__(self, disclosure: Disclosure, reading: RulesReading, account: Account) -> None:
        self._disclosure = disclosure
        self._reading = reading
        self._account = account
        self.made: list[AnyClaim] = []
        self.superseded: set[str] = set()
        """Ids of the rules' weak claims that give way."""

    def take(self, sheet: Sheet, said: Iterable[ClaimSaid]) -> None:
        """Keep what is grounded, count what is not."""
        for claim in said:
            try:
                self.made.append(self._grounded(sheet, claim))
            except UngroundedError as error:
                self._account.dropped[error.reason] += 1
            else:
                self._account.accepted["claims"] += 1

    def _grounded(self, sheet: Sheet, said: ClaimSaid) -> AnyClaim:
        line = sheet.lines.get(said.line)
        if line is None:
            raise UngroundedError("unknown_line")
        if said.line not in sheet.open:
            raise UngroundedError("line_not_asked")
        roles = _roles(sheet, said)
        every = [*roles.every(), *roles.rates(said.kind)]
        if any(s.sentence.paragraph is not line.paragraph for s, _ in every):
            raise UngroundedError("other_paragraph")
        if len({id(s.mention) for s, _ in every}) != len(every):
            raise UngroundedError("same_number_twice")
        _require_roles(said, roles)
        _require_units(said, roles)
        _require_words(line.paragraph.text, said, roles)
        _require_sense(line.paragraph.text, said, roles)
        self._require_rules_agree(every)
        return self._claim(line.paragraph, said, roles, every)

    def _require_rules_agree(self, every: list[tuple[Shown, Role]]) -> None:
        """The rules' own reading wins; a claim of nothing they left open adds nothing."""
        for shown, role in every:
            firm = self._reading.firm.get(key_of(shown.figure.place))
            if firm and role not in firm:
                self._account.disagreements += 1
                raise UngroundedError("rules_read_otherwise")
        if not any(self._reading.is_open(key_of(s.figure.place)) for s, _ in every):
            raise UngroundedError("nothing_new")

    def _claim(
        self,
        paragraph: Paragraph,
        said: ClaimSaid,
        roles: Roles,
        every: list[tuple[Shown, Role]],
    ) -> AnyClaim:
        for shown, _ in every:
            self.superseded |= {
                c.id for c in self._reading.weak.get(key_of(shown.figure.place), ())
            }
        start = min(s.mention.start for s, _ in every)
        named = [a for a, _ in spans(paragraph.text, said.subject) if a < start]
        start = max(named, default=start)
        stop = max(s.mention.stop for s, _ in every)
        passage = self._passage(paragraph)
        outline = self._disclosure.outline
        common: dict[str, Any] = {
            "id": f"m{len(self.made) + 1}",
            "type": said.kind,
            "subject": _subject(passage, said, roles),
            "place": self._disclosure.document.place(paragraph, start, stop),
            "block": paragraph.index,
            "section": passage.section,
            "sentence": passage.sentence_at(every[0][0].mention.start),
            "attached": outline.attachments_from is not None
            and paragraph.index >= outline.attachments_from,
        }
        return _made(common, said, roles, passage)

    def _passage(self, paragraph: Paragraph) -> Passage:
        outline = self._disclosure.outline
        return Passage(
            text=paragraph.text,
            block=paragraph.index,
            section=outline.section_kind_of(paragraph.index),
            fiscal_year=outline.fiscal_year,
            mentions=[],
            others=[],
            ends=[i for i, c in enumerate(paragraph.text) if c in "。!?"],
            reasons=[],
            entity=outline.entity or "",
        )


def _roles(sheet: Sheet, said: ClaimSaid) -> Roles:
    def of(role: NumberRole) -> Shown | None:
        number = said.number(role)
        return None if number is None else sheet.number(number)

    value = of("value")
    return Roles(
        value,
        _prior(sheet, said, value) if said.kind == "change" else of("base_value"),
        of("change"),
        of("rate"),
        of("whole"),
        tuple((p.name, sheet.number(p.number)) for p in said.parts)
        if said.kind == "breakdown"
        else (),
    )


def _prior(sheet: Sheet, said: ClaimSaid, value: Shown | None) -> Shown | None:
    """Return the printed prior figure of a change, or None: it follows from the others.

    Where none is printed a model puts the current figure there, or one it has worked out.
    """
    if said.base_value is None:
        return None
    try:
        shown = sheet.number(said.base_value)
    except UngroundedError:
        return None
    return None if shown is value else shown


def _require_roles(said: ClaimSaid, roles: Roles) -> None:
    needed = {
        "level": roles.value is not None,
        "change": roles.change is not None or roles.rate is not None,
        "flat": roles.value is not None and roles.base is not None,
        "share": roles.rate is not None and roles.value is not None,
        "completion": roles.rate is not None and roles.value is not None,
        "difference": roles.change is not None and roles.value is not None,
        "breakdown": roles.value is not None and len(roles.parts) >= _SHORTEST,
    }
    if not needed[said.kind] or (said.kind == "change" and said.direction == "none"):
        raise UngroundedError("role_missing")


def _require_units(said: ClaimSaid, roles: Roles) -> None:
    levels = [s.figure.dimension for s, _ in roles.every()]
    rates = [s.figure for s, _ in roles.rates(said.kind)]
    if any(d not in _LEVELS for d in levels) or len(set(levels)) > 1:
        raise UngroundedError("wrong_unit")
    if rates and (said.kind not in _RATED or rates[0].dimension not in ("percent", "other")):
        raise UngroundedError("wrong_unit")
    if rates and rates[0].unit is not None and rates[0].dimension == "other":
        raise UngroundedError("wrong_unit")


def _require_words(text: str, said: ClaimSaid, roles: Roles) -> None:
    """Every word is in the paragraph; the cue stands beside the number it governs, and agrees."""
    quotes = {"share": [said.whole_name], "breakdown": [p.name for p in said.parts]}
    for quote in filter(None, [said.subject, *quotes.get(said.kind, [])]):
        if not any(spans(text, quote)):
            raise UngroundedError("quote_not_found")
    if length(said.subject) < _SHORTEST:
        raise UngroundedError("quote_too_short")
    if said.kind not in _CUED:
        return
    told = roles.change or roles.rate or roles.base
    telling = _WORDS_ONLY.fullmatch(said.cue) is not None
    if not telling or told is None or not _beside(text, said.cue, told):
        raise UngroundedError("cue_not_beside_number")
    up, down = _UP.search(said.cue), _DOWN.search(said.cue)
    if (up and not down and said.direction == "down") or (
        down and not up and said.direction == "up"
    ):
        raise UngroundedError("direction_contradicts_cue")


def _require_sense(text: str, said: ClaimSaid, roles: Roles) -> None:
    """No amount is passed over between a statement's own, and no other reading makes more sense."""
    every = [s for s, _ in (*roles.every(), *roles.rates(said.kind))]
    own = {id(s.mention) for s in every}
    start, stop = min(s.mention.start for s in every), max(s.mention.stop for s in every)
    unused = [
        m
        for sentence in {id(s.sentence): s.sentence for s in every}.values()
        for m in sentence.mentions
        if id(m) not in own and m.dimension in _LEVELS
    ]
    for mention in unused:
        before = text[start : mention.start]
        aside = before.count("(") > before.count(")") or _ASIDE.search(before)
        if start < mention.start < stop and not aside and mention.dimension == "money":
            raise UngroundedError("number_passed_over")
    cue = said.cue
    reading = Reading(
        kind=said.kind,
        value=_figure(roles.value),
        base=_figure(roles.base),
        change=_figure(roles.change),
        rate=_figure(roles.rate),
        whole=_figure(roles.whole),
        parts=tuple(s.figure for _, s in roles.parts),
        falls=said.direction == "down",
        direction_proven=bool(_UP.search(cue)) != bool(_DOWN.search(cue)),
    )
    if reading.is_doubtful():
        raise UngroundedError("other_reading_holds")


def _beside(text: str, cue: str, told: Shown) -> bool:
    """Tell whether a cue stands next to a number with no other quantity of the sentence between."""
    token = told.mention.token
    for start, stop in spans(text, cue):
        low, high = min(stop, token.stop), max(start, token.start)
        between = [
            m
            for m in told.sentence.mentions
            if m is not told.mention and low <= m.start and m.stop <= high
        ]
        inside = told.sentence.start <= start and stop <= told.sentence.stop
        if inside and not between:
            return True
    return False


def _subject(passage: Passage, said: ClaimSaid, roles: Roles) -> Subject:
    unit = ""
    if roles.value is not None and roles.value.figure.dimension == "count":
        unit = roles.value.mention.unit_name
    subject, _ = passage.subject(said.subject, _measure(passage, said, roles), unit)
    return subject


def _measure(passage: Passage, said: ClaimSaid, roles: Roles) -> MeasureKind:
    """Return whose figure the value is; a budget or a prior figure must be called so in its sentence."""
    word = _MEASURES.get(said.measure)
    if word is None or roles.value is None:
        return said.measure
    sentence = roles.value.sentence
    return said.measure if word.search(passage.text, sentence.start, sentence.stop) else "final"


def _figure(shown: Shown | None) -> Figure | None:
    return None if shown is None else replace(shown.figure, suggested=True)


def _base(said: ClaimSaid, roles: Roles) -> Base:
    return Base(said.base, "", None, _figure(roles.base))


def _made(common: dict[str, Any], said: ClaimSaid, roles: Roles, passage: Passage) -> AnyClaim:
    value, change, rate = _figure(roles.value), _figure(roles.change), _figure(roles.rate)
    base = _base(said, roles)
    match said.kind:
        case "change":
            return Change(
                **common,
                value=value,
                change=change,
                direction="down" if said.direction == "down" else "up",
                rate=rate,
                base=base,
            )
        case "flat":
            return Flat(**common, value=value, base=base)
        case "completion":
            assert rate is not None  # noqa: S101  # _require_roles
            return Completion(**common, value=value, base=base, percent=rate)
        case "difference":
            up = None if said.direction == "none" else said.direction
            return Difference(**common, value=value, base=base, direction=up, amount=change)
        case "share":
            assert rate is not None  # noqa: S101  # _require_roles
            item = passage.subject(said.whole_name, "final")[0].item if said.whole_name else None
            return Share(
                **common,
                value=value,
                percent=rate,
                whole_text=said.whole_name,
                whole=_figure(roles.whole),
                whole_item=item,
            )
        case "breakdown":
            assert value is not None  # noqa: S101  # _require_roles
            parts = tuple(
                Part(
                    name, replace(s.figure, suggested=True), passage.subject(name, "final")[0].item
                )
                for name, s in roles.parts
            )
            return Breakdown(**common, total=value, parts=parts, exhaustive=True)
        case "level":
            assert value is not None  # noqa: S101  # _require_roles
            return Level(**common, value=value)
