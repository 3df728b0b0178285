"""Cells as a model is shown them (单元格题面): by id, named back by id and by text."""

from __future__ import annotations

from collections.abc import Iterable

from gouji.extract.by_model.grounding import UngroundedError, same
from gouji.llm.answers import CellSaid
from gouji.model.document import Cell

_LONGEST = 40


class CellSheet:
    """The cells of one question, by id (编号单元格)."""

    def __init__(self, number: int, cells: Iterable[Cell]) -> None:
        self.cells = {f"g{number}r{c.row}c{c.col}": c for c in cells}

    def text(self) -> str:
        """Return the cells row by row."""
        rows: dict[int, list[str]] = {}
        for id_, cell in self.cells.items():
            shown = " ".join(cell.text.split())[:_LONGEST]
            rows.setdefault(cell.row, []).append(f"{id_}={shown}")
        return "\n".join(" | ".join(row) for row in rows.values())

    def cell(self, said: CellSaid) -> Cell:
        """Return the cell an answer names, if its text is the one printed there."""
        cell = self.cells.get(said.id)
        if cell is None:
            raise UngroundedError("unknown_cell")
        if not cell.text or not same(cell.text[:_LONGEST], said.text[:_LONGEST]):
            raise UngroundedError("cell_text_differs")
        return cell
