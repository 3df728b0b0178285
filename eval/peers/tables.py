"""Reads the same tables with gouji and with what a user would pick instead (同类工具：表格).

    python eval/peers/tables.py DATASET [--tools gouji,pymupdf,pdfplumber,camelot]

DATASET has PDFs with labelled grids, as `eval/corpus/generate.py --pdf` makes them. Every tool reads
the same pages in the same process; its tables are scored by `gouji eval`'s own scorer. Peers return
one table a page, so what continues on the next page with as many columns is joined first, repeated
header rows dropped: more than most users would do. Tools that are not installed are left out.
Needs: pip install pdfplumber camelot-py.
"""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from gouji.evaluate.dataset import Dataset, load_dataset
from gouji.evaluate.intervals import Estimate, estimate
from gouji.evaluate.labels import Answer, GridCell, GridText, Labels
from gouji.evaluate.scorers import grids as scorer
from gouji.evaluate.scorers.scored import Ratio, Scored

Rows = Sequence[Sequence[str | None]]
"""A table as peers give it: None where a merged cell goes on."""
Tool = Callable[[Path], tuple[GridText, ...]]
FIGURES = ("grids.found", "grids.cells", "grids.cells_precision")
REPEATED = 3
"""Rows of a header that may be printed again on the next page."""


def by_gouji(path: Path) -> tuple[GridText, ...]:
    """Read grids as gouji does before it understands anything."""
    from gouji.read import read_document  # noqa: PLC0415 (one tool, one import)

    return tuple(
        GridText(
            g.n_rows,
            g.n_cols,
            tuple(GridCell(c.row, c.col, c.text, c.rowspan, c.colspan) for c in g.cells),
        )
        for g in read_document(path).grids
    )


def by_pymupdf(path: Path) -> tuple[GridText, ...]:
    """Read tables with PyMuPDF's find_tables."""
    import pymupdf  # noqa: PLC0415

    with pymupdf.open(path) as document:
        return joined([t.extract() for t in page.find_tables().tables] for page in document)


def by_pdfplumber(path: Path) -> tuple[GridText, ...]:
    """Read tables with pdfplumber's extract_tables."""
    import pdfplumber  # noqa: PLC0415

    with pdfplumber.open(path) as document:
        return joined(page.extract_tables() for page in document.pages)


def by_camelot(path: Path) -> tuple[GridText, ...]:
    """Read tables with camelot's lattice."""
    import camelot  # noqa: PLC0415

    pages: dict[int, list[Rows]] = {}
    for table in camelot.read_pdf(str(path), pages="all", flavor="lattice"):
        pages.setdefault(table.page, []).append(table.df.to_numpy().tolist())
    last = max(pages, default=0)
    return joined(pages.get(page, []) for page in range(1, last + 1))


TOOLS: dict[str, tuple[str, Tool]] = {
    "gouji": ("gouji", by_gouji),
    "pymupdf": ("pymupdf", by_pymupdf),
    "pdfplumber": ("pdfplumber", by_pdfplumber),
    "camelot": ("camelot", by_camelot),
}
"""Name → the module it needs, and how it is asked."""


# --- joining pages ---------------------------------------------------------------------------


def joined(pages: Iterator[list[Rows]] | Sequence[list[Rows]]) -> tuple[GridText, ...]:
    """Return the tables of a document; what the next page goes on with is one table."""
    tables: list[list[Sequence[str | None]]] = []
    open_table = False
    for page in pages:
        for nth, rows in enumerate(page):
            goes_on = nth == 0 and open_table and tables and _width(tables[-1]) == _width(rows)
            if goes_on:
                tables[-1] += _without_header(rows, tables[-1])
            else:
                tables.append(list(rows))
        open_table = bool(page)
    return tuple(_grid(rows) for rows in tables)


def _width(rows: Rows) -> int:
    return max((len(row) for row in rows), default=0)


def _without_header(rows: Rows, first: Rows) -> list[Sequence[str | None]]:
    """Drop the rows that repeat the header of the page before."""
    same = 0
    while same < min(REPEATED, len(rows), len(first)) and list(rows[same]) == list(first[same]):
        same += 1
    return list(rows[same:])


def _grid(rows: Rows) -> GridText:
    cells = tuple(
        GridCell(r, c, text)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text is not None
    )
    return GridText(len(rows), _width(rows), cells)


# --- measuring -------------------------------------------------------------------------------


def measure(dataset: Dataset, name: str, tool: Tool) -> tuple[dict[str, Estimate], float]:
    """Return a tool's figures over a dataset, and its seconds."""
    ratios: dict[str, list[Ratio]] = {figure: [] for figure in FIGURES}
    seconds = 0.0
    for sample in dataset.samples:
        if sample.document is None or sample.document.suffix != ".pdf":
            continue
        started = time.perf_counter()
        read = tool(sample.document)
        seconds += time.perf_counter() - started
        scored = Scored()
        known = Labels(grids=sample.read().grids, text="one page, no spans")
        scorer.score(known, Answer(grids=read), scored)
        for figure in FIGURES:
            if figure in scored.ratios:
                ratios[figure].append(scored.ratios[figure])
        print(f"{name}\t{sample.id}\t{seconds:.1f} s", flush=True)
    return {f: estimate(r, share=True) for f, r in ratios.items() if r}, seconds


def main() -> None:
    """Measure every tool that is installed and print a table for docs/benchmarks.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--tools", default=",".join(TOOLS))
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    dataset = load_dataset(options.dataset)
    rows = []
    base = 0.0
    for name in options.tools.split(","):
        module, tool = TOOLS[name]
        if find_spec(module) is None:
            print(f"{name}: not installed")
            continue
        figures, seconds = measure(dataset, name, tool)
        base = base or seconds
        shares = [f"{100 * figures[f].value:.2f} %" if f in figures else "–" for f in FIGURES]
        rows.append([name, *shares, f"{seconds:.1f} s", f"{seconds / base:.1f}×"])
    print(
        "\n| tool | tables found | labelled cells right | cells that have a place | time | ratio |"
    )
    print("|---|---|---|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
