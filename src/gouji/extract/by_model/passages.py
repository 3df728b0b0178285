"""Which passages the semantic question is shown (选段): clauses, by what could be wrong with them.

A conclusion about all, an exception, a reason with its direction, a thing denied and named, a form's
own instruction, words of another field, a text told twice, a phrase with two numerals. Choosing costs
tokens and missing costs recall: passages go by rank until the budget is spent, no text twice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from gouji.extract.by_model.attached import END, STOP, bounds, pasted
from gouji.extract.by_model.grounding import spans
from gouji.extract.by_model.openness import SILENT
from gouji.extract.by_model.sectors import foreign_to
from gouji.llm.port import tokens_of
from gouji.model.claim import Nil, Uses
from gouji.model.disclosure import Disclosure
from gouji.model.document import Cell, Paragraph
from gouji.model.indicators import SelfEvaluation
from gouji.model.place import Place
from gouji.model.reading import Engine

_ABSOLUTE = re.compile(
    r"均[^等衡线值]|全部|全面完成|所有|一律|圆满|超额|如期|按期|不存在|无偏差|未发现|达到预期|较好|良好|相符|一致|实现了|明确、"
)
_CONCLUSION = re.compile(
    r"(?:项目|目标|任务|指标|工作).{0,8}(?:均|全部|全面|良好|圆满|较好|超额)|(?:均|全部|全面|圆满|较好|超额).{0,10}(?:项目|目标|任务|指标|工作)|[账帐][实表证物]相符"
)
_FIGURES = re.compile(
    r"均为?[\dX.,]+|均[值价得]|(?:上年|数).{0,8}一致|一致性|=|扣[\d.]+分|得[\d.\-]+分|全民所有|所有[制者]|除上述|项目0个"
)
"""A conclusion that only sums up figures, a definition, a scoring rule: arithmetic's business."""
_EXCEPTION = re.compile(
    r"未完成|未达|尚未|未能|偏低|偏差|不足|滞后|受阻|取消|停办|除[^了以外]|出入|不符|未按|为.?差|较差|不合格|不到位"
)
_NO_EXCEPTION = re.compile(
    r"偏差(?:原因|分析|率)|不存在|未发现|[无没]有?(?:出入|偏差)|取消.{0,4}不"
)
_REASON = re.compile(r"原因(?:是|为|在于|:)|由于")
_UP = re.compile(r"增加|增长|上升|提高|上涨|新增|扩大|增多|增大|调增")
_DOWN = re.compile(r"减少|下降|压减|降低|缩减|压缩|节约|厉行|减小|调减|取消")
_INSTRUCTION = re.compile(
    r"必须考虑|可根据.{2,12}(?:设置|选择|调整|确定|结合)|有选择的?进行|请(?:填|按|根据)|应?填[写报入]|填列说明"
)
_CRITERION = re.compile(r"是否|用以反映")
_LEVEL = re.compile(
    r"(?:经费|资金)来源(?!和)|转移支付|国家[\u4e00-\u9fff]{2,8}局.{0,4}(?:下达|安排)"
)
_OWN = re.compile(r"(?:本|我)(局|委|办|院|校|镇|乡|街道|中心|所|站|厅)(?![外内])")
_NUMERAL = re.compile(
    r"([一二两三四五六七八九十])([级项类批期大])[\"'“”‘’」』]?(?=([\u4e00-\u9fff]{5}))"
)
_TITLE = 40
_SHORTEST = 4
_CONTEXT = 14
"""A shorter clause takes the one before it along: there its subject stands."""
_LONGEST = 110
_ID = 4
"""Tokens of a line's id."""
_TOLD_OFTEN = 4

