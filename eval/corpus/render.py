"""Renders a sample as pasted text, as HTML and as a ruled PDF (渲染为文本与版式文件)."""

import os
import re
from collections.abc import Iterable, Sequence
from html import escape
from importlib import import_module
from pathlib import Path

from blocks import Block, Cell, Contents, Cover, Heading, Paragraph, Row, Table

STYLE = """
@page { size: A4 portrait; margin: 20mm 20mm 18mm 20mm;
        @bottom-center { content: "— " counter(page) " —"; font: 9pt 'Noto Serif CJK SC'; } }
@page upright { size: A4 portrait; }
@page wide { size: A4 landscape; margin: 15mm 16mm 15mm 16mm; }
@page cover { @bottom-center { content: none; } }
html { font: 10pt/1.5 'Noto Serif CJK SC', 'Songti SC', 'SimSun', serif; }
body { margin: 0; page: upright; }
h1, h2, h3, h4 { font-weight: normal; margin: 0; break-after: avoid; }
p { margin: 0; text-indent: 2em; text-align: justify; }
h1 { font-size: 15pt; text-align: center; margin: 6mm 0 3mm; }
h1.new { break-before: page; margin-top: 0; }
h2 { font-size: 12pt; margin: 2mm 0 0.5mm; }
h3 { font-size: 11pt; margin: 1mm 0 0; }
.cover { page: cover; text-align: center; padding-top: 70mm; }
.cover div { font-size: 24pt; line-height: 1.8; }
.cover p { margin-top: 90mm; text-indent: 0; text-align: center; font-size: 14pt; }
.contents { break-before: page; }
.contents h4 { font-size: 15pt; text-align: center; margin: 0 0 4mm; }
.contents p { text-indent: 2em; line-height: 1.35; }
.contents p.part { text-indent: 0; }
.sheet { margin-top: 4mm; }
.sheet.wide { page: wide; }
.sheet h4 { font-size: 13pt; text-align: center; margin: 0 0 1mm; }
.sheet p { font-size: 9pt; text-indent: 0; line-height: 1.4; }
.sheet p.right { text-align: right; break-after: avoid; }
.meta { display: flex; justify-content: space-between; font-size: 9pt; break-after: avoid; }
table { border-collapse: collapse; width: 100%; table-layout: fixed;
        font-size: 8pt; line-height: 1.25; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
td { border: 0.5pt solid #000; padding: 0.8pt 2.5pt; height: 11pt; }
.left { text-align: left; } .right { text-align: right; } .center { text-align: center; }
.whole { break-inside: avoid; }
"""

FRESH_PAGE = ("第二部分", "第三部分")
"""Parts that start on a new page."""


def space_out(text: str) -> str:
    """Put a space between Chinese characters and figures, as word processors do (中西文间空格)."""
    text = re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)", " ", text)
    return re.sub(r"(?<=[\d%])(?=[\u4e00-\u9fff])", " ", text)


def spaced(blocks: Iterable[Block]) -> list[Block]:
    """Apply `space_out` to prose and headings; tables stay as they are."""
    done: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            done.append(Paragraph(space_out(block.text)))
        else:
            done.append(block)
    return done


def to_text(blocks: Sequence[Block]) -> str:
    """Write the sample the way people paste it: tables tab-separated, one row a line."""
    return "\n\n".join(_text_of(block) for block in blocks) + "\n"


def _text_of(block: Block) -> str:
    match block:
        case Cover(lines, date):
            return "\n\n".join((*lines, date))
        case Contents(entries):
            return "\n\n".join(("目录", *(entry.text for entry in entries)))
        case Heading() | Paragraph():
            return block.text
    rows = "\n".join("\t".join(row) for row in block.grid())
    return "\n\n".join((block.title, *block.above, rows, *block.notes))


def to_html(blocks: Sequence[Block], title: str) -> str:
    """Write the sample as one HTML page with print styles."""
    body = "\n".join(_html_of(block) for block in blocks)
    return (
        f'<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>{body}</body></html>"
    )


def _html_of(block: Block) -> str:
    match block:
        case Cover(lines, date):
            inner = "".join(f"<div>{escape(line)}</div>" for line in lines)
            return f'<section class="cover">{inner}<p>{escape(date)}</p></section>'
        case Contents(entries):
            inner = "".join(
                f'<p class="{"part" if entry.level == 1 else ""}">{escape(entry.text)}</p>'
                for entry in entries
            )
            return f'<section class="contents"><h4>目录</h4>{inner}</section>'
        case Heading(text, level):
            new = ' class="new"' if text.startswith(FRESH_PAGE) else ""
            return f"<h{level}{new}>{escape(text)}</h{level}>"
        case Paragraph(text):
            return f"<p>{escape(text)}</p>"
    return _sheet(block)


def _sheet(table: Table) -> str:
    total = sum(table.widths)
    columns = "".join(f'<col style="width:{100 * w / total:.2f}%">' for w in table.widths)
    *above_grid, last = (escape(line) for line in table.above)
    mark = f'<p class="right">{above_grid.pop(0)}</p>' if above_grid else ""
    meta = "".join(f"<span>{line}</span>" for line in above_grid or [""]) + f"<span>{last}</span>"
    above = f'{mark}<div class="meta">{meta}</div>'
    notes = "".join(f"<p>{escape(note)}</p>" for note in table.notes)
    kind = "sheet" + " wide" * table.wide + " whole" * (not table.tall)
    return (
        f'<section class="{kind}"><h4>{escape(table.title)}</h4>{above}'
        f"<table><colgroup>{columns}</colgroup>"
        f"<thead>{_rows(table.head)}</thead><tbody>{_rows(table.body)}</tbody></table>"
        f"{notes}</section>"
    )


def _rows(rows: Sequence[Row]) -> str:
    return "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in rows)


def _cell(cell: Cell) -> str:
    merged = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    merged += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    return f'<td class="{cell.align}"{merged}>{escape(cell.text)}</td>'


def to_pdf(html: str, path: Path) -> None:
    """Print HTML to a PDF with embedded font subsets; needs WeasyPrint and a Chinese font."""
    try:
        weasyprint = import_module("weasyprint")
    except ImportError as missing:
        raise SystemExit(
            "生成样例 PDF 需要 WeasyPrint：pip install weasyprint，并安装 Noto Serif CJK 字体。"
        ) from missing
    # Font subsets carry a time stamp; a fixed one makes the file the same on each run.
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    page = weasyprint.HTML(string=html)
    page.write_pdf(path, pdf_identifier=path.parent.name.encode())
