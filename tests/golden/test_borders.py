"""Golden files at the inner borders: what read makes of a sample, and what extract makes of that.

One line a block, a row or a statement, so that a change reads as a difference of lines.
`make golden` writes them; read the difference before you commit it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gouji.extract import extract
from gouji.model.claim import AnyClaim, Breakdown, Change, Completion, Share
from gouji.model.disclosure import Disclosure
from gouji.model.document import Document, Grid
from gouji.model.figure import Figure
from gouji.read import read_document
from gouji.understand import understand

DOCUMENTS = Path(__file__).resolve().parents[2] / "fixtures" / "documents"
SAMPLES = (
    "wanyuan-faulty",
    "yuan-clean",
    "budget-shanghai-unit",
    "budget-national",
    "budget-jiangsu",
)


def document_lines(document: Document) -> Iterator[str]:
    """Yield the blocks of a document: paragraphs, and the rows of each grid."""
    for block in document.blocks:
        if not isinstance(block, Grid):
            yield f"¶ {block.text}"
            continue
        yield f"▦ {block.id} {block.n_rows}×{block.n_cols} 页 {','.join(map(str, block.pages))}"
        for row in range(block.n_rows):
            cells = (
                c.text + (f"⟨{c.rowspan}×{c.colspan}⟩" if (c.rowspan, c.colspan) != (1, 1) else "")
                for c in block.row_cells(row)
            )
            yield "  " + " | ".join(cells)


def disclosure_lines(disclosure: Disclosure) -> Iterator[str]:
    """Yield outline, tables, statements and the account of numbers."""
    outline = disclosure.outline
    unit = outline.unit.name if outline.unit else ""
    yield f"{outline.kind} {outline.entity} {outline.fiscal_year} {unit}"
    for table in disclosure.tables:
        yield f"▦ {table.kind} {table.unit.name if table.unit else ''} {table.shaky}"
        for row in table.rows:
            figures = " ".join(f"{k}={_shown(f)}" for k, f in row.figures.items() if not f.blank)
            if figures:
                yield f"  {row.side}{row.key} {figures}"
    for claim in disclosure.claims:
        yield f"{claim.type} {claim.subject.item or '?'} «{claim.subject.text}» {_said(claim)}"
    for number in disclosure.numbers:
        if number.use != "claimed":
            yield f"{number.use} {number.reason} «{number.place.quote}»"


def _shown(figure: Figure | None) -> str:
    if figure is None:
        return "—"
    return f"{figure.text}{figure.unit.name if figure.unit else ''}"


def _said(claim: AnyClaim) -> str:
    match claim:
        case Change():
            return (
                f"{_shown(claim.value)} {claim.direction} {_shown(claim.change)} "
                f"{_shown(claim.rate)} / {claim.base.kind} {_shown(claim.base.figure)}"
            )
        case Share():
            return f"{_shown(claim.value)} {_shown(claim.percent)} / {_shown(claim.whole)}"
        case Completion():
            return f"{_shown(claim.value)} {_shown(claim.percent)} / {_shown(claim.base.figure)}"
        case Breakdown():
            parts = "、".join(f"{p.name} {_shown(p.figure)}" for p in claim.parts)
            return f"{_shown(claim.total)} = {parts}{'' if claim.exhaustive else ' …'}"
        case _:
            return _shown(getattr(claim, "value", None))


def _disclosure(document: Document) -> Iterator[str]:
    return disclosure_lines(extract(document, understand(document)))


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("kind", ["pdf", "txt"])
@pytest.mark.parametrize(
    ("border", "lines"), [("document", document_lines), ("disclosure", _disclosure)]
)
def test_a_sample_passes_each_border_as_its_golden_file_says(
    sample: str, kind: str, border: str, lines: Callable[[Document], Iterator[str]]
) -> None:
    """Read and extract make the same of a sample as when the golden file was read and agreed to."""
    made = "\n".join(lines(read_document(DOCUMENTS / sample / f"report.{kind}"))) + "\n"
    path = DOCUMENTS / sample / f"golden.{border}.{kind}.txt"
    if os.environ.get("GOUJI_UPDATE_GOLDEN"):
        path.write_text(made, encoding="utf-8")
    assert path.exists(), "run `make golden`"
    assert made == path.read_text("utf-8")
