"""Pages as rows of the store (页面行): texts and boxes are JSON, compressed."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete

from gouji.model.place import Box
from gouji.screen.outcome import NumberSpan, PageText, QuoteSpan
from gouji.screen.store import tables as t
from gouji.web.folio import leaf_from, leaf_record


class PageSize(NamedTuple):
    """A page without its text (页面尺寸), with where its quotes stand."""

    number: int | None
    width: float
    height: float
    characters: int
    quotes: tuple[QuoteSpan, ...]


def write_pages(connection: Connection, number: int, pages: Sequence[PageText]) -> None:
    """Write the pages of a submission in place of earlier ones (写入页面)."""
    p = t.submission_pages
    connection.execute(delete(p).where(p.c.number == number))
    rows = [
        {
            "number": number,
            "position": position,
            "page": page.number,
            "width": page.width,
            "height": page.height,
            "characters": len(page.text),
            "quotes": _packed([[q.start, q.end, q.boxes] for q in page.quotes]),
            "content": _packed(
                {
                    "text": page.text,
                    "numbers": [[n.start, n.end, n.fate, n.boxes] for n in page.numbers],
                    "leaf": None if page.leaf is None else leaf_record(page.leaf),
                }
            ),
        }
        for position, page in enumerate(pages, 1)
    ]
    if rows:
        connection.execute(p.insert(), rows)


def _packed(content: object) -> bytes:
    return zlib.compress(json.dumps(content).encode())


def quotes_of(content: bytes) -> tuple[QuoteSpan, ...]:
    """Return the quotes on a page (引文)."""
    spans = json.loads(zlib.decompress(content))
    return tuple(QuoteSpan(start, end, _boxes(boxes)) for start, end, boxes in spans)


def page_of(row: Row[Any]) -> PageText:
    """Return a page from its row (页面)."""
    content = json.loads(zlib.decompress(row.content))
    numbers = tuple(
        NumberSpan(start, end, fate, _boxes(boxes))
        for start, end, fate, boxes in content["numbers"]
    )
    quotes = quotes_of(row.quotes)
    leaf = leaf_from(content["leaf"], row.page) if content.get("leaf") else None
    return PageText(row.page, content["text"], row.width, row.height, numbers, quotes, leaf)


def _boxes(boxes: list[list[float]]) -> tuple[Box, ...]:
    return tuple((left, top, right, bottom) for left, top, right, bottom in boxes)
