"""Reads PDF files with a text layer (PDF 读入)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from gouji.errors import InputError
from gouji.messages import N_
from gouji.model.document import Document
from gouji.model.stage import Hear, Step, unheard
from gouji.read.assemble import blocks_of
from gouji.read.layout import lay_out
from gouji.read.mupdf import DamagedPdfError, MupdfDocument, damage, fetch, is_picture, opened
from gouji.read.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gouji.read.layout import Layout

MAX_PAGES = 3000
"""Most pages read."""

DAMAGED = N_("{name}：PDF 已损坏，无法读取；请重新下载或另存为 PDF 后再试。")
LOCKED = N_("{name}：PDF 有打开密码；请先去掉密码再读。")
NO_PAGES = N_("{name}：PDF 里没有页面；请重新下载或另存为 PDF 后再试。")
TOO_LONG = N_("{name}：共 {pages} 页，超过 {limit} 页的上限；请拆分后再读。")
SCAN = N_("{name}：整个 PDF 没有文字层（可能是扫描件）；请先做文字识别（OCR）再读。")


def read_pdf(data: bytes, name: str, hear: Hear = unheard) -> Document:
    """Return the document a PDF holds; `hear` is told each page.

    Raises `InputError` when it is encrypted, damaged beyond repair, too long, or a scan.
    """
    try:
        with opened(data) as pdf:
            return _read(pdf, data, name, hear)
    except DamagedPdfError as error:
        raise InputError(DAMAGED, name=name) from error


def glance_at_pdf(data: bytes, name: str) -> None:
    """Refuse a PDF that cannot be read, without reading its pages (粗看); raises `InputError`."""
    try:
        with opened(data) as pdf:
            _count(pdf, name)
    except DamagedPdfError as error:
        raise InputError(DAMAGED, name=name) from error


def _count(pdf: MupdfDocument, name: str) -> int:
    """Return how many pages there are; refuse none, too many, or a lock."""
    with damage():
        encrypted, n_pages = pdf.needs_pass, 0 if pdf.needs_pass else pdf.page_count
    if encrypted:
        raise InputError(LOCKED, name=name)
    if not n_pages:
        raise InputError(NO_PAGES, name=name)
    if n_pages > MAX_PAGES:
        raise InputError(TOO_LONG, name=name, pages=n_pages, limit=MAX_PAGES)
    return int(n_pages)


def _read(pdf: MupdfDocument, data: bytes, name: str, hear: Hear) -> Document:
    n_pages = _count(pdf, name)
    scans: list[int] = []
    layouts = list(_layouts(pdf, n_pages, scans, hear))
    if not any(layout.page.text for layout in layouts):
        raise InputError(SCAN, name=name)
    notes: list[str] = []
    if pdf.is_repaired:
        notes.append("PDF 文件有损坏，已修复后读取，内容可能不全。")
    if scans:
        notes.append(f"第 {'、'.join(map(str, scans))} 页没有文字层（图片），未能读取。")
    digest = hashlib.sha256(data).hexdigest()
    pages = tuple([layout.page for layout in layouts])
    return Document(name, digest, "pdf", pages, blocks_of(layouts), tuple(scans), tuple(notes))


def _layouts(pdf: MupdfDocument, n_pages: int, scans: list[int], hear: Hear) -> Iterator[Layout]:
    for number in range(1, n_pages + 1):
        hear(Step("reading", number, n_pages))
        with damage():
            page = pdf.load_page(number - 1)
            raw = fetch(page)
        sheet = Sheet(raw, number)
        if sheet.has_little_text and is_picture(page):
            scans.append(number)
        yield lay_out(sheet)
