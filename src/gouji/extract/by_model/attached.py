"""Reports attached to a document (附件各篇) and what one has from another: text pasted over (串文).

A sentence that two reports share is at home in the one whose project it names. It is pasted where
its words are no others' of that report, and the other report lives by them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gouji.model.document import Paragraph

END = re.compile(r"[。!?]")
"""Where a sentence ends."""
STOP = re.compile(r"[;。!?\n]|(?<!\d)[,:]|[,:](?!\d)")
"""Where a clause ends."""
_REPORT = re.compile(r"(?:报告|自评表|评价表)(?:\(.{0,10}\))?$|^附件")
_MONEY = re.compile(r"\d\s*(?:万元|元|亿元)")
_GENERIC = re.compile(
    "项目|工作|预算|资金|支出|经费|补助|年度|全年|单位|部门|绩效|评价|管理|服务|建设|能力|财政|拨款|执行|主要|专项|目标"
    "|基本|[省市县区]级"
)
"""Words any project's first sentence holds."""
_TITLE = 40
_OFTEN = 4
_LEAST = 12
"""Letters of a sentence worth comparing, and paragraphs of a report."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of an attached report (句)."""

    text: str
    """Without figures and marks."""
    paragraph: Paragraph
    start: int
    stop: int


class _Attached:
    """A report attached to a document (附件报告): its sentences, and the one that says what it is about."""

    def __init__(self, prose: list[Paragraph]) -> None:
        self._pairs = {p.index: Counter(_pairs(p.text)) for p in prose}
        self._every: Counter[str] = sum(self._pairs.values(), Counter())
        spans = ((p, a, b) for p in prose for a, b in bounds(p.text, END))
        every = [Said(re.sub(r"[\W\d]+", "", p.text[a:b]), p, a, b) for p, a, b in spans]
        self.sentences = [s for s in every if len(s.text) >= _LEAST]
        self.texts = frozenset(s.text for s in self.sentences)
        self.head = next(
            (s for s in every if _MONEY.search(s.paragraph.text[s.start : s.stop])), None
        )

    def claims(self, said: Said, other: _Attached) -> bool:
        """Tell whether a sentence of another report uses a word of this one's project that it alone has."""
        if self is other or self.head is None:
            return False
        words = set(_pairs(_GENERIC.sub(" ", self.head.text))) & set(_pairs(said.text))
        return any(self._every[w] >= _OFTEN and other.is_only_near(w, said) for w in words)

    def is_only_near(self, pair: str, said: Said) -> bool:
        """Tell whether two letters stand in a sentence's own and neighbouring paragraphs alone."""
        at = said.paragraph.index
        near = (self._pairs[i][pair] for i in (at - 1, at, at + 1) if i in self._pairs)
        return self._every[pair] == sum(near)


def _pairs(text: str) -> list[str]:
    return re.findall(r"(?=([\u4e00-\u9fff]{2}))", text)


def pasted(prose: Sequence[Paragraph]) -> Iterator[Said]:
    """Yield the sentences of a report that another's project explains, and what their own is about."""
    reports = [_Attached(r) for r in _reports(prose) if len(r) >= _LEAST]
    for own in reports:
        others = [o for o in reports if o is not own]
        shared = [s for s in own.sentences if any(s.text in o.texts for o in others)]
        strange = {s.paragraph.index for s in shared if any(o.claims(s, own) for o in others)}
        for said in shared:
            if strange & set(range(said.paragraph.index - 1, said.paragraph.index + 2)):
                yield said
        if strange and own.head:
            yield own.head


def bounds(text: str, stops: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield where each sentence or clause begins and ends."""
    start = 0
    for found in stops.finditer(text):
        yield start, found.end()
        start = found.end()
    if start < len(text):
        yield start, len(text)


def _reports(prose: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Return the reports attached to a document, each from its title on (附件各篇)."""
    reports: list[list[Paragraph]] = []
    for paragraph in prose:
        if len(paragraph.text) <= _TITLE and _REPORT.search(paragraph.text.strip()):
            reports.append([])
        if reports:
            reports[-1].append(paragraph)
    return reports
