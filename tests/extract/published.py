"""Small published tables of our own wording, as pasted text (自拟的公开表)."""

from __future__ import annotations

from gouji.extract.bind import bind_tables
from gouji.model.tables import Table
from gouji.read import read_text
from gouji.understand import understand

COVER = "南屏县文化馆2024年度部门决算"


def tabbed(*rows: str) -> str:
    """Return rows written with | as lines with tabs."""
    return "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in rows)


def bind(title: str, *rows: str, unit: str = "单位:万元") -> tuple[Table, tuple[str, ...]]:
    """Return the only table of a pasted report, bound, and what could not be read."""
    text = "\n\n".join([COVER, title, unit, tabbed(*rows)])
    document = read_text(text, "paste")
    tables, unread = bind_tables(document, understand(document))
    (table,) = tables
    return table, unread


def printed(table: Table) -> dict[str, dict[str, str]]:
    """Return row key → column → figure as printed; a blank is "", a missing figure absent."""
    return {
        row.key: {column: figure.text for column, figure in row.figures.items()}
        for row in table.rows
    }
