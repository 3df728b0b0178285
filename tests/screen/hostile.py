"""Hostile files, each a few kilobytes: what the web may hand to a program that reads PDFs."""

from __future__ import annotations

import multiprocessing
import os
import signal
import zlib
from collections.abc import Sequence
from importlib import import_module
from typing import Any

GIB = 1 << 30
_CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
_PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_BOX = b"/MediaBox[0 0 595 842]"


def pdf(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of these objects, the first being its catalogue."""
    out, at = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        at.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in at)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        start,
    )


def stream(data: bytes, about: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), about, data)


def memory_bomb(size: int = 2 * GIB) -> bytes:
    """Return a PDF whose page holds one string of so many bytes."""
    unit = 1 << 20
    packer = zlib.compressobj(9)
    head = packer.compress(b"BT /F 1 Tf (") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b"a" * unit) + packer.flush(zlib.Z_FULL_FLUSH)
    tail = packer.compress(b") Tj ET") + packer.flush()
    once = head + block * (size // unit) + tail  # a flushed block says the same wherever it stands
    twice = zlib.compress(once, 9)
    page = b"<</Type/Page/Parent 2 0 R%s/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>" % _BOX
    filters = b"/Filter[/FlateDecode/FlateDecode]"
    return pdf([_CATALOGUE, _PAGES, page, stream(twice, filters), _FONT])


def endless(depth: int = 12, width: int = 10) -> bytes:
    """Return a PDF whose page draws a form that draws ten forms and so on."""
    objects = [
        _CATALOGUE,
        _PAGES,
        b"<</Type/Page/Parent 2 0 R%s/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>" % _BOX,
        stream(b"/X Do "),
    ]
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"
    for level in range(depth - 1):
        inner = b"/Resources<</XObject<</X %d 0 R>>>>" % (level + 6)
        objects.append(stream(b"/X Do " * width, form + inner))
    objects.append(stream(b"0 0 m 0 0 l S ", form))
    return pdf(objects)


def many_pages(count: int) -> bytes:
    """Return a PDF of so many empty pages."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    pages = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return pdf([_CATALOGUE, pages, *[b"<</Type/Page/Parent 2 0 R%s>>" % _BOX] * count])


def locked() -> bytes:
    """Return a PDF that asks for a password."""
    mupdf: Any = import_module("pymupdf")  # publishes no complete types
    with mupdf.open() as pdf:
        pdf.new_page()
        made: bytes = pdf.tobytes(encryption=mupdf.PDF_ENCRYPT_AES_256, owner_pw="o", user_pw="u")
    return made


class Crashing(bytes):
    """Data that ends the process which looks at it, as a fault in a C library does."""

    __slots__ = ()

    def __len__(self) -> int:
        if multiprocessing.parent_process() is not None:  # not in the test's own process
            os.kill(os.getpid(), signal.SIGSEGV)
        return super().__len__()
