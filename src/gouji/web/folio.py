"""A page of coloured text as lists, which JSON can hold (着色文字存档)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gouji.report.colouring import Leaf, Passage, Piece, Sheet, Shown


def leaf_record(leaf: Leaf) -> list[Any]:
    """Return a page as lists (存)."""
    blocks = [
        ["table", [[[_pieces(c.pieces), c.rowspan, c.colspan] for c in row] for row in block.rows]]
        if isinstance(block, Sheet)
        else [block.kind, _pieces(block.pieces)]
        for block in leaf.blocks
    ]
    return [blocks, leaf.counts, leaf.findings, leaf.left_out]


def leaf_from(kept: Sequence[Any], number: int | None) -> Leaf:
    """Return a page as it was kept (取)."""
    blocks, counts, findings, left_out = kept
    return Leaf(number, tuple(_block(*b) for b in blocks), counts, tuple(findings), left_out)


def _block(kind: Any, content: Any) -> Passage | Sheet:  # noqa: ANN401 (JSON)
    if kind != "table":
        return Passage(kind, _pieces_from(content))
    return Sheet(
        "table",
        tuple(
            tuple(Shown(_pieces_from(pieces), down, across) for pieces, down, across in row)
            for row in content
        ),
    )


def _pieces(pieces: Sequence[Piece]) -> list[Any]:
    """Plain text is a string of its own: most of a page is."""
    return [
        [p.text, p.fate, p.findings, p.anchor] if p.fate or p.findings else p.text for p in pieces
    ]


def _pieces_from(kept: Sequence[Any]) -> tuple[Piece, ...]:
    return tuple(
        Piece(item) if isinstance(item, str) else Piece(item[0], item[1], tuple(item[2]), item[3])
        for item in kept
    )
