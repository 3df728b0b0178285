"""Renders a disclosure as a ruled PDF and as a scan (版式文件与扫描件)."""

import random
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from blocks import Block, Heading, Paragraph, Table
from render import to_html, to_pdf

from synth.compose import Disclosure
from synth.truth import unmark

DPI = 150
UPRIGHT, LANDSCAPE = 482.0, 751.0
"""Width of the printed area in points, upright and landscape (版心宽)."""
LARGEST, DIGIT = 8.0, 0.54
"""Largest size of table print in points; width of a digit in ems."""
MOST_TILT = 0.6
"""Degrees a scanned page may be turned either way."""


def bare(block: Block) -> Block:
    """Take the marks of numbers out of a block (去标记)."""
    match block:
        case Heading(text, level):
            return Heading(unmark(text)[0], level)
        case Paragraph(text):
            return Paragraph(unmark(text)[0])
        case Table(notes=notes):
            return replace(block, notes=tuple(unmark(note)[0] for note in notes))
    return block


def _sizes(blocks: Sequence[Block]) -> str:
    """Choose the print of tables so that no figure runs out of its column (字号)."""
    tables = [block for block in blocks if isinstance(block, Table)]
    upright = min((_fitting(t, UPRIGHT) for t in tables if not t.wide), default=LARGEST)
    wide = min((_fitting(t, LANDSCAPE) for t in tables if t.wide), default=LARGEST)
    return f"table {{ font-size: {upright}pt; }} .sheet.wide table {{ font-size: {wide}pt; }}"


def _fitting(table: Table, width: float) -> float:
    """Give the largest size at which every figure fits its column."""
    share = width / sum(table.widths)
    sizes = [
        (share * table.widths[column] - 6) / (DIGIT * len(text))
        for row in table.body_grid()
        for column, text in enumerate(row)
        if text[-3:-2] == "." or text.isdigit()
    ]
    return round(min([LARGEST, *sizes]), 1)


def print_pdf(made: Disclosure, path: Path) -> None:
    """Print a disclosure to PDF; needs WeasyPrint and a Chinese font."""
    print_blocks(made, [bare(block) for block in made.blocks], path)


def print_blocks(made: Disclosure, blocks: Sequence[Block], path: Path) -> None:
    """Print blocks of a disclosure, perhaps edited, in the sizes that fit its own figures."""
    page = to_html(blocks, f"{made.books.entity}{made.books.year}年度决算")
    to_pdf(page.replace("</style>", f"{_sizes(made.blocks)}</style>"), path)


def print_document(blocks: Sequence[Block], path: Path, title: str) -> None:
    """Print blocks that are no disclosure of one seed, numbers without their marks (印成 PDF)."""
    page = to_html([bare(block) for block in blocks], title)
    to_pdf(page.replace("</style>", f"{_sizes(blocks)}</style>"), path)


def partly(printed: Path, scanned: Path, path: Path, seed: int) -> list[int]:
    """Put together a PDF some of whose pages are pictures; return their numbers (部分扫描)."""
    pymupdf = import_module("pymupdf")
    chance = random.Random(f"partly {seed}")  # noqa: S311  # reproducible, not secret
    with pymupdf.open(printed) as text, pymupdf.open(scanned) as images, pymupdf.open() as mixed:
        pages = range(1, len(text) + 1)
        pictures = sorted(chance.sample(pages[1:], max(1, len(text) // 4)))
        for page in pages:
            source = images if page in pictures else text
            mixed.insert_pdf(source, from_page=page - 1, to_page=page - 1)
        mixed.save(path, no_new_id=True)
    return pictures


def scan(source: Path, path: Path, seed: int) -> None:
    """Turn a PDF into tilted, grainy page images, as a scanner would (扫描件)."""
    try:
        pymupdf, images = import_module("pymupdf"), import_module("PIL.Image")
    except ImportError as missing:
        raise SystemExit(
            "生成扫描件需要 PyMuPDF 与 Pillow：pip install pymupdf pillow。"
        ) from missing
    chance = random.Random(seed)  # noqa: S311  # reproducible, not secret
    with pymupdf.open(source) as printed, pymupdf.open() as scanned:
        for page in printed:
            picture = _photograph(
                images, page.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY), chance
            )
            sheet = scanned.new_page(width=page.rect.width, height=page.rect.height)
            sheet.insert_image(sheet.rect, stream=picture)
        scanned.save(path, no_new_id=True)


def _photograph(images: Any, pixmap: Any, chance: random.Random) -> bytes:  # noqa: ANN401  # no types
    """Tilt a page a little and add grain; give a JPEG."""
    size = (pixmap.width, pixmap.height)
    page = images.frombytes("L", size, pixmap.samples)
    page = page.rotate(chance.uniform(-MOST_TILT, MOST_TILT), fillcolor=255, resample=2)
    grain = images.frombytes("L", size, chance.randbytes(size[0] * size[1]))
    page = images.blend(page, grain, 0.08)
    stream = import_module("io").BytesIO()
    page.save(stream, "JPEG", quality=60)
    return bytes(stream.getvalue())
