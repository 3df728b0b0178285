"""Drafts → indicators, headings and closing rows of one table (成表)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from gouji.extract.indicators.align import Column, align_all
from gouji.extract.indicators.drafts import Draft, join_rows
from gouji.extract.indicators.head import repeats_head
from gouji.extract.indicators.labels import Labels, fill_upwards, headings, label
from gouji.extract.indicators.ladder import read_ladder
from gouji.extract.indicators.rows import RowView, span_place
from gouji.extract.indicators.values import (
    MOST_IN_ALL,
    as_score,
    operator_of,
    read_actual,
    read_target,
    score_figure,
    tidy,
)
from gouji.extract.indicators.words import (
    FOOTER,
    LABEL_REST,
    LEVEL1,
    LEVEL2,
    PAREN_WEIGHT,
    SUBTOTAL,
    TOTAL,
    UNFILLED,
    Role,
)
from gouji.model.document import Cell, Document
from gouji.model.figure import Figure
from gouji.model.indicators import Actual, Closing, Heading, Indicator, Ladder, Target, Words
from gouji.model.place import Place

_SIGN_WORDS = {"定性": "", "≥": "≥", "≤": "≤", "=": "=", ">": ">", "<": "<"}


@dataclass(frozen=True, slots=True)
class IndicatorPart:
    """The indicator part of a table (指标部分)."""

    indicators: tuple[Indicator, ...]
    headings: tuple[Heading, ...]
    total: Closing | None
    subtotals: tuple[Closing, ...]
    shaky: str


def closing_label(row: RowView) -> str:
    """Return the label of a closing row (总分、合计), or nothing."""
    for text in row.tidy[:5]:
        if TOTAL.fullmatch(text) or SUBTOTAL.fullmatch(text):
            return text
    return ""


def read_part(
    document: Document, rows: list[RowView], columns: tuple[Column, ...], width: int, *, ruled: bool
) -> IndicatorPart:
    """Return the indicators and closing rows below a head."""
    body = [
        filled
        for row in rows
        if not repeats_head(row)
        and not FOOTER.match(row.tidy[0])
        and (filled := _without_unfilled(row)) is not None
    ]
    has = frozenset(c.role for c in columns)
    groups: list[tuple[list[RowView], RowView | None]] = [([], None)]
    for row in body:
        if closing_label(row):
            groups[-1] = (groups[-1][0], row)
            groups.append(([], None))
        else:
            groups[-1][0].append(row)
    by_row = {a.row.index: a for a in align_all(body, columns, width, ruled=ruled)}
    drafts: list[Draft] = []
    labels: list[Labels] = []
    closings: list[Closing] = []
    for members, closing in groups:
        mine = join_rows([by_row[r.index] for r in members], has)
        named = label(mine, weighted="weight" in has)
        if len(groups) > 2:  # noqa: PLR2004 (more than the indicators and what follows the total)
            fill_upwards(named)
        drafts += mine
        labels += named
        if closing is not None:
            places = {r: c[0] for r, c in by_row[closing.index].roles.items()}
            closings.append(_closing(document, closing, places, columns, len(drafts)))
    total, subtotals = _split(closings)
    heads = headings(labels, weighted="weight" in has)
    indicators = [_indicator(document, d, n, has) for d, n in zip(drafts, labels, strict=True)]
    indicators = _trusted(_shared(indicators, heads), body)
    return IndicatorPart(tuple(indicators), heads, total, subtotals, _doubt(indicators))


def _trusted(indicators: list[Indicator], body: list[RowView]) -> list[Indicator]:
    """Doubt all rows of a form whose empty cells are gone where a third of them did not come out."""
    odd = sum(1 for i in indicators if i.shaky)
    if not body or not body[0].compact or odd * 3 < len(indicators):
        return indicators
    return [replace(i, shaky=i.shaky or "rows_in_doubt") for i in indicators]


def _without_unfilled(row: RowView) -> RowView | None:
    """Return a row's labels where all else is the empty form (指标2: | …… | /); None if nothing is left."""
    own = [not _heads(t) for t in row.tidy]
    if not any(own) or any(
        o and (UNFILLED.fullmatch(t) is None or as_score(t) is not None)
        for o, t in zip(own, row.tidy, strict=True)
    ):
        return row
    cells = tuple(c for c, o in zip(row.cells, own, strict=True) if not o)
    return RowView(row.index, cells, row.width) if cells else None


