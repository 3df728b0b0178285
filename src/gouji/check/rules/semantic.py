"""Passages that do not go together in meaning, as a language model suggests (语义提示).

What it checks
    Pairs of passages a configured model names: statements that contradict each other, a conclusion
    against its own exception (均、全部), a reason against the direction it explains, text of another
    report, another unit's name in the place of the own.

Why it matters
    Such slips carry no figure, so no arithmetic sees them; a reader notices and trusts nothing else.

For example
    “全部项目均按期完工”与“河道清淤项目尚未开工”不能并存。

Not a violation
    Anything without two quotes that both stand in the document, character for character: it is
    dropped before this rule. Every finding is marked as suggested by a model and weighs a warning at most.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.check.rule import rule
from gouji.model.reading import Suggestion, SuggestionKind
from gouji.model.relation import AnyRelation, Breach

BASIS = "文义；由语言模型提示，须对照原文"


@rule("SEM001", "contradiction", "前后说法应能并存", basis=BASIS, at_most="warning")
def contradiction(suggestions: tuple[Suggestion, ...]) -> Iterator[AnyRelation]:
    """Pass on two statements that contradict each other (互相矛盾)."""
    yield from _suggested(suggestions, "contradiction", "模型提示，两处说法似不能并存。{why}")


@rule("SEM002", "overreach", "概括性结论应与所述例外相符", basis=BASIS, at_most="warning")
def overreach(suggestions: tuple[Suggestion, ...]) -> Iterator[AnyRelation]:
    """Pass on a conclusion about all that an exception contradicts (均、全部)."""
    yield from _suggested(suggestions, "overreach", "模型提示，结论与所述情况似不相符。{why}")


@rule("SEM003", "reason", "原因应能解释增减的方向", basis=BASIS, at_most="warning")
def reason(suggestions: tuple[Suggestion, ...]) -> Iterator[AnyRelation]:
    """Pass on a reason that explains the opposite of what happened (原因与方向相反)."""
    yield from _suggested(suggestions, "reason", "模型提示，所述原因似不能解释增减的方向。{why}")


@rule("SEM004", "foreign-text", "文字应属于本报告", basis=BASIS, at_most="warning")
def foreign_text(suggestions: tuple[Suggestion, ...]) -> Iterator[AnyRelation]:
    """Pass on text that seems to belong to another report (混入他处文字)."""
    yield from _suggested(suggestions, "foreign_text", "模型提示，此处文字似属别的报告。{why}")


@rule("SEM005", "wrong-entity", "所述主体应是本单位", basis=BASIS, at_most="warning")
def wrong_entity(suggestions: tuple[Suggestion, ...]) -> Iterator[AnyRelation]:
    """Pass on a place where another unit stands for the own (主体写错)."""
    yield from _suggested(suggestions, "wrong_entity", "模型提示，此处主体似非本单位。{why}")


def _suggested(
    suggestions: tuple[Suggestion, ...], kind: SuggestionKind, message: str
) -> Iterator[AnyRelation]:
    for pair in suggestions:
        if pair.kind == kind:
            yield Breach(
                subject="",
                told_in=pair.first,
                grade="doubtful",
                message=message,
                words={"why": pair.why},
                evidence=(("first", pair.first), ("second", pair.second)),
            )
