"""Puts a disclosure together from books, habits and a family (成文)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from blocks import Block, Contents, Cover, Heading, Paragraph, Table
from layout import ordinal

from synth.books import Books
from synth.chance import Chance
from synth.families import FAMILIES, Family
from synth.grids_performance import self_evaluation
from synth.invent import invent
from synth.look import Sheets, look_of
from synth.overview import duties, glossary
from synth.style import style_of
from synth.teller import CLOSE, Teller

ATTACHED = "附件 项目支出绩效自评表"
MARKS = f"[\U000f0000-\U000ffffd{CLOSE}]*"


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """A finished disclosure; prose still carries the marks of its numbers (一份公开文本)."""

    seed: int
    family: Family
    books: Books
    blocks: tuple[Block, ...]
    teller: Teller
    sheets: Sheets
    evaluations: tuple[dict[str, Any], ...]
    """Truth of the self-evaluation tables."""


def compose(seed: int, family_name: str | None = None, books: Books | None = None) -> Disclosure:
    """Make the disclosure of a seed; of other books, where they are given."""
    names = list(FAMILIES)
    family = FAMILIES[family_name or names[seed % len(names)]]
    books = books or invent(seed, family.name)
    chance = Chance("prose", seed, family.name)
    style = style_of(chance, unit=family.prose_unit)
    tell = Teller(style, chance, books.year)
    look = family.look(look_of(chance, books, unit=chance.one(family.table_unit)))
    sheets = Sheets(look, books, tell)
    tables = [make(sheets, number) for number, make in enumerate(family.tables, 1)]
    account = _account(family, books, tell)
    count = chance.count(0, family.evaluations)
    assessed = [self_evaluation(books, p, n) for n, p in enumerate(books.projects[:count], 1)]
    blocks = _arranged(family, books, tell, tables, account)
    if assessed:
        blocks += [Heading(ATTACHED, 1), *(table for table, _ in assessed)]
    tell.audit()
    finished = tuple(_typed(block, tell) for block in blocks)
    return Disclosure(
        seed=seed,
        family=family,
        books=books,
        blocks=finished,
        teller=tell,
        sheets=sheets,
        evaluations=tuple(truth for _, truth in assessed),
    )


def _account(family: Family, books: Books, tell: Teller) -> list[Block]:
    """Write the sections with their numbers (决算情况说明)."""
    blocks: list[Block] = []
    drawn = 0
    for at, (title, subsections) in enumerate(family.sections(tell.chance), 1):
        number = f"{ordinal(at)}、" if family.numbering == "一、" else f"（{ordinal(at)}）"
        blocks.append(Heading(f"{number}{title}"))
        inner = 0
        for name, say in subsections:
            texts = say(books, tell)
            if name and texts:
                inner += 1
                mark = f"（{ordinal(inner)}）" if family.numbering == "一、" else f"{inner}."
                blocks.append(Heading(f"{mark}{name}", 3))
            blocks += [Paragraph(text) for text in texts]
        if family.figures and at <= 3 and tell.chance.odds(0.5):
            drawn += 1
            blocks.append(Paragraph(f"图{drawn}：{title.removesuffix('说明')}图"))
    return blocks


def _arranged(
    family: Family, books: Books, tell: Teller, tables: Sequence[Table], account: Sequence[Block]
) -> list[Block]:
    year, entity, chance = books.year, books.entity, tell.chance
    kind = chance.one(("部门决算", "部门决算", "单位决算"))
    titles = [
        f"{ordinal(n)}、{t.title.removeprefix(f'{year}年度')}" for n, t in enumerate(tables, 1)
    ]
    listed = [Heading(title) for title in titles]
    shown: list[Block] = list(tables)
    parts: list[tuple[str, list[Block]]] = [(f"{entity}概况", duties(books, tell))]
    if family.tables_first:
        parts.append((f"{year}年度{kind}表", shown))
        parts.append((f"{year}年度{kind}情况说明", list(account)))
        parts.append(("名词解释", glossary(chance)))
    else:
        parts.append((f"{year}年度{kind}情况说明", list(account)))
        parts.append(("名词解释", glossary(chance)))
        parts.append((chance.one(("附件", "附表", f"{year}年度{kind}表")), shown))
    blocks: list[Block] = [
        Cover((f"{entity}", f"{year}年度{kind}公开"), f"{year + 1}年{chance.count(8, 10)}月")
    ]
    entries: list[Heading] = []
    body: list[Block] = []
    for at, (title, inner) in enumerate(parts, 1):
        name = f"第{ordinal(at)}部分 {title}"
        entries.append(Heading(name, 1))
        body += [Heading(name, 1), *inner]
        if inner is shown:
            entries += listed
        else:
            entries += [b for b in inner if isinstance(b, Heading) and b.level == 2]
    if chance.odds(0.8):
        blocks.append(Contents(tuple(entries)))
    return [*blocks, *body]


def _typed(block: Block, tell: Teller) -> Block:
    """Type prose the document's way: spaces, widths and quotes (空格、全半角、引号)."""
    style = tell.style
    if not isinstance(block, Heading | Paragraph):
        return block
    text = block.text
    left, right = style.quotes
    text = text.replace("“", left).replace("”", right)
    if isinstance(block, Paragraph):
        if style.half:
            text = text.translate(str.maketrans("，；：（）", ",;:()"))
        if style.spaced:
            text = re.sub(rf"(?<=[\u4e00-\u9fff])({MARKS})(?=\d)", r" \1", text)
            text = re.sub(rf"(?<=[\d%])({MARKS})(?=[\u4e00-\u9fff])", r"\1 ", text)
    return replace(block, text=text)
