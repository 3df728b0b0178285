"""Numbers that are no quantities (非数量数字): years, dates, ordinals, codes, 文号, marks, names.

`reason_of` looks only at a few characters on either side, so it is cheap for every number.
"""

from __future__ import annotations

import re

from gouji.extract.numbers import NumberToken

_MONTH_BEFORE = re.compile(r"(?:年|\d月|[-—~至]\d{0,2})$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_YEAR_AFTER = re.compile(
    r"年|(?:决算|预算|[上下]半年)|\)|[-—~/.]|[〕\]】)]|[、至和](?:19|20)\d\d年"
)
_BRACKET_BEFORE = re.compile(r"[〔\[【(（﹝„「]$")
_DOC_NUMBER = re.compile(r"[〔\[【(﹝„「]\s?(?:19|20)\d\d\s?[〕\]】)﹞‟」]\s?第?$")
_NUMBERED = re.compile(
    r"(?:公开|财决|附表|表|附件|图|第|附|专栏|注|例|式|批次号|编号|代码|编码|电话|邮编|No\.?)[:号]?$"
)
_NUMBERED_REASON = {
    "公开": "table_number",
    "财决": "table_number",
    "附表": "table_number",
    "表": "table_number",
    "附件": "attachment_number",
    "附": "attachment_number",
    "图": "figure_number",
    "第": "ordinal",
    "专栏": "ordinal",
    "注": "ordinal",
    "例": "ordinal",
    "式": "ordinal",
}
_MARK_AFTER = re.compile(
    r"[.、)](?!\d)|[.、](?=\s|(?:19|20)\d\d年)|\.(?=\d+个)|\s(?=[\u4e00-\u9fff])"
)
_MARK_BEFORE = re.compile(r"(?:^|[。;:!?,、\n)）]|[。;]\(|\()$")
_TITLE_OPEN = re.compile(r"《[^》]{0,60}$")
_CODE_LENGTHS = (3, 5, 7)
_LONGEST_MONTH = 31
_PAGE = re.compile(r"^[-—–\s]*\d{1,4}[-—–\s]*$|^第?\d{1,3}页(?:,?共\d{1,3}页)?$")
_RESIDUE = re.compile(r"^[\d\s.,%\-—]+$")
_SUFFIXED = re.compile(
    r"\d?(?:表|号文|号令|号公告|级|等|型|版|楼|室|栋|线|路|省道|国道|[:](?=\d\d))"
)
_THRESHOLD_AFTER = re.compile(
    r"(?:\(含\))?(?:及)?(?:以上|以下|以内|之间)(?:\(含\))?(?=的?[\u4e00-\u9fff(])"
)
_LIMITS = re.compile(
    r"(?:单价|单位价值|单台|单件|超过|满|低于|不超过|原值|价值|人均|每)[^,;。:\d]{0,6}$"
)
_RANKED = re.compile(r"[类款项]\)")
"""Behind a code printed with its rank: 公共安全支出(204类)司法(06款)."""
_NEAR = 16
_TITLE = 62


def reason_of(text: str, token: NumberToken) -> str:
    """Return why a number is no quantity, or an empty string."""
    before = text[max(0, token.start - _NEAR) : token.start]
    after = text[token.end : token.end + _NEAR]
    digits = token.text
    for found in (
        _timed(text, token, before, after),
        _dated(digits, before, after),
        _numbered(before, after),
        _marked(text, token, after),
    ):
        if found:
            return found
    if _in_title(text, token):
        return "name"
    return _coded(digits, token, after)


_WRITTEN_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2})(?!\d)"
)
_CLOCK_BEFORE = re.compile(r"(?<!\d)\d{1,2}:$")
_TO_MONTH = re.compile(r"(?:月)?(?:份)?[-—–~至到]\d{1,2}月")
_YEARS_OF = re.compile(r"(?:连续|近|为期|最近|过去|未来|长达|今后|前|后|满|每)$")
_AGED = re.compile(r"[-—–~至]?\d{0,2}(?:周?岁)")


