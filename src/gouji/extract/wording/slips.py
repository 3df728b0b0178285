"""Slips of the pen that need no arithmetic: doubled words, stray punctuation, open brackets (笔误)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from gouji.extract.wording.lexicon import any_of, entries
from gouji.model.wording import Residue, ResidueKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gouji.extract.wording.scan import Prose

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SHORTEST, _LONGEST = 4, 24
_NO_PHRASE = frozenset('\n、“”"XＸ×…|')
"""Marks of lists, quotations and placeholders: what repeats around them is no slip of words."""
_ONLY_ORDINAL = re.compile(r"第.{1,3}部分|[(]?[一二三四五六七八九十\d]{1,3}[)、.]+")
_PUNCTUATION = re.compile(r"[,;:、][,;:、。]+|。[,;:、]+|(?<!。)。。(?!。)|(?<=[(《])[,;:、。]+")
_VERB = (
    "制定|执行|开展|落实|建立|完善|拟定|拟订|印发|完成|编制|修订|实施|确定|下达|撰写|出台|提出|报送|反馈"
    "|公开|加强|调整|形成|设立|健全|贯彻|推进|组织|履行|编写|汇总|整理|检查|填报|批复|达到|符合|进行"
)
_UNFINISHED = re.compile(
    rf"(?:(?<=。)|^)(?:根据|按照|依据|依照)(?:(?!{_VERB})[^,。;:、\n()《》]){{4,40}}"
    r"(?<=体系|办法|规定|文件|通知|精神|方案)。",
    re.MULTILINE,
)
"""根据 and a noun, then the full stop: the sentence lacks its verb."""
_IDLE_REASON = re.compile(
    r"持平[,。;](?:其)?(?:主要)?原因(?:是|为|:|在于)"
    r"[^。;\n]{0,60}?(?<!没有)(?<![未无不没])(?:减少|压减|压缩|缩减|下降|增加|增长|上涨)[^。;\n]{0,12}"
)
_PAIRS = (("《", "》"), ("(", ")"))
_ENUMERATED = re.compile(r"(?:^|[。;:,、])\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])\)")
_CONTEXT = 12
_SENTENCE = re.compile(r"(?<![^。;\n])[^。;\n]+[。;]")
"""Tried only where a sentence can begin: a line of megabytes without a full stop costs one look."""
_CLAUSES = 24
"""Clauses a sentence parted by semicolons may have: a list of vehicles has ten."""
_UNDER_TABLES = ("注", "说明", "备注")
_WORDS_OF_ROW = 2
"""Spaces that part the headings of a table's row printed as text."""
_TRIES = 50
"""Places in one run of equal characters that are looked at."""
_UNLIKE = re.compile(rb"[^\0]")
_TELLING = 10
"""Chinese characters a sentence needs: 无公务接待活动 may well be said twice."""


def read_slips(prose: Prose) -> Iterator[Residue]:
    """Yield slips of wording (笔误)."""
    yield from _doubled(prose)
    yield from _doubled_sentences(prose)
    yield from _doubled_words(prose)
    yield from _found(prose, "punctuation", _PUNCTUATION, widen=6)
    yield from _slips(prose)
    yield from _found(prose, "unfinished", _UNFINISHED)
    if "持平" in prose.text:
        yield from _found(prose, "idle_reason", _IDLE_REASON)
    yield from _brackets(prose)


def _found(
    prose: Prose, kind: ResidueKind, pattern: re.Pattern[str], *, widen: int = 0
) -> Iterator[Residue]:
    for found in pattern.finditer(prose.text):
        start, end = found.span()
        first = max(prose.line(start)[0], start - widen)
        text = prose.text[first:end]
        yield Residue(kind, text, prose.place(first, end), prose.block(start))


def _doubled_words(prose: Prose) -> Iterator[Residue]:
    """Yield words printed twice (共计共计); the heads of two columns stand apart and in no sentence."""
    for found in any_of("doubled").finditer(prose.text):
        place = prose.place(*found.span())
        if " " not in place.quote.strip() or prose.is_sentence(found.start()):
            yield Residue("doubled", found[0], place, prose.block(found.start()))