Cue = Literal[
    "identity",
    "foreign",
    "exception",
    "own",
    "crossed",
    "denied",
    "numeral",
    "conclusion",
    "instruction",
    "pasted",
    "absolute",
    "level",
    "reason",
]
"""身份 · 行外用语 · 例外 · 自称 · 原因与方向相反 · 先列后无 · 数词不一 · 结论 · 填写说明 · 串文 · 概括 · 资金层级 · 原因"""
RANKS: dict[Cue, int] = {
    "identity": 0,
    "foreign": 1,
    "exception": 1,
    "own": 1,
    "crossed": 1,
    "denied": 1,
    "numeral": 1,
    "conclusion": 2,
    "instruction": 2,
    "pasted": 2,
    "absolute": 3,
    "level": 4,
    "reason": 4,
}
"""What is shown first where not all can be."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of prose or a cell of words (片段), and how a span of it is placed."""

    text: str
    at: tuple[int, int]
    """Block and start: the printed order."""
    place: Callable[[int, int], Place]
    cues: frozenset[Cue] = frozenset()
    """Why it is shown."""
    label: str = ""
    """What it is told of, where that stands elsewhere: a row's name, the head of a list."""

    @property
    def size(self) -> int:
        """Tokens it takes on the sheet, estimated."""
        return _ID + tokens_of(self.text) + tokens_of(self.label)

    @property
    def rank(self) -> int:
        """How soon it is shown, 0 first."""
        return min((RANKS[cue] for cue in self.cues), default=len(RANKS))


def chosen(disclosure: Disclosure, engine: Engine, budget: int) -> list[Piece]:
    """Return the pieces to compare, in printed order, of at most `budget` tokens."""
    pool = _Pool(disclosure)
    if engine == "llm":
        return [p for p in pool.everything() if len(p.text) >= _SHORTEST]
    kept: list[Piece] = []
    for piece in sorted(_once(pool.candidates()), key=lambda p: p.rank):  # stable: as printed
        if piece.size <= budget:
            kept.append(piece)
            budget -= piece.size
    return sorted(kept, key=lambda p: p.at)


def _once(pieces: Iterable[Piece]) -> Iterable[Piece]:
    """Return each text once, figures aside, with all that speaks for it."""
    made: dict[str, Piece] = {}
    for piece in pieces:
        text = re.sub(r"[\s\d]+", "", piece.text)
        if len(text) >= _SHORTEST:
            first = made.setdefault(text, piece)
            made[text] = replace(first, cues=first.cues | piece.cues)
    return made.values()


