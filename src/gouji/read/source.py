"""Opens what the user names and tells what kind of input it is (打开输入)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.errors import InputError
from gouji.messages import N_
from gouji.model.stage import Hear, unheard
from gouji.read.text import read_text

if TYPE_CHECKING:
    from gouji.model.document import Document

MAX_BYTES = 200 * 1024 * 1024
"""Largest input read."""

_PDF_WITHIN = 1024
EMPTY = N_("{name}：文件是空的（0 字节）；请重新下载或保存。")
LARGE = N_("{name}：文件有 {size} MB，超过 {limit} MB 的上限；请拆分后再读。")
OFFICE = N_("{name}：是 Word、Excel 或压缩文件，不能直接读取；请另存为带文字层的 PDF，或粘贴文字。")
OLD_OFFICE = N_(
    "{name}：是旧版 Word 或 Excel 文件，不能直接读取；请另存为带文字层的 PDF，或粘贴文字。"
)
RTF = N_("{name}：是 RTF 文件，不能直接读取；请另存为带文字层的 PDF，或粘贴文字。")
PICTURE = N_("{name}：是图片，不能直接读取；请另存为带文字层的 PDF，或粘贴文字。")
WEB_PAGE = N_("{name}：是网页文件；请打印为 PDF，或粘贴网页文字。")
NO_TEXT = N_("{name}：既不是 PDF，也不是 UTF-8 或 GB 18030 编码的文本；请检查文件。")
FOLDER = N_("{path}：是文件夹；请指定一个 PDF 或文本文件。")
NOT_FOUND = N_("{path}：找不到文件；请检查路径。")
NOT_OPENED = N_("{path}：无法打开（{reason}）；请检查文件和权限。")

_OTHERS = (
    (b"PK\x03\x04", OFFICE),
    (b"\xd0\xcf\x11\xe0", OLD_OFFICE),
    (b"{\\rtf", RTF),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE),
)
_WEB_PAGES = (b"<!doctype html", b"<html")


def read_document(
    source: str | os.PathLike[str] | bytes, *, name: str | None = None, hear: Hear = unheard
) -> Document:
    """Return the document that a file or its bytes hold: a PDF or plain text (读入文档).

    A `str` is a path; pasted text goes through `read_text`. `name` overrides the file name;
    `hear` is told each page.
    Raises `InputError` when the input cannot be read.
    """
    if isinstance(source, bytes | bytearray | memoryview):
        data, name = bytes(source), name or "input"
    else:
        path = Path(source)
        data, name = load(path), name or path.name
    _refuse_unreadable(data, name)
    if is_pdf(data):
        from gouji.read.pdf import read_pdf  # noqa: PLC0415  pymupdf loads only for a PDF

        return read_pdf(data, name, hear)
    return read_text(_decode(data, name), name)


def load(path: Path) -> bytes:
    """Return the bytes of a file (打开文件); raises `InputError` where it cannot be opened."""
    try:
        if path.is_dir():
            raise InputError(FOLDER, path=path)
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _too_large(str(path), size)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(NOT_FOUND, path=path) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(NOT_OPENED, path=path, reason=reason) from error


def _too_large(name: str, size: int) -> InputError:
    return InputError(LARGE, name=name, size=size >> 20, limit=MAX_BYTES >> 20)


def glance(data: bytes, name: str) -> None:
    """Refuse what cannot be read, without reading it (粗看); raises `InputError`.

    A PDF is opened, but no page of it; text is decoded.
    """
    _refuse_unreadable(data, name)
    if not is_pdf(data):
        _decode(data, name)
        return
    from gouji.read.pdf import glance_at_pdf  # noqa: PLC0415  pymupdf loads only for a PDF

    glance_at_pdf(data, name)


def is_pdf(data: bytes) -> bool:
    """Tell by its content whether a file is a PDF (是否 PDF)."""
    return b"%PDF" in data[:_PDF_WITHIN]


def _refuse_unreadable(data: bytes, name: str) -> None:
    if not data:
        raise InputError(EMPTY, name=name)
    if len(data) > MAX_BYTES:
        raise _too_large(name, len(data))
    for magic, sentence in _OTHERS:
        if data.startswith(magic):
            raise InputError(sentence, name=name)
    if data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB_PAGES):
        raise InputError(WEB_PAGE, name=name)


def _decode(data: bytes, name: str) -> str:
    """Return the text: UTF-8, UTF-16 with its mark, or GB 18030."""
    encodings = ["utf-8-sig", "gb18030"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _is_junk(text):
            return text
    raise InputError(NO_TEXT, name=name)


def _is_junk(text: str) -> bool:
    """Tell whether decoded text is no text: control characters, or private use in bulk."""
    sample = text[:100_000]
    odd = sum(
        1 for c in sample if (c < " " and c not in "\t\n\r\f\v\x1a") or "\ue000" <= c <= "\uf8ff"
    )
    return "\x00" in sample or odd * 50 > len(sample)
