"""Years and days fit the fiscal year and each other (年度与日期应一致).

What it checks
    Headings and statements of this year's accounts name the fiscal year; the base of a comparison
    is another year; a document is issued in the year of its number, on one day and under one title;
    assets are counted as of 31 December of the fiscal year.

Why it matters
    Reports are written over last year's text: a year that was not changed often stands beside a
    figure that was not changed either.

For example
    2024 年度报告写“2023 年度机关运行经费支出 20.00 万元”，同段没有 2024 年的数字；或 20.00 万元正是本年表中的数。

Not a violation
    Prior years in comparisons, a prior year told beside this year, document numbers, history, names of projects, deadlines of projects
    carried over; a document numbered in one year and issued in January of the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from gouji.check.cells import Cells
from gouji.check.rule import rule
from gouji.model.claim import Change, Completion, Level, Share
from gouji.model.disclosure import Disclosure
from gouji.model.finding import Severity
from gouji.model.outline import Outline
from gouji.model.place import Place
from gouji.model.relation import AnyRelation, Breach, Upheld
from gouji.model.wording import DocumentNumber, Wording, YearMention

ACCOUNTS = "部门决算反映一个预算年度（1月1日至12月31日）：《预算法》第十八条"
NUMBERS = "《党政机关公文处理工作条例》第九条：发文字号由发文机关代字、年份、发文顺序号组成"
WARNING: Severity = "warning"
TELLING = 3
"""Digits an amount must have before two prints of it can be no accident."""
JANUARY, DECEMBER, LAST_DAY = 1, 12, 31


def _fiscal_year(wording: Wording, outline: Outline) -> int | None:
    """Return the year of final accounts, if a heading or statement of the accounts names it."""
    year = outline.fiscal_year
    named = any(y.year == year and y.role in ("heading", "statement") for y in wording.years)
    return year if named and outline.kind == "final_accounts" else None


@rule("DAT001", "stale-year", "本年收支的年度应为决算年度", basis=ACCOUNTS, at_most=WARNING)
def stale_year(wording: Wording, disclosure: Disclosure) -> Iterator[AnyRelation]:
    """State for each heading and statement of the year's accounts that it names the fiscal year.

    A prior year may stand beside this year: then it is stale only where it is compared with itself, or
    where the amount it is given is this year's, as printed in the tables.
    """
    year = _fiscal_year(wording, disclosure.outline)
    if year is None:
        return
    mentions = [y for y in wording.years if y.role in ("heading", "statement") and not y.attached]
    earlier = [y for y in mentions if y.year < year and year not in y.beside]
    stale = [m for m in earlier if year not in m.elsewhere or _against_itself(m, wording)]
    told = {m: same for m in earlier if m not in stale and (same := _in_tables(m, disclosure))}
    for mention in stale:
        yield _year_breach(mention, "决算年度是{fiscal}年，此处却是{year}年", year)
    for mention, cell in told.items():
        yield _year_breach(
            mention, "称{year}年，金额却是决算年度{fiscal}年表中的数", year, (("cell", cell),)
        )
    if mentions and not stale and not told:
        yield Upheld(subject="年度")


def _against_itself(mention: YearMention, wording: Wording) -> bool:
    """Tell whether a statement is compared with its own year: 2023年度…，较2023年增加."""
    return mention.role == "statement" and any(
        y.role == "base" and y.block == mention.block and y.year == mention.year
        for y in wording.years
    )


def _in_tables(mention: YearMention, disclosure: Disclosure) -> Place | None:
    """Return the cell of this year's tables that prints the amount given to an earlier year."""
    cells = Cells(disclosure)
    place = mention.place
    for claim in disclosure.claims:
        value = claim.value if isinstance(claim, (Level, Change, Share, Completion)) else None
        if value is None or claim.block != mention.block or value.blank or value.misread:
            continue
        inside = value.place.page == place.page and place.start <= value.place.start < place.end
        if inside and len(value.text.strip("0.").replace(".", "")) >= TELLING:
            for cell in cells.of_subject(claim.subject):
                if value.interval().meets(cell.figure.interval()):
                    return cell.figure.place
    return None


@rule("DAT002", "base-is-another-year", "比较的基期应为以前年度", basis=ACCOUNTS, at_most=WARNING)
def base_year(wording: Wording, outline: Outline) -> Iterator[AnyRelation]:
    """State for each comparison with a year that the year is not the fiscal year itself."""
    year = _fiscal_year(wording, outline)
    if year is None:
        return
    bases = [y for y in wording.years if y.role == "base" and not y.attached]
    for mention in bases:
        if mention.year == year and max(mention.elsewhere) == year:
            yield _year_breach(mention, "与决算年度{year}年自身相比，基期应为以前年度", year)
    if bases and all(y.year != year for y in bases):
        yield Upheld(subject="基期")


