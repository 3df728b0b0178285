"""Writes the sample budgets of fixtures/documents (预算公开样例): three forms, all figures made up and balanced.

    python eval/corpus/budget_samples.py            text, PDF and README
    python eval/corpus/budget_samples.py --text     text and README only

A cell is written as its text; `文字{2}` spans two columns, `文字{1,2}` two rows, `文字{3,2}` both.
"""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import budget_jiangsu
import budget_national
import budget_shanghai
from blocks import Align, Block, Cell, Cover, Heading, Paragraph, Row, Table
from render import to_html, to_pdf, to_text

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "documents"
_SPAN = re.compile(r"\{(\d)(?:,(\d))?\}$")
_AMOUNT = re.compile(r"-?[\d,.]+")


@dataclass(frozen=True)
class Form:
    """One sample as it is written down (一份预算样例)."""

    slug: str
    title: str
    cover: tuple[str, ...]
    said: tuple[str, ...]
    """Prose before the tables; a line that starts with # is a heading."""
    tables: tuple[tuple[str, str, int, str], ...]
    """Title, money unit, rows of headings, and the rows, one a line, cells parted by |."""
    after: tuple[str, ...]
    """Prose behind the tables."""
    summary: str
    notes: tuple[tuple[str, str], ...] = ()
    """Title of a table and the note under it."""


def cell(text: str) -> Cell:
    """Make a cell of its written form."""
    span = _SPAN.search(text)
    plain = _SPAN.sub("", text)
    align: Align = "right" if _AMOUNT.fullmatch(plain) else "left"
    if span is None:
        return Cell(plain, align=align)
    return Cell(plain, int(span[1]), int(span[2] or 1), align="center")


def table(title: str, unit: str, heads: int, lines: str, notes: Sequence[str]) -> Table:
    """Make a table of its written rows."""
    rows: list[Row] = [tuple(map(cell, line.split("|"))) for line in lines.strip().split("\n")]
    width = sum(c.colspan for c in rows[0])
    return Table(
        key=title,
        title=title,
        head=tuple(rows[:heads]),
        body=tuple(rows[heads:]),
        widths=(2,) * width,
        above=("编制单位：云岫市青屏区水务局", f"单位：{unit}"),
        notes=tuple(notes),
        wide=True,
    )


def blocks(form: Form) -> list[Block]:
    """Lay a sample out: cover, prose, tables, prose."""
    made: list[Block] = [Cover(form.cover, "2025年2月")]
    made += [_line(text) for text in form.said]
    for title, unit, heads, lines in form.tables:
        notes = [note for of, note in form.notes if of == title]
        made.append(table(title, unit, heads, lines, notes))
    return made + [_line(text) for text in form.after]


def _line(text: str) -> Block:
    return Heading(text[1:].strip(), 2) if text.startswith("#") else Paragraph(text)


def write(form: Form, *, pdf: bool) -> None:
    """Write one sample's folder."""
    folder = FOLDER / form.slug
    folder.mkdir(parents=True, exist_ok=True)
    made = blocks(form)
    (folder / "report.txt").write_text(to_text(made), encoding="utf-8")
    readme = f"# {form.slug}\n\n{form.summary}\n单位与全部数字均为虚构，由 `eval/corpus/budget_samples.py` 生成；没有植入差错，检查结果应为空。\n"
    (folder / "README.md").write_text(readme, encoding="utf-8")
    if pdf:
        to_pdf(to_html(made, form.title), folder / "report.pdf")


def main() -> None:
    """Make all sample budgets."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--text", action="store_true", help="write text and README only")
    options = parser.parse_args()
    for module in (budget_shanghai, budget_national, budget_jiangsu):
        write(Form(**module.FORM), pdf=not options.text)


if __name__ == "__main__":
    main()
