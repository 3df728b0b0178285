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
FEW = 8
"""Findings that stand on one page however long they are …"""
SHORTER = (LONGEST_STATEMENT, 180, 120, 90)
"""… with statements of at most so many characters."""
VERDICT = N_("不能同时成立")
NEUTRAL = N_("不一致")


_REPROACHES = (
    ("却自称", "自称"),
    ("却写作", "写作"),
    ("却写", "写作"),
    ("却不是", "不是"),
    ("却是", "为"),
    ("却称", "称"),
    ("却说", "表述为"),
    ("却没有", "没有"),
    ("却只得", "得"),
    ("却得", "得"),
    ("超过了", "大于"),
    ("填表说明未删", "文中有填表说明"),
    ("占位符未替换", "文中有占位符"),
    ("，不一致", "，两者不一致"),
)
"""What a finding says in reproach, and how a letter puts it to the unit; Chinese only, as the letter is written."""
_SUSPICION = re.compile("，疑[^，。；（]*")
"""A guess at the slip (疑填成了得分): not for the unit."""


_QUOTED = re.compile("(“[^”]*”|《[^》]*》)")


class Question(NamedTuple):
    """One matter to explain (核查事项): statements that do not agree, of one cause."""

    number: int
    statements: tuple[str, ...]

    def cut(self, most: int = MOST_STATEMENTS) -> tuple[Question, Question | None]:
        """Return what the letter says of it, and what is left for the annex."""
        short = Question(self.number, self.statements[:most])
        rest = Question(self.number, self.statements[most:])
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


def letter_of(report: Report, say: Catalogue, lines: int) -> Letter:
    """Return the questions as they go to the unit (函): a few always on one page, told in fewer words if need be."""
    letter = on_one_page(questions_of(report, say), lines)
    if letter.annex and sum(map(_weighs, report.findings)) <= FEW:
        for longest in SHORTER:
            shorter = on_one_page(questions_of(report, say, longest), lines, FEW)
            if not shorter.annex:
                return shorter
    return letter


def questions_of(
    report: Report, say: Catalogue, longest: int = LONGEST_STATEMENT
) -> list[Question]:
    """Return the questions, worst first: errors and warnings that nobody dismissed."""
    groups: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if _weighs(finding):
            groups.setdefault(finding.cluster or finding.id, []).append(finding)
    return [
        Question(number, tuple(neutral(f, say, longest) for f in group))
        for number, group in enumerate(groups.values(), 1)
    ]


def _weighs(finding: Finding) -> bool:
    return finding.severity != "note" and not is_dismissed(finding)


def neutral(finding: Finding, say: Catalogue, longest: int = LONGEST_STATEMENT) -> str:
    """Return what a finding says without its judgement, and without a closing stop."""
    told = _SUSPICION.sub("", cut(finding.message, longest))
    told = told.replace(say(VERDICT), say(NEUTRAL)).rstrip("。. ")
    if say.language != "zh":
        return told
    quoted = _QUOTED.split(told)  # what stands in the document stays as it is printed
    return "".join(part if at % 2 else _mildly(part) for at, part in enumerate(quoted))


def _mildly(told: str) -> str:
    for reproach, mild in _REPROACHES:
        told = told.replace(reproach, mild)
    return told


def on_one_page(questions: Iterable[Question], lines: int, most: int = MOST_STATEMENTS) -> Letter:
    """Return a letter whose questions take at most so many lines; the rest is its annex."""
    letter = Letter([], [])
    left = lines
    for question in questions:
        short, rest = question.cut(most)
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
