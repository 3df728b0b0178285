"""Reading: bytes or pasted text in, `Document` out (读入)."""

from __future__ import annotations

from gouji.read.source import read_document
from gouji.read.text import read_text

__all__ = ["read_document", "read_text"]
