"""Typed models of the published tables (公开表), one declaration a table."""

from gouji.model.tables.table import Column, Row, Table, TableModel

__all__ = ["Column", "Row", "Table", "TableModel"]
