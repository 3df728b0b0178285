"""Typed models of the published tables (公开表), one declaration a table."""

from gouji.model.tables.budget import BUDGET_MODELS, CHANGE, EXECUTED, RESERVE, model_of
from gouji.model.tables.budget_items import LAST_PLANNED, PLANNED
from gouji.model.tables.classes import CLASS_OF_NAME, FUNCTIONAL_CLASSES
from gouji.model.tables.declared import AMOUNT, MODEL_OF, MODELS, TOTAL_ROW
from gouji.model.tables.table import Account, Column, Row, Table, TableModel
from gouji.model.tables.titles import bare_title, kind_of_title

__all__ = [
    "AMOUNT",
    "BUDGET_MODELS",
    "CHANGE",
    "CLASS_OF_NAME",
    "EXECUTED",
    "FUNCTIONAL_CLASSES",
    "LAST_PLANNED",
    "MODELS",
    "MODEL_OF",
    "PLANNED",
    "RESERVE",
    "TOTAL_ROW",
    "Account",
    "Column",
    "Row",
    "Table",
    "TableModel",
    "bare_title",
    "kind_of_title",
    "model_of",
]