def _timed(text: str, token: NumberToken, before: str, after: str) -> str:
    """A date in figures, a time of day, months from and to, so many years, an age (日期、时长)."""
    near = max(0, token.start - _NEAR)
    for found in _WRITTEN_DATE.finditer(text, near, token.end + _NEAR):
        if found.start() <= token.start < found.end():
            return "date"
    if not token.text.isdigit() or len(token.text) > 2:  # noqa: PLR2004  # days, months, hours
        return ""
    if _CLOCK_BEFORE.search(before) and re.match(r"[0-5]\d", token.text):
        return "date"
    if _TO_MONTH.match(after):
        return "date"
    if after.startswith("年") and (_YEARS_OF.search(before) or after[1:2] in "来内以期"):
        return "duration"
    return "duration" if _AGED.match(after) else ""


def _dated(digits: str, before: str, after: str) -> str:
    if _YEAR.fullmatch(digits):
        if _BRACKET_BEFORE.search(before) and after[:1] in "〕]】)﹞‟」" and "号" in after:
            return "doc_number"
        if _YEAR_AFTER.match(after) or _BRACKET_BEFORE.search(before):
            return "year"
    if not digits.isdigit():
        return ""
    if _DOC_NUMBER.search(before) and after.lstrip().startswith("号"):
        return "doc_number"
    if after.startswith("年") and len(digits) in (2, 4):
        return "year"
    if after[:1] in "月日号" and _MONTH_BEFORE.search(before):
        return "date"
    if _of_day(digits, before, after):
        return "date"
    if after.startswith("月") and not after.startswith("月均") and int(digits) <= 12:  # noqa: PLR2004  # months
        return "date"
    return ""


def _of_day(digits: str, before: str, after: str) -> bool:
    """Tell a day without its month, or the hour of a day: 财政局19日公布, 3月14日9时."""
    if after.startswith("时"):
        return before.endswith("日")
    return after.startswith("日") and int(digits) <= _LONGEST_MONTH and not before.endswith(".")


def _numbered(before: str, after: str) -> str:
    if before.endswith("@"):
        return "code"
    found = _NUMBERED.search(before)
    if found is None:
        return ""
    word = found[0].rstrip(":号")
    if (
        word == "表"
        and not after.startswith(("-", "、", ":", "(", "所", "中", "。", ";", ","))
        and after
    ):
        return ""
    if word == "例" or (word == "附" and after[:1] not in ":、.)"):
        return ""
    return _NUMBERED_REASON.get(word, "code")


def _marked(text: str, token: NumberToken, after: str) -> str:
    """An item number: "1." or "(2)" where a paragraph, sentence or list item begins."""
    if not token.text.isdigit() or len(token.text) > 2:  # noqa: PLR2004  # item numbers have two digits
        return ""
    before = text[max(0, token.start - 2) : token.start]
    if before.endswith("(") and after.startswith(")") and not token.unit:
        return "ordinal"
    if _MARK_AFTER.match(after) and _MARK_BEFORE.search(before):
        return "ordinal"
    return ""


def _in_title(text: str, token: NumberToken) -> bool:
    before = text[max(0, token.start - _TITLE) : token.start]
    return "《" in before and _TITLE_OPEN.search(before) is not None


def _coded(digits: str, token: NumberToken, after: str) -> str:
    if digits.isdigit() and _RANKED.match(after):
        return "code"
    if _SUFFIXED.match(after) and not token.unit_text.startswith(("级", "等")):
        return "table_number" if after.startswith("表") else "code"
    plain = (
        digits.isdigit() and not token.unit and len(digits) in _CODE_LENGTHS and digits[0] in "23"
    )
    if plain and after[:1] and "\u4e00" <= after[0] <= "\u9fff":
        return "code"
    if not token.unit and digits.isdigit() and len(digits) >= 8:  # noqa: PLR2004  # telephone, postcode
        return "code"
    return ""


def reason_of_paragraph(text: str) -> str:
    """Return why no number of a paragraph is a quantity, or an empty string."""
    if _PAGE.match(text):
        return "page_number"
    if _RESIDUE.match(text):
        return "table_residue"
    return ""


def is_threshold(text: str, token: NumberToken) -> bool:
    """Tell a limit that is part of a name: 单价100万元(含)以上设备, 5万人以上乡镇."""
    end = (
        token.stop - len("以上")
        if token.unit_text.endswith(("以上", "以下", "以内"))
        else token.stop
    )
    if _THRESHOLD_AFTER.match(text, end) is None:
        return False
    before = text[max(0, token.start - _NEAR) : token.start]
    if _LIMITS.search(before):
        return True
    return before[-1:] in ",;。:(、" or not before