@rule("DAT004", "cut-year", "年度数字应完整", basis="公开文本应完整", at_most="note")
def cut_year(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach for each fiscal year that lost digits: 24年度, 202年度."""
    for mention in wording.years:
        if mention.role == "cut" and not mention.attached:
            yield _year_breach(mention, "年度数字不全：{year}年度", mention.year)


def _year_breach(
    mention: YearMention, message: str, fiscal: int, beside: tuple[tuple[str, Place], ...] = ()
) -> Breach:
    return Breach(
        subject="年度",
        told_in=mention.place,
        grade="doubtful",
        message=message,
        words={"year": str(mention.year), "fiscal": str(fiscal)},
        evidence=(("year", mention.place), *beside),
    )


@rule(
    "DAT005", "asset-day", "国有资产的截至日期应为决算年度12月31日", basis=ACCOUNTS, at_most=WARNING
)
def asset_day(wording: Wording, outline: Outline) -> Iterator[AnyRelation]:
    """State for each count of vehicles and assets that it is as of the year's last day."""
    year = _fiscal_year(wording, outline)
    if year is None:
        return
    for cut in wording.cut_offs:
        if not cut.of_assets:
            continue
        if (cut.year, cut.month) == (year, DECEMBER) and cut.day in (None, LAST_DAY):
            yield Upheld(subject="截至日期", evidence=(("day", cut.place),))
            continue
        yield Breach(
            subject="截至日期",
            told_in=cut.place,
            grade="doubtful",
            message="决算年度是{fiscal}年，国有资产的截至日期却不是{fiscal}年12月31日",
            words={"fiscal": str(year)},
            evidence=(("day", cut.place),),
        )


@rule("DAT006", "number-and-issue-year", "文号年份应与印发年份一致", basis=NUMBERS, at_most=WARNING)
def issue_year(wording: Wording) -> Iterator[AnyRelation]:
    """State for each document with number and day of issue that both name one year."""
    for number in wording.document_numbers:
        issued = number.issued
        if issued is None:
            continue
        evidence = (("number", number.place), ("issued", issued.place))
        late = issued.year == number.year + 1 and issued.month == JANUARY
        if issued.year == number.year or late:
            yield Upheld(subject=_name(number), evidence=evidence)
            continue
        yield Breach(
            subject=_name(number),
            told_in=issued.place,
            grade="doubtful",
            message="文号年份是{year}年，却称{issued}年印发",
            words={"year": str(number.year), "issued": str(issued.year)},
            evidence=evidence,
        )


@rule("DAT007", "one-day-of-issue", "同一文号的印发日期应一致", basis=NUMBERS)
def one_issue_day(wording: Wording) -> Iterator[AnyRelation]:
    """State for each document dated more than once that the days of issue are the same."""
    for same in _by_number(wording):
        dated = [n.issued for n in same if n.issued is not None]
        other = next((d for d in dated if str(d) != str(dated[0])), None)
        evidence = tuple([("issued", d.place) for d in dated])
        if other is not None:
            yield Breach(
                subject=_name(same[0]),
                told_in=other.place,
                grade="broken",
                message="{number}的印发日期前后不一：{one}，{two}",
                words={"number": _name(same[0]), "one": str(dated[0]), "two": str(other)},
                evidence=evidence,
            )
        elif len(dated) > 1:
            yield Upheld(subject=_name(same[0]), evidence=evidence)


@rule("DAT008", "one-title", "同一文号的标题应一致", basis=NUMBERS, at_most="note")
def one_title(wording: Wording) -> Iterator[AnyRelation]:
    """State for each document whose title is printed more than once that the titles agree."""
    for same in _by_number(wording):
        titled = [n for n in same if n.title]
        first = titled[0] if titled else same[0]
        other = next((n for n in titled if not _agree(n.title, first.title)), None)
        if other is not None:
            yield Breach(
                subject=_name(first),
                told_in=other.place,
                grade="doubtful",
                message="{number}的标题前后不一：{one}；{two}",
                words={"number": _name(first), "one": first.title, "two": other.title},
                evidence=(
                    ("number", first.title_place or first.place),
                    ("number", other.title_place or other.place),
                ),
            )


@rule(
    "DAT009",
    "brackets-of-numbers",
    "文号的括号应统一用六角括号",
    basis="GB/T 9704：年份用六角括号“〔〕”括入",
    at_most="note",
)
def number_brackets(wording: Wording) -> Iterator[AnyRelation]:
    """State a breach where one report prints document numbers in several kinds of brackets."""
    numbers = sorted(wording.document_numbers, key=lambda n: n.brackets)
    kinds = {brackets: list(same) for brackets, same in groupby(numbers, key=lambda n: n.brackets)}
    if len(kinds) == 1:
        yield Upheld(subject="文号")
    if len(kinds) > 1:
        examples = [same[0] for same in kinds.values()]
        yield Breach(
            subject="文号",
            told_in=examples[0].place,
            grade="doubtful",
            message="文号的括号混用：{brackets}",
            words={"brackets": "、".join(kinds)},
            evidence=tuple([("number", n.place) for n in examples]),
        )


def _by_number(wording: Wording) -> Iterator[list[DocumentNumber]]:
    """Yield all prints of each document number (同一文号)."""
    ordered = sorted(wording.document_numbers, key=lambda n: n.key)
    for _, same in groupby(ordered, key=lambda n: n.key):
        yield list(same)


def _agree(one: str, two: str) -> bool:
    """Tell whether two titles are one, perhaps cut: 印发某办法的通知 and 某办法."""
    return one in two or two in one


def _name(number: DocumentNumber) -> str:
    return f"{number.issuer}〔{number.year}〕{number.serial}号"
