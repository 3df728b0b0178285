"""No change, and comparisons in words (持平、决算数小于预算数)."""

from __future__ import annotations

import re

from gouji.extract.claims import words
from gouji.extract.claims.change import base_before
from gouji.extract.claims.mentions import Mention
from gouji.extract.claims.passage import Amount, Draft, Passage, clean_noun
from gouji.model.claim import Base, Difference, Direction, Flat, Subject

_WORDS: dict[str, Direction] = {
    "大于": "up",
    "高于": "up",
    "超过": "up",
    "多于": "up",
    "小于": "down",
    "低于": "down",
    "少于": "down",
    "等于": "flat",
}
_BUDGET_SAID = re.compile(r"(?:与|同|和|较|比)[^,。;]{0,6}?(?P<base>(?:年初|全年|调整后?的?)?预算)")
_AMOUNT = re.compile(
    r"(?:差值|差额|差异)(?:为|是|:)*$|(?<!资金)节约(?:了|资金|经费|额)*$|结余率?为$"
)
_AGAINST_BUDGET = re.compile(
    r"(?:(?:超出|超过|超|低于|少于|多于|高于|大于|小于)(?P<over>(?:年初|全年|调整后?的?)?预算)(?:数|额)?"
    r"|(?:比|较|与|同)(?P<base>(?:年初|全年|调整后?的?)?预算)(?:数|额|安排)?(?:相比)?,?(?:减少|增加|节约|压减|超出|超支|多|少|降低)(?:支出|了)*)$"
)
_MORE = re.compile(
    r"(?:增加|超出|超支|多)(?:支出|了)*$|(?:超出|超过|超|多于|高于|大于)(?:年初|全年|调整后?的?)?预算(?:数|额)?$"
)
_WINDOW = 60


def read_flat(passage: Passage, match: re.Match[str]) -> None:
    """State that a subject did not change (持平), if the words compare it with something."""
    text = passage.text
    start = words.clause_before(passage.text, match.start())
    clause = text[start : match.start()]
    sentence = words.clause_before(text, match.start(), "。;")
    before = text[max(sentence, match.start() - _WINDOW) : match.start()]
    base = _base(passage, clause, before, match[0])
    if base is None or passage.in_reason(match.start()):
        return
    noun = "" if _near(passage, match) else _noun(passage, clause)
    named = passage.subject(noun, "final")[0] if noun else None
    value = passage.value_of(named, _dimension(passage), match.start())
    if named is not None:
        passage.about = (value, passage.sentence_at(match.start()))
    subject = (value.subject if value else None) or named or passage.current or passage.topic
    if subject is None:
        return
    draft = passage.draft(Flat, "flat", subject, (start, match.end()))
    draft.fields.update(value=value.mention if value else None, about=bool(match["about"]))
    draft.fields["base"] = _printed(passage, match, base, value)
    _own(passage, draft, value, clause)


def _own(passage: Passage, draft: Draft, value: Amount | None, clause: str) -> None:
    """A clause that names nothing states the amount before it: 0.00万元,与上年持平."""
    if value is None or value.block != passage.block:
        return
    draft.of = value
    restated = clause[:1] not in "与较同比和基无,"
    last = passage.amounts[-1].stop if passage.amounts else 0
    if value.home is None and not restated and passage.reach_of(value) == last:
        value.home = draft
        draft.start = min(draft.start, value.start)
        draft.uses(value.mention)


def _dimension(passage: Passage) -> str:
    seen = [a for a in passage.recent() if not a.reason]
    return seen[-1].mention.dimension if seen else "money"


def _base(passage: Passage, clause: str, before: str, word: str) -> Base | None:
    said = _BUDGET_SAID.search(clause) or _BUDGET_SAID.search(before)
    found = base_before(passage, clause) or base_before(passage, before)
    if said is not None and (found is None or found.kind not in ("prior_year", "named")):
        return Base(words.budget_kind(said["base"]), said[0])
    if found is not None:
        passage.base = found
        return found
    return passage.base if "持平" in word or "增减" in word else None


