"""Which published table a line of text names (表名识别)."""

from __future__ import annotations

import re
from functools import lru_cache

from gouji.model.outline import TableKind
from gouji.model.tables.budget import BUDGET_MODELS
from gouji.model.tables.declared import MODELS
from gouji.model.tables.table import TableModel

_QUOTES = re.compile("[\"'“”‘’「」『』\u2033\u2032《》\\s]")
_TAIL = re.compile(
    r"(?:\(?(?:公开|财决|附|表)\S{0,2}\d+(?:-\d+)?表?\)?|\((?:续|续表|分科目|按功能分类|单位[^)]*|见附[^)]*)\)"
    r"|(?:金额)?单位[::].*|(?:编制)?(?:部门|单位)(?:名称)?[::].*|[。:;,.、]|\d+)$"
)
_HEAD = re.compile(
    r"^(?:附(?:件|表)?\d*(?:-\d+)?[:：.、]?|公开\d+表|表[\d一二三四五六七八九十]+[:：.、]?|"
    r"\(?[一二三四五六七八九十]+[)、.]|\(?\d{1,2}[)、.])+"
)
_NOT_AN_ENTITY = re.compile(
    "(?:预算|拨款|基金|资本|经费|项目|明细|经济|功能|分类|收入|支出|结余|专户|非税|债务|资金|采购|运行)$"
)
_YEAR = re.compile(r"(?:20)?\d{2}年度?|(?:部门|单位|本级|机关)?决算(?:公开)?(?:报表|表)?$")
_BUDGET_YEAR = re.compile(
    r"(?:20)?\d{2}年度?|(?:部门|单位|本级|机关|年度?)预算(?:公开)?(?:报表|表)?$"
)
_BUDGET = re.compile("预算表|预算总表|收支预算|收入预算|支出预算")
MAX_TITLE = 90
"""A line longer than this is a sentence, not a title."""


def bare_title(text: str) -> str:
    """Return a title without numbering, form mark, unit mark, quotes and odd spaces."""
    text = _HEAD.sub("", _QUOTES.sub("", text))
    while True:
        shorter = _TAIL.sub("", text)
        if shorter == text:
            return text
        text = shorter


def _titles(models: tuple[TableModel, ...]) -> list[tuple[str, TableKind]]:
    """Return every known title, longest first, with its kind."""
    known = [
        (_QUOTES.sub("", title), model.kind)
        for model in models
        for title in (model.name, *model.titles)
    ]
    return sorted(known, key=lambda t: -len(t[0]))


_KNOWN, _BUDGETED = _titles(MODELS), _titles(BUDGET_MODELS)
_PERFORMANCE = re.compile("自评[表报结]|自评情况表|绩效(?:目标)?(?:完成情况)?(?:自评|评价)?表")
_ANY_TABLE = re.compile(r"表(?:\([^)]*\))?$|一览表|情况表")


@lru_cache(maxsize=2048)
def kind_of_title(text: str, *, final_accounts: bool = True) -> TableKind | None:
    """Return the table a line names, "other" for a table gouji has no model of, None for no title.

    `final_accounts` is False in a budget: then the titles of budgets count, and no other.
    """
    if len(text) > MAX_TITLE:
        return None
    title = bare_title(text)
    if not final_accounts:
        return _kind_in_budget(title)
    if not title or _BUDGET.search(title):
        return "other" if title.endswith("表") else None
    for name, kind in _KNOWN:
        if title.endswith(name):
            front = _YEAR.sub("", title[: -len(name)])
            return "other" if _NOT_AN_ENTITY.search(front) else kind
    return _kind_of_other(title)


def _kind_in_budget(title: str) -> TableKind | None:
    for name, kind in _BUDGETED:
        if title.endswith(name):
            front = _BUDGET_YEAR.sub("", title[: -len(name)])
            return "other" if _NOT_AN_ENTITY.search(front) else kind
    return _kind_of_other(title) if title else None


def _kind_of_other(title: str) -> TableKind | None:
    if _PERFORMANCE.search(title) and _ANY_TABLE.search(title.split("/", maxsplit=1)[0]):
        return "overall_self_evaluation" if "整体" in title else "project_self_evaluation"
    return "other" if _ANY_TABLE.search(title) and len(title) > 1 else None