class _Pool:
    """Finds what could be asked about in one document (候选)."""

    def __init__(self, disclosure: Disclosure) -> None:
        self._disclosure = disclosure
        document, outline = disclosure.document, disclosure.outline
        self._prose = [
            p
            for p in document.paragraphs
            if outline.section_kind_of(p.index) not in SILENT and len(p.text) >= _SHORTEST
        ]
        self._by_index = {p.index: p for p in self._prose}
        self._reasons_told: set[str] = set()

    def everything(self) -> Iterator[Piece]:
        """Yield every sentence, and every cell of words of the performance tables."""
        for paragraph in self._prose:
            for start, stop in bounds(paragraph.text, END):
                yield self._piece(paragraph, start, stop, *self._cues(paragraph.text[start:stop]))
        evaluated = {table.grid for table in self._disclosure.indicators}
        for grid in self._disclosure.document.grids:
            if grid.id in evaluated:
                for n, cell in enumerate(grid.cells):
                    cues = frozenset(self._cues(cell.text))
                    yield Piece(cell.text, (grid.index, n), in_cell(cell), cues)

    def candidates(self) -> Iterator[Piece]:
        """Yield what could be shown, in no order."""
        yield from self._identity()
        yield from self._cells()
        yield from self._denied()
        yield from self._numerals()
        yield from self._pasted()
        for paragraph in self._prose:
            if self._disclosure.outline.section_kind_of(paragraph.index) != "overview":
                yield from self._clauses(paragraph)
                yield from self._reasons(paragraph)

    def _piece(self, paragraph: Paragraph, start: int, stop: int, *cues: Cue) -> Piece:
        document = self._disclosure.document
        text = paragraph.text[start:stop]
        begin = start + len(text) - len(text.lstrip())
        return Piece(
            text.strip(),
            (paragraph.index, begin),
            lambda a, b: document.place(paragraph, begin + a, begin + b),
            frozenset(cues),
        )

    def _identity(self) -> Iterator[Piece]:
        """Yield the line that names the unit: what is another's is told from it."""
        entity = self._disclosure.outline.entity
        for paragraph in self._disclosure.document.paragraphs if entity else ():
            at = paragraph.text.find(entity or "")
            if at >= 0:
                yield self._piece(paragraph, at, min(len(paragraph.text), at + _TITLE), "identity")
                return

    def _clauses(self, paragraph: Paragraph) -> Iterator[Piece]:
        """Yield the clauses with a cue; neighbours of one paragraph are one piece."""
        run: tuple[frozenset[Cue], int, int] | None = None
        clauses = list(bounds(paragraph.text, STOP))
        for n, (start, stop) in enumerate(clauses):
            cues = frozenset(self._cues(paragraph.text[start:stop]))
            if not cues:
                continue
            if stop - start < _CONTEXT and n:
                start = clauses[n - 1][0]  # noqa: PLW2901 (widened by the clause before)
            if run and start <= run[2] and stop - run[1] <= _LONGEST:
                run = (cues | run[0], run[1], stop)
                continue
            if run:
                yield self._piece(paragraph, run[1], run[2], *run[0])
            run = (cues, max(start, run[2]) if run else start, stop)
        if run:
            yield self._piece(paragraph, run[1], run[2], *run[0])

    def _cues(self, clause: str) -> Iterator[Cue]:
        """Yield what speaks for showing a clause (线索)."""
        if _FIGURES.search(clause):
            return
        if self._others and any(self._strange(f[0]) for f in self._others.finditer(clause)):
            yield "foreign"
        if _EXCEPTION.search(clause) and not _NO_EXCEPTION.search(clause):
            yield "exception"
        own, entity = _OWN.search(clause), self._disclosure.outline.entity
        if own and entity and own[1] not in entity:
            yield "own"
        if _INSTRUCTION.search(clause):
            yield "instruction"
        if _CONCLUSION.search(clause):
            yield "conclusion"
        if _ABSOLUTE.search(clause):
            yield "absolute"
        if _LEVEL.search(clause):
            yield "level"

    @cached_property
    def _others(self) -> re.Pattern[str] | None:
        """Words of other fields."""
        return foreign_to(self._disclosure.outline.entity or "")

    def _strange(self, word: str) -> bool:
        """Tell a word this document does not live by."""
        return sum(p.text.count(word) for p in self._prose) < _TOLD_OFTEN

    def _reasons(self, paragraph: Paragraph) -> Iterator[Piece]:
        """Yield what rose or fell with the reason given, a reason told before only where it is crossed."""
        text = paragraph.text
        clauses = list(bounds(text, STOP))
        for found in _REASON.finditer(text):
            before = [c for c in clauses if c[0] < found.start()]
            told = [n for n, (a, b) in enumerate(before) if _moves(text[a : min(b, found.start())])]
            if not told or len(before) - told[-1] > _SHORTEST:
                continue
            first = told[-1]
            while first and (first - 1 in told or before[first][1] - before[first][0] < _SHORTEST):
                first -= 1
            ends = END.search(text, found.end())
            start, stop = before[first][0], ends.end() if ends else len(text)
            start = max(start, before[told[-1]][0]) if stop - start > _LONGEST else start
            what, why = text[start : found.start()], text[found.start() : stop]
            crossed = _crossed(what, why)
            if crossed or why not in self._reasons_told:
                self._reasons_told.add(why)
                cue: Cue = "crossed" if crossed else "reason"
                yield self._piece(paragraph, start, min(stop, start + _LONGEST), cue)

    def _cells(self) -> Iterator[Piece]:
        """Yield what performance tables say was to be reached and was, and instructions left in them."""
        grids = {grid.id: grid for grid in self._disclosure.document.grids}
        for table in self._disclosure.indicators:
            grid, told = grids[table.grid], _told(table)
            for n, cell in enumerate(grid.cells):
                label = told.get((cell.place.page, cell.place.start))
                cues = {c for c in self._cues(cell.text) if label is not None or c == "instruction"}
                if label is not None and _CRITERION.search(cell.text):
                    cues.add("instruction")
                if cues:
                    at, label = (grid.index, n), (label or "")[:_CONTEXT]
                    yield Piece(cell.text[:_LONGEST], at, in_cell(cell), frozenset(cues), label)

    def _denied(self) -> Iterator[Piece]:
        """Yield what is denied in one place and named among the uses of money in another."""
        claims, cues = self._disclosure.claims, frozenset[Cue](("denied",))
        denials = [c for c in claims if isinstance(c, Nil) and len(c.subject.text) >= _SHORTEST]
        for uses in (c for c in claims if isinstance(c, Uses)):
            for name, place in uses.names:
                denial = next((d for d in denials if _one_item(d.subject.text, name)), None)
                if denial is not None and denial.block in self._by_index:
                    yield self._clause_with(self._by_index[denial.block], denial.subject.text)
                    at = (uses.block, place.start)
                    yield Piece(name, at, lambda _a, _b, p=place: p, cues, self._lead(uses))  # type: ignore[misc]

    def _clause_with(self, paragraph: Paragraph, words: str) -> Piece:
        """Return the clause of a paragraph that holds some words."""
        at = max(paragraph.text.find(words), 0)
        start, stop = next((a, b) for a, b in bounds(paragraph.text, STOP) if a <= at < b)
        return self._piece(paragraph, start, stop, "denied")

    def _lead(self, uses: Uses) -> str:
        """Return what a list of uses is told of (公用经费36.6万元,主要包括)."""
        text = self._by_index[uses.block].text if uses.block in self._by_index else ""
        at = text.find(uses.names[0][0])
        return re.split(r"[。;]", text[: max(at, 0)])[-1].rstrip(":")[-_TITLE:]

    def _numerals(self) -> Iterator[Piece]:
        """Yield a phrase that stands with two numerals (四级…一体化 · 三级…一体化)."""
        told: dict[tuple[str, str], dict[str, tuple[Paragraph, int]]] = defaultdict(dict)
        for paragraph in self._prose:
            for found in _NUMERAL.finditer(paragraph.text):
                phrase = told[found[2], found[3]]
                phrase.setdefault(found[1], (paragraph, found.start()))
        for phrase in told.values():
            for paragraph, at in phrase.values() if len(phrase) > 1 else ():
                start, stop = next((a, b) for a, b in bounds(paragraph.text, STOP) if a <= at < b)
                yield self._piece(paragraph, start, stop, "numeral")

    def _pasted(self) -> Iterator[Piece]:
        """Yield what an attached report shares with another and only the other's project explains."""
        for said in pasted(self._prose):
            stop = min(said.stop, said.start + _LONGEST)
            yield self._piece(said.paragraph, said.start, stop, "pasted")


