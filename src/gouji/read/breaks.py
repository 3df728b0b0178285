"""Where a paragraph ends and the next begins, judged by the words alone (断段).

All functions take folded text (half-width punctuation) without leading white space.
"""

from __future__ import annotations

import re

_LABELS = (
    r"注|备注|说明|单位|金额单位|计量单位|部门|部门名称|单位名称|编制单位|编制部门|项目名称"
    r"|填表\w{1,2}|填报\w{1,2}|联系人|联系电话|电话|日期|负责人|\w{2,6}签字|资料来源|数据来源|来源|抄送"
)
_OPENING = re.compile(
    r"第[一二三四五六七八九十百\d]{1,3}(?:部分|章|节|编|条)"
    r"|[一二三四五六七八九十]{1,3}[、.]"
    r"|\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)"
    r"|\d{1,2}(?:、|\)|\.(?!\d))"
    r"|[①-⑳⑴-⒇㈠-㈩]"
    r"|附[件表录]?\s*\d{0,2}(?:-\d{1,2})?\s*(?::|$)|附[件表]\s*\d"
    rf"|(?:{_LABELS})\s*:"
    r"|公开\s*\d{1,2}\s*表"
    r"|[图表]\s*\d{1,2}(?:-\d{1,2})?\s*(?:[:、. ]|$)"
    r"|目\s*录$"
)
_LABEL = re.compile(
    r"(?:注|备注|说明|单位|金额单位|计量单位|部门|部门名称|编制单位|编制部门|填报单位|填报日期)\s*:"
    r"|(?:公开)?(?:表)?\s*\d{1,2}\s*表$|附?表\s*\d{1,2}(?:-\d{1,2})?$"
)
_TABLE_TITLE = re.compile(r"[^,;。:]{4,40}表\s*(?:\([^()]{1,8}\))?$")
_DATE = re.compile(r"\(?\d{4}\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|度)?\)?$")
_FINAL = re.compile(r"[。!?;:…][”’\"')\]】》」』]*\s*$")
_CAPTION_ENDING = re.compile(
    r"(?:表|报告|说明|概况|目录|公开|决算|预算|情况|结果|办法|通知|方案|结论|部分|名词解释|附件"
    r"|分析|建议|措施|做法|问题|目标|原则|方法|过程|职责|设置|人员|机构|目的|内容|背景)"
    r"\s*(?:\([^()]*\))?\s*$"
)
_CLAUSE = re.compile(r"[,;。]")
_ITEM_SAID = re.compile(r"\([类款项]\)\s*:")
"""An item of the classification and a colon begin a statement: 住房公积金(项):年初预算…."""
_PATH_OPEN = re.compile(r"\([类款]\)[^(),;。:]{0,30}$")
_PATH_GOES_ON = re.compile(r"[^(),;。:]{0,30}\([款项]\)")
"""The rest of a classification's path: …(款)机关事业 ⏎ 单位医疗(项)."""
_EXPLAINED = re.compile(r"[^:]{4,}:.{10,}")
_PAUSE = re.compile(r"[,;。、]")
_HANGING = re.compile(r"[、,(《“\[【]\s*$")
_PAGE_NUMBER = re.compile(
    r"[\s\-—–_·•.~]*(?:第\s*)?(?:\d{1,4}|[ivxIVX]{1,5})(?:\s*页)?"
    r"(?:\s*[/,]?\s*共?\s*\d{1,4}\s*页?)?[\s\-—–_·•.~]*$"
)
_AMOUNT = re.compile(r"-?\d[\d,]*(?:\.\d+)?\s?(?:[万亿千百]*元|%|个百分点)")
_LISTED = re.compile(r";\s*$")
_COPULA = re.compile(
    r"(?:[数额]|[数额]?(?:为|是|共计?|合计|达到?|约))\s?-?\d[\d,.]*\s?(?:[万亿千百]*元|%|个百分点|[个人家项次辆台])"
)
"""A verb with its amount never begins a paragraph: 年初预算 ⏎ 为 22.38 万元."""
_UNIT = re.compile(r"[万亿千]?元(?!\w{0,4}:)")
_INSIDE = re.compile(r"[,;。:、)\]】》」』%]")
_OUTSIDE = re.compile(r"[元%\d\-—]\s*$")
_DRESSED = re.compile(r"[\-—–_·•~页]")
_LONG_ENOUGH = 20
_CAPTION_LENGTH = 45
_NUMBER_LENGTH = 24