def _noun(passage: Passage, clause: str) -> str:
    body = clause
    for found in words.BASE.finditer(clause):
        if words.base_of(found, None) is not None:
            head, tail = clause[: found.start()], clause[found.end() :]
            body = head if clean_noun(head) else tail
            break
    body = words.SAME_PERIOD.sub("", body)
    _, body = words.measure_of(words.COPULA.sub("", body))
    noun = clean_noun(body, passage.entity)
    return "" if passage.says_nothing(noun) else noun


def _near(passage: Passage, match: re.Match[str]) -> Mention | None:
    """Return the base printed just before: 与上年的0.50万元持平."""
    near = passage.printed_base
    return near if near and near.stop <= match.start() <= near.stop + 1 else None


def _printed(
    passage: Passage, match: re.Match[str], base: Base, value: Amount | None
) -> tuple[Base, Mention | None]:
    near = _near(passage, match)
    if near is not None:
        passage.printed_base = None
        return base, near
    if base.kind in ("initial_budget", "annual_budget", "adjusted_budget", "budget"):
        found = passage.budget_of(value, base.kind, match.start())
        return base, found.mention if found else None
    return base, None


def read_difference(passage: Passage, match: re.Match[str]) -> None:
    """State a comparison in words: 决算数小于预算数."""
    if passage.in_reason(match.start()):
        return
    start = words.clause_before(passage.text, match.start())
    noun = clean_noun(passage.text[start : match.start()], passage.entity)
    noun = re.sub(r"^.*?(?:19|20)\d\d年度?(?=.{2})", "", noun)
    named = None if passage.says_nothing(noun) else passage.subject(noun, "final")[0]
    value = passage.value_of(named, "money", match.start())
    subject = (value.subject if value else None) or named or passage.current or passage.topic
    if subject is None:
        return
    kind = words.budget_kind(match["right"])
    budget = passage.budget_of(value, kind, match.start())
    draft = passage.draft(Difference, "difference", subject, match.span())
    draft.fields.update(
        value=value.mention if value else None,
        base=(Base(kind, match["right"]), budget.mention if budget else None),
        direction=_WORDS[match["word"]],
        amount=None,
    )
    draft.of = value


def read_amount(passage: Passage, mention: Mention) -> bool:
    """Take a stated difference from the budget: 比预算减少2.93万元, 差值为0.9万元."""
    if mention.dimension != "money":
        return False
    against = _AGAINST_BUDGET.search(mention.clause)
    if against is None and _AMOUNT.search(mention.clause) is None:
        return False
    if against is not None and _rate_follows(passage, mention):
        return False
    said = (against["base"] or against["over"]) if against else ""
    kind = words.budget_kind(said)
    value = (
        None if passage.in_reason(mention.start) else passage.value_of(None, "money", mention.start)
    )
    budget = passage.budget_of(value, kind, mention.start)
    direction: Direction | None = None
    if words.DIRECTION.search(mention.clause) or against:
        up = _MORE.search(mention.clause)
        direction = "up" if up else "down"
    subject: Subject | None = value.subject if value else passage.current or passage.topic
    draft = passage.draft(
        Difference,
        "difference",
        subject or passage.subject("", "final")[0],
        (mention.clause_from, mention.stop),
    )
    draft.fields.update(
        value=value.mention if value else None,
        base=(Base(kind, said), budget.mention if budget else None),
        direction=direction,
        amount=mention,
    )
    draft.uses(mention)
    draft.of = value
    return True


_RATE_NEXT = re.compile(
    r"[,、(]?(?:增长|下降|降低|减少|增加|上升|降幅|增幅)[^\d,。;]{0,6}\d[\d.]*%"
)


def _rate_follows(passage: Passage, mention: Mention) -> bool:
    return _RATE_NEXT.match(passage.text, mention.stop) is not None
