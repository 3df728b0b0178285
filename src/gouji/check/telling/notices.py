"""Notices that earlier stages wrote in Chinese with words of the document in them (随附说明).

Reading and extraction say what they could not do in plain sentences, which `gouji extract` publishes as
they are. To be said in another language a notice is recognised by its form; its words stay as printed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from gouji.messages import N_, Catalogue

FORMS = (
    # reading
    N_("PDF 文件有损坏，已修复后读取，内容可能不全。"),
    N_("第 {pages} 页没有文字层（图片），未能读取。"),
    # tables
    N_("《{table}》只见表名,表格内容无法读取"),
    N_("表头栏目无法识别"),
    N_("数据行的数字与栏目对不上"),
    N_("未见并列的收入、支出两栏"),
    N_("行列已被打乱"),
    N_("表样未识别"),
    N_("同名栏目不止一个:{columns}"),
    N_("“{figure}”等{count}处与栏目对不上,未采用"),
    N_("“{figure}”与栏目对不上,未采用"),
    N_("{rows}行中有{failed}行分项与合计不符,栏目位置不可信"),
    # rules
    N_("编码“{code}”位数不对，上下级无法确定"),
    N_("编码“{code}”出现不止一次，上下级无法确定"),
    N_("编码“{code}”的上级科目没有读到"),
    N_("“{row}”一行没有读到编码"),
    N_("“{row}”一行是否计入总计不明"),
    N_("没有读到“{column}”一栏"),
    N_("没有读到“{total}”的分项"),
    N_("“{total}”一格为空，可能没有读到"),
    N_("“{total}”的各分项均为空，可能没有读到"),
    N_("没有读到：{names}"),
    N_("{table}没有读到 {row}"),
)
"""The more particular form stands before the more general."""
_OF_TABLE = N_("《{table}》：{notice}")
_LIST = "；"
_FIELD = re.compile(r"\\\{(\w+)\\\}")


def said(notice: str, say: Catalogue) -> str:
    """Return a notice in the reader's language; one of no known form stays as it is (成句)."""
    if say.language == "zh":
        return notice
    table, mark, rest = notice.partition("》:")
    if mark and table.startswith("《"):
        return say(_OF_TABLE, table=table[1:], notice=said(rest, say))
    form, words = recognised(notice)
    if form not in FORMS and _LIST in notice:
        return "; ".join(said(part, say) for part in notice.split(_LIST))
    return say(form, **words)


def recognised(notice: str) -> tuple[str, Mapping[str, object]]:
    """Return the form of a notice and its words; the notice itself where it has no known form (辨认)."""
    for form, pattern in _patterns():
        if found := pattern.fullmatch(notice):
            return form, found.groupdict()
    return notice, {}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (form, re.compile(_FIELD.sub(r"(?P<\1>.+?)", re.escape(form)), re.DOTALL)) for form in FORMS
    )
