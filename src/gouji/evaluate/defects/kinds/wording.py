"""Slips of wording: stale years, residue, denials against the tables (文字差错)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from gouji.check.run import Judged
from gouji.check.terms import terms_of
from gouji.evaluate.defects.clean import Clean, in_prose, plant, shuffled
from gouji.evaluate.defects.registry import defect
from gouji.evaluate.labels import Edit, Plant
from gouji.model.figure import Figure
from gouji.model.outline import TableKind
from gouji.model.tables import Table

_OPENING = 20
"""Characters that may stand before the year of a statement: the unit's name."""
_TELLING = 3
"""Digits of an amount that is no accident in two places."""
_DOUBLED = range(20, 200)
"""Length of a sentence worth doubling."""
_STATEMENT = re.compile(
    r"(20\d\d)年度?(?=[^。；\n\t]{0,30}?(?:收入|支出|收、支|总计|经费|决算)[^。；\n\t]{0,20}?(\d[\d,]*(?:\.\d+)?)\s*(?:万元|元))"
)
"""The year of a statement of this year's money, and the amount."""

_RESIDUE = (
    "（填写说明：此处请说明增减变动的具体原因）",
    "（如无此项内容，请删除本段）",
    "（请根据实际情况填写）",
    "，主要原因是XXX",
    "，主要原因是××××",
)
"""What a template leaves behind, put before the full stop of a sentence."""
_DENIED: dict[TableKind, str] = {
    "government_fund": "没有政府性基金预算财政拨款收入，也没有使用政府性基金预算财政拨款安排的支出",
    "state_capital": "没有国有资本经营预算财政拨款收入，也没有使用国有资本经营预算财政拨款安排的支出",
    "three_public": "没有使用财政拨款安排的“三公”经费支出",
}


@defect("stale_year", "年度未更新")
def stale_year(clean: Clean, random: Random) -> Iterator[Plant]:
    """Print last year's number in a statement of this year's money."""
    year = clean.disclosure.outline.fiscal_year
    if year is None:
        return
    begins = [m for m in _STATEMENT.finditer(clean.text) if int(m[1]) == year and _starts(clean, m)]
    for found in shuffled(begins, random):
        if told := _tied_elsewhere(clean, found):
            edit = Edit(found.start(1), found.end(1), str(year - 1))
            yield plant(clean, [edit], told)


def _tied_elsewhere(clean: Clean, found: re.Match[str]) -> list[Judged]:
    """Return what ties an amount of the statement to a table of this year: without, who could tell."""
    own = [f for f in clean.figures if clean.start(f) == found.start(2)]
    return [
        entry
        for figure in own
        if len(figure.text.replace(".", "").strip("0")) >= _TELLING
        for entry in clean.tied(figure)
        if any(t.figure.place.cell for t in terms_of(entry.verdict.relation))
    ]


def _starts(clean: Clean, found: re.Match[str]) -> bool:
    """Tell whether the year opens its sentence, but for the unit's name."""
    before = re.split(r"[。；\n]", clean.text[: found.start()])[-1]
    return len(before) <= _OPENING and not re.search(r"\d|比|较|与|同", before)


@defect("template_residue", "模板残留")
def template_residue(clean: Clean, random: Random) -> Iterator[Plant]:
    """Leave a note of the template in a sentence that prints figures."""
    for at in shuffled(_sentence_ends(clean), random):
        text = random.choice(_RESIDUE)
        yield replace(plant(clean, [Edit(at, at, text)]), quiet=True)


@defect("placeholder_left", "占位符未替换")
def placeholder_left(clean: Clean, random: Random) -> Iterator[Plant]:
    """Leave the template's XX where an amount should stand."""
    for figure in shuffled(filter(in_prose, clean.figures), random):
        if figure.dimension == "money":
            start = clean.start(figure)
            mark = random.choice(("XX", "××", "____"))
            edit = Edit(start, start + len(clean.printed(figure)), mark)
            yield replace(plant(clean, [edit], clean.tied(figure)), quiet=True)


