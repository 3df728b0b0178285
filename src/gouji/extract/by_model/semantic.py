"""Passages that do not go together in meaning (语义): asked of the few lines where it may happen.

Lines are chosen by words alone (均、全部、未、原因 …) and by the publisher's name, widely: choosing costs
tokens, missing costs recall. An answer stands only if both quotes are printed and differ in place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gouji.extract.by_model.grounding import Account, UngroundedError, length, spans
from gouji.extract.by_model.openness import SILENT
from gouji.extract.by_model.sheet import Sentence, Sheet, sentences
from gouji.llm.answers import PairSaid, PlaceSaid
from gouji.model.disclosure import Disclosure
from gouji.model.place import Place
from gouji.model.reading import Engine, Suggestion

_ABSOLUTE = re.compile(
    r"均[^等衡线值]|全部|全面完成|所有|一律|圆满|超额|如期|按期|不存在|无偏差|未发现|达到预期"
)
_EXCEPTION = re.compile(r"未完成|未达|尚未|未能|偏低|偏差|不足|滞后|受阻|取消|停办|个别|除[^了以]")
_REASON = re.compile(r"原因(?:是|为|在于)|主要是由于|由于")
_DIRECTION = re.compile(r"增加|减少|增长|下降|压减|上升|降低")
_OTHER_ENTITY = re.compile(r"(?:本|我)(?:局|委|办|院|校|镇|乡|街道|中心|所|站|厅)")
_SHORTEST = 4
_WORTH = {"absolute": 3, "exception": 3, "reason": 2, "entity": 1}
_NO_DIGITS = re.compile(r"[\d〇一二三四五六七八九十百千万亿]+")
_MOST_WHY = 80


def chosen(disclosure: Disclosure, engine: Engine, budget: int) -> list[Sentence]:
    """Return the sentences to compare, in printed order, at most `budget` characters of them."""
    document, outline = disclosure.document, disclosure.outline
    skip = frozenset(
        p.index for p in document.paragraphs if outline.section_kind_of(p.index) in SILENT
    )
    every = [s for s in sentences(document, skip) if len(s.text) >= _SHORTEST]
    if engine == "llm":
        return every
    ranked = sorted(
        ((w, s) for s in every if (w := _worth(s.text))), key=lambda p: -p[0]
    )  # stable: printed order within a worth
    kept: list[Sentence] = []
    for _, sentence in ranked:
        if len(sentence.text) <= budget:
            kept.append(sentence)
            budget -= len(sentence.text)
    return sorted(kept, key=lambda s: (s.paragraph.index, s.start))


def _worth(text: str) -> int:
    if _REASON.search(text) and _DIRECTION.search(text):
        return _WORTH["reason"]
    if _ABSOLUTE.search(text):
        return _WORTH["absolute"]
    if _EXCEPTION.search(text):
        return _WORTH["exception"]
    return _WORTH["entity"] if _OTHER_ENTITY.search(text) else 0


def suggestions(
    sheet: Sheet, pairs: Iterable[PairSaid], disclosure: Disclosure, account: Account
) -> Iterator[Suggestion]:
    """Yield the pairs whose quotes both stand in the document, each pair once."""
    seen: set[tuple[tuple[int, int], tuple[int, int]]] = set()
    for pair in pairs:
        try:
            first, second = (_place(sheet, p, disclosure) for p in (pair.first, pair.second))
            _require_apart(first, second)
        except UngroundedError as error:
            account.dropped[error.reason] += 1
            continue
        key = ((first.page or 0, first.start), (second.page or 0, second.start))
        if key in seen or key[::-1] in seen:
            continue
        seen.add(key)
        account.accepted["semantic"] += 1
        yield Suggestion(pair.kind, first, second, fit_to_print(pair.why))


def _place(sheet: Sheet, said: PlaceSaid, disclosure: Disclosure) -> Place:
    sentence = sheet.lines.get(said.line)
    if sentence is None:
        raise UngroundedError("unknown_line")
    if length(said.quote) < _SHORTEST:
        raise UngroundedError("quote_too_short")
    for start, stop in spans(sentence.text, said.quote):
        begin = sentence.start
        return disclosure.document.place(sentence.paragraph, begin + start, begin + stop)
    raise UngroundedError("quote_not_found")


def _require_apart(first: Place, second: Place) -> None:
    if first.page == second.page and first.start < second.end and second.start < first.end:
        raise UngroundedError("same_passage")


def fit_to_print(why: str) -> str:
    """Return a model's sentence without any number, or nothing: no figure comes from a model."""
    line = " ".join(why.split())
    if _NO_DIGITS.search(line.replace("一致", "").replace("统一", "")) or len(line) > _MOST_WHY:
        return ""
    return line if line.isprintable() else ""
