"""Scores, grades, other rates and percentage points (绩效指标值)."""

from __future__ import annotations

import re

from gouji.extract.claims import words
from gouji.extract.claims.mentions import Mention
from gouji.extract.claims.passage import Amount, Draft, Passage, clean_noun
from gouji.extract.subjects import Meaning
from gouji.model.claim import Direction, Points, Rated, Subject

_FULL_SCORE = re.compile(
    r"(?:满分|总?分值|权重|标准分|部分值|总分值|计分|设)(?:为|是|共|:)*$|^满?分?值?(?:共)?$"
)
_AFTER = re.compile(r"[^,。;:、()]{1,16}")
_DEFINITION = re.compile(r"=?\s?[(\[][^=;。]{3,120}?/[^=;。]{3,120}?[)\]]\s?[×*x]?\s?(?:100%)?")
GRADE = re.compile(
    r"(?:结果|等级|级次|等次|结论|评级|档次|评定|评价|自评)(?:均|评定|评|定)?(?:为|是|:|属于|达到)+"
    r"[“\"‘]?(?P<grade>优秀|优|良好|良|中等|中|合格|一般|较差|差|不合格)[”\"’]?(?=[,。;、)的项]|等级|级|档|$)"
)


def read_points(passage: Passage, mention: Mention) -> bool:
    """Take percentage points: a difference of two percentages (百分点)."""
    if mention.dimension != "points":
        return False
    found = words.DIRECTION.search(mention.clause)
    direction: Direction = words.direction_of(found) if found else "up"
    body = words.BASE.sub("", words.DIRECTION.sub("", mention.clause))
    subject = _subject(passage, clean_noun(body, passage.entity))
    draft = passage.draft(Points, "points", subject, (mention.clause_from, mention.stop))
    draft.fields.update(amount=mention, direction=direction)
    draft.uses(mention)
    return True


def read_score(passage: Passage, mention: Mention) -> bool:
    """Take a score; the full score before it belongs to the same statement (得分)."""
    if mention.dimension != "score":
        return False
    body = words.COPULA.sub("", mention.clause)
    if _FULL_SCORE.search(mention.clause):
        passage.full_score = mention
        return True
    subject = _subject(passage, clean_noun(body, passage.entity))
    draft = passage.draft(Rated, "score", subject, (mention.clause_from, mention.stop))
    draft.fields.update(value=mention, grade=None)
    draft.uses(mention)
    _list(passage, mention, draft)
    if passage.full_score is not None:
        draft.uses(passage.full_score)
        passage.full_score = None
    return True


def _list(passage: Passage, mention: Mention, draft: Draft) -> None:
    """Scores too have parts: 总分…，其中投入…、产出…."""
    passage.groups += 1
    passage.amounts.append(
        Amount(
            mention,
            draft.subject,
            Meaning(None, "", "other"),
            draft.start,
            passage.block,
            draft.sentence,
            passage.groups,
            named=True,
            home=draft,
            passage=passage,
        )
    )


def _formula(passage: Passage, mention: Mention) -> int:
    """Return where the definition printed after a rate ends: 控制率100%=(a/b)×100%."""
    found = _DEFINITION.match(passage.text, mention.stop)
    return found.end() if found else mention.stop


def read_defined(passage: Passage, mention: Mention) -> bool:
    """Leave the numbers of a definition to the rate they define."""
    rate = passage.defined
    if rate is None or mention.start >= rate.fields["until"]:
        return False
    rate.uses(mention)
    if mention.dimension != "percent":
        rate.fields["ratio"] = (*rate.fields.get("ratio", ()), mention)
    return True


def read_rate(passage: Passage, mention: Mention) -> bool:
    """Take any other percentage or multiple as an indicator (率)."""
    if mention.dimension not in ("percent", "ratio"):
        return False
    noun = clean_noun(words.COPULA.sub("", mention.clause), passage.entity)
    if not noun:
        after = _AFTER.match(passage.text, mention.stop)
        noun = after[0] if after else ""
    draft = passage.draft(
        Rated, "rate", _subject(passage, noun), (mention.clause_from, mention.stop)
    )
    draft.fields.update(value=mention, grade=None)
    draft.uses(mention)
    until = _formula(passage, mention)
    if until > mention.stop:
        draft.fields["until"] = until
        passage.defined = draft
    return True


def _subject(passage: Passage, noun: str) -> Subject:
    if not noun:
        current = passage.current or passage.topic
        noun = current.text if current else ""
    return Subject(noun, None, "other", "other")


def read_grade(passage: Passage, match: re.Match[str]) -> None:
    """State a grade, unless it only tells which projects are counted (评价结果为优的项目)."""
    text = passage.text
    if text.startswith(("的", "项目"), match.end()):
        return
    start = words.clause_before(text, match.start(), "。;,:、(")
    if any(start <= m.start < match.start() and m.dimension == "count" for m in passage.mentions):
        return
    noun = clean_noun(text[start : match.start()], passage.entity)
    draft = passage.draft(Rated, "grade", _subject(passage, noun), (match.start(), match.end()))
    draft.fields.update(value=None, grade=match["grade"])