def _told(table: SelfEvaluation) -> dict[tuple[int | None, int], str]:
    """Return which cells tell what was to be reached, was, and why not, with the indicator's name."""
    return {
        (said.place.page, said.place.start): row.name
        for row in table.indicators
        for said in (row.target, row.actual, row.explanation)
        if said is not None
    }


def _one_item(one: str, other: str) -> bool:
    """Tell whether two names are of one item, or the one a part of the other's name."""
    return one.startswith(other.removesuffix("用")) or other.startswith(one.removesuffix("用"))


def _moves(clause: str) -> bool:
    return _UP.search(clause) is not None or _DOWN.search(clause) is not None


def _crossed(what: str, why: str) -> bool:
    """Tell a rise explained by a cut, or a fall by a rise."""
    up, down = _UP.search(what) is not None, _DOWN.search(what) is not None
    more, less = _UP.search(why) is not None, _DOWN.search(why) is not None
    return (up and not down and less and not more) or (down and not up and more and not less)


def in_cell(cell: Cell) -> Callable[[int, int], Place]:
    """Return how a span of a cell's text is placed: exactly where its text is printed in one piece."""

    def place(start: int, stop: int) -> Place:
        whole = cell.place
        if whole.end - whole.start != len(whole.quote) or stop - start >= len(cell.text):
            return whole
        for begin, end in spans(whole.quote, cell.text[start:stop]):
            at = whole.start + begin
            return replace(whole, quote=whole.quote[begin:end], start=at, end=whole.start + end)
        return whole

    return place
