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
    (b"PK\x03\x04", "is a Word, Excel or zip file; save it as PDF, or paste its text"),
    (b"\xd0\xcf\x11\xe0", "is an old Word or Excel file; save it as PDF, or paste its text"),
    (b"\x89PNG", "is an image; only PDF files with a text layer and plain text can be read"),
    (b"\xff\xd8\xff", "is an image; only PDF files with a text layer and plain text can be read"),
    (b"II*\x00", "is an image; only PDF files with a text layer and plain text can be read"),
    (b"MM\x00*", "is an image; only PDF files with a text layer and plain text can be read"),
    (b"{\\rtf", "is an RTF file; save it as PDF, or paste its text"),
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
        data, name = _load(path), name or path.name
    _refuse_unreadable(data, name)
    if b"%PDF" in data[:_PDF_WITHIN]:
        from gouji.read.pdf import read_pdf  # noqa: PLC0415  pymupdf loads only for a PDF

        return read_pdf(data, name)
    return read_text(_decode(data, name), name)


def _load(path: Path) -> bytes:
    try:
        if path.is_dir():
            msg = f"{path}: is a directory; name one PDF or text file."
            raise InputError(msg)
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(_too_large(str(path), size))
        return path.read_bytes()
    except FileNotFoundError as error:
        msg = f"{path}: no such file; check the path."
        raise InputError(msg) from error
    except (OSError, ValueError) as error:
        msg = f"{path}: cannot be opened ({getattr(error, 'strerror', None) or error})."
        raise InputError(msg) from error


def _too_large(name: str, size: int) -> str:
    return f"{name}: {size >> 20} MB is above the limit of {MAX_BYTES >> 20} MB; split the file."


def _refuse_unreadable(data: bytes, name: str) -> None:
    if not data:
        msg = f"{name}: the file is empty (0 bytes); download or save it again."
        raise InputError(msg)
    if len(data) > MAX_BYTES:
        raise InputError(_too_large(name, len(data)))
    for magic, what in _OTHERS:
        if data.startswith(magic):
            msg = f"{name}: {what}."
            raise InputError(msg)
    if data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB_PAGES):
        msg = f"{name}: is a web page; print it to PDF, or paste its text."
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
    msg = f"{name}: is neither a PDF nor text in UTF-8 or GB 18030; check the file."
    raise InputError(msg)


def _is_junk(text: str) -> bool:
    """Tell whether decoded text is no text: control characters, or private use in bulk."""
    sample = text[:100_000]
    odd = sum(
        1 for c in sample if (c < " " and c not in "\t\n\r\f\v\x1a") or "\ue000" <= c <= "\uf8ff"
    )
    return "\x00" in sample or odd * 50 > len(sample)