@defect("option_left", "选项未选定")
def option_left(clean: Clean, random: Random) -> Iterator[Plant]:
    """Leave both options of the template: 增加（减少）."""
    both = {
        "增加": "增加（减少）",
        "减少": "增加（减少）",
        "增长": "增长/下降",
        "下降": "增长（下降）",
    }
    words = [
        m
        for m in re.finditer("|".join(both), clean.text)
        if re.match(r"\s*\d", clean.text[m.end() : m.end() + 9]) and _is_prose(clean, m.start())
    ]
    for found in shuffled(words, random):
        edit = Edit(found.start(), found.end(), both[found.group()])
        yield replace(plant(clean, [edit]), quiet=True)


def _is_prose(clean: Clean, at: int) -> bool:
    """Tell whether a place of the text stands outside tables, which a paste separates by tabs."""
    end = clean.text.find("\n", at)
    return "\t" not in clean.text[clean.text.rfind("\n", 0, at) + 1 : end]


@defect("sentence_doubled", "重复一句")
def sentence_doubled(clean: Clean, random: Random) -> Iterator[Plant]:
    """Print a sentence twice in a row."""
    for start, end in shuffled(_sentences(clean), random):
        made = plant(clean, [Edit(end, end, clean.text[start:end])])
        yield replace(made, quiet=True)


def _sentences(clean: Clean) -> list[tuple[int, int]]:
    """Return the place of every whole sentence worth doubling, soft line breaks included."""
    document = clean.disclosure.document
    places = []
    for paragraph in document.paragraphs:
        for found in re.finditer(r"[^。]+。", paragraph.text):
            if len(found.group()) in _DOUBLED and any(map(str.isdigit, found.group())):
                place = document.place(paragraph, found.start(), found.end())
                places.append(clean.span(place))
    return places


def _sentence_ends(clean: Clean) -> list[int]:
    """Return the place of every full stop that closes a sentence with a figure of the prose."""
    ends = {clean.text.find("。", clean.end(f)) for f in clean.figures if in_prose(f)}
    return sorted(at for at in ends if at >= 0)


@defect("nil_against_table", "写“无”而表中有数")
def nil_against_table(clean: Clean, random: Random) -> Iterator[Plant]:
    """Deny a kind of money that a table of the same report prints."""
    year = clean.disclosure.outline.fiscal_year
    kinds: list[TableKind] = shuffled(_DENIED, random)
    for kind in kinds:
        table = clean.disclosure.table(kind)
        if table is None or table.empty or year is None:
            continue
        figures = [f for row in table.rows for f in row.figures.values() if clean.printed(f)]
        if not any(f.base for f in _denied(table)):
            continue
        at = clean.text.find("\n", max(clean.end(f) for f in figures))
        edit = Edit(at, at, f"\n\n本单位{year}年度{_DENIED[kind]}。")
        made = plant(clean, [edit])
        yield replace(made, cascade=tuple(clean.span(f.place) for f in figures if f.base))


def _denied(table: Table) -> list[Figure]:
    """Return the figures a denial speaks of: what came in and what was spent this year."""
    columns = ("决算数", "本年收入", "本年支出/小计", "合计")
    row = table.row("合计")
    return [row.figures[c] for c in columns if c in row.figures] if row else []


@defect("empty_table_filled", "空表填了数")
def empty_table_filled(clean: Clean, random: Random) -> Iterator[Plant]:
    """Print an amount in a table that the prose says is empty."""
    denials = [e for e in clean.judged if e.rule.code == "NIL001"]
    kinds: list[TableKind] = ["government_fund", "state_capital"]
    for kind in shuffled(kinds, random):
        table = clean.disclosure.table(kind)
        total = table.row("合计") if table else None
        if table is None or total is None or not table.empty:
            continue
        told = [e for e in denials if _DENIED[kind][2:6] in e.verdict.relation.subject]
        edits = [_filled(clean, f) for column, f in total.figures.items() if _spent(column)]
        if told and edits:
            yield plant(clean, edits, told)


def _spent(column: str) -> bool:
    return column in ("本年收入", "本年支出/小计", "本年支出/项目支出", "合计", "项目支出")


def _filled(clean: Clean, figure: Figure) -> Edit:
    start, end = clean.span(figure.place)
    return Edit(start, start if figure.blank else end, "12.60")