def _heads(text: str) -> bool:
    """Tell whether a cell is a label of an upper level, by its words or its weight."""
    known = LEVEL1.fullmatch(text) or LEVEL2.fullmatch(text) or LABEL_REST.fullmatch(text)
    return known is not None or PAREN_WEIGHT.search(text) is not None


def _shared(indicators: list[Indicator], heads: tuple[Heading, ...]) -> list[Indicator]:
    """Give weights that labels print to the rows they belong to.

    A third-level weight that several rows share is the group's, not the first's; a second-level weight
    over a single row is that row's, where no other weights are printed.
    """
    firsts = {h.first for h in heads if h.depth == 3}  # noqa: PLR2004 (third level)
    alone = {h.first: h.weight for h in heads if h.depth == 2 and h.first == h.last}  # noqa: PLR2004
    rows = [replace(x, weight=None) if i in firsts else x for i, x in enumerate(indicators)]
    if any(x.weight is not None for x in rows):
        return rows
    return [replace(x, weight=alone.get(i)) for i, x in enumerate(rows)]


def _split(closings: list[Closing]) -> tuple[Closing | None, tuple[Closing, ...]]:
    """Tell the total from the subtotals: 总分 or 总计, or the only 合计."""
    totals = [c for c in closings if TOTAL.fullmatch(c.label)]
    if totals:
        return totals[-1], tuple(c for c in closings if c is not totals[-1])
    if len(closings) == 1:
        return closings[0], ()
    return None, tuple(closings)


def _closing(
    document: Document,
    row: RowView,
    places: dict[Role, Cell],
    columns: tuple[Column, ...],
    after: int,
) -> Closing:
    """Read a closing row: the last two numbers are weight and score, one stands where it stands.

    Beside the score another value may stand (复核得分、得分率). Where empty cells left nothing behind, one
    number may be weight or score.
    """
    has = frozenset(c.role for c in columns)
    roles = [c.role for c in columns]
    beside = "score" in has and "other" in roles[roles.index("score") :]
    numbers = [c for c in row.cells if as_score(c.text, MOST_IN_ALL) is not None]
    weight: Cell | None = None
    score: Cell | None = None
    if len(numbers) >= 2:  # noqa: PLR2004 (weight and score)
        weight, score = numbers[-3:-1] if beside and len(numbers) > 2 else numbers[-2:]  # noqa: PLR2004
    elif numbers and not (row.compact and {"weight", "score"} <= has):
        score = places.get("score")
        weight = places.get("weight") if score is None else None
    place = span_place(document, row.cells)
    return Closing(closing_label(row), place, _sum_of(weight), _sum_of(score), after)


def _sum_of(cell: Cell | None) -> Figure | None:
    return None if cell is None else score_figure(cell.text, cell.place, MOST_IN_ALL)


def _figure_of(cell: Cell | None) -> Figure | None:
    return None if cell is None else score_figure(cell.text, cell.place)


def _doubt(indicators: list[Indicator]) -> str:
    shaky = sum(1 for i in indicators if i.shaky)
    return f"rows_in_doubt:{shaky}" if shaky else ""


# --- one indicator ---------------------------------------------------------------------------


def _indicator(document: Document, draft: Draft, labels: Labels, has: frozenset[Role]) -> Indicator:
    cells = tuple(c for row in draft.rows for c in row.cells)
    target, noun = _target(draft, has)
    score_cells = draft.cells.get("score", ())
    ladder = _ladder(draft)
    return Indicator(
        level1=labels.level1,
        level2=labels.level2,
        name=_name(noun, draft, labels),
        place=span_place(document, cells),
        target=target,
        actual=_actual(draft),
        actual_place=_place(draft, "actual"),
        weight=_full_mark(_weight(draft, labels, has), draft, ladder),
        score=_figure_of(score_cells[-1]) if score_cells else None,
        explanation=_words(draft, "note"),
        ladder=ladder,
        shaky=draft.shaky or _left_over(draft) or _left_out(draft, has),
    )


def _left_out(draft: Draft, has: frozenset[Role]) -> str:
    """Say that a row whose empty cells are gone has one value where two columns may hold it."""
    if not draft.rows[0].compact:
        return ""
    pairs: tuple[tuple[Role, Role], ...] = (("target", "actual"), ("weight", "score"))
    lone = any(
        one in has and two in has and (one in draft.texts) != (two in draft.texts)
        for one, two in pairs
    )
    return "cells_left_out" if lone else ""