def _doubled(prose: Prose) -> Iterator[Residue]:
    """Yield phrases printed twice in a row (主要是:主要是:).

    The text is compared with itself moved by 4 … 24 characters, as one large integer each time: equal
    characters leave zeros, and a run of zeros as long as the shift is a doubled phrase.
    """
    data = prose.text.encode("utf-32-le")
    whole = int.from_bytes(data, "little")
    for shift in range(_SHORTEST, _LONGEST + 1):
        width = 4 * shift
        same = (whole ^ (whole >> (8 * width))).to_bytes(len(data), "little")
        at, tried, last = same.find(bytes(width)), 0, -1
        while 0 <= at <= len(data) - 2 * width:
            tried = tried + 1 if at == last else 1
            if tried > _TRIES:  # one character all along a line: no words in it
                unlike = _UNLIKE.search(same, at)
                at = same.find(bytes(width), unlike.end()) if unlike else -1
                continue
            start = -(-at // 4)
            phrase = prose.text[start : start + shift]
            if prose.text.startswith(phrase, start + shift) and _is_phrase(prose, start, phrase):
                end = start + 2 * shift
                yield Residue("doubled", phrase, prose.place(start, end), prose.block(start))
            last = at + width
            at = same.find(bytes(width), last)


def _doubled_sentences(prose: Prose) -> Iterator[Residue]:
    """Yield sentences printed twice in a row, in one paragraph or as two, clause by clause (整句重复)."""
    found = list(_SENTENCE.finditer(prose.text))
    said = [f[0].strip() for f in found]
    blocks = [prose.block(f.start()) for f in found]
    for end in range(1, len(found) + 1):
        for clauses in range(1, min(_CLAUSES, end // 2) + 1):
            first, second = end - 2 * clauses, end - clauses
            if said[second - 1] != said[end - 1]:
                continue
            same = said[first:second] == said[second:end]
            whole = clauses == 1 or said[second - 1].endswith("。")
            if same and whole and _twice(said[second:end], blocks[first], blocks[second]):
                place = prose.place(found[second].start(), found[end - 1].end())
                yield Residue("doubled", said[second][:_LONGEST], place, blocks[first])
                break


def _twice(clauses: list[str], first: int, second: int) -> bool:
    """Tell a slip from what may well be said twice: short denials, the same note under two tables."""
    note = clauses[0].startswith(_UNDER_TABLES)
    apart = 0 if note else 1
    return second - first <= apart and len(_CHINESE.findall("".join(clauses))) >= _TELLING


def _is_phrase(prose: Prose, start: int, phrase: str) -> bool:
    """Tell whether a doubled stretch is words in a sentence, not digits or a line of a table."""
    if not _NO_PHRASE.isdisjoint(phrase) or any(c.isdigit() for c in phrase):
        return False
    # "(三)立案庭  立案庭负责…" is a title and its text.
    line = prose.line(start)[0]
    head = prose.text[max(line, start - _CONTEXT) : start]
    if start == line or (start - line < _CONTEXT and _ONLY_ORDINAL.fullmatch(head)):
        return False
    if len(_CHINESE.findall(phrase)) < _SHORTEST or len(set(phrase)) <= len(phrase) // 2:
        return False
    quote = prose.place(start, start + 2 * len(phrase)).quote
    return quote.count(" ") < _WORDS_OF_ROW and prose.is_sentence(start)


def _slips(prose: Prose) -> Iterator[Residue]:
    """Yield lost or misplaced characters: 要原因是, 较上一度, 接待批0次."""
    for key, pattern, right in _slip_patterns():
        if key not in prose.text:
            continue
        for found in pattern.finditer(prose.text):
            start, end = found.span()
            yield Residue("slip", right, prose.clause(start, end), prose.block(start))


@cache
def _slip_patterns() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return (a character string the slip holds, the slip, what is right)."""
    slips = entries("slips")
    return tuple((slip["key"], re.compile(slip["wrong"]), slip["right"]) for slip in slips)


def _brackets(prose: Prose) -> Iterator[Residue]:
    """Yield a bracket without its partner (《》, ()), unless a neighbouring paragraph holds it."""
    for opening, closing in _PAIRS:
        texts = [p.text for p in prose.paragraphs]
        excess = [t.count(opening) - t.count(closing) for t in texts]
        for i, paragraph in enumerate(prose.paragraphs):
            around = sum(excess[max(0, i - 1) : i + 2])
            if not excess[i] or not around or paragraph.text[-1:] not in "。;:,":
                continue
            at = _odd_one(paragraph.text, opening, closing)
            if at is None:
                continue
            first = max(0, at - _CONTEXT) if paragraph.text[at] == closing else at
            last = (
                at + 1 if paragraph.text[at] == closing else min(len(paragraph.text), at + _CONTEXT)
            )
            place = prose.document.place(paragraph, first, last)
            yield Residue("bracket", paragraph.text[at], place, paragraph.index)


def _odd_one(text: str, opening: str, closing: str) -> int | None:
    """Return where the first bracket without a partner stands."""
    numbered = {m.end() - 1 for m in _ENUMERATED.finditer(text)} if closing == ")" else set()
    open_at: list[int] = []
    for at, char in enumerate(text):
        if char == opening:
            open_at.append(at)
        elif char == closing:
            if open_at:
                open_at.pop()
            elif at not in numbered:
                return at
    return open_at[0] if open_at else None
