"""What every full report must state, and whether it is stated anywhere (应公开的内容)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from gouji.extract.wording.lexicon import mapping
from gouji.model.wording import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gouji.extract.wording.scan import Cells, Prose
    from gouji.model.outline import Outline

_SILENT = frozenset({"contents", "glossary"})


def read_statements(prose: Prose, cells: Cells, outline: Outline) -> Iterator[Statement]:
    """Yield each topic once, with the first place outside contents and glossary (应公开的内容)."""
    silent = [(s.first, s.last) for s in outline.sections if s.kind in _SILENT]
    for topic, pattern in _topics().items():
        found = next(
            (
                m
                for m in pattern.finditer(prose.text)
                if not any(first <= prose.block(m.start()) <= last for first, last in silent)
            ),
            None,
        )
        if found:
            yield Statement(topic, prose.place(*found.span()))
            continue
        printed = pattern.search(cells.text)
        if printed:
            yield Statement(topic, cells.place(*printed.span()))


@cache
def _topics() -> dict[str, re.Pattern[str]]:
    patterns = {**mapping("statement_topics"), **mapping("three_public_counts")}
    return {topic: re.compile(pattern) for topic, pattern in patterns.items()}
