"""Reads PDF files with a text layer (PDF 读入)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from gouji.errors import InputError
from gouji.model.document import Document
from gouji.read.assemble import blocks_of
from gouji.read.layout import lay_out
from gouji.read.mupdf import DamagedPdfError, MupdfDocument, damage, fetch, is_picture, opened
from gouji.read.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gouji.read.layout import Layout

MAX_PAGES = 3000
"""Most pages read."""


def read_pdf(data: bytes, name: str) -> Document:
    """Return the document a PDF holds.

    Raises `InputError` when it is encrypted, damaged beyond repair, too long, or a scan.
    """
    try:
        with opened(data) as pdf:
            return _read(pdf, data, name)
    except DamagedPdfError as error:
        msg = f"{name}：PDF 已损坏，无法读取；请重新下载或另存为 PDF 后再试。"
        raise InputError(msg) from error


def _read(pdf: MupdfDocument, data: bytes, name: str) -> Document:
    with damage():
        encrypted, n_pages = pdf.needs_pass, 0 if pdf.needs_pass else pdf.page_count
    if encrypted:
        msg = f"{name}：PDF 有打开密码；请先去掉密码再读。"
        raise InputError(msg)
    if not n_pages:
        msg = f"{name}：PDF 里没有页面；请重新下载或另存为 PDF 后再试。"
        raise InputError(msg)
    if n_pages > MAX_PAGES:
        msg = f"{name}：共 {n_pages} 页，超过 {MAX_PAGES} 页的上限；请拆分后再读。"
        raise InputError(msg)
    scans: list[int] = []
    layouts = list(_layouts(pdf, n_pages, scans))
    if not any(layout.page.text for layout in layouts):
        msg = f"{name}：整个 PDF 没有文字层（可能是扫描件）；请先做文字识别（OCR）再读。"
        raise InputError(msg)
    notes: list[str] = []
    if pdf.is_repaired:
        notes.append("PDF 文件有损坏，已修复后读取，内容可能不全。")
    if scans:
        notes.append(f"第 {'、'.join(map(str, scans))} 页没有文字层（图片），未能读取。")
    digest = hashlib.sha256(data).hexdigest()
    pages = tuple([layout.page for layout in layouts])
    return Document(name, digest, "pdf", pages, blocks_of(layouts), tuple(notes))


def _layouts(pdf: MupdfDocument, n_pages: int, scans: list[int]) -> Iterator[Layout]:
    for number in range(1, n_pages + 1):
        with damage():
            page = pdf.load_page(number - 1)
            raw = fetch(page)
        sheet = Sheet(raw, number)
        if sheet.has_little_text and is_picture(page):
            scans.append(number)
        yield lay_out(sheet)
