"""A figure told by where it rose from: 由上年的17916.00元增加到21360.17元,增长19.22%."""

from __future__ import annotations

import re

from gouji.extract.claims import words
from gouji.extract.claims.mentions import Mention
from gouji.extract.claims.passage import Amount, Passage, clean_noun
from gouji.model.claim import Base, Change

_FROM = re.compile(
    r"(?:由|从)(?P<when>上一?年度?|去年|(?:19|20)\d\d年度?)的?(?:决算数?|预算数?)?(?:的|为)?$"
)
_TO = re.compile(
    r"^,?(?:(?P<up>增加|增长|提高|上升)|(?P<down>减少|下降|降低|压缩))(?:到|至)了?"
    r"(?:(?:本年度?|今年|(?:19|20)\d\d年度?)的?)?$"
)
_YEAR = re.compile(r"\d{4}")


def read(passage: Passage, mention: Mention) -> bool:
    """Take the figure a rise began at, and the figure it came to."""
    if mention.dimension not in ("money", "count"):
        return False
    from_here = _FROM.search(mention.clause)
    if from_here is not None:
        following = passage.mentions[mention.index + 1 : mention.index + 2]
        return bool(following) and _TO.match(following[0].clause) is not None
    to_here = _TO.match(mention.clause)
    before = passage.mentions[mention.index - 1] if mention.index else None
    begun = _FROM.search(before.clause) if before is not None else None
    if to_here is None or before is None or begun is None:
        return False
    _state(passage, mention, before, begun, up=to_here["up"] is not None)
    return True


def _state(
    passage: Passage, mention: Mention, before: Mention, begun: re.Match[str], *, up: bool
) -> None:
    noun = clean_noun(words.COPULA.sub("", before.clause[: begun.start()]), passage.entity)
    subject, meaning = passage.subject(noun, "final")
    sentence = passage.sentence_at(mention.start)
    passage.groups += 1
    start = before.clause_from
    amount = Amount(
        mention, subject, meaning, start, passage.block, sentence, passage.groups, named=True
    )
    amount.passage = passage
    amount.reason = passage.in_reason(mention.start)
    passage.amounts.append(amount)
    if not amount.reason:
        passage.current = subject
    year = _YEAR.search(begun["when"])
    base = Base("prior_year", begun[0], int(year[0]) if year else None)
    draft = passage.draft(Change, "change", subject, (start, mention.stop))
    draft.fields.update(
        value=mention, direction="up" if up else "down", base=(base, before), unspecified=False
    )
    draft.uses(mention, before)
    draft.of = amount
    amount.home = draft
    passage.open = [draft]