def _left_over(draft: Draft) -> str:
    """Say that a number of the row belongs to no column."""
    return "cell_left_over" if any(as_score(c.text) is not None for c in draft.left) else ""


def _name(noun: str, draft: Draft, labels: Labels) -> str:
    own = labels.own
    if own and noun and noun not in own and len(noun) > 3:  # noqa: PLR2004 (a phrase)
        return f"{own}/{noun}"
    if own:
        return own
    if noun:
        return f"{labels.level3}/{noun}" if "points" in draft.texts and labels.level3 else noun
    return draft.tidy("definition")[:_LONGEST_NAME] or labels.level2 or labels.level3


def _target(draft: Draft, has: frozenset[Role]) -> tuple[Target | None, str]:
    """Return the target and the name printed with it (满意度≥95% in one cell)."""
    role: Role = "target"
    if role not in draft.texts:
        if "target" in has or "points" not in draft.texts:
            return None, ""
        role = "points"
    text, place = draft.texts[role], _place(draft, role)
    if place is None:
        return None, ""
    numeric = any(c.isdigit() for c in text)
    sign = _SIGN_WORDS.get(draft.tidy("nature"), "") if numeric else ""
    target = read_target(text, place, sign, _unit(draft, text) if numeric else "")
    if role == "points" and target.operator == "words":
        return None, text if len(text) <= _LONGEST_NAME else ""
    if (
        target.noun
        and operator_of(tidy(text))
        and ("level3" not in draft.texts or role == "points")
    ):
        start = operator_of(tidy(text))
        shown = tidy(text)[start[1] :] if start else text
        target = Target(
            shown, place, target.operator, target.value, target.upper, target.per, target.noun
        )
        return target, target.noun
    if numeric and (sign or draft.texts.get("unit")):
        shown = sign + text + (draft.tidy("unit") if _unit(draft, text) else "")
        target = Target(shown, place, target.operator, target.value, None, target.per, "")
    return target, ""


_LONGEST_NAME = 30
_UNIT_IN_NAME = re.compile(r"\((亿元|万元|元|%|[个人次家台件项场期户天])\)$")


def _unit(draft: Draft, text: str) -> str:
    """Return the unit of a target without one: of its column, else of the name (总成本(万元))."""
    own = draft.tidy("unit")
    if not own and (found := _UNIT_IN_NAME.search(draft.tidy("level3"))):
        own = found[1] if text.strip()[-1:].isdigit() else ""
    return "" if own and tidy(text).endswith((own, "%")) else own


def _place(draft: Draft, role: Role) -> Place | None:
    cells = draft.cells.get(role)
    return cells[0].place if cells else None


def _actual(draft: Draft) -> Actual | None:
    place = _place(draft, "actual")
    return None if place is None else read_actual(draft.texts["actual"], place)


def _words(draft: Draft, role: Role) -> Words | None:
    place = _place(draft, role)
    return None if place is None else Words(draft.texts[role], place)


def _weight(draft: Draft, labels: Labels, has: frozenset[Role]) -> Figure | None:
    """Return the weight of its column; without one, that of the row's own label (…率 (3分))."""
    cells = draft.cells.get("weight", ())
    if cells:
        return _figure_of(cells[-1])
    found = PAREN_WEIGHT.search(labels.own)
    place = labels.places.get(3)
    if "weight" in has or found is None or place is None:
        return None
    return score_figure(found[1], place)


def _ladder(draft: Draft) -> Ladder | None:
    place = _place(draft, "standard")
    return None if place is None else read_ladder(draft.texts["standard"], place)


def _full_mark(weight: Figure | None, draft: Draft, ladder: Ladder | None) -> Figure | None:
    """Take the standard's full mark where the weight column holds the group's weight or nothing."""
    if ladder is None or ladder.maximum is None or not ladder.open_scale:
        return weight
    if weight is None:
        return ladder.maximum
    group = [PAREN_WEIGHT.search(draft.tidy(r)) for r in ("level1", "level2", "level3")]
    values = {as_score(g[1]) for g in group if g}
    return (
        ladder.maximum if weight.value in values and ladder.maximum.value < weight.value else weight
    )
