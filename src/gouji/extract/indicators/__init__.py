"""Performance self-evaluation and score tables (绩效自评表、评分表): document in, typed tables out.

Tables are known by their own heads (三级指标, 分值, 得分, 年度资金总额), whatever title they carry. What
cannot be placed surely is left out and said so: a wrong binding is worse than a miss.
"""

from __future__ import annotations

from gouji.extract.indicators.conclusions import read_conclusions
from gouji.extract.indicators.evaluation import read_evaluation
from gouji.extract.indicators.parts import in_parts
from gouji.extract.indicators.ratios import read_ratios
from gouji.extract.indicators.stream import GLUED, is_stream
from gouji.model.document import Document
from gouji.model.indicators import SelfEvaluation
from gouji.model.outline import Outline

__all__ = ["read_conclusions", "read_indicators", "read_ratios"]


def read_indicators(
    document: Document, outline: Outline
) -> tuple[tuple[SelfEvaluation, ...], tuple[str, ...]]:
    """Return the performance tables in printed order, and what of them could not be read."""
    tables: list[SelfEvaluation] = []
    unread: list[str] = []
    for grids in in_parts(document):
        table = read_evaluation(document, outline, grids)
        if table is None:
            if is_stream(grids[0]) and GLUED.search("".join(c.text for c in grids[0].cells)):
                unread.append("绩效自评表:cells_run_together")
            continue
        tables.append(table)
        if table.shaky:
            unread.append(f"{table.title}:{table.shaky}")
    return tuple(tables), tuple(unread)
