"""What to ask the unit about (核查事项): one neutral question a cause, and how many fit on one page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import ceil
from typing import NamedTuple

from rich.cells import cell_len

from gouji.messages import N_, Catalogue
from gouji.model.report import Finding, Report
from gouji.report.labels import is_dismissed
from gouji.report.legible import cut

LONGEST_STATEMENT = 260
LINE = 78
"""Columns of a line of the letter; a Chinese character takes two."""
OF_ONE, OF_SEVERAL = 24, 10
"""Columns of what stands around a statement: indent, number, request."""
MOST_STATEMENTS = 4
"""Statements of one question in the letter itself; the others go to its annex."""
VERDICT = N_("不能同时成立")
NEUTRAL = N_("不一致")


_SUSPICION = re.compile("，疑[^，。；（]*")
"""A guess at the slip (疑填成了得分): not for the unit."""


class Question(NamedTuple):
    """One matter to explain (核查事项): statements that do not agree, of one cause."""

    number: int
    statements: tuple[str, ...]

    def cut(self) -> tuple[Question, Question | None]:
        """Return what the letter says of it, and what is left for the annex."""
        short = Question(self.number, self.statements[:MOST_STATEMENTS])
        rest = Question(self.number, self.statements[MOST_STATEMENTS:])
        return short, rest if rest.statements else None


class Letter(NamedTuple):
    """The questions as they stand on paper (函)."""

    questions: list[Question]
    annex: list[Question]
    """What did not fit on the page."""

    @property
    def left(self) -> int:
        """Statements in the annex."""
        return sum(len(q.statements) for q in self.annex)


def questions_of(report: Report, say: Catalogue) -> list[Question]:
    """Return the questions, worst first: errors and warnings that nobody dismissed."""
    groups: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if finding.severity != "note" and not is_dismissed(finding):
            groups.setdefault(finding.cluster or finding.id, []).append(finding)
    return [
        Question(number, tuple(neutral(f, say) for f in group))
        for number, group in enumerate(groups.values(), 1)
    ]


def neutral(finding: Finding, say: Catalogue) -> str:
    """Return what a finding says without its judgement, and without a closing stop."""
    told = _SUSPICION.sub("", cut(finding.message, LONGEST_STATEMENT))
    return told.replace(say(VERDICT), say(NEUTRAL)).rstrip("。. ")


def on_one_page(questions: Iterable[Question], lines: int) -> Letter:
    """Return a letter whose questions take at most so many lines; the rest is its annex."""
    letter = Letter([], [])
    left = lines
    for question in questions:
        short, rest = question.cut()
        left -= height(short)
        if left < 0:
            letter.annex.append(question)
            continue
        letter.questions.append(short)
        if rest is not None:
            letter.annex.append(rest)
    return letter


def height(question: Question) -> int:
    """Return how many lines a question takes, its request included."""
    several = len(question.statements) > 1
    around = OF_SEVERAL if several else OF_ONE
    lines = sum(ceil((cell_len(s) + around) / LINE) for s in question.statements)
    return lines + int(several)
