"""What speaks for showing a clause to the semantic question (线索): words, before any model is asked.

Choosing is cheap and wide, judging is the model's: a cue says only that something of its kind could be
wrong here. What it costs is tokens, so each cue has a rank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

Cue = Literal[
    "identity",
    "foreign",
    "exception",
    "own",
    "crossed",
    "denied",
    "numeral",
    "conclusion",
    "instruction",
    "pasted",
    "thrift",
    "absolute",
    "level",
    "reason",
]
"""身份 · 行外用语 · 例外 · 自称 · 原因与方向相反 · 先列后无 · 说法不一 · 结论 · 填写说明 · 串文 · 一边压减一边增长 · 概括 ·
资金层级 · 原因"""
RANKS: dict[Cue, int] = {
    "identity": 0,
    "foreign": 1,
    "exception": 1,
    "own": 1,
    "crossed": 1,
    "denied": 1,
    "numeral": 1,
    "conclusion": 2,
    "instruction": 2,
    "pasted": 2,
    "thrift": 2,
    "absolute": 3,
    "level": 4,
    "reason": 4,
}
"""What is shown first where not all can be."""

_ABSOLUTE = re.compile(
    r"均[^等衡线值]|全部|全面完成|所有|一律|圆满|超额|如期|按期|不存在|无偏差|未发现|达到预期|较好|良好|相符|一致|实现了|明确、"
)
_CONCLUSION = re.compile(
    r"(?:项目|目标|任务|指标|工作).{0,8}(?:均|全部|全面|良好|圆满|较好|超额|基本完成)"
    r"|(?:均|全部|全面|圆满|较好|超额|基本完成).{0,10}(?:项目|目标|任务|指标|工作)|[账帐][实表证物]相符"
    r"|及时.{0,3}(?:完成|支付|拨付|下拨|发放|足额|到位|准确)"
)
_PLAN = re.compile(
    r"确保|力争|努力|争取|计划|应当?(?:全部|均)|须|要求.{0,6}(?:全部|均)|全面(?:开展|梳理|评估)"
)
"""What is to be, or how it was gone about: no conclusion."""
_FIGURES = re.compile(
    r"均为?[\dX.,]+|均[值价得]|(?:上年|数).{0,8}一致|一致性|=|扣[\d.]+分|得[\d.\-]+分|全民所有|所有[制者]|除上述|项目0个"
)
"""A conclusion that only sums up figures, a definition, a scoring rule: arithmetic's business."""
_EXCEPTION = re.compile(
    r"未(?!来|发现|出现|发生|涉及|经|婚|成年|脱|央|尝|免|必|知|决|曾|纳入|列入|安排|含|包括|单独|要求)"
    r"|偏低|偏差|不足|滞后|受阻|取消|停办|除[^了以外]|出入|不符|为.?差|较差|不合格|不到位"
    r"|(?:进度|支付|执行|拨付|进展).{0,4}(?:较慢|缓慢|不高)|不及时|不够[\u4e00-\u9fff]{2}"
)
_NO_EXCEPTION = re.compile(
    r"偏差(?:原因|分析|率)|不存在|未发现|[无没]有?(?:出入|偏差)|取消.{0,4}不|均未|指以前年度|按.{0,2}规定继续使用"
)
_REASON = re.compile(r"原因(?:是|为|在于|:)|由于|因为|(?<=[,。;:])因(?!此|公|而|素|果)")
_UP = re.compile(r"增加|增长|上升|提高|上涨|新增|扩大|增多|增大|调增|大于|高于|超过|多于")
_DOWN = re.compile(r"减少|下降|压减|降低|缩减|压缩|节约|厉行|减小|调减|取消|小于|低于|少于|节省")
_STOPS = re.compile("[,;。]")
_INSTRUCTION = re.compile(
    r"必须考虑|可根据.{2,12}(?:设置|选择|调整|确定|结合)|有选择的?地?进行|请(?:填|按|根据)|填列说明"
    r"|应?填[写报入](?!日期|时间|人|单位|部门)|自行(?:设计|设置|确定|添加|调整|完善)|一张表|也可考核"
)
_CRITERION = re.compile(r"是否|用以反映")
_FUNDS = re.compile(
    r"(?:经费|资金)来源(?!和)|转移支付|国家[\u4e00-\u9fff]{2,8}局.{0,4}(?:下达|安排)"
)
_OWN = re.compile(r"(?:本|我)(局|委|办|院|校|镇|乡|街道|中心|所|站|厅)(?![外内])")
_SELF = re.compile(
    r"(?:^|[,。;:年度])(省|市|区|县|州)(?:本级|级)?([\u4e00-\u9fff]{1,8}?)(局|委|中心|办公室|厅|院)"
    r"(?=严格|认真|按照|按时|及时|切实|高度|积极|已|均)"
)
"""A unit told of as doing what is reported: where it is of another level or form, not the one that reports."""
_LEVELS = "省州市区县"
_THRIFT = re.compile(r"压[缩减降]|厉行节约|严[控禁]|从严|只减不增|杜绝|过紧日子")
_HEADING = re.compile("方面|围绕|分析|情况[。;]?$")
_SPENDING = re.compile(
    r"(?:公务接待|三公|“三公”|会议费|培训费|差旅|公用经费|机关运行|用车|一般性支出)[^,。;]{0,14}(?:增长|增加|上升)"
)
_GENERIC = re.compile(
    "年度|单位|部门|项目|工作|预算|决算|支出|收入|资金|经费|情况|主要|本[年级]|万元|增加|减少|增长|下降|原因"
)
_FUND = re.compile("政府性基金|国有资本经营")
_DENIED = re.compile(r"(?:不涉及|没有(?!出现|发生|违)|不存在|未发生)(?P<what>[^,。;]{4,40})")


