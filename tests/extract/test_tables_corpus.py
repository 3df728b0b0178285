"""Real published reports bind as labelled, and every printed amount finds its place (真实报告)."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from gouji.evaluate import gold
from gouji.evaluate.answers import bound_table
from gouji.evaluate.labels import Answer, Labels
from gouji.evaluate.scorers import tables as scorer
from gouji.evaluate.scorers.scored import Scored
from gouji.extract.bind import bind_tables
from gouji.read import read_document
from gouji.understand import understand

if TYPE_CHECKING:
    from pathlib import Path

    from gouji.model.tables import Table

SEEDS = {"A": "000_*.txt", "C": "002_*.txt", "E": "004_*.txt"}
NINE = {
    "income_expenditure_summary",
    "income",
    "expenditure",
    "appropriation_summary",
    "general_public_expenditure",
    "basic_expenditure",
    "government_fund",
    "state_capital",
    "three_public",
}


def bound(path: Path) -> tuple[Table, ...]:
    document = read_document(str(path))
    return bind_tables(document, understand(document))[0]


@pytest.mark.parametrize("name", SEEDS)
def test_pasted_reports_bind_as_labelled(corpus: Path, name: str) -> None:
    """At least 99 in 100 labelled cells; a table destroyed by the scan is missing, never guessed."""
    (path,) = (corpus / "seeds").glob(SEEDS[name])
    labels = gold.tables(json.loads((corpus / "gold" / "tables" / f"{name}.json").read_text()))
    readable = tuple(label for label in labels if not label.damaged)
    scored = Scored()
    answer = Answer(tables=tuple(bound_table(t) for t in bound(path)))
    scorer.score(Labels(tables=readable), answer, scored)
    named, due = scored.ratios["tables.named"]
    assert named == due
    right, total = scored.ratios["tables.cells"]
    assert right >= 0.99 * total, scored.wrong


def test_every_amount_of_the_published_tables_is_bound_once(corpus: Path) -> None:
    """Amounts printed on the pages of the tables are the figures bound, as multisets."""
    for path in sorted((corpus / "real").glob("*-决算-*.pdf")):
        document = read_document(str(path))
        outline = understand(document)
        tables, unread = bind_tables(document, outline)
        assert {table.kind for table in tables} == NINE
        assert not unread
        assert not any(table.shaky for table in tables)
        pages = {
            p for grid in document.grids if grid.id in {t.grid for t in tables} for p in grid.pages
        }
        text = "".join(page.text for page in document.pages if page.number in pages)
        figures = (f for t in tables for row in t.rows for f in row.figures.values())
        assert Counter(f.text for f in figures if not f.blank) == Counter(
            re.findall(r"\d+\.\d\d", text)
        )


def test_the_empty_template_has_nine_named_empty_tables(corpus: Path) -> None:
    (path,) = (corpus / "real").glob("*模板*.pdf")
    tables = bound(path)
    assert {table.kind for table in tables} == NINE
    assert all(table.empty for table in tables)


def test_the_tables_of_real_budgets_are_all_bound(corpus: Path) -> None:
    """Every table a budget prints is read as a budget's, whole and sound; 江苏政协 2018 prints none."""
    for path in (corpus / "real").glob("*预算*.pdf"):
        document = read_document(str(path))
        outline = understand(document)
        tables, unread = bind_tables(document, outline)
        assert outline.kind == "budget"
        assert unread == ()
        if "政协" in path.name:
            assert tables == ()
            continue
        assert {table.kind for table in tables} >= NINE - {"state_capital"}
        assert {table.account for table in tables} == {"budget"}
        assert not any(table.shaky for table in tables)
