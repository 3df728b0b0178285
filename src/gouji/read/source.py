"""Opens what the user names and tells what kind of input it is (打开输入)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.errors import InputError
from gouji.read.text import read_text

if TYPE_CHECKING:
    from gouji.model.document import Document

MAX_BYTES = 200 * 1024 * 1024
"""Largest input read."""

_PDF_WITHIN = 1024
_OTHERS = (
    (b"PK\x03\x04", "Word、Excel 或压缩文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 或 Excel 文件"),
    (b"{\\rtf", "RTF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
)
_WEB_PAGES = (b"<!doctype html", b"<html")


def read_document(source: str | os.PathLike[str] | bytes, *, name: str | None = None) -> Document:
    """Return the document that a file or its bytes hold: a PDF or plain text (读入文档).

    A `str` is a path; pasted text goes through `read_text`. `name` overrides the file name.
    Raises `InputError` when the input cannot be read.
    """
    if isinstance(source, bytes | bytearray | memoryview):
        data, name = bytes(source), name or "input"
    else:
        path = Path(source)
        data, name = load(path), name or path.name
    _refuse_unreadable(data, name)
    if b"%PDF" in data[:_PDF_WITHIN]:
        from gouji.read.pdf import read_pdf  # noqa: PLC0415  pymupdf loads only for a PDF

        return read_pdf(data, name)
    return read_text(_decode(data, name), name)


def load(path: Path) -> bytes:
    """Return the bytes of a file (打开文件); raises `InputError` where it cannot be opened."""
    try:
        if path.is_dir():
            msg = f"{path}：是文件夹；请指定一个 PDF 或文本文件。"
            raise InputError(msg)
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(_too_large(str(path), size))
        return path.read_bytes()
    except FileNotFoundError as error:
        msg = f"{path}：找不到文件；请检查路径。"
        raise InputError(msg) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        msg = f"{path}：无法打开（{reason}）；请检查文件和权限。"
        raise InputError(msg) from error


def _too_large(name: str, size: int) -> str:
    return f"{name}：文件有 {size >> 20} MB，超过 {MAX_BYTES >> 20} MB 的上限；请拆分后再读。"


def _refuse_unreadable(data: bytes, name: str) -> None:
    if not data:
        msg = f"{name}：文件是空的（0 字节）；请重新下载或保存。"
        raise InputError(msg)
    if len(data) > MAX_BYTES:
        raise InputError(_too_large(name, len(data)))
    for magic, what in _OTHERS:
        if data.startswith(magic):
            msg = f"{name}：是{what}，不能直接读取；请另存为带文字层的 PDF，或粘贴文字。"
            raise InputError(msg)
    if data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB_PAGES):
        msg = f"{name}：是网页文件；请打印为 PDF，或粘贴网页文字。"
        raise InputError(msg)


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
    msg = f"{name}：既不是 PDF，也不是 UTF-8 或 GB 18030 编码的文本；请检查文件。"
    raise InputError(msg)


def _is_junk(text: str) -> bool:
    """Tell whether decoded text is no text: control characters, or private use in bulk."""
    sample = text[:100_000]
    odd = sum(
        1 for c in sample if (c < " " and c not in "\t\n\r\f\v\x1a") or "\ue000" <= c <= "\uf8ff"
    )
    return "\x00" in sample or odd * 50 > len(sample)