def cues_of(clause: str, entity: str) -> Iterator[Cue]:
    """Yield what the words of a clause say may be wrong with it (线索)."""
    if _FIGURES.search(clause):
        return
    if is_exception(clause):
        yield "exception"
    if is_of_another(clause, entity):
        yield "own"
    if _INSTRUCTION.search(clause):
        yield "instruction"
    if not _PLAN.search(clause):
        if _CONCLUSION.search(clause):
            yield "conclusion"
        if _ABSOLUTE.search(clause):
            yield "absolute"
    if _FUNDS.search(clause) or _reaches_beyond(clause, entity):
        yield "level"


def is_exception(clause: str) -> bool:
    """Tell a clause that says something was not done or did not go well."""
    return _EXCEPTION.search(clause) is not None and _NO_EXCEPTION.search(clause) is None


def is_criterion(text: str) -> bool:
    """Tell words that ask what an indicator is to show, and say nothing of it."""
    return _CRITERION.search(text) is not None


def is_of_another(clause: str, entity: str) -> bool:
    """Tell a clause whose speaker is no unit of this name: 我校 of a 局, 市某局 of a district's."""
    own = _OWN.search(clause)
    if not entity:
        return False
    if own and own[1] not in entity:
        return True
    return any(
        _is_within(named[2], entity)
        and (named[3] not in entity or (named[1] in _LEVELS and named[1] != level_of(entity)))
        for named in _SELF.finditer(clause)
    )


def level_of(entity: str) -> str:
    """Return the level of government a unit is of: the last 省, 市, 区 or 县 of its name."""
    return max(_LEVELS, key=entity.rfind) if any(c in entity for c in _LEVELS) else ""


def _reaches_beyond(clause: str, entity: str) -> bool:
    """Tell the work of a whole province or city in the report of a unit below it."""
    wider = {"区": "省市", "县": "省市", "市": "省", "州": "省"}.get(level_of(entity), "")
    return any(re.search(f"我{c}|全{c}[^,。;]{{0,8}}(?:各项|工作)", clause) for c in wider)


def _is_within(short: str, name: str) -> bool:
    """Tell whether a short form's characters stand in a name in their order (医保 in 医疗保障)."""
    at = -1
    for character in short:
        at = name.find(character, at + 1)
        if at < 0:
            return False
    return True


# --- what rises or falls, and why ------------------------------------------------------------


def reasons(text: str) -> Iterator[re.Match[str]]:
    """Yield where a text begins to give a reason."""
    yield from _REASON.finditer(text)


def moves(clause: str) -> bool:
    """Tell a clause that says something rose or fell."""
    return _UP.search(clause) is not None or _DOWN.search(clause) is not None


def crossed(what: str, why: str) -> bool:
    """Tell a rise explained by a cut, or a fall by a rise: by the first clause of why that moves."""
    why = next((clause for clause in _STOPS.split(why) if moves(clause)), "")
    up, down = _UP.search(what) is not None, _DOWN.search(what) is not None
    more, less = _UP.search(why) is not None, _DOWN.search(why) is not None
    return (up and not down and less and not more) or (down and not up and more and not less)


# --- pairs -----------------------------------------------------------------------------------


def is_thrift(clause: str) -> bool:
    """Tell a clause that says spending is being held down."""
    told = _THRIFT.search(clause) is not None and _HEADING.search(clause) is None
    return told and _SPENDING.search(clause) is None


def is_spending(clause: str) -> bool:
    """Tell a clause that says one's own running costs rose."""
    return _SPENDING.search(clause) is not None


def letters(text: str) -> set[str]:
    """Return every two letters of a text that stand side by side, words of any report aside."""
    return set(re.findall(r"(?=([\u4e00-\u9fff]{2}))", _GENERIC.sub(" ", text)))


def denied(clause: str) -> str:
    """Return what a clause says there is not, or nothing; of funds and accounts the rules know more."""
    found = _DENIED.search(clause)
    return found["what"] if found and not _FUND.search(found["what"]) else ""