def opens_paragraph(line: str) -> bool:
    """Tell whether a line starts as a heading, list item, note, label or caption does."""
    return _OPENING.match(line) is not None or is_date(line)


def is_date(line: str) -> bool:
    """Tell whether a line is a date or a year and nothing else (日期)."""
    return _DATE.match(line) is not None


def is_label(text: str) -> bool:
    """Tell whether a text is what stands around a table: its number, unit, filler, year or note."""
    return _LABEL.match(text) is not None or is_date(text)


def is_table_title(text: str) -> bool:
    """Tell whether a text is the title of a table (表题)."""
    return _TABLE_TITLE.match(text) is not None


def ends_sentence(line: str) -> bool:
    """Tell whether a line ends with sentence-final punctuation (句末标点)."""
    return _FINAL.search(line) is not None


def is_caption(line: str) -> bool:
    """Tell whether a line reads as a title: short, no clause in it, ending as titles do (标题)."""
    return (
        len(line) <= _CAPTION_LENGTH
        and _CLAUSE.search(line) is None
        and _ITEM_SAID.search(line) is None
        and _CAPTION_ENDING.search(line) is not None
    )


def is_page_number(line: str, *, alone: bool) -> bool:
    """Tell whether a line is a page number (页码); bare digits only count where they stand alone."""
    if len(line) > _NUMBER_LENGTH or _PAGE_NUMBER.match(line) is None:
        return False
    return alone or _DRESSED.search(line) is not None


def continues(before: str, after: str) -> bool:
    """Tell whether `after` continues the sentence that `before` leaves open (软换行)."""
    if not before:
        return False
    if _INSIDE.match(after):
        return True
    if ends_sentence(before) or opens_paragraph(after):
        return False
    if _is_cut(before, after):
        return True
    if (_AMOUNT.match(after) or _COPULA.match(after)) and _awaits_amount(before):
        return True
    if is_caption(after):
        return False
    if _CLAUSE.search(before) or _HANGING.search(before):
        return True
    if len(before) < _LONG_ENOUGH or is_caption(before) or _PAUSE.search(after) is None:
        return False
    if opens_paragraph(before):
        return "、" in before[4:] or _EXPLAINED.match(before) is not None
    return True


def _is_cut(before: str, after: str) -> bool:
    """Tell an amount cut off from its unit, or the path of an item cut in two."""
    if _UNIT.match(after) and before[-1].isdigit():
        return True
    return _PATH_OPEN.search(before) is not None and _PATH_GOES_ON.match(after) is not None


def continues_overleaf(before: str, after: str) -> bool:
    """Tell whether `after` continues the sentence that a page number interrupts (页码隔断)."""
    if len(before) < _LONG_ENOUGH:
        return False
    if _LISTED.search(before) and not opens_paragraph(after) and not is_caption(after):
        return True  # a list of ; goes on over the page
    if ends_sentence(before):
        return False
    if _COPULA.match(after) and _awaits_amount(before):
        return True
    if is_caption(before):
        return False
    return not opens_paragraph(after) and not is_caption(after) and len(after) >= _LONG_ENOUGH


def _awaits_amount(before: str) -> bool:
    """Tell a sentence that breaks off before its amount from a label or a column of amounts."""
    return not (is_label(before) or is_table_title(before) or _OUTSIDE.search(before))
