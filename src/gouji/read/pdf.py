"""Reads PDF files with a text layer (PDF 读入)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pymupdf

from gouji.errors import InputError
from gouji.model.document import Document
from gouji.read.assemble import blocks_of
from gouji.read.layout import lay_out
from gouji.read.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gouji.read.layout import Layout

MAX_PAGES = 3000
"""Most pages read."""

_DAMAGE = (RuntimeError, ValueError, TypeError, IndexError, KeyError, pymupdf.mupdf.FzErrorBase)
"""What PyMuPDF raises on a broken file, on opening, counting or loading pages."""


def read_pdf(data: bytes, name: str) -> Document:
    """Return the document a PDF holds.

    Raises `InputError` when it is encrypted, damaged beyond repair, too long, or a scan.
    """
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    try:
        with pymupdf.open(stream=data, filetype="pdf") as pdf:
            return _read(pdf, data, name)
    except _DAMAGE as error:
        msg = f"{name}：PDF 已损坏，无法读取；请重新下载或另存为 PDF 后再试。"
        raise InputError(msg) from error
    finally:
        pymupdf.TOOLS.reset_mupdf_warnings()


def _read(pdf: pymupdf.Document, data: bytes, name: str) -> Document:
    if pdf.needs_pass:
        msg = f"{name}：PDF 有打开密码；请先去掉密码再读。"
        raise InputError(msg)
    n_pages = pdf.page_count
    if not n_pages:
        msg = f"{name}：PDF 里没有页面；请重新下载或另存为 PDF 后再试。"
        raise InputError(msg)
    if n_pages > MAX_PAGES:
        msg = f"{name}：共 {n_pages} 页，超过 {MAX_PAGES} 页的上限；请拆分后再读。"
        raise InputError(msg)
    scans: list[int] = []
    layouts = list(_layouts(pdf, scans))
    if not any(layout.page.text.strip() for layout in layouts):
        msg = f"{name}：整个 PDF 没有文字层（扫描件）；请先做文字识别（OCR）再读。"
        raise InputError(msg)
    notes: list[str] = []
    if pdf.is_repaired:
        notes.append("PDF 文件有损坏，已修复后读取，内容可能不全。")
    if scans:
        notes.append(f"第 {'、'.join(map(str, scans))} 页没有文字层（图片），未能读取。")
    digest = hashlib.sha256(data).hexdigest()
    pages = tuple([layout.page for layout in layouts])
    return Document(name, digest, "pdf", pages, blocks_of(layouts), tuple(notes))


def _layouts(pdf: pymupdf.Document, scans: list[int]) -> Iterator[Layout]:
    for number, page in enumerate(pdf, start=1):
        sheet = Sheet(page, number)
        if sheet.is_picture_only(page):
            scans.append(number)
        yield lay_out(sheet)
